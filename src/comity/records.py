"""Statement and document records: the one boundary between reading and RDF.

JSON Lines; extractors write them, people correct them, other tools import and export them.
The published JSON Schemas are `schema("statement")` and `schema("document")`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import IO, Any, Literal

from comity.errors import RecordError, UnknownNameError
from comity.identifiers import document_id, statement_id, text_sha256
from comity.model import Document, Mention, Statement

Kind = Literal["statement", "document"]
KINDS: tuple[Kind, ...] = ("statement", "document")
MAX_LINE = 1_000_000
"""Longest record line, in characters."""

_MENTIONS = frozenset({"actors", "counterparts", "beneficiaries", "constrained"})
_WORDS = frozenset({"areas", "principles", "conditions"})


def schema(kind: str) -> dict[str, Any]:
    """The published JSON Schema (draft 2020-12) of a kind of record.

    Raises:
        UnknownNameError: When there is no such kind.
    """
    if kind not in KINDS:
        raise UnknownNameError(f"no schema named {kind!r}", hint=f"one of {', '.join(KINDS)}")
    text = resources.files("comity").joinpath("schemas", f"{kind}.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@lru_cache(maxsize=2)
def _validator(kind: Kind) -> Any:
    import jsonschema

    return jsonschema.Draft202012Validator(schema(kind))


# -- statements --------------------------------------------------------------------------


def statement_to_record(statement: Statement) -> dict[str, Any]:
    """A statement as a JSON object with the fields of the schema, in their order."""
    record: dict[str, Any] = {}
    for field in fields(Statement):
        value = getattr(statement, field.name)
        if field.name in _MENTIONS:
            value = [_mention_record(m) for m in value]
        elif field.name == "speaker":
            value = None if value is None else _speaker_record(value)
        elif field.name in _WORDS:
            value = list(value)
        record[field.name] = value
    return record


def _mention_record(mention: Mention) -> dict[str, Any]:
    record: dict[str, Any] = {"text": mention.text, "id": mention.id}
    if mention.start is not None:
        record["start"], record["end"] = mention.start, mention.end
    return record


def _speaker_record(mention: Mention) -> dict[str, Any]:
    record: dict[str, Any] = {
        "text": mention.text,
        "id": mention.id,
        "on_behalf_of": mention.on_behalf_of,
    }
    if mention.start is not None:
        record["start"], record["end"] = mention.start, mention.end
    return record


def statement_from_record(record: Mapping[str, Any], *, where: str = "") -> Statement:
    """A statement from a record; set-valued fields are sorted, a missing id is minted.

    Args:
        record: A JSON object that the statement schema describes.
        where: File and line, for messages.

    Raises:
        RecordError: When the record breaks the schema.
    """
    _validate("statement", record, where)
    values: dict[str, Any] = dict(record)
    for name in _MENTIONS:
        values[name] = _sorted_mentions(record.get(name) or ())
    for name in _WORDS:
        values[name] = tuple(sorted(set(record.get(name) or ())))
    speaker = record.get("speaker")
    values["speaker"] = _mention(speaker) if speaker else None
    values["confidence"] = round(float(record.get("confidence", 1.0)), 2)
    known = {f.name for f in fields(Statement)}
    values = {k: v for k, v in values.items() if k in known}
    if not values.get("id"):
        values["id"] = statement_id(record["document"], record["start"], record["end"], 0)
    return Statement(**values)


def _mention(record: Mapping[str, Any]) -> Mention:
    return Mention(
        record["text"],
        record.get("id"),
        record.get("start"),
        record.get("end"),
        record.get("on_behalf_of"),
    )


def _sorted_mentions(records: Iterable[Mapping[str, Any]]) -> tuple[Mention, ...]:
    found = dict.fromkeys(_mention(r) for r in records)
    return tuple(sorted(found, key=lambda m: (m.start is None, m.start or 0, m.text, m.id or "")))


# -- documents ---------------------------------------------------------------------------


def document_to_record(document: Document) -> dict[str, Any]:
    """A document as a JSON object; the text itself is kept apart, under its sha256."""
    return {f.name: getattr(document, f.name) for f in fields(Document) if f.name != "text"}


def document_from_record(
    record: Mapping[str, Any], text: str | None = None, *, where: str = ""
) -> Document:
    """A document from its record and, when known, its text, whose hash must agree.

    Raises:
        RecordError: When the record breaks the schema or the text is another.
    """
    _validate("document", record, where)
    if text is not None and text_sha256(text) != record["sha256"]:
        raise RecordError("the text does not have the sha256 of its record", where=where)
    known = {f.name for f in fields(Document)} - {"text", "id"}
    values = {k: v for k, v in record.items() if k in known}
    return Document(id=record.get("id") or document_id(record["sha256"]), text=text or "", **values)


# -- files -------------------------------------------------------------------------------


def dump_lines(records: Iterable[Mapping[str, Any]], stream: IO[str]) -> None:
    """Write records one a line: keys in schema order, no ASCII escapes, LF."""
    for record in records:
        stream.write(json.dumps(record, ensure_ascii=False, separators=(", ", ": ")) + "\n")


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any] | RecordError]]:
    """Each line's number with its JSON object, or with what is wrong with it."""
    with path.open(encoding="utf-8", errors="strict", newline="\n") as stream:
        number = 0
        while True:
            number += 1
            try:
                line = stream.readline(MAX_LINE + 1)
            except UnicodeDecodeError as error:
                yield (
                    number,
                    RecordError(f"not UTF-8: {error.reason}", where=f"{path.name}:{number}"),
                )
                return
            if not line:
                return
            if line.strip():
                yield number, _object(line, f"{path.name}:{number}")


def _object(line: str, where: str) -> dict[str, Any] | RecordError:
    if len(line) > MAX_LINE:
        return RecordError(f"line longer than {MAX_LINE:,} characters", where=where)
    try:
        loaded = json.loads(line)
    except (ValueError, RecursionError) as error:
        return RecordError(f"not JSON: {error}", where=where)
    if not isinstance(loaded, dict):
        return RecordError("not a JSON object", where=where)
    return loaded


def _validate(kind: Kind, record: Mapping[str, Any], where: str) -> None:
    errors = sorted(_validator(kind).iter_errors(record), key=lambda e: [str(p) for p in e.path])
    if errors:
        first = errors[0]
        at = ".".join(str(p) for p in first.path) or "record"
        raise RecordError(
            f"{at}: {first.message[:200]}", where=where, hint=f"see `comity schema {kind}`"
        )
    if kind == "statement" and record["start"] >= record["end"]:
        raise RecordError("start is not before end", where=where)
