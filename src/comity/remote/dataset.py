"""Which graphs a server searches when a query names none, and how to have it search them all.

SPARQL 1.1 leaves that to the server. What is asked of it on the first query, and with which
parameter of the request the union of all graphs is had, stands here alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

UNIONS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("Oxigraph", {"union-default-graph": "true"}),
    ("Apache Jena", {"default-graph-uri": "urn:x-arq:UnionGraph"}),
    ("Stardog", {"default-graph-uri": "tag:stardog:api:context:all"}),
)
"""Parameters that make the union of all graphs the default one, by the server that knows them."""

MOST_NAMED = 500
"""The most graphs that are named one by one in each request."""

VIRTUOSO_GRAPHS = (
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://www.w3.org/ns/ldp#",
    "http://localuriqaserver/sparql",
    "http://www.w3.org/2002/07/owl#",
    "urn:activitystreams-owl:map",
    "urn:core:services:sparql",
    "urn:rules.skos",
    "virtrdf-label",
    "facets",
    "b3sifp",
    "b3sonto",
    "urn:virtuoso:val:acl:schema",
)
"""Graphs of Virtuoso's own, which are in its union and say nothing of ours."""

IN_ANY_GRAPH = "SELECT ?s WHERE { GRAPH ?g { ?s a comity:Statement } } LIMIT 1"
IN_DEFAULT_GRAPH = "SELECT ?s WHERE { ?s a comity:Statement } LIMIT 1"
SEEN = "ASK { ?s a comity:Statement }"
SEEN_NAMED = "ASK { GRAPH ?g { ?s a comity:Statement } }"
GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"


@dataclass(frozen=True, slots=True)
class Dataset:
    """How every request is sent so that all graphs are searched.

    Args:
        parameters: Parameters of the request; one with several values has several entries.
        statement: The IRI of a statement that the server holds, if it holds any.
        way: What is done, in words.
    """

    parameters: tuple[tuple[str, str], ...] = ()
    statement: str | None = None
    way: str = "as the server has it"
