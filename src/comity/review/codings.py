"""Tables in which people coded statements: spreadsheets of our own columns, or DNA's event list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from comity.model import Document, Rejection, Statement, Vocabulary
from comity.review.dna import is_event_list, read_event_list
from comity.review.sheets import read_sheet
from comity.review.tables import read_table
from comity.review.texts import Texts
from comity.words import Words


def read_codings(
    paths: Sequence[Path],
    documents: Iterable[Document],
    vocabulary: Vocabulary,
    *,
    encoding: str | None = None,
) -> tuple[list[tuple[str, Statement]], list[Rejection]]:
    """The statements of some tables, each with its file and row; bad rows are set aside.

    Args:
        paths: CSV, TSV and XLSX files.
        documents: The texts that were coded.
        vocabulary: The concepts and actors that codings name.
        encoding: The character encoding of CSV files, when it is known.

    Raises:
        InputError: When a file is no table, or lacks a column.
        MissingExtraError: When XLSX cannot be read in this installation.
    """
    if not paths:
        return [], []
    texts, words = Texts(documents), Words(vocabulary)
    coded: list[tuple[str, Statement]] = []
    aside: list[Rejection] = []
    for path in sorted(paths, key=lambda p: (p.name, str(p))):
        sheet = read_table(path, encoding=encoding)
        read = read_event_list if is_event_list(sheet) else read_sheet
        found, unread = read(sheet, texts, words)
        coded += found
        aside += unread
    return coded, aside
