"""Signposts for programs: the link set by RFC 9264, and site maps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from described import Described, describe

from comity import KnowledgeGraph
from comity.publish import signposts
from comity.publish.content import Content
from comity.publish.release import About, make_release
from comity.publish.signposts import write_sitemap

URL = "https://example.org/ip/2026.11/"
PAGE = f"{URL}site/index.html"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# RFC 9264, section 4.2: link contexts by anchor, relations as arrays of targets with an href.
SCHEMA = {
    "type": "object",
    "required": ["linkset"],
    "additionalProperties": False,
    "properties": {
        "linkset": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"anchor": {"type": "string", "format": "uri"}},
                "additionalProperties": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "required": ["href"],
                        "properties": {
                            "href": {"type": "string", "format": "uri"},
                            "type": {"type": "string", "pattern": "^[a-z]+/[a-z0-9.+-]+$"},
                            "title": {"type": "string"},
                        },
                        "additionalProperties": False,
                    },
                },
            },
        }
    },
}
# Relations that IANA has registered, of those used here.
RELATIONS = set(
    """author cite-as collection describedby describes item license predecessor-version type
    version-history""".split()
)


@pytest.fixture(scope="module")
def written(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Described:
    """A release after another, of two authors."""
    about = About(creators=("A. Reader", "B. Coder"))
    release = make_release("2026.11", graph.namespaces, about=about, url=URL, previous="2026.05")
    return describe(graph, release, tmp_path_factory.mktemp("signposts") / "room")


@pytest.fixture
def linkset(written: Described) -> dict[str, dict[str, Any]]:
    """The links by their anchors."""
    found = json.loads((written.folder / "linkset.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, SCHEMA)
    anchors = [each["anchor"] for each in found["linkset"]]
    assert len(anchors) == len(set(anchors))
    return {each["anchor"]: each for each in found["linkset"]}


def test_relations_are_registered(linkset: dict[str, dict[str, Any]]) -> None:
    """Every relation is one of those that IANA has, so that any client knows it."""
    used = {relation for each in linkset.values() for relation in each} - {"anchor"}
    assert used == RELATIONS


def test_the_page_says_what_to_cite(written: Described, linkset: dict[str, dict[str, Any]]) -> None:
    """The IRI for good, authors, licence and versions, as the FAIR Signposting Profile asks."""
    page = linkset[PAGE]
    assert page["cite-as"] == [{"href": written.release.version}]
    assert page["type"] == [
        {"href": "https://schema.org/AboutPage"},
        {"href": "https://schema.org/Dataset"},
    ]
    base = written.release.namespaces.base
    authors = [f"{base}creator-2026.11-1", f"{base}creator-2026.11-2"]
    assert [each["href"] for each in page["author"]] == authors
    assert page["license"] == [{"href": "https://creativecommons.org/licenses/by/4.0/"}]
    assert page["predecessor-version"] == [{"href": f"{base}dataset-2026.05"}]
    assert page["version-history"] == [{"href": f"{base}dataset"}]


def test_metadata_describe_the_page_and_say_so(linkset: dict[str, dict[str, Any]]) -> None:
    """What describes the page is linked both ways, with its media type."""
    kinds = {each["href"].removeprefix(URL): each["type"] for each in linkset[PAGE]["describedby"]}
    assert kinds == {
        "CITATION.cff": "application/yaml",
        "dcat.ttl": "text/turtle",
        "prov.ttl": "text/turtle",
        "void.ttl": "text/turtle",
    }
    for name in kinds:
        assert linkset[URL + name]["describes"] == [{"href": PAGE, "type": "text/html"}]


def test_every_file_is_an_item(written: Described, linkset: dict[str, dict[str, Any]]) -> None:
    """All but pages and metadata, linked both ways; data with their licence, others without."""
    parts = {p.name: p for p in written.parts if p.role not in ("page", "metadata")}
    items = {each["href"].removeprefix(URL): each for each in linkset[PAGE]["item"]}
    assert set(items) == set(parts)
    assert items["comity-2026.11.nq.gz"]["type"] == "application/gzip"
    assert items["comity-2026.11.ttl"]["type"] == "text/turtle"
    for name, part in parts.items():
        back = linkset[URL + name]
        assert back["collection"] == [{"href": PAGE, "type": "text/html"}]
        assert ("license" in back) is (part.role != "schema")


def addresses(path: Path) -> list[str]:
    """The addresses of a site map."""
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    return [str(each.text) for each in root.iter(f"{SPACE}loc")]


def test_a_site_map_has_every_page(content: Content, tmp_path: Path) -> None:
    """Addresses in order, with the date of issue; characters that no URL has are encoded."""
    pages = ["site/index.html", "site/actor/CHN.html", "site/actor/a b&c.html"]
    (part,) = write_sitemap(content, tmp_path, pages)
    assert addresses(tmp_path / part.name) == [
        f"{URL}site/actor/CHN.html",
        f"{URL}site/actor/a%20b%26c.html",
        f"{URL}site/index.html",
    ]
    text = (tmp_path / part.name).read_text(encoding="utf-8")
    assert text.count("<lastmod>2026-11</lastmod>") == 3


@pytest.mark.parametrize(("pages", "maps"), [(0, 0), (1, 1), (4, 1), (5, 3), (9, 4)])
def test_many_pages_are_divided(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int, maps: int
) -> None:
    """Where one map cannot hold them, the first file lists maps that hold all pages once."""
    monkeypatch.setattr(signposts, "MOST", 4)
    names = [f"site/id/statement-{number:02d}.html" for number in range(pages)]
    parts = write_sitemap(content, tmp_path, iter(names))
    assert len(parts) == maps
    assert {part.name for part in parts} == {path.name for path in tmp_path.glob("*.xml")}
    if maps > 1:
        listed = addresses(tmp_path / "sitemap.xml")
        assert listed == [URL + part.name for part in parts[1:]]
        found = [page for part in parts[1:] for page in addresses(tmp_path / part.name)]
        assert found == [URL + name for name in names]
        assert all(len(addresses(tmp_path / part.name)) <= 4 for part in parts)


@pytest.mark.parametrize(
    ("url", "there"), [("https://example.org/", True), ("https://example.org/ip/", False)]
)
def test_robots_are_told_where_they_look(
    graph: KnowledgeGraph, tmp_path: Path, url: str, there: bool
) -> None:
    """robots.txt is read at the root of a host only, so it is written there only."""
    release = make_release("2026.11", graph.namespaces, url=url)
    written = describe(graph, release, tmp_path / "room")
    assert (written.folder / "robots.txt").exists() is there
    if there:
        text = (written.folder / "robots.txt").read_text(encoding="utf-8")
        assert text.endswith("Sitemap: https://example.org/sitemap.xml\n")
