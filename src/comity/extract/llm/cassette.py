"""Requests and answers kept in a file, so that a build can be repeated without a server.

JSON Lines. Each entry holds the SHA-256 of the request (its canonical JSON), the request, the HTTP
status and the answer; 0 is the status of a request that was never answered. Nothing else is kept:
no header, no address, no key. Where a request occurs twice the later entry counts.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.errors import InputError
from comity.identifiers import canonical_json

_ENTRY = re.compile(rb'\{"key": "([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer: its HTTP status and its text."""

    status: int
    text: str

    def tidy(self) -> Kept:
        """The same with its JSON written as it comes back from a file."""
        answer = _object(self.text)
        return self if isinstance(answer, str) else Kept(self.status, _written(answer))


class Cassette:
    """A file of requests and answers.

    Args:
        path: The file; it need not exist to be recorded to.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._places: dict[str, int] | None = None

    def find(self, request: Mapping[str, Any]) -> Kept | None:
        """The answer to a request, if it is kept.

        Args:
            request: The body of the request.

        Raises:
            InputError: When the file cannot be read, or the entry was changed by hand.
        """
        key = request_key(request)
        place = self._index().get(key)
        if place is None:
            return None
        try:
            with self.path.open("rb") as stream:
                stream.seek(place)
                entry = json.loads(stream.readline())
        except (OSError, ValueError) as error:
            raise InputError(f"cannot be replayed: {error}", where=str(self.path)) from error
        if request_key(entry["request"]) != key:
            raise InputError(
                "an entry does not belong to its request: the file was changed",
                where=str(self.path),
                hint="record it again",
            )
        answer = entry["answer"]
        text = answer if isinstance(answer, str) else _written(answer)
        return Kept(int(entry["status"]), text)

    def add(self, request: Mapping[str, Any], kept: Kept) -> None:
        """Keep an answer; several processes may do so at once.

        Args:
            request: The body of the request.
            kept: The answer.

        Raises:
            InputError: When the file cannot be written to.
        """
        entry = {
            "key": request_key(request),
            "request": request,
            "status": kept.status,
            "answer": _object(kept.text),
        }
        line = _written(entry).encode(errors="replace") + b"\n"
        try:
            with self.path.open("a+b") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX)
                end = stream.seek(0, 2)
                if end:  # the last line of a run that was killed may be torn
                    stream.seek(end - 1)
                    line = line if stream.read(1) == b"\n" else b"\n" + line
                stream.write(line)
        except OSError as error:
            raise InputError(
                f"cannot be written to: {error.strerror}", where=str(self.path)
            ) from error

    def _index(self) -> dict[str, int]:
        """Where each request stands, as the file was when it was first looked at."""
        if self._places is None:
            places: dict[str, int] = {}
            at = 0
            try:
                with self.path.open("rb") as stream:
                    for line in stream:
                        entry = _ENTRY.match(line)
                        if entry and line.endswith(b"}\n"):
                            places[entry[1].decode()] = at
                        at += len(line)
            except FileNotFoundError:
                pass
            except OSError as error:
                raise InputError(
                    f"cannot be read: {error.strerror}", where=str(self.path)
                ) from error
            self._places = places
        return self._places


def request_key(request: Mapping[str, Any]) -> str:
    """The SHA-256, in hexadecimal, of the canonical JSON of a request's body.

    Args:
        request: The body.
    """
    return hashlib.sha256(canonical_json(request).encode(errors="replace")).hexdigest()


def _object(text: str) -> object:
    """The JSON object that a text is, as it can be read in the file; else the text."""
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return loaded if isinstance(loaded, dict) else text


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
