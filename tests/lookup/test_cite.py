"""Citing documents and passages."""

from __future__ import annotations

import json
import re

import pytest
from tests.example_graph import documents, statements
from tests.lookup.conftest import Corpus

from comity.errors import UnknownNameError, UsageError
from comity.lookup import STYLES
from comity.lookup.cite import Reference, cite

DOHA = next(d for d in documents() if d.title.startswith("Doha Declaration"))
PASSAGE = next(s for s in statements() if s.document == DOHA.id)


def test_apa_names_publisher_date_title_and_source(corpus: Corpus) -> None:
    """A document in APA: who, when, what, of which kind, where."""
    assert corpus.cite(DOHA.id) == (
        f"{DOHA.publisher}. (2001, November 14). {DOHA.title} [Declaration]. {DOHA.url}\n"
    )


def test_a_statement_is_cited_with_its_passage(corpus: Corpus) -> None:
    """Every style gives the quotation, its characters and the statement's IRI."""
    iri = f"https://w3id.org/comity/id/{PASSAGE.id}"
    for style in STYLES:
        said = corpus.cite(PASSAGE.id, style)
        assert f"characters {PASSAGE.start}–{PASSAGE.end}" in said
        assert iri in said
        assert PASSAGE.quote in said


def test_csl_is_what_reference_managers_read(corpus: Corpus) -> None:
    """CSL-JSON: an array of one item with type, literal author and parts of the date."""
    for document in documents():
        (item,) = json.loads(corpus.cite(document.id, "csl"))
        assert item["title"] == document.title
        assert item["URL"] == document.url
        assert item["issued"] == {"date-parts": [[int(p) for p in document.date.split("-")]]}
        assert item["type"] in {"treaty", "report", "article-newspaper", "webpage", "interview"}


def test_bibtex_is_balanced_and_has_its_key(corpus: Corpus) -> None:
    """Braces match, whatever stands in the fields; all passages of a document share its key."""
    for document in documents():
        entry = corpus.cite(document.id, "bibtex")
        bare = re.sub(r"\\.", "", entry)
        assert bare.count("{") == bare.count("}")
        assert entry.startswith(f"@misc{{comity-{document.id},\n")


def reference(**fields: str) -> Reference:
    """A reference of which little is known."""
    known = dict.fromkeys(
        ("title", "publisher", "date", "url", "type", "genre", "language", "event", "place"), ""
    )
    return Reference("https://example.org/document-1", **(known | fields))


def test_what_is_not_known_is_left_out() -> None:
    """No publisher: the title comes first. No date: n.d. No address: the IRI."""
    assert STYLES["apa"](reference(title="A note")) == (
        "A note. (n.d.). https://example.org/document-1\n"
    )
    assert STYLES["apa"](reference(title="A note", publisher="Office", date="2019-04")) == (
        "Office. (2019, April). A note. https://example.org/document-1\n"
    )
    assert "month" not in STYLES["bibtex"](reference(title="A note", date="2019"))
    assert "issued" not in STYLES["csl"](reference(title="A note"))


def test_signs_that_tex_reads_are_escaped() -> None:
    """Ampersands, percent signs, braces and backslashes are set as they stand."""
    entry = STYLES["bibtex"](reference(title=r"R&D_{1} 100% \o/"))
    assert r"{{R\&D\_\{1\} 100\% \textbackslash{}o/}}" in entry


def test_only_documents_and_statements_are_cited(corpus: Corpus) -> None:
    """An actor is no source; an unknown style is none either."""
    with pytest.raises(UsageError, match="only documents and statements"):
        corpus.cite("CHN")
    with pytest.raises(UnknownNameError, match="apa, bibtex, csl"):
        cite(corpus, DOHA.id, "mla")
