"""Offsets are exact, and a document's statements depend on that document alone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.lexicon import Lexicon
from comity.model import Document, Statement
from comity.rdf.vocabulary import load

from .reading import document, extract, extractor, read

FRAGMENTS = [
    "Kenya will protect trade secrets",
    "The minister said that Peru would cut patent fees",
    "Each Party shall:",
    "\n- publish its register",
    "\n(a) train examiners;",
    "\n\n",
    ". ",
    ", including expanding training and raising fines",
    " in accordance with the law",
    " if the council agrees",
    "“We will share data,” she said",
    "WIPO’s members – and others – agreed to",
    "日本は特許を保護する",
    "Café Ñandú vows to step up enforcement",
    "🙂",
    "e\u0301",
    "\u200b",
    "\u00a0",
    "\t",
    ": ",
    "; ",
    "(",
    ")",
    '"',
    "Q: Will it?\n",
    "A: It will amend its law",
    "HEADLINE TO BE STRENGTHENED\n",
    "It ",
    "They and we ",
    "no ",
    "not ",
    "of of of ",
    "to to be ",
    "No Party shall be prevented from protecting designs",
    "Article 4\n",
    "1. ",
    "efforts to enhance",
    "the accession of Chile to the Madrid Protocol",
    "by 2025",
    "U.S. ",
    "and ",
    "which ",
    ".",
]
fragments = st.sampled_from(FRAGMENTS) | st.sampled_from(FRAGMENTS) | st.text(max_size=12)
texts = st.lists(fragments, max_size=12).map("".join)
quickly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_exact(document: Document, statements: list[Statement]) -> None:
    """Every quote and every mention is the document's text between its offsets."""
    for statement in statements:
        assert document.text[statement.start : statement.end] == statement.quote
        assert statement.quote.strip()
        assert statement.object in document.text
        for role, mention in statement.mentions():
            assert mention.start is not None, role
            assert document.text[mention.start : mention.end] == mention.text, role


@quickly
@given(texts)
def test_any_fragments(text: str) -> None:
    """Whatever is put together, the extractor does not fail and its offsets are exact."""
    found = document(text)
    assert_exact(found, extractor().extract(found))


@quickly
@given(texts)
def test_titles(title: str) -> None:
    """The same holds for titles, which are read as headlines."""
    line = " ".join(title.split()) or "Title"
    found = document("Kenya will protect trade secrets.", title=line)
    assert_exact(found, extractor().extract(found))


@quickly
@given(texts, texts)
def test_memory(first: str, second: str) -> None:
    """A document is read alike whatever was read before it, and whenever."""
    alone = extract(second)
    extract(first)
    assert extract(second) == alone
    _, together = extractor().extract_all([document(first), document(second)])
    assert together == alone


@quickly
@given(texts)
def test_order(text: str) -> None:
    """Statements come in text order, each with an id of its own."""
    found = extract(text)
    assert [s.start for s in found] == sorted(s.start for s in found)
    assert len({s.id for s in found}) == len(found)


@pytest.mark.parametrize(
    "text",
    [
        "“Kenya – the host – will protect trade secrets,” she said.",
        "🙂🙂 Kenya will protect trade secrets.",
        "日本語。\n\nKenya will protect trade secrets.",
        "Café Ñandú said that Kenya will protect trade secrets.",
        "Kenya will\u00a0protect trade secrets.",
        "\n\n  Kenya will protect trade secrets.  \n",
        "Kenya will:\n  •  protect trade secrets;\n",
    ],
)
def test_characters(text: str) -> None:
    """Offsets count code points, also after characters of several bytes."""
    found = document(text)
    statements = extractor().extract(found)
    assert_exact(found, statements)
    assert [s.object for s in statements] == ["trade secrets"]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya will protect designs. Kenya will protect designs.",
        "Kenya will protect designs.\n\nKenya will protect designs.",
        "- protect trade secrets\n- protect trade secrets",
    ],
)
def test_repeated_words(text: str) -> None:
    """The same words in two places are two statements with offsets and ids of their own."""
    first, second = extract(text)
    assert first.quote == second.quote
    assert first.start < second.start
    assert first.id != second.id


@pytest.mark.parametrize(
    "text",
    [
        "Kenya will protect trade secrets.",
        "Brazil and Peru agreed to share search reports and to train examiners.",
        "The minister said that Oman would cut fees. It will also amend its patent law.",
    ],
)
def test_two_extractors(text: str) -> None:
    """Two extractors over the same vocabulary find the same."""
    other = type(extractor())(Lexicon(load()))
    assert other.extract(document(text)) == extract(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya will protect trade secrets.",
        "WIPO will train examiners in patent law.",
        "Members shall publish patent data.",
    ],
)
def test_records_of_the_extractor(text: str) -> None:
    """A statement names its document and extractor, and waits for review."""
    (found,) = read(text)
    assert found.document == document(text).id
    assert found.extractor == extractor().name
    assert found.review == "unreviewed"
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize("size", [2_000, 21_000, 50_000])
def test_long_lines(size: int) -> None:
    """A line too long to parse at once loses no offset."""
    sentence = "Kenya will protect trade secrets. "
    found = document(sentence * (size // len(sentence)))
    assert_exact(found, extractor().extract(found))
