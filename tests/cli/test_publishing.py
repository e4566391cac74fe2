"""`comity publish` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_a_release_in_one_command(run: Run, graph: Path, tmp_path: Path) -> None:
    """Messages go to stderr; the numbers are those of the graph."""
    done = run("publish", graph, "--release", "2026.11", "--out", "dist", "--no-site")
    assert done.out == ""
    assert "release 2026.11:" in done.err and "files in dist" in done.err
    assert (tmp_path / "dist" / "comity-2026.11.ttl").is_file()


def test_what_breaks_the_profile_is_told_once_a_rule(run: Run, graph: Path) -> None:
    """The exit code is 1, the release is written all the same, and report.json has it all."""
    done = run("publish", graph, "-r", "2026.11", "-o", "dist", "--no-site", "--json")
    told = json.loads(done.out)
    report = json.loads(Path("dist/report.json").read_text())
    faults = [each for each in report["results"] if each["severity"] == "Violation"]
    assert done.code == (1 if faults else 0)
    assert told["accepted"] is (not faults)
    rules = {(each["shape"], each["constraint"]) for each in faults}
    assert done.err.count("Violation: ") == len(rules)


def test_the_folder_may_be_named_by_kg(run: Run, graph: Path) -> None:
    """As every command on a graph has it."""
    done = run("publish", "--kg", graph, "-r", "2026", "-o", "dist", "--no-site")
    assert "release 2026:" in done.err


def test_what_cannot_be_is_a_usage_error(run: Run, graph: Path) -> None:
    """The message says what is wrong and what to do."""
    done = run("publish", graph, "--release", "first", "--out", "dist")
    assert done.code == 2
    assert "--issued" in done.err
    assert not Path("dist").exists()


def test_another_folder_is_left_alone(run: Run, graph: Path) -> None:
    """A folder that is no release is not replaced."""
    Path("mine").mkdir()
    Path("mine/notes.txt").write_text("keep")
    done = run("publish", graph, "--release", "2026", "--out", "mine")
    assert done.code == 3
    assert "holds other things" in done.err
    assert Path("mine/notes.txt").read_text() == "keep"
