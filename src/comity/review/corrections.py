"""Corrections: what people decided about statements, in a file of their own.

JSON Lines outside any build (`comity schema correction`), one decision a line, sorted by passage.
A decision keeps the quotation with its surroundings and the whole reading that was decided on, so
that it needs neither the extractor nor the graph it was made with.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from io import StringIO
from pathlib import Path
from typing import Any, Literal

from comity.errors import InputError, RecordError, UsageError
from comity.identifiers import digest, document_id
from comity.model import Document, Rejection, Statement
from comity.records import (
    dump_lines,
    read_lines,
    statement_from_record,
    statement_to_record,
    validate,
)
from comity.review.fields import READING, changed

CONTEXT = 64
"""Characters kept on each side of a quotation."""
Decision = Literal["accept", "correct", "reject", "add"]
STATUS: Mapping[str, str] = {
    "accept": "accepted",
    "correct": "corrected",
    "reject": "rejected",
    "add": "accepted",
}
"""The review status that each decision gives."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided about one statement.

    `reading` is the statement as it was decided on; `fields` and `was` hold the record values of
    what was corrected, after and before. `start` and `end` count code points of the document's
    normalised text at the time, whose hash is `sha256`; `prefix` and `suffix` are the characters
    around the quote. `date` is an ISO day. `source` is the file it was read from.
    """

    decision: Decision
    document: str
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    statement: str
    reading: Statement
    sha256: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    was: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None
    reviewer: str | None = None
    date: str | None = None
    supersedes: str | None = None
    source: str = field(default="", compare=False)

    @property
    def id(self) -> str:
        """Made of all that was decided: equal decisions have equal ids."""
        return f"correction-{digest(_content(self))}"

    @property
    def order(self) -> tuple[str, str, str]:
        """Which decision on a statement is the later one: by day, reviewer, then id."""
        return self.date or "", self.reviewer or "", self.id


@dataclass(frozen=True)
class Corrections:
    """Some decisions, with the files they were read from.

    Attributes:
        decisions: Every decision, each once.
        files: Name, SHA-256 and number of decisions of each file.
        rejections: The lines that are no correction record.
    """

    decisions: tuple[Correction, ...] = ()
    files: tuple[tuple[str, str, int], ...] = ()
    rejections: tuple[Rejection, ...] = ()

    @property
    def standing(self) -> tuple[Correction, ...]:
        """The decisions that no other one supersedes, in the order of the file."""
        past = {c.supersedes for c in self.decisions}
        return tuple(c for c in self.decisions if c.id not in past)


def decide(
    decision: Decision,
    statement: Statement,
    document: Document,
    *,
    before: Statement | None = None,
    note: str | None = None,
    reviewer: str | None = None,
    date: str | None = None,
    supersedes: str | None = None,
) -> Correction:
    """The correction that a decision on a statement is.

    Args:
        decision: ``accept``, ``correct``, ``reject`` or ``add``.
        statement: The statement as the person wants it; for ``reject``, as it was found.
        document: The document that makes it, with its text.
        before: The statement as it was found, for ``correct``.
        note: Why.
        reviewer: Who decides.
        date: The day of the decision, ``2026-11-24``.
        supersedes: The id of the decision that this one takes the place of.

    Raises:
        UsageError: When the statement is not of that document, misquotes it, or a ``correct``
            changes nothing.
    """
    start, end = statement.start, statement.end
    if statement.document != document.id or document.quote(start, end) != statement.quote:
        raise UsageError("the statement does not quote this document", where=statement.id)
    corrected = changed(before, statement) if before is not None else ()
    if decision == "correct" and not corrected:
        raise UsageError("a correction changes a field", where=statement.id, hint="accept it")
    reading = replace(statement, review=STATUS[decision])
    after = statement_to_record(reading)
    earlier = statement_to_record(before) if before is not None else {}
    return Correction(
        decision,
        document.id,
        start,
        end,
        statement.quote,
        document.text[max(0, start - CONTEXT) : start],
        document.text[end : end + CONTEXT],
        statement.id,
        reading,
        document.sha256,
        {name: after[name] for name in corrected},
        {name: earlier[name] for name in corrected},
        note,
        reviewer,
        date,
        supersedes,
    )


# -- records -----------------------------------------------------------------------------


def correction_to_record(correction: Correction) -> dict[str, Any]:
    """A correction as a JSON object with the fields of the schema, in their order."""
    return {"id": correction.id, **_content(correction)}


def _content(correction: Correction) -> dict[str, Any]:
    c = correction
    return {
        **{"decision": c.decision, "document": c.document, "sha256": c.sha256},
        **{"start": c.start, "end": c.end, "quote": c.quote, "prefix": c.prefix},
        **{"suffix": c.suffix, "statement": c.statement},
        **{"fields": dict(c.fields), "was": dict(c.was)},
        **{"note": c.note, "reviewer": c.reviewer, "date": c.date, "supersedes": c.supersedes},
        "record": statement_to_record(c.reading),
    }


def correction_from_record(
    record: Mapping[str, Any], *, where: str = "", source: str = ""
) -> Correction:
    """A correction from a record.

    Args:
        record: A JSON object that the correction schema describes.
        where: File and line, for messages.
        source: The file, kept with the correction.

    Raises:
        RecordError: When the record breaks the schema, or its parts do not fit together.
    """
    validate("correction", record, where)
    inner = {"document": record["document"], **record["record"]}
    for name in ("start", "end", "quote"):
        inner.setdefault(name, record[name])
    reading = statement_from_record(inner, where=f"{where}, record" if where else "record")
    _check(record, reading, where)
    known = {f.name for f in fields(Correction)} - {"reading", "source", "statement", "record"}
    values = {k: v for k, v in record.items() if k in known and v is not None}
    values["start"], values["end"] = int(record["start"]), int(record["end"])
    made = Correction(
        **{"prefix": "", "suffix": "", **values},
        statement=record.get("statement") or reading.id,
        reading=replace(reading, review=STATUS[record["decision"]]),
        source=source,
    )
    given = record.get("id", made.id)
    if given == made.id:
        return made
    raise RecordError(
        f"id: {given} does not belong to this decision",
        where=where,
        hint=f"leave the id out of a line that you edit by hand, or write {made.id}",
    )


def _check(record: Mapping[str, Any], reading: Statement, where: str) -> None:
    """What no schema can tell."""
    for name in ("document", "start", "end", "quote"):
        if getattr(reading, name) != record[name]:
            raise RecordError(f"record.{name} is not the {name} of the correction", where=where)
    if record["end"] - record["start"] != len(record["quote"]):
        raise RecordError("the quote is not as long as start and end say", where=where)
    sha256 = record.get("sha256")
    if sha256 and document_id(sha256) != record["document"]:
        raise RecordError("the document does not have this sha256", where=where)
    after = statement_to_record(reading)
    for name, value in record.get("fields", {}).items():
        if name not in READING:
            raise RecordError(f"fields: {name} is no field that can be corrected", where=where)
        laid = statement_from_record({**after, name: value}, where=f"{where}, fields")
        if statement_to_record(laid)[name] != after[name]:
            raise RecordError(f"fields.{name} is not what the record has", where=where)
    if record["decision"] == "correct" and not record.get("fields"):
        raise RecordError("a correction names the fields that it corrects", where=where)


# -- files -------------------------------------------------------------------------------


def read_corrections(paths: Iterable[Path]) -> Corrections:
    """The decisions of some files, each once, in an order that no order of files changes.

    A line that cannot be used spoils no other.

    Raises:
        InputError: When a file cannot be read.
    """
    found: dict[str, Correction] = {}
    files, aside = [], []
    for path in dict.fromkeys(paths):
        taken = 0
        try:
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
            for number, record in read_lines(path):
                where = f"{path.name}:{number}"
                try:
                    if isinstance(record, RecordError):
                        raise record
                    made = correction_from_record(record, where=where, source=path.name)
                except RecordError as error:
                    aside.append(Rejection(where, "review", "record", _reason(error)))
                else:
                    taken += 1
                    found[made.id] = min(found.get(made.id, made), made, key=lambda c: c.source)
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from error
        files.append((path.name, sha256, taken))
    return Corrections(_sorted(found.values()), tuple(sorted(files)), tuple(aside))


def _reason(error: RecordError) -> str:
    return f"{error.message} ({error.hint})" if error.hint else error.message


def _sorted(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    return tuple(
        sorted(corrections, key=lambda c: (c.document, c.start, c.end, c.statement, c.order))
    )


def append_correction(path: Path, correction: Correction) -> None:
    """Add a decision to a file, and wait until the disk has it.

    Raises:
        InputError: When the file cannot be written.
    """
    line = StringIO()
    dump_lines([correction_to_record(correction)], line)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _held(path), path.open("a+b") as stream:
            if stream.tell():
                stream.seek(-1, os.SEEK_END)
                if stream.read(1) != b"\n":
                    stream.write(b"\n")  # what was broken off stays a line of its own
            stream.write(line.getvalue().encode())
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=str(path)) from error


def sort_file(path: Path, without: Sequence[str] = ()) -> None:
    """Sort a file of corrections; lines that cannot be read are kept as they are, at its end.

    The file is replaced as a whole when the new one is safe on the disk.

    Args:
        path: The file.
        without: Ids of decisions to leave out.

    Raises:
        InputError: When the file cannot be read or written.
    """
    try:
        with _held(path):
            fresh = path.with_name(f".{path.name}.new")
            with fresh.open("wb") as stream:
                stream.write(_in_order(path, without))
                stream.flush()
                os.fsync(stream.fileno())
            fresh.replace(path)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=str(path)) from error


def _in_order(path: Path, without: Sequence[str]) -> bytes:
    decisions: dict[str, Correction] = {}
    others: list[bytes] = []
    lines = path.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if line.removeprefix(b"\xef\xbb\xbf").strip()]
    for (number, record), line in zip(read_lines(path), kept, strict=True):
        try:
            if isinstance(record, RecordError):
                raise record
            made = correction_from_record(record, where=f"{path.name}:{number}")
            decisions[made.id] = made
        except RecordError:
            others.append(line.rstrip(b"\r\n") + b"\n")
    out = StringIO()
    standing = (c for c in _sorted(decisions.values()) if c.id not in without)
    dump_lines((correction_to_record(c) for c in standing), out)
    return out.getvalue().encode() + b"".join(others)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Whoever else writes to the file waits, so that no decision is lost between two people."""
    with path.with_name(f".{path.name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
