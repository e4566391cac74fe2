"""What a release publishes, ready for all who write a part of it.

The quads are one sorted file of canonical N-Quads on disk. Lines sorted by their bytes are
sorted by subject, so that everything that goes by subject reads it once, in memory that does
not depend on how many statements there are.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

from comity.errors import GraphFolderError
from comity.lineage import Link
from comity.model import Document, Statement, Vocabulary
from comity.publish.release import Release
from comity.publish.sorting import RUN, sorted_lines
from comity.rdf.namespaces import Namespaces
from comity.rdf.terms import Triple
from comity.rdf.turtle import order


class Graph(Protocol):
    """What is needed of a built graph; `comity.graph.KnowledgeGraph` is one."""

    @property
    def version(self) -> Path:
        """The folder of the build that is published."""

    @property
    def manifest(self) -> dict[str, Any]:
        """Versions, inputs, counts and hashes of the build."""

    @property
    def namespaces(self) -> Namespaces:
        """Where the data live."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary it was built with."""

    def records(self) -> Iterator[Statement]:
        """Its statements."""

    def documents(self) -> Iterator[Document]:
        """Its documents, with their texts."""

    def lineage(self) -> tuple[Link, ...]:
        """Its links between statements."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a release, and what there is to say about it.

    Args:
        name: Its path below the release folder, with forward slashes.
        title: What it is, in a few words of English.
        media_type: Its IANA media type, without the compression.
        packed: Whether it is compressed with gzip.
        conforms_to: The IRI of the standard or profile that its content follows.
        role: ``dump`` (the whole data set), ``edges`` (derived from it), ``table`` (its
            statements or documents), ``schema`` (ontology, vocabularies, shapes), ``metadata``,
            ``text`` (a source text), ``change``, or ``page``.
    """

    name: str
    title: str
    media_type: str
    packed: bool = False
    conforms_to: str | None = None
    role: str = "dump"


@dataclass(frozen=True)
class Content:
    """The data of a release.

    Args:
        release: What it is called, and what is said of it.
        graph: The graph it is made from.
        quads: A file of its sorted, distinct lines of canonical N-Quads: what is asserted.
        statements: A function that gives its statements, in the order of the graph, with as
            much of their words as the release may give.
        documents: A function that gives its documents, with their texts.
        shortcuts: The derived triples, sorted.
        links: The links between its statements.
    """

    release: Release
    graph: Graph
    quads: Path
    statements: Callable[[], Iterator[Statement]]
    documents: Callable[[], Iterator[Document]]
    shortcuts: tuple[Triple, ...] = field(repr=False, default=())
    links: tuple[Link, ...] = field(repr=False, default=())

    @property
    def namespaces(self) -> Namespaces:
        """Where the data live."""
        return self.release.namespaces

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary the graph was built with."""
        return self.graph.vocabulary

    def lines(self) -> Iterator[bytes]:
        """The sorted lines of its N-Quads."""
        with self.quads.open("rb") as lines:
            yield from lines

    def triples(self) -> Iterator[Triple]:
        """The triples of all its named graphs, each once, in the order of canonical Turtle."""
        for _, group in groupby(map(parsed, self.lines()), key=lambda quad: quad[0]):
            yield from sorted({quad[:3] for quad in group}, key=order)

    def graphs(self, *, run: int = RUN) -> Iterator[tuple[str, Iterator[Triple]]]:
        """Each named graph as a term, in order, with its sorted triples; to be read in turn.

        Args:
            run: Bytes that are sorted in memory at once.
        """
        lines = sorted_lines(map(_graph_first, self.lines()), run=run)
        split = (line.decode()[:-1].split(" ", 3) for line in lines)
        for graph, group in groupby(split, key=lambda each: each[0]):
            yield graph, ((s, p, o) for _, s, p, o in group)

    def canonical_sha256(self) -> str:
        """The RDFC-1.0 hash of the data set: there are no blank nodes, so the lines are it."""
        with self.quads.open("rb") as lines:
            return hashlib.file_digest(lines, "sha256").hexdigest()


def _graph_first(line: bytes) -> bytes:
    """A line of N-Quads with its graph in front, so that sorting brings graphs together."""
    triple, _, graph = line[:-3].rpartition(b" ")
    return graph + b" " + triple + b"\n"


def parsed(line: bytes) -> tuple[str, str, str, str]:
    """Subject, predicate, object and graph of a canonical line whose nodes are all IRIs."""
    subject, predicate, rest = line.decode().split(" ", 2)
    value, graph = rest[:-3].rsplit(" ", 1)
    return subject, predicate, value, graph


def graph_lines(graph: Graph) -> Iterator[bytes]:
    """The sorted lines of the N-Quads of a built graph.

    Raises:
        GraphFolderError: if the dump is missing or damaged.
    """
    dump = graph.version / "graph.nq.gz"
    try:
        with gzip.open(dump) as lines:
            yield from lines
    except (EOFError, OSError, zlib.error) as error:
        raise GraphFolderError(
            "graph.nq.gz cannot be read", where=str(graph.version), hint="build again"
        ) from error


def write_lines(lines: Iterable[bytes], path: Path) -> Path:
    """Write lines that are in order to a file."""
    with path.open("wb") as out:
        out.writelines(lines)
    return path
