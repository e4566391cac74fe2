"""A SPARQL 1.1 server, asked as the embedded store is.

What a user writes is checked and bound by `comity.rdf.sparql` first. Then:

- prefixes that need no declaration are declared;
- where the default graph of the server is not the union of its graphs, it is asked for so;
- an answer of 100 rows and more is counted by the server, and read in pages when it was cut;
- CONSTRUCT and DESCRIBE are asked as SELECT, and the triples made here, as servers cut triples
  with no word about it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from comity.errors import EndpointError, LimitError, QueryError
from comity.rdf import sparql
from comity.rdf.namespaces import Namespaces
from comity.rdf.terms import IRI, Literal, Term, to_text
from comity.remote import dataset, rewrite
from comity.remote.credentials import Credentials
from comity.remote.dataset import Dataset
from comity.remote.problems import problem
from comity.remote.reading import read
from comity.remote.rewrite import Outline
from comity.remote.templates import filled
from comity.remote.transport import Reply, Transport, checked_url, shown
from comity.store import Answer, Result, Table, Triples

if TYPE_CHECKING:
    from SPARQLWrapper import SPARQLWrapper

CHECKED_FROM = 100
"""Rows from which on an answer is counted by the server: no server is known to cut at fewer."""
DEFAULT_PAGE = 10_000
"""Rows of a page where a server refuses to sort and does not say how many it would."""
LONG_QUERY = 1_500
"""Bytes of a query from which on it is sent by POST: longer URLs are cut or refused on the way."""
ACCEPTED = "application/sparql-results+json"


class RemoteStore:
    """A server to ask; fulfils `comity.store.Askable`.

    Args:
        url: The address that SPARQL queries are sent to.
        namespaces: The prefixes that queries may use without declaring them.
        credentials: Who asks.
        timeout: Seconds that one request may take.
        retries: How often a request is tried again, where that helps.
        page_size: The most rows to ask for at once; as many as the server gives when None.
        graphs: The IRIs of the graphs to search; all of them when None.
        transport: What carries the requests; made of the arguments before when None.

    Raises:
        UsageError: if `url` is no http or https URL, or holds a password.
    """

    def __init__(
        self,
        url: str,
        namespaces: Namespaces | None = None,
        *,
        credentials: Credentials | None = None,
        timeout: float = 60.0,
        retries: int = 3,
        page_size: int | None = None,
        graphs: tuple[str, ...] | None = None,
        transport: Transport | None = None,
    ) -> None:
        self.url = checked_url(url)
        self.namespaces = namespaces or Namespaces()
        self._transport = transport or Transport(credentials, timeout=timeout, retries=retries)
        self._page_size = page_size
        self._graphs = graphs
        self._dataset: Dataset | None = None
        self.server = ""

    def query(
        self,
        query: str,
        bindings: Mapping[str, Term] | None = None,
        *,
        max_rows: int | None = None,
    ) -> Result:
        """The whole answer to a query; an answer that would be cut is an error.

        Args:
            query: SELECT, ASK, CONSTRUCT or DESCRIBE; Comity's prefixes need no declaration.
            bindings: Variable name, without question mark, to the term it stands for.
            max_rows: The most rows or triples that are wanted.

        Raises:
            QueryError: if the query is refused or malformed, or a binding does not fit it.
            LimitError: if it is too long or deep, takes too long, has more than `max_rows`
                rows, or the server would cut the answer.
            EndpointError: if the server cannot be reached, or does not answer as one.
        """
        text = rewrite.declared(sparql.bind(query, bindings or {}), self.namespaces.prefixes())
        asked = rewrite.outline(text)
        if asked.form == "ASK":
            return self._ask(text, self.dataset)
        if asked.form == "SELECT":
            try:
                return self._rows(asked, max_rows)
            except QueryError as error:
                raise _located(error) from error
        made = self._construct(asked) if asked.form == "CONSTRUCT" else self._describe(asked)
        _check_rows(len(made.triples), max_rows)
        return made

    @property
    def dataset(self) -> Dataset:
        """How requests are sent so that all graphs are searched; found out on the first query."""
        if self._dataset is None:
            self._dataset = self._find_dataset()
        return self._dataset

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted, the server's own left out.

        Raises:
            EndpointError: as `query` does.
        """
        found = self.query(dataset.GRAPHS)
        names = {str(row[0]) for row in found.rows} if isinstance(found, Table) else set()
        return sorted(names.difference(dataset.VIRTUOSO_GRAPHS))

    # -- rows ----------------------------------------------------------------------------

    def _rows(self, asked: Outline, max_rows: int | None) -> Table:
        """The rows of a SELECT, at once if the server gives them all at once, else in pages."""
        size = self._page_size
        if size is None or (asked.limit is not None and asked.limit <= size):
            try:
                reply, found = self._select(asked.text)
            except QueryError as error:
                size = _sorted_at_most(error)
                if size is None:
                    raise
            else:
                rows = len(found.rows)
                if rows < CHECKED_FROM and "x-sparql-maxrows" not in reply.headers:
                    _check_rows(rows, max_rows)
                    return found
                if rows == asked.limit or rows >= (total := self._count(asked)):
                    _check_rows(rows, max_rows)
                    return found
                return self._pages(asked, found.columns, rows or total, total, max_rows)
        _, first = self._select(rewrite.page(asked, (), 1, 0, nested=False))
        return self._pages(asked, first.columns, size, self._count(asked), max_rows)

    def _count(self, asked: Outline) -> int:
        """The number of rows that a SELECT has, as the server counts them."""
        return asked.within(self._counted(rewrite.count(asked)))

    def _counted(self, text: str) -> int:
        try:
            _, table = self._select(text)
            value = table.rows[0][0]
        except (QueryError, IndexError) as error:
            raise LimitError(
                "the server may have cut the answer: it cannot count its rows",
                where=shown(self.url),
                hint="ask for fewer rows, with a LIMIT",
            ) from error
        if not isinstance(value, Literal) or not value.value.isdecimal():
            raise EndpointError("the server gave no count", where=shown(self.url))
        return int(value.value)

    def _pages(
        self,
        asked: Outline,
        columns: tuple[str, ...],
        size: int,
        wanted: int,
        max_rows: int | None,
    ) -> Table:
        """All rows, page by page; their number is the one that the server counts."""
        _check_rows(wanted, max_rows)
        rows: list[tuple[Term | None, ...]] = []
        nested = False
        while len(rows) < wanted:
            limit = min(size, wanted - len(rows))
            place = asked.offset + len(rows)
            try:
                _, part = self._select(rewrite.page(asked, columns, limit, place, nested=nested))
            except QueryError as error:
                if nested:
                    raise _cut(self.url, len(rows), wanted) from error
                nested = True
                continue
            if not part.rows or len(part.rows) > limit or part.columns != columns:
                raise _cut(self.url, len(rows), wanted)
            size = min(size, len(part.rows))
            rows.extend(part.rows)
        if not asked.window and self._counted(rewrite.count(asked, columns)) > len(set(rows)):
            raise EndpointError(
                "pages of the answer miss some rows and repeat others",
                where=shown(self.url),
                hint="ask again; if the graph does not change, ask for fewer rows",
            )
        return Table(columns, tuple(rows))

    # -- triples -------------------------------------------------------------------------

    def _construct(self, asked: Outline) -> Triples:
        text = rewrite.solutions(asked)
        found = self._rows(rewrite.outline(text), None)
        return filled(asked.prologue, asked.head, found)

    def _describe(self, asked: Outline) -> Triples:
        names, text = rewrite.resources(asked)
        if text:
            found = self._rows(rewrite.outline(text), None)
            more = {to_text(t): None for row in found.rows for t in row if isinstance(t, IRI)}
            names = " ".join([names, *more])
        triples: dict[tuple[Term, Term, Term], None] = {}
        parts = names.split()
        for start in range(0, len(parts), CHECKED_FROM):
            few = " ".join(parts[start : start + CHECKED_FROM])
            text = rewrite.description(asked.prologue, few)
            for subject, predicate, value in self._rows(rewrite.outline(text), None).rows:
                if subject is not None and predicate is not None and value is not None:
                    triples[subject, predicate, value] = None
        return Triples(tuple(triples))

    # -- requests ------------------------------------------------------------------------

    def _select(self, text: str, using: Dataset | None = None) -> tuple[Reply, Table]:
        reply, found = self._send(text, self.dataset if using is None else using)
        if not isinstance(found, Table):
            raise EndpointError("the server answered with no table", where=shown(self.url))
        return reply, found

    def _ask(self, text: str, using: Dataset) -> Answer:
        _, found = self._send(text, using)
        if not isinstance(found, Answer):
            raise EndpointError("the server answered with no yes or no", where=shown(self.url))
        return found

    def _send(self, text: str, using: Dataset) -> tuple[Reply, Table | Answer]:
        request = self._wrapper(text, using)._createRequest()
        url, data = request.get_full_url(), request.data
        reply = self._transport.send(
            request.get_method(),
            url,
            data=data if isinstance(data, bytes) else None,
            headers={"Accept": ACCEPTED, **_form(request.headers)},
        )
        self.server = reply.headers.get("server", self.server)
        found = problem(reply, shown(self.url))
        if found is not None:
            raise found
        return reply, read(reply.body, shown(self.url))

    def _wrapper(self, text: str, using: Dataset) -> SPARQLWrapper:
        """The request, as SPARQLWrapper writes it: in the URL when short, else as a form."""
        from SPARQLWrapper import GET, JSON, POST, SPARQLWrapper

        address, _, own = self.url.partition("?")
        wrapper = SPARQLWrapper(address, returnFormat=JSON)
        wrapper.setOnlyConneg(True)
        wrapper.setMethod(POST if len(text.encode()) > LONG_QUERY else GET)
        wrapper.setQuery(text)
        wrapper.queryType = rewrite.outline(text).form
        for name, value in (*parse_qsl(own, keep_blank_values=True), *using.parameters):
            wrapper.addParameter(name, value)
        return wrapper

    # -- the graphs that are searched ----------------------------------------------------

    def _find_dataset(self) -> Dataset:
        if self._graphs is not None:
            return self._named(self._graphs, None)
        plain = Dataset()
        statement = self._sample(dataset.IN_ANY_GRAPH, plain)
        if statement is None:
            statement = self._sample(dataset.IN_DEFAULT_GRAPH, plain)
            return Dataset(statement=statement)
        if self._sees(dataset.SEEN, statement, plain):
            return Dataset((), statement, "its default graph is the union of its graphs")
        for name, parameters in dataset.UNIONS:
            tried = Dataset(tuple(parameters.items()), statement, f"asked as {name} wants it")
            if self._answers(dataset.SEEN, statement, tried) and self._answers(
                dataset.SEEN_NAMED, statement, tried
            ):
                return tried
        table = self._select(self._declared(dataset.GRAPHS), plain)[1]
        return self._named(tuple(sorted(str(row[0]) for row in table.rows)), statement)

    def _named(self, graphs: tuple[str, ...], statement: str | None) -> Dataset:
        """The dataset of some graphs, each named in every request."""
        if len(graphs) > dataset.MOST_NAMED:
            raise EndpointError(
                f"its default graph holds none of its {len(graphs):,} named graphs",
                where=shown(self.url),
                hint="set the server to search the union of all graphs by default",
            )
        parameters = [(f"{kind}-graph-uri", g) for kind in ("default", "named") for g in graphs]
        found = Dataset(tuple(parameters), statement, f"each of {len(graphs)} graphs is named")
        if statement is None:
            sample = self._sample(dataset.IN_DEFAULT_GRAPH, found)
            found = Dataset(found.parameters, sample, found.way)
        return found

    def _sample(self, text: str, using: Dataset) -> str | None:
        _, table = self._select(self._declared(text), using)
        return str(table.rows[0][0]) if table.rows else None

    def _sees(self, text: str, statement: str, using: Dataset) -> bool:
        bound = sparql.bind(text, {"s": IRI(statement)})
        return self._ask(self._declared(bound), using).value

    def _answers(self, text: str, statement: str, using: Dataset) -> bool:
        """Whether the server takes the parameters, and finds the statement with them."""
        try:
            return self._sees(text, statement, using)
        except (QueryError, EndpointError):
            return False

    def _declared(self, text: str) -> str:
        return rewrite.declared(text, self.namespaces.prefixes())


def _form(headers: Mapping[str, str]) -> dict[str, str]:
    """The content type of a request, if it has a body."""
    return {k: v for k, v in headers.items() if k.lower() == "content-type"}


def _located(error: QueryError) -> QueryError:
    """The error without a column on the first line, where prefixes have been put."""
    where = "line 1" if error.where.startswith("line 1,") else error.where
    return QueryError(error.message, where=where, hint=error.hint)


def _check_rows(count: int, most: int | None) -> None:
    if most is not None and count > most:
        raise LimitError(
            f"the answer has more than {most:,} rows", where="query", hint="add a LIMIT"
        )


def _cut(url: str, got: int, wanted: int) -> LimitError:
    return LimitError(
        f"the server would cut the answer after {got:,} of {wanted:,} rows",
        where=shown(url),
        hint="ask for fewer rows, with a LIMIT or a FILTER",
    )


def _sorted_at_most(error: QueryError) -> int | None:
    """How many rows Virtuoso sorts for one answer, if it refuses to sort more; else None.

    Its errors for that are SR353, SR352 (an OFFSET without a LIMIT) and SORTI.
    """
    if not re.search("SR35[23]|SORTI", error.message):
        return None
    allowed = re.search(r"Only (\d+) are allowed", error.message)
    return int(allowed[1]) if allowed else DEFAULT_PAGE
