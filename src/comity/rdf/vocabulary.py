"""SKOS → Vocabulary: the concepts and actors, and every label that extraction works with.

Labels come from skos:prefLabel, altLabel and hiddenLabel and from comity:trigger, nounTrigger
and verbTrigger. An actor's comity:demonym is kept as a label of role ``noun``, its
comity:capital as one of role ``trigger``. What is owl:deprecated keeps its code; its labels
stand for what replaces it. A user's file adds labels to what is there, or concepts and actors
of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args
from typing import Literal as OneOf
from urllib.parse import unquote

from comity import assets
from comity.errors import LimitError, VocabularyError
from comity.model import SCHEMES, Actor, ActorKind, Concept, Label, Vocabulary
from comity.rdf.namespaces import ACTOR, COMITY, DCTERMS, OWL, RDF, ROOT, SKOS, is_code, preset

if TYPE_CHECKING:
    import pyoxigraph

MAX_BYTES = 20_000_000
MAX_LITERAL = 1_000_000

_Role = OneOf["pref", "alt", "hidden", "trigger", "context", "noun", "verb"]
_ROLES: Mapping[str, _Role] = {
    SKOS + "prefLabel": "pref",
    SKOS + "altLabel": "alt",
    SKOS + "hiddenLabel": "hidden",
    COMITY + "trigger": "trigger",
    COMITY + "contextTrigger": "context",
    COMITY + "nounTrigger": "noun",
    COMITY + "verbTrigger": "verb",
    COMITY + "demonym": "noun",
    COMITY + "capital": "trigger",
}
_RANK = {role: rank for rank, role in enumerate(get_args(_Role))}
_ACTOR_ONLY = (COMITY + "demonym", COMITY + "capital")
_KINDS: Mapping[str, ActorKind] = {COMITY + kind: kind for kind in get_args(ActorKind)}
_TYPE = RDF + "type"
_IN_SCHEME = SKOS + "inScheme"
_USED = {
    _TYPE,
    _IN_SCHEME,
    SKOS + "notation",
    SKOS + "broader",
    SKOS + "definition",
    COMITY + "actsFor",
    OWL + "deprecated",
    DCTERMS + "isReplacedBy",
    *_ROLES,
}


@dataclass
class _Node:
    """What the files say about one IRI."""

    iri: str
    file: Path
    rank: int
    iris: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def types(self) -> list[str]:
        return self.iris.get(_TYPE, [])

    def error(self, message: str, hint: str = "") -> VocabularyError:
        return VocabularyError(message, where=f"{_line_of(self.file, self.iri)}", hint=hint)

    def one_text(self, predicate: str) -> str | None:
        values = sorted({text for text, _ in self.texts.get(predicate, [])})
        if len(values) > 1:
            raise self.error(f"{self.iri} has more than one {_short(predicate)}: {values}")
        return values[0] if values else None


def load(extra: Iterable[Path] = ()) -> Vocabulary:
    """Comity's own vocabulary, with what the user's files add to it.

    Args:
        extra: Turtle files with further labels, concepts or actors; Comity's prefixes need no
            declaration in them.

    Raises:
        VocabularyError: if a file cannot be read, is no Turtle, or contradicts the rest; the
            message names file and line.
        LimitError: if a file has more than 20 MB, or a literal of more than 1 MB.
    """
    bundled = sorted(assets.path("ontology/vocabulary").glob("*.ttl"))
    return read([*bundled, *extra])


def read(files: Iterable[Path]) -> Vocabulary:
    """The vocabulary that these Turtle files make up together.

    Args:
        files: Turtle files; their order makes no difference to the result.

    Raises:
        VocabularyError: as `load` does.
        LimitError: as `load` does.
    """
    nodes: dict[str, _Node] = {}
    lines: set[str] = set()
    for rank, file in enumerate(files):
        _parse(file, rank, nodes, lines)
    actors = {node.iri: _actor_id(node) for node in nodes.values() if _is_actor(node)}
    concepts = {
        node.iri: _key(node)
        for node in nodes.values()
        if node.iri not in actors and _is_concept(node)
    }
    _check_strays(nodes, actors, concepts)
    built = [_concept(nodes[iri], key, concepts) for iri, key in sorted(concepts.items())]
    people = [_actor(nodes[iri], name, actors) for iri, name in sorted(actors.items())]
    _check_unique(((c.scheme, c.code), c.iri, nodes) for c in built)
    _check_unique((("actor", a.id), a.iri, nodes) for a in people)
    vocabulary = Vocabulary(
        {(concept.scheme, concept.code): concept for concept in built},
        {actor.id: actor for actor in people},
        hashlib.sha256("".join(sorted(lines)).encode()).hexdigest(),
    )
    _check_cycles(vocabulary, nodes)
    _check_replacements(nodes)
    return vocabulary


@lru_cache(maxsize=256)
def language_tag(tag: str) -> str:
    """A language tag in the case that BCP 47 recommends.

    >>> language_tag("zh-hans-cn")
    'zh-Hans-CN'
    """
    first, *rest = tag.lower().split("-")
    cased = {2: str.upper, 4: str.capitalize}
    return "-".join([first, *(cased.get(len(part), str)(part) for part in rest)])


def _parse(file: Path, rank: int, nodes: dict[str, _Node], lines: set[str]) -> None:
    from pyoxigraph import BlankNode, Literal, RdfFormat, parse

    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise LimitError(f"a vocabulary file may have {MAX_BYTES:,} bytes", where=str(file))
        for quad in parse(input=preset(file.read_bytes()), format=RdfFormat.TURTLE):
            subject, value = quad.subject, quad.object
            if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
                continue
            lines.add(f"{subject} {quad.predicate} {value}\n")
            predicate = quad.predicate.value
            if isinstance(value, Literal) and len(value.value) > MAX_LITERAL:
                raise LimitError(
                    f"a literal may have {MAX_LITERAL:,} characters",
                    where=_line_of(file, str(subject)[1:-1]),
                )
            if predicate in _USED:
                iri = str(subject)[1:-1]
                node = nodes.get(iri)
                if node is None:
                    node = nodes[iri] = _Node(iri, file, rank)
                node.file, node.rank = file, rank
                _note(node, predicate, value)
    except SyntaxError as error:
        raise VocabularyError(
            f"this is no Turtle: {error.msg}", where=f"{file}, line {error.lineno or 1}"
        ) from error
    except OSError as error:
        raise VocabularyError(
            f"the file cannot be read: {error.strerror or error}", where=str(file)
        ) from error


def _note(
    node: _Node,
    predicate: str,
    value: pyoxigraph.NamedNode | pyoxigraph.Literal | pyoxigraph.Triple,
) -> None:
    text = getattr(value, "value", None)
    if text is None:
        return
    if hasattr(value, "datatype"):
        language = language_tag(cast("pyoxigraph.Literal", value).language or "en")
        node.texts.setdefault(predicate, []).append((text, language))
    else:
        node.iris.setdefault(predicate, []).append(text)


def _is_actor(node: _Node) -> bool:
    if any(kind in _KINDS for kind in node.types):
        return True
    if node.iri.startswith(ACTOR) or ROOT + "actor" in node.iris.get(_IN_SCHEME, []):
        raise node.error(
            f"the actor {node.iri} has no kind", "give it a class, such as `a comity:State`"
        )
    return False


def _is_concept(node: _Node) -> bool:
    return SKOS + "Concept" in node.types or bool(node.iris.get(_IN_SCHEME))


def _actor_id(node: _Node) -> str:
    if node.iri.startswith(ACTOR):
        return unquote(node.iri.removeprefix(ACTOR))
    return node.one_text(SKOS + "notation") or _local(node)


def _key(node: _Node) -> tuple[str, str]:
    """The scheme and code of a concept."""
    named = sorted(set(node.iris.get(_IN_SCHEME, [ROOT + "area"])))
    schemes = [scheme for scheme in SCHEMES if ROOT + scheme in named]
    if len(schemes) != 1:
        raise node.error(
            f"{node.iri} must be in one scheme of Comity, not in {', '.join(named)}",
            f"its skos:inScheme is one of {', '.join(f'<{ROOT}{name}>' for name in SCHEMES)}",
        )
    code = node.one_text(SKOS + "notation") or _local(node)
    if not is_code(code):
        raise node.error(
            f"{code!r} is no code",
            "a skos:notation is made of letters, digits, hyphens and underscores",
        )
    return schemes[0], code


def _concept(node: _Node, key: tuple[str, str], concepts: Mapping[str, tuple[str, str]]) -> Concept:
    scheme, code = key
    broader = set()
    for iri in node.iris.get(SKOS + "broader", []):
        parent = concepts.get(iri)
        if parent is None or parent[0] != scheme:
            raise node.error(
                f"{node.iri} has the broader concept {iri}, which is not in its scheme",
                "use skos:broadMatch for a concept of another vocabulary",
            )
        broader.add(parent[1])
    for predicate in _ACTOR_ONLY:
        if node.texts.get(predicate):
            raise node.error(f"{_short(predicate)} is for actors, not for concepts")
    definitions = sorted(node.texts.get(SKOS + "definition", []), key=_english_first)

    def in_scheme(iri: str) -> str | None:
        name, other = concepts.get(iri, ("", ""))
        return other if name == scheme else None

    return Concept(
        scheme,
        code,
        node.iri,
        _labels(node),
        tuple(sorted(broader)),
        definitions[0][0] if definitions else None,
        _is_deprecated(node),
        _replacement(node, in_scheme),
    )


def _actor(node: _Node, identifier: str, actors: Mapping[str, str]) -> Actor:
    principals = set()
    for iri in node.iris.get(COMITY + "actsFor", []):
        if iri not in actors:
            raise node.error(f"{node.iri} acts for {iri}, which is no actor of the vocabulary")
        principals.add(actors[iri])
    kinds = [kind for iri, kind in _KINDS.items() if iri in node.types]
    return Actor(
        identifier,
        kinds[0],
        node.iri,
        _labels(node),
        tuple(sorted(principals)),
        deprecated=_is_deprecated(node),
        replaced_by=_replacement(node, actors.get),
    )


def _is_deprecated(node: _Node) -> bool:
    value = node.one_text(OWL + "deprecated")
    if value not in (None, "true", "false", "1", "0"):
        raise node.error(f"owl:deprecated of {node.iri} is {value!r}", "write true or false")
    return value in ("true", "1")


def _replacement(node: _Node, known: Callable[[str], str | None]) -> str | None:
    """The code or id of what a deprecated node is replaced by, if anything.

    `known` gives the code or id of an IRI that may stand for the node, None of any other.
    """
    named = sorted(set(node.iris.get(DCTERMS + "isReplacedBy", [])))
    if not named:
        return None
    if not _is_deprecated(node):
        raise node.error(
            f"{node.iri} is replaced by another, but not deprecated",
            "add `owl:deprecated true` as well",
        )
    if len(named) > 1:
        raise node.error(
            f"{node.iri} is replaced by {len(named)} others",
            "name the one that stands for it now; tell of the others in a skos:changeNote",
        )
    found = known(named[0])
    if found is None or named[0] == node.iri:
        raise node.error(f"{node.iri} is replaced by {named[0]}, which is not in its scheme")
    return found


def _labels(node: _Node) -> tuple[Label, ...]:
    labels = {
        Label(text, language, role)
        for predicate, role in _ROLES.items()
        for text, language in node.texts.get(predicate, [])
    }
    preferred: dict[str, str] = {}
    for label in sorted(labels, key=_order):
        if not label.text.strip():
            raise node.error(f"{node.iri} has an empty label")
        if label.role == "pref" and preferred.setdefault(label.language, label.text) != label.text:
            raise node.error(
                f"{node.iri} has two preferred labels in {label.language}: "
                f"{preferred[label.language]!r} and {label.text!r}",
                "make one of them skos:altLabel",
            )
    if not preferred:
        raise node.error(f"{node.iri} has no skos:prefLabel")
    return tuple(sorted(labels, key=_order))


def _check_strays(
    nodes: Mapping[str, _Node],
    actors: Mapping[str, str],
    concepts: Mapping[str, tuple[str, str]],
) -> None:
    """A label on an IRI that nobody declares is a slip of the pen."""
    for node in nodes.values():
        if node.iri in actors or node.iri in concepts or SKOS + "ConceptScheme" in node.types:
            continue
        if any(role in node.texts for role in _ROLES):
            raise node.error(
                f"{node.iri} has labels, but is neither in the vocabulary nor declared",
                "correct the IRI, or add `a skos:Concept` and skos:inScheme",
            )


def _check_unique(keyed: Iterable[tuple[tuple[str, str], str, Mapping[str, _Node]]]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for key, iri, nodes in keyed:
        other = seen.setdefault(key, iri)
        if other != iri:
            later = max(nodes[iri], nodes[other], key=lambda node: node.rank)
            raise later.error(
                f"{other} and {iri} have the same {' code '.join(key)}",
                "give one of them another skos:notation",
            )


def _check_cycles(vocabulary: Vocabulary, nodes: Mapping[str, _Node]) -> None:
    for (scheme, code), concept in vocabulary.concepts.items():
        if code in vocabulary.ancestors(scheme, code):
            raise nodes[concept.iri].error(f"{concept.iri} is broader than itself")


def _check_replacements(nodes: Mapping[str, _Node]) -> None:
    """A replacement is in use itself, so that one step leads from an old code to the new one."""
    for node in nodes.values():
        for iri in node.iris.get(DCTERMS + "isReplacedBy", []):
            if iri in nodes and _is_deprecated(nodes[iri]):
                raise node.error(
                    f"{node.iri} is replaced by {iri}, which is deprecated itself",
                    "name what is to be used now",
                )


def _order(label: Label) -> tuple[int, str, str]:
    return _RANK[label.role], label.language, label.text


def _english_first(definition: tuple[str, str]) -> tuple[bool, str, str]:
    text, language = definition
    return language != "en", language, text


def _local(node: _Node) -> str:
    return unquote(node.iri[max(node.iri.rfind("/"), node.iri.rfind("#")) + 1 :])


def _short(iri: str) -> str:
    for prefix, namespace in (("skos:", SKOS), ("comity:", COMITY), ("dcterms:", DCTERMS)):
        if iri.startswith(namespace):
            return prefix + iri.removeprefix(namespace)
    return iri


def _line_of(file: Path, iri: str) -> str:
    """File and line where an IRI is first written out or abbreviated, as far as can be told."""
    name = iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]
    subject = (f"<{iri}>", f"<{name}>", f"<#{name}>", f":{name} ")
    with file.open(encoding="utf-8", errors="replace") as text:
        for number, line in enumerate(text, 1):
            if any(form in f"{line.rstrip()} " for form in subject):
                return f"{file}, line {number}"
    return str(file)
