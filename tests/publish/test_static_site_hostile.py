"""A site of documents that mean harm, and of texts that are not ours to give."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from tests.web_pages import Reader

from comity import KnowledgeGraph
from comity.identifiers import statement_id
from comity.model import Document
from comity.publish.content import Content
from comity.publish.release import Release, make_release
from comity.publish.site import site_pages, write_site
from comity.rdf.write import CONTEXT
from comity.text.read import read_sources

Prepared = Callable[[KnowledgeGraph, Release], Content]

SCRIPT = "</script></title></textarea>--><script>alert(1)</script><img src=x onerror=alert(2)>"
RTL = "\u202eمعاهدة התקנה\u202c"
BODY = f"Peru will {SCRIPT} protect seeds.\n\nSecond {RTL} paragraph & \u0085\u2028 more."
LONG = "Very long title " * 600


def harmful(folder: Path, title: str, **fields: str) -> KnowledgeGraph:
    """The graph of one document with a hostile title and text, and one statement about it."""
    known = {"url": "https://example.org/?a=%22%3E&b=c", "license": "CC0-1.0", "language": "en"}
    folder.mkdir()
    given = {"text": BODY, "title": title, "publisher": SCRIPT, "event": f"Forum {SCRIPT}"}
    (folder / "doc.jsonl").write_text(json.dumps(given | known | fields) + "\n", "utf-8")
    (document,) = read_sources([folder / "doc.jsonl"])
    assert isinstance(document, Document)
    start = document.text.index("will ")
    end = document.text.index("seeds") + 5
    record = {
        "id": statement_id(document.id, start, end, 0),
        "document": document.id,
        "start": start,
        "end": end,
        "quote": document.text[start:end],
        "actors": [{"text": SCRIPT}, {"text": RTL}, {"text": "Peru", "id": "PER"}],
        "speaker": {"text": '"><svg onload=alert(4)>'},
        "action": "protect",
        "object": SCRIPT,
        "measure_type": "rights-protection",
        "direction": "strengthen",
        "modality": "commitment",
        "conditions": [SCRIPT],
        "event": f"Forum {SCRIPT}",
        "place": SCRIPT,
        "extractor": SCRIPT,
    }
    (folder / "codings.statements.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    graph = KnowledgeGraph.from_records(
        folder / "codings.statements.jsonl", folder / "doc.jsonl", folder / "kg"
    )
    assert len(list(graph.records())) == 1, graph.report
    return graph


@pytest.fixture
def written(tmp_path: Path, prepared: Prepared) -> Callable[..., tuple[Content, Path]]:
    """Writes the site of a graph, with passages under a policy."""

    def write(graph: KnowledgeGraph, quotes: str = "full") -> tuple[Content, Path]:
        release = make_release(f"2026.{quotes}", graph.namespaces, issued="2026", quotes=quotes)
        content = prepared(graph, release)
        write_site(content, tmp_path / quotes)
        return content, tmp_path / quotes / "site"

    return write


@pytest.mark.parametrize("title", [SCRIPT, RTL, LONG], ids=["script", "rtl", "long"])
def test_words_never_become_markup(
    title: str, tmp_path: Path, written: Callable[..., tuple[Content, Path]]
) -> None:
    """Whatever a title, a name or a passage holds, no page has an element or address of theirs."""
    content, site = written(harmful(tmp_path / "in", title))
    for file in sorted(site.rglob("*.html")):
        text = file.read_text("utf-8")
        page = Reader(text)
        allowed = {"../static/site.js", "static/site.js", "static/search/index.js"}
        for element in page.elements:
            assert element.name not in ("img", "iframe", "textarea"), file
            assert not [name for name in element.attributes if name.startswith("on")], file
            if element.name == "script" and element.attributes.get("type") is None:
                assert element.attributes["src"].removeprefix("../") in allowed, file
            for key in ("href", "src", "action"):
                scheme = urlsplit(element.attributes.get(key, "")).scheme
                assert scheme in ("", "http", "https"), (file, element)
        assert len(page.all("main")) == 1
    for iri, page_name in site_pages(content):
        page = Reader((site.parent / page_name).read_text("utf-8"))
        (data,) = page.all("script", type="application/ld+json")
        found = {quad.subject.value for quad in ox.parse(data.text.encode(), ox.RdfFormat.JSON_LD)}
        assert iri in found


def test_a_long_title_leaves_pages_small(
    tmp_path: Path, written: Callable[..., tuple[Content, Path]]
) -> None:
    """The longest title that is read is cut wherever it is named; its data have it whole."""
    content, site = written(harmful(tmp_path / "in", LONG))
    (document,) = content.documents()
    for file in site.rglob("*.html"):
        whole = file.name == f"{document.id}.html"
        assert file.stat().st_size < (60_000 if whole else 40_000), file
    assert LONG.strip() in (site / "id" / f"{document.id}.jsonld").read_text("utf-8")


def test_passages_with_odd_characters_are_marked(
    tmp_path: Path, written: Callable[..., tuple[Content, Path]]
) -> None:
    """The passage on its page and in the text is the quotation, markup and all."""
    content, site = written(harmful(tmp_path / "in", RTL))
    (statement,) = content.statements()
    for name in (statement.id, statement.document):
        page = Reader((site / "id" / f"{name}.html").read_text("utf-8"))
        marks = [m.text for m in page.all("mark") if "ul" not in m.within]
        assert "".join(marks) == statement.quote
    text = (site / "id" / f"{statement.document}.html").read_text("utf-8")
    assert text.count('dir="auto"') > 3


# -- what is not ours to give ------------------------------------------------------------------


def words_in(site: Path, text: str, length: int = 8) -> set[str]:
    """The runs of some words of a text that stand anywhere in a site, in any kind of file."""
    everything = " ".join(
        " ".join(re.sub(r"<[^>]+>", "", file.read_text("utf-8")).split())
        for file in site.rglob("*")
        if file.is_file()
    )
    words = text.split()
    runs = (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))
    return {run for run in runs if run in everything}


@pytest.mark.parametrize("quotes", ["full", "short", "none"])
def test_a_closed_text_is_given_by_its_passages_only(
    quotes: str, tmp_path: Path, written: Callable[..., tuple[Content, Path]]
) -> None:
    """Of a text that is not to be passed on, pages show what the policy gives, and no more."""
    title = "Note"
    graph = harmful(
        tmp_path / "in", title, license="All rights reserved", url="https://example.org"
    )
    content, site = written(graph, quotes)
    (statement,) = graph.records()
    (document,) = content.documents()
    context = CONTEXT if quotes == "full" else 0
    outside = document.text[statement.end + context :]
    assert words_in(site, outside, 3) == set()
    page = Reader((site / "id" / f"{document.id}.html").read_text("utf-8"))
    assert not page.all("section", class_="text")
    (given,) = content.statements()
    own = Reader((site / "id" / f"{statement.id}.html").read_text("utf-8"))
    marks = [mark.text for mark in own.all("mark")]
    assert marks == ([given.quote] if given.quote else [])
    if quotes == "none":
        assert words_in(site, statement.quote.replace(SCRIPT, ""), 3) == set()


@pytest.mark.parametrize("quotes", ["short", "none"])
def test_an_open_text_is_shown_whole(
    quotes: str, tmp_path: Path, written: Callable[..., tuple[Content, Path]]
) -> None:
    """The policy limits what is quoted from closed texts; what is for everyone is shown."""
    content, site = written(harmful(tmp_path / "in", "Note"), quotes)
    (document,) = content.documents()
    page = Reader((site / "id" / f"{document.id}.html").read_text("utf-8"))
    (text,) = page.all("section", class_="text")
    assert "paragraph" in text.text
