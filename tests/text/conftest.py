"""Files to read, written for one test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from comity.model import Document, Rejection
from comity.text.read import read_file

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file below a folder of the test and give its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def document(write: Write) -> Callable[[str, str | bytes], Document]:
    """Write a file that holds one document, and read it."""

    def document(name: str, content: str | bytes) -> Document:
        (item,) = read_file(write(name, content))
        assert isinstance(item, Document), item
        return item

    return document


@pytest.fixture
def refused(write: Write) -> Callable[[str, str | bytes], Rejection]:
    """Write a file that cannot be read, and read it."""

    def refused(name: str, content: str | bytes) -> Rejection:
        (item,) = read_file(write(name, content))
        assert isinstance(item, Rejection), item
        return item

    return refused
