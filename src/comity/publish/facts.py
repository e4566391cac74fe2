"""What two data sets say of the things whose descriptions differ, and what those are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from sys import intern

from comity.publish.difference import Node
from comity.publish.sides import Side
from comity.rdf.namespaces import COMITY, DCTERMS, OA, PROV, RDFS, SKOS, prefixes, shorten
from comity.rdf.terms import RDF_TYPE, Literal, from_text

Facts = Mapping[str, tuple[str, ...]]
"""Predicate, without its brackets, to the sorted terms that it has, in N-Triples text."""

TYPE = RDF_TYPE[1:-1]
PREF_LABEL = SKOS + "prefLabel"
REPLACED_BY = DCTERMS + "isReplacedBy"
REASON = COMITY + "withdrawalReason"

KINDS = {
    COMITY + "Statement": "statement",
    COMITY + "Document": "document",
    COMITY + "Actor": "actor",
    SKOS + "Concept": "concept",
    COMITY + "Measure": "measure",
    COMITY + "Event": "event",
    PROV + "Activity": "extractor",
}
"""Classes of the things that changes are told of, with the word for each."""
PARTS = {
    COMITY + "Mention": "mention",
    OA + "SpecificResource": "evidence",
    OA + "TextPositionSelector": "position",
    OA + "TextQuoteSelector": "quote",
}
"""Classes of what belongs to a statement, with the word that its IRI begins with."""
_LINK = f"<{COMITY}LineageLink>"
_NAMED = (PREF_LABEL, DCTERMS + "title", RDFS + "label", DCTERMS + "identifier")


@dataclass(frozen=True, slots=True)
class Thing:
    """One IRI on two sides.

    Args:
        iri: The IRI.
        old: What the earlier side says of it; None when it is not there, or withdrawn.
        new: What the later side says of it, likewise.
        gone_before: What the earlier side says of its withdrawal; None when it is not withdrawn.
        gone_now: What the later side says of its withdrawal, likewise.
    """

    iri: str
    old: Facts | None
    new: Facts | None
    gone_before: Facts | None = None
    gone_now: Facts | None = None

    @property
    def kind(self) -> str:
        """What it is, by its class: one of the words of `KINDS` or `PARTS`, or ``other``."""
        types = {*values(self.old, TYPE), *values(self.new, TYPE)}
        for classes in (PARTS, KINDS):
            for name, word in classes.items():
                if f"<{name}>" in types:
                    return word
        return "other"


class Keys:
    """Tells which statement an IRI belongs to, by the way IRIs are made."""

    def __init__(self, *sides: Side) -> None:
        bases = "|".join(sorted({re.escape(side.base) for side in sides}))
        kinds = "|".join(("statement", *PARTS.values()))
        self._part = re.compile(rf"(?:{bases})({kinds})-([0-9A-Za-z]+)(?:-[0-9]+)?")

    def part(self, iri: str) -> tuple[str, str]:
        """The kind of part that an IRI is of a statement, and the key of that; else empty."""
        found = self._part.fullmatch(iri)
        return (found[1], found[2]) if found else ("", "")


def values(facts: Facts | None, predicate: str) -> tuple[str, ...]:
    """The terms of a predicate; none where there are no facts."""
    return facts.get(predicate, ()) if facts else ()


def iris(facts: Facts | None, predicate: str) -> tuple[str, ...]:
    """The IRIs that are values of a predicate, without their brackets."""
    return tuple(term[1:-1] for term in values(facts, predicate) if term.startswith("<"))


def text(facts: Facts | None, predicate: str) -> str | None:
    """The lexical form of the first value of a predicate; the English one where there is one."""
    found = [from_text(term) for term in values(facts, predicate)]
    literals = [term for term in found if isinstance(term, Literal)]
    english = [term for term in literals if term.language in (None, "en")]
    return (english or literals)[0].value if literals else None


def thing_of(node: Node, old: Side, new: Side) -> Thing:
    """What the lines of a node say, those of withdrawals apart."""
    here, gone_before = _split(node.old, old.withdrawn)
    there, gone_now = _split(node.new, new.withdrawn)
    return Thing(node.subject.decode()[1:-1], here, there, gone_before, gone_now)


def _split(lines: Iterable[bytes], withdrawn: str) -> tuple[Facts | None, Facts | None]:
    ending = f" <{withdrawn}> .\n".encode()
    apart = [line for line in lines if line.endswith(ending)]
    rest = [line for line in lines if not line.endswith(ending)]
    return facts_of(rest), facts_of(apart)


def facts_of(lines: Iterable[bytes]) -> Facts | None:
    """What lines of N-Quads about one subject say; None when there are none."""
    found: dict[str, set[str]] = {}
    for line in lines:
        _, predicate, rest = line.decode().split(" ", 2)
        term = rest[:-3].rpartition(" ")[0]
        terms = found.setdefault(intern(predicate[1:-1]), set())
        terms.add(intern(term) if term.startswith("<") else term)
    return {name: tuple(sorted(terms)) for name, terms in sorted(found.items())} or None


def links_of(side: Side) -> dict[str, Facts] | None:
    """What a side says of each of its links between statements; None when it does not have them.

    Args:
        side: The side.
    """
    if side.links is None:
        return None
    found: dict[str, dict[str, set[str]]] = {}
    for subject, predicate, value in side.links():
        found.setdefault(subject[1:-1], {}).setdefault(predicate[1:-1], set()).add(value)
    return {
        iri: {predicate: tuple(sorted(terms)) for predicate, terms in sorted(node.items())}
        for iri, node in sorted(found.items())
        if _LINK in node.get(TYPE, ())
    }


def look_up(lines: Iterable[bytes], wanted: Callable[[str], bool]) -> Iterator[tuple[str, Facts]]:
    """What a data set says of some IRIs, in order.

    Args:
        lines: Its sorted lines.
        wanted: Whether an IRI is one of them.
    """
    for subject, group in groupby(lines, key=lambda line: line[1 : line.index(b" ") - 1]):
        iri = subject.decode()
        if wanted(iri):
            yield iri, facts_of(group) or {}


def name_of(iri: str, facts: Facts | None) -> str:
    """What a thing is called: its label in English, its title, or its IRI with a prefix."""
    for predicate in _NAMED:
        said = text(facts, predicate)
        if said:
            issued = text(facts, DCTERMS + "issued")
            return f"{said} ({issued})" if issued else said
    return shorten(iri, prefixes())
