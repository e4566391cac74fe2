"""CSV and XLSX files as rows of named cells, as people's spreadsheets leave them.

A byte order mark, semicolons or tabs for commas, and old encodings are understood; empty rows are
passed over; a cell that was merged over several rows holds for all of them. Cells keep the type
that a spreadsheet gave them: what it did to dates is undone by `text_of`, or told.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from comity.errors import ComityError, InputError, LimitError, MissingExtraError, UsageError
from comity.text.encoding import decode
from comity.text.limits import Limits
from comity.text.sources import read_bytes

Cell = str | int | float | bool | date | None
SUFFIXES = (".csv", ".tsv", ".xlsx")
_SEPARATORS = ",;\t"
_MAX_FIELD = 4_000_000
_MAX_CELLS = 20_000_000
_FAULTS = re.compile(r"#(?:NAME\?|REF!|VALUE!|N/A|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(10_000, 100_000)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet counts, and its cells by the name of their column."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Sheet:
    """A table.

    Attributes:
        file: The name of its file.
        columns: The names of its columns, in lower case, in their order.
        rows: Its rows, without those that are empty.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path, *, encoding: str | None = None) -> Sheet:
    """Read a table; its first row that is not empty names the columns.

    Args:
        path: A ``.csv``, ``.tsv`` or ``.xlsx`` file; of a workbook, the first sheet is read.
        encoding: The character encoding of a CSV file, when it is known.

    Raises:
        InputError: When it is no such table, or names a column twice.
        LimitError: When a workbook has too many cells.
        MissingExtraError: When XLSX cannot be read in this installation.
    """
    grid = _workbook(path) if path.suffix.casefold() == ".xlsx" else _csv(path, encoding)
    filled = [(n, cells) for n, cells in grid if any(not _is_empty(cell) for cell in cells)]
    if not filled:
        raise InputError("the table is empty", where=path.name)
    columns = [_name(cell) for cell in filled[0][1]]
    twice = sorted({c for c in columns if c and columns.count(c) > 1})
    if twice:
        raise InputError(f"the column {twice[0]!r} occurs twice", where=path.name)
    rows = []
    for number, cells in filled[1:]:
        named = {c: cell for c, cell in zip(columns, cells, strict=False) if c}
        if any(not _is_empty(cell) for cell in cells[len(columns) :]):
            named[""] = "more cells than columns"
        rows.append(Row(number, named))
    return Sheet(path.name, tuple(filter(None, columns)), tuple(rows))


def _name(cell: Cell) -> str:
    return re.sub(r"[\s-]+", "_", str(cell or "").strip().casefold())


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_of(cell: Cell, *, is_date: bool = False) -> str:
    """What a person wrote into a cell, as far as the spreadsheet left it.

    Args:
        cell: The cell.
        is_date: Whether the column holds dates, so that numbers are days.

    Raises:
        UsageError: When the spreadsheet put something else in its place.

    >>> text_of(43581.0, is_date=True), text_of(1745.0)
    ('2019-04-26', '1745')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return (cell.date() if isinstance(cell, datetime) else cell).isoformat()
    if isinstance(cell, int | float):
        whole = cell == int(cell)
        if is_date and whole and int(cell) in _SERIALS:
            return (_EPOCH + timedelta(days=int(cell))).isoformat()
        return str(int(cell)) if whole else str(cell)
    text = cell.strip()
    if _FAULTS.fullmatch(text):
        raise UsageError(f"the cell holds {text}, the error of a formula")
    if text.startswith("=") and len(text) > 1:
        raise UsageError("the cell holds a formula", hint=r"write a text that begins with = as \=")
    if is_date and re.fullmatch(r"\d{5}(\.0+)?", text, re.ASCII):
        return text_of(float(text), is_date=True)
    return cell


# -- CSV ---------------------------------------------------------------------------------


def _csv(path: Path, encoding: str | None) -> list[tuple[int, Sequence[Cell]]]:
    try:
        text = decode(read_bytes(path, Limits().max_bytes), encoding=encoding)
    except ComityError as error:
        raise InputError(error.message, where=path.name, hint=error.hint) from error
    text = text.removeprefix("\ufeff")
    told = re.match(r"sep=(.)\r?\n", text)
    if told:
        text = text[told.end() :]
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = told[1] if told else max(_SEPARATORS, key=first.count)
    with _field_limit():
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        try:
            return [(n, cells) for n, cells in enumerate(reader, start=1 + bool(told))]
        except csv.Error as error:
            where = f"{path.name}:{reader.line_num}"
            raise InputError(f"is no CSV: {error}", where=where) from error


@contextmanager
def _field_limit() -> Iterator[None]:
    """The csv module has one limit for the whole process: set it, and put it back."""
    before = csv.field_size_limit(_MAX_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(before)


# -- XLSX --------------------------------------------------------------------------------


def _workbook(path: Path) -> list[tuple[int, Sequence[Cell]]]:
    try:
        import python_calamine as calamine
    except ImportError as error:
        raise MissingExtraError(
            "XLSX files need python-calamine", hint="pip install 'comity[xlsx]'"
        ) from error
    try:
        data = read_bytes(path, Limits().max_bytes)
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        if sheet.total_height * sheet.total_width > _MAX_CELLS:
            raise LimitError(f"has more than {_MAX_CELLS:,} cells", where=path.name)
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
        merged = sheet.merged_cell_ranges or []
    except InputError as error:
        raise InputError(error.message, where=path.name, hint=error.hint) from error
    except (calamine.CalamineError, IndexError, OSError, ValueError) as error:
        raise InputError(f"is no XLSX workbook: {error}", where=path.name) from error
    for (top, left), (bottom, right) in merged:
        if left == right:
            for row in range(top + 1, min(bottom + 1, len(rows))):
                rows[row][left] = rows[top][left]
    return [(n, [_cell(value) for value in row]) for n, row in enumerate(rows, start=1)]


def _cell(value: Any) -> Cell:
    if isinstance(value, str | int | float | bool | date) or value is None:
        return value
    return str(value)
