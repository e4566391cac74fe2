"""`comity diff`."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import jsonschema
import pytest
from tests.cli.conftest import Run
from tests.publish.editions import Edition, released

from comity.publish.patches import apply_patch
from comity.records import schema

FIRST = Edition()
LATER = FIRST.coded("never allow", modality="report").without_document("meeting.txt")


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two releases of the small graph."""
    room = tmp_path_factory.mktemp("compared")
    old, new = FIRST.release("2026.10", room), LATER.release("2026.11", room)
    return released(old, room / "old"), released(new, room / "new")


def lines_of(release: Path) -> list[bytes]:
    """The lines of the dump of a release."""
    (dump,) = release.glob("*.nq.gz")
    return gzip.decompress(dump.read_bytes()).splitlines(keepends=True)


def test_in_words(run: Run, releases: tuple[Path, Path]) -> None:
    """What happened is told in words on stdout, and the exit code says that there is something."""
    done = run("diff", *releases)
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith("2026.10 (2026-10) → 2026.11 (2026-11)\n")
    assert "\nStatements: 5 removed, 1 corrected\n" in done.out
    assert "\n      modality: Commitment → Report\n" in done.out


def test_no_difference(run: Run, releases: tuple[Path, Path]) -> None:
    """Equal data end with 0, whatever the format."""
    done = run("diff", releases[0], releases[0])
    assert done.code == 0 and "no difference" in done.out
    assert run("diff", releases[0], releases[0], "--format", "nt").out == ""


def test_some_or_all(run: Run, releases: tuple[Path, Path]) -> None:
    """Of what happened often five are told, and with --all every one."""
    assert "… and" in run("diff", *releases).out
    done = run("diff", *releases, "--all")
    assert "… and" not in done.out
    assert done.out.count("no longer in use: ") == sum(
        int(head.split(" no longer")[0].rpartition(" ")[2])
        for head in done.out.splitlines()
        if head[:1].isupper() and " no longer in use" in head
    )


def test_as_json(run: Run, releases: tuple[Path, Path]) -> None:
    """--json and --format json give the same, which fits the published schema."""
    done = run("diff", *releases, "--json")
    assert done.out == run("diff", *releases, "--format", "json").out
    jsonschema.Draft202012Validator(schema("change")).validate(json.loads(done.out))


def test_as_triples(run: Run, releases: tuple[Path, Path]) -> None:
    """Triples of the earlier one stand after a minus, of the later one after a plus, in order."""
    lines = run("diff", *releases, "--format", "nt").out.splitlines()
    old, new = (
        {line.decode()[:-3].rpartition(" ")[0] for line in lines_of(release)}
        for release in releases
    )
    assert {line[2:-2] for line in lines if line.startswith("- ")} == old - new
    assert {line[2:-2] for line in lines if line.startswith("+ ")} == new - old
    assert [line[2:] for line in lines] == sorted(line[2:] for line in lines)


def test_as_files(run: Run, releases: tuple[Path, Path], tmp_path: Path) -> None:
    """--out writes all files, which are what the formats print; the patch gives the later data."""
    out = tmp_path / "changes"
    done = run("diff", *releases, "--out", out)
    assert done.code == 1 and "changes.rdfp" in done.err
    for form, name in (("rdfpatch", "changes.rdfp"), ("update", "changes.ru")):
        assert run("diff", *releases, "--format", form).out == (out / name).read_text("utf-8")
    after = b"".join(apply_patch(lines_of(releases[0]), out / "changes.rdfp"))
    stated = json.loads((releases[1] / "release.json").read_text("utf-8"))["canonical_sha256"]
    assert hashlib.sha256(after).hexdigest() == stated


def test_files_and_graphs(run: Run, releases: tuple[Path, Path], graph: Path) -> None:
    """A dump, a release and a graph folder may be compared with each other."""
    (dump,) = releases[0].glob("*.nq.gz")
    assert run("diff", dump, releases[0]).code == 0
    assert run("diff", graph, graph).code == 0
    assert run("diff", dump, graph).code == 1


def test_what_cannot_be_compared(run: Run, releases: tuple[Path, Path], tmp_path: Path) -> None:
    """A missing or damaged side ends with 3 and one line; an unknown format with 2."""
    done = run("diff", releases[0], tmp_path / "none")
    assert (done.code, done.out) == (3, "") and "no such file or folder" in done.err
    (tmp_path / "cut.nq.gz").write_bytes(gzip.compress(b"<http://x/s>" * 99)[:20])
    assert run("diff", releases[0], tmp_path / "cut.nq.gz").code == 3
    assert run("diff", *releases, "--format", "xml").code == 2
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run("diff", *releases, "--out", tmp_path / "file" / "below").code == 3


def test_help_shows_examples(run: Run) -> None:
    """The help tells what may be compared, with examples."""
    done = run("diff", "--help")
    assert done.code == 0 and "comity diff dist/2026.10" in " ".join(done.out.split())
    assert "diff" in run("--help").out
