"""Canonical Turtle and TriG: one fact a line, in a fixed order, so that `git diff` reads well.

The same triples give the same bytes, whatever their order. A predicate is repeated on every
line and the closing full stop stands alone, so that a new fact is one new line.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import TextIO

from comity.errors import RecordError
from comity.rdf.terms import RDF_TYPE, XSD, Triple

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_PREFIX = re.compile(r"(?:[A-Za-z](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)?")
_BARE = {
    XSD + "integer": re.compile(r"0|-?[1-9][0-9]*"),
    XSD + "decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]"),
    XSD + "boolean": re.compile(r"true|false"),
}
_CHUNK = 1 << 16


def serialize(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> str:
    """The triples of one graph in canonical Turtle.

    Args:
        triples: Terms in N-Triples text, in any order; repeated triples count once.
        prefixes: Prefix to namespace; those used are declared, in this order.

    Raises:
        RecordError: if a prefix is malformed.
    """
    writer = _Writer(prefixes)
    body = "".join(writer.lines(_ordered(triples)))
    return writer.header() + body


def write(
    triples: Iterable[Triple],
    out: TextIO,
    prefixes: Mapping[str, str],
    *,
    ordered: bool = False,
) -> None:
    """Writes the triples of one graph in canonical Turtle.

    Args:
        triples: Terms in N-Triples text, in any order.
        out: A text file that translates no line ends (``newline="\\n"``).
        prefixes: Prefix to namespace; those used are declared, in this order.
        ordered: Whether the triples come sorted by `order`; then they are never all in
            memory at once.

    Raises:
        RecordError: if a prefix is malformed, or `ordered` triples are not in order.
    """
    writer = _Writer(prefixes)
    _write(writer, writer.lines(_checked(triples) if ordered else _ordered(triples)), out)


def write_graphs(
    graphs: Iterable[tuple[str, Iterable[Triple]]], out: TextIO, prefixes: Mapping[str, str]
) -> None:
    """Writes named graphs in canonical TriG: a block each, with the lines that Turtle would have.

    Args:
        graphs: The term of each graph and its triples sorted by `order`, in the order in which
            they are written; they are never all in memory at once.
        out: A text file that translates no line ends (``newline="\\n"``).
        prefixes: Prefix to namespace; those used are declared, in this order.

    Raises:
        RecordError: if a prefix is malformed, or triples are not in order.
    """
    writer = _Writer(prefixes)
    _write(writer, writer.blocks(graphs), out)


def _write(writer: _Writer, lines: Iterable[str], out: TextIO) -> None:
    """The lines, after the prefixes that they turn out to use."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as body:
        body.writelines(lines)
        body.seek(0)
        out.write(writer.header())
        while chunk := body.read(_CHUNK):
            out.write(chunk)


def order(triple: Triple) -> Triple:
    """The sort key of canonical Turtle: subject, predicate with rdf:type first, object."""
    subject, predicate, value = triple
    return (subject, "" if predicate == RDF_TYPE else predicate, value)


def compactor(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    """A function from a term in N-Triples text to the same term in Turtle.

    Args:
        prefixes: Prefix to namespace.

    Raises:
        RecordError: if a prefix is malformed.

    >>> compactor({"area": "https://w3id.org/comity/area/"})("<https://w3id.org/comity/area/patents>")
    'area:patents'
    """
    return _Writer(prefixes).term


class _Writer:
    """Turns terms into Turtle and remembers which prefixes that took."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        for prefix in prefixes:
            if not _PREFIX.fullmatch(prefix):
                raise RecordError("this is no prefix", where=repr(prefix))
        self._prefixes = prefixes
        self._names: dict[str, str] = {}
        for prefix, namespace in prefixes.items():
            self._names.setdefault(namespace, prefix)
        self._used: set[str] = set()
        self._predicates: dict[str, str] = {RDF_TYPE: "a"}

    def header(self) -> str:
        lines = [
            f"@prefix {prefix}: <{namespace}> .\n"
            for prefix, namespace in self._prefixes.items()
            if prefix in self._used
        ]
        return "".join([*lines, "\n"]) if lines else ""

    def lines(self, ordered: Iterable[Triple]) -> Iterator[str]:
        """One line a fact, from triples in order."""
        first = True
        for subject, group in groupby(ordered, key=lambda triple: triple[0]):
            if not first:
                yield "\n"
            first = False
            head = self.term(subject)
            for _, predicate, value in group:
                if head and predicate == RDF_TYPE:
                    yield f"{head} a {self.term(value)} ;\n"
                elif head:
                    yield f"{head}\n    {self._predicate(predicate)} {self.term(value)} ;\n"
                else:
                    yield f"    {self._predicate(predicate)} {self.term(value)} ;\n"
                head = ""
            yield "    .\n"

    def blocks(self, graphs: Iterable[tuple[str, Iterable[Triple]]]) -> Iterator[str]:
        """The lines of each graph between braces."""
        before = ""
        for graph, triples in graphs:
            yield f"{before}{self.term(graph)} {{\n\n"
            yield from self.lines(_checked(triples))
            yield "\n}\n"
            before = "\n"

    def term(self, term: str) -> str:
        if term.startswith("<"):
            return self._iri(term)
        if term.endswith(">") and term.startswith('"'):
            return self._typed(term)
        return term

    def _predicate(self, term: str) -> str:
        short = self._predicates.get(term)
        if short is None:
            short = self._predicates[term] = self._iri(term)
        return short

    def _iri(self, term: str) -> str:
        cut = max(term.rfind("/"), term.rfind("#"), term.rfind(":")) + 1
        prefix = self._names.get(term[1:cut])
        if prefix is None or not _LOCAL.fullmatch(term, cut, len(term) - 1):
            return term
        self._used.add(prefix)
        return f"{prefix}:{term[cut:-1]}"

    def _typed(self, term: str) -> str:
        quoted, _, datatype = term.rpartition("^^")
        bare = _BARE.get(datatype[1:-1])
        if bare and bare.fullmatch(quoted, 1, len(quoted) - 1):
            return quoted[1:-1]
        return f"{quoted}^^{self._iri(datatype)}"


def _ordered(triples: Iterable[Triple]) -> list[Triple]:
    return sorted(set(triples), key=order)


def _checked(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The triples, each once, as long as they come in order."""
    last: Triple | None = None
    for triple in triples:
        key = order(triple)
        if last is not None and key < last:
            raise RecordError("the triples are not in order", where=" ".join(triple)[:200])
        if key != last:
            yield triple
        last = key
