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


# -- confidence ------------------------------------------------------------------------------


def test_confidence_is_judged(run: Run, gold: Path) -> None:
    """--confidence shows how often statements of a confidence are right, and what is kept."""
    done = run("evaluate", gold, "--confidence")
    assert done.code == 0
    assert "expected calibration error 0." in done.out
    assert [line.split()[:2] for line in done.out.splitlines() if line.startswith("0.0 ")] == [
        ["0.0", "3"]
    ]
    assert "calibration" not in run("evaluate", gold).out


def test_confidence_as_json(run: Run, gold: Path) -> None:
    """The same figures as JSON, and only when they are asked for."""
    found = json.loads(run("evaluate", gold, "--confidence", "--json").out)["confidence"]
    assert sum(each["statements"] for each in found["bins"]) == 3
    off = sum(each["statements"] * (1 - each["confidence"]) for each in found["bins"]) / 3
    assert found["expected_calibration_error"] == pytest.approx(off, abs=1e-3)
    assert found["thresholds"][0]["f1"] == 1
    assert "confidence" not in json.loads(run("evaluate", gold, "--json").out)


# -- agreement -------------------------------------------------------------------------------


def coder(name: str, gold: Path, **change: object) -> Path:
    """A folder with the codings of someone who reads the first statement otherwise."""
    Path(name).mkdir()
    (Path(name) / "speech.txt").write_text(SPEECH, encoding="utf-8")
    lines = (gold / "speech.statements.jsonl").read_text("utf-8").splitlines()
    lines[0] = json.dumps(json.loads(lines[0]) | change)
    (Path(name) / "speech.statements.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return Path(name)


def test_coders_are_compared(run: Run, gold: Path) -> None:
    """--agreement gives alpha and F1 of every field, of two coders or more."""
    ben, cleo = coder("ben", gold, modality="report"), coder("cleo", gold)
    done = run("evaluate", gold, ben, cleo, "--agreement")
    assert done.code == 0
    rows = {line.split()[0]: line.split() for line in done.out.splitlines() if line.strip()}
    assert rows["areas"][1] == "1.00", "the second table has F1"
    assert "passages" in rows and "gold 3, ben 3, cleo 3" in done.err
    found = json.loads(run("evaluate", gold, ben, "--agreement", "--json").out)
    assert found["coders"] == {"gold": 3, "ben": 3}
    assert found["alpha"]["modality"]["alpha"] < found["alpha"]["passages"]["alpha"] == 1
    assert found["f1"]["modality"]["f1"] == pytest.approx(2 / 3, abs=1e-3)


def test_graphs_records_and_tables_are_codings(run: Run, gold: Path, graph: Path) -> None:
    """A coder's work may be a graph, a file of records or a table."""
    table = run("export", graph, "--format", "csv").out
    Path("codings.csv").write_text(table)
    for other in (graph, gold / "speech.statements.jsonl", Path("codings.csv")):
        found = json.loads(run("evaluate", gold, other, "--agreement", "--json").out)
        assert found["alpha"]["passages"]["alpha"] == 1


def test_agreement_needs_coders_of_the_same_texts(run: Run, gold: Path) -> None:
    """One coder, no text, or none in common are told."""
    assert run("evaluate", gold, "--agreement").code == 2
    assert run("evaluate", gold, gold, gold).code == 2
    records = gold / "speech.statements.jsonl"
    assert "brings the texts" in run("evaluate", records, records, "--agreement").err
    ben = coder("ben", gold)
    (ben / "speech.txt").write_text(SPEECH + "More.\n", encoding="utf-8")
    done = run("evaluate", gold, ben, "--agreement")
    assert done.code == 3 and "no text in common" in done.err
