"""RDF text → rdflib terms, parsed by Oxigraph, with every lexical form as it is written."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from comity.errors import InputError
from comity.rdf.terms import literal_term

if TYPE_CHECKING:
    from rdflib.term import Node

    Triple = tuple[Node, Node, Node]


SYNTAXES = {
    "ttl": "Turtle",
    "nt": "N-Triples",
    "nq": "N-Quads",
    "trig": "TriG",
    "jsonld": "JSON-LD",
    "rdf": "RDF/XML",
    "xml": "RDF/XML",
}
"""The syntaxes that are read, by the usual ending of a file's name."""


def parse(data: str | bytes, ending: str, label: str = "b", where: str = "") -> list[Triple]:
    """The triples of a text as rdflib terms; blank nodes are numbered as they come.

    Args:
        data: The text; of named graphs the union counts.
        ending: One of `SYNTAXES`.
        label: What names of blank nodes begin with.
        where: The file, for messages.

    Raises:
        InputError: if the text is not in that syntax.
    """
    import pyoxigraph as ox

    form = ox.RdfFormat.from_extension(ending)
    content = data.encode() if isinstance(data, str) else data
    terms: dict[Any, Node] = {}
    numbers = count(1)

    def term(source: Any) -> Node:
        made = terms.get(source)
        if made is None:
            made = terms[source] = _term(source, label, numbers)
        return made

    try:
        with _quiet():
            return [
                (term(quad.subject), term(quad.predicate), term(quad.object))
                for quad in ox.parse(input=content, format=form)
            ]
    except (SyntaxError, ValueError, OSError) as error:
        raise InputError(f"this is no {SYNTAXES[ending]}: {error}", where=where) from error


def name_of(node: Node | None) -> str:
    """An IRI as it is; any other term in N-Triples text."""
    from rdflib import URIRef

    return str(node) if node is None or isinstance(node, URIRef) else text_of(node)


def text_of(node: Node) -> str:
    """A term in N-Triples text."""
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdfLiteral

    if isinstance(node, URIRef):
        return f"<{node}>"
    if isinstance(node, BNode):
        return f"_:{node}"
    literal = cast(RdfLiteral, node)
    datatype = None if literal.datatype is None else str(literal.datatype)
    return literal_term(str(literal), literal.language, datatype)


def _term(source: Any, label: str, numbers: Iterator[int]) -> Node:
    import pyoxigraph as ox
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdfLiteral

    match source:
        case ox.NamedNode():
            return URIRef(source.value)
        case ox.BlankNode():
            return BNode(f"{label}{next(numbers)}")
        case ox.Literal() if source.language:
            return RdfLiteral(source.value, lang=source.language)
        case ox.Literal():
            datatype = URIRef(source.datatype.value)
            return RdfLiteral(source.value, datatype=datatype, normalize=False)
    raise InputError("triples about triples cannot be checked", where=str(source))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps rdflib from logging a traceback for every ill-formed value: the shapes tell."""
    logger = logging.getLogger("rdflib.term")
    logger.addFilter(_drop)
    try:
        yield
    finally:
        logger.removeFilter(_drop)


def _drop(_record: logging.LogRecord) -> bool:
    return False
