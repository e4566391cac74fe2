"""What can be asked of a graph, wherever it lives: the same for a folder and for an endpoint."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity import lookup, queries
from comity.answers import Rows
from comity.errors import QueryError, UnknownNameError
from comity.queries import Word
from comity.queries.names import nearest
from comity.rdf.terms import IRI, Literal, Term
from comity.store import Askable, Table

if TYPE_CHECKING:
    from comity.model import Vocabulary
    from comity.rdf.namespaces import Namespaces

_LABELS = "SELECT ?name WHERE { ?node skos:prefLabel|rdfs:label|dcterms:title ?name }"


class Asking:
    """Asks questions of whatever answers SPARQL; a subclass says what that is."""

    def __init__(self) -> None:
        self._labels: dict[tuple[str, str], str | None] = {}

    if TYPE_CHECKING:

        @property
        def store(self) -> Askable:
            """What answers SPARQL."""

        @property
        def namespaces(self) -> Namespaces:
            """Where its data lives."""

        @property
        def vocabulary(self) -> Vocabulary:
            """Where names of concepts and actors are looked up."""

    def query(self, query: str, /, **parameters: Word) -> Rows:
        """Ask a question of the library by name, or in SPARQL.

        Args:
            query: The name of a library query, the path of a ``.rq`` file, or SPARQL text;
                our prefixes need no declaration.
            parameters: Values of the query's parameters: codes, labels, IRIs or CURIEs,
                numbers, dates. A hyphen in a parameter's name is written as an underscore.

        Raises:
            UnknownNameError: When there is no such query, parameter or value.
            QueryError: When the query is refused or malformed.
        """
        found = self._find_query(query)
        bindings = queries.bind(found, parameters, self.vocabulary, self.namespaces, self.store)
        return Rows(self.store.query(found.text, bindings), self.namespaces.prefixes())

    def guesses(self, query: str, /, **parameters: Word) -> dict[str, Term]:
        """How the parameters of a query without a header are read: variable to term.

        Args:
            query: As for `query`.
            parameters: As for `query`.

        Returns:
            Nothing for a query whose header says what its parameters are.

        Raises:
            UnknownNameError: When there is nothing of that name.
        """
        found = self._find_query(query)
        if found.parameters:
            return {}
        return queries.bind(found, parameters, self.vocabulary, self.namespaces, self.store)

    def label(self, iri: str, language: str = "en") -> str | None:
        """The name of what an IRI stands for, in a language, else in English, else in any.

        Each is looked up once.

        Args:
            iri: The IRI of a concept, actor, measure, event or document.
            language: A language tag.
        """
        key = (iri, language)
        if key not in self._labels:
            self._labels[key] = self._label(iri, language)
        return self._labels[key]

    def _label(self, iri: str, language: str) -> str | None:
        if not iri.startswith("http") or iri.startswith(self.namespaces.base + "statement-"):
            return None
        names = self._names(iri)
        chosen = (tag for tag in (nearest(language, names), "en", *sorted(names)) if tag in names)
        return next((names[tag] for tag in chosen), None)

    def _names(self, iri: str) -> dict[str, str]:
        """The names of what an IRI stands for, by language tag."""
        found = self.store.query(_LABELS, {"node": IRI(iri)})
        return {
            str(name.language).lower(): name.value
            for row in (found.rows if isinstance(found, Table) else ())
            for name in row
            if isinstance(name, Literal)
        }

    def _find_query(self, text: str) -> queries.Query:
        library = queries.library()
        if text in library:
            return library[text]
        if text.endswith(".rq"):
            path = Path(text)
            try:
                return queries.parse(path.read_text("utf-8-sig"), path.stem)
            except FileNotFoundError as error:
                raise QueryError("there is no such query file", where=text) from error
            except (OSError, UnicodeDecodeError) as error:
                reason = getattr(error, "strerror", None) or error
                raise QueryError(f"the query file cannot be read: {reason}", where=text) from error
        if not set("{<:") & set(text):
            raise UnknownNameError(
                f"no query is named {text!r}", hint=queries.suggestion(text, library)
            )
        return queries.parse(text, "query")

    # -- looking up ----------------------------------------------------------------------

    def find(self, words: str = "", *, limit: int | None = 20, **facets: Word | None) -> Rows:
        """The statements that hold all words and fit all facets; see `comity.lookup.find`.

        Args:
            words: Words of the passage, its parties, target areas or title.
            limit: The most rows; None for all.
            facets: Of `comity.lookup.FACETS`, such as ``actor``, ``area``, ``since``.

        Raises:
            UnknownNameError: When a facet, or a name given for it, is unknown.
            UsageError: When a value does not fit.
        """
        return lookup.find(self, words, limit=limit, **facets)[0]

    def show(self, node: str, *, language: str = "en", limit: int | None = 20) -> lookup.Node:
        """Everything the graph says about a node, with its passages.

        Args:
            node: Its IRI, prefixed name, id, code, label or title.
            language: Of names, where there is one in it.
            limit: The most statements to show; None for all.

        Raises:
            UnknownNameError: When nothing is called that, or the graph says nothing of it.
            UsageError: When several things are called that.
        """
        return lookup.show(self, node, language=language, limit=limit)

    def cite(self, node: str, style: str = "apa") -> str:
        """A document, or a statement with its passage, as a reference.

        Args:
            node: Its IRI, id or title.
            style: One of `comity.lookup.STYLES`.

        Raises:
            UnknownNameError: When there is no such style, document or statement.
            UsageError: When what is named is neither.
        """
        return lookup.cite(self, node, style)

    def timeline(
        self, *, linked: bool = False, language: str = "en", **facets: Any
    ) -> tuple[lookup.Entry, ...]:
        """The statements that fit all facets in the order of time, with their lineage.

        Args:
            linked: Only statements that follow on another one shown, or are followed on.
            language: Of names, where there is one in it.
            facets: Of `comity.lookup.FACETS`, such as ``actor``, ``area``, ``since``.

        Raises:
            UnknownNameError: When a facet, or a name given for it, is unknown.
            UsageError: When a value does not fit.
        """
        return lookup.timeline(self, linked=linked, language=language, **facets)
