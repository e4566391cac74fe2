"""Triples → compact JSON-LD under the published context (JSON-LD 1.1, W3C 2020).

A statement holds its evidence, selectors and mentions; everything else stands flat and is named
by its IRI. Keys and values have a fixed order, so that the same triples give the same JSON, and
a parser reads from it exactly the triples that were put in.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any

from comity import assets
from comity.rdf.namespaces import COMITY, OA, ROOT, XSD
from comity.rdf.terms import IRI, RDF_TYPE, XSD_STRING, Literal, Term, Triple, from_text

CONTEXT_URL = ROOT + "context.jsonld"
"""Where the published context is to be found once the redirects are registered."""
PARTS = frozenset({f"<{COMITY}evidence>", f"<{COMITY}mention>", f"<{OA}hasSelector>"})
"""The properties whose values are written inside the node that has them."""
DEPTH = 4
"""How deep nodes are written inside one another; a statement needs two steps."""

_PART_NAME = re.compile(r"(?:evidence|position|quote|mention)-([0-9A-Za-z]+)(?:-[0-9]+)?>")
_PLAIN = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._~-]*[A-Za-z0-9_~-])?")
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")
_NUMBERS = frozenset({XSD + "integer", XSD + "nonNegativeInteger"})
_SCRIPT = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})

Node = dict[str, Any]
Facts = Mapping[str, list[tuple[str, str]]]
Owners = Mapping[str, tuple[str, str]]


def context() -> dict[str, Any]:
    """The published context: the value of ``@context`` in ``ontology/context.jsonld``."""
    text = assets.path("ontology/context.jsonld").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)["@context"]
    return found


def document(triples: Iterable[Triple], root: str, *, url: str | None = None) -> Node:
    """The triples about a few nodes as one JSON-LD document.

    Args:
        triples: What there is to say, in N-Triples text and any order.
        root: The IRI of the node that the document is about; it comes first.
        url: The address of the context. Without one, as much of the context stands in the
            document as it needs, so that it can be read with no network.

    Returns:
        The node itself with its ``@context``, or, when there are others that it does not
        hold, ``@context`` and ``@graph``: the others follow in order of their IRIs.

    >>> label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    >>> china = "https://w3id.org/comity/actor/CHN"
    >>> document([(f"<{china}>", label, '"China"@en')], china, url=CONTEXT_URL)["prefLabel"]
    {'en': 'China'}
    """
    compactor = _Compactor(_compiled())
    facts = _facts(triples)
    trees = list(compactor.trees(facts, f"<{root}>"))
    head = {"@context": url or compactor.context()}
    alone = len(trees) == 1 and f"<{root}>" in facts
    return head | trees[0] if alone else {**head, "@graph": trees}


def keyed(triples: Iterable[Triple], base: str) -> Iterator[bytes]:
    """The triples as lines that, once sorted, bring a statement and its parts together.

    Args:
        triples: Any number of triples, in N-Triples text.
        base: The IRI under which the data lives.

    Returns:
        For each, a line for `dump`: the node in which it is written, and the triple.
    """
    whole, start = f"<{base}statement-", len(base) + 1
    for subject, predicate, value in triples:
        part = _PART_NAME.fullmatch(subject, start) if subject.startswith(base, 1) else None
        root = f"{whole}{part[1]}>" if part else subject
        yield f"{root} {subject} {predicate} {value}\n".encode()


def dump(lines: Iterable[bytes], *, url: str | None = None) -> Iterator[str]:
    """A whole data set as one JSON-LD document: a node a line, and one in memory at a time.

    Args:
        lines: What `keyed` gave, sorted.
        url: The address of the context, which is written out when None.

    Returns:
        Pieces of text, to be written one after the other.
    """
    if url is None:
        terms = (f"{to_json(name)}: {to_json(value)}" for name, value in context().items())
        yield '{"@context": {\n' + ",\n".join(terms) + '\n},\n"@graph": ['
    else:
        yield f'{{"@context": {to_json(url)},\n"@graph": ['
    before = "\n"
    compactor = _Compactor(_compiled())
    split = (line.decode()[:-1].split(" ", 3) for line in lines)
    for root, group in groupby(split, key=lambda each: each[0]):
        facts = _facts((subject, predicate, value) for _, subject, predicate, value in group)
        for tree in compactor.trees(facts, root):
            yield before + to_json(tree)
            before = ",\n"
    yield "\n]}\n"


def to_json(value: object, *, script: bool = False, indent: int | None = None) -> str:
    """A JSON value as text.

    Args:
        value: What `document` gave, or a part of it.
        script: Whether it goes into an HTML script element: then no ``<``, ``>`` or ``&``
            stands in the text, so that none of its words can end the element.
        indent: Spaces of a step, or None for a single line.

    >>> to_json({"exact": "</script>"}, script=True)
    '{"exact": "\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text.translate(_SCRIPT) if script else text


def _facts(triples: Iterable[Triple]) -> Facts:
    """Subject → its predicates and objects, sorted."""
    facts: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for subject, predicate, value in sorted(set(triples)):
        facts[subject].append((predicate, value))
    return dict(facts)


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of the context: what it is called, and how its values are written."""

    name: str
    kind: str | None = None
    language_map: bool = False
    vocabulary: str | None = None
    scope: Mapping[str, _Term] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The context, turned around: from IRIs to terms and prefixes."""

    source: Mapping[str, Any]
    terms: Mapping[str, _Term]
    prefixes: Mapping[str, str]


@lru_cache(maxsize=1)
def _compiled() -> _Compiled:
    source = context()
    names = {k: v for k, v in source.items() if isinstance(v, str) and v[-1] in "/#"}

    def full(short: str) -> str:
        prefix, _, local = short.partition(":")
        return names[prefix] + local if prefix in names else short

    def turned(definitions: Mapping[str, Any]) -> dict[str, _Term]:
        found = {}
        for name, given in definitions.items():
            if name.startswith("@") or name in names or given in ("@id", "@type"):
                continue
            entry: Mapping[str, Any] = {"@id": given} if isinstance(given, str) else given
            kind, scope = entry.get("@type"), entry.get("@context", {})
            found[full(entry["@id"])] = _Term(
                name,
                full(kind) if kind else None,
                entry.get("@container") == "@language",
                scope.get("@vocab"),
                turned(scope),
            )
        return found

    return _Compiled(source, turned(source), {iri: name for name, iri in names.items()})


class _Compactor:
    """Writes nodes, and remembers which names of the context that took."""

    def __init__(self, compiled: _Compiled) -> None:
        self._source = compiled.source
        self._terms = compiled.terms
        self._prefixes = compiled.prefixes
        self._used: set[str] = set()

    def context(self) -> Node:
        """As much of the context as what was written needs, in its order."""
        used = {"@version", "id", "type", *self._used}
        for name in self._used:
            used.update(_prefixes_in(self._source[name]))
        return {name: value for name, value in self._source.items() if name in used}

    def trees(self, facts: Facts, root: str) -> Iterator[Node]:
        """The root with its parts inside, then whatever it does not hold."""
        seen: set[str] = set()
        for subject in sorted(facts, key=lambda each: (each != root, each)):
            if subject in seen:
                continue
            owners = _owners(facts, subject, seen)
            seen.update(owners)
            if any(self._misread(facts, each) for each in owners):
                yield {"@context": None} | _expanded(facts, subject, owners)
            else:
                yield self._node(facts, subject, owners)

    def _misread(self, facts: Facts, subject: str) -> bool:
        """Whether the scheme of an IRI is a name of the context too, and would be taken for it."""
        terms = [subject, *(term for pair in facts[subject] for term in pair)]
        iris = (term.rpartition('"')[2].lstrip("^<") for term in terms)
        return any(iri.partition(":")[0] in self._source for iri in iris)

    def _node(self, facts: Facts, subject: str, owners: Owners) -> Node:
        types = [v[1:-1] for p, v in facts[subject] if p == RDF_TYPE and v[0] == "<"]
        scope: dict[str, _Term] = {}
        for each in types:
            scope.update(self._terms[each].scope if each in self._terms else {})
        head: Node = {"id": subject[1:-1]}
        if types:
            head["type"] = _one_or_all([self._name(each) for each in types])
        body: Node = {}
        for predicate, value in facts[subject]:
            if owners.get(value) == (subject, predicate):
                inside = self._node(facts, value, owners)
                body.setdefault(self._name(predicate[1:-1]), []).append(inside)
            elif predicate != RDF_TYPE or value[0] != "<":
                self._put(body, scope, predicate[1:-1], from_text(value))
        return head | {key: _one_or_all(body[key]) for key in sorted(body)}

    def _put(self, body: Node, scope: Mapping[str, _Term], iri: str, value: Term) -> None:
        """Adds a value to those of its property."""
        term = scope.get(iri) or self._key(iri)
        if term and term.language_map:
            if isinstance(value, Literal) and (value.language or value.datatype == XSD_STRING):
                words = body.setdefault(term.name, {}).setdefault(value.language or "@none", [])
                words.append(value.value)
                return
            term = None
        key = term.name if term else self._short(iri)
        body.setdefault(key, []).append(self._value(term, value))

    def _key(self, iri: str) -> _Term | None:
        term = self._terms.get(iri)
        if term:
            self._used.add(term.name)
        return term

    def _name(self, iri: str) -> str:
        """An IRI where names of the context are understood."""
        term = self._key(iri)
        return term.name if term else self._short(iri)

    def _short(self, iri: str) -> str:
        """An IRI, with a prefix where one fits."""
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._prefixes.get(iri[:cut])
        if prefix is None or not _PLAIN.fullmatch(iri, cut):
            return iri
        self._used.add(prefix)
        return f"{prefix}:{iri[cut:]}"

    def _value(self, term: _Term | None, value: Term) -> Any:
        """A value under a key: as the term of the context has it, or with all that it is."""
        kind = term.kind if term else None
        match value:
            case Literal(text, None, datatype) if datatype == kind:
                return _native(text, datatype)
            case Literal(text, None, datatype) if datatype == XSD_STRING:
                return {"@value": text} if kind else text
            case Literal(text, None, datatype):
                return {"@value": text, "@type": self._short(datatype)}
            case Literal(text, language):
                return {"@value": text, "@language": language}
        if kind == "@vocab" and term:
            return self._code(str(value), term.vocabulary)
        return str(value) if kind == "@id" else {"id": str(value)}

    def _code(self, iri: str, vocabulary: str | None) -> str:
        """The IRI of a concept or actor as its code, if no name of the context is the same."""
        if vocabulary and iri.startswith(vocabulary):
            code = iri[len(vocabulary) :]
            if _PLAIN.fullmatch(code) and code not in self._source:
                return code
        return self._name(iri)


def _owners(facts: Facts, root: str, seen: Set[str]) -> dict[str, tuple[str, str]]:
    """The root and the nodes to write inside it, each with the fact in whose place it stands."""
    owners = {root: ("", "")}
    level = [root]
    for _ in range(DEPTH):
        below = []
        for subject in level:
            for predicate, value in facts[subject]:
                new = value in facts and value not in owners and value not in seen
                if new and predicate in PARTS:
                    owners[value] = (subject, predicate)
                    below.append(value)
        level = below
    return owners


def _expanded(facts: Facts, subject: str, owners: Owners) -> Node:
    """A node that needs no context: every IRI whole, every value with all that it is."""
    node: Node = {"@id": subject[1:-1]}
    for predicate, value in facts[subject]:
        term = from_text(value)
        if predicate == RDF_TYPE and isinstance(term, IRI):
            node.setdefault("@type", []).append(term.value)
        elif owners.get(value) == (subject, predicate):
            node.setdefault(predicate[1:-1], []).append(_expanded(facts, value, owners))
        else:
            node.setdefault(predicate[1:-1], []).append(_whole_value(term))
    return node


def _whole_value(term: Term) -> Node:
    match term:
        case Literal(text, None, datatype) if datatype == XSD_STRING:
            return {"@value": text}
        case Literal(text, None, datatype):
            return {"@value": text, "@type": datatype}
        case Literal(text, language):
            return {"@value": text, "@language": language}
    return {"@id": str(term)}


def _native(text: str, datatype: str) -> str | int | bool:
    """JSON's own value where it stands for exactly this literal, else the lexical form."""
    if datatype in _NUMBERS and _WHOLE.fullmatch(text):
        return int(text)
    if datatype == XSD + "boolean" and text in ("true", "false"):
        return text == "true"
    return text


def _one_or_all(values: Any) -> Any:
    """Values as JSON-LD has them: one stands alone, several in a list, words by language."""
    if isinstance(values, dict):
        return {tag: _one_or_all(values[tag]) for tag in sorted(values)}
    return values[0] if len(values) == 1 else values


def _prefixes_in(definition: Any) -> Iterator[str]:
    """What stands before a colon in the definition of a term: the prefixes that it needs."""
    if isinstance(definition, Mapping):
        for each in definition.values():
            yield from _prefixes_in(each)
    elif isinstance(definition, str):
        yield definition.partition(":")[0]
