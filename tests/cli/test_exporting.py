"""`comity export` and `extract --format`: out to spreadsheets and other tools, and back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.cli.conftest import SPEECH, Run

CORPUS = Path(__file__).parents[2] / "examples" / "corpus"


@pytest.fixture
def text() -> Path:
    """The text that the graph was built from."""
    Path("speech.txt").write_text(SPEECH, encoding="utf-8")
    return Path("speech.txt")


def test_records(run: Run, graph: Path) -> None:
    """Without a format, the records of the graph are printed as they are."""
    done = run("export", graph)
    assert done.code == 0
    assert done.out == (graph / "statements.jsonl").read_text("utf-8")
    assert run("export", "--kg", graph).out == done.out


def test_a_spreadsheet_comes_back_whole(run: Run, graph: Path, text: Path) -> None:
    """A table that was exported and imported again gives the very same records."""
    assert run("export", graph, "--format", "csv", "--out", "codings.csv").code == 0
    done = run("import", "codings.csv", "--texts", text, "--out", "kg")
    assert (done.code, done.out) == (0, "")
    assert Path("kg/statements.jsonl").read_bytes() == (graph / "statements.jsonl").read_bytes()


def test_the_example_corpus_survives_a_spreadsheet(run: Run) -> None:
    """142 codings by hand, of every kind: none is lost or changed, with Excel's mark or without."""
    run("import", CORPUS, "--out", "one")
    run("export", "one", "--format", "csv", "--excel", "--out", "codings.csv")
    assert Path("codings.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert run("import", "codings.csv", "--texts", CORPUS, "--out", "two").code == 0
    for file in ("statements.jsonl", "graph.ttl"):
        assert Path("one", file).read_bytes() == Path("two", file).read_bytes()


def test_extract_as_a_table(run: Run, text: Path) -> None:
    """What was extracted can be opened in a spreadsheet, corrected there and imported."""
    rows = list(csv.DictReader(run("extract", text, "--format", "csv").out.splitlines()))
    assert rows[0]["quote"] == "share patent data"
    rows[0]["modality"], rows[0]["review"] = "intention", "corrected"
    with Path("codings.csv").open("w", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert run("import", "codings.csv", "--texts", text, "--out", "kg").code == 0
    first = json.loads(Path("kg/statements.jsonl").read_text().splitlines()[0])
    assert (first["modality"], first["review"]) == ("intention", "corrected")


def test_a_folder_may_hold_tables(run: Run, text: Path) -> None:
    """Beside its text, a table is found by the end of its name, as records are."""
    Path("coded").mkdir()
    text.rename("coded/speech.txt")
    table = run("extract", "coded/speech.txt", "--format", "csv").out
    Path("coded/speech.statements.csv").write_text(table)
    done = run("import", "coded", "--out", "kg")
    assert done.code == 0 and "3 statements" in done.err


def test_bad_rows_are_set_aside(run: Run, text: Path) -> None:
    """File, row, column and reason stand in rejected.jsonl; the exit code is 1."""
    table = run("extract", text, "--format", "csv").out.replace("commitment", "comitment", 1)
    Path("codings.csv").write_text(table)
    done = run("import", "codings.csv", "--texts", text, "--out", "kg")
    assert done.code == 1 and "2 statements" in done.err
    (aside,) = [json.loads(line) for line in Path("kg/rejected.jsonl").read_text().splitlines()]
    assert (aside["source"], aside["stage"]) == ("codings.csv:2", "import")
    assert "modality" in aside["reason"] and "did you mean commitment" in aside["reason"]


def test_a_table_without_a_needed_column(run: Run, text: Path) -> None:
    """A table that lacks a column is refused as a whole, and nothing is written."""
    Path("codings.csv").write_text("document,quote\nspeech.txt,share patent data\n")
    done = run("import", "codings.csv", "--texts", text, "--out", "kg")
    assert done.code == 3 and "no column 'actors'" in done.err
    assert not Path("kg/current").exists()


def test_the_event_list_of_dna(run: Run, graph: Path, text: Path) -> None:
    """Exported for the Discourse Network Analyzer and imported from it, what it holds is there."""
    events = run("export", graph, "--format", "dna").out
    assert events == run("extract", text, "--format", "dna").out
    assert events.startswith('"statement_id";"time";"person";"organization";"concept";"agreement"')
    Path("events.csv").write_text(events)
    assert run("import", "events.csv", "--texts", text, "--out", "kg").code == 0

    def held(file: Path) -> list[tuple[object, ...]]:
        records = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        return [
            (r["quote"], {m["id"] for m in r["actors"]}, r["measure_type"], r["areas"], r["date"])
            for r in records
        ]

    assert held(Path("kg/statements.jsonl")) == held(graph / "statements.jsonl")


def test_unknown_formats_are_refused(run: Run, graph: Path, text: Path) -> None:
    """A format that there is not is a usage error."""
    for done in (run("export", graph, "--format", "xls"), run("extract", text, "-f", "ods")):
        assert done.code == 2 and "one of jsonl, csv, dna" in done.err
