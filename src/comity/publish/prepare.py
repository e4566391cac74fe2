"""From a built graph to the content of a release.

What was rejected is left out, and so are words of the documents that the release does not give.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from comity.lineage.triples import link_triples
from comity.model import Statement
from comity.publish.content import Content, Graph, graph_lines, parsed, write_lines
from comity.publish.quotes import limited_lines, limited_statement
from comity.publish.release import Release
from comity.rdf.namespaces import SKOS
from comity.rdf.terms import Triple
from comity.remote.parts import triples_of

REJECTED = "rejected"
NARROWER = f"<{SKOS}narrower>"
_PARTS = ("statement", "evidence", "position", "quote", "mention")


def prepare(graph: Graph, release: Release, room: Path) -> Content:
    """The content of a release.

    Args:
        graph: A built graph.
        release: What the release is called, and what is said of it.
        room: An empty folder for what is too large for memory; it must outlive the content.

    Raises:
        GraphFolderError: if a file of the graph is missing or damaged.
        OSError: if the room cannot hold the quads.
    """
    rejected = {s.id for s in graph.records() if s.review == REJECTED}
    quads = _write_quads(graph, release, rejected, room)
    all_links = graph.lineage()
    links = tuple(link for link in all_links if not rejected & {link.later, link.earlier})
    told = {*link_triples(all_links, release.namespaces)}
    derived = map(_triple, triples_of(graph.version / "derived.ttl"))

    def statements() -> Iterator[Statement]:
        kept = (s for s in graph.records() if s.id not in rejected)
        return (limited_statement(s, release.quotes) for s in kept)

    shortcuts = tuple(sorted({*derived} - told))
    return Content(release, graph, quads, statements, graph.documents, shortcuts, links)


def _write_quads(graph: Graph, release: Release, rejected: Set[str], room: Path) -> Path:
    quads = write_lines(_lines(graph, rejected), room / "quads.nq")
    if release.quotes == "full":
        return quads
    whole = quads.rename(room / "whole.nq")

    def lines() -> Iterator[bytes]:
        with whole.open("rb") as source:
            yield from source

    write_lines(limited_lines(lines, graph.namespaces, release.quotes), quads)
    whole.unlink()
    return quads


def _triple(line: bytes) -> Triple:
    subject, predicate, value = line.decode()[:-3].split(" ", 2)
    return subject, predicate, value


def _lines(graph: Graph, rejected: Set[str]) -> Iterator[bytes]:
    """The lines of a graph without what it says of some statements, or for their sake alone."""
    if not rejected:
        return graph_lines(graph)
    return _without(graph, rejected)


def _without(graph: Graph, rejected: Set[str]) -> Iterator[bytes]:
    base = graph.namespaces.base
    kinds = "|".join(_PARTS)
    part = re.compile(rf"<{re.escape(base)}(?:{kinds})-([0-9A-Za-z]+)(?:-[0-9]+)?>".encode())
    keys = {identifier.partition("-")[2].encode() for identifier in rejected}
    catalogue = f" <{graph.namespaces.catalogue}> .\n".encode()

    def gone(line: bytes) -> bool:
        found = part.match(line)
        return found is not None and found[1] in keys

    described: dict[str, set[str]] = {}
    for line in graph_lines(graph):
        if line.endswith(catalogue):
            subject, predicate, value, _ = parsed(line)
            if predicate != NARROWER:
                described.setdefault(subject, set()).add(value)
    kept = (
        parsed(line)[2]
        for line in graph_lines(graph)
        if not line.endswith(catalogue) and not gone(line)
    )
    used = _reached(kept, described)
    for line in graph_lines(graph):
        if line.endswith(catalogue):
            subject, predicate, value, _ = parsed(line)
            if subject in used and (predicate != NARROWER or value in used):
                yield line
        elif not gone(line):
            yield line


def _reached(start: Iterable[str], described: dict[str, set[str]]) -> set[str]:
    """The nodes of the catalogue that are named, and those that they lead to."""
    used: set[str] = set()
    for first in start:
        stack = [first]
        while stack:
            node = stack.pop()
            if node in described and node not in used:
                used.add(node)
                stack.extend(described[node])
    return used
