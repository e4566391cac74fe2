"""The command line, run in this process as a user runs it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from comity.cli import main

SPEECH = """Norway and Peru to share patent data

OSLO, May 4, 2021 -- Norway will strengthen the protection of trade secrets by 2025. \
Peru urged Norway to publish patent data.
"""


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code, stdout and stderr."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder, and a terminal of 100 columns without colours."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("COMITY_KG", raising=False)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `comity` with some arguments."""

    def command(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["comity", *map(str, arguments)])
        code: str | int | None = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code
        said = capsys.readouterr()
        return Done(int(code or 0), said.out, said.err)

    return command


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small graph, built once; nobody writes to it."""
    from comity import KnowledgeGraph

    folder = tmp_path_factory.mktemp("cli")
    (folder / "speech.txt").write_text(SPEECH, encoding="utf-8")
    KnowledgeGraph.build([folder / "speech.txt"], folder / "kg")
    return folder / "kg"
