"""The SPARQL 1.1 Graph Store HTTP Protocol, and where each server has it.

Source: SPARQL 1.1 Graph Store HTTP Protocol (W3C Recommendation, 21 March 2013).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from comity.errors import EndpointError, LimitError, UsageError
from comity.rdf.terms import IRI, Literal
from comity.remote.problems import words
from comity.remote.store import RemoteStore
from comity.remote.transport import Transport, checked_url, shown
from comity.store import Table

NTRIPLES = "application/n-triples"
_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
_COUNTS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


@dataclass(frozen=True, slots=True)
class Vendor:
    """A kind of server.

    Args:
        name: What `--vendor` calls it.
        sign: What its Server header holds, in lower case; empty where it tells nothing.
        ending: How the address of its SPARQL endpoint ends.
        replaced: What stands in place of that ending in the address of its graph store.
        signed: The same, for requests with credentials, where it has another address for them.
    """

    name: str
    sign: str
    ending: str
    replaced: str
    signed: str = ""


VENDORS = {
    vendor.name: vendor
    for vendor in (
        Vendor("oxigraph", "oxigraph", "/query", "/store"),
        Vendor("virtuoso", "virtuoso", "/sparql", "/sparql-graph-crud", "/sparql-graph-crud-auth"),
        Vendor("fuseki", "fuseki", "/sparql", "/data"),
        Vendor("graphdb", "graphdb", "", "/rdf-graphs/service"),
        Vendor("stardog", "stardog", "/query", ""),
        Vendor("neptune", "neptune", "/sparql", "/sparql/gsp/"),
        Vendor("qlever", "qlever", "", ""),
    )
}


class GraphStore:
    """The graphs of a server, to be written, counted and deleted.

    Args:
        store: Where graphs are counted.
        transport: What carries the requests.
        url: The address of the graph store; made of the endpoint's when None.
        vendor: One of `VENDORS`, or ``auto``: told by what the server says of itself.
        signed: Whether requests carry credentials.

    Raises:
        UsageError: if the address is needed and cannot be told.
    """

    def __init__(
        self,
        store: RemoteStore,
        transport: Transport,
        *,
        url: str | None = None,
        vendor: str = "auto",
        signed: bool = False,
    ) -> None:
        self._store = store
        self._transport = transport
        self.vendor = _vendor(vendor, store)
        self.url = checked_url(url) if url else _address(store.url, self.vendor, signed)

    def counts(self, base: str) -> dict[str, int]:
        """The number of triples of each graph whose IRI begins with `base`."""
        found = self._store.query(_COUNTS)
        rows = found.rows if isinstance(found, Table) else ()
        return {str(g): int(str(n)) for g, n in rows if g is not None and str(g).startswith(base)}

    def count(self, graph: str) -> int:
        """The number of triples of a graph."""
        found = self._store.query(_COUNT, {"g": IRI(graph)})
        value = found.rows[0][0] if isinstance(found, Table) and found.rows else None
        if not isinstance(value, Literal) or not value.value.isdecimal():
            raise EndpointError("the server gave no count", where=shown(self._store.url))
        return int(value.value)

    def put(self, graph: str, ntriples: bytes) -> None:
        """Replaces a graph.

        Raises:
            EndpointError: if the server does not take it, with its words.
            LimitError: if it takes too long.
        """
        headers = {"Content-Type": NTRIPLES}
        self._send("PUT", graph, ntriples, headers)

    def delete(self, graph: str) -> None:
        """Deletes a graph; one that is not there is no error.

        Raises:
            EndpointError: as `put` does.
        """
        self._send("DELETE", graph, None, {})

    def _send(
        self, method: str, graph: str, data: bytes | None, headers: Mapping[str, str]
    ) -> None:
        reply = self._transport.send(
            method, self.url, params={"graph": graph}, data=data, headers=headers
        )
        if 200 <= reply.status < 300 or (method == "DELETE" and reply.status == 404):
            return
        if reply.status in (404, 405, 501):
            raise UsageError(
                f"there is no graph store here (HTTP {reply.status})",
                where=shown(self.url),
                hint="name its address with --graph-store",
            )
        if reply.status == 413:
            raise LimitError("the graph is too large for this server", where=graph)
        raise EndpointError(f"HTTP {reply.status}: {words(reply)}", where=graph)


def _vendor(name: str, store: RemoteStore) -> Vendor | None:
    if name != "auto":
        if name not in VENDORS:
            known = ", ".join(["auto", *VENDORS])
            raise UsageError(f"no vendor {name!r}", hint=f"one of {known}")
        return VENDORS[name]
    store.dataset  # noqa: B018 - the first request, which tells what the server is
    said = store.server.lower()
    return next((v for v in VENDORS.values() if v.sign and v.sign in said), None)


def _address(endpoint: str, vendor: Vendor | None, signed: bool) -> str:
    parts = urlsplit(endpoint)
    path = parts.path.rstrip("/")
    if vendor is None or not path.endswith(vendor.ending):
        kind = "this server" if vendor is None else vendor.name
        raise UsageError(
            f"the address of the graph store of {kind} cannot be told",
            where=shown(endpoint),
            hint="name it with --graph-store",
        )
    ending = (signed and vendor.signed) or vendor.replaced
    kept = path[: len(path) - len(vendor.ending)]
    return urlunsplit((parts.scheme, parts.netloc, kept + ending, "", ""))
