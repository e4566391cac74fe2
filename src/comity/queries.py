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
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from comity.assets import path as asset
from comity.errors import QueryError, RecordError, UnknownNameError, UsageError
from comity.identifiers import fold
from comity.model import SCHEMES, Label, Vocabulary
from comity.rdf.namespaces import XSD, Namespaces
from comity.rdf.resolve import date_term
from comity.rdf.terms import IRI, Literal, Term, Triple, from_text, iri_term, to_text
from comity.store import Store, Table, Triples

VALUES = ("date", "integer", "decimal", "string", "language")
NODES = ("actor", "document", "statement", "event")
TYPES: tuple[str, ...] = (*SCHEMES, *NODES, *VALUES)
"""What a parameter may stand for: a concept of a scheme, a node of the data, or a value."""

_LINE = re.compile(r"#\s*([a-z]+):\s*(.*?)\s*")
_PARAMETER = re.compile(r'([a-z][a-z0-9_]*)\s+([a-z-]+)\s+("(?:[^"\\]|\\.)*"|-|\*)\s+(\S.*)')
_COLUMN = re.compile(r"([a-z][a-z0-9_]*)\s+(\S.*)")
_NAMES = {
    "actor": "SELECT ?node ?name WHERE { ?node comity:candidate true ; skos:prefLabel ?name }",
    "document": "SELECT ?node ?name WHERE { ?node a comity:Document ; dcterms:title ?name }",
    "event": "SELECT ?node ?name WHERE { ?node a comity:Event ; rdfs:label ?name }",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query must or may be told. `default` is None where there is none."""

    name: str
    type: str
    default: str | None = None
    required: bool = True
    description: str = ""


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


def suggestion(name: str, known: Iterable[str]) -> str:
    """What may have been meant, for the hint of a message.

    Args:
        name: What was asked for.
        known: What there is.
    """
    names = sorted(set(known))
    folded = {fold(known_name): known_name for known_name in names}
    near = get_close_matches(fold(name), folded, n=3, cutoff=0.6)
    if near:
        return f"did you mean {' or '.join(folded[match] for match in near)}?"
    if not names:
        return "there is none"
    return f"there is {', '.join(names)}" if len(names) <= 30 else "look it up in the vocabulary"


def bind(
    query: Query,
    values: Mapping[str, str],
    vocabulary: Vocabulary,
    namespaces: Namespaces | None = None,
    store: Store | None = None,
) -> dict[str, Term]:
    """The terms to bind a query's variables to, for `Store.query`.

    Args:
        query: A query; one without a header takes any parameter, whose type is guessed from
            its name and value.
        values: Parameter name to what the user wrote.
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
            parameter = _guessed(name.replace("-", "_"), value, spaces)
            terms[parameter.name] = resolve(parameter, value, vocabulary, spaces, store)
        return terms
    given = {query.parameter(name).name: value for name, value in values.items()}
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
    store: Store,
    query: Query,
    values: Mapping[str, str],
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


def derive(store: Store, folder: Path | None = None) -> list[Triple]:
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


def resolve(
    parameter: Parameter,
    value: str,
    vocabulary: Vocabulary,
    namespaces: Namespaces | None = None,
    store: Store | None = None,
) -> IRI | Literal:
    """The term that a user's word stands for.

    Args:
        parameter: What the word is for.
        value: A code, a label in any language (case does not matter), an IRI, a CURIE, or a
            value such as a date.
        vocabulary: Where names of concepts and actors are looked up.
        namespaces: Where the data lives.
        store: Where names of events, documents and candidate actors are looked up.

    Raises:
        UnknownNameError: if nothing has that name; the hint says what may have been meant.
        UsageError: if several things have it, or the value does not fit the type.
    """
    spaces = namespaces or Namespaces()
    if parameter.type in VALUES:
        return _value(parameter, value)
    iri = _iri(value, spaces)
    if parameter.type in SCHEMES:
        return _concept(parameter, value, iri, vocabulary)
    return _node(parameter, value, iri, vocabulary, spaces, store)


def _guessed(name: str, value: str, namespaces: Namespaces) -> Parameter:
    kind = name.replace("_", "-")
    if kind in TYPES:
        return Parameter(name, kind)
    return Parameter(name, "statement" if _iri(value, namespaces) else "string")


def _value(parameter: Parameter, value: str) -> Literal:
    text = value.strip()
    match parameter.type:
        case "integer" if re.fullmatch(r"[+-]?[0-9]+", text):
            return Literal(str(int(text)), datatype=XSD + "integer")
        case "decimal" if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text):
            return Literal(text, datatype=XSD + "decimal")
        case "language" if re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", text):
            return Literal(text.lower())
        case "string":
            return Literal(value)
        case "date":
            try:
                term = from_text(date_term(text))
            except RecordError as error:
                raise UsageError(error.message, where=error.where, hint=error.hint) from error
            if isinstance(term, Literal):
                return term
    raise UsageError(f"{value!r} is no {parameter.type}", where=parameter.name)


def _iri(value: str, namespaces: Namespaces) -> str | None:
    """The IRI that the value is or abbreviates; None when it is a name."""
    text = value.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    elif "://" not in text:
        prefix, colon, local = text.partition(":")
        namespace = namespaces.prefixes().get(prefix)
        if not colon or namespace is None:
            return None
        text = namespace + local
    try:
        iri_term(text)
    except RecordError as error:
        raise UsageError(error.message, where=error.where, hint=error.hint) from error
    return text


def _concept(parameter: Parameter, value: str, iri: str | None, vocabulary: Vocabulary) -> IRI:
    scheme = vocabulary.scheme(parameter.type)
    if iri is not None:
        if all(concept.iri != iri for concept in scheme.values()):
            _unknown(parameter, value, list(scheme))
        return IRI(iri)
    named = [(code, concept.iri, concept.labels) for code, concept in scheme.items()]
    return IRI(_named(parameter, value, named))


def _node(
    parameter: Parameter,
    value: str,
    iri: str | None,
    vocabulary: Vocabulary,
    namespaces: Namespaces,
    store: Store | None,
) -> IRI:
    kind = parameter.type
    named: list[tuple[str, str, tuple[Label, ...]]] = []
    if kind == "actor":
        named = [(a.id, a.iri, a.labels) for a in vocabulary.actors.values()]
    if iri is not None:
        own = iri.startswith(f"{namespaces.base}{kind}-") or kind != "actor"
        if own or any(iri == known for _, known, _ in named):
            return IRI(iri)
        _unknown(parameter, value, [code for code, _, _ in named])
    if re.fullmatch(rf"{kind}-[0-9a-f]+", value.strip()):
        return IRI(namespaces.node(value.strip()))
    if store is not None and kind in _NAMES:
        found = store.query(_NAMES[kind])
        for node, name in found.rows if isinstance(found, Table) else ():
            named.append(("", str(node), (Label(str(name)),)))
    if not named and kind != "actor":
        raise UnknownNameError(
            f"there is no {kind} {value!r}", where=parameter.name, hint=f"give its id: {kind}-…"
        )
    return IRI(_named(parameter, value, named))


def _named(
    parameter: Parameter, value: str, named: Iterable[tuple[str, str, tuple[Label, ...]]]
) -> str:
    """The IRI of the only thing with that code, else preferred label, else other label."""
    wanted = fold(value)
    tiers: list[dict[str, str]] = [{}, {}, {}]
    known: list[str] = []
    for code, iri, labels in named:
        if code and wanted.replace(" ", "-").replace("_", "-") == fold(code):
            tiers[0][iri] = code
        names = {role: {fold(n.text) for n in labels if n.role == role} for role in _LABELS}
        for tier, roles in ((1, ("pref",)), (2, ("alt", "hidden"))):
            if any(wanted in names[role] for role in roles):
                tiers[tier][iri] = code or iri
        known += [code] if code else []
        known += [label.text for label in labels if label.role in ("pref", "alt")]
    for found in tiers:
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise UsageError(
                f"{value!r} may be any of {', '.join(sorted(found.values()))}",
                where=parameter.name,
                hint="give the code",
            )
    _unknown(parameter, value, known)


_LABELS = ("pref", "alt", "hidden")


def _unknown(parameter: Parameter, value: str, known: Iterable[str]) -> NoReturn:
    raise UnknownNameError(
        f"there is no {parameter.type} {value!r}",
        where=parameter.name,
        hint=suggestion(value, known),
    )
