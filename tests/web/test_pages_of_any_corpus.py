"""Whatever the documents say, the pages are sound HTML and show it as it stands."""

from __future__ import annotations

from collections.abc import Sequence

import html5rdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies import VOCABULARY, corpora
from tests.web_pages import Made, holdings_of, inside, make, words

from comity.model import Document, Statement

Corpus = tuple[Sequence[Document], Sequence[Statement]]
FILES = ("static/", "feed.atom", "404.html")
any_corpus = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def made(corpus: Corpus, published: bool) -> Made:
    """The pages of a corpus, with its texts or without."""
    documents, statements = corpus
    texts = {each.id: each.text for each in documents} if published else {}
    return make(holdings_of(documents, statements, VOCABULARY), texts)


@any_corpus
@given(corpora(), st.booleans())
def test_pages_are_sound(corpus: Corpus, published: bool) -> None:
    """Every page parses without an error, as HTML defines it, and no id stands twice."""
    site = made(corpus, published)
    for path, text in site.html.items():
        parser = html5rdf.HTMLParser()
        parser.parse(text)
        assert [error for error in parser.errors if error[1] not in ODD_CHARACTERS] == [], path
        ids = site.read(path).ids()
        assert len(ids) == len(set(ids)), path


ODD_CHARACTERS = {"invalid-codepoint"}
"""DEL, C1 controls and noncharacters are shown as they are: HTML frowns on them, and keeps them."""


@any_corpus
@given(corpora(), st.booleans())
def test_links_lead_to_pages(corpus: Corpus, published: bool) -> None:
    """Every link of a page inside the site leads to a page, and to a place on it."""
    site = made(corpus, published)
    for path in site.html:
        for _, link in site.read(path).links():
            target = inside(path, link)
            if target is None or target[0].startswith(FILES) or target[0].endswith(DATA):
                continue
            assert target[0] in site.html, (path, link)
            assert not target[1] or target[1] in site.read(target[0]).ids(), (path, link)


DATA = (".ttl", ".jsonld")


@any_corpus
@given(corpora())
def test_passages_are_marked_as_they_stand(corpus: Corpus) -> None:
    """The characters marked on the page of a statement, and in its document, are its quotation."""
    site = made(corpus, published=True)
    documents, statements = corpus
    for document in documents:
        own = sorted((s for s in statements if s.document == document.id), key=order(site))
        pages = [p for p in site.html if f"{document.id}" in p and "id/" in p]
        marks = [mark for page in sorted(pages) for mark in site.read(page).all("mark")]
        for number, statement in enumerate(own, 1):
            here = [m for m in marks if str(number) in m.attributes.get("data-s", "").split()]
            shown = "".join(mark.text for mark in here)
            assert same(shown, statement.quote)
            (mark,) = site.read(f"id/{statement.id}.html").all("mark")
            assert same(mark.text, statement.quote)


def order(site: Made):  # type: ignore[no-untyped-def]
    """The order in which the statements of a document are numbered."""
    return lambda statement: site.holdings.by_id[statement.id]


def same(shown: str, quote: str) -> bool:
    """Whether the same is shown, but for empty lines between paragraphs."""
    return shown.replace("\n", "") == words(quote).replace("\n", "")
