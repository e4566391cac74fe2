"""From the codes and ids of a record to the IRIs they stand for, under one vocabulary."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from comity.errors import RecordError
from comity.identifiers import event_id
from comity.model import Actor, Document, Statement, Vocabulary
from comity.rdf.namespaces import Namespaces, measure_iri
from comity.rdf.terms import XSD, iri_term, literal_term

_EVENT_ID = re.compile(r"event-[0-9a-f]{20}")
_YEAR = re.compile(r"\d{4}")
_DATES = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "date", "{}"),
    (re.compile(r"\d{4}-\d\d"), "gYearMonth", "{}-01"),
    (re.compile(r"\d{4}"), "gYear", "{}-01-01"),
    (re.compile(r"--\d\d-\d\d"), "gMonthDay", "2000{}"),
)


def date_term(text: str) -> str:
    """A date of any precision in N-Triples text, never padded.

    Args:
        text: ``2019-04-26``, ``2019-04``, ``2019`` or ``--04-26``.

    Raises:
        RecordError: if it is none of these, or no day of the calendar.

    >>> date_term("2019-04")
    '"2019-04"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    for pattern, datatype, whole in _DATES:
        if text.isascii() and pattern.fullmatch(text):
            try:
                date.fromisoformat(whole.format(text.removeprefix("-")))
            except ValueError as error:
                raise RecordError("there is no such date", where=repr(text)) from error
            return literal_term(text, datatype=XSD + datatype)
    raise RecordError(
        "this is no date", where=repr(text), hint="write 2019-04-26, 2019-04, 2019 or --04-26"
    )


def event_identifier(name: str, *dates: str | None) -> str:
    """The id of the event that a record names; an id is taken as it is.

    Args:
        name: What the record's `event` holds: the name of an event, or its id.
        dates: The dates that may tell its year, the best first.
    """
    if _EVENT_ID.fullmatch(name):
        return name
    return event_id(name, next((day for day in dates if day and _YEAR.match(day)), None))


def statement_event(statement: Statement, document: Document) -> str | None:
    """The id of the event a statement was made at, or None.

    The event of its document is one, even where the statement tells of another year.
    """
    if not statement.event:
        return None
    if statement.event == document.event:
        return document_event(document)
    return event_identifier(statement.event, statement.date, document.date)


def document_event(document: Document) -> str | None:
    """The id of the event a document comes from, or None."""
    return event_identifier(document.event, document.date) if document.event else None


@dataclass(frozen=True)
class Resolver:
    """Looks codes and ids up; every answer is N-Triples text, and is remembered.

    Args:
        vocabulary: The concepts and actors in use.
        namespaces: Where data IRIs live.
    """

    vocabulary: Vocabulary
    namespaces: Namespaces
    _known: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def concept(self, scheme: str, code: str) -> str:
        """The IRI of a concept.

        Raises:
            RecordError: if the vocabulary has no such concept.
        """
        term = self._known.get((scheme, code))
        if term is None:
            concept = self.vocabulary.concepts.get((scheme, code))
            if concept is None:
                raise RecordError(
                    f"the vocabulary has no {scheme} {code!r}",
                    hint="correct the code, or add the concept with --vocabulary FILE.ttl",
                )
            term = self._known[scheme, code] = iri_term(concept.iri)
        return term

    def actor(self, identifier: str) -> str:
        """The IRI of an actor of the vocabulary, or of a candidate, whose id starts `actor-`.

        Raises:
            RecordError: if the vocabulary has no such actor and it is no candidate.
        """
        term = self._known.get(("actor", identifier))
        if term is None:
            known: Actor | None = self.vocabulary.actors.get(identifier)
            if known is None and not identifier.startswith("actor-"):
                raise RecordError(
                    f"the vocabulary has no actor {identifier!r}",
                    hint="correct the id, or add the actor with --vocabulary FILE.ttl",
                )
            iri = known.iri if known else self.namespaces.actor(identifier)
            term = self._known["actor", identifier] = iri_term(iri)
        return term

    def measures(self, statement: Statement) -> list[tuple[str, str | None]]:
        """The measures of a statement with the area of each: one for every area, or one without.

        Raises:
            RecordError: if the vocabulary lacks one of the codes.
        """
        kind, direction = statement.measure_type, statement.direction
        self.concept("measure-type", kind)
        self.concept("direction", direction)
        areas: list[str | None] = [*dict.fromkeys(statement.areas)] or [None]
        for area in areas:
            if area is not None:
                self.concept("area", area)
        return [(f"<{measure_iri(kind, direction, area)}>", area) for area in areas]
