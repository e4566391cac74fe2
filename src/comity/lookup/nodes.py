"""What looking up needs: somewhere to ask, the node that a user means, and its passage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from comity.assets import path as asset
from comity.errors import QueryError, UnknownNameError, UsageError
from comity.model import SCHEMES, Vocabulary
from comity.queries import Parameter, resolve, suggestion
from comity.queries.names import as_iri
from comity.rdf.namespaces import MEASURE, Namespaces, shorten
from comity.rdf.terms import IRI, Literal, Term
from comity.store import Askable, Table

Rows = tuple[dict[str, Term], ...]
"""Rows of an answer: variable to term, unbound ones left out."""

_LOCAL = re.compile(r"(?:statement|document|event|actor|mention|evidence|activity|link)-[0-9a-f-]+")
_NAMED = ("actor", *SCHEMES, "document", "event")


class Source(Protocol):
    """A graph that can be asked: a folder's, or an endpoint's."""

    @property
    def store(self) -> Askable:
        """What answers SPARQL."""

    @property
    def namespaces(self) -> Namespaces:
        """Where its data lives."""

    @property
    def vocabulary(self) -> Vocabulary:
        """Where names of concepts and actors are looked up."""

    def label(self, iri: str, language: str = "en") -> str | None:
        """The name of what an IRI stands for."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The words behind a statement, and where they stand.

    `start` and `end` count code points of the text whose SHA-256 is `sha256`; `before` and
    `after` are up to 32 characters around the quotation. `issued` is the date of the document. Of
    a release that does not give all words, `quote` has the first ones, or is empty.
    """

    statement: str
    quote: str
    start: int
    end: int
    document: str
    title: str = ""
    issued: str = ""
    source: str = ""
    sha256: str = ""
    before: str = ""
    after: str = ""

    @property
    def quoted(self) -> str:
        """The words as a citation has them: see `quotation`."""
        return quotation(self.quote, self.end - self.start)


def quotation(words: str, length: int) -> str:
    """Words in quotation marks, with an ellipsis where the passage goes on; nothing for none.

    Args:
        words: The words that are given of a passage.
        length: The characters of the whole passage.

    >>> quotation("will protect", 12), quotation("will protect", 40), quotation("", 40)
    ('“will protect”', '“will protect …”', '')
    """
    more = " …" if len(words) < length else ""
    return f"“{words}{more}”" if words else ""


@cache
def _text(name: str) -> str:
    return asset(f"queries/lookup/{name}.rq").read_text("utf-8")


def ask(source: Source, name: str, bindings: Mapping[str, Term]) -> Rows:
    """The rows of one of the look-up queries.

    Args:
        source: The graph.
        name: The query's name.
        bindings: Variable to term.

    Raises:
        QueryError: if the query is refused.
    """
    answer = source.store.query(_text(name), bindings)
    if not isinstance(answer, Table):
        raise QueryError("this query gives no table", where=name)
    return tuple(
        {column: cell for column, cell in zip(answer.columns, row, strict=True) if cell is not None}
        for row in answer.rows
    )


def passage_of(source: Source, statement: str) -> Passage | None:
    """The passage behind a statement.

    Args:
        source: The graph.
        statement: The statement's IRI.

    Returns:
        None when the graph tells of none.
    """
    rows = ask(source, "passage", {"statement": IRI(statement)})
    if not rows:
        return None
    row = {name: str(term) for name, term in rows[0].items()}
    return Passage(
        statement,
        quote=row.get("quote", ""),
        start=int(row["start"]),
        end=int(row["end"]),
        document=row["document"],
        title=row.get("title", ""),
        issued=row.get("issued", ""),
        source=row.get("source", ""),
        sha256=row.get("sha256", ""),
        before=row.get("before", ""),
        after=row.get("after", ""),
    )


def node_of(source: Source, word: str) -> str:
    """The IRI of what a user names: by IRI, prefixed name, id, code, label or title.

    Args:
        source: The graph.
        word: For example ``statement-3f9c…``, ``CHN``, ``China``, ``area:patents``.

    Raises:
        UnknownNameError: if nothing is called that, or the graph says nothing of it.
        UsageError: if several things are called that.
    """
    text = word.strip()
    iri = as_iri(text, source.namespaces)
    if iri is None and _LOCAL.fullmatch(text):
        iri = source.namespaces.node(text)
    if iri is None and _is_measure(source, text):
        iri = MEASURE + text
    if iri is None:
        iri = _named(source, text)
    if not ask(source, "facts", {"node": IRI(iri)}):
        raise UnknownNameError(
            "this graph says nothing of it",
            where=shorten(iri, source.namespaces.prefixes()),
            hint="find words with `comity find`; ids stand in its answers",
        )
    return iri


def _is_measure(source: Source, text: str) -> bool:
    """Whether these are the codes of a measure: its type, its direction and its area."""
    known = source.vocabulary.concepts
    kinds = ("measure-type", "direction", "area")
    codes = text.split(".")
    return len(codes) in (2, 3) and all(
        (kind, code) in known for kind, code in zip(kinds, codes, strict=False)
    )


def _named(source: Source, text: str) -> str:
    """The only actor, concept, document or event of that name."""
    rows = ask(source, "measure-named", {"name": Literal(text.casefold())})
    found = {str(row["node"]) for row in rows}
    for kind in _NAMED:
        try:
            parameter = Parameter(kind, kind)
            term = resolve(parameter, text, source.vocabulary, source.namespaces, source.store)
        except UnknownNameError:
            continue
        found.add(str(term))
    if len(found) == 1:
        return found.pop()
    prefixes = source.namespaces.prefixes()
    if found:
        names = ", ".join(sorted(shorten(iri, prefixes) for iri in found))
        raise UsageError(f"{text!r} may be any of {names}", hint="write it with its prefix")
    concepts = source.vocabulary.concepts.values()
    known = {
        *(label.text for concept in concepts for label in concept.labels if label.role == "pref"),
        *(actor.name() for actor in source.vocabulary.actors.values()),
        *source.vocabulary.actors,
    }
    raise UnknownNameError(f"nothing is called {text!r}", hint=suggestion(text, known))
