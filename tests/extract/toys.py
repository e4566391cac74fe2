"""A small extractor that keeps to the contract, and one for each way of breaking it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing import parent_process
from typing import Any

from comity.extract import Extractor
from comity.identifiers import statement_id
from comity.model import Document, Mention, Statement

SENTENCE = re.compile(
    r"(?P<who>[A-Z]\w+) will (?P<what>(?P<verb>protect|improve) (?P<object>[^.]+))"
)
TEXT = "Norway will protect patents. Peru will improve the examination of patents."


@dataclass
class Toy(Extractor):
    """Finds "X will protect Y", and lets a test change what it says."""

    change: Callable[[list[Statement], Document], list[Statement]] | None = None
    name: str = "toy/1"

    def extract(self, document: Document) -> list[Statement]:
        """The statements, as they should be but for the change."""
        found = [_statement(document, match) for match in SENTENCE.finditer(document.text)]
        return self.change(found, document) if self.change else found


def _statement(document: Document, match: re.Match[str]) -> Statement:
    start, end = match.span("what")
    return Statement(
        statement_id(document.id, start, end, 0),
        document.id,
        start,
        end,
        match["what"],
        actors=(Mention(match["who"], None, *match.span("who")),),
        action=match["verb"],
        action_text=match["verb"],
        object=match["object"],
        modality="commitment",
        confidence=0.5,
        extractor="toy/1",
    )


def each(**fields: Any) -> Callable[[list[Statement], Document], list[Statement]]:
    """A change of every statement."""
    return lambda found, _: [replace(s, **fields) for s in found]


class Forgetful(Toy):
    """Says less the second time."""

    asked = 0

    def extract(self, document: Document) -> list[Statement]:
        """All, then nothing."""
        self.asked += 1
        return super().extract(document) if self.asked == 1 else []


class Lumping(Toy):
    """Gives one list for all documents."""

    def extract_all(self, documents: Iterable[Document]) -> Iterator[list[Statement]]:
        """One list."""
        yield [s for document in documents for s in self.extract(document)]


class Bytes(Toy):
    """Counts bytes."""

    def extract(self, document: Document) -> list[Statement]:
        """Offsets into the UTF-8 form of the text."""

        def at(place: int | None) -> int:
            return len(document.text[:place].encode())

        return [
            replace(
                s,
                start=at(s.start),
                end=at(s.end),
                id=statement_id(document.id, at(s.start), at(s.end), 0),
                actors=tuple(replace(m, start=at(m.start), end=at(m.end)) for m in s.actors),
            )
            for s in super().extract(document)
        ]


class HomeOnly(Toy):
    """Finds nothing in another process."""

    def extract(self, document: Document) -> list[Statement]:
        """All, or nothing."""
        return super().extract(document) if parent_process() is None else []


class Delicate(Toy):
    """Cannot stand an empty text."""

    def extract(self, document: Document) -> list[Statement]:
        """All, after a look at the first character."""
        assert document.text[0]
        return super().extract(document)


class Eager(Toy):
    """Finds something in nothing."""

    def extract(self, document: Document) -> list[Statement]:
        """All, or a statement about nothing."""
        made = Statement("", document.id, 0, 1, " ", action="be", extractor=self.name)
        return super().extract(document) if document.text.strip() else [made]
