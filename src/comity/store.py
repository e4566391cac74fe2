"""The embedded SPARQL store: pyoxigraph on disk, with every named graph in one union.

No type of the engine leaves this file: answers are plain values of `comity.rdf.terms`. The
engine has no time limit, so whoever runs queries of strangers runs them in a process that can
be ended. It rewrites some literals ("0.50" to "0.5", xsd:nonNegativeInteger to xsd:integer),
so dumps are written from the records, never from here.
"""

from __future__ import annotations

import gzip
import re
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol, cast

from comity.errors import GraphFolderError, InputError, LimitError, LockedError, QueryError
from comity.rdf import sparql
from comity.rdf.namespaces import Namespaces
from comity.rdf.terms import IRI, BlankNode, Literal, Term, Triple

if TYPE_CHECKING:
    import pyoxigraph

_PLACE = re.compile(r"error at (\d+):(\d+)")
_SENTENCE = re.compile(r"(?:expected (?:one of )?|, )((?:[A-Za-z']+ ){3,}[A-Za-z']+)(?:,|$)")


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to SELECT; a cell is None where the variable is not bound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to ASK."""

    value: bool


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to CONSTRUCT and DESCRIBE, each triple once, in the engine's order."""

    triples: tuple[tuple[Term, Term, Term], ...]


Result = Table | Answer | Triples


class Askable(Protocol):
    """What answers SPARQL: a store on this machine, or an endpoint elsewhere."""

    def query(
        self,
        query: str,
        bindings: Mapping[str, Term] | None = None,
        *,
        max_rows: int | None = None,
    ) -> Result:
        """The whole answer to a query, its variables bound to terms; see `Store.query`."""


class Store:
    """A store to ask; made by `build`, `open` or `of`."""

    def __init__(
        self, engine: pyoxigraph.Store, namespaces: Namespaces, path: Path | None = None
    ) -> None:
        self._engine = engine
        self._namespaces = namespaces
        self._path = path or Path()

    @classmethod
    def build(cls, path: Path, nquads: Path, namespaces: Namespaces | None = None) -> Store:
        """Makes a store on disk of an N-Quads file; it is safely written when this returns.

        When it fails, the folder is removed again.

        Args:
            path: The folder to make; it must be new or empty.
            nquads: The file, plain or, with a name in ``.gz``, compressed.
            namespaces: The prefixes that queries may use without declaring them.

        Raises:
            GraphFolderError: if `path` holds something already, or cannot be written.
            InputError: if the file cannot be read or is no N-Quads.
            LockedError: if another process writes to `path`.
        """
        from pyoxigraph import RdfFormat
        from pyoxigraph import Store as Engine

        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise GraphFolderError("the folder of a new store must be empty", where=str(path))
        with _reading(nquads) as source, _on_disk(path):
            engine = Engine(str(path))
            try:
                engine.bulk_load(input=source, format=RdfFormat.N_QUADS)
                engine.flush()
            except BaseException:
                del engine
                shutil.rmtree(path, ignore_errors=True)
                raise
        return cls(engine, namespaces or Namespaces(), path)

    @classmethod
    def open(cls, path: Path, namespaces: Namespaces | None = None) -> Store:
        """Opens a store to read; several processes may do so at once.

        Args:
            path: The folder that `build` made.
            namespaces: The prefixes that queries may use without declaring them.

        Raises:
            GraphFolderError: if there is no store, or it is damaged.
        """
        from pyoxigraph import Store as Engine

        with _on_disk(path):
            there = (path / "CURRENT").is_file()
        if not there:
            raise GraphFolderError(
                "there is no store here", where=str(path), hint="make it with `comity build`"
            )
        with _on_disk(path):
            return cls(Engine.read_only(str(path)), namespaces or Namespaces(), path)

    @classmethod
    def of(cls, nquads: str, namespaces: Namespaces | None = None) -> Store:
        """A store in memory, of N-Quads or N-Triples text.

        Raises:
            InputError: if the text is no N-Quads.
        """
        from pyoxigraph import RdfFormat
        from pyoxigraph import Store as Engine

        engine = Engine()
        try:
            engine.load(input=nquads.encode(), format=RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise InputError(f"this is no N-Quads: {error.msg}") from error
        return cls(engine, namespaces or Namespaces())

    def add(self, triples: Iterable[Triple], graph: str) -> None:
        """Adds a named graph; it is safely written when this returns.

        Args:
            triples: Its triples in N-Triples text.
            graph: Its IRI.

        Raises:
            GraphFolderError: if the store cannot be written.
        """
        from pyoxigraph import NamedNode, RdfFormat

        lines = "".join(f"{s} {p} {o} .\n" for s, p, o in triples).encode()
        with _on_disk(self._path):
            name = NamedNode(graph)
            self._engine.bulk_load(input=lines, format=RdfFormat.N_TRIPLES, to_graph=name)
            self._engine.flush()

    def __len__(self) -> int:
        """The number of quads."""
        return len(self._engine)

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(str(name)[1:-1] for name in self._engine.named_graphs())

    def query(
        self,
        query: str,
        bindings: Mapping[str, Term] | None = None,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        max_rows: int | None = None,
    ) -> Result:
        """Asks the store; the whole answer is in memory when this returns.

        Args:
            query: SELECT, ASK, CONSTRUCT or DESCRIBE; Comity's prefixes need no declaration.
            bindings: Variable name, without question mark, to the term it stands for.
            default_graphs: IRIs of the graphs to search; all of them when None.
            named_graphs: IRIs of the graphs that GRAPH may name; all of them when None.
            max_rows: The most rows or triples that are wanted.

        Raises:
            QueryError: if the query is refused or malformed (with line and column), or a
                binding does not fit it.
            LimitError: if the query is too long or too deep, or has more than `max_rows` rows.
        """
        text = sparql.bind(query, bindings or {})
        try:
            answer = self._ask(text, default_graphs, named_graphs)
            return _result(answer, max_rows)
        except SyntaxError as error:
            raise self._syntax_error(query, text, error) from error
        except (ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"the engine cannot answer: {error}") from error

    def _ask(
        self, query: str, default_graphs: Sequence[str] | None, named_graphs: Sequence[str] | None
    ) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
        from pyoxigraph import NamedNode

        prefixes = dict(self._namespaces.prefixes())
        named: list[NamedNode | pyoxigraph.BlankNode] | None = None
        if named_graphs is not None:
            named = [NamedNode(iri) for iri in named_graphs]
        if default_graphs is None:
            return self._engine.query(
                query, prefixes=prefixes, named_graphs=named, use_default_graph_as_union=True
            )
        searched: list[NamedNode | pyoxigraph.BlankNode | pyoxigraph.DefaultGraph] = [
            NamedNode(iri) for iri in default_graphs
        ]
        return self._engine.query(
            query, prefixes=prefixes, named_graphs=named, default_graph=searched
        )

    def _syntax_error(self, query: str, bound: str, error: SyntaxError) -> QueryError:
        """What is wrong, where the user wrote it: binding has moved what comes after it."""
        if query != bound:
            try:
                self._ask(query, None, None)
            except SyntaxError as original:
                error = original
        unknown = sparql.unknown_prefix(query, self._namespaces.prefixes())
        if unknown:
            prefix, where = unknown
            return QueryError(
                f"the prefix {prefix}: is not declared", where=where, hint="add PREFIX at the top"
            )
        match = _PLACE.match(str(error))
        if match is None:
            return QueryError(f"this is no SPARQL: {error}")
        line, column = int(match[1]), int(match[2])
        said = _SENTENCE.search(str(error))
        if said:
            return QueryError(
                f"this is no SPARQL: {said[1]}", where=f"line {line}, column {column}"
            )
        near = (query.split("\n")[line - 1 : line] or [""])[0][max(0, column - 1) :][:30]
        message = f"this is no SPARQL near {near!r}" if near else "this is no SPARQL: it ends here"
        return QueryError(message, where=f"line {line}, column {column}")


def _result(
    answer: pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples,
    max_rows: int | None,
) -> Result:
    from pyoxigraph import QueryBoolean, QuerySolutions

    if isinstance(answer, QueryBoolean):
        return Answer(bool(answer))
    if isinstance(answer, QuerySolutions):
        columns = tuple(variable.value for variable in answer.variables)
        width = range(len(columns))
        rows = []
        for solution in answer:
            rows.append(tuple(_cell(solution[place]) for place in width))
            _check_rows(len(rows), max_rows)
        return Table(columns, tuple(rows))
    triples: dict[tuple[Term, Term, Term], None] = {}
    for triple in answer:
        triples[_term(triple.subject), _term(triple.predicate), _term(triple.object)] = None
        _check_rows(len(triples), max_rows)
    return Triples(tuple(triples))


def _check_rows(count: int, most: int | None) -> None:
    if most is not None and count > most:
        raise LimitError(
            f"the answer has more than {most:,} rows", where="query", hint="add a LIMIT"
        )


def _cell(value: object) -> Term | None:
    return None if value is None else _term(value)


def _term(value: object) -> Term:
    """A term of the engine as a plain value."""
    import pyoxigraph as engine

    if isinstance(value, engine.NamedNode):
        return IRI(value.value)
    if isinstance(value, engine.Literal):
        return Literal(value.value, value.language, value.datatype.value)
    if isinstance(value, engine.BlankNode):
        return BlankNode(value.value)
    raise QueryError("the answer holds triples as terms, which Comity does not know")


@contextmanager
def _on_disk(path: Path) -> Iterator[None]:
    """Turns the engine's errors about its folder into ours."""
    try:
        yield
    except (gzip.BadGzipFile, zlib.error):
        raise
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).replace(str(path), "").lower():
            raise LockedError(
                "another process is writing to this store", where=str(path)
            ) from error
        reason = getattr(error, "strerror", None) or error
        raise GraphFolderError(f"the store cannot be used: {reason}", where=str(path)) from error


@contextmanager
def _reading(nquads: Path) -> Iterator[IO[bytes]]:
    """The bytes of an N-Quads file; what is wrong with it is an InputError."""
    try:
        with gzip.open(nquads) if nquads.suffix == ".gz" else nquads.open("rb") as source:
            yield cast(IO[bytes], source)
    except SyntaxError as error:
        raise InputError(
            f"this is no N-Quads: {error.msg}", where=f"{nquads}, line {error.lineno or 1}"
        ) from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError("the file is cut off or no gzip", where=str(nquads)) from error
    except FileNotFoundError as error:
        raise InputError("there is no such file", where=str(nquads)) from error
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}", where=str(nquads)) from error
