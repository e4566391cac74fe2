"""The next release: what changed is told, patches prove it, and no IRI vanishes."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store, parse

from comity import KnowledgeGraph
from comity.errors import UsageError, WithdrawalError
from comity.publish.patches import apply_patch
from comity.publish.reasons import reasons_table
from comity.publish.run import PublishReport
from comity.publish.withdrawals import VanishingError

CORPUS = Path(__file__).parents[2] / "examples" / "corpus"
DROPPED = "japan-india-pph-2019"


@pytest.fixture(scope="module")
def first(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> PublishReport:
    """A release of the whole corpus."""
    return graph.publish(tmp_path_factory.mktemp("first") / "dist", "2026.11", site=False)


@pytest.fixture(scope="module")
def smaller(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The corpus without one of its documents."""
    texts = [file for file in sorted(CORPUS.glob("*.md")) if file.stem != DROPPED]
    codings = [f for f in sorted(CORPUS.glob("*.statements.jsonl")) if DROPPED not in f.name]
    return KnowledgeGraph.from_records(codings, texts, tmp_path_factory.mktemp("smaller") / "kg")


@pytest.fixture(scope="module")
def second(
    first: PublishReport, smaller: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory
) -> PublishReport:
    """The release after, with a reason for what is dropped."""
    folder = tmp_path_factory.mktemp("second")
    reasons = folder / "withdrawn.csv"
    reasons.write_text(_filled(smaller, first, folder / "none"))
    return smaller.publish(folder / "dist", "2026.12", previous=first.folder, withdrawn=reasons)


def _filled(graph: KnowledgeGraph, before: PublishReport, out: Path) -> str:
    """The table that a refused release gives, with a reason in each row."""
    with pytest.raises(VanishingError) as refused:
        graph.publish(out, "2026.12", previous=before.folder, site=False)
    table = list(csv.DictReader(io.StringIO(reasons_table(refused.value.missing))))
    written = io.StringIO()
    writer = csv.DictWriter(written, table[0].keys())
    writer.writeheader()
    writer.writerows({**row, "reason": "dropped for the test"} for row in table)
    return written.getvalue()


def _quads(report: PublishReport) -> bytes:
    with gzip.open(report.folder / f"{report.release.stem}.nq.gz") as lines:
        return lines.read()


def test_no_iri_vanishes_without_a_reason(
    first: PublishReport, smaller: KnowledgeGraph, tmp_path: Path
) -> None:
    """The release is refused, nothing is written, and the exit code tells of findings."""
    with pytest.raises(WithdrawalError, match="would vanish") as refused:
        smaller.publish(tmp_path / "dist", "2026.12", previous=first.folder)
    assert refused.value.exit_code == 1
    assert not (tmp_path / "dist").exists()


def test_every_iri_of_the_release_before_is_described(
    first: PublishReport, second: PublishReport
) -> None:
    """What is gone is deprecated, with its reason; everything else is as it was, or corrected."""
    subjects = [
        {line.partition(b" ")[0] for line in _quads(report).splitlines()}
        for report in (first, second)
    ]
    assert subjects[0] <= subjects[1]
    turtle = (second.folder / "comity-2026.12.ttl").read_text()
    assert "comity:WithdrawnResource" in turtle and "dropped for the test" in turtle


def test_the_patches_turn_the_old_into_the_new(
    first: PublishReport, second: PublishReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RDF Patch and SPARQL Update each lead to the canonical hash of the new release."""
    wanted = json.loads((second.folder / "release.json").read_text())["canonical_sha256"]
    patched = apply_patch(_quads(first).splitlines(keepends=True), second.folder / "changes.rdfp")
    assert hashlib.sha256(b"".join(patched)).hexdigest() == wanted
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    dataset = rdflib.Dataset().parse(data=_quads(first), format="nquads")
    dataset.update((second.folder / "changes.ru").read_text())
    quads = parse(dataset.serialize(format="nquads", encoding="utf-8"), RdfFormat.N_QUADS)
    updated = sorted(f"{quad} .\n".encode() for quad in quads)
    assert hashlib.sha256(b"".join(updated)).hexdigest() == wanted


def test_the_update_works_on_a_store_that_rewrites_numbers(
    first: PublishReport, second: PublishReport
) -> None:
    """Oxigraph keeps non-negative integers as integers, in the old release as in the new."""
    stores = Store(), Store()
    for store, report in zip(stores, (first, second), strict=True):
        store.extend(parse(_quads(report), RdfFormat.N_QUADS))
    stores[0].update((second.folder / "changes.ru").read_text())
    assert set(stores[0]) == set(stores[1])


def test_the_metadata_tell_of_both(first: PublishReport, second: PublishReport) -> None:
    """The catalogue names the release before, what changed, and the page says why."""
    dcat = (second.folder / "dcat.ttl").read_text()
    assert "dcat:previousVersion id:dataset-2026.11" in dcat
    assert "adms:versionNotes" in dcat and "withdrawn" in dcat
    feed = (second.folder / "site" / "feed.atom").read_text()
    assert "dropped for the test" in feed
    gone = _statements(first) - _statements(second)
    assert gone
    for each in gone:
        page = (second.folder / "site" / "id" / f"{each}.html").read_text()
        assert "dropped for the test" in page


def _statements(report: PublishReport) -> set[str]:
    lines = (report.folder / "statements.jsonl").read_text().splitlines()
    return {json.loads(line)["id"] for line in lines}


def test_a_release_may_take_the_place_of_the_one_before(
    graph: KnowledgeGraph, tmp_path: Path
) -> None:
    """The folder of the release before is read, and then replaced."""
    graph.publish(tmp_path / "dist", "2026.11", site=False)
    report = graph.publish(tmp_path / "dist", "2026.12", previous=tmp_path / "dist", site=False)
    assert report.release.previous == "2026.11"
    assert not (tmp_path / "dist" / "comity-2026.11.ttl").exists()
    assert json.loads((tmp_path / "dist" / "changes.json").read_text())


def test_reasons_without_a_release_before_are_refused(
    graph: KnowledgeGraph, tmp_path: Path
) -> None:
    """There is nothing that could vanish."""
    with pytest.raises(UsageError, match="--previous"):
        graph.publish(tmp_path / "dist", "2026.11", withdrawn=tmp_path / "w.csv")
    with pytest.raises(UsageError, match="this is no release"):
        graph.publish(tmp_path / "dist", "2026.11", previous=graph.path)
