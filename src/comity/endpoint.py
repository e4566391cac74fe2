"""`RemoteGraph`: a graph on a SPARQL server, asked with the same calls as a folder.

::

    from comity import KnowledgeGraph

    graph = KnowledgeGraph.connect("https://example.org/sparql")
    graph.query("actors-by-area", area="trade-secrets").to_pandas()
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from comity.asking import Asking
from comity.rdf import vocabulary as vocabularies
from comity.rdf.namespaces import Namespaces
from comity.rdf.terms import IRI, Literal, to_text
from comity.remote.credentials import Credentials
from comity.remote.store import RemoteStore
from comity.store import Table

if TYPE_CHECKING:
    from comity.answers import Rows
    from comity.model import Vocabulary
    from comity.queries import Word

_LABELS = """\
SELECT ?node ?name WHERE {
  VALUES ?node { UNDEF } ?node skos:prefLabel|rdfs:label|dcterms:title ?name
}"""
_AT_ONCE = 100
"""IRIs whose names are asked for in one request."""


class RemoteGraph(Asking):
    """A graph on a SPARQL 1.1 server; nothing is asked of it before the first question.

    Args:
        url: The address that SPARQL queries are sent to.
        auth: ``basic``, ``digest`` or ``bearer``: the credentials are taken from the
            environment, see `comity.remote.credentials`.
        timeout: Seconds that one request may take.
        retries: How often a request is tried again, where that helps.
        page_size: The most rows to ask for at once; as many as the server gives when None.
        graphs: The IRIs of the graphs to search; all of them when None.
        base_iri: Where its data lives; that of a statement of it when None.
        vocabulary: Turtle files with concepts, labels and actors of one's own.

    Raises:
        UsageError: if the URL is none, holds a password, or credentials are missing.
    """

    def __init__(
        self,
        url: str,
        *,
        auth: str | None = None,
        timeout: float = 60.0,
        retries: int = 3,
        page_size: int | None = None,
        graphs: Sequence[str] | None = None,
        base_iri: str | None = None,
        vocabulary: Sequence[Path | str] = (),
    ) -> None:
        super().__init__()
        self._named: dict[str, dict[str, str]] = {}
        self._unnamed: set[IRI] = set()
        self._base = base_iri
        self._files = [Path(file) for file in vocabulary]
        self._remote = RemoteStore(
            url,
            Namespaces(base_iri) if base_iri is not None else None,
            credentials=Credentials.from_environment(auth),
            timeout=timeout,
            retries=retries,
            page_size=page_size,
            graphs=None if graphs is None else tuple(graphs),
        )

    def query(self, query: str, /, **parameters: Word) -> Rows:
        """Ask a question, as of a folder; see `Asking.query`."""
        rows = super().query(query, **parameters)
        self._unnamed.update(t for row in rows.rows for t in row if isinstance(t, IRI))
        return rows

    def _names(self, iri: str) -> dict[str, str]:
        """The names of what an IRI stands for; those of all that was answered are asked at once."""
        if iri not in self._named:
            wanted = sorted({*self._unnamed, IRI(iri)}, key=str)
            self._unnamed.clear()
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                self._named.update({node.value: {} for node in some})
                nodes = " ".join(to_text(node) for node in some)
                found = self.store.query(_LABELS.replace("UNDEF", nodes))
                for node, name in found.rows if isinstance(found, Table) else ():
                    if isinstance(node, IRI) and isinstance(name, Literal):
                        self._named[node.value][str(name.language).lower()] = name.value
        return self._named[iri]

    @cached_property
    def store(self) -> RemoteStore:
        """The server, with the prefix ``id:`` bound to where its data lives."""
        self._remote.namespaces = self.namespaces
        return self._remote

    @cached_property
    def namespaces(self) -> Namespaces:
        """Where its data lives: what stands before ``statement-`` in the IRI of a statement.

        Raises:
            EndpointError: if the server cannot be reached, or does not answer as one.
        """
        if self._base is not None:
            return Namespaces(self._base)
        statement = self._remote.dataset.statement or ""
        base, kind, _ = statement.rpartition("statement-")
        return Namespaces(base) if kind and base.endswith("/") else Namespaces()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The bundled vocabulary, with the user's own files."""
        return vocabularies.load(self._files)
