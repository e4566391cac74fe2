"""Statements that people have coded, or other tools have made, as an extractor.

The records stand in JSON Lines (`comity schema statement`); each names the document that it was
coded on by the id that the document's text has. What they hold is kept as it is: the linker only
adds ids of actors where a mention has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from comity.errors import InputError, RecordError
from comity.model import Document, Rejection, Statement
from comity.records import read_lines, restored, statement_from_record

ENDING = ".statements.jsonl"
"""How the name of a file of codings ends, beside the text that it belongs to."""
TABLES = (".csv", ".tsv", ".xlsx")
"""How the name of a table of codings ends; in a folder, after ``.statements``."""


class RecordsExtractor:
    """The statements of some files, given out by document.

    Args:
        paths: Files of records, and folders in which every ``*.statements.jsonl`` is one.

    Raises:
        InputError: If a path cannot be read, or a folder holds no codings.

    `rejections` holds every line that is no statement record, with the reason; `tables` the
    files that are tables, whose statements are for others to read and to `add`.
    """

    name = "records/1"

    def __init__(self, paths: Iterable[Path]) -> None:
        self.rejections: list[Rejection] = []
        self.tables: list[Path] = []
        self._by_document: dict[str, list[tuple[str, Statement]]] = {}
        for file in dict.fromkeys(file for path in paths for file in _files(path)):
            if file.suffix.casefold() in TABLES:
                self.tables.append(file)
            else:
                self._read(file)

    def add(self, coded: Iterable[tuple[str, Statement]]) -> None:
        """Statements from elsewhere, each with its place (file and row)."""
        for where, statement in coded:
            self._by_document.setdefault(statement.document, []).append((where, statement))

    def _read(self, path: Path) -> None:
        try:
            for number, record in read_lines(path):
                where = f"{path.name}:{number}"
                try:
                    if isinstance(record, RecordError):
                        raise record
                    statement = statement_from_record(record, where=where)
                except RecordError as error:
                    rejection = Rejection(where, "import", "record", error.message)
                    self.rejections.append(rejection)
                else:
                    self._by_document.setdefault(statement.document, []).append((where, statement))
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from error

    def extract(self, document: Document) -> list[Statement]:
        """The statements coded on this document, in text order.

        Passages that a release gives in part, or not at all, are taken from the text.
        """
        coded = self._by_document.get(document.id, ())
        in_order = sorted(coded, key=lambda c: (c[1].start, c[1].end, c[1].id, c[0]))
        return [restored(statement, document) for _, statement in in_order]

    def extract_all(self, documents: Iterable[Document]) -> Iterator[list[Statement]]:
        """One list of statements a document, in the order of the documents."""
        for document in documents:
            yield self.extract(document)

    def strays(self, documents: Iterable[Document]) -> list[Rejection]:
        """The records whose document is not among these: its text is missing, or was changed."""
        known = {document.id for document in documents}
        return [
            Rejection(
                where,
                "import",
                "document",
                f"its document {name} is not among the texts, or the text was changed",
                statement.id,
            )
            for name, coded in sorted(self._by_document.items())
            if name not in known
            for where, statement in coded
        ]


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    endings = (ENDING, *(f".statements{suffix}" for suffix in TABLES))
    found = sorted(file for ending in endings for file in path.rglob(f"*{ending}"))
    if not found:
        raise InputError(f"this folder holds no *{ENDING} (or .csv, .xlsx)", where=str(path))
    return found
