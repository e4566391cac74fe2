"""The difference of two data sets, by merging their sorted lines: one subject at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from comity.publish.sides import Side

Lines = list[bytes]


@dataclass(frozen=True, slots=True)
class Node:
    """The lines about one subject on both sides, each sorted; none where it is not described."""

    subject: bytes
    old: Lines
    new: Lines


@dataclass(frozen=True, slots=True)
class Size:
    """How large a side is: its quads, and the RDFC-1.0 hash of them."""

    quads: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What is on one side only.

    Args:
        old: The size of the earlier side.
        new: The size of the later side.
        removed: A file of the sorted N-Quads that only the earlier side has.
        added: A file of the sorted N-Quads that only the later side has.
        removed_triples: A file of the sorted N-Triples that are in no graph of the later side.
        added_triples: A file of the sorted N-Triples that are in no graph of the earlier side.
        counts: How many lines each of the four files has, by its name without the ending.
    """

    old: Size
    new: Size
    removed: Path
    added: Path
    removed_triples: Path
    added_triples: Path
    counts: dict[str, int]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return any(self.counts.values())


def joined(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[Node]:
    """Every subject of two data sets, in order, with its lines on both sides.

    Args:
        old: Sorted, distinct lines of N-Quads or N-Triples.
        new: As `old`.
    """
    mine, theirs = _by_subject(old), _by_subject(new)
    left, right = next(mine, None), next(theirs, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left[0] < right[0]):
            assert left is not None
            yield Node(left[0], left[1], [])
            left = next(mine, None)
        elif left is None or right[0] < left[0]:
            yield Node(right[0], [], right[1])
            right = next(theirs, None)
        else:
            yield Node(left[0], left[1], right[1])
            left, right = next(mine, None), next(theirs, None)


def difference(
    old: Side, new: Side, room: Path, seen: Callable[[Node], None] = lambda node: None
) -> Difference:
    """What two sides do not have in common, kept in files.

    Memory holds the lines of one subject, whatever the size of the sides.

    Args:
        old: The earlier side.
        new: The later side.
        room: A folder for the four files.
        seen: Told of every subject whose lines differ.

    Raises:
        InputError: if a side is damaged.
        OSError: if the room cannot hold the files.
    """
    room.mkdir(parents=True, exist_ok=True)
    names = ("removed.nq", "added.nq", "removed.nt", "added.nt")
    counts = dict.fromkeys(("removed", "added", "removed_triples", "added_triples"), 0)
    mine, theirs = _Counted(old.lines()), _Counted(new.lines())
    with ExitStack() as stack:
        files = [stack.enter_context((room / name).open("wb")) for name in names]
        for node in joined(mine, theirs):
            if node.old == node.new:
                continue
            seen(node)
            for (name, lines), out in zip(_parts(node), files, strict=True):
                counts[name] += len(lines)
                out.writelines(lines)
    removed, added, removed_triples, added_triples = (room / name for name in names)
    sizes = mine.size, theirs.size
    return Difference(*sizes, removed, added, removed_triples, added_triples, counts)


def _parts(node: Node) -> Iterator[tuple[str, Lines]]:
    before, after = set(node.old), set(node.new)
    yield "removed", sorted(before - after)
    yield "added", sorted(after - before)
    earlier, later = ({triple(line) for line in lines} for lines in (before, after))
    yield "removed_triples", sorted(earlier - later)
    yield "added_triples", sorted(later - earlier)


def triple(line: bytes) -> bytes:
    """A line of N-Triples from one of N-Quads."""
    return line[: line.rindex(b" <")] + b" .\n"


def _by_subject(lines: Iterable[bytes]) -> Iterator[tuple[bytes, Lines]]:
    for subject, group in groupby(lines, key=lambda line: line[: line.index(b" ")]):
        yield subject, list(group)


class _Counted:
    """Lines that are counted and hashed as they are read."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = lines
        self._digest = hashlib.sha256()
        self._quads = 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self._digest.update(line)
            self._quads += 1
            yield line

    @property
    def size(self) -> Size:
        return Size(self._quads, self._digest.hexdigest())
