"""A site is the same wherever and however often it is written; what is withdrawn has its page."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.web_pages import Reader

from comity import KnowledgeGraph
from comity.publish.content import Content, write_lines
from comity.publish.release import Release
from comity.publish.site import site_pages, write_site
from comity.publish.sorting import sorted_lines
from comity.rdf.namespaces import COMITY, DCTERMS, OWL
from comity.rdf.terms import RDF_TYPE, boolean_term, literal_term
from comity.rdf.write import nquads

SCRIPT = """
import sys
from pathlib import Path
from comity import KnowledgeGraph
from comity.publish.prepare import prepare
from comity.publish.release import make_release
from comity.publish.site import write_site
graph = KnowledgeGraph.open(sys.argv[1])
release = make_release("2026.11", graph.namespaces, url="https://example.org/ip/2026.11/")
room = Path(sys.argv[2], "room")
room.mkdir()
write_site(prepare(graph, release, room), Path(sys.argv[2], "out"))
"""


@dataclass(frozen=True)
class Change:
    """Something that changed."""

    id: str
    iri: str
    title: str
    issued: str = ""
    summary: str = ""


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.mark.slow
def test_a_site_is_the_same_to_the_byte(
    graph: KnowledgeGraph, content: Content, tmp_path: Path
) -> None:
    """In another folder, another process, and with another order of sets and dictionaries."""
    write_site(content, tmp_path / "here")
    for seed in ("1", "2"):
        room = tmp_path / seed
        room.mkdir()
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
        call = [sys.executable, "-c", SCRIPT, str(graph.path), str(room)]
        subprocess.run(call, check=True, env=environment, cwd=room)
        assert files(room / "out") == files(tmp_path / "here")


def test_nothing_tells_of_this_machine(content: Content, tmp_path: Path) -> None:
    """No path of the folder that is written to, nor of the graph, stands in any file."""
    write_site(content, tmp_path / "here")
    for name, data in files(tmp_path / "here").items():
        assert str(tmp_path).encode() not in data, name
        assert str(content.graph.version).encode() not in data, name


def withdrawn(content: Content, iri: str, by: str, room: Path) -> Content:
    """The content of a release that withdraws an IRI."""
    node = f"<{iri}>"
    triples = [
        (node, RDF_TYPE, f"<{COMITY}WithdrawnResource>"),
        (node, f"<{OWL}deprecated>", boolean_term(True)),
        (node, f"<{COMITY}withdrawalReason>", literal_term("Read <twice>.", "en")),
        (node, f"<{COMITY}withdrawnIn>", f"<{content.release.version}>"),
        (node, f"<{DCTERMS}isReplacedBy>", f"<{by}>"),
    ]
    graph = content.namespaces.node("withdrawn")
    more = (line.encode() for line in nquads(triples, graph))
    lines = sorted_lines([*content.lines(), *more])
    return replace(content, quads=write_lines(lines, room / "withdrawn.nq"))


@pytest.mark.parametrize("name", ["statement-0123456789abcdef0123", "actor-0123456789abcdef0123"])
def test_what_is_withdrawn_has_its_page(content: Content, tmp_path: Path, name: str) -> None:
    """The page says why, since when, and leads to what replaces it; lists do not have it."""
    kept = next(content.statements())
    iri, by = content.namespaces.node(name), content.namespaces.node(kept.id)
    gone = withdrawn(content, iri, by, tmp_path)
    write_site(gone, tmp_path)
    assert (iri, f"site/id/{name}.html") in list(site_pages(gone))
    page = Reader((tmp_path / "site" / "id" / f"{name}.html").read_text("utf-8"))
    (main,) = page.all("main")
    for word in ("Withdrawn", "Read <twice>.", "2026.11", kept.quote[:60]):
        assert word in main.text
    assert f"../id/{kept.id}.html" in {link.attributes["href"] for link in page.all("a")}
    for file in (tmp_path / "site").glob("*.html"):
        assert name not in file.read_text("utf-8"), file


def test_changes_are_told_where_people_look(content: Content, tmp_path: Path) -> None:
    """What changed stands in the feed and on the page about the release, with links to pages."""
    release: Release = replace(content.release, previous="2026.10")
    news = [
        Change(
            "https://w3id.org/comity/id/x#1", "https://w3id.org/comity/actor/CHN", "China: more"
        ),
        Change("https://w3id.org/comity/id/x#2", "https://example.org/x", "Gone", summary="Why."),
    ]
    write_site(replace(content, release=release), tmp_path, news=news)
    page = Reader((tmp_path / "site" / "about.html").read_text("utf-8"))
    (main,) = page.all("main")
    assert "Since release 2026.10." in main.text
    assert "Why." in main.text
    links = {link.text: link.attributes["href"] for link in page.all("a")}
    assert links["China: more"] == "actor/CHN.html"
    assert "Gone" not in links
    feed = (tmp_path / "site" / "feed.atom").read_text("utf-8")
    assert "https://example.org/ip/2026.11/site/actor/CHN.html" in feed
