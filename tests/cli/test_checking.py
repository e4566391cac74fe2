"""`comity validate`, `schema` and `doctor`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from tests.cli.conftest import Run

import comity


@pytest.fixture
def copy(graph: Path, tmp_path: Path) -> Path:
    """A copy of the graph that a test may damage."""
    shutil.copytree(graph, tmp_path / "kg", symlinks=True)
    return tmp_path / "kg"


def test_valid_graph(run: Run, graph: Path) -> None:
    """A built graph has no violations, and the code is 0."""
    done = run("validate", graph)
    assert done.code == 0
    assert "0 violations" in done.err


def test_violations_are_listed(run: Run, graph: Path) -> None:
    """A file that breaks a shape ends with 1, and says in words what is wrong where."""
    text = (graph / "graph.ttl").read_text("utf-8")
    broken = text.replace("comity:negated false", "comity:negated 'no'")
    Path("broken.ttl").write_text(broken, encoding="utf-8")
    done = run("validate", "broken.ttl")
    assert done.code == 1
    assert done.out.startswith("Violation: statement-")


def test_warnings_are_told_by_kind(run: Run, graph: Path) -> None:
    """Warnings of one kind are told once, with their number; --all lists each."""
    told, every = run("validate", graph).out, run("validate", graph, "--all").out
    assert len(told.splitlines()) < len(every.splitlines())
    assert "more like this" in told and "more like this" not in every


def test_json_report(run: Run, graph: Path) -> None:
    """--json gives every result as an object."""
    found = json.loads(run("validate", graph, "--json").out)
    assert {result["severity"] for result in found} <= {"Warning", "Info"}


@pytest.mark.parametrize("target", ["missing.ttl", "."])
def test_nothing_to_validate(run: Run, target: str) -> None:
    """What is no graph and no file ends with 3."""
    assert run("validate", target).code == 3


@pytest.mark.parametrize("kind", ["statement", "document"])
def test_schema(run: Run, graph: Path, kind: str) -> None:
    """The schema of a kind of record is a JSON Schema that the records of a build fit."""
    schema = json.loads(run("schema", kind).out)
    for line in (graph / f"{kind}s.jsonl").read_text("utf-8").splitlines():
        jsonschema.validate(json.loads(line), schema)


def test_unknown_schema(run: Run) -> None:
    """Another kind of record is a usage error."""
    assert run("schema", "sentence").code == 2


def test_doctor(run: Run, graph: Path) -> None:
    """All is well in a good installation with a whole graph."""
    done = run("doctor", graph)
    assert done.code == 0
    assert "whole, 3 statements" in done.out and "all is well" in done.out


@pytest.mark.parametrize("name", ["graph.ttl", "statements.jsonl", "report.json"])
def test_doctor_finds_damage(run: Run, copy: Path, name: str) -> None:
    """A file that was changed or lost is named, with what to do."""
    file = copy.resolve() / "current" / name
    file.write_bytes(file.read_bytes() + b"\n")
    changed = run("doctor", copy)
    file.unlink()
    lost = run("doctor", copy)
    for done in (changed, lost):
        assert done.code == 1
        assert name in done.out and "build again" in done.out


def test_doctor_finds_a_lost_store(run: Run, copy: Path) -> None:
    """A store that is gone is told."""
    shutil.rmtree(copy.resolve() / "current" / "store")
    assert run("doctor", copy).code == 1


def test_version(run: Run) -> None:
    """--version prints name and version."""
    assert run("--version").out == f"comity {comity.__version__}\n"


@pytest.mark.parametrize(
    "command",
    ["build", "extract", "queries", "query", "network", "prefixes", "validate", "schema", "doctor"],
)
def test_help_shows_an_example(run: Run, command: str) -> None:
    """The help of every command ends with an example of its use."""
    done = run(command, "--help")
    assert done.code == 0
    assert f"comity {command}" in " ".join(done.out.split())
    assert command in run("--help").out


def test_help_fits_a_screen(run: Run) -> None:
    """`comity --help` fits a screen of 40 lines."""
    assert len(run("--help").out.splitlines()) <= 40
