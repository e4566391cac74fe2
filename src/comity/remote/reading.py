"""SPARQL results in JSON, read into the values that the embedded store gives.

Servers write one value in several ways: Virtuoso writes true as 1, an ASK as a table of one
integer, and keeps xsd:nonNegativeInteger, which the embedded store turns into xsd:integer.
Numbers, booleans and language tags are read into one form, that of the embedded store, so that
answers can be compared; no value is changed by it.

Source: SPARQL 1.1 Query Results JSON Format (W3C Recommendation, 21 March 2013).
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from math import isfinite
from typing import Any

from comity.errors import EndpointError, QueryError
from comity.rdf.terms import IRI, XSD, BlankNode, Literal, Term
from comity.store import Answer, Table

_INTEGERS = frozenset(
    XSD + name
    for name in (
        "integer byte short int long unsignedByte unsignedShort unsignedInt unsignedLong "
        "positiveInteger negativeInteger nonPositiveInteger nonNegativeInteger"
    ).split()
)
_INTEGER = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_DOUBLE = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_BOOLEANS = {"1": "true", "0": "false"}
_VIRTUOSO_ASK = "__ASK_RETVAL"
_NOT_A_LABEL = re.compile(r"[^A-Za-z0-9]")


def read(body: bytes, where: str) -> Table | Answer:
    """The result in a SPARQL results document.

    Args:
        body: The document, in JSON.
        where: The endpoint, for messages.

    Raises:
        EndpointError: if this is no such document, or only the beginning of one.
        QueryError: if it holds triples as terms.
    """
    try:
        document = json.loads(body)
        if "boolean" in document:
            return Answer(_boolean(document["boolean"]))
        columns = tuple(str(name) for name in document["head"].get("vars", ()))
        rows = tuple(
            tuple(_cell(binding.get(name)) for name in columns)
            for binding in document["results"]["bindings"]
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise EndpointError(
            "what the endpoint sent is no SPARQL result, or is cut off",
            where=where,
            hint=f"it begins: {_beginning(body)}",
        ) from error
    if columns == (_VIRTUOSO_ASK,):
        return Answer(any(isinstance(v, Literal) and v.value == "1" for row in rows for v in row))
    return Table(columns, rows)


def canonical(literal: Literal) -> Literal:
    """A literal in the form in which the embedded store gives it back.

    >>> canonical(Literal("007", datatype=XSD + "nonNegativeInteger"))
    Literal(value='7', language=None, datatype='http://www.w3.org/2001/XMLSchema#integer')
    """
    value, datatype = literal.value, literal.datatype
    if literal.language is not None:
        return Literal(value, literal.language.lower())
    if datatype == XSD + "boolean":
        return Literal(_BOOLEANS.get(value, value), datatype=datatype)
    if datatype in _INTEGERS and _INTEGER.fullmatch(value):
        whole = int(value) if len(value) < 20 else 2**63
        if -(2**63) <= whole < 2**63:
            return Literal(str(whole), datatype=XSD + "integer")
    if datatype == XSD + "decimal" and _DECIMAL.fullmatch(value) and len(value) < 20:
        text = _digits(Decimal(value))
        return Literal("0" if text == "-0" else text, datatype=datatype)
    if datatype == XSD + "double" and _DOUBLE.fullmatch(value):
        number = float(value)
        if isfinite(number):
            return Literal(_digits(Decimal(repr(number))), datatype=datatype)
    return literal


def _digits(number: Decimal) -> str:
    """A number without exponent and without zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _cell(value: Any) -> Term | None:
    if value is None:
        return None
    kind, text = value["type"], value["value"]
    if kind == "uri":
        return IRI(str(text))
    if kind == "bnode":
        return BlankNode("b" + _NOT_A_LABEL.sub("x", str(text)))
    if kind in ("literal", "typed-literal"):
        language = value.get("xml:lang") or None
        datatype = value.get("datatype") or XSD + "string"
        return canonical(Literal(str(text), language, datatype))
    raise QueryError("the answer holds triples as terms, which Comity does not know")


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError("no boolean")


def _beginning(body: bytes) -> str:
    """The first words of an answer, without the tags of a web page."""
    text = re.sub(r"<[^>]*>", " ", body[:2000].decode("utf-8", errors="replace"))
    return repr(" ".join(text.split())[:80])
