from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from pyoxigraph import Dataset, RdfFormat, Store, parse
from tests.strategies import VOCABULARY, corpora, documents

from comity.errors import InputError, RecordError
from comity.model import Document, Statement
from comity.rdf.namespaces import Namespaces
from comity.rdf.read import Records, read_file, read_nquads, read_quads
from comity.rdf.turtle import serialize
from comity.rdf.write import catalogue_triples, document_triples, gzip_writer, nquads

NAMESPACES = Namespaces("https://example.org/kg/")
Corpus = tuple[Sequence[Document], Sequence[Statement]]


def written(corpus: Corpus, namespaces: Namespaces = NAMESPACES) -> str:
    """The N-Quads of a corpus: a graph a document, and the catalogue."""
    found, said = corpus
    lines: list[str] = []
    for document in found:
        own = [each for each in said if each.document == document.id]
        triples = document_triples(document, own, VOCABULARY, namespaces)
        lines += nquads(triples, namespaces.document_graph(document.id))
    catalogue = catalogue_triples(said, found, VOCABULARY, namespaces)
    return "".join([*lines, *nquads(catalogue, namespaces.catalogue)])


def expected(corpus: Corpus) -> Records:
    """What comes back: everything but the documents' texts and files."""
    found, said = corpus
    return Records(
        tuple(sorted((replace(d, text="", file=None) for d in found), key=lambda d: d.id)),
        tuple(sorted(said, key=lambda s: s.id)),
    )


@settings(deadline=None)
@given(corpora())
def test_round_trip(corpus: Corpus) -> None:
    """Records written as N-Quads are read back unchanged."""
    assert read_nquads(written(corpus), NAMESPACES) == expected(corpus)


@settings(deadline=None, max_examples=40)
@given(corpora())
def test_round_trip_through_the_engine(corpus: Corpus) -> None:
    """Records are read back from an engine's dataset as from text."""
    quads = parse(written(corpus).encode(), format=RdfFormat.N_QUADS)
    assert read_quads(Dataset(quads), NAMESPACES) == expected(corpus)


@settings(deadline=None, max_examples=40)
@given(corpora())
def test_round_trip_through_a_store(corpus: Corpus) -> None:
    """Records survive a store, which rewrites the datatypes of numbers."""
    store = Store()
    store.load(written(corpus).encode(), format=RdfFormat.N_QUADS)
    assert read_quads(store, NAMESPACES) == expected(corpus)


@settings(deadline=None, max_examples=20)
@given(corpora(max_documents=1))
def test_round_trip_through_files(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> None:
    """Records are read back from Turtle and from compressed N-Quads alike."""
    folder = tmp_path_factory.mktemp("dump")
    found, said = corpus
    triples = [
        *document_triples(found[0], said, VOCABULARY, NAMESPACES),
        *catalogue_triples(said, found, VOCABULARY, NAMESPACES),
    ]
    turtle, packed = folder / "graph.ttl", folder / "graph.nq.gz"
    turtle.write_text(serialize(triples, NAMESPACES.prefixes()), encoding="utf-8", newline="\n")
    with gzip_writer(packed) as out:
        out.write(written(corpus).encode())
    assert read_file(turtle, NAMESPACES) == expected(corpus)
    assert read_file(packed, NAMESPACES) == expected(corpus)


@given(documents())
def test_document_graph_alone_lacks_names(document: Document) -> None:
    """Without the catalogue, an extractor's name is missed and not made up."""
    quote = document.text[:1]
    said = Statement("statement-ab", document.id, 0, 1, quote, extractor="english/1")
    triples = document_triples(document, [said], VOCABULARY, NAMESPACES)
    lines = "".join(nquads(triples, NAMESPACES.document_graph(document.id)))
    with pytest.raises(RecordError, match="catalogue"):
        read_nquads(lines, NAMESPACES)


def test_other_base_is_refused() -> None:
    """Data written under another base IRI is refused, with the IRI that does not fit."""
    document = Document("document-ab", "ab" * 32, "text")
    text = written(([document], []))
    with pytest.raises(RecordError, match="neither under"):
        read_nquads(text, Namespaces("https://example.org/other/"))


def test_malformed_nquads_name_the_line() -> None:
    """N-Quads that are none are refused with their line."""
    with pytest.raises(InputError, match="line 2"):
        read_nquads("<a:a> <a:a> <a:a> .\n<a:a> a <a:a> .\n", NAMESPACES)


@pytest.mark.parametrize("name", ["graph.docx", "graph", "missing.ttl"])
def test_unusable_files_are_refused(tmp_path: Path, name: str) -> None:
    """A file that is missing, or no RDF by its name, is refused by name."""
    with pytest.raises(InputError, match=name):
        read_file(tmp_path / name, NAMESPACES)


def test_cut_off_gzip_is_refused(tmp_path: Path) -> None:
    """A compressed dump that was cut off is refused, not half read."""
    path = tmp_path / "graph.nq.gz"
    with gzip_writer(path) as out:
        out.write(b"<a:a> <a:a> <a:a> .\n" * 1000)
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(InputError, match="cannot be read"):
        read_file(path, NAMESPACES)
