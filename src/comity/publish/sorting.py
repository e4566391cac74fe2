"""Sorting more lines than fit into memory: sorted runs on disk, merged as they are read."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

RUN = 64_000_000
"""Bytes of lines that are sorted in memory at once."""
FAN_IN = 200
"""Runs that are merged at once, so that not too many files are open."""
_OVERHEAD = 49
"""Bytes that Python takes for a line beside its characters and its place in the list."""


def sorted_lines(lines: Iterable[bytes], *, run: int = RUN) -> Iterator[bytes]:
    """The distinct lines in order of their bytes, in memory that does not grow with their number.

    Args:
        lines: Lines, each with its line end, in any order.
        run: Bytes that are sorted in memory at once.

    Raises:
        OSError: if the folder for temporary files cannot hold them.
    """
    with TemporaryDirectory(prefix="comity-sort-") as folder:
        waiting: list[bytes] = []
        size = 0
        runs: list[Path] = []
        for line in lines:
            waiting.append(line)
            size += len(line) + _OVERHEAD
            if size >= run:
                runs.append(_kept(sorted(set(waiting)), Path(folder), len(runs)))
                waiting, size = [], 0
        number = len(runs)
        while len(runs) > FAN_IN:
            merged = _kept(_merged(runs[:FAN_IN]), Path(folder), number)
            for path in runs[:FAN_IN]:
                path.unlink()
            runs = [*runs[FAN_IN:], merged]
            number += 1
        yield from _merged(runs, sorted(set(waiting)))


def _kept(lines: Iterable[bytes], folder: Path, number: int) -> Path:
    path = folder / f"{number:06d}"
    with path.open("wb") as out:
        out.writelines(lines)
    return path


def _merged(runs: list[Path], last: Iterable[bytes] = ()) -> Iterator[bytes]:
    with ExitStack() as stack:
        sources: list[Iterable[bytes]] = [stack.enter_context(path.open("rb")) for path in runs]
        before = None
        for line in heapq.merge(*sources, last):
            if line != before:
                yield line
            before = line
