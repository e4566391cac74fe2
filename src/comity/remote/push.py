"""Loads a graph into a server, one named graph a request, and counts what has arrived.

What is written down after each graph that arrived whole lets a push go on where it was
interrupted, and load only what is new the next time: a graph is left out when the server was
given the same triples before and still counts as many.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comity.errors import EndpointError, InputError, LimitError, UsageError
from comity.remote.graphstore import GraphStore
from comity.remote.parts import Part

Told = Callable[[str, int], None]
"""Told the IRI of each graph that is done, and how many are."""


@dataclass
class PushReport:
    """What a push did, by the IRIs of graphs.

    Args:
        pushed: Triples of each graph that was loaded.
        skipped: Triples of each graph that was there already.
        failed: Why each graph that is not there as it should be failed.
        pruned: The graphs that were deleted.
    """

    pushed: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    pruned: list[str] = field(default_factory=list)

    def describe(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "pushed": self.pushed,
            "skipped": self.skipped,
            "failed": self.failed,
            "pruned": self.pruned,
            "triples": sum(self.pushed.values()) + sum(self.skipped.values()),
        }


class Journal:
    """Which triples a server was given: a line of JSON after each graph, in a file.

    Args:
        path: The file; None to write nothing down.
        server: The address of the graph store; lines of others are left alone.

    Raises:
        InputError: if the file cannot be read or written, or is no journal.
    """

    def __init__(self, path: Path | None, server: str) -> None:
        self._path = path
        self._server = server
        self._known: dict[str, str] = {}
        lines = self._read()
        if lines and not lines[-1].endswith("\n"):
            lines.pop()  # the machine went down while this line was written
            self._write("w", "".join(lines))
        for number, line in enumerate(lines, 1):
            try:
                entry = json.loads(line)
                if entry["server"] == server:
                    self._known[entry["graph"]] = str(entry["sha256"])
            except (ValueError, KeyError, TypeError) as error:
                raise InputError("this is no journal", where=f"{path}, line {number}") from error

    def holds(self, part: Part) -> bool:
        """Whether the server was given these triples."""
        return self._known.get(part.graph) == part.sha256

    def add(self, part: Part) -> None:
        """Writes down that a graph has arrived.

        Raises:
            InputError: if the file cannot be written.
        """
        entry = {"server": self._server, "graph": part.graph, "sha256": part.sha256}
        self._known[part.graph] = part.sha256
        self._write("a", json.dumps(entry, sort_keys=True) + "\n")

    def _write(self, mode: str, text: str) -> None:
        if self._path is None:
            return
        try:
            with self._path.open(mode, encoding="utf-8", newline="\n") as out:
                out.write(text)
        except OSError as error:
            raise InputError(
                f"the journal cannot be written: {error.strerror}",
                where=str(self._path),
                hint="name another file with --resume",
            ) from error

    def _read(self) -> list[str]:
        try:
            if self._path is None or not self._path.exists():
                return []
            return self._path.read_text("utf-8").splitlines(keepends=True)
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("the journal cannot be read", where=str(self._path)) from error


def push(
    parts: Iterable[Part],
    server: GraphStore,
    journal: Journal,
    *,
    base: str,
    replace: bool = False,
    prune: bool = False,
    told: Told | None = None,
) -> PushReport:
    """Loads graphs, each replacing the one of its name, and counts them.

    Args:
        parts: The graphs.
        server: Where they go.
        journal: What the server was given before.
        base: The IRI under which our data lives; nothing outside it is deleted.
        replace: Load also what the server has already.
        prune: Delete graphs under `base` that are not among `parts`, if none failed.
        told: Told of each graph that is done.

    Raises:
        EndpointError: if the server cannot be reached or refuses at all; what is wrong with
            one graph is in the report.
    """
    there = server.counts(base)
    report = PushReport()
    wanted: set[str] = set()
    for number, part in enumerate(parts, 1):
        wanted.add(part.graph)
        size = len(part.lines)
        if not replace and journal.holds(part) and there.get(part.graph) == size:
            report.skipped[part.graph] = size
        else:
            reason = _load(part, server)
            if reason is None:
                journal.add(part)
                report.pushed[part.graph] = size
            else:
                report.failed[part.graph] = reason
        if told is not None:
            told(part.graph, number)
    if prune and not report.failed:
        _prune(there, wanted, server, report)
    return report


def _load(part: Part, server: GraphStore) -> str | None:
    """Loads a graph and counts it; gives the reason if it did not arrive whole."""
    try:
        server.put(part.graph, part.body)
        arrived = server.count(part.graph)
    except UsageError:
        raise
    except (EndpointError, LimitError) as error:
        if error.where != part.graph and "cannot be reached" in error.message:
            raise
        if "credentials" in error.message or "forbids" in error.message:
            raise
        return error.message
    if arrived != len(part.lines):
        return f"the server counts {arrived:,} triples of {len(part.lines):,}"
    return None


def _prune(
    there: Mapping[str, int], wanted: set[str], server: GraphStore, report: PushReport
) -> None:
    for graph in sorted(there.keys() - wanted):
        try:
            server.delete(graph)
            left = server.count(graph)
        except (EndpointError, LimitError) as error:
            report.failed[graph] = error.message
            continue
        if left:
            report.failed[graph] = f"{left:,} triples are still there"
        else:
            report.pruned.append(graph)
