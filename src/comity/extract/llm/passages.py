"""A text in passages: paragraphs put together up to a length, none shared by two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

CONTEXT = 400
"""Characters in front of a passage that are shown with it, and not to be coded."""
_GAP = re.compile(r"\n\s*\n")
_CUTS = (re.compile(r"(?<=[.!?。！？])\s+"), re.compile(r"\n+"), re.compile(r"\s+"))


@dataclass(frozen=True, slots=True)
class Passage:
    """Part of a text, by its offsets in code points; `before` is what stands in front of it."""

    start: int
    end: int
    before: str = ""


def passages(text: str, longest: int) -> list[Passage]:
    """The passages of a text, in order; what has no letter is left out.

    Args:
        text: The text.
        longest: How many characters a passage may have. A paragraph that is longer is cut
            between sentences, else at white space.
    """
    found: list[Passage] = []
    start = end = 0
    for begin, stop in (part for each in _paragraphs(text) for part in _cut(text, *each, longest)):
        if end > start and stop - start <= longest:
            end = stop
        else:
            _add(found, text, start, end)
            start, end = begin, stop
    _add(found, text, start, end)
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in (*(m.span() for m in _GAP.finditer(text)), (len(text), len(text))):
        inside = text[start : gap[0]]
        if inside.strip():
            first = start + len(inside) - len(inside.lstrip())
            yield first, start + len(inside.rstrip())
        start = gap[1]


def _cut(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """The pieces of a paragraph, each as long as may be."""
    while end - start > longest:
        limit = start + longest
        cut = limit, limit
        for pattern in _CUTS:
            places = [m.span() for m in pattern.finditer(text, start + longest // 2, limit)]
            if places:
                cut = places[-1]
                break
        yield start, cut[0]
        start = cut[1]
    if start < end:
        yield start, end


def _add(found: list[Passage], text: str, start: int, end: int) -> None:
    if any(char.isalpha() for char in text[start:end]):
        before = text[max(0, start - CONTEXT) : start].strip()
        if start > CONTEXT and " " in before:
            before = before.partition(" ")[2]
        found.append(Passage(start, end, before))
