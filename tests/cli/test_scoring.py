"""`comity evaluate`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import SPEECH, Run


@pytest.fixture
def gold(run: Run) -> Path:
    """A coded text: the extractor's own reading stands for the coding."""
    Path("gold").mkdir()
    Path("gold/speech.txt").write_text(SPEECH, encoding="utf-8")
    records = run("extract", "gold/speech.txt").out
    Path("gold/speech.statements.jsonl").write_text(records, encoding="utf-8")
    return Path("gold")


def test_extractor_is_scored_by_default(run: Run, gold: Path) -> None:
    """Without records, the extractor is run on the coded texts."""
    done = run("evaluate", gold)
    assert done.code == 0
    row = next(line.split() for line in done.out.splitlines() if line.startswith("joint"))
    assert row == ["joint", "1.00", "1.00", "1.00", "1.00–1.00"]


def test_records_are_scored(run: Run, gold: Path) -> None:
    """Records from elsewhere are scored, and every disagreement is listed with its passage."""
    lines = (gold / "speech.statements.jsonl").read_text("utf-8").splitlines()
    first = json.loads(lines[0]) | {"modality": "aspiration"}
    Path("mine.jsonl").write_text("\n".join([json.dumps(first), *lines[2:]]), encoding="utf-8")
    listed = run("evaluate", gold, "mine.jsonl", "--errors").out
    assert "speech.txt: wrong: modality: coded commitment; found aspiration" in listed
    assert f"missed: action {json.loads(lines[1])['action']}" in listed


def test_a_graph_is_scored(run: Run, gold: Path, graph: Path) -> None:
    """A graph folder is scored by its statements."""
    found = json.loads(run("evaluate", gold, graph, "--json").out)
    assert found["fields"]["joint"]["f1"] == 1.0 and not found["faults"]


def test_genres(run: Run, gold: Path) -> None:
    """--genres adds a row a genre."""
    assert "genre" in run("evaluate", gold, "--genres").out


def test_codings_of_other_texts_are_refused(run: Run, gold: Path) -> None:
    """Codings of a text that was changed since are an error that names them, not a score of 0."""
    (gold / "speech.txt").write_text(SPEECH + "More was said.\n", encoding="utf-8")
    done = run("evaluate", gold)
    assert (done.code, done.out) == (3, "")
    assert "speech.statements.jsonl" in done.err and "changed after it was coded" in done.err


def test_records_of_other_texts_are_warned_of(run: Run, gold: Path) -> None:
    """Records about none of the coded texts are scored, with a warning."""
    Path("other.txt").write_text("Norway will protect patents.", encoding="utf-8")
    Path("other.jsonl").write_text(run("extract", "other.txt").out, encoding="utf-8")
    done = run("evaluate", gold, "other.jsonl")
    assert done.code == 0
    assert "about other documents than the coded texts" in done.err


@pytest.mark.parametrize("folder", ["missing", "."])
def test_no_gold(run: Run, folder: str) -> None:
    """A folder without coded texts is refused, with what is wanted."""
    done = run("evaluate", folder)
    assert done.code == 3
    assert "statements.jsonl" in done.err or "no such folder" in done.err
