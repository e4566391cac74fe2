"""A release as a whole: complete, in itself, and the same bytes wherever it is made."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from comity import KnowledgeGraph
from comity.errors import ComityError, UsageError
from comity.publish.run import PublishReport

CORPUS = Path(__file__).parents[2] / "examples" / "corpus"
FILES = {
    *("comity-2026.11.ttl", "comity-2026.11.nt.gz", "comity-2026.11.nq.gz"),
    *("comity-2026.11.trig", "comity-2026.11.jsonld"),
    *("edges.ttl", "edges.csv", "edges.graphml", "lineage.ttl"),
    *("report.ttl", "report.json", "dcat.ttl", "void.ttl", "prov.ttl"),
    *("README.md", "LICENSE", "CITATION.cff", "SHA256SUMS", "CANONICAL.sha256"),
    *("sitemap.xml", ".htaccess", "linkset.json", "release.json"),
    *("ontology/comity.ttl", "ontology/context.jsonld", "shapes/statement.ttl"),
    *("site/index.html", "site/feed.atom"),
}


@pytest.fixture(scope="module")
def made(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> PublishReport:
    """A release of the hand-coded corpus."""
    return graph.publish(tmp_path_factory.mktemp("made") / "dist", "2026.11")


def _hashes(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_everything_is_there(made: PublishReport) -> None:
    """Each file that the documentation names is in the folder, and told of in the report."""
    there = _hashes(made.folder)
    assert set(there) >= FILES
    told = {part.name for part in made.parts if part.role != "page"}
    assert told <= set(there)
    assert {name for name in there if not name.startswith("site/")} == told


def test_the_hashes_are_those_of_the_files(made: PublishReport) -> None:
    """`sha256sum --check` passes, over every file but the list itself."""
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
        cwd=made.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    listed = {line[66:] for line in (made.folder / "SHA256SUMS").read_text().splitlines()}
    assert listed == set(_hashes(made.folder)) - {"SHA256SUMS"}


def test_the_same_graph_gives_the_same_bytes_elsewhere(
    made: PublishReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another path, another build, other order of sources, another time zone: the same files."""
    texts = sorted(CORPUS.glob("*.md"), reverse=True)
    again = KnowledgeGraph.from_records([CORPUS], texts, tmp_path / "other place" / "kg")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    report = again.publish(tmp_path / "out", "2026.11")
    assert _hashes(report.folder) == _hashes(made.folder)


def test_source_date_epoch_is_the_date_of_issue(
    graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As reproducible builds have it; a date that is given wins."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764547200")
    report = graph.publish(tmp_path / "a", "first", site=False)
    assert report.release.issued == "2025-12-01"
    assert 'dcterms:issued "2025-12-01"^^xsd:date' in (report.folder / "dcat.ttl").read_text()


def test_without_pages_there_is_no_trace_of_them(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """`--no-site` leaves out the folder, the site map and the mention in the README."""
    folder = graph.publish(tmp_path / "dist", "2026.11", site=False).folder
    assert not (folder / "site").exists()
    assert not (folder / "sitemap.xml").exists()
    for name in ("README.md", "CITATION.cff", "dcat.ttl", "void.ttl", "linkset.json"):
        assert "site/" not in (folder / name).read_text()
    told = json.loads((folder / "release.json").read_text())
    assert told["pages"] == 0


def test_what_is_wished_wrongly_leaves_nothing(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """No folder is made for a release that cannot be."""
    for wish in ({"quotes": "some"}, {"issued": "soon"}, {"about": {"titel": "x"}}):
        with pytest.raises(UsageError):
            graph.publish(tmp_path / "dist", "2026.11", **wish)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_graph_is_not_published(tmp_path: Path) -> None:
    """A dump that is cut off is noticed, and an earlier release stays."""
    texts = sorted(CORPUS.glob("japan*.md"))
    graph = KnowledgeGraph.from_records(
        [CORPUS / "japan-india-pph-2019.statements.jsonl"], texts, tmp_path / "kg"
    )
    before = _hashes(graph.publish(tmp_path / "dist", "2026.11", site=False).folder)
    dump = graph.version / "graph.nq.gz"
    dump.write_bytes(dump.read_bytes()[:-40])
    with pytest.raises(ComityError, match=r"graph\.nq\.gz"):
        graph.publish(tmp_path / "dist", "2026.12", site=False)
    assert _hashes(tmp_path / "dist") == before


def test_each_step_is_told(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """Who waits sees what is under way."""
    steps: list[str] = []
    tell: Callable[[str], None] = steps.append
    graph.publish(tmp_path / "dist", "2026.11", site=False, progress=tell)
    assert steps[0] == "content" and steps[-1] == "checksums" and len(steps) == len(set(steps))
