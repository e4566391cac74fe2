"""`comity import`: a graph from codings that people made."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import SPEECH, Run

CORPUS = Path(__file__).parents[2] / "examples" / "corpus"


@pytest.fixture
def codings(run: Run) -> Path:
    """A folder with a text, and beside it the codings of its statements."""
    folder = Path("coded")
    folder.mkdir()
    (folder / "speech.txt").write_text(SPEECH, encoding="utf-8")
    extracted = run("extract", folder / "speech.txt").out
    records = [json.loads(line) for line in extracted.splitlines()]
    for record in records:
        record |= {"extractor": "hand/1", "review": "accepted", "confidence": 1.0}
    write(folder / "speech.statements.jsonl", records)
    return folder


def write(file: Path, records: list[dict[str, Any]]) -> None:
    """Records as JSON Lines."""
    file.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")


def read(file: Path) -> list[dict[str, Any]]:
    """The records of a file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_a_folder_of_codings_becomes_a_graph(run: Run, codings: Path) -> None:
    """A folder with texts and codings needs no more; what was coded is kept as it is."""
    done = run("import", codings, "--out", "kg")
    assert (done.code, done.out) == (0, "")
    assert "1 documents, 3 statements" in done.err
    assert read(Path("kg/statements.jsonl")) == read(codings / "speech.statements.jsonl")
    manifest = json.loads(Path("kg/manifest.json").read_text("utf-8"))
    assert manifest["settings"]["extractor"] == "records/1"
    assert manifest["settings"]["model"] is None


def test_a_coders_word_stands(run: Run, codings: Path) -> None:
    """A measure, area or modality that a person chose is not read again from the words."""
    file = codings / "speech.statements.jsonl"
    first, *others = read(file)
    first |= {"measure_type": "position", "areas": ["patents"], "modality": "aspiration"}
    write(file, [first, *others])
    assert run("import", codings, "--out", "kg").code == 0
    kept = next(r for r in read(Path("kg/statements.jsonl")) if r["id"] == first["id"])
    assert kept == first


def test_mentions_without_id_are_linked(run: Run, codings: Path) -> None:
    """An actor that the coder left without an id gets that of the vocabulary."""
    file = codings / "speech.statements.jsonl"
    records = read(file)
    for record in records:
        for mention in record["actors"]:
            mention["id"] = None
    write(file, records)
    assert run("import", codings, "--out", "kg").code == 0
    ids = {m["id"] for r in read(Path("kg/statements.jsonl")) for m in r["actors"]}
    assert ids == {"NOR", "PER"}


def test_texts_may_lie_elsewhere(run: Run, codings: Path) -> None:
    """Codings in a file need their texts named; without them it is said what is missing."""
    alone = Path("alone.jsonl")
    shutil.move(codings / "speech.statements.jsonl", alone)
    done = run("import", alone, "--out", "kg")
    assert done.code == 2 and "--texts" in done.err
    assert run("import", alone, "--texts", codings / "speech.txt", "--out", "kg").code == 0


def test_codings_of_another_text_are_set_aside(run: Run, codings: Path) -> None:
    """When a text was changed after it was coded, its codings are set aside with the reason."""
    (codings / "speech.txt").write_text(SPEECH + "One more line.\n", encoding="utf-8")
    done = run("import", codings, "--out", "kg")
    assert done.code == 1
    assert "the text was changed" in done.err
    rejected = read(Path("kg/rejected.jsonl"))
    assert {(r["stage"], r["code"]) for r in rejected} == {("import", "document")}
    assert len(rejected) == 3


def test_a_bad_line_spoils_no_other(run: Run, codings: Path) -> None:
    """A line that is no record, or misquotes its text, is set aside; the others are built."""
    file = codings / "speech.statements.jsonl"
    first, *others = read(file)
    first["quote"] = "something else"
    write(file, [first, *others])
    file.write_text(file.read_text("utf-8") + '{"no": "record"}\nno json\n', encoding="utf-8")
    done = run("import", codings, "--out", "kg")
    assert done.code == 1
    assert "2 statements" in done.err and "3 set aside" in done.err
    assert "speech.statements.jsonl:4" in done.err


def test_a_folder_without_codings_is_refused(run: Run) -> None:
    """A folder that holds no codings is named, and nothing is written."""
    Path("empty").mkdir()
    done = run("import", "empty", "--out", "kg")
    assert done.code == 3
    assert "empty" in done.err and ".statements.jsonl" in done.err
    assert not Path("kg/current").exists()


def test_a_missing_file_is_refused(run: Run, codings: Path) -> None:
    """A file of codings that is not there is named."""
    done = run("import", "missing.jsonl", "--texts", codings, "--out", "kg")
    assert done.code == 3 and "missing.jsonl" in done.err


def test_the_example_corpus_is_imported_alike_each_time(run: Run) -> None:
    """The codings of the example corpus give the same bytes each time, and nothing set aside."""
    for name in ("one", "two"):
        assert run("import", CORPUS, "--out", name).code == 0
    for file in ("graph.ttl", "graph.nq.gz", "statements.jsonl", "manifest.json"):
        assert Path("one", file).read_bytes() == Path("two", file).read_bytes()
    assert Path("one/rejected.jsonl").read_bytes() == b""
    assert len(read(Path("one/statements.jsonl"))) == 142


def test_importing_starts_no_parser() -> None:
    """Codings are not parsed: spaCy is not started."""
    code = (
        "import sys; from comity.cli import main; sys.argv = ['comity', 'import', "
        f"{str(CORPUS)!r}, '--out', 'kg']\n"
        "try:\n    main()\nexcept SystemExit: pass\n"
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_order_of_files_makes_no_difference(run: Run, codings: Path) -> None:
    """Files of codings give the same bytes in any order, also what is set aside."""
    first, *others = read(codings / "speech.statements.jsonl")
    write(Path("a.jsonl"), [first, {"no": "record"}])
    write(Path("b.jsonl"), [*others, {"no": "record"}])
    for out, files in (("one", ("a.jsonl", "b.jsonl")), ("two", ("b.jsonl", "a.jsonl"))):
        assert run("import", *files, "--texts", codings, "--out", out).code == 1
    for file in ("rejected.jsonl", "statements.jsonl", "graph.ttl", "manifest.json"):
        assert Path("one", file).read_bytes() == Path("two", file).read_bytes()
