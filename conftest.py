"""Runs the examples of README.md and docs/: every page is one test, in a folder of its own.

What is run, by the first word after the fence:

``python``   evaluated, ``>>>`` lines compared with what they show
``console``  every ``$ `` line is run by the shell, and its output compared
``turtle``   must be Turtle, with Comity's prefixes understood
``json``     must be JSON

A fence that goes on with ``file=NAME`` (```` ```turtle file=ours.ttl ````) is written to that
file, for the examples after it; Python is then not run. ``...`` stands for any output. A command
that fails must be followed by ``$ echo $?``. Blocks of other kinds (``sh``, ``text``) are not run.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, Example, OutputChecker
from pathlib import Path

import pytest
from sybil import Document, Region, Sybil
from sybil import Example as DocExample
from sybil.parsers.markdown import PythonCodeBlockParser
from sybil.typing import Evaluator

ROOT = Path(__file__).parent
CORPUS = Path("examples") / "corpus"
FLAGS = ELLIPSIS | NORMALIZE_WHITESPACE
_FENCE = re.compile(
    r"^```(?P<kind>console|turtle|json|csv|markdown|text|toml|python)"
    r"(?:[ ]file=(?P<file>[\w.-]+))?\n"
    r"(?P<source>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_PROGRESS = re.compile(
    r"^(?:\d+ documents read|extracting: \d+ of \d+ documents|storing: \d+ documents checked)\n",
    re.MULTILINE,
)
"""What a build says every ten seconds: on a slow machine only, so that no example shows it."""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect README.md and the pages of docs/."""
    if file_path.suffix == ".md" and (
        file_path.parent == ROOT or file_path.is_relative_to(ROOT / "docs")
    ):
        return Page.from_parent(parent, path=file_path)
    return None


class Page(pytest.File):
    """A page of the documentation; one test, as its examples build on one another."""

    def collect(self) -> Iterator[pytest.Item]:
        """The test that runs the examples, if there are any."""
        document = SYBIL.parse(self.path)

        def examples(room: Path) -> None:
            assert room == Path.cwd()
            for example in document:
                example.evaluate()

        if any(True for _ in document):
            yield pytest.Function.from_parent(self, name="examples", callobj=examples)


@pytest.fixture(scope="session")
def example_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the example corpus, built once."""
    from comity import KnowledgeGraph

    folder = tmp_path_factory.mktemp("example") / "kg"
    KnowledgeGraph.build([ROOT / CORPUS], folder)
    return folder


@pytest.fixture
def room(example_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run examples in: the corpus where a checkout has it, its graph in ``kg``."""
    shutil.copytree(ROOT / CORPUS, tmp_path / CORPUS)
    shutil.copytree(example_graph, tmp_path / "kg", symlinks=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COMITY_KG", raising=False)
    for name, value in (
        ("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"),
        ("PYTHONUNBUFFERED", "1"),
        ("NO_COLOR", "1"),
        ("COLUMNS", "100"),
    ):
        monkeypatch.setenv(name, value)
    return tmp_path


# -- kinds of blocks ------------------------------------------------------------------------


def blocks(document: Document) -> Iterable[Region]:
    """Sybil parser: the blocks that are no Python."""
    for found in _FENCE.finditer(document.text):
        evaluator = EVALUATORS.get(found["kind"])
        if evaluator is not None or found["file"]:
            parsed = (found["source"], found["file"], evaluator)
            yield Region(found.start(), found.end(), parsed, evaluate)


def evaluate(example: DocExample) -> str | None:
    """Write the file that a block stands for, and check the block."""
    source, file, evaluator = example.parsed
    if file:
        Path(file).write_text(source, encoding="utf-8")
    return evaluator(source) if evaluator is not None else None


def run_console(source: str) -> str | None:
    """Run the commands of a block one after the other and compare what they print."""
    code = 0
    asked = True
    for command, wanted in commands(source):
        if code and not command.startswith("echo $?"):
            return f"the command before {command!r} ended with {code}"
        done = subprocess.run(
            ["sh", "-c", f"(exit {code})\n{command}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        asked = command.startswith("echo $?")
        code = 0 if asked else done.returncode
        checker = OutputChecker()
        printed = _PROGRESS.sub("", done.stdout)
        if not checker.check_output(wanted, printed, FLAGS):
            shown = checker.output_difference(Example(command, wanted), printed, FLAGS)
            return f"$ {command}\n{shown}"
    return f"the last command ended with {code}" if code else None


def commands(source: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block, with the lines it goes on in, and its output."""
    for part in re.split(r"^\$ ", source, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        end = 1
        while end < len(lines) and lines[end].startswith("> "):
            end += 1
        command = [lines[0], *(line[2:] for line in lines[1:end])]
        output = "".join(f"{line}\n" for line in lines[end:])
        yield "\n".join(command), output


def parse_turtle(source: str) -> str | None:
    """Read a block as Turtle."""
    from pyoxigraph import RdfFormat, parse

    from comity.rdf.namespaces import prefixes

    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes().items())
    try:
        found = list(parse(head + source, format=RdfFormat.TURTLE))
    except SyntaxError as error:
        return f"this is no Turtle: {error}"
    return None if found else "this block holds no triple"


def parse_json(source: str) -> str | None:
    """Read a block as JSON, or as JSON Lines."""
    try:
        json.loads(source)
    except ValueError:
        try:
            for line in source.splitlines():
                json.loads(line)
        except ValueError as error:
            return f"this is no JSON: {error}"
    return None


EVALUATORS: dict[str, Callable[[str], str | None]] = {
    "console": run_console,
    "turtle": parse_turtle,
    "json": parse_json,
}
SYBIL = Sybil(parsers=[PythonCodeBlockParser(doctest_optionflags=FLAGS), blocks])
__all__ = ["Evaluator", "example_graph", "pytest_collect_file", "room"]
