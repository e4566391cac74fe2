"""`--extractor` and `--extractor-option`: another extractor than the one for English."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.extract.packages import install
from tests.extract.toys import TEXT

from comity import KnowledgeGraph


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package with the extractor "toy" is installed."""
    (tmp_path / "site").mkdir()
    install(tmp_path / "site", monkeypatch)
    yield
    sys.modules.pop("comity_toy", None)


@pytest.fixture
def text() -> Path:
    """A text in the current folder."""
    Path("speech.txt").write_text(TEXT, encoding="utf-8")
    return Path("speech.txt")


@pytest.mark.usefixtures("toy")
def test_build(run: Run, text: Path) -> None:
    """A build takes a plug-in by its name, with options, and the manifest tells so."""
    option = ("--extractor-option", "modality=intention")
    assert run("build", text, "--extractor", "toy", *option, "--out", "kg").code == 0
    kg = KnowledgeGraph.open("kg")
    assert {s.modality for s in kg.records()} == {"intention"}
    assert kg.manifest["settings"]["extractor_package"] == "comity-toy 0.3"


@pytest.mark.usefixtures("toy")
def test_extract(run: Run, text: Path) -> None:
    """Records are linked, whoever found the statements."""
    done = run("extract", text, "--extractor", "toy")
    records = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0
    assert [r["actors"][0]["id"] for r in records] == ["NOR", "PER"]
    assert {r["extractor"] for r in records} == {"toy/1"}


@pytest.mark.usefixtures("toy")
def test_evaluate(run: Run, text: Path) -> None:
    """A plug-in is scored against codings as the extractor for English is."""
    (Path("gold")).mkdir()
    text.rename("gold/speech.txt")
    coded = run("extract", "gold/speech.txt").out
    Path("gold/speech.statements.jsonl").write_text(coded, encoding="utf-8")
    done = run("evaluate", "gold", "--extractor", "toy", "--json")
    assert done.code == 0
    assert json.loads(done.out)["fields"]["detection"]["f1"] == 1.0


@pytest.mark.usefixtures("toy")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--extractor", "tea"), "one of english, llm, toy"),
        (("--extractor", "toy", "--extractor-option", "tone=low"), "no option 'tone'"),
        (("--extractor", "toy", "--extractor-option", "modality"), "NAME=VALUE"),
        (("--extractor", "toy", "--model", "x"), "no option 'model'"),
        (("--extractor-option", "tone=low"), "no option 'tone' of the extractor 'english'"),
    ],
)
def test_wrong_use(run: Run, text: Path, options: tuple[str, ...], said: str) -> None:
    """Unknown names of extractors and options end with 2, and nothing is written."""
    for command in (("build", text, "--out", "kg"), ("extract", text)):
        done = run(*command, *options)
        assert done.code == 2 and said in done.err.replace("\n", " ") and done.out == ""
    assert not Path("kg").exists()


def test_a_package_that_fails(
    run: Run, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plug-in that cannot be loaded is named with its package, here and by the doctor."""
    (tmp_path / "site").mkdir()
    install(tmp_path / "site", monkeypatch, code="import no_such_module")
    done = run("build", text, "--extractor", "toy", "--out", "kg")
    assert done.code == 3 and "package comity-toy 0.3" in done.err
    seen = run("doctor")
    assert seen.code == 1 and "package comity-toy 0.3" in seen.out and "1 problem" in seen.out


@pytest.mark.usefixtures("toy")
def test_the_doctor_lists_extractors(run: Run) -> None:
    """Every extractor that is installed is listed with its package."""
    done = run("doctor")
    assert done.code == 0
    assert "extractor english: comity " in done.out
    assert "extractor llm: comity " in done.out
    assert "extractor toy: comity-toy 0.3" in done.out


def test_the_doctor_tells_of_names_that_are_taken(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package that offers an extractor called "english" is a problem."""
    (tmp_path / "site").mkdir()
    install(tmp_path / "site", monkeypatch, name="english")
    done = run("doctor")
    assert done.code == 1 and "comity-toy 0.3 offers one too, which is never used" in done.out


@pytest.mark.usefixtures("toy")
def test_when_nothing_can_be_extracted(
    run: Run, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the extractor fails at every document the code is 3, each told with its reason."""
    monkeypatch.setattr("tests.extract.toys.Toy.extract", lambda self, document: 1 / 0)
    for command in (("build", text, "--out", "kg"), ("extract", text)):
        done = run(*command, "--extractor", "toy")
        assert done.code == 3
        assert "speech.txt: the extractor toy/1 failed: ZeroDivisionError" in done.err
    assert not Path("kg").exists()


@pytest.mark.usefixtures("toy")
def test_silence_is_told_without_guessing(run: Run, text: Path) -> None:
    """That only English is read is said of the extractor for English alone."""
    text.write_text("Nothing was promised.", encoding="utf-8")
    done = run("build", text, "--extractor", "toy", "--out", "kg")
    assert "no statement found in speech.txt\n" in done.err and "English" not in done.err
