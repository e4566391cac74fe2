"""Extractors turn a Document into Statements; this is the protocol they follow.

An extractor says *where* the text makes a statement and *in which words*; ids of actors are the
linker's work, and so are the codes of a measure where the extractor leaves them ``unspecified``.
Extractors are plug-ins (`comity.extract.plugins`), Comity's own too; `comity.testing` has the
tests that each must pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from comity.model import Document, Rejection, Statement

NAME = re.compile(r"[a-z][a-z0-9-]*/[0-9A-Za-z.]+(?:\+[!-~]+)?")
"""What an extractor calls itself: ``english/1``, ``english/1+other_model``."""


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
        """The statements of one document, in text order, with exact offsets.

        Raises:
            ExtractError: When this document cannot be read; it is set aside.
        """

    def extract_all(self, documents: Iterable[Document]) -> Iterator[list[Statement]]:
        """One list of statements a document, in the order of the documents."""
        for document in documents:
            yield self.extract(document)


@dataclass(frozen=True, slots=True)
class Extracted:
    """What an extractor found in a document, and what it set aside there, with the reasons."""

    statements: tuple[Statement, ...]
    rejections: tuple[Rejection, ...] = ()


@runtime_checkable
class SetsAside(Protocol):
    """An extractor that may set parts of a document aside, and keep the rest."""

    def examine(self, document: Document) -> Extracted:
        """As `Extractor.extract`, with what was set aside.

        Raises:
            ExtractError: When nothing of this document can be used.
        """


@runtime_checkable
class HasSettings(Protocol):
    """An extractor that says what its statements depend on.

    The manifest of a build keeps it instead of the options that were given: whatever changes
    the statements, and nothing that differs between machines (paths, addresses).
    """

    @property
    def settings(self) -> Mapping[str, str]:
        """Names and values."""


@runtime_checkable
class HasModel(Protocol):
    """An extractor that works with a model whose files are known."""

    def model_identity(self) -> Mapping[str, str]:
        """Name, version and SHA-256 of the model, for the manifest."""
