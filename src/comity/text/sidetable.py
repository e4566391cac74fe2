"""The side table: a CSV file with metadata for many files at once (``--meta``).

One column, ``file``, names the file, as it is called or with as much of its path as tells
it from others; the further columns are metadata keys. ``encoding`` names the encoding of a
file that is not written in Unicode. Other columns are ignored.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from comity.errors import ComityError, MetadataError
from comity.model import Rejection
from comity.text.encoding import checked_encoding, decode
from comity.text.limits import Limits
from comity.text.metadata import Codes, Metadata, checked
from comity.text.refusal import Refused, rejection
from comity.text.sources import Source, read_bytes

_Row = dict[str, str]
_SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class SideTable:
    """Rows of a side table by the file they are about, and the rows that fit no file."""

    rejections: tuple[Rejection, ...] = ()
    _rows: Mapping[Source, tuple[str, _Row]] = field(default_factory=dict)

    def metadata(self, source: Source, *, codes: Codes, limits: Limits) -> Metadata:
        """What the table says about a file.

        Raises:
            MetadataError: A value of its row is malformed.
        """
        if source not in self._rows:
            return Metadata()
        where, row = self._rows[source]
        return checked(row, codes=codes, where=lambda _: where, longest=limits.max_value)

    def encoding(self, source: Source) -> str | None:
        """The encoding the table gives for a file.

        Raises:
            MetadataError: There is no encoding of that name.
        """
        if source not in self._rows or not self._rows[source][1].get("encoding"):
            return None
        where, row = self._rows[source]
        try:
            return checked_encoding(row["encoding"])
        except ComityError as error:
            raise MetadataError(error.message, where=where, hint=error.hint) from error


def read_side_table(path: Path, sources: Sequence[Source], *, limits: Limits) -> SideTable:
    """Read a side table and find the files its rows are about.

    Args:
        path: A CSV file, separated by commas, semicolons or tabs, with a line of names.
        sources: The files to be read.
        limits: How large the table and its fields may be.

    Raises:
        MetadataError: The table as a whole cannot be used.
    """
    try:
        text = decode(read_bytes(path, limits.max_bytes))
    except ComityError as error:
        raise MetadataError(error.message, where=path.name, hint=error.hint) from error
    by_name: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        by_name[source.path.name].append(source)
    rows: dict[Source, tuple[str, _Row]] = {}
    rejected: list[Rejection] = []
    for line, row in _rows(text, path.name, limits):
        where = f"{path.name}:{line}"
        try:
            source = _match(row["file"], by_name)
            if source in rows:
                raise Refused("metadata", f"has a second row for {row['file']!r}", hint="keep one")
            rows[source] = where, row
        except Refused as error:
            rejected.append(rejection(where, error))
    return SideTable(tuple(rejected), rows)


def _match(file: str, by_name: Mapping[str, list[Source]]) -> Source:
    wanted = PurePosixPath(file.replace("\\", "/")).parts
    fits = [
        source
        for source in by_name.get(wanted[-1] if wanted else "", ())
        if source.path.absolute().parts[-len(wanted) :] == wanted
    ]
    if not fits:
        raise Refused("metadata", f"no file {file[:200]!r} is being read", hint="check its name")
    if len(fits) > 1:
        raise Refused(
            "metadata",
            f"{file[:200]!r} fits {len(fits)} files",
            hint=f"give more of the path, as in {'/'.join(fits[0].path.parts[-len(wanted) - 1 :])}",
        )
    return fits[0]


def _rows(text: str, name: str, limits: Limits) -> list[tuple[int, _Row]]:
    """Rows with their line numbers, the keys in lower case."""
    separator = max(_SEPARATORS, key=text.split("\n", 1)[0].count)
    with _field_limit(limits.max_csv_field):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        try:
            keys = _keys(next(reader, []), name)
            rows = [(reader.line_num, cells) for cells in reader if any(map(str.strip, cells))]
        except csv.Error as error:
            raise MetadataError(f"is no CSV: {error}", where=f"{name}:{reader.line_num}") from error
    for line, cells in rows:
        if len(cells) > len(keys):
            raise MetadataError(
                f"has {len(cells)} cells for {len(keys)} columns",
                where=f"{name}:{line}",
                hint='put a value that holds the separator in "double quotes"',
            )
    return [
        (line, {"file": "", **dict(zip(keys, map(str.strip, cells), strict=False))})
        for line, cells in rows
    ]


def _keys(names: list[str], table: str) -> list[str]:
    keys = [name.strip().casefold() for name in names]
    twice = sorted({key for key in keys if key and keys.count(key) > 1})
    if "file" not in keys or twice:
        raise MetadataError(
            f"the column {twice[0]!r} occurs twice" if twice else "has no column 'file'",
            where=f"{table}:1",
            hint="the first line names the columns: file,title,date,publisher …",
        )
    return keys


@contextmanager
def _field_limit(characters: int) -> Iterator[None]:
    """The csv module has one limit for the whole process: set it, and put it back."""
    before = csv.field_size_limit(characters)
    try:
        yield
    finally:
        csv.field_size_limit(before)
