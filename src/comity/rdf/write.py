"""Statement → triples in the document's named graph.

Triples are tuples of N-Triples text, so that writing needs no RDF library, and the bytes
depend on the records alone. Every node has an IRI and every literal its canonical form.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, cast

from comity.errors import RecordError
from comity.model import Document, Mention, Statement, Vocabulary
from comity.rdf.catalogue import catalogue_triples
from comity.rdf.namespaces import COMITY, DCTERMS, OA, PROV, XSD, Namespaces
from comity.rdf.resolve import Resolver, date_term, document_event, statement_event
from comity.rdf.terms import (
    RDF_TYPE,
    Triple,
    boolean_term,
    decimal_term,
    integer_term,
    iri_term,
    literal_term,
)

__all__ = [
    "CONTEXT",
    "Triple",
    "catalogue_triples",
    "document_triples",
    "gzip_bytes",
    "gzip_writer",
    "nquads",
    "statement_triples",
]

CONTEXT = 32
"""Code points kept on each side of a quotation, to find it again in another edition."""

ROLES = {
    "actor": f"<{COMITY}actor>",
    "speaker": f"<{COMITY}speaker>",
    "counterpart": f"<{COMITY}counterpart>",
    "beneficiary": f"<{COMITY}beneficiary>",
    "constrained": f"<{COMITY}constrainedParty>",
}
_LEGAL = frozenset({"treaty", "statute"})
"""The types of document whose text is itself law, as comity:LegalDocument has it."""
_NON_NEGATIVE = XSD + "nonNegativeInteger"


def document_triples(
    document: Document,
    statements: Iterable[Statement],
    vocabulary: Vocabulary,
    namespaces: Namespaces,
) -> list[Triple]:
    """Every triple of a document's named graph: its header and its statements, sorted.

    Args:
        document: The document; without its text, quotations are written without context.
        statements: The statements that it makes.
        vocabulary: The concepts and actors whose codes and ids the records use.
        namespaces: Where data IRIs live.

    Raises:
        RecordError: if a code or id is unknown, a date or literal cannot be written, or a
            statement belongs to another document; `where` names the record.
    """
    resolver = Resolver(vocabulary, namespaces)
    triples = set(_header(document, resolver))
    for statement in statements:
        triples.update(_statement(statement, document, resolver))
    return sorted(triples)


def statement_triples(
    statement: Statement, document: Document, vocabulary: Vocabulary, namespaces: Namespaces
) -> list[Triple]:
    """The triples of one statement, sorted.

    Raises:
        RecordError: as `document_triples` does.
    """
    return sorted(set(_statement(statement, document, Resolver(vocabulary, namespaces))))


def nquads(triples: Iterable[Triple], graph: str) -> Iterator[str]:
    """The sorted, distinct lines of canonical N-Quads, each with its line end.

    Args:
        triples: The triples of one graph.
        graph: The IRI of that graph.

    Raises:
        RecordError: if `graph` is no absolute IRI.
    """
    name = iri_term(graph)
    yield from sorted({f"{s} {p} {o} {name} .\n" for s, p, o in triples})


@contextmanager
def gzip_writer(path: Path) -> Iterator[IO[bytes]]:
    """A gzip file to write bytes to; equal content gives equal bytes (no time, no file name).

    Raises:
        OSError: if the file cannot be written.
    """
    with (
        path.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0) as packed,
    ):
        yield cast(IO[bytes], packed)


def gzip_bytes(data: bytes) -> bytes:
    """`data` in gzip format; equal data give equal bytes (no time, no file name)."""
    packed = BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=packed, mtime=0) as out:
        out.write(data)
    return packed.getvalue()


def _header(document: Document, resolver: Resolver) -> Iterator[Triple]:
    try:
        yield from _document_facts(document, resolver)
    except RecordError as error:
        raise _located(error, document.id) from error


def _document_facts(document: Document, resolver: Resolver) -> Iterator[Triple]:
    node = f"<{resolver.namespaces.node(document.id)}>"
    resolver.namespaces.document_graph(document.id)
    yield node, RDF_TYPE, f"<{COMITY}Document>"
    if document.type in _LEGAL:
        yield node, RDF_TYPE, f"<{COMITY}LegalDocument>"
    yield node, f"<{COMITY}textSha256>", literal_term(document.sha256)
    if document.title:
        yield node, f"<{DCTERMS}title>", literal_term(document.title, document.language)
    for scheme, predicate, code in (
        ("document-type", f"<{COMITY}documentType>", document.type),
        ("bindingness", f"<{COMITY}bindingness>", document.bindingness),
    ):
        if code:
            yield node, predicate, resolver.concept(scheme, code)
    for predicate, text in (
        (f"<{COMITY}publisherName>", document.publisher),
        (f"<{DCTERMS}language>", document.language),
        (f"<{COMITY}licenseText>", document.license),
        (f"<{COMITY}place>", document.place),
    ):
        if text:
            yield node, predicate, literal_term(text)
    if document.url:
        yield node, f"<{COMITY}sourceUrl>", literal_term(document.url, datatype=XSD + "anyURI")
    if document.date:
        yield node, f"<{DCTERMS}issued>", date_term(document.date)
    event = document_event(document)
    if event:
        yield node, f"<{COMITY}statedAt>", f"<{resolver.namespaces.node(event)}>"


def _statement(statement: Statement, document: Document, resolver: Resolver) -> Iterator[Triple]:
    try:
        if statement.document != document.id:
            raise RecordError(f"the statement is of document {statement.document}")
        node = f"<{resolver.namespaces.node(statement.id)}>"
        language = document.language or "en"
        yield node, RDF_TYPE, f"<{COMITY}Statement>"
        yield from _reading(node, statement, document, resolver)
        yield from _wording(node, statement, language)
        yield from _circumstances(node, statement, document, resolver)
        yield from _evidence(node, statement, document, resolver.namespaces)
        for index, (role, mention) in enumerate(statement.mentions()):
            if mention.on_behalf_of and role != "speaker":
                raise RecordError(f"only a speaker acts on behalf of another, no {role}")
            target = f"<{resolver.namespaces.mention(statement.id, index)}>"
            yield node, f"<{COMITY}mention>", target
            if mention.id:
                yield node, ROLES[role], resolver.actor(mention.id)
            if mention.on_behalf_of:
                yield node, f"<{COMITY}onBehalfOf>", resolver.actor(mention.on_behalf_of)
            yield from _mention(target, role, mention, language, resolver)
    except RecordError as error:
        raise _located(error, statement.id) from error


def _reading(
    node: str, statement: Statement, document: Document, resolver: Resolver
) -> Iterator[Triple]:
    """What the statement was read to say, in codes."""
    for measure, _ in resolver.measures(statement):
        yield node, f"<{COMITY}measure>", measure
    yield node, f"<{COMITY}modality>", resolver.concept("modality", statement.modality)
    yield node, f"<{COMITY}negated>", boolean_term(statement.negated)
    yield node, f"<{COMITY}confidence>", decimal_term(statement.confidence)
    review = resolver.concept("review-status", statement.review)
    yield node, f"<{COMITY}reviewStatus>", review
    if document.bindingness:
        force = resolver.concept("bindingness", document.bindingness)
        yield node, f"<{COMITY}bindingness>", force


def _wording(node: str, statement: Statement, language: str) -> Iterator[Triple]:
    """The words the statement was made in."""
    if statement.action:
        yield node, f"<{COMITY}action>", literal_term(statement.action)
    if statement.action_text:
        yield node, f"<{COMITY}actionText>", literal_term(statement.action_text, language)
    if statement.object:
        yield node, f"<{COMITY}objectText>", literal_term(statement.object, language)
    for principle in statement.principles:
        yield node, f"<{COMITY}principle>", literal_term(principle, language)
    for condition in statement.conditions:
        yield node, f"<{COMITY}condition>", literal_term(condition, language)


def _circumstances(
    node: str, statement: Statement, document: Document, resolver: Resolver
) -> Iterator[Triple]:
    """When, where and by whose reading."""
    namespaces = resolver.namespaces
    for predicate, day in (
        (f"<{COMITY}statedOn>", statement.date),
        (f"<{COMITY}deadline>", statement.deadline),
        (f"<{COMITY}effectiveFrom>", statement.effective_from),
        (f"<{COMITY}effectiveTo>", statement.effective_to),
    ):
        if day:
            yield node, predicate, date_term(day)
    if statement.place:
        yield node, f"<{COMITY}place>", literal_term(statement.place)
    event = statement_event(statement, document)
    if event:
        yield node, f"<{COMITY}statedAt>", f"<{namespaces.node(event)}>"
    yield node, f"<{COMITY}statedIn>", f"<{namespaces.node(document.id)}>"
    if statement.extractor:
        activity = f"<{namespaces.activity(statement.extractor)}>"
        yield node, f"<{PROV}wasGeneratedBy>", activity


def _evidence(
    node: str, statement: Statement, document: Document, namespaces: Namespaces
) -> Iterator[Triple]:
    """The passage: its place in the text by position, and by quotation with its context.

    What a release gives of a passage is written without context; its hash stands for the rest.
    """
    evidence = f"<{namespaces.evidence(statement.id)}>"
    position = f"<{namespaces.position(statement.id)}>"
    quote = f"<{namespaces.quote(statement.id)}>"
    yield node, f"<{COMITY}evidence>", evidence
    yield evidence, RDF_TYPE, f"<{OA}SpecificResource>"
    yield evidence, f"<{OA}hasSource>", f"<{namespaces.node(document.id)}>"
    yield evidence, f"<{OA}hasSelector>", position
    yield position, RDF_TYPE, f"<{OA}TextPositionSelector>"
    yield position, f"<{OA}start>", integer_term(statement.start, _NON_NEGATIVE)
    yield position, f"<{OA}end>", integer_term(statement.end, _NON_NEGATIVE)
    if statement.quote_sha256 is not None:
        yield evidence, f"<{COMITY}passageSha256>", literal_term(statement.quote_sha256)
    if statement.quote or statement.quote_sha256 is None:
        yield evidence, f"<{OA}hasSelector>", quote
        yield from _quotation(quote, statement, document)


def _quotation(node: str, statement: Statement, document: Document) -> Iterator[Triple]:
    yield node, RDF_TYPE, f"<{OA}TextQuoteSelector>"
    yield node, f"<{OA}exact>", literal_term(statement.quote)
    start, end = statement.start, statement.end
    if statement.quote_sha256 is None:
        if before := document.text[max(0, start - CONTEXT) : start]:
            yield node, f"<{OA}prefix>", literal_term(before)
        if after := document.text[end : end + CONTEXT]:
            yield node, f"<{OA}suffix>", literal_term(after)
    elif statement.abridged:
        yield node, f"<{COMITY}abridged>", boolean_term(True)


def _mention(
    node: str, role: str, mention: Mention, language: str, resolver: Resolver
) -> Iterator[Triple]:
    yield node, RDF_TYPE, f"<{COMITY}Mention>"
    yield node, f"<{COMITY}role>", literal_term(role)
    yield node, f"<{COMITY}mentionText>", literal_term(mention.text, language)
    if mention.start is not None:
        yield node, f"<{COMITY}start>", integer_term(mention.start)
    if mention.end is not None:
        yield node, f"<{COMITY}end>", integer_term(mention.end)
    if mention.id:
        yield node, f"<{COMITY}mentionedActor>", resolver.actor(mention.id)


def _located(error: RecordError, record: str) -> RecordError:
    """The error with the name of its record before what it says about its place."""
    where = f"{record}, {error.where}" if error.where else record
    return RecordError(error.message, where=where, hint=error.hint)
