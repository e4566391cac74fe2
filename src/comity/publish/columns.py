"""The columns of a release's table of statements: the fields of a record, then what they stand for.

First come the fields of the statement record, under their names and in their order. Then the same
is said once more for those who have no vocabulary at hand: IRIs, and labels in English; and what
is known of the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Literal

from comity.errors import GraphFolderError
from comity.model import Document, Mention, Statement
from comity.publish.content import Content, parsed
from comity.rdf.catalogue import measure_labels
from comity.rdf.namespaces import COMITY, DCTERMS, OA, PROV, SKOS
from comity.rdf.resolve import Resolver, statement_event
from comity.rdf.terms import from_text
from comity.records import schema

Kind = Literal[
    "text", "texts", "integer", "decimal", "boolean", "date", "code", "codes", "iri", "iris",
    "mention", "mentions",
]  # fmt: skip
"""What a cell holds; plurals are lists. A mention is a name with its actor and its place."""

_PREF_LABEL = f"<{SKOS}prefLabel>"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table of statements.

    Args:
        name: Its name.
        kind: What its cells hold.
        description: What it tells, in English.
        value: The value of a row: as the record has it, a text, or a tuple of texts.
        property: The IRI of the property that it stands for, in our ontology where there is one.
        stated: Whether the statement has that property with this very value in RDF.
        needed: Whether no cell is empty.
        scheme: The scheme of its codes.
        pattern: A regular expression that its texts match whole.
    """

    name: str
    kind: Kind
    description: str
    value: Callable[[Row], Any] = field(repr=False)
    property: str = SKOS + "prefLabel"
    stated: bool = False
    needed: bool = False
    scheme: str = ""
    pattern: str = ""


class Names:
    """IRIs and English labels of what a release names, each looked up once.

    Args:
        content: What is published.
    """

    def __init__(self, content: Content) -> None:
        self.vocabulary = content.vocabulary
        self.namespaces = content.namespaces
        self.resolver = Resolver(content.vocabulary, content.namespaces)
        self._candidates = dict(_candidates(content))

    def actor(self, identifier: str) -> str:
        """The label of an actor: of the vocabulary, or as texts name a candidate."""
        known = self.vocabulary.actors.get(identifier)
        found = self._candidates.get(self.resolver.actor(identifier)) if known is None else None
        return found or (identifier if known is None else known.name())

    def concept(self, scheme: str, code: str | None) -> str | None:
        """The label of a concept."""
        return self.vocabulary.concepts[scheme, code].name() if code else None


@dataclass(frozen=True)
class Row:
    """A statement with its document, which has no text here, and with names."""

    statement: Statement
    document: Document
    names: Names

    @cached_property
    def measures(self) -> list[tuple[str, str | None]]:
        """The measures, each with its area."""
        return self.names.resolver.measures(self.statement)

    def iri(self, identifier: str | None) -> str | None:
        """The IRI of a statement, document or event."""
        return self.names.namespaces.node(identifier) if identifier else None

    def actor_iri(self, identifier: str | None) -> str | None:
        """The IRI of an actor."""
        return _bare(self.names.resolver.actor(identifier)) if identifier else None

    def actor_label(self, identifier: str | None) -> str | None:
        """The label of an actor."""
        return self.names.actor(identifier) if identifier else None

    def concept_iri(self, scheme: str, code: str) -> str:
        """The IRI of a concept."""
        return _bare(self.names.resolver.concept(scheme, code))


def rows(content: Content) -> Iterator[Row]:
    """The rows of the table, one a statement, in the order of the graph; none is held.

    Args:
        content: What is published.

    Raises:
        GraphFolderError: if statements are not in the order of their documents.
    """
    names = Names(content)
    documents = content.documents()
    document: Document | None = None
    for statement in content.statements():
        while document is None or document.id != statement.document:
            found = next(documents, None)
            if found is None:
                raise GraphFolderError(
                    "the statements are not in the order of the documents",
                    where=statement.id,
                    hint="build again",
                )
            document = replace(found, text="")
        yield Row(statement, document, names)


def columns(content: Content) -> tuple[Column, ...]:
    """The columns of a release's table; the hash of passages only where the release tells it.

    Args:
        content: What is published.
    """
    limited = content.release.quotes != "full"
    return (*(c for c in _fields() if limited or c.name != "quote_sha256"), *_ADDED)


def _candidates(content: Content) -> Iterator[tuple[str, str]]:
    start = f"<{content.namespaces.base}actor-".encode()
    for line in content.lines():
        if line.startswith(start):
            node, predicate, value, _ = parsed(line)
            if predicate == _PREF_LABEL:
                yield node, str(from_text(value))


def _bare(term: str) -> str:
    return term[1:-1]


# -- the fields of a record -----------------------------------------------------------------

_KINDS: Mapping[str, Kind] = {
    "start": "integer",
    "end": "integer",
    "negated": "boolean",
    "confidence": "decimal",
    "areas": "codes",
    "speaker": "mention",
    **dict.fromkeys(("measure_type", "direction", "modality", "review"), "code"),
    **dict.fromkeys(("actors", "counterparts", "beneficiaries", "constrained"), "mentions"),
    **dict.fromkeys(("principles", "conditions"), "texts"),
    **dict.fromkeys(("deadline", "effective_from", "effective_to", "date"), "date"),
}
_SCHEMES = {
    "measure_type": "measure-type",
    "direction": "direction",
    "areas": "area",
    "modality": "modality",
    "review": "review-status",
}
_NEEDED = frozenset(
    "id document start end action measure_type direction modality negated confidence review".split()
)
_STATED = frozenset({"action", "negated", "place", "confidence"})
_PROPERTIES = {
    "id": DCTERMS + "identifier",
    "document": COMITY + "statedIn",
    "start": OA + "start",
    "end": OA + "end",
    "quote": OA + "exact",
    "quote_sha256": COMITY + "passageSha256",
    "actors": COMITY + "actor",
    "speaker": COMITY + "speaker",
    "action": COMITY + "action",
    "action_text": COMITY + "actionText",
    "object": COMITY + "objectText",
    "measure_type": COMITY + "measureType",
    "direction": COMITY + "direction",
    "areas": COMITY + "targetArea",
    "modality": COMITY + "modality",
    "negated": COMITY + "negated",
    "counterparts": COMITY + "counterpart",
    "beneficiaries": COMITY + "beneficiary",
    "constrained": COMITY + "constrainedParty",
    "principles": COMITY + "principle",
    "conditions": COMITY + "condition",
    "deadline": COMITY + "deadline",
    "effective_from": COMITY + "effectiveFrom",
    "effective_to": COMITY + "effectiveTo",
    "date": COMITY + "statedOn",
    "event": COMITY + "statedAt",
    "place": COMITY + "place",
    "confidence": COMITY + "confidence",
    "extractor": PROV + "wasGeneratedBy",
    "review": COMITY + "reviewStatus",
}


def _fields() -> Iterator[Column]:
    """A column for each field of a record, described as the schema of records has it."""
    told = schema("statement")["properties"]
    names = [f.name for f in fields(Statement) if f.name != "quote_sha256"]
    names.insert(names.index("quote") + 1, "quote_sha256")
    for name in names:
        yield Column(
            name,
            _KINDS.get(name, "text"),
            told[name]["description"],
            _field(name),
            _PROPERTIES[name],
            name in _STATED,
            name in _NEEDED,
            _SCHEMES.get(name, ""),
            told[name].get("pattern", ""),
        )


def _field(name: str) -> Callable[[Row], Any]:
    return lambda row: getattr(row.statement, name)


# -- what is added ----------------------------------------------------------------------------


def _ids(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The ids of actors, each once, in the order of the text."""
    return tuple(dict.fromkeys(mention.id for mention in mentions if mention.id))


def _parties(name: str, singular: str, words: str, property_: str) -> Iterator[Column]:
    """IRIs and labels of the actors in a role."""

    def iris(row: Row) -> tuple[str | None, ...]:
        return tuple(map(row.actor_iri, _ids(getattr(row.statement, name))))

    def labels(row: Row) -> tuple[str | None, ...]:
        return tuple(map(row.actor_label, _ids(getattr(row.statement, name))))

    yield Column(f"{singular}_iris", "iris", f"IRIs of {words}.", iris, property_)
    yield Column(
        f"{singular}_labels", "texts", f"Names of {words}, in the order of the IRIs.", labels
    )


def _speaker(row: Row) -> str | None:
    return row.statement.speaker.id if row.statement.speaker else None


def _principal(row: Row) -> str | None:
    return row.statement.speaker.on_behalf_of if row.statement.speaker else None


def _measure_labels(row: Row) -> tuple[str, ...]:
    said, vocabulary = row.statement, row.names.vocabulary
    return tuple(
        measure_labels((said.measure_type, said.direction, area), vocabulary)["en"]
        for _, area in row.measures
    )


_ADDED: tuple[Column, ...] = (
    Column(
        "statement_iri",
        "iri",
        "IRI of the statement.",
        lambda row: row.iri(row.statement.id),
        needed=True,
    ),
    Column(
        "document_iri",
        "iri",
        "IRI of the document.",
        lambda row: row.iri(row.document.id),
        COMITY + "statedIn",
        stated=True,
        needed=True,
    ),
    Column(
        "document_title",
        "text",
        "Title of the document.",
        lambda row: row.document.title,
        DCTERMS + "title",
    ),
    Column(
        "document_type",
        "code",
        "Code of the document-type scheme.",
        lambda row: row.document.type,
        COMITY + "documentType",
        scheme="document-type",
    ),
    Column(
        "document_date",
        "date",
        "When the document was issued.",
        lambda row: row.document.date,
        DCTERMS + "issued",
    ),
    Column(
        "bindingness",
        "code",
        "Legal force of the document: code of the bindingness scheme.",
        lambda row: row.document.bindingness,
        COMITY + "bindingness",
        scheme="bindingness",
    ),
    Column(
        "publisher",
        "text",
        "Who published the document.",
        lambda row: row.document.publisher,
        COMITY + "publisherName",
    ),
    Column(
        "source_url",
        "text",
        "Where the document was found on the web.",
        lambda row: row.document.url,
        COMITY + "sourceUrl",
    ),
    Column(
        "license",
        "text",
        "Under which terms the text of the document may be used.",
        lambda row: row.document.license,
        COMITY + "licenseText",
    ),
    Column(
        "event_iri",
        "iri",
        "IRI of the forum, meeting or signing.",
        lambda row: row.iri(statement_event(row.statement, row.document)),
        COMITY + "statedAt",
        stated=True,
    ),
    Column(
        "actor_names",
        "texts",
        "Whoever is to act, as the text names them.",
        lambda row: tuple(mention.text for mention in row.statement.actors),
        COMITY + "mentionText",
    ),
    Column(
        "actor_ids",
        "codes",
        "Ids of those who are to act, where known.",
        lambda row: _ids(row.statement.actors),
        COMITY + "actor",
    ),
    *_parties("actors", "actor", "those who are to act", COMITY + "actor"),
    Column(
        "speaker_iri",
        "iri",
        "IRI of whoever says so.",
        lambda row: row.actor_iri(_speaker(row)),
        COMITY + "speaker",
        stated=True,
    ),
    Column(
        "speaker_label",
        "text",
        "Name of whoever says so.",
        lambda row: row.actor_label(_speaker(row)),
    ),
    Column(
        "on_behalf_of_iri",
        "iri",
        "IRI of the state or body for which the speaker speaks.",
        lambda row: row.actor_iri(_principal(row)),
        COMITY + "onBehalfOf",
        stated=True,
    ),
    Column(
        "on_behalf_of_label",
        "text",
        "Name of the state or body for which the speaker speaks.",
        lambda row: row.actor_label(_principal(row)),
    ),
    *_parties("counterparts", "counterpart", "those with whom", COMITY + "counterpart"),
    *_parties("beneficiaries", "beneficiary", "those for whom", COMITY + "beneficiary"),
    *_parties("constrained", "constrained", "those it restrains", COMITY + "constrainedParty"),
    Column(
        "measure_iris",
        "iris",
        "IRIs of the measures: type, direction and area, one measure an area.",
        lambda row: tuple(_bare(iri) for iri, _ in row.measures),
        COMITY + "measure",
        needed=True,
    ),
    Column("measure_labels", "texts", "Labels of the measures.", _measure_labels, needed=True),
    Column(
        "measure_type_label",
        "text",
        "Label of the measure type.",
        lambda row: row.names.concept("measure-type", row.statement.measure_type),
        needed=True,
    ),
    Column(
        "direction_label",
        "text",
        "Label of the direction.",
        lambda row: row.names.concept("direction", row.statement.direction),
        needed=True,
    ),
    Column(
        "area_iris",
        "iris",
        "IRIs of the target areas.",
        lambda row: tuple(row.concept_iri("area", code) for code in row.statement.areas),
        COMITY + "targetArea",
    ),
    Column(
        "area_labels",
        "texts",
        "Labels of the target areas.",
        lambda row: tuple(row.names.concept("area", code) for code in row.statement.areas),
    ),
    Column(
        "modality_iri",
        "iri",
        "IRI of the modality.",
        lambda row: row.concept_iri("modality", row.statement.modality),
        COMITY + "modality",
        stated=True,
        needed=True,
    ),
    Column(
        "modality_label",
        "text",
        "Label of the modality.",
        lambda row: row.names.concept("modality", row.statement.modality),
        needed=True,
    ),
)
