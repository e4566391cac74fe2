"""`comity build` and `comity extract`."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
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


def test_silent_documents_are_named(run: Run) -> None:
    """A document in which nothing was found is built, named on stderr, and no failure."""
    french = "Le Maroc renforcera la protection des brevets et des marques.\n"
    done = run("build", speech(), speech("maroc.txt", french), "--out", "kg")
    assert done.code == 0
    assert "no statement found in maroc.txt; only texts in English are read" in done.err
    assert "speech.txt" not in done.err


def test_nothing_to_build(run: Run) -> None:
    """Without one usable input nothing is written, and the code is 3."""
    done = run("build", "missing.txt", "--out", "kg")
    assert done.code == 3
    assert "missing.txt" in done.err
    assert not Path("kg/current").exists()


def test_every_reason_is_told(run: Run) -> None:
    """When nothing can be read, each input is told with its reason, up to twenty."""
    done = run("build", *(f"{n:02}.txt" for n in range(22)), "--out", "new/kg")
    lines = done.err.splitlines()
    assert [line[:16] for line in lines[:20]] == [f"set aside {n:02}.txt" for n in range(20)]
    assert lines[20:] == ["and 2 more", "comity: none of the inputs could be read"]
    assert not Path("new").exists()


def test_unreadable_file_is_set_aside(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is set aside like any other, and the others are built."""
    text, secret = speech(), speech("secret.txt")
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != "secret.txt")
    honest = Path.open

    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "secret.txt":
            raise PermissionError(errno.EACCES, "Permission denied")
        return honest(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    done = run("build", text, secret, "--out", "kg")
    assert done.code == 1
    assert "secret.txt: cannot be read: Permission denied" in done.err
    assert "1 documents" in done.err


@pytest.mark.parametrize("option", ["--vocabulary", "--meta"])
def test_unreadable_option_is_named(run: Run, option: str) -> None:
    """A file that an option names and that cannot be read is one line, and the code is 3."""
    done = run("build", speech(), "--out", "kg", option, "missing.ttl")
    assert done.code == 3
    assert len(done.err.splitlines()) == 1 and "missing.ttl" in done.err


def test_interrupted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends a build in one line with 130, and leaves the folder as it was."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("comity.build.local.run", interrupt)
    done = run("build", speech(), "--out", "kg")
    assert done.code == 130
    assert done.err == "comity: interrupted; the graph is unchanged\n"
    assert not Path("kg").exists()


def test_what_the_system_says_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the system that nobody foresaw is one line with its file, and the code is 3."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error", "disk")

    monkeypatch.setattr("comity.pipeline.read", fail)
    done = run("extract", speech())
    assert (done.code, done.err) == (3, "comity: disk: Input/output error\n")


def test_progress_in_a_log(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where stderr is no terminal, long builds print a line now and then; short ones none."""
    assert "documents read" not in run("build", speech(), "--out", "kg").err
    monkeypatch.setattr("comity.cli.progress.QUIET", 0.0)
    assert "extracting: 1 of 1 documents" in run("build", speech(), "--out", "kg").err


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


def test_documents_that_cannot_be_written(run: Run) -> None:
    """Where --documents cannot be written, nothing is printed, and the file is named."""
    done = run("extract", speech(), "--documents", "nodir/x")
    assert (done.code, done.out) == (3, "")
    assert done.err == "comity: nodir/x: cannot be written: No such file or directory\n"


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
