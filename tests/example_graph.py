"""The example corpus as a graph: the bundled texts with their hand-made codings, linked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

from comity.identifiers import DEFAULT_BASE
from comity.lexicon import Lexicon
from comity.lineage import Link
from comity.lineage.triples import lineage_graph, link_triples
from comity.link.linker import Linker
from comity.model import Actor, Document, Statement
from comity.queries import derive
from comity.rdf.catalogue import catalogue_triples
from comity.rdf.namespaces import Namespaces, shorten
from comity.rdf.terms import Literal, Term
from comity.rdf.vocabulary import load
from comity.rdf.write import document_triples, nquads
from comity.records import read_lines, statement_from_record
from comity.store import Store
from comity.text.read import read_sources

CORPUS = Path(__file__).parents[1] / "examples" / "corpus"
SPACES = Namespaces()


@cache
def documents() -> tuple[Document, ...]:
    """The texts of the corpus, in order of file."""
    found = list(read_sources([CORPUS]))
    assert all(isinstance(each, Document) for each in found)
    return tuple(each for each in found if isinstance(each, Document))


@cache
def _linked() -> tuple[dict[str, tuple[Statement, ...]], dict[str, Actor]]:
    linker = Linker(Lexicon(load()))
    coded: dict[str, list[Statement]] = defaultdict(list)
    for file in sorted(CORPUS.glob("*.statements.jsonl")):
        for _, record in read_lines(file):
            assert isinstance(record, dict)
            statement = statement_from_record(record)
            coded[statement.document].append(statement)
    statements, candidates = {}, {}
    for document in documents():
        linked = linker.link(document, coded[document.id])
        statements[document.id] = linked.statements
        candidates.update(linked.candidates)
    return statements, candidates


def statements() -> tuple[Statement, ...]:
    """Every coded statement, with the actors that its mentions stand for."""
    return tuple(statement for group in _linked()[0].values() for statement in group)


@cache
def lineage() -> tuple[Link, ...]:
    """What people read as following on an earlier statement: later, relation, earlier."""
    file = CORPUS.parent / "lineage.tsv"
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    return tuple(
        Link(later, earlier, relation, "", reason, 1.0) for later, relation, earlier, reason in rows
    )


@cache
def quads() -> str:
    """The graph in N-Quads: a graph a document, the catalogue, the shortcuts and the lineage."""
    by_document, candidates = _linked()
    lines: list[str] = []
    for document in documents():
        triples = document_triples(document, by_document[document.id], load(), SPACES)
        lines += nquads(triples, SPACES.document_graph(document.id))
    catalogue = catalogue_triples(statements(), documents(), load(), SPACES, candidates)
    lines += nquads(catalogue, SPACES.catalogue)
    derived = derive(Store.of("".join(lines)))
    lines += nquads(derived, DEFAULT_BASE + "derived")
    lines += nquads(link_triples(lineage(), SPACES), lineage_graph(SPACES))
    return "".join(lines)


@cache
def store() -> Store:
    """The graph in a store."""
    return Store.of(quads())


@cache
def releases() -> Store:
    """Two releases in one store, each in a graph of its own: before the last text, and after.

    In the earlier one, the statement that begins the text of 2001 was read as a commitment.
    """
    by_document, _ = _linked()
    lines: list[str] = []
    for release in ("release-1", "release-2"):
        for document in documents():
            if release == "release-1" and document.date == "2023-06-15":
                continue
            read = by_document[document.id]
            if release == "release-1" and document.date == "2001-11-14":
                read = (replace(read[0], modality="commitment"), *read[1:])
            triples = document_triples(document, read, load(), SPACES)
            lines += nquads(triples, DEFAULT_BASE + release)
    return Store.of("".join(lines))


def show(term: Term | None) -> str:
    """A term on one line for people: IRIs with prefixes, numbers and words bare."""
    if isinstance(term, Literal):
        return term.value.replace("\n", " ")
    return "" if term is None else shorten(term.value, SPACES.prefixes())
