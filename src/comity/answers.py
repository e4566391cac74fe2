"""Answers of queries in the formats of the SPARQL 1.1 family, as rows, and as data frames.

Sources: SPARQL 1.1 Query Results JSON Format, XML Format, and CSV and TSV Formats (W3C
Recommendations of 21 March 2013).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from comity.errors import MissingExtraError, UnknownNameError, UsageError
from comity.rdf import turtle
from comity.rdf.namespaces import shorten
from comity.rdf.terms import IRI, XSD, XSD_STRING, BlankNode, Literal, Term, to_text
from comity.store import Answer, Result, Table, Triples

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl")
_NUMBERS = {
    XSD + name: kind for name, kind in (("integer", int), ("decimal", float), ("double", float))
}
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SRX = "http://www.w3.org/2005/sparql-results#"


@dataclass(frozen=True)
class Rows:
    """The answer of a query, ready to be shown, written or analysed.

    Args:
        result: What the store gave.
        prefixes: Prefixes for Turtle and for short IRIs.
    """

    result: Result
    prefixes: Mapping[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns; those of triples are subject, predicate, object."""
        if isinstance(self.result, Table):
            return tuple(self.result.columns)
        return (
            ("answer",) if isinstance(self.result, Answer) else ("subject", "predicate", "object")
        )

    @property
    def rows(self) -> list[tuple[Term | None, ...]]:
        """The rows as terms; an unbound variable is None."""
        if isinstance(self.result, Table):
            return [tuple(row) for row in self.result.rows]
        if isinstance(self.result, Answer):
            word = "true" if self.result.value else "false"
            return [(Literal(word, datatype=XSD + "boolean"),)]
        return [tuple(triple) for triple in self.result.triples]

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def values(self) -> list[tuple[Any, ...]]:
        """The rows as Python values: str for IRIs and text, int, float, bool, None."""
        return [tuple(plain(term) for term in row) for row in self.rows]

    def to_pandas(self) -> pd.DataFrame:
        """A data frame with one row an answer.

        Raises:
            MissingExtraError: When pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingExtraError(
                "data frames need pandas", hint="pip install 'comity[dataframe]'"
            ) from error
        return pd.DataFrame(self.values(), columns=list(self.columns))

    def to_polars(self) -> pl.DataFrame:
        """A polars data frame with one row an answer; a column of several types is text.

        Raises:
            MissingExtraError: When polars is not installed.
        """
        try:
            import polars as pl
        except ImportError as error:
            raise MissingExtraError(
                "polars frames need polars", hint="pip install 'comity[polars]'"
            ) from error
        frame = {}
        for name, column in zip(self.columns, zip(*self.values(), strict=True), strict=False):
            kinds = {type(value) for value in column if value is not None}
            text = len(kinds) > 1 and not kinds <= {int, float}
            cells = [str(v) if text and v is not None else v for v in column]
            frame[name] = pl.Series(name, cells, strict=False)
        return pl.DataFrame(frame or {name: [] for name in self.columns})

    def to(self, form: str) -> str:
        """The answer as text in one of `FORMATS` other than ``table``.

        Raises:
            UnknownNameError: When there is no such format.
            UsageError: When the format cannot hold this kind of answer, or a character of it.
        """
        makers = {
            "csv": self._csv,
            "tsv": self._tsv,
            "json": self._json,
            "xml": self._xml,
            "ttl": self._turtle,
        }
        if form not in makers:
            raise UnknownNameError(f"no format {form!r}", hint=f"one of {', '.join(makers)}")
        if isinstance(self.result, Triples) and form in {"json", "xml"}:
            raise UsageError("triples are written as ttl, csv or tsv", where=form)
        return makers[form]()

    def _csv(self) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows([["" if t is None else str(t) for t in row] for row in self.rows])
        return out.getvalue()

    def _tsv(self) -> str:
        head = "\t".join(f"?{name}" for name in self.columns)
        lines = ("\t".join("" if t is None else to_text(t) for t in row) for row in self.rows)
        return "\n".join([head, *lines]) + "\n"

    def _json(self) -> str:
        if isinstance(self.result, Answer):
            value: dict[str, Any] = {"head": {}, "boolean": self.result.value}
        else:
            bindings = [
                {n: _json_term(t) for n, t in zip(self.columns, row, strict=True) if t is not None}
                for row in self.rows
            ]
            value = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

    def _xml(self) -> str:
        head = "".join(f"<variable name={quoteattr(n)}/>" for n in self.columns)
        if isinstance(self.result, Answer):
            word = "true" if self.result.value else "false"
            body = f"<head/><boolean>{word}</boolean>"
        else:
            rows = "\n".join(f"<result>{_xml_row(self.columns, row)}</result>" for row in self.rows)
            body = f"<head>{head}</head>\n<results>\n{rows}\n</results>"
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="{_SRX}">\n{body}\n</sparql>\n'
        )

    def _turtle(self) -> str:
        if not isinstance(self.result, Triples):
            raise UsageError("ttl needs triples", hint="ask with CONSTRUCT or DESCRIBE")
        triples = [tuple(to_text(t) for t in triple) for triple in self.result.triples]
        return turtle.serialize(triples, self.prefixes)  # type: ignore[arg-type]

    def short(self, term: Term | None) -> str:
        """A term for people: prefixed IRIs, bare literals, nothing for unbound."""
        if isinstance(term, IRI):
            return shorten(term.value, self.prefixes)
        return "" if term is None else str(term)


def plain(term: Term | None) -> Any:
    """A term as a Python value: int, float, bool, str or None; an ill-formed value as text."""
    if not isinstance(term, Literal):
        return None if term is None else str(term)
    if term.datatype == XSD + "boolean":
        return _BOOLEANS.get(term.value, term.value)
    kind = _NUMBERS.get(term.datatype)
    try:
        return kind(term.value) if kind is not None else term.value
    except ValueError:
        return term.value


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, IRI):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    value = {"type": "literal", "value": term.value}
    if term.language is not None:
        value["xml:lang"] = term.language
    elif term.datatype != XSD_STRING:
        value["datatype"] = term.datatype
    return value


def _xml_row(columns: Sequence[str], row: Sequence[Term | None]) -> str:
    return "".join(
        f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
        for name, term in zip(columns, row, strict=True)
        if term is not None
    )


def _xml_term(term: Term) -> str:
    if isinstance(term, IRI):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    attribute = ""
    if term.language is not None:
        attribute = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype != XSD_STRING:
        attribute = f" datatype={quoteattr(term.datatype)}"
    return f"<literal{attribute}>{_xml_text(term.value)}</literal>"


def _xml_text(text: str) -> str:
    bad = _NOT_IN_XML.search(text)
    if bad:
        raise UsageError(
            f"XML cannot hold the character U+{ord(bad.group()):04X}",
            where="xml",
            hint="ask for json",
        )
    return escape(text, {"\r": "&#13;"})
