"""Extractors turn a Document into Statements; this is the protocol they follow.

An extractor says *where* the text makes a statement and *in which words*; codes of the
vocabulary and ids of actors are the linker's work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable

from comity.model import Document, Statement


@runtime_checkable
class Extractor(Protocol):
    """What the pipeline asks of an extractor.

    `name` is ``<name>/<version>`` and stands in every statement it makes; the same
    document and name must always give the same statements.
    """

    @property
    def name(self) -> str:
        """Name and version, such as ``english/1``."""

    def extract(self, document: Document) -> list[Statement]:
        """The statements of one document, in text order, with exact offsets."""

    def extract_all(self, documents: Iterable[Document]) -> Iterator[list[Statement]]:
        """One list of statements a document, in the order of the documents."""
