"""The documentation site: built as `make docs` builds it, complete, and closed in itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.namespace import OWL, RDF

from comity.check import check_file, load_shapes
from comity.model import SCHEMES
from comity.rdf.vocabulary import load

ROOT = Path(__file__).parents[2]
COMITY = "https://w3id.org/comity/ontology#"
pytestmark = pytest.mark.slow


class Reader(HTMLParser):
    """What a page names and links to."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids, links, and what a browser fetches by itself."""
        given = {name: value or "" for name, value in attrs}
        self.anchors.update(given[name] for name in ("id", "name") if given.get(name))
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "link" and given.get("rel") in {"stylesheet", "icon", "preload"}:
            self.loads.append(given["href"])
        elif given.get("src"):
            self.loads.append(given["src"])


@cache
def read(file: Path) -> Reader:
    """A page, read."""
    reader = Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader


def pages(site: Path) -> Iterator[Path]:
    """The pages that are written; the index and search pages of Sphinx are left out."""
    generated = {"genindex.html", "search.html"}
    yield from (file for file in sorted(site.rglob("*.html")) if file.name not in generated)


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    """Every style, script and picture lies in the site, so that it works offline."""
    for file in pages(site):
        for load_ in read(file).loads:
            assert "://" not in load_ and not load_.startswith("//"), file
            if not load_.startswith("data:"):
                assert (file.parent / urldefrag(load_).url.partition("?")[0]).exists(), load_


def test_links_lead_somewhere(site: Path) -> None:
    """Every link inside the site leads to a page and an anchor that exist."""
    broken = []
    for file in pages(site):
        for link in read(file).links:
            url, fragment = urldefrag(link)
            if "://" in url or url.startswith("mailto:"):
                continue
            target = (file.parent / unquote(url)).resolve() if url else file
            if not target.exists() or (fragment and unquote(fragment) not in read(target).anchors):
                broken.append((file.name, link))
    assert broken == []


def test_every_term_has_its_anchor(site: Path) -> None:
    """The page of the ontology has an anchor for every term, named as in its IRI."""
    core = Graph().parse(ROOT / "ontology" / "comity.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    terms = {str(term) for kind in kinds for term in core.subjects(RDF.type, kind)}
    names = {term.removeprefix(COMITY) for term in terms if term.startswith(COMITY)}
    assert names - read(site / "reference" / "ontology.html").anchors == set()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_concept_has_its_anchor(site: Path, scheme: str) -> None:
    """The page of a scheme has an anchor for every concept, named by its code."""
    anchors = read(site / "reference" / f"vocabulary-{scheme}.html").anchors
    assert set(load().scheme(scheme)) - anchors == set()


def test_every_actor_has_its_anchor(site: Path) -> None:
    """The page of the actors has an anchor for every actor, named by its code."""
    assert set(load().actors) - read(site / "reference" / "actors.html").anchors == set()


def test_files_hold_the_same_in_every_syntax(site: Path) -> None:
    """Each published file holds the same triples in Turtle, RDF/XML, JSON-LD and N-Triples."""
    for file in sorted((site / "data").glob("*.ttl")):
        first = {quad.triple for quad in ox.parse(path=file)}
        assert first
        for ending in ("rdf", "jsonld", "nt"):
            other = file.with_suffix(f".{ending}")
            if file.stem != "shapes":
                assert {quad.triple for quad in ox.parse(path=other)} == first, other.name


def test_files_hold_what_the_repository_holds(site: Path) -> None:
    """The published ontology is the one of the repository."""
    ours = {quad.triple for quad in ox.parse(path=ROOT / "ontology" / "comity.ttl")}
    assert {quad.triple for quad in ox.parse(path=site / "data" / "ontology.nt")} == ours


def test_files_are_reproducible(site: Path, tmp_path: Path) -> None:
    """The files are written with the same bytes every time."""
    code = "from pathlib import Path; from sys import argv; from made import files; "
    command = [sys.executable, "-c", f"{code}files.write(Path(argv[1]))", str(tmp_path)]
    subprocess.run(command, cwd=ROOT / "docs", check=True)
    first, second = (
        {file.name: file.read_bytes() for file in (folder / "data").iterdir()}
        for folder in (site, tmp_path)
    )
    assert first == second


def test_pictures_show_every_class(site: Path) -> None:
    """The picture of the model names every class of the ontology."""
    core = Graph().parse(ROOT / "ontology" / "comity.ttl")
    (picture,) = (site / "_images").glob("model*.svg")
    drawn = picture.read_text(encoding="utf-8")
    classes = {str(term) for term in core.subjects(RDF.type, OWL.Class)}
    names = {term.removeprefix(COMITY) for term in classes if term.startswith(COMITY)}
    assert {name for name in names if name not in drawn} == set()


def test_published_shapes_can_be_used(site: Path) -> None:
    """The published shapes are one graph that loads, and the published ontology breaks none."""
    shapes = load_shapes([site / "data" / "shapes.ttl"])
    merged = site / "merged.nt"
    names = ("ontology", *SCHEMES, "actor")
    merged.write_bytes(b"".join((site / "data" / f"{name}.nt").read_bytes() for name in names))
    violations, concerned = check_file(merged, shapes)
    assert concerned
    assert [found for found in violations if found.severity == "Violation"] == []
