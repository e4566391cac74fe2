"""Statements in spreadsheets: one row a statement, columns named as the fields of a record.

Needed are the columns `NEEDED`; of these the cells of document, quote, action and modality must
hold something. All other fields of a record may be columns too; `file`, `prefix`, `note`,
`comment`, `coder`, names that begin with ``_`` and what a release adds are no fields and pass. How
values are written is told in `comity.review.fields`. Where there is a `quote_sha256`, the quote may
be its first words or empty: start and end tell the passage, and the hash proves it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import IO, Any

from comity.errors import ComityError, InputError, UsageError
from comity.identifiers import statement_id
from comity.model import Document, Rejection, Statement
from comity.records import restored, statement_from_record, statement_to_record
from comity.review.fields import DATES, READING, SCHEMES, parse, plain, show, tokens
from comity.review.tables import Row, Sheet, text_of
from comity.review.texts import Texts, locate
from comity.words import Words, suggestion

NEEDED = (
    *("document", "quote", "actors", "action", "object", "measure_type", "direction"),
    *("areas", "modality"),
)
FIELDS = tuple(f.name for f in fields(Statement) if f.name != "quote_sha256")
TOLD_AGAIN = (
    *("statement_iri", "document_iri", "document_title", "document_type", "document_date"),
    *("bindingness", "publisher", "source_url", "license", "event_iri"),
    *("actor_names", "actor_ids", "actor_iris", "actor_labels", "speaker_iri", "speaker_label"),
    *("on_behalf_of_iri", "on_behalf_of_label", "counterpart_iris", "counterpart_labels"),
    *("beneficiary_iris", "beneficiary_labels", "constrained_iris", "constrained_labels"),
    *("measure_iris", "measure_labels", "measure_type_label", "direction_label"),
    *("area_iris", "area_labels", "modality_iri", "modality_label"),
)
"""The columns that a release adds: what the fields say once more, in IRIs and in words."""
_PASSING = frozenset({"", "file", "prefix", "note", "comment", "coder", "quote_sha256"})
_ORDINALS = 100


class CellError(ComityError):
    """A cell that cannot be used.

    Args:
        column: The name of its column.
        message: What is wrong.
        hint: What the user can do about it.
    """

    def __init__(self, column: str, message: str, *, hint: str = "") -> None:
        super().__init__(message, where=column, hint=hint)


def write_sheet(
    statements: Iterable[Statement], documents: Iterable[Document], stream: IO[str]
) -> None:
    """Statements as CSV, so that `read_sheet` gives the same ones back.

    Args:
        statements: The statements.
        documents: Their documents; the column `file` names their files.
        stream: A text stream opened without translation of line ends.
    """
    files = {d.id: d.file or "" for d in documents}
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("file", *FIELDS))
    for statement in statements:
        cells = (show(name, getattr(statement, name)) for name in FIELDS)
        writer.writerow((show("file", files.get(statement.document, "")), *cells))


def read_sheet(
    sheet: Sheet, texts: Texts, words: Words
) -> tuple[list[tuple[str, Statement]], list[Rejection]]:
    """The statements of a table, each with its file and row; what cannot be read is set aside.

    Args:
        sheet: The table.
        texts: The texts that were coded.
        words: Where names of concepts and actors are looked up.

    Raises:
        InputError: When a column that is needed is missing.
    """
    missing = [name for name in NEEDED if name not in sheet.columns]
    if missing:
        raise InputError(
            f"the table has no column {missing[0]!r}",
            where=sheet.file,
            hint=f"needed are {', '.join(NEEDED)}",
        )
    aside = [
        Rejection(
            sheet.file,
            "import",
            "column",
            f"column {name!r} is no field and was passed over: {suggestion(name, FIELDS)}",
        )
        for name in sheet.columns
        if name not in {*FIELDS, *_PASSING, *TOLD_AGAIN} and not name.startswith("_")
    ]
    found: list[tuple[str, Statement]] = []
    taken: dict[str, str] = {}
    for row in sheet.rows:
        if isinstance(given := row.cells.get("id"), str):
            taken.setdefault(given.strip(), "")
    for row in sheet.rows:
        where = f"{sheet.file}:{row.number}"
        try:
            statement = _statement(row, texts, words, taken)
        except ComityError as error:
            reason = f"{error.where}: {error.message}" if error.where else error.message
            told = f"{reason} ({error.hint})" if error.hint else reason
            aside.append(Rejection(where, "import", "cell", told))
        else:
            taken[statement.id] = where
            found.append((where, statement))
    return found, aside


def _statement(row: Row, texts: Texts, words: Words, taken: Mapping[str, str]) -> Statement:
    if "" in row.cells:
        raise CellError("row", str(row.cells[""]), hint="quote cells that hold the separator")
    document = _document(row, texts)
    start, end = _proved(row, document) if _text(row, "quote_sha256") else _found(row, document)
    record: dict[str, Any] = {
        "id": _id(row, document, start, end, taken),
        "document": document.id,
        "start": start,
        "end": end,
        "quote": document.quote(start, end),
        "confidence": 1.0,
        "extractor": "hand/1",
        "review": "accepted",
    }
    known = {"date": document.date, "event": document.event, "place": document.place}
    record |= {name: value for name, value in known.items() if name not in row.cells}
    return statement_from_record(record | _reading(row, words) | _bookkeeping(row, words))


def _found(row: Row, document: Document) -> tuple[int, int]:
    """Where the words of a passage stand."""
    quote = _text(row, "quote")
    if not quote:
        raise CellError("quote", "a statement needs the words of its passage")
    given = _number(row, "start")
    try:
        return locate(document, quote, start=given, prefix=_text(row, "prefix"))
    except ComityError as error:
        raise CellError("quote", error.message, hint=error.hint) from error


def _proved(row: Row, document: Document) -> tuple[int, int]:
    """Where a passage stands whose words are not all given, when its hash is that of the text."""
    start, end = _number(row, "start"), _number(row, "end")
    if start is not None and end is not None:
        sha256 = _text(row, "quote_sha256")
        told = Statement("", "", start, end, _text(row, "quote"), quote_sha256=sha256)
        if restored(told, document).quote_sha256 is None:
            return start, end
    raise CellError(
        "quote_sha256",
        "what the text has from start to end does not have this hash",
        hint="take the very text that was coded",
    )


def _document(row: Row, texts: Texts) -> Document:
    name = _text(row, "document") or _text(row, "file")
    if not name:
        raise CellError("document", "a statement needs its document: file, id or title")
    try:
        return texts.document(name)
    except UsageError as error:
        raise CellError("document", error.message, hint=error.hint) from error


def _reading(row: Row, words: Words) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name in READING:
        if name in row.cells or name in ("action", "modality"):
            text = _raw(row, name)
            try:
                read[name] = parse(name, text, words)
            except UsageError as error:
                raise CellError(name, error.message, hint=error.hint) from error
    probe = Statement("", "", 0, 1, "", **read)
    record = statement_to_record(probe)
    return {name: record[name] for name in read}


def _bookkeeping(row: Row, words: Words) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if _text(row, "extractor") or (_text(row, "id") and "extractor" in row.cells):
        found["extractor"] = _text(row, "extractor")
    if _text(row, "review"):
        try:
            found["review"] = words.code(SCHEMES["review"], _text(row, "review"))
        except UsageError as error:
            raise CellError("review", error.message, hint=error.hint) from error
    if _text(row, "confidence"):
        text = _text(row, "confidence").replace(",", ".")
        try:
            found["confidence"] = float(text)
        except ValueError as error:
            raise CellError("confidence", f"{text!r} is no number") from error
        if not 0 <= found["confidence"] <= 1:
            raise CellError("confidence", f"{text} is not between 0 and 1")
    return found


def _id(row: Row, document: Document, start: int, end: int, taken: Mapping[str, str]) -> str:
    """The id given, if it belongs to this passage; else the first that is free."""
    given = _text(row, "id")
    ids = [statement_id(document.id, start, end, n) for n in range(_ORDINALS)]
    if given in ids:
        if taken.get(given):
            raise CellError("id", f"{given} stands in {taken[given]} already")
        return given
    return next((i for i in ids if i not in taken), ids[-1])


def _number(row: Row, column: str) -> int | None:
    text = _text(row, column)
    if not text:
        return None
    if not text.isdecimal():
        raise CellError(column, f"{text!r} is no whole number")
    return int(text)


def _text(row: Row, column: str) -> str:
    return plain(tokens(_raw(row, column)))


def _raw(row: Row, column: str) -> str:
    cell = row.cells.get(column)
    if isinstance(cell, bool) and column != "negated":
        said = str(cell).upper()
        raise CellError(column, f"the spreadsheet holds the truth value {said}, not words")
    try:
        return text_of(cell, is_date=column in DATES)
    except UsageError as error:
        raise CellError(column, error.message, hint=error.hint) from error
