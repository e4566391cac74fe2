"""A graph of five short made-up documents and eighteen statements, coded by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from comity.identifiers import DEFAULT_BASE
from comity.model import Document, Statement, Vocabulary
from comity.rdf.catalogue import catalogue_triples
from comity.rdf.namespaces import COMITY, Namespaces
from comity.rdf.terms import IRI, Literal, Term, Triple
from comity.rdf.vocabulary import read
from comity.rdf.write import document_triples, nquads
from comity.records import document_from_record, read_lines, statement_from_record

FOLDER = Path(__file__).parent / "data" / "small"
SPACES = Namespaces()


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the small graph."""
    return read([FOLDER / "vocabulary.ttl"])


@cache
def documents() -> tuple[Document, ...]:
    """The documents, with their texts."""
    found = []
    for _, record in read_lines(FOLDER / "documents.jsonl"):
        assert isinstance(record, dict)
        text = (FOLDER / "texts" / record["file"]).read_text("utf-8")
        found.append(document_from_record(record, text))
    return tuple(found)


@cache
def statements() -> tuple[Statement, ...]:
    """The statements, in the order of documents and text."""
    found = []
    for _, record in read_lines(FOLDER / "statements.jsonl"):
        assert isinstance(record, dict)
        found.append(statement_from_record(record))
    return tuple(found)


def named(quote: str) -> Statement:
    """The statement whose passage begins so."""
    (found,) = (s for s in statements() if s.quote.startswith(quote))
    return found


def lineage() -> list[Triple]:
    """Two ties between statements, as they are derived."""
    accord = f"<{DEFAULT_BASE}{named('protect the names').id}>"
    court = f"<{DEFAULT_BASE}{named('raise penalties').id}>"
    speech = f"<{DEFAULT_BASE}{named('strengthen the protection of trade').id}>"
    return [(accord, f"<{COMITY}implements>", speech), (court, f"<{COMITY}reaffirms>", speech)]


@cache
def quads() -> str:
    """The whole graph in N-Quads: a graph for each document, the catalogue, the lineage."""
    lines: list[str] = []
    for document in documents():
        own = [s for s in statements() if s.document == document.id]
        triples = document_triples(document, own, vocabulary(), SPACES)
        lines += nquads(triples, SPACES.document_graph(document.id))
    catalogue = catalogue_triples(statements(), documents(), vocabulary(), SPACES)
    lines += nquads(catalogue, SPACES.catalogue)
    lines += nquads(lineage(), DEFAULT_BASE + "derived")
    return "".join(lines)


def show(term: Term | None) -> str:
    """A term for people: statements by their words, documents by their file, IRIs as CURIEs."""
    if isinstance(term, Literal):
        tag = f"@{term.language}" if term.language not in (None, "en") else ""
        return term.value + tag
    if not isinstance(term, IRI):
        return "-" if term is None else str(term)
    local = term.value.removeprefix(DEFAULT_BASE)
    names = {s.id: f"[{' '.join(s.quote.split()[:4])}]" for s in statements()}
    names |= {d.id: f"({(d.file or '').removesuffix('.txt')})" for d in documents()}
    if local in names:
        return names[local]
    for prefix, namespace in SPACES.prefixes().items():
        if term.value.startswith(namespace) and prefix != "id":
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return local
