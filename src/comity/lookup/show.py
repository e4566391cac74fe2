"""Everything a graph says about one node, with the passages behind it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from comity.answers import Rows as Answers
from comity.answers import plain
from comity.lookup.nodes import Passage, Source, ask, node_of, passage_of
from comity.rdf.namespaces import COMITY, OA, RDF, shorten
from comity.rdf.terms import IRI, Literal, Term
from comity.store import Triples

TYPE = RDF + "type"
_PARTS = (COMITY + "mention", COMITY + "evidence", OA + "hasSelector")
"""Properties whose values belong to a statement and have no life of their own."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A property with one of its values; `label` is the name of what the value stands for."""

    property: str
    value: Term
    label: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name by which a passage or its surroundings call a party, in its role."""

    role: str
    text: str
    start: int | None = None
    end: int | None = None
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that names the node by some properties, with its passage."""

    properties: tuple[str, ...]
    stated_on: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Node:
    """All that is known of a node. `total` counts the statements that name it, shown or not."""

    iri: str
    name: str
    label: str
    kinds: tuple[str, ...]
    facts: tuple[Fact, ...]
    passage: Passage | None = None
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Said, ...] = ()
    total: int = 0
    roles: tuple[tuple[str, int], ...] = ()
    """How many statements name it by each property."""

    def describe(self) -> dict[str, Any]:
        """Everything as JSON values; properties and kinds as prefixed names."""
        facts: dict[str, list[Any]] = {}
        for fact in self.facts:
            known = isinstance(fact.value, IRI)
            value = {"iri": str(fact.value), "label": fact.label or None}
            facts.setdefault(fact.property, []).append(value if known else plain(fact.value))
        return {
            "iri": self.iri,
            "id": self.name,
            "label": self.label or None,
            "kinds": list(self.kinds),
            "facts": facts,
            "passage": None if self.passage is None else _words(self.passage),
            "mentions": [_known(mention) for mention in self.mentions],
            "statements": [
                {"as": list(s.properties), "stated_on": s.stated_on or None, **_words(s.passage)}
                for s in self.statements
            ],
            "total": self.total,
        }


def _words(passage: Passage) -> dict[str, Any]:
    return {name: getattr(passage, name) for name in Passage.__slots__}


def _known(mention: Mention) -> dict[str, Any]:
    return {name: getattr(mention, name) for name in Mention.__slots__}


def show(source: Source, word: str, *, language: str = "en", limit: int | None = 20) -> Node:
    """What the graph says about a node.

    Args:
        source: The graph.
        word: The node's IRI, prefixed name, id, code, label or title.
        language: Of names, where there is one in it.
        limit: The most statements to show, the latest first; None for all.

    Raises:
        UnknownNameError: if nothing is called that, or the graph says nothing of it.
        UsageError: if several things are called that.
    """
    iri = node_of(source, word)
    prefixes = source.namespaces.prefixes()
    rows = ask(source, "facts", {"node": IRI(iri)})
    pairs = sorted({(str(row["property"]), row["value"]) for row in rows}, key=_order)
    facts = tuple(
        Fact(shorten(p, prefixes), value, _name(source, value, language))
        for p, value in pairs
        if p not in _PARTS and p != TYPE
    )
    kinds = tuple(shorten(str(value), prefixes) for p, value in pairs if p == TYPE)
    parts = [str(value) for p, value in pairs if p == COMITY + "mention"]
    named, roles = _references(source, iri)
    said = []
    for statement in named[:limit]:
        passage = passage_of(source, statement[0])
        if passage is not None:
            said.append(Said(statement[2], statement[1], passage))
    return Node(
        iri,
        shorten(iri, prefixes),
        source.label(iri, language) or "",
        kinds,
        facts,
        passage_of(source, iri) if "comity:Statement" in kinds else None,
        tuple(_mention(source, part) for part in parts),
        tuple(said),
        len(named),
        roles,
    )


def triples(source: Source, iri: str) -> Answers:
    """The triples of a node and of the parts that belong to it, to be written as Turtle.

    Args:
        source: The graph.
        iri: The node.
    """
    found: list[tuple[Term, Term, Term]] = []
    left, seen = [iri], {iri}
    while left:
        node = left.pop(0)
        for row in ask(source, "facts", {"node": IRI(node)}):
            found.append((IRI(node), row["property"], row["value"]))
            part = str(row["value"])
            if str(row["property"]) in _PARTS and part not in seen:
                seen.add(part)
                left.append(part)
    return Answers(Triples(tuple(found)), source.namespaces.prefixes())


def _order(pair: tuple[str, Term]) -> tuple[str, str, str]:
    value = pair[1]
    return pair[0], str(value), str(getattr(value, "language", "") or "")


def _name(source: Source, value: Term, language: str) -> str:
    return (source.label(value.value, language) or "") if isinstance(value, IRI) else ""


def _references(
    source: Source, iri: str
) -> tuple[list[tuple[str, str, tuple[str, ...]]], tuple[tuple[str, int], ...]]:
    """The statements that name a node, the latest first, with the properties; and their count."""
    prefixes = source.namespaces.prefixes()
    found: dict[str, tuple[str, set[str]]] = {}
    for row in ask(source, "references", {"node": IRI(iri)}):
        name = shorten(str(row["property"]), prefixes)
        dated = found.setdefault(str(row["statement"]), (str(row.get("stated_on", "")), set()))
        dated[1].add(name)
    counts = Counter(name for _, names in found.values() for name in names)
    listed = [(s, date, tuple(sorted(names))) for s, (date, names) in sorted(found.items())]
    listed.sort(key=lambda one: one[1], reverse=True)
    return listed, tuple(sorted(counts.items()))


def _mention(source: Source, node: str) -> Mention:
    rows = ask(source, "facts", {"node": IRI(node)})
    said = {str(row["property"]).removeprefix(COMITY): row["value"] for row in rows}

    def number(name: str) -> int | None:
        return int(str(said[name])) if isinstance(said.get(name), Literal) else None

    actor = said.get("mentionedActor")
    return Mention(
        str(said.get("role", "")),
        str(said.get("mentionText", "")),
        number("start"),
        number("end"),
        None if actor is None else shorten(str(actor), source.namespaces.prefixes()),
    )
