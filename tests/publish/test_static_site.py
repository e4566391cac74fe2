"""The site of a release: closed in itself, complete, and true to the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import html5rdf
import pyoxigraph as ox
import pytest
from lxml import etree
from tests.web_pages import Reader, inside

from comity import KnowledgeGraph
from comity.publish.content import Content, Part
from comity.publish.prepare import prepare
from comity.publish.release import make_release
from comity.publish.site import list_pages, site_pages, write_site
from comity.web.render import POLICY

ATOM = "{http://www.w3.org/2005/Atom}"
SMALL = 40 * 1024
"""Bytes of an ordinary page, at most."""
LOADED = {"link": {"stylesheet", "icon"}, "script": None, "img": None, "form": None}


@pytest.fixture(scope="module")
def made(
    graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Content, Path]]:
    """A release of the hand-coded corpus, and the folder of its site."""
    folder = tmp_path_factory.mktemp("release")
    (folder / "edges.csv").write_text("a,b\n")
    release = make_release("2026.11", graph.namespaces, url="https://example.org/ip/2026.11/")
    with TemporaryDirectory() as room:
        content = prepare(graph, release, Path(room))
        parts = [Part("edges.csv", "Edges", "text/csv", role="edges")]
        write_site(content, folder, parts=parts)
        yield content, folder / "site"


@pytest.fixture(scope="module")
def site(made: tuple[Content, Path]) -> Path:
    """The folder of the site."""
    return made[1]


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Reader]:
    """Every page of it, read, by its path."""
    return {
        file.relative_to(site).as_posix(): Reader(file.read_text("utf-8"))
        for file in sorted(site.rglob("*.html"))
    }


# -- closed in itself --------------------------------------------------------------------------


def test_every_page_is_sound_html(site: Path) -> None:
    """A parser that follows the HTML standard finds nothing to repair."""
    for file in sorted(site.rglob("*.html")):
        parser = html5rdf.HTMLParser()
        parser.parse(file.read_text("utf-8"))
        assert parser.errors == [], file


def test_every_link_leads_somewhere(site: Path, pages: dict[str, Reader]) -> None:
    """Each link inside the release leads to a file that is there, and to a place in it."""
    for path, page in pages.items():
        for _, link in page.links():
            target = inside(f"site/{path}", link)
            if target is None:
                continue
            file, fragment = target
            assert (site.parent / file).is_file(), (path, link)
            if fragment and file.endswith(".html"):
                assert fragment in pages[file.removeprefix("site/")].ids(), (path, link)


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[str, Reader]) -> None:
    """Styles, scripts and pictures lie in the site; forms stay in it."""
    for path, page in pages.items():
        for element in page.elements:
            relations = LOADED.get(element.name, set())
            if relations is None or relations & set(element.attributes.get("rel", "").split()):
                for key in ("href", "src", "action"):
                    address = element.attributes.get(key, "")
                    outer = urlsplit(address).netloc
                    assert not outer or (path == "404.html" and element.name == "form"), path
    for file in (*site.rglob("*.css"), *site.rglob("*.js")):
        text = file.read_text("utf-8")
        assert not re.search(r"@import|url\(|https?://(?!www\.w3\.org)|\beval\(|innerHTML", text), (
            file
        )


def test_the_policy_holds(pages: dict[str, Reader]) -> None:
    """Each page has the policy, and nothing in it that the policy would block."""
    assert "unsafe" not in POLICY
    for path, page in pages.items():
        (policy,) = page.all("meta", **{"http-equiv": "Content-Security-Policy"})
        assert policy.attributes["content"] == POLICY
        assert not page.all("style"), path
        for element in page.elements:
            assert not [name for name in element.attributes if name.startswith("on")], path
            assert "style" not in element.attributes, path
            if element.name == "script" and "src" not in element.attributes:
                assert element.attributes["type"] == "application/ld+json", path
            address = element.attributes.get("href", "")
            assert urlsplit(address).scheme in ("", "http", "https"), (path, address)


def test_pages_are_small(site: Path, pages: dict[str, Reader]) -> None:
    """An ordinary page has at most 40 KiB of HTML."""
    sizes = {path: (site / path).stat().st_size for path in pages}
    assert [path for path, size in sizes.items() if size > SMALL] == []


def test_pages_can_be_read_by_all(pages: dict[str, Reader]) -> None:
    """Each page has a language, a title, a way past the head, headings in order, landmarks."""
    titles = set()
    for path, page in pages.items():
        (root,) = page.all("html")
        assert root.attributes["lang"] == "en"
        (title,) = [each for each in page.all("title") if each.within[-1] == "head"]
        titles.add(title.text)
        assert title.text.strip()
        levels = [int(e.name[1]) for e in page.elements if re.fullmatch("h[1-6]", e.name)]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)
        for name in ("header", "main", "footer"):
            assert len(page.all(name)) == 1, path
        skip = next(e for e in page.elements if e.name == "a")
        assert skip.attributes["href"] == "#main"
        for field in (*page.all("input"), *page.all("select")):
            labels = {each.attributes.get("for") for each in page.all("label")}
            assert field.attributes["id"] in labels, path
    assert len(titles) > 0.9 * len(pages)


# -- complete ------------------------------------------------------------------------------------


def test_every_node_has_its_page(made: tuple[Content, Path]) -> None:
    """What the data describe has a page, Turtle and JSON-LD where its IRI says."""
    content, site = made
    listed = dict(site_pages(content))
    assert set(listed.values()) <= {f"site/{f.relative_to(site)}" for f in site.rglob("*.html")}
    assert all((site.parent / page).is_file() for page in list_pages())
    subjects = {triple[0][1:-1] for triple in content.triples()}
    parts = re.compile(r".*/id/(?:evidence|position|quote|mention)-[\w-]+")
    assert set(listed) == {iri for iri in subjects if not parts.fullmatch(iri)}
    for iri, page in listed.items():
        where = urlsplit(iri).path.removeprefix("/comity/")
        assert page == f"site/{where}.html"
        for ending in ("ttl", "jsonld"):
            assert (site / f"{where}.{ending}").is_file()


def test_files_beside_the_pages_hold_all_triples(made: tuple[Content, Path]) -> None:
    """The Turtle files together are the data, and each JSON-LD file says what its Turtle says."""
    content, site = made
    found: set[str] = set()
    for file in sorted(site.rglob("*.ttl")):
        turtle = {str(quad.triple) for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE)}
        text = file.with_suffix(".jsonld").read_bytes()
        assert {str(quad.triple) for quad in ox.parse(text, ox.RdfFormat.JSON_LD)} == turtle
        assert not found & turtle
        found |= turtle
    assert found == {" ".join(triple) for triple in content.triples()}


def test_json_in_a_page_is_its_node(made: tuple[Content, Path], pages: dict[str, Reader]) -> None:
    """The JSON-LD in a page is read to the triples of the Turtle file beside it."""
    content, site = made
    for page in dict(site_pages(content)).values():
        path = page.removeprefix("site/")
        (script,) = pages[path].all("script", type="application/ld+json")
        read = {str(q.triple) for q in ox.parse(script.text.encode(), ox.RdfFormat.JSON_LD)}
        turtle = (site / path).with_suffix(".ttl")
        assert read == {str(q.triple) for q in ox.parse(path=turtle, format=ox.RdfFormat.TURTLE)}


def test_pages_say_how_they_are_found_and_cited(
    made: tuple[Content, Path], pages: dict[str, Reader]
) -> None:
    """A page of a node names its IRI, its licence and its formats."""
    content, _ = made
    for iri, page in site_pages(content):
        read = pages[page.removeprefix("site/")]
        found = {
            (rel, link.attributes.get("type", "")): link.attributes["href"]
            for link in read.all("link")
            for rel in link.attributes["rel"].split()
        }
        assert found["cite-as", ""] == iri
        assert found["license", ""] == content.release.about.license
        assert found["alternate", "text/turtle"].endswith(".ttl")
        assert found["alternate", "application/ld+json"].endswith(".jsonld")
        assert found["describedby", "text/turtle"].endswith(".ttl")
        assert iri in {code.text for code in read.all("code")}


def test_every_page_can_be_reached(pages: dict[str, Reader]) -> None:
    """From the home page, links lead to every page but that of missing ones."""
    seen, waiting = {"index.html"}, ["index.html"]
    while waiting:
        path = waiting.pop()
        for name, link in pages[path].links():
            target = inside(path, link)
            if target and name == "a" and target[0] in pages and target[0] not in seen:
                seen.add(target[0])
                waiting.append(target[0])
    assert set(pages) - seen == {"404.html"}


# -- true to the data -----------------------------------------------------------------------------


def test_passages_are_those_of_the_statements(
    made: tuple[Content, Path], pages: dict[str, Reader]
) -> None:
    """On its own page and in its document, what is marked is the quotation, to the character."""
    content, _ = made
    for statement in content.statements():
        page = pages[f"id/{statement.id}.html"]
        (mark,) = page.all("mark")
        assert mark.text == statement.quote
        (back,) = [e for e in page.all("a") if e.attributes["href"].endswith(f"#{statement.id}")]
        document, anchor = inside(f"id/{statement.id}.html", back.attributes["href"]) or ("", "")
        reading = pages[document]
        number = next(
            e.attributes["data-n"] for e in reading.all("a") if e.attributes.get("id") == anchor
        )
        marks = [m for m in reading.all("mark") if number in m.attributes.get("data-s", "").split()]
        assert "".join(each.text for each in marks) == statement.quote


def test_a_statement_shows_how_it_was_read(
    made: tuple[Content, Path], pages: dict[str, Reader]
) -> None:
    """Parties, codes, confidence and follow-ups stand on the page, each as a link to its own."""
    content, _ = made
    vocabulary = content.vocabulary
    linked = {each for link in content.links for each in (link.later, link.earlier)}
    for statement in content.statements():
        page = pages[f"id/{statement.id}.html"]
        (main,) = page.all("main")
        targets = {e.attributes["href"] for e in page.all("a") if "main" in e.within}
        for scheme, code in (
            ("modality", statement.modality),
            ("measure-type", statement.measure_type),
            ("direction", statement.direction),
            ("review-status", statement.review),
            *(("area", area) for area in statement.areas),
        ):
            assert f"../{scheme}/{code}.html" in targets
            assert vocabulary.concepts[scheme, code].name() in main.text
        for _, mention in statement.mentions():
            for id_ in filter(None, (mention.id, mention.on_behalf_of)):
                folder = "id" if id_.startswith("actor-") else "actor"
                assert f"../{folder}/{id_}.html" in targets
        assert f"({statement.confidence:.2f})" in main.text
        assert ("inferred by rules" in main.text) == (statement.id in linked)


def test_an_actor_has_all_its_statements(
    made: tuple[Content, Path], pages: dict[str, Reader]
) -> None:
    """The pages of an actor list every statement that names it, each once, the latest first."""
    content, _ = made
    named = [
        each.id
        for each in content.statements()
        if "CHN" in {id_ for _, m in each.mentions() for id_ in (m.id, m.on_behalf_of)}
    ]
    found, dates = [], []
    for path in ("actor/CHN.html", "more/actor/CHN/2.html", "more/actor/CHN/3.html"):
        for link in pages[path].all("a"):
            if "ol" in link.within and "statement-" in link.attributes["href"]:
                found.append(Path(link.attributes["href"]).stem)
        times = [e for e in pages[path].all("time") if "ol" in e.within]
        dates += [each.attributes["datetime"] for each in times]
    assert sorted(found) == sorted(named)
    assert dates == sorted(dates, reverse=True)


def test_memberships_and_links_stand_on_the_page(pages: dict[str, Reader]) -> None:
    """What the vocabulary knows of an actor is there: offices, blocs, other data sets."""
    (main,) = pages["actor/CHN.html"].all("main")
    for word in ("BRICS", "President of China", "Q148", "中国"):
        assert word in main.text
    links = {e.attributes["href"] for e in pages["actor/CHN.html"].all("a")}
    assert "http://www.wikidata.org/entity/Q148" in links
    (name,) = pages["actor/CHN.html"].all("span", lang="zh-Hans")
    assert name.text == "中国"


def test_an_area_counts_what_is_below_it(
    made: tuple[Content, Path], pages: dict[str, Reader]
) -> None:
    """An area with narrower ones tells its own statements from those about it or them."""
    content, _ = made
    vocabulary = content.vocabulary
    own = below = 0
    for each in content.statements():
        own += "ip-rights" in each.areas
        below += any(
            "ip-rights" in (area, *vocabulary.ancestors("area", area)) for area in each.areas
        )
    (main,) = pages["area/ip-rights.html"].all("main")
    assert own < below
    assert f"{own} statements · {below} with narrower areas" in main.text


def test_downloads_are_listed_with_their_sizes(pages: dict[str, Reader]) -> None:
    """The page about the release leads to its files, and says how large they are."""
    page = pages["about.html"]
    assert "../edges.csv" in {e.attributes["href"] for e in page.all("a")}
    assert "4 B" in {cell.text for cell in page.all("td")}


def test_the_feed_tells_of_the_release(site: Path) -> None:
    """Without a release before, the feed has one entry, of the release itself."""
    root = etree.parse(site / "feed.atom").getroot()
    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == "https://w3id.org/comity/id/dataset-2026.11"
