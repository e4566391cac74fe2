"""release.json and SHA256SUMS: what there is, and that it is whole; the same bytes every time."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from described import Described, describe

from comity import KnowledgeGraph
from comity.publish.release import make_release


@pytest.fixture(scope="module")
def written(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Described:
    """A release of the hand-coded corpus."""
    release = make_release("2026.11", graph.namespaces, url="https://example.org/ip/2026.11/")
    return describe(graph, release, tmp_path_factory.mktemp("listing") / "room")


def test_every_file_but_itself_has_its_hash(written: Described) -> None:
    """In order of names, pages and what begins with a dot included."""
    lines = (written.folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    found = {name: sha256 for sha256, _, name in (line.partition("  ") for line in lines)}
    assert list(found) == sorted(found)
    files = [path for path in written.folder.rglob("*") if path.is_file()]
    assert found == {
        path.relative_to(written.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.name != "SHA256SUMS"
    }
    assert ".htaccess" in found and "site/index.html" in found


def test_a_program_learns_what_the_release_is(written: Described) -> None:
    """Label, places, counts, hash, and each file with size, hash, media type and role."""
    found = json.loads((written.folder / "release.json").read_text(encoding="utf-8"))
    manifest = written.content.graph.manifest
    assert (found["label"], found["issued"], found["previous"]) == ("2026.11", "2026-11", None)
    assert found["base"] == "https://w3id.org/comity/id/"
    assert found["url"] == "https://example.org/ip/2026.11/"
    assert found["quotes"] == "full"
    assert found["canonical_sha256"] == manifest["canonical_sha256"]
    counts = found["counts"]
    assert counts["statements"] == manifest["counts"]["statements"]
    assert counts["documents"] == manifest["counts"]["documents"]
    assert counts["quads"] == manifest["counts"]["quads"]
    (triples,) = written.numbers(
        "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "comity-2026.11.nt.gz"
    )
    assert counts["triples"] == triples
    for name, kind in (
        ("actors", "comity:Actor"),
        ("measures", "comity:Measure"),
        ("events", "comity:Event"),
        ("mentions", "comity:Mention"),
    ):
        query = f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s a {kind} }}"
        assert (counts[name],) == written.numbers(query, "comity-2026.11.nt.gz")
    areas = "SELECT (COUNT(DISTINCT ?a) AS ?n) WHERE { ?m comity:targetArea ?a }"
    assert (counts["areas"],) == written.numbers(areas, "comity-2026.11.nt.gz")


def test_files_are_listed_and_pages_counted(written: Described) -> None:
    """Every file that is no page, but for the two that are written after it."""
    found = json.loads((written.folder / "release.json").read_text(encoding="utf-8"))
    pages = [part for part in written.parts if part.role == "page"]
    assert found["pages"] == sum(part.name.endswith(".html") for part in pages) > 0
    there = {
        path.relative_to(written.folder).as_posix()
        for path in written.folder.rglob("*")
        if path.is_file()
    }
    last = {"release.json", "SHA256SUMS"}
    assert set(found["files"]) == there - last - {part.name for part in pages}
    quads = found["files"]["comity-2026.11.nq.gz"]
    data = (written.folder / "comity-2026.11.nq.gz").read_bytes()
    assert quads == {
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "media_type": "application/n-quads",
        "role": "dump",
        "packed": "gzip",
    }


def test_the_same_release_has_the_same_bytes(
    graph: KnowledgeGraph, written: Described, tmp_path: Path
) -> None:
    """Wherever it is written: no path of the machine is in any file."""
    again = describe(graph, written.release, tmp_path / "somewhere else")
    sums = [(each.folder / "SHA256SUMS").read_bytes() for each in (written, again)]
    assert sums[0] == sums[1]
    for path in again.folder.rglob("*"):
        if path.is_file() and not path.name.endswith(".gz"):
            data = path.read_bytes()
            for telling in (str(tmp_path), str(graph.version), f"{Path.home()}/"):
                assert telling.encode() not in data, path
