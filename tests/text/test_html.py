"""HTML to plain text."""

from __future__ import annotations

import subprocess
import sys

import pytest

from comity.text.html import read_html, strip_tags
from comity.text.metadata import Metadata
from comity.text.refusal import Refused

PAGE = """<!DOCTYPE html>
<html lang="en-gb"><head><title>Offices agree on search reports | Example Office</title>
<meta property="og:site_name" content="Example Office">
<meta property="article:published_time" content="2021-05-03T10:00:00Z">
<link rel="canonical" href="https://example.org/news/1">
<style>p { color: red }</style><script>var x = "Not text";</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<main><article><h1>Offices agree on search reports</h1>
<p>The two offices agreed to share search reports &amp; to train
examiners&nbsp;together.</p>
<h2>Next steps</h2><p>They will:</p>
<ul><li>publish <b>all</b> decisions;</li><li>meet every year.</li></ul>
<ol><li>First, a list.</li><li>Then a plan.</li></ol>
<blockquote>We will keep our word.</blockquote>
<table><tr><th>Body</th><th>Task</th></tr><tr><td>Office</td><td>Training</td></tr></table>
</article></main>
<footer>Copyright 2021. Terms of use. Cookies.</footer></body></html>"""

BODY = """Offices agree on search reports

The two offices agreed to share search reports & to train examiners together.

Next steps

They will:

- publish all decisions;
- meet every year.

1. First, a list.
2. Then a plan.

We will keep our word.

Body | Task
Office | Training"""


def meta(head: str, body: str = "") -> Metadata:
    """The metadata of a page with this head."""
    text = "<p>The offices agree to meet again.</p>"
    return read_html(f"<html><head>{head}</head><body>{body}{text}</body></html>").metadata


def test_main_text() -> None:
    """The main text is kept with its structure; navigation, footer, scripts are not."""
    assert read_html(PAGE).body == BODY


def test_same_page_same_text() -> None:
    """Reading is deterministic."""
    assert read_html(PAGE) == read_html(PAGE)


def test_metadata_of_a_page() -> None:
    """Title, publisher, date, language and address are taken from the page."""
    assert read_html(PAGE).metadata == Metadata(
        title="Offices agree on search reports",
        publisher="Example Office",
        date="2021-05-03",
        language="en-GB",
        url="https://example.org/news/1",
    )


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:title" content="Offices agree">',
        "<title>Offices agree</title>",
        '<title>Offices agree - Example</title><meta property="og:site_name" content="Example">',
    ],
)
def test_title(head: str) -> None:
    """The title comes from the head, without the name of the site."""
    assert meta(head).title == "Offices agree"


def test_title_from_heading() -> None:
    """The only h1 is the title where the head gives but a longer <title>."""
    assert meta("<title>Offices agree :: site</title>", "<h1>Offices agree</h1>").title == (
        "Offices agree"
    )


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ('<meta name="DC.date" content="2021-05-03">', "", "2021-05-03"),
        ('<meta itemprop="datePublished" content="2021-05">', "", "2021-05"),
        ("", '<time datetime="2021-05-03T00:00">yesterday</time>', "2021-05-03"),
        ("", "<time>3 May 2021</time>", "2021-05-03"),
        ('<meta name="date" content="2021-02-30">', "", None),
        ('<meta name="date" content="soon">', "", None),
    ],
)
def test_date(head: str, body: str, date: str | None) -> None:
    """The date comes from the head or the first time element, if it is one."""
    assert meta(head, body).date == date


@pytest.mark.parametrize(
    "href", ["/news/1", "//example.org/1", "javascript:x()", "file:///etc/passwd", ""]
)
def test_addresses_are_never_resolved(href: str) -> None:
    """Only an absolute web address is kept; others are not completed."""
    assert meta(f'<link rel="canonical" href="{href}">').url is None


def test_repeated_paragraphs() -> None:
    """A paragraph that an article repeats is kept each time."""
    twice = "<p>The Parties shall consult each other.</p>"
    page = f"<html><body><article>{twice}<p>And so on they went.</p>{twice}</article></body></html>"
    assert read_html(page).body.count("The Parties shall consult") == 2


def test_inner_lists() -> None:
    """Items of inner lists follow in their order."""
    page = (
        "<html><body><article><p>The offices will do this:</p><ul><li>train<ul><li>examiners</li>"
        "</ul></li><li>share data</li></ul></article></body></html>"
    )
    assert read_html(page).body == "The offices will do this:\n\n- train\n- examiners\n- share data"


@pytest.mark.parametrize("page", ["", " ", "<p>", "\0", "<html></html>", "<script>x</script>"])
def test_pages_without_text(page: str) -> None:
    """A page without text is empty."""
    with pytest.raises(Refused) as caught:
        read_html(page)
    assert caught.value.code == "empty"


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "blockquote", "span"])
@pytest.mark.parametrize("depth", [300, 50_000])
def test_deep_nesting(tag: str, depth: int) -> None:
    """Elements nested so deep that the parser would drop them are refused, and crash nothing."""
    with pytest.raises(Refused) as caught:
        read_html("<p>Before.</p>" + f"<{tag}>" * depth + "the offices agree")
    assert caught.value.code == "html"


def test_large_pieces_of_text() -> None:
    """A piece of text over the parser's limit is refused, not cut."""
    with pytest.raises(Refused) as caught:
        read_html("<p>" + "agree " * 2_000_000 + "</p>")
    assert caught.value.code == "html"


def test_entities_of_a_document_type() -> None:
    """Entities that a page defines are not expanded, files are not read."""
    page = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        "<html><body><p>The offices agree &x; on it.</p></body></html>"
    )
    assert "&x;" in read_html(page).body


def test_strip_tags() -> None:
    """The text of a fragment has a line for each block."""
    assert strip_tags("<p>Trade &amp; <b>secrets</b></p>x<ul><li>a<li>b</ul>") == (
        "Trade & secrets\n\nx\n\na\n\nb"
    )


def test_heavy_imports_wait() -> None:
    """Importing the reading room loads neither trafilatura nor lxml nor an RDF library."""
    heavy = "{'trafilatura', 'lxml', 'charset_normalizer', 'rdflib', 'pyoxigraph', 'spacy'}"
    code = f"import sys, comity.text.read; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
