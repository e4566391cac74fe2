"""RDF terms as plain values, and as the N-Triples text that Comity passes between its rooms.

A *term* in text form is exactly what stands in a line of canonical N-Triples: ``<iri>``,
``_:label`` or ``"text"`` with its language tag or datatype. The functions here are the only
place where such text is made, so escaping and checking happen once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from comity.errors import RecordError

XSD = "http://www.w3.org/2001/XMLSchema#"
XSD_STRING = XSD + "string"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
RDF_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

Triple = tuple[str, str, str]
"""Subject, predicate and object, each in N-Triples text."""


@dataclass(frozen=True, slots=True)
class IRI:
    """An absolute IRI."""

    value: str

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class BlankNode:
    """A node without an IRI, known by a label within one result."""

    value: str

    def __str__(self) -> str:
        return f"_:{self.value}"


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal: its lexical form, and its language tag or datatype.

    With a language the datatype is always rdf:langString, whatever is passed.
    """

    value: str
    language: str | None = None
    datatype: str = XSD_STRING

    def __post_init__(self) -> None:
        if self.language is not None:
            object.__setattr__(self, "datatype", RDF_LANG_STRING)

    def __str__(self) -> str:
        return self.value


Term = IRI | BlankNode | Literal

_ESCAPES = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)},
    **{ord(char): f"\\{letter}" for char, letter in zip('\t\b\n\r\f"\\', 'tbnrf"\\', strict=True)},
}
_NEEDS_ESCAPE = re.compile('[\x00-\x1f\x7f\ufffe\uffff"\\\\]')
_SURROGATE = re.compile("[\ud800-\udfff]")
_UCS = "\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(
    f"{chr(plane << 16 | (0x1000 if plane == 14 else 0))}-{chr(plane << 16 | 0xFFFD)}"
    for plane in range(1, 15)
)
_BAD_IRI = re.compile(rf"[^A-Za-z0-9._~:/?#@!$&'()*+,;=%{_UCS}-]|%(?![0-9A-Fa-f]{{2}})|#(?=.*#)")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_BLANK = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_UNESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def iri_term(iri: str) -> str:
    """An absolute IRI in N-Triples text.

    Raises:
        RecordError: if the IRI is relative or holds a character that no IRI may hold.
    """
    if not _ABSOLUTE.match(iri):
        raise RecordError("this IRI is not absolute", where=repr(iri))
    bad = _BAD_IRI.search(iri)
    if bad:
        raise RecordError(
            f"an IRI cannot hold {bad.group()!r} (character {bad.start() + 1})",
            where=repr(iri),
            hint="percent-encode it",
        )
    return f"<{iri}>"


def literal_term(text: str, language: str | None = None, datatype: str | None = None) -> str:
    """A literal in N-Triples text; language tags are written in lower case, as engines do.

    Args:
        text: The lexical form, taken as it is.
        language: A BCP 47 tag, or None.
        datatype: The IRI of a datatype, or None for xsd:string; ignored with a language.

    Raises:
        RecordError: if the text holds half of a surrogate pair, or the tag is malformed.
    """
    escaped = text.translate(_ESCAPES) if _NEEDS_ESCAPE.search(text) else text
    if not text.isascii():
        broken = _SURROGATE.search(text)
        if broken:
            raise RecordError(
                f"a text cannot hold half of a surrogate pair ({broken.group()!r})",
                where=f"character {broken.start() + 1} of {text[:40]!r}",
                hint="read the source again with its right character encoding",
            )
    if language is not None:
        if not _LANGUAGE.fullmatch(language):
            raise RecordError("this is no language tag", where=repr(language))
        return f'"{escaped}"@{language.lower()}'
    if datatype is None or datatype == XSD_STRING:
        return f'"{escaped}"'
    return f'"{escaped}"^^{iri_term(datatype)}'


def boolean_term(value: bool) -> str:
    """An xsd:boolean in N-Triples text."""
    return f'"{"true" if value else "false"}"^^<{XSD}boolean>'


def integer_term(value: int, datatype: str = XSD + "integer") -> str:
    """A whole number in N-Triples text."""
    return f'"{value}"^^<{datatype}>'


def decimal_term(value: float) -> str:
    """An xsd:decimal in N-Triples text and canonical form: ``0.5``, ``1``, never ``1.0`` or 1e-3.

    Raises:
        RecordError: if the value is not a finite number.

    >>> decimal_term(0.5), decimal_term(1.0)[:5]
    ('"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"1"^^')
    """
    number = Decimal(repr(float(value)))
    if not number.is_finite():
        raise RecordError("a decimal must be a finite number", where=repr(value))
    digits = f"{number:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    if digits == "-0":
        digits = "0"
    return f'"{digits}"^^<{XSD}decimal>'


def to_text(term: Term) -> str:
    """A term in N-Triples text.

    Raises:
        RecordError: if the term is no legal RDF term.
    """
    match term:
        case IRI(value):
            return iri_term(value)
        case BlankNode(value):
            if not _BLANK.fullmatch(value):
                raise RecordError("this is no blank node label", where=repr(value))
            return f"_:{value}"
        case Literal(value, language, datatype):
            return literal_term(value, language, datatype)


def from_text(text: str) -> Term:
    """The term that N-Triples text stands for.

    Raises:
        RecordError: if the text is no term.

    >>> from_text('"a \\\\"b\\\\""@en')
    Literal(value='a "b"', language='en', datatype='http://www.w3.org/1999/02/22-rdf-syntax-ns#langString')
    """
    if text.startswith("<") and text.endswith(">"):
        return IRI(text[1:-1])
    if text.startswith("_:"):
        return BlankNode(text[2:])
    body, quote, tail = text[1:].rpartition('"')
    if not (text.startswith('"') and quote):
        raise RecordError("this is no RDF term", where=repr(text[:80]))
    value = _UNESCAPE.sub(_unescape, body) if "\\" in body else body
    if tail.startswith("@"):
        return Literal(value, language=tail[1:])
    if tail.startswith("^^<") and tail.endswith(">"):
        return Literal(value, datatype=tail[3:-1])
    if tail:
        raise RecordError("this is no RDF term", where=repr(text[:80]))
    return Literal(value)


def _unescape(match: re.Match[str]) -> str:
    short, long, letter = match.groups()
    if letter is None:
        return chr(int(short or long, 16))
    return _LETTERS.get(letter, letter)
