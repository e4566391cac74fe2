"""Citing a document, or a statement with its passage, in the styles that scholars use.

Sources: CSL 1.0.2 specification, appendix III (types) and the CSL-JSON schema; BibTeX entry
types of Patashnik, BibTeXing (1988), with the fields ``url`` and ``urldate`` of natbib; APA
Publication Manual, 7th edition, chapters 9 and 10.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from comity.errors import UnknownNameError, UsageError
from comity.lookup.nodes import Passage, Source, ask, node_of, passage_of
from comity.rdf.namespaces import COMITY, DCTERMS, RDF, shorten
from comity.rdf.terms import IRI, Term

_CSL_TYPES = {
    "treaty": "treaty",
    "statute": "legislation",
    "speech": "speech",
    "news-report": "article-newspaper",
    "interview": "interview",
    "press-release": "webpage",
}
"""Types of documents as CSL has them; every other is a report."""
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
_WRITTEN = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reference list needs to know of a document; empty where the graph does not tell.

    `type` is a code of the scheme document-type; `genre` its label; `date` as precise as known.
    `passage` is there when a statement is cited.
    """

    iri: str
    title: str
    publisher: str
    date: str
    url: str
    type: str
    genre: str
    language: str
    event: str
    place: str
    passage: Passage | None = None

    @property
    def key(self) -> str:
        """A key for reference managers: the same for all statements of a document."""
        name = re.sub(r"[^A-Za-z0-9-]", "-", self.iri.rstrip("/").rpartition("/")[2])
        return f"comity-{name}"

    @property
    def at(self) -> str:
        """Where the passage stands, in words."""
        return f"characters {self.passage.start}–{self.passage.end}" if self.passage else ""

    @property
    def note(self) -> str:
        """Where the passage stands, its words where they are given, and the statement."""
        if self.passage is None:
            return ""
        place = f"{self.at}: {self.passage.quoted}" if self.passage.quoted else self.at
        return f"{place}; {self.passage.statement}"


def cite(source: Source, word: str, style: str = "apa") -> str:
    """A document or statement as a reference.

    Args:
        source: The graph.
        word: The document or statement: its IRI, id or title.
        style: One of `STYLES`.

    Returns:
        Text that ends in a line end; ``csl`` is a CSL-JSON array.

    Raises:
        UnknownNameError: if there is no such style, document or statement.
        UsageError: if what is named is neither.
    """
    if style not in STYLES:
        raise UnknownNameError(f"no style {style!r}", hint=f"one of {', '.join(STYLES)}")
    return STYLES[style](reference(source, word))


def reference(source: Source, word: str) -> Reference:
    """What is known of a document, or of a statement's document, for citing it.

    Args:
        source: The graph.
        word: The document or statement: its IRI, id or title.

    Raises:
        UnknownNameError: if there is no such document or statement.
        UsageError: if what is named is neither.
    """
    iri = node_of(source, word)
    kinds, facts = _facts(source, iri)
    passage = None
    if COMITY + "Statement" in kinds:
        passage = passage_of(source, iri)
        if passage is None:
            raise UsageError("this statement has no passage to cite", where=word)
        iri = passage.document
        kinds, facts = _facts(source, iri)
    if COMITY + "Document" not in kinds:
        raise UsageError(
            "only documents and statements are cited",
            where=shorten(iri, source.namespaces.prefixes()),
            hint="`comity show` lists the statements that name it",
        )
    types = facts.get(COMITY + "documentType")
    event = facts.get(COMITY + "statedAt")
    text = {name: str(term) for name, term in facts.items()}
    return Reference(
        iri,
        text.get(DCTERMS + "title", ""),
        text.get(COMITY + "publisherName", ""),
        text.get(DCTERMS + "issued", ""),
        text.get(COMITY + "sourceUrl", ""),
        str(types).rpartition("/")[2] if types is not None else "",
        (source.label(str(types)) or "") if types is not None else "",
        text.get(DCTERMS + "language", ""),
        (source.label(str(event)) or "") if event is not None else "",
        text.get(COMITY + "place", ""),
        passage,
    )


def _facts(source: Source, iri: str) -> tuple[set[str], Mapping[str, Term]]:
    """The classes of a node, and its other facts: the first value of each property."""
    kinds: set[str] = set()
    facts: dict[str, Term] = {}
    for row in sorted(ask(source, "facts", {"node": IRI(iri)}), key=lambda row: str(row["value"])):
        if str(row["property"]) == RDF + "type":
            kinds.add(str(row["value"]))
        else:
            facts.setdefault(str(row["property"]), row["value"])
    return kinds, facts


def _date_parts(date: str) -> list[int]:
    """Year, month and day as far as they are known.

    >>> _date_parts("2019-04"), _date_parts("")
    ([2019, 4], [])
    """
    return [int(part) for part in date.split("-")] if re.match(r"\d{4}", date) else []


def _apa(known: Reference) -> str:
    parts = _date_parts(known.date)
    when = ", ".join(
        [str(year) for year in parts[:1]]
        + ([" ".join([_MONTHS[parts[1] - 1], *map(str, parts[2:3])])] if parts[1:] else [])
    )
    genre = f" [{known.genre[:1].upper()}{known.genre[1:]}]" if known.genre else ""
    title = (known.title or "Untitled").rstrip(".")
    author, head = known.publisher.rstrip("."), f"({when or 'n.d.'})."
    start = f"{author}. {head} {title}{genre}." if author else f"{title}{genre}. {head}"
    whole = f"{start} {known.url or known.iri}\n"
    if known.passage is None:
        return whole
    name = author or f"“{title}”"
    cited = ", ".join((name, str(parts[0]) if parts else "n.d.", known.at))
    reference = f"({cited}; {known.passage.statement})"
    return "\n".join((whole, " ".join(filter(None, (known.passage.quoted, reference))), ""))


def _bibtex(known: Reference) -> str:
    parts = _date_parts(known.date)
    note = known.iri
    if known.passage is not None:
        note = known.note
    fields = {
        "title": f"{{{tex(known.title or 'Untitled')}}}",
        "author": f"{{{tex(known.publisher)}}}" if known.publisher else "",
        "year": str(parts[0]) if parts else "",
        "month": str(parts[1]) if parts[1:] else "",
        "day": str(parts[2]) if parts[2:] else "",
        "howpublished": tex(known.genre),
        "eventtitle": tex(known.event),
        "address": tex(known.place),
        "url": known.url or known.iri,
        "langid": known.language,
        "note": tex(note),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@misc{{{known.key},\n{''.join(lines)}}}\n"


def tex(text: str) -> str:
    """Text that TeX sets as it stands.

    >>> tex("R&D at 100% {sic}")
    'R\\\\&D at 100\\\\% \\\\{sic\\\\}'
    """
    plain = " ".join(text.split())
    return _SPECIAL.sub(lambda match: _WRITTEN.get(match[0], f"\\{match[0]}"), plain)


def _csl(known: Reference) -> str:
    item: dict[str, Any] = {
        "id": known.key,
        "type": _CSL_TYPES.get(known.type, "report"),
        "title": known.title or "Untitled",
        "author": [{"literal": known.publisher}] if known.publisher else None,
        "publisher": known.publisher or None,
        "issued": {"date-parts": [_date_parts(known.date)]} if _date_parts(known.date) else None,
        "genre": known.genre or None,
        "event-title": known.event or None,
        "event-place": known.place or None,
        "language": known.language or None,
        "URL": known.url or known.iri,
        "archive_location": known.iri,
    }
    if known.passage is not None:
        item["locator"] = f"{known.passage.start}–{known.passage.end}"
        item["note"] = known.note
    kept = {name: value for name, value in item.items() if value is not None}
    return json.dumps([kept], ensure_ascii=False, indent=1) + "\n"


STYLES: Mapping[str, Callable[[Reference], str]] = {"apa": _apa, "bibtex": _bibtex, "csl": _csl}
"""The styles: name to what writes them."""
