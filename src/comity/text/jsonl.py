"""JSON Lines: one document a line, an object with ``text`` and metadata keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from comity.errors import ComityError, EncodingError
from comity.text.encoding import decode
from comity.text.limits import Limits
from comity.text.metadata import Codes, Draft, checked
from comity.text.normalise import plain_text
from comity.text.refusal import Refused
from comity.text.sources import check_file

_MARK = b"\xef\xbb\xbf"


def read_jsonl(
    path: Path, *, codes: Codes, limits: Limits, encoding: str | None = None
) -> Iterator[tuple[int, Draft | ComityError]]:
    """The number of each line that is not blank, and what it gives: a draft or an error.

    Lines are read one at a time, so the file may be larger than memory; the limit on size
    holds for a line. Keys other than ``text`` and those of metadata are ignored.

    Args:
        path: The file.
        codes: The codes that `type` and `bindingness` may have.
        limits: How long a line and its values may be.
        encoding: The encoding of the file, when it is not UTF-8.

    Raises:
        Refused: The file cannot be opened, or is no text.
        EncodingError: It is written in UTF-16 or UTF-32.
    """
    check_file(path)
    try:
        with path.open("rb") as stream:
            for number, line in _lines(stream, limits.max_bytes):
                if isinstance(line, Refused):
                    yield number, line
                elif line.strip():
                    where = f"{path.name}:{number}"
                    yield number, _draft(line, where, codes, limits, encoding)
    except OSError as error:
        raise Refused("unreadable", f"cannot be read: {error.strerror}") from error


def _lines(stream: BinaryIO, longest: int) -> Iterator[tuple[int, bytes | Refused]]:
    start = stream.read(4)
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        raise EncodingError("is not written in UTF-8", hint="convert it: JSON Lines are UTF-8")
    stream.seek(3 if start.startswith(_MARK) else 0)
    number = 0
    while line := stream.readline(longest + 1):
        number += 1
        if len(line) <= longest or line.endswith(b"\n"):
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1_000_000)
        yield number, Refused("oversized", f"the line is longer than {longest:,} bytes")


def _draft(
    line: bytes, where: str, codes: Codes, limits: Limits, encoding: str | None
) -> Draft | ComityError:
    try:
        record = _record(decode(line, encoding=encoding or "utf-8"))
        metadata = checked(record, codes=codes, where=lambda _: where, longest=limits.max_value)
    except ComityError as error:
        return error
    text = record.get("text")
    if not isinstance(text, str):
        problem = "'text' is not a piece of text" if "text" in record else "has no key 'text'"
        return Refused("json", problem, hint='write {"text": "…", "title": "…"}')
    return Draft(plain_text(text), metadata)


def _record(line: str) -> dict[str, object]:
    try:
        # Whole numbers as floats: Python refuses to read very long ones.
        record = json.loads(line, object_pairs_hook=_unique, parse_int=float)
    except json.JSONDecodeError as error:
        raise Refused("json", f"is no JSON: {error.msg}, column {error.colno}") from error
    except RecursionError as error:
        raise Refused("json", "is nested too deep") from error
    if not isinstance(record, dict):
        raise Refused("json", "is no object", hint='write {"text": "…", "title": "…"}')
    return record


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Refused("json", f"the key {twice[:50]!r} occurs twice", hint="keep one")
    return record
