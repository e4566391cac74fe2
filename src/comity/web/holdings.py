"""What a graph holds, filed under all that its statements name: what the views are made from."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import unquote

from comity.lineage import Link
from comity.model import Actor, Document, Event, Statement, Vocabulary
from comity.rdf.background import Background
from comity.rdf.namespaces import Namespaces, prefixes, shorten
from comity.rdf.resolve import document_event, statement_event
from comity.web.addresses import DATA, Addresses, Place
from comity.web.naming import Codes, Names, Ref, clip

ROLES = ("actor", "speaker", "behalf", "counterpart", "beneficiary", "constrained")
"""What an actor may be in a statement; ``behalf``: a speaker speaks for it."""
UNDATED = "undated"
ROOT = ""
"""The name of the place above the concepts on top of a scheme."""


@dataclass(frozen=True, eq=False)
class Holdings:
    """The statements of a graph, and for every page those that it tells of.

    Args:
        statements: In the order of documents and text.
        documents: By id, in order, without their texts.
        names: What everything is called.
        filed: Place to the numbers of its statements, the latest first.
        below: Place of an area to how many statements it and narrower areas have.
        background: What the vocabulary says of actors and concepts beside their names.
        described: Everything that has a page, with the IRIs of the pages.
        events: By id.
        later: Id of a statement to the links from statements that follow on it.
        earlier: Id of a statement to the links to those that it follows on.
        by_id: Id of a statement to its number.
    """

    statements: tuple[Statement, ...] = field(repr=False)
    documents: Mapping[str, Document] = field(repr=False)
    names: Names = field(repr=False)
    filed: Mapping[Place, array[int]] = field(repr=False)
    below: Mapping[Place, int] = field(repr=False)
    background: Background = field(repr=False)
    described: Mapping[Place, str] = field(repr=False)
    events: Mapping[str, Event] = field(repr=False)
    later: Mapping[str, tuple[Link, ...]] = field(repr=False)
    earlier: Mapping[str, tuple[Link, ...]] = field(repr=False)
    by_id: Mapping[str, int] = field(repr=False)

    @property
    def vocabulary(self) -> Vocabulary:
        """The concepts and actors in use."""
        return self.names.vocabulary

    @cached_property
    def measure_counts(self) -> Mapping[Codes, int]:
        """How many statements have a measure."""
        return Counter(codes for each in self.statements for codes in measures(each))

    @cached_property
    def measures_like(self) -> Mapping[tuple[str | None, ...], tuple[Codes, ...]]:
        """The measures on an area, and those of a measure type and direction, by those codes."""
        found: defaultdict[tuple[str | None, ...], list[Codes]] = defaultdict(list)
        for codes in self.measure_counts:
            found[codes[:2]].append(codes)
            if codes[2] is not None:
                found[codes[2:]].append(codes)
        return {key: tuple(each) for key, each in found.items()}

    @cached_property
    def narrower(self) -> Mapping[Place, tuple[Place, ...]]:
        """The narrower concepts of those that have a page, and under `ROOT` those on top."""
        names = self.names
        found: defaultdict[Place, list[Place]] = defaultdict(list)
        for (scheme, code), concept in self.vocabulary.concepts.items():
            here = self.addresses.concept(scheme, code)
            if here in self.described:
                above = [self.addresses.concept(scheme, each) for each in concept.broader]
                known = [place for place in above if place in self.described]
                for place in known or [Place(scheme, ROOT)]:
                    found[place].append(here)
        return {
            place: tuple(sorted(each, key=lambda p: (names.at(p).text.casefold(), p)))
            for place, each in found.items()
        }

    @property
    def addresses(self) -> Addresses:
        """Where everything has its page."""
        return self.names.addresses

    def numbers(self, place: Place) -> array[int]:
        """The numbers of the statements that a page tells of, the latest first."""
        return self.filed.get(place, _NONE)

    def at(self, place: Place) -> Iterator[Statement]:
        """The statements that a page tells of, the latest first."""
        return (self.statements[number] for number in self.numbers(place))

    def document(self, statement: Statement) -> Document:
        """The document of a statement."""
        return self.documents[statement.document]

    def extractor(self, name: str) -> Ref:
        """The name of an extractor, and its page where the data tell of it."""
        place = self.addresses.extractor(name)
        return Ref(name, place if place in self.described else None)

    def event(self, statement: Statement) -> str | None:
        """The id of the event at which a statement was made, or of its document's."""
        return statement_event(statement, self.document(statement))

    def years(self) -> list[str]:
        """The years of the statements, the latest first; `UNDATED` last."""
        found = (place.name for place in self.filed if place.folder == "statements")
        return sorted(found, key=lambda year: (year != UNDATED, year), reverse=True)

    def actors(self) -> list[tuple[Place, str]]:
        """Every actor that has a page, with its id, in order of places."""
        found = []
        for place in self.described:
            candidate = place.folder == DATA and place.name.startswith("actor-")
            id_ = unquote(place.name)
            if (candidate or place.folder == "actor") and self.names.known_actor(id_):
                found.append((place, id_))
        return sorted(found)

    def measures(self) -> dict[Place, Codes]:
        """Every measure that has a page, with its codes, in order of places."""
        found = {place: self.codes(place) for place in self.pages("measure")}
        return {place: codes for place, codes in found.items() if codes is not None}

    def codes(self, place: Place) -> Codes | None:
        """The codes of a measure, by its place; None where the vocabulary lacks one of them."""
        kind, direction, area = [*place.name.split(".", 2), "", ""][:3]
        keys = [("measure-type", kind), ("direction", direction)]
        keys += [("area", area)] if area else []
        known = all(key in self.vocabulary.concepts for key in keys)
        return (kind, direction, area or None) if known else None

    def named(self, iri: str) -> Ref:
        """What an IRI is called; a link only where it has a page."""
        place = self.addresses.of(iri)
        if place is None:
            return Ref(shorten(iri, prefixes()))
        return replace(self._called(place, iri), place=place if place in self.described else None)

    def _called(self, place: Place, iri: str) -> Ref:
        name = unquote(place.name)
        if place in self.actor_places:
            return self.names.actor(name)
        if (place.folder, name) in self.vocabulary.concepts:
            return self.names.at(place)
        if name in self.by_id:
            return Ref(clip(self.statements[self.by_id[name]].quote, 120) or iri)
        if name in self.documents:
            return Ref(clip(self.documents[name].title or name, 120))
        if name in self.events:
            return self.names.event(name)
        codes = self.codes(place) if place.folder == "measure" else None
        return self.names.measure(codes) if codes else Ref(iri)

    @cached_property
    def actor_places(self) -> frozenset[Place]:
        """The places of all actors that are known, with a page or without."""
        known = (self.addresses.actor(id_) for id_ in self.vocabulary.actors)
        return frozenset([*known, *(place for place, _ in self.actors())])

    @cached_property
    def documents_of_events(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the documents that come from an event, by its id."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for document in self.documents.values():
            event = document_event(document)
            if event:
                found[event].append(document.id)
        return {event: tuple(each) for event, each in found.items()}

    def pages(self, folder: str) -> list[Place]:
        """Everything that has a page in a folder, in order of names."""
        return sorted(place for place in self.described if place.folder == folder)


_NONE: array[int] = array("I")


def _below(
    statements: Iterable[Statement], vocabulary: Vocabulary, addresses: Addresses
) -> dict[Place, int]:
    """How many statements each area has, those of narrower areas included."""
    below: defaultdict[Place, int] = defaultdict(int)
    ancestors: dict[str, frozenset[str]] = {}
    for each in statements:
        for area in each.areas:
            if area not in ancestors:
                ancestors[area] = vocabulary.ancestors("area", area) | {area}
        for code in frozenset().union(*(ancestors[area] for area in each.areas)):
            below[addresses.concept("area", code)] += 1
    return dict(below)


def gather(
    statements: Iterable[Statement],
    documents: Iterable[Document],
    vocabulary: Vocabulary,
    namespaces: Namespaces,
    described: Mapping[Place, str],
    *,
    candidates: Mapping[str, Actor],
    events: Mapping[str, Event],
    links: Iterable[Link] = (),
    background: Background | None = None,
    language: str = "en",
) -> Holdings:
    """File the statements of a graph under all that they name.

    Args:
        statements: In the order of documents and text.
        documents: Those that they stand in; their texts are not kept.
        vocabulary: The concepts and actors in use.
        namespaces: Where the data live.
        described: The place of everything that has a page, and its IRI.
        candidates: Actors that are in no vocabulary, by id.
        events: Events, by id.
        links: Which statement follows on which.
        background: What the vocabulary says of actors and concepts beside their names.
        language: The language of the pages.
    """
    addresses = Addresses(vocabulary, namespaces)
    known = {each.id: replace(each, text="") for each in documents}
    kept = tuple(statements)
    filed: defaultdict[Place, array[int]] = defaultdict(lambda: array("I"))
    latest = sorted(range(len(kept)), key=lambda n: kept[n].date or "", reverse=True)
    for number in latest:
        for place in _places(kept[number], known[kept[number].document], addresses):
            filed[place].append(number)
    apart = _apart(candidates, filed, kept, known, addresses)
    later, earlier = defaultdict(list), defaultdict(list)
    for link in sorted(links):
        later[link.earlier].append(link)
        earlier[link.later].append(link)
    return Holdings(
        kept,
        known,
        Names(vocabulary, addresses, candidates, events, language, apart),
        dict(filed),
        _below(kept, vocabulary, addresses),
        background or Background(),
        described,
        events,
        {id_: tuple(each) for id_, each in later.items()},
        {id_: tuple(each) for id_, each in earlier.items()},
        {each.id: number for number, each in enumerate(kept)},
    )


def _apart(
    candidates: Mapping[str, Actor],
    filed: Mapping[Place, array[int]],
    statements: Sequence[Statement],
    documents: Mapping[str, Document],
    addresses: Addresses,
) -> dict[str, str]:
    """What tells candidates of one name apart: the document that names them, in short."""
    named: defaultdict[str, list[str]] = defaultdict(list)
    for id_, actor in candidates.items():
        named[actor.name().casefold()].append(id_)
    found = {}
    for alike in named.values():
        if len(alike) > 1:
            for id_ in alike:
                numbers = filed.get(addresses.actor(id_))
                if numbers:
                    document = documents[statements[numbers[-1]].document]
                    title = " ".join((document.title or document.id).split())
                    found[id_] = clip(title, 30)
    return found


def _places(statement: Statement, document: Document, addresses: Addresses) -> Iterator[Place]:
    """Every page that tells of a statement, each once."""
    found: dict[Place, None] = {}
    for identifier in roles(statement):
        found[addresses.actor(identifier)] = None
    for codes in measures(statement):
        found[addresses.measure(*codes)] = None
    for scheme, code in concepts(statement, document):
        found[addresses.concept(scheme, code)] = None
    for event in (statement_event(statement, document), document_event(document)):
        if event:
            found[addresses.node(event)] = None
    found[addresses.node(statement.document)] = None
    found[Place("statements", year(statement.date))] = None
    yield from found


def roles(statement: Statement) -> dict[str, list[str]]:
    """What each actor is in a statement: id to roles of `ROLES`."""
    found: dict[str, list[str]] = {}
    for role, mention in statement.mentions():
        for identifier, what in ((mention.id, role), (mention.on_behalf_of, "behalf")):
            if identifier and what not in found.setdefault(identifier, []):
                found[identifier].append(what)
    return found


def measures(statement: Statement) -> list[Codes]:
    """The measures of a statement: one for every area, or one without."""
    areas: list[str | None] = [*dict.fromkeys(statement.areas)] or [None]
    return [(statement.measure_type, statement.direction, area) for area in areas]


def concepts(statement: Statement, document: Document) -> Iterator[tuple[str, str]]:
    """The concepts that tell of a statement and its document: scheme and code."""
    yield from (("area", area) for area in statement.areas)
    yield "measure-type", statement.measure_type
    yield "direction", statement.direction
    yield "modality", statement.modality
    yield "review-status", statement.review
    if document.type:
        yield "document-type", document.type
    if document.bindingness:
        yield "bindingness", document.bindingness


def year(date: str | None) -> str:
    """The year of a date, or `UNDATED`."""
    head = (date or "")[:4]
    return head if len(head) == 4 and head.isdigit() and head.isascii() else UNDATED
