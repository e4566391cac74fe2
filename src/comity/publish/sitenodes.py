"""The nodes of a release, each as a Turtle and a JSON-LD file that lies beside its page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import get_args

from comity.model import Actor, ActorKind, Event, Label
from comity.publish.content import Content
from comity.publish.sorting import sorted_lines
from comity.rdf.jsonld import document, keyed, to_json
from comity.rdf.namespaces import COMITY, DCTERMS, OWL, RDFS, SKOS, shorten
from comity.rdf.terms import IRI, RDF_TYPE, Literal, Triple, from_text
from comity.rdf.turtle import serialize
from comity.web.addresses import DATA, Addresses, Place

_KINDS: dict[str, ActorKind] = {f"<{COMITY}{kind}>": kind for kind in get_args(ActorKind)}
_CONCEPT, _WITHDRAWN = f"<{SKOS}Concept>", f"<{COMITY}WithdrawnResource>"
_STATEMENT, _DOCUMENT = f"<{COMITY}Statement>", f"<{COMITY}Document>"
_MEASURE, _EVENT = f"<{COMITY}Measure>", f"<{COMITY}Event>"
_OWN = {_CONCEPT, _STATEMENT, _DOCUMENT, _MEASURE, _EVENT, *_KINDS}


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What the data say of something that is no longer there."""

    iri: str
    reason: str
    since: str
    replacements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """A node of another kind: its properties with prefixes, its values as IRI or text."""

    iri: str
    facts: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Nodes:
    """What the pages need to know from the data beside the records.

    Args:
        described: The place of everything that has a page, and its IRI.
        candidates: Actors that are in no vocabulary, by id.
        events: Events, by id.
        withdrawn: What is no longer there.
        others: Nodes that are none of the kinds that have pages of their own.
    """

    described: dict[Place, str] = field(default_factory=dict)
    candidates: dict[str, Actor] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    withdrawn: dict[Place, Withdrawn] = field(default_factory=dict)
    others: dict[Place, Other] = field(default_factory=dict)


def write_nodes(content: Content, site: Path, addresses: Addresses) -> Nodes:
    """Write every node with its parts as Turtle and JSON-LD, one node in memory at a time.

    Args:
        content: What is published.
        site: The folder of the site.
        addresses: Where things have their pages.

    Raises:
        OSError: if a file cannot be written.
    """
    found = Nodes()
    made: set[str] = set()
    prefixes = content.namespaces.prefixes()
    lines = sorted_lines(keyed(content.triples(), content.namespaces.base))
    for root, group in groupby(lines, key=lambda line: line.split(b" ", 1)[0]):
        iri = root.decode()[1:-1]
        place = addresses.of(iri)
        if place is None:
            continue
        if place.folder not in made:
            (site / place.folder).mkdir(parents=True, exist_ok=True)
            made.add(place.folder)
        triples = [_triple(line) for line in group]
        (site / place.file("ttl")).write_bytes(serialize(triples, prefixes).encode())
        text = to_json(document(triples, iri), indent=1) + "\n"
        (site / place.file("jsonld")).write_bytes(text.encode())
        _note(found, place, iri, triples, content)
    return found


def _triple(line: bytes) -> Triple:
    _, subject, predicate, value = line.decode()[:-1].split(" ", 3)
    return subject, predicate, value


def _note(
    found: Nodes, place: Place, iri: str, triples: Iterable[Triple], content: Content
) -> None:
    """Keep what the pages need to know of a node."""
    facts: defaultdict[str, list[str]] = defaultdict(list)
    for subject, predicate, value in triples:
        if subject == f"<{iri}>":
            facts[predicate].append(value)
    kinds = set(facts.get(RDF_TYPE, ()))
    found.described[place] = iri
    if _WITHDRAWN in kinds:
        found.withdrawn[place] = _withdrawn(iri, facts)
    elif kinds & set(_KINDS):
        if place.folder == DATA:
            found.candidates[place.name] = _actor(place.name, iri, kinds, facts, content)
    elif _EVENT in kinds:
        found.events[place.name] = _event(place.name, facts)
    elif not kinds & _OWN:
        found.others[place] = _other(iri, facts, content)


def _actor(
    name: str, iri: str, kinds: set[str], facts: Mapping[str, list[str]], content: Content
) -> Actor:
    kind: ActorKind = "Actor"
    for each, called in _KINDS.items():
        if each in kinds and called != "Actor":
            kind = called
    labels = tuple(
        Label(term.value, term.language or "en")
        for term in map(from_text, sorted(facts.get(f"<{SKOS}prefLabel>", ())))
        if isinstance(term, Literal)
    )
    known = {actor.iri: id_ for id_, actor in content.vocabulary.actors.items()}
    principals = [known.get(each[1:-1]) for each in facts.get(f"<{COMITY}actsFor>", ())]
    acts_for = tuple(sorted(each for each in principals if each is not None))
    return Actor(name, kind, iri, labels, acts_for, candidate=True)


def _event(name: str, facts: Mapping[str, list[str]]) -> Event:
    kind = _first(facts, f"<{COMITY}eventType>")
    return Event(
        name,
        _first(facts, f"<{RDFS}label>") or name,
        _first(facts, f"<{COMITY}place>"),
        _first(facts, f"<{COMITY}eventDate>"),
        kind.rpartition("/")[2] if kind else None,
    )


def _withdrawn(iri: str, facts: Mapping[str, list[str]]) -> Withdrawn:
    since = _first(facts, f"<{COMITY}withdrawnIn>") or ""
    return Withdrawn(
        iri,
        _first(facts, f"<{COMITY}withdrawalReason>") or "",
        since.rpartition("dataset-")[2],
        tuple(sorted(str(from_text(each)) for each in facts.get(f"<{DCTERMS}isReplacedBy>", ()))),
    )


def _other(iri: str, facts: Mapping[str, list[str]], content: Content) -> Other:
    prefixes = content.namespaces.prefixes()
    rows = [
        (shorten(predicate[1:-1], prefixes), str(term), isinstance(term, IRI))
        for predicate in sorted(facts)
        if predicate != f"<{OWL}deprecated>"
        for term in map(from_text, sorted(facts[predicate]))
    ]
    return Other(iri, tuple(rows))


def _first(facts: Mapping[str, list[str]], predicate: str) -> str | None:
    return min((str(from_text(each)) for each in facts.get(predicate, ())), default=None)
