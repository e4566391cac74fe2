"""What statements share, in one graph: measures, actors, concepts, events and activities in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from comity.errors import RecordError
from comity.model import Actor, Document, Event, Label, Statement, Vocabulary
from comity.rdf.namespaces import (
    COMITY,
    DCTERMS,
    OWL,
    PROV,
    RDFS,
    SKOS,
    Namespaces,
    measure_iri,
    scheme_iri,
)
from comity.rdf.resolve import Resolver, date_term, document_event, statement_event
from comity.rdf.terms import RDF_TYPE, Triple, boolean_term, iri_term, literal_term

_PREF_LABEL = f"<{SKOS}prefLabel>"


def catalogue_triples(
    statements: Iterable[Statement],
    documents: Iterable[Document],
    vocabulary: Vocabulary,
    namespaces: Namespaces,
    candidates: Mapping[str, Actor] | None = None,
    events: Mapping[str, Event] | None = None,
) -> list[Triple]:
    """The triples of the catalogue graph, sorted: everything in use, and nothing else.

    Args:
        statements: Every statement of the knowledge graph.
        documents: Every document of it.
        vocabulary: The concepts and actors whose codes and ids the records use.
        namespaces: Where data IRIs live.
        candidates: Actors minted from the texts, by id; one that is not here is described
            by the words that mention it.
        events: What is known about events beside the records, by id.

    Raises:
        RecordError: if a code or id is unknown, or a statement's document is not given.
    """
    use = _Use(Resolver(vocabulary, namespaces), {d.id: d for d in documents})
    for document in use.documents.values():
        use.add_document(document)
    extractors: set[str] = set()
    for statement in statements:
        use.add_statement(statement)
        if statement.extractor:
            extractors.add(statement.extractor)
    triples: set[Triple] = set()
    for measure, codes in use.measures.items():
        triples.update(_measure(measure, codes, use.resolver))
    triples.update(_actors(use, candidates or {}))
    triples.update(_events(use, events or {}))
    triples.update(_concepts(use))
    for extractor in extractors:
        activity = f"<{namespaces.activity(extractor)}>"
        triples.add((activity, RDF_TYPE, f"<{PROV}Activity>"))
        triples.add((activity, f"<{DCTERMS}identifier>", literal_term(extractor)))
    return sorted(triples)


def kept_triples(
    measures: Iterable[tuple[str, str, str | None]],
    concepts: Iterable[tuple[str, str]],
    actors: Iterable[str],
    vocabulary: Vocabulary,
    namespaces: Namespaces,
) -> list[Triple]:
    """What the catalogue graph says of nodes that no record names any more, sorted.

    Args:
        measures: Measure type, direction, and area or None, of each measure.
        concepts: Scheme and code of each concept.
        actors: The ids of actors of the vocabulary.
        vocabulary: The vocabulary, which knows all of them.
        namespaces: Where data IRIs live.

    Raises:
        RecordError: if a code or id is unknown.
    """
    use = _Use(Resolver(vocabulary, namespaces), {})
    use.concepts.update(concepts)
    use.actors.update((identifier, set()) for identifier in actors)
    triples: set[Triple] = set()
    for kind, direction, area in measures:
        node = iri_term(measure_iri(kind, direction, area))
        triples.update(_measure(node, (kind, direction, area), use.resolver))
        use.concepts.update([("measure-type", kind), ("direction", direction)])
        use.concepts.update([("area", area)] if area else [])
    triples.update(_actors(use, {}))
    triples.update(_concepts(use))
    return sorted(triples)


@dataclass
class _EventSources:
    """What the records say about one event."""

    names: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    document_days: set[str] = field(default_factory=set)
    statement_days: set[str] = field(default_factory=set)


@dataclass
class _Use:
    """What the records use, gathered in one pass."""

    resolver: Resolver
    documents: dict[str, Document]
    measures: dict[str, tuple[str, str, str | None]] = field(default_factory=dict)
    concepts: set[tuple[str, str]] = field(default_factory=set)
    actors: dict[str, set[str]] = field(default_factory=dict)
    events: dict[str, _EventSources] = field(default_factory=dict)

    def add_document(self, document: Document) -> None:
        if document.type:
            self.concepts.add(("document-type", document.type))
        if document.bindingness:
            self.concepts.add(("bindingness", document.bindingness))
        event = document_event(document)
        if event and document.event:
            sources = self.events.setdefault(event, _EventSources())
            sources.names.add(document.event)
            sources.places.update([document.place] if document.place else [])
            sources.document_days.update([document.date] if document.date else [])

    def add_statement(self, statement: Statement) -> None:
        document = self.documents.get(statement.document)
        if document is None:
            raise RecordError(
                f"document {statement.document} is not among the documents", where=statement.id
            )
        for measure, area in self.resolver.measures(statement):
            self.measures[measure] = (statement.measure_type, statement.direction, area)
            if area:
                self.concepts.add(("area", area))
        for scheme, code in (
            ("measure-type", statement.measure_type),
            ("direction", statement.direction),
            ("modality", statement.modality),
            ("review-status", statement.review),
        ):
            self.concepts.add((scheme, code))
        for _, mention in statement.mentions():
            if mention.id:
                self.actors.setdefault(mention.id, set()).add(mention.text)
            if mention.on_behalf_of:
                self.actors.setdefault(mention.on_behalf_of, set())
        event = statement_event(statement, document)
        if event and statement.event:
            sources = self.events.setdefault(event, _EventSources())
            sources.names.add(statement.event)
            sources.statement_days.update([statement.date] if statement.date else [])


def _measure(node: str, codes: tuple[str, str, str | None], resolver: Resolver) -> Iterator[Triple]:
    kind, direction, area = codes
    yield node, RDF_TYPE, f"<{COMITY}Measure>"
    yield node, f"<{COMITY}measureType>", resolver.concept("measure-type", kind)
    yield node, f"<{COMITY}direction>", resolver.concept("direction", direction)
    if area:
        yield node, f"<{COMITY}targetArea>", resolver.concept("area", area)
    for language, text in measure_labels(codes, resolver.vocabulary).items():
        yield node, _PREF_LABEL, literal_term(text, language)


def measure_labels(codes: tuple[str, str, str | None], vocabulary: Vocabulary) -> dict[str, str]:
    """The label of a measure, in English and every language that all of its parts have.

    Args:
        codes: Measure type, direction, and area or None, all known to the vocabulary.
        vocabulary: The vocabulary.
    """
    kind, direction, area = codes
    parts = [vocabulary.concepts["direction", direction], vocabulary.concepts["measure-type", kind]]
    if area:
        parts.append(vocabulary.concepts["area", area])
    shared = set.intersection(
        *({label.language for label in part.labels if label.role == "pref"} for part in parts)
    )
    labels = {}
    for language in sorted(shared | {"en"}):
        first, *rest = (part.name(language) for part in parts)
        colon = "：" if language.split("-")[0] in ("zh", "ja") else ": "
        labels[language] = first + colon + " – ".join(_inside(name) for name in rest)
    return labels


def _inside(name: str) -> str:
    """A name as it stands inside a label: lower case first, but for acronyms and proper names."""
    first, *others = name.split(" ")
    proper = any(word[:1].isupper() and word[1:2].islower() for word in others)
    if proper or any(char.isupper() for char in first[1:]):
        return name
    return name[:1].lower() + name[1:]


def _concepts(use: _Use) -> Iterator[Triple]:
    vocabulary = use.resolver.vocabulary
    wanted = set(use.concepts)
    for scheme, code in use.concepts:
        now = vocabulary.concepts[scheme, code].current or code
        wanted.add((scheme, now))
        for each in (code, now):
            wanted.update((scheme, broader) for broader in vocabulary.ancestors(scheme, each))
    for scheme, code in wanted:
        node = use.resolver.concept(scheme, code)
        concept = vocabulary.concepts[scheme, code]
        yield node, RDF_TYPE, f"<{SKOS}Concept>"
        yield node, f"<{SKOS}inScheme>", f"<{scheme_iri(scheme)}>"
        yield node, f"<{SKOS}notation>", literal_term(code)
        yield from _names(node, concept.labels)
        for broader in concept.broader:
            above = use.resolver.concept(scheme, broader)
            yield node, f"<{SKOS}broader>", above
            yield above, f"<{SKOS}narrower>", node
        if concept.deprecated:
            yield node, f"<{OWL}deprecated>", boolean_term(True)
        if concept.replaced_by:
            replacement = use.resolver.concept(scheme, concept.replaced_by)
            yield node, f"<{DCTERMS}isReplacedBy>", replacement


def _names(node: str, labels: Iterable[Label]) -> Iterator[Triple]:
    for label in labels:
        if label.role == "pref":
            yield node, _PREF_LABEL, literal_term(label.text, label.language)


def _actors(use: _Use, candidates: Mapping[str, Actor]) -> Iterator[Triple]:
    resolver, vocabulary = use.resolver, use.resolver.vocabulary
    waiting, seen = sorted(use.actors), set(use.actors)
    while waiting:
        identifier = waiting.pop()
        node = resolver.actor(identifier)
        actor = vocabulary.actors.get(identifier) or candidates.get(identifier)
        if actor is None:
            words = min(use.actors.get(identifier) or {identifier})
            actor = Actor(identifier, "Actor", "", (Label(words),), candidate=True)
        for kind in sorted({"Actor", actor.kind}):
            yield node, RDF_TYPE, f"<{COMITY}{kind}>"
        yield from _names(node, actor.labels)
        if actor.candidate:
            yield node, f"<{COMITY}candidate>", boolean_term(True)
        if node != iri_term(resolver.namespaces.actor(identifier)):
            yield node, f"<{DCTERMS}identifier>", literal_term(identifier)
        if actor.deprecated:
            yield node, f"<{OWL}deprecated>", boolean_term(True)
        others = [(f"<{COMITY}actsFor>", principal) for principal in actor.acts_for]
        if actor.replaced_by:
            others.append((f"<{DCTERMS}isReplacedBy>", actor.replaced_by))
        for link, other in others:
            yield node, link, resolver.actor(other)
            if other not in seen:
                seen.add(other)
                waiting.append(other)


def _events(use: _Use, events: Mapping[str, Event]) -> Iterator[Triple]:
    for identifier, sources in use.events.items():
        node = f"<{use.resolver.namespaces.node(identifier)}>"
        known = events.get(identifier)
        yield node, RDF_TYPE, f"<{COMITY}Event>"
        name = known.name if known else min(sources.names)
        if name != identifier:
            yield node, f"<{RDFS}label>", literal_term(name)
        place = known.place if known else _agreed(sources.places)
        day = known.date if known else _day(sources)
        if place:
            yield node, f"<{COMITY}place>", literal_term(place)
        if day:
            yield node, f"<{COMITY}eventDate>", date_term(day)
        if known and known.type:
            kind = use.resolver.concept("event-type", known.type)
            yield node, f"<{COMITY}eventType>", kind
            use.concepts.add(("event-type", known.type))


def _day(sources: _EventSources) -> str | None:
    """The day of an event: the documents' where a statement shares it, else the statements'."""
    written = _agreed(sources.document_days)
    if written in sources.statement_days:
        return written
    return _agreed(sources.statement_days or sources.document_days)


def _agreed(values: set[str]) -> str | None:
    """The one value that all sources give; None when they give none or differ."""
    return next(iter(values)) if len(values) == 1 else None
