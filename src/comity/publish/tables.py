"""Statements and documents of a release as tables: JSON Lines, CSV and Parquet.

JSON Lines hold the records that every part of Comity reads and writes. The CSV has one row a
statement, with cells as `comity.review.fields` writes them, so that it can be corrected in a
spreadsheet and imported again; lists are separated by `` | ``. Parquet has the same columns, typed.
All are written as they are read: memory does not grow with the number of statements.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from comity.errors import MissingExtraError
from comity.model import Mention
from comity.publish.columns import Column, Row, columns, rows
from comity.publish.content import Content, Part
from comity.publish.datapackage import SEPARATOR, write_descriptions
from comity.records import document_to_record, dump_lines, schema, statement_to_record
from comity.review.fields import show
from comity.review.sheets import FIELDS

if TYPE_CHECKING:
    import polars as pl

JSON_LINES = "application/x-ndjson"
PARQUET = "application/vnd.apache.parquet"
_BATCH = 2_000
_ROW_GROUP = 10_000
_FIELDS = frozenset({*FIELDS, "quote_sha256"})


def write_tables(content: Content, folder: Path) -> list[Part]:
    """Write the tables of a release, and their descriptions.

    Args:
        content: What is published.
        folder: The release folder.

    Raises:
        GraphFolderError: if statements are not in the order of their documents.
        MissingExtraError: if polars is not installed.
        OSError: if a file cannot be written.
    """
    parts = [
        *write_records(content, folder),
        *write_csv(content, folder),
        *write_parquet(content, folder),
    ]
    return [*parts, *write_descriptions(content, folder)]


def write_records(content: Content, folder: Path) -> list[Part]:
    """Write ``statements.jsonl`` and ``documents.jsonl``, as the schemas of records have them."""
    with (folder / "statements.jsonl").open("w", encoding="utf-8", newline="\n") as out:
        dump_lines(map(statement_to_record, content.statements()), out)
    with (folder / "documents.jsonl").open("w", encoding="utf-8", newline="\n") as out:
        dump_lines(map(document_to_record, content.documents()), out)
    return [
        Part(
            f"{kind}s.jsonl",
            f"{kind.capitalize()} records",
            JSON_LINES,
            conforms_to=schema(kind)["$id"],
            role="table",
        )
        for kind in ("statement", "document")
    ]


# -- CSV --------------------------------------------------------------------------------------


def write_csv(content: Content, folder: Path) -> list[Part]:
    """Write ``statements.csv``: UTF-8, commas, line feeds, one row a statement."""
    chosen = columns(content)
    with (folder / "statements.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(column.name for column in chosen)
        for row in rows(content):
            writer.writerow([cell(column, row) for column in chosen])
    return [Part("statements.csv", "Statements as a table", "text/csv", role="table")]


def cell(column: Column, row: Row) -> str:
    """What a cell of the CSV holds, on one line.

    Args:
        column: Its column.
        row: Its row.
    """
    value = column.value(row)
    if column.name not in _FIELDS and isinstance(value, tuple):
        value = SEPARATOR.join(" ".join(text.split()).replace("|", "¦") for text in value)
    return show(column.name, value)


# -- Parquet ----------------------------------------------------------------------------------


def write_parquet(content: Content, folder: Path) -> list[Part]:
    """Write ``statements.parquet``: the columns of the CSV, typed.

    Lists are lists, mentions structures, dates texts as precise as they are known, and what is
    not there is null. Equal content gives equal bytes, whatever the number of threads.

    Raises:
        MissingExtraError: if polars is not installed.
    """
    try:
        import polars as pl
    except ImportError as error:
        raise MissingExtraError(
            "Parquet needs polars", hint="pip install 'comity[publish]'"
        ) from error
    chosen = columns(content)
    types = {column.name: _type(column) for column in chosen}
    waiting = rows(content)
    batches = iter(lambda: list(islice(waiting, _BATCH)), [])
    with TemporaryDirectory(prefix="comity-parquet-") as name:
        room = Path(name)
        pl.DataFrame(schema=types).write_parquet(room / "none.parquet")
        for number, some in enumerate(batches):
            frame = pl.read_ndjson(_lines(chosen, some), schema=types)
            frame.write_parquet(room / f"{number:08d}.parquet", compression="lz4")
        pl.scan_parquet(sorted(room.iterdir())).sink_parquet(
            folder / "statements.parquet",
            compression="zstd",
            compression_level=9,
            statistics=True,
            row_group_size=_ROW_GROUP,
            maintain_order=True,
        )
    return [Part("statements.parquet", "Statements as a typed table", PARQUET, role="table")]


def _type(column: Column) -> pl.DataType:
    import polars as pl

    text, number = pl.String(), pl.Int64()
    mention = {"text": text, "id": text, "start": number, "end": number}
    simple: Mapping[str, pl.DataType] = {
        "integer": number,
        "decimal": pl.Float64(),
        "boolean": pl.Boolean(),
        "mention": pl.Struct({**mention, "on_behalf_of": text}),
        "mentions": pl.List(pl.Struct(mention)),
        **dict.fromkeys(("texts", "codes", "iris"), pl.List(text)),
    }
    return simple.get(column.kind, text)


def _lines(chosen: Sequence[Column], some: Iterable[Row]) -> bytes:
    """Rows as JSON Lines: the engine reads nested values faster from text than from objects."""
    values = ({column.name: _typed(column.value(row)) for column in chosen} for row in some)
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values).encode()


def _typed(value: Any) -> Any:
    if isinstance(value, Mention):
        return asdict(value)
    if isinstance(value, tuple):
        return [_party(each) if isinstance(each, Mention) else each for each in value]
    return None if value == "" else value


def _party(mention: Mention) -> dict[str, Any]:
    """A mention but for whom it speaks: only speakers speak for others."""
    told = asdict(mention)
    del told["on_behalf_of"]
    return told
