"""JSON Lines."""

from __future__ import annotations

import json

import pytest

from comity.model import Document, Rejection
from comity.text.limits import Limits
from comity.text.read import read_file

from .conftest import Write


def read(lines: str | bytes, write: Write, **options: object) -> list[Document | Rejection]:
    """The outcome of reading a file a.jsonl."""
    return read_file(write("a.jsonl", lines), **options)  # type: ignore[arg-type]


def test_one_document_a_line(write: Write) -> None:
    """Each line is a document, with its own metadata and the name of the file."""
    lines = (
        '{"text": "The office agrees.", "title": "A", "date": "2019"}\n\n{"text": "It meets."}\n'
    )
    first, second = read(lines, write)
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.title, first.date, first.text) == ("A", "2019", "A\n\nThe office agrees.")
    assert (second.text, second.file) == ("It meets.", "a.jsonl")


def test_id_and_other_keys(write: Write) -> None:
    """An id is ignored, as ids come from the text; so are unknown keys of any kind."""
    (item,) = read('{"id": "mine", "text": "It meets.", "n": 1, "deep": {"a": [1]}}', write)
    assert isinstance(item, Document)
    assert item.id == f"document-{item.sha256[:20]}"


def test_a_byte_order_mark(write: Write) -> None:
    """A UTF-8 byte order mark does no harm."""
    (item,) = read(b'\xef\xbb\xbf{"text": "It meets."}', write)
    assert isinstance(item, Document)


@pytest.mark.parametrize(
    ("line", "code", "problem"),
    [
        ('{"text": "It meets."', "json", "no JSON"),
        ("The offices agree.", "json", "no JSON"),
        ('["It meets."]', "json", "no object"),
        ('{"title": "A"}', "json", "no key 'text'"),
        ('{"text": 3}', "json", "not a piece of text"),
        ('{"text": null}', "json", "not a piece of text"),
        ('{"text": "A.", "text": "B."}', "json", "occurs twice"),
        ("[" * 100_000, "json", "nested too deep"),
        ('{"text": "It meets.", "date": 2019}', "metadata", "one piece of text"),
        ('{"text": "It meets.", "date": "2019-02-30"}', "metadata", "no date"),
        ('{"text": " \\n"}', "empty", "no text"),
        ('{"n": ' + "9" * 10_000 + "}", "json", "no key 'text'"),
    ],
)
def test_malformed_lines(line: str, code: str, problem: str, write: Write) -> None:
    """A malformed line is rejected with file and line, and spoils no other."""
    first, refused, last = read(f'{{"text": "One."}}\n{line}\n{{"text": "Two."}}\n', write)
    assert isinstance(refused, Rejection)
    assert (refused.source, refused.code) == ("a.jsonl:2", code)
    assert problem in refused.reason
    assert isinstance(first, Document) and isinstance(last, Document)


def test_bytes_that_are_no_utf8(write: Write) -> None:
    """A line that is not UTF-8 is rejected alone."""
    items = read(b'{"text": "One."}\n{"text": "d\xe9cid\xe9"}\n', write)
    assert [getattr(item, "code", "") for item in items] == ["", "encoding"]


def test_named_encoding(write: Write) -> None:
    """Another encoding can be named."""
    (item,) = read('{"text": "décidé"}'.encode("cp1252"), write, encoding="cp1252")
    assert isinstance(item, Document) and item.text == "décidé"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_characters(encoding: str, write: Write) -> None:
    """A file in UTF-16 or UTF-32 is rejected as a whole."""
    (refused,) = read('{"text": "One."}\n{"text": "Two."}'.encode(encoding), write)
    assert isinstance(refused, Rejection) and refused.code == "encoding"


def test_size_of_a_line(write: Write) -> None:
    """The limit on size holds for a line, so the file may be larger."""
    long = json.dumps({"text": "x" * 1000})
    lines = "".join(json.dumps({"text": f"It meets {n} times."}) + "\n" for n in range(20))
    items = read(f"{lines}{long}\n{lines[:20]}", write, limits=Limits(max_bytes=200))
    assert [item.code for item in items if isinstance(item, Rejection)] == ["oversized", "json"]
    assert sum(isinstance(item, Document) for item in items) == 20


@pytest.mark.parametrize("content", ["", "\n\n", " \n"])
def test_no_lines(content: str, write: Write) -> None:
    """A file without documents is empty."""
    (refused,) = read(content, write)
    assert isinstance(refused, Rejection) and refused.code == "empty"


def test_half_a_surrogate_pair(write: Write) -> None:
    """An escape that stands for no character does not reach the text."""
    (item,) = read('{"text": "It meets \\ud800 now."}', write)
    assert isinstance(item, Document) and item.text == "It meets \ufffd now."
