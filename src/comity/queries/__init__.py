"""The library of questions: one `.rq` file each, with a header that says what it asks.

Header lines come first and have one strict form::

    # title: Actors by area
    # question: Which actors committed to measures on an area, when and where did they say so?
    # param: area area - The target area, narrower ones included
    # column: actor The actor
    # since: 0.1.0

A parameter has a name, a type, a default and a description. The default is ``-`` when a value
must be given, ``*`` when the parameter may be left out, or a JSON string.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from comity.assets import path as asset
from comity.errors import QueryError, UnknownNameError, UsageError
from comity.model import Vocabulary
from comity.queries.names import TYPES, Parameter, Word, as_text, guessed, resolve
from comity.rdf.namespaces import Namespaces
from comity.rdf.terms import Term, Triple, to_text
from comity.store import Askable, Table, Triples
from comity.words import suggestion

__all__ = [
    "TYPES",
    "Column",
    "Parameter",
    "Query",
    "Word",
    "answer",
    "bind",
    "derive",
    "library",
    "parse",
    "resolve",
    "suggestion",
]

_LINE = re.compile(r"#\s*([a-z]+):\s*(.*?)\s*")
_PARAMETER = re.compile(r'([a-z][a-z0-9_]*)\s+([a-z-]+)\s+("(?:[^"\\]|\\.)*"|-|\*)\s+(\S.*)')
_COLUMN = re.compile(r"([a-z][a-z0-9_]*)\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question with its SPARQL text, whose variables the parameters are bound to."""

    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    since: str
    text: str

    def describe(self) -> dict[str, Any]:
        """Everything the header says, as JSON values, with the SPARQL text."""
        return {
            "name": self.name,
            "title": self.title,
            "question": self.question,
            "parameters": [asdict(parameter) for parameter in self.parameters],
            "columns": [asdict(column) for column in self.columns],
            "since": self.since,
            "sparql": self.text,
        }

    @property
    def sparql(self) -> str:
        """The text without the header lines."""
        lines = self.text.splitlines(keepends=True)
        start = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
        return "".join(lines[start:])

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name; a hyphen counts as an underscore.

        Raises:
            UnknownNameError: if there is none.
        """
        wanted = name.replace("-", "_")
        for parameter in self.parameters:
            if parameter.name == wanted:
                return parameter
        names = [parameter.name for parameter in self.parameters]
        raise UnknownNameError(
            f"the query {self.name} has no parameter {name!r}", hint=suggestion(wanted, names)
        )


def library(folder: Path | None = None) -> dict[str, Query]:
    """The queries of a folder, by name, in order of name.

    Args:
        folder: A folder of ``.rq`` files; the bundled one when None.

    Raises:
        QueryError: if a header is malformed or incomplete; `where` names file and line.
    """
    files = sorted((folder or asset("queries")).glob("*.rq"))
    return {file.stem: parse(file.read_text("utf-8"), file.stem, complete=True) for file in files}


def parse(text: str, name: str, *, complete: bool = False) -> Query:
    """A query with its header, if it has one.

    Args:
        text: SPARQL, with or without header lines.
        name: What to call it.
        complete: Whether title, question, columns and since must be there, as in a library.

    Raises:
        QueryError: if a header line is malformed or missing; `where` names query and line.
    """
    said: dict[str, str] = {}
    parameters: list[Parameter] = []
    columns: list[Column] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        match = _LINE.fullmatch(line)
        where = f"{name}.rq, line {number}"
        if match is None:
            if complete:
                raise QueryError("this is no header line", where=where, hint="write # name: text")
            continue
        key, value = match.groups()
        if key == "param":
            parameters.append(_parameter(value, where))
        elif key == "column":
            columns.append(_column(value, where))
        elif key in ("title", "question", "since"):
            said[key] = value
        elif complete:
            raise QueryError(f"a header has no {key!r}", where=where)
    missing = [key for key in ("title", "question", "since") if not said.get(key)]
    if complete and (missing or not columns):
        raise QueryError(f"the header lacks {(missing or ['column'])[0]}", where=f"{name}.rq")
    return Query(
        name,
        said.get("title", name),
        said.get("question", ""),
        tuple(parameters),
        tuple(columns),
        said.get("since", ""),
        text,
    )


def _parameter(text: str, where: str) -> Parameter:
    match = _PARAMETER.fullmatch(text)
    if match is None:
        raise QueryError(
            "this is no parameter",
            where=where,
            hint='write: name type "default" description, with - or * for no default',
        )
    name, kind, default, description = match.groups()
    if kind not in TYPES:
        raise QueryError(f"there is no type {kind!r}", where=where, hint=suggestion(kind, TYPES))
    given: str | None = None
    if default.startswith('"'):
        try:
            given = json.loads(default)
        except ValueError as error:
            raise QueryError("the default is no JSON string", where=where) from error
    return Parameter(name, kind, given, default == "-", description)


def _column(text: str, where: str) -> Column:
    match = _COLUMN.fullmatch(text)
    if match is None:
        raise QueryError("this is no column", where=where, hint="write: name description")
    return Column(*match.groups())


def bind(
    query: Query,
    values: Mapping[str, Word],
    vocabulary: Vocabulary,
    namespaces: Namespaces | None = None,
    store: Askable | None = None,
) -> dict[str, Term]:
    """The terms to bind a query's variables to, for `Store.query`.

    Args:
        query: A query; one without a header takes any parameter, whose type is guessed from
            its name and value.
        values: Parameter name to what the user wrote; numbers and dates count as their text.
        vocabulary: Where names of concepts and actors are looked up.
        namespaces: Where the data lives.
        store: Where names of events, documents and candidate actors are looked up.

    Raises:
        UnknownNameError: if there is no such parameter, or nothing of that name.
        UsageError: if a parameter has no value, or one that does not fit its type.
    """
    spaces = namespaces or Namespaces()
    terms: dict[str, Term] = {}
    if not query.parameters:
        for name, value in values.items():
            text = as_text(name, value)
            parameter = guessed(name.replace("-", "_"), text, spaces)
            terms[parameter.name] = resolve(parameter, text, vocabulary, spaces, store)
        return terms
    given: dict[str, str] = {}
    for name, value in values.items():
        parameter = query.parameter(name)
        if parameter.name in given:
            raise UsageError(f"the parameter {parameter.name} is given twice", where=query.name)
        given[parameter.name] = as_text(name, value)
    for parameter in query.parameters:
        chosen = given.get(parameter.name, parameter.default)
        if chosen is not None:
            terms[parameter.name] = resolve(parameter, chosen, vocabulary, spaces, store)
        elif parameter.required:
            raise UsageError(
                f"the query {query.name} needs a value for {parameter.name}",
                hint=f"{parameter.type}: {parameter.description}",
            )
    return terms


def answer(
    store: Askable,
    query: Query,
    values: Mapping[str, Word],
    vocabulary: Vocabulary,
    namespaces: Namespaces | None = None,
) -> Table:
    """Asks a store a question of the library.

    Args:
        store: The store to ask.
        query: A SELECT query.
        values: Parameter name to what the user wrote.
        vocabulary: Where names are looked up.
        namespaces: Where the data lives.

    Raises:
        UnknownNameError: if there is no such parameter, or nothing of that name.
        UsageError: if a parameter has no value, or one that does not fit.
        QueryError: if the query is refused, malformed, or no SELECT.
    """
    result = store.query(query.text, bind(query, values, vocabulary, namespaces, store))
    if not isinstance(result, Table):
        raise QueryError("this query gives no table", where=query.name)
    return result


def derive(store: Askable, folder: Path | None = None) -> list[Triple]:
    """The shortcuts that follow from statements, such as actor comity:undertakes measure.

    Args:
        store: The store that holds the statements and the catalogue.
        folder: A folder of CONSTRUCT queries; the bundled ones when None.

    Returns:
        The triples in N-Triples text, each once, sorted.

    Raises:
        QueryError: if a query is refused, malformed, or no CONSTRUCT.
    """
    found: set[Triple] = set()
    for file in sorted((folder or asset("queries/derive")).glob("*.rq")):
        result = store.query(file.read_text("utf-8"))
        if not isinstance(result, Triples):
            raise QueryError("this query constructs nothing", where=file.name)
        for subject, predicate, value in result.triples:
            found.add((to_text(subject), to_text(predicate), to_text(value)))
    return sorted(found)
