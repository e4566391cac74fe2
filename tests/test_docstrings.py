"""Examples in docstrings, and what every module says of itself."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import comity

SOURCE = Path(comity.__file__).parent
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(comity.__path__, "comity.")
    if module.name != "comity.__main__"
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_give_what_they_show(name: str) -> None:
    """Every example in a docstring gives what it shows."""
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    result = doctest.testmod(importlib.import_module(name), optionflags=flags)
    assert result.failed == 0


def test_some_docstrings_have_examples() -> None:
    """The test above has examples to run."""
    finder = doctest.DocTestFinder()
    found = [
        example
        for name in MODULES
        for test in finder.find(importlib.import_module(name))
        for example in test.examples
    ]
    assert len(found) > 5


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("*.py")), ids=lambda f: f.name)
def test_files_and_functions_are_short(file: Path) -> None:
    """No file has more than 500 lines, no function more than 60."""
    text = file.read_text("utf-8")
    assert text.count("\n") <= 500
    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert not long
