"""Passages in their text: cut into pieces that can be marked, however they overlap."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comity.model import Statement

REACH = 420
"""Characters shown around a passage, on either side."""
PAGE = 60_000
"""Characters of text on one page of a long document; a paragraph is not divided for it."""
LONGEST = 120_000
"""Characters of a paragraph, beyond which it is divided."""
_Span = tuple[int, int, int]
_PARAGRAPH = re.compile(r"\n{2,}")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage with what stands around it.

    `before` and `after` end at the paragraph, or at a word where `cut_before` and `cut_after`
    say that it goes on.
    """

    words: str
    before: str = ""
    after: str = ""
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that the same passages cover.

    `covering` holds the numbers of the passages, the shortest first; `starting` those of them
    that start here, the longest first.
    """

    text: str
    covering: tuple[int, ...] = ()
    starting: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The pieces of a paragraph, from `start` on in the text."""

    start: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(piece.text for piece in self.pieces)


def excerpt(text: str, start: int, end: int, reach: int = REACH) -> Excerpt:
    """A passage with the rest of its paragraph, or as much as reaches.

    Args:
        text: The text of the document.
        start: Where the passage starts, in code points.
        end: Where it ends.
        reach: Characters on either side at most.

    >>> found = excerpt("It rained. China will act at once. Then all left.", 11, 33, reach=12)
    >>> found.before, found.words, found.after, found.cut_after
    ('It rained. ', 'China will act at once', '. Then all', True)
    """
    left = text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0
    right = text.find("\n\n", end)
    right = len(text) if right < 0 else right
    before, after = text[left:start], text[end:right]
    cut_before, cut_after = len(before) > reach, len(after) > reach
    if cut_before:
        before = before[-reach:]
        before = before[_first_space(before) + 1 :]
    if cut_after:
        after = after[:reach]
        after = after[: len(after) - _first_space(after[::-1])].rstrip()
    return Excerpt(text[start:end], before, after, cut_before, cut_after)


def paragraphs(text: str, statements: Sequence[Statement]) -> list[Paragraph]:
    """A text with the passages of its statements; each is known by its number, from one on.

    Args:
        text: The text of the document.
        statements: Its statements, in the order of the text.
    """
    spans = sorted((each.start, each.end, number) for number, each in enumerate(statements, 1))
    found, sweep = [], _Sweep(spans)
    for start, end in _blocks(text):
        found.append(Paragraph(start, tuple(sweep.pieces(text, start, end))))
    return found


def parts(found: Sequence[Paragraph], size: int = PAGE) -> list[list[Paragraph]]:
    """Paragraphs dealt out to pages of some size; at least one page.

    Args:
        found: What `paragraphs` gave.
        size: Characters of a page, beyond which a new one begins.
    """
    pages: list[list[Paragraph]] = [[]]
    filled = 0
    for paragraph in found:
        length = sum(len(piece.text) for piece in paragraph.pieces)
        if pages[-1] and filled + length > size:
            pages.append([])
            filled = 0
        pages[-1].append(paragraph)
        filled += length
    return pages


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where paragraphs start and end; the empty lines between them belong to none."""
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        yield from _divided(start, gap.start())
        start = gap.end()
    yield from _divided(start, len(text))


def _divided(start: int, end: int) -> Iterator[tuple[int, int]]:
    for here in range(start, end, LONGEST):
        yield here, min(here + LONGEST, end)


class _Sweep:
    """Goes through a text once and knows which passages are open."""

    def __init__(self, spans: Sequence[_Span]) -> None:
        self._coming = deque(spans)
        self._open: list[_Span] = []
        self._begun: set[int] = set()

    def pieces(self, text: str, start: int, end: int) -> Iterator[Piece]:
        """The characters from `start` to `end`, cut wherever a passage starts or ends."""
        while start < end:
            while self._coming and self._coming[0][0] <= start:
                self._open.append(self._coming.popleft())
            self._open = [span for span in self._open if span[1] > start]
            edges = [span[1] for span in self._open]
            edges += [self._coming[0][0]] if self._coming else []
            cut = min([end, *edges])
            short = sorted(self._open, key=lambda span: (span[1] - span[0], span[2]))
            covering = tuple(number for _, _, number in short)
            new = tuple(each for each in reversed(covering) if each not in self._begun)
            self._begun.update(new)
            yield Piece(text[start:cut], covering, new)
            start = cut


def _first_space(text: str) -> int:
    """The place of the first white space, or -1 where a cut has to go through a word."""
    found = re.search(r"\s", text)
    return found.start() if found else -1
