"""A graph folder's dump taken apart into its named graphs, whole ones, in order of their IRIs.

The dump is sorted by subject, so the lines of a graph stand all over it. It is read twice: once
to see how large each graph is, once to deal its lines out to files of some size each.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from comity.errors import InputError, LimitError

MOST_FILES = 400
"""Files that are open at once while lines are dealt out."""


@dataclass(frozen=True, slots=True)
class Part:
    """A named graph: its IRI and the sorted, distinct lines of its N-Triples."""

    graph: str
    lines: tuple[bytes, ...]

    @property
    def body(self) -> bytes:
        """The N-Triples."""
        return b"".join(self.lines)

    @property
    def quads(self) -> bytes:
        """The N-Quads."""
        name = f" <{self.graph}> .\n".encode()
        return b"".join(line[:-3] + name for line in self.lines)

    @property
    def sha256(self) -> str:
        """The hash of the N-Triples."""
        return hashlib.sha256(self.body).hexdigest()


def triples_of(turtle: Path) -> list[bytes]:
    """The sorted lines of N-Triples of a Turtle file; a graph folder's has no blank nodes.

    Raises:
        InputError: if the file cannot be read, or is no Turtle.
    """
    from pyoxigraph import RdfFormat, parse

    try:
        found = parse(turtle.read_bytes(), format=RdfFormat.TURTLE)
        return sorted({f"{t.subject} {t.predicate} {t.object} .\n".encode() for t in found})
    except SyntaxError as error:
        raise InputError(f"this is no Turtle: {error.msg}", where=str(turtle)) from error
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}", where=str(turtle)) from error


def sizes(nquads: Path) -> Counter[str]:
    """The bytes of each named graph of a gzipped N-Quads file, by its IRI.

    Raises:
        InputError: if the file cannot be read, or a line is no quad.
    """
    found: Counter[str] = Counter()
    for graph, line in _lines(nquads):
        found[graph] += len(line)
    return found


def shards(
    nquads: Path, extra: Mapping[str, Sequence[bytes]], size: int
) -> Iterator[tuple[Part, ...]]:
    """The named graphs in order of their IRIs, as many at a time as make up a size.

    A graph is never divided, so a shard is larger than `size` when one of its graphs is.

    Args:
        nquads: A gzipped N-Quads file.
        extra: Further graphs: IRI to lines of N-Triples.
        size: Bytes of a shard, before compression.

    Raises:
        InputError: as `sizes` does.
        LimitError: if that makes more shards than files can be open.
    """
    measured = sizes(nquads)
    for graph, lines in extra.items():
        measured[graph] += sum(map(len, lines))
    groups = _grouped(measured, size)
    if len(groups) > MOST_FILES:
        raise LimitError(
            f"that makes {len(groups):,} shards, more than {MOST_FILES}",
            hint=f"a shard size of {sum(measured.values()) // MOST_FILES + 1:,} bytes makes fewer",
        )
    number = {graph: n for n, group in enumerate(groups) for graph in group}
    with TemporaryDirectory(prefix="comity-") as folder:
        names = [Path(folder) / f"{n:04d}.nq" for n in range(len(groups))]
        with ExitStack() as stack:
            files = [stack.enter_context(name.open("wb")) for name in names]
            for graph, line in _lines(nquads):
                files[number[graph]].write(line)
            for graph, lines in extra.items():
                files[number[graph]].write(Part(graph, tuple(lines)).quads)
        for name in names:
            yield _parts(name)
            name.unlink()


def _parts(file: Path) -> tuple[Part, ...]:
    found: dict[str, set[bytes]] = {}
    with file.open("rb") as lines:
        for line in lines:
            graph, triple = _taken_apart(line, file)
            found.setdefault(graph, set()).add(triple)
    return tuple(Part(graph, tuple(sorted(found[graph]))) for graph in sorted(found))


def _grouped(measured: Mapping[str, int], size: int) -> list[list[str]]:
    groups: list[list[str]] = []
    full = 0
    for graph in sorted(measured):
        if not groups or full + measured[graph] > size:
            groups.append([])
            full = 0
        groups[-1].append(graph)
        full += measured[graph]
    return groups


def _lines(nquads: Path) -> Iterator[tuple[str, bytes]]:
    """The lines of the file, each with the IRI of its graph."""
    try:
        with gzip.open(nquads) as lines:
            for line in _whole(lines):
                yield _taken_apart(line, nquads)[0], line
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError("the file is cut off or no gzip", where=str(nquads)) from error
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}", where=str(nquads)) from error


def _whole(lines: Iterable[bytes]) -> Iterator[bytes]:
    return (line for line in lines if line.strip())


def _taken_apart(line: bytes, file: Path) -> tuple[str, bytes]:
    """The IRI of the graph of a quad, and the line of its triple."""
    place = line.rfind(b" <")
    if line[: max(0, place)].count(b" ") < 2 or not line.endswith(b"> .\n"):
        raise InputError("this is no quad of a named graph", where=f"{file}: {line[:60]!r}")
    return line[place + 2 : -4].decode(), line[:place] + b" .\n"
