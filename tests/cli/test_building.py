"""`comity build` and `comity extract`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import SPEECH, Run

from comity.records import statement_from_record


def speech(name: str = "speech.txt", text: str = SPEECH) -> Path:
    """A text file in the current folder."""
    Path(name).write_text(text, encoding="utf-8")
    return Path(name)


def test_build_leaves_a_graph(run: Run) -> None:
    """A build says on stderr what it made, prints no data, and ends with 0."""
    done = run("build", speech(), "--out", "kg")
    assert (done.code, done.out) == (0, "")
    assert "1 documents, 3 statements" in done.err
    assert Path("kg/graph.ttl").is_file()


def test_bad_input_is_set_aside(run: Run) -> None:
    """A file that cannot be read is named with its reason; the others are built; the code is 1."""
    Path("empty.txt").write_bytes(b"")
    done = run("build", speech(), "empty.txt", "missing.txt", "--out", "kg")
    assert done.code == 1
    assert "empty.txt" in done.err and "missing.txt" in done.err
    assert "2 set aside" in done.err
    rejected = Path("kg/rejected.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["source"] for line in rejected} == {"empty.txt", "missing.txt"}


def test_nothing_to_build(run: Run) -> None:
    """Without one usable input nothing is written, and the code is 3."""
    done = run("build", "missing.txt", "--out", "kg")
    assert done.code == 3
    assert "missing.txt" in done.err
    assert not Path("kg/current").exists()


def test_own_base_iri(run: Run) -> None:
    """Data live where --base-iri says."""
    run("build", speech(), "--out", "kg", "--base-iri", "https://data.example/")
    assert "<https://data.example/>" in Path("kg/graph.ttl").read_text("utf-8")


def test_bad_base_iri_is_a_usage_error(run: Run) -> None:
    """A base IRI that cannot be one is refused with 2, with an example."""
    done = run("build", speech(), "--out", "kg", "--base-iri", "data.example")
    assert done.code == 2
    assert "data.example" in done.err


def test_own_vocabulary(run: Run) -> None:
    """A label in a user's Turtle is found by the extractor."""
    Path("own.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://w3id.org/comity/area/trade-secrets> skos:altLabel 'hush-hush recipes'@en .\n",
        encoding="utf-8",
    )
    text = speech(text="Norway will strengthen the protection of hush-hush recipes.\n")
    areas = [
        json.loads(run("extract", text, *arguments).out)["areas"]
        for arguments in ((), ("--vocabulary", "own.ttl"))
    ]
    assert areas == [[], ["trade-secrets"]]


def test_extract_prints_records(run: Run) -> None:
    """Statements come as one record a line, in the order of the text, with nothing else."""
    done = run("extract", speech())
    found = [statement_from_record(json.loads(line)) for line in done.out.splitlines()]
    assert [s.quote for s in found] == [SPEECH[s.start : s.end] for s in found]
    assert [s.start for s in found] == sorted(s.start for s in found)
    assert done.code == 0


def test_extract_leaves_out_doubtful(run: Run) -> None:
    """--min-confidence leaves out what is less sure."""
    text = speech(text=SPEECH + "\nIt has opened a hotline.\n")
    every = run("extract", text).out.splitlines()
    least = max(json.loads(line)["confidence"] for line in every)
    sure = run("extract", text, "--min-confidence", str(least)).out.splitlines()
    assert sure == [line for line in every if json.loads(line)["confidence"] >= least]
    assert len(sure) < len(every)


def test_extract_keeps_documents(run: Run) -> None:
    """--documents writes a record a document."""
    run("extract", speech(), "--documents", "documents.jsonl")
    (line,) = Path("documents.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["file"] == "speech.txt"


def test_extract_without_input_ends_with_3(run: Run) -> None:
    """When nothing can be read, nothing is printed, the reason is told, and the code is 3."""
    done = run("extract", "missing.txt")
    assert (done.code, done.out) == (3, "")
    assert "missing.txt" in done.err


def test_unknown_model_says_what_to_do(run: Run) -> None:
    """A spaCy pipeline that is not installed is named, with what to do."""
    done = run("extract", speech(), "--model", "xx_no_such_model")
    assert done.code == 3
    assert "xx_no_such_model" in done.err and "install" in done.err
