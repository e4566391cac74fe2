"""What the ontology's files say of actors and concepts beside their names.

Memberships, offices and notes stand in ``ontology/vocabulary``, links to other data sets in
``ontology/alignment``. None of it is part of a graph: it is read when it is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comity import assets
from comity.errors import VocabularyError
from comity.rdf.namespaces import COMITY, RDF, SKOS, preset

MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
"""The mapping relations of SKOS, the closest first."""
_ORG = "http://www.w3.org/ns/org#"
_TIES = {
    COMITY + "memberOf": "memberOf",
    COMITY + "jurisdiction": "jurisdiction",
    _ORG + "subOrganizationOf": "subOrganizationOf",
}
_NOTES = {SKOS + "scopeNote": "scope", SKOS + "example": "example"}


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A link to another data set: one of `MATCHES`, and the IRI there."""

    relation: str
    iri: str


@dataclass(frozen=True, slots=True, order=True)
class Membership:
    """That an actor belongs to a bloc, by their IRIs, with dates as far as known."""

    bloc: str
    member: str
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Tenure:
    """That a person holds an office of a body, by IRIs, with dates as far as known."""

    holder: str
    since: str
    until: str
    office: str
    body: str


@dataclass(frozen=True, slots=True)
class Background:
    """What is known of actors and concepts, by their IRIs.

    Args:
        matches: Links to other data sets, the closest first.
        memberships: Memberships, under the member and under the bloc.
        tenures: Offices, under the holder and under the body.
        ties: ``memberOf``, ``jurisdiction`` or ``subOrganizationOf``, and the IRI it leads to.
        notes: ``scope`` and ``example`` to what the vocabulary notes in English.
    """

    matches: Mapping[str, tuple[Match, ...]] = field(default_factory=dict)
    memberships: Mapping[str, tuple[Membership, ...]] = field(default_factory=dict)
    tenures: Mapping[str, tuple[Tenure, ...]] = field(default_factory=dict)
    ties: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    notes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def background(extra: Iterable[Path] = ()) -> Background:
    """What Comity's own files say, and a user's.

    Args:
        extra: Turtle files of a user's own vocabulary.

    Raises:
        VocabularyError: if a file cannot be read, or is no Turtle.
    """
    folders = ("ontology/vocabulary", "ontology/alignment")
    files = [file for name in folders for file in sorted(assets.path(name).glob("*.ttl"))]
    return read([*files, *extra])


def read(files: Iterable[Path]) -> Background:
    """What these Turtle files say together.

    Args:
        files: In any order.

    Raises:
        VocabularyError: if a file cannot be read, or is no Turtle.
    """
    nodes: dict[str, dict[str, list[Any]]] = {}
    for file in files:
        for subject, predicate, value in _triples(file):
            nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)
    matches: dict[str, tuple[Match, ...]] = {}
    ties: dict[str, tuple[tuple[str, str], ...]] = {}
    notes: dict[str, Mapping[str, str]] = {}
    memberships: defaultdict[str, set[Membership]] = defaultdict(set)
    tenures: defaultdict[str, set[Tenure]] = defaultdict(set)
    for iri, facts in nodes.items():
        if found := sorted(_matches(facts), key=lambda m: (MATCHES.index(m.relation), m.iri)):
            matches[iri] = tuple(found)
        if tied := {(name, each.value) for p, name in _TIES.items() for each in _iris(facts, p)}:
            ties[iri] = tuple(sorted(tied))
        if noted := {name: text for p, name in _NOTES.items() if (text := _english(facts, p))}:
            notes[iri] = noted
        kinds = {each.value for each in facts.get(RDF + "type", ())}
        if COMITY + "Membership" in kinds:
            joined = Membership(*_texts(facts, "bloc", "member", "from", "to"))
            for party in (joined.bloc, joined.member):
                memberships[party].add(joined)
        if COMITY + "Tenure" in kinds:
            held = Tenure(*_texts(facts, "holder", "from", "to", "office", "actsFor"))
            for party in (held.holder, held.body):
                tenures[party].add(held)
    return Background(
        matches,
        {iri: tuple(sorted(each)) for iri, each in memberships.items()},
        {iri: tuple(sorted(each)) for iri, each in tenures.items()},
        ties,
        notes,
    )


def _triples(file: Path) -> Iterator[tuple[str, str, Any]]:
    from pyoxigraph import RdfFormat, parse

    try:
        for quad in parse(preset(file.read_bytes()), format=RdfFormat.TURTLE):
            subject, predicate, value = quad.subject, quad.predicate, quad.object
            if hasattr(subject, "value") and hasattr(value, "value"):
                yield str(subject.value), predicate.value, value
    except SyntaxError as error:
        where = f"{file}, line {error.lineno or 1}"
        raise VocabularyError(f"this is no Turtle: {error.msg}", where=where) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise VocabularyError(f"the file cannot be read: {reason}", where=str(file)) from error


def _matches(facts: Mapping[str, list[Any]]) -> Iterator[Match]:
    for relation in MATCHES:
        for value in _iris(facts, SKOS + relation):
            yield Match(relation, value.value)


def _iris(facts: Mapping[str, list[Any]], predicate: str) -> Iterator[Any]:
    return (each for each in facts.get(predicate, ()) if not hasattr(each, "datatype"))


def _english(facts: Mapping[str, list[Any]], predicate: str) -> str:
    texts = [each for each in facts.get(predicate, ()) if hasattr(each, "datatype")]
    return min((each.value for each in texts if (each.language or "en") == "en"), default="")


def _texts(facts: Mapping[str, list[Any]], *names: str) -> list[str]:
    """The first value of each property of Comity, empty where there is none."""
    return [min((each.value for each in facts.get(COMITY + n, ())), default="") for n in names]
