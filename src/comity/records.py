"""Statement and document records: the one boundary between reading and RDF.

JSON Lines; extractors write them, people correct them, other tools import and export them.
The published JSON Schemas are `schema("statement")` and `schema("document")`; what a person decided
about a statement has one too, `schema("correction")`, and so have changes between two releases,
`schema("change")`.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from importlib import resources
from math import isnan
from pathlib import Path
from typing import IO, Any, Literal

from comity.errors import RecordError, UnknownNameError
from comity.identifiers import document_id, statement_id, text_sha256
from comity.model import Document, Mention, Statement

Kind = Literal["statement", "document", "correction", "change"]
KINDS: tuple[Kind, ...] = ("statement", "document", "correction", "change")
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


@lru_cache(maxsize=4)
def _validator(kind: Kind) -> Any:
    import jsonschema

    extend: Callable[..., Any] = jsonschema.validators.extend
    return extend(jsonschema.Draft202012Validator, {"pattern": _pattern})(schema(kind))


def _pattern(_validator: Any, pattern: str, text: object, _schema: Any) -> Iterator[Any]:
    """As the standard has it: ``$`` is the end of the text, never what comes before a line end."""
    import jsonschema

    if isinstance(text, str) and ("\n" in text or not re.search(pattern, text)):
        yield jsonschema.ValidationError(f"{text!r} does not match {pattern!r}")


# -- statements --------------------------------------------------------------------------


def statement_to_record(statement: Statement) -> dict[str, Any]:
    """A statement as a JSON object with the fields of the schema, in their order.

    `quote_sha256` is there only where the statement has one; `quote` is then null when it is empty.
    """
    record: dict[str, Any] = {}
    for field in fields(Statement):
        value = getattr(statement, field.name)
        if field.name == "quote_sha256":
            continue
        if field.name == "quote" and statement.quote_sha256 is not None:
            record |= {"quote": value or None, "quote_sha256": statement.quote_sha256}
            continue
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
        RecordError: When the record breaks the schema, or offsets are no spans.
    """
    validate("statement", record, where)
    values: dict[str, Any] = dict(record)
    values["start"], values["end"] = int(record["start"]), int(record["end"])
    values["quote"] = record["quote"] or ""
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
        values["id"] = statement_id(record["document"], values["start"], values["end"], 0)
    return Statement(**values)


def restored(statement: Statement, document: Document) -> Statement:
    """The statement of a release with its whole passage, where its hash proves the text right.

    Args:
        statement: A statement whose `quote` may be shortened or empty.
        document: Its document, with the text.

    Returns:
        The statement as it is when it has no `quote_sha256`, or the text has another passage.
    """
    passage = document.quote(statement.start, statement.end)
    proved = statement.quote_sha256 == text_sha256(passage)
    if proved and passage.startswith(statement.quote):
        return replace(statement, quote=passage, quote_sha256=None)
    return statement


def _mention(record: Mapping[str, Any]) -> Mention:
    start, end = record.get("start"), record.get("end")
    return Mention(
        record["text"],
        record.get("id"),
        None if start is None else int(start),
        None if end is None else int(end),
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
        RecordError: When the record breaks the schema, or id or text do not fit the sha256.
    """
    validate("document", record, where)
    identifier = document_id(record["sha256"])
    if record.get("id", identifier) != identifier:
        raise RecordError(f"id: it does not belong to this sha256: {identifier} does", where=where)
    if text is not None and text_sha256(text) != record["sha256"]:
        raise RecordError("the text does not have the sha256 of its record", where=where)
    known = {f.name for f in fields(Document)} - {"text", "id"}
    values = {k: v for k, v in record.items() if k in known}
    return Document(id=identifier, text=text or "", **values)


# -- files -------------------------------------------------------------------------------


def dump_lines(records: Iterable[Mapping[str, Any]], stream: IO[str]) -> None:
    """Write records one a line: keys in schema order, no ASCII escapes, LF."""
    for record in records:
        stream.write(json.dumps(record, ensure_ascii=False, separators=(", ", ": ")) + "\n")


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any] | RecordError]]:
    """Each line's number with its JSON object, or with what is wrong with it.

    A line that cannot be read spoils no other; blank lines and a byte order mark are passed
    over.
    """
    limit = 4 * MAX_LINE  # bytes that a line of `MAX_LINE` characters may have
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(limit + 1):
            number += 1
            if len(line) > limit:
                _skip_line(stream, line)
            if number == 1:
                line = line.removeprefix(BOM_UTF8)
            if line.strip():
                yield number, _object(line, f"{path.name}:{number}")


def _skip_line(stream: IO[bytes], line: bytes) -> None:
    """Read on to the end of a line, and forget it."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(MAX_LINE)


def _object(data: bytes, where: str) -> dict[str, Any] | RecordError:
    too_long = RecordError(f"line longer than {MAX_LINE:,} characters", where=where)
    if len(data) > 4 * MAX_LINE:
        return too_long
    try:
        line = data.decode()
        if len(line) > MAX_LINE:
            return too_long
        loaded = json.loads(line, parse_constant=_no_number)
        if "\\u" in line:
            json.dumps(loaded, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        return RecordError(f"not UTF-8: {error.reason}", where=where)
    except UnicodeEncodeError:
        return RecordError("a text holds half of a surrogate pair", where=where)
    except (ValueError, RecursionError) as error:
        return RecordError(f"not JSON: {error}", where=where)
    if not isinstance(loaded, dict):
        return RecordError("not a JSON object", where=where)
    return loaded


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def validate(kind: Kind, record: Mapping[str, Any], where: str) -> None:
    """Hold a JSON object against the schema of its kind.

    Args:
        kind: What it is a record of.
        record: The object.
        where: File and line, for messages.

    Raises:
        RecordError: When the object breaks the schema.
    """
    from jsonschema.exceptions import best_match

    hint = f"see `comity schema {kind}`"
    try:
        found = _validator(kind).iter_errors(record)
        errors = sorted(found, key=lambda e: [str(p) for p in e.path])
    except RecursionError as error:
        raise RecordError("nested too deeply", where=where, hint=hint) from error
    if errors:
        first = best_match(errors[:1])
        at = ".".join(str(p) for p in first.absolute_path) or "record"
        raise RecordError(f"{at}: {first.message[:200]}", where=where, hint=hint)
    if kind == "statement":
        _check_statement(record, where)


def _check_statement(record: Mapping[str, Any], where: str) -> None:
    """What no schema can tell."""
    if record["start"] >= record["end"]:
        raise RecordError("start is not before end", where=where)
    if isnan(record.get("confidence", 1)):
        raise RecordError("confidence: it is no number", where=where)
    mentions = [(name, m) for name in sorted(_MENTIONS) for m in record.get(name) or ()]
    if record.get("speaker"):
        mentions.append(("speaker", record["speaker"]))
    for name, mention in mentions:
        start, end = mention.get("start"), mention.get("end")
        if (start is None) != (end is None) or (start is not None and start >= end):
            raise RecordError(f"{name}: start and end of a mention are no span", where=where)
