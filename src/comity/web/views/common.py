"""What several kinds of pages show: lines of statements, names in other languages, links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from comity.model import Document, Label, Statement
from comity.rdf.background import Match
from comity.web.addresses import Place
from comity.web.charts import Columns, Facets, Heat, by_year, heat
from comity.web.holdings import Holdings, measures, roles, year
from comity.web.naming import Codes, Party, Ref, clip

MODALITIES = (
    "obligation",
    "prohibition",
    "permission",
    "commitment",
    "intention",
    "aspiration",
    "recommendation",
    "report",
)
"""The modalities in the order of legends and tables: what binds, what is promised, the rest."""
MEASURES = 3
"""Measures of a statement in a list."""
ROWS = 20
"""Statements on one page of a list."""
PASSAGE = 280
"""Characters of a passage in a list."""
TITLE = 240
"""Characters of a title in headings and lists."""
_HOSTS = {
    "www.wikidata.org": "Wikidata",
    "eurovoc.europa.eu": "EuroVoc",
    "sws.geonames.org": "GeoNames",
    "publications.europa.eu": "EU authority tables",
    "data.europa.eu": "EU Vocabularies",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A statement in a list.

    `roles` are what the actor whose page this is has in it, when it is not the one who acts.
    `number` is its place in its document, from one on. `measures` are the first few, `more` tells
    how many others there are.
    """

    place: Place
    date: str
    actors: tuple[Party, ...]
    speaker: Party | None
    modality: Ref
    negated: bool
    quote: str
    language: str
    measures: tuple[Ref, ...]
    document: Ref
    review: str
    roles: tuple[str, ...] = ()
    number: int = 0
    more: int = 0


@dataclass(frozen=True, slots=True)
class Rows:
    """Lines of a list: those of one page, of how many in all, and which page of how many."""

    rows: tuple[Row, ...]
    total: int
    part: int = 1
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Outside:
    """A link to another data set: how close it is, what the data set is called, the IRI."""

    relation: str
    dataset: str
    iri: str
    live: bool


@dataclass(frozen=True, slots=True)
class Titled:
    """A heading with the names in other languages."""

    name: str
    language: str | None = None
    others: tuple[Label, ...] = field(default=())


def web_link(text: str | None) -> str | None:
    """An address that may be followed: of the web, and nothing else.

    >>> web_link("javascript:alert(1)"), web_link("https://example.org/a")
    (None, 'https://example.org/a')
    """
    if not text or re.search(r"[\s\x00-\x1f\\]", text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname else None


def outside(matches: Iterable[Match]) -> tuple[Outside, ...]:
    """Links to other data sets, each with the name of the data set."""
    found = []
    for match in matches:
        host = urlsplit(match.iri).hostname or ""
        live = web_link(match.iri) is not None
        found.append(Outside(match.relation, _HOSTS.get(host, host), match.iri, live))
    return tuple(found)


def title_of(document: Document) -> str:
    """The title of a document as lists have it, or its id."""
    return clip(" ".join((document.title or document.id).split()), TITLE)


def document_ref(document: Document, holdings: Holdings) -> Ref:
    """The title of a document and its page; the language only where it is not the page's."""
    language = document.language if document.language != holdings.names.language else None
    return Ref(title_of(document), holdings.addresses.node(document.id), language)


def row(
    statement: Statement,
    holdings: Holdings,
    actor: str | None = None,
    of: Place | None = None,
) -> Row:
    """A statement as it stands in a list.

    Args:
        statement: The statement.
        holdings: What the graph holds.
        actor: The id of the actor whose page the list is on.
        of: The page that the list is on; a measure that it is about comes first.
    """
    names = holdings.names
    document = holdings.document(statement)
    mine = roles(statement).get(actor, []) if actor else []
    shown = sorted(measures(statement), key=lambda codes: not _is_about(codes, of, holdings))
    return Row(
        holdings.addresses.node(statement.id),
        statement.date or "",
        tuple(names.party(mention) for mention in statement.actors),
        names.party(statement.speaker) if statement.speaker else None,
        names.concept("modality", statement.modality),
        statement.negated,
        quoted_words(statement, PASSAGE),
        document.language or "en",
        tuple(names.measure(codes) for codes in shown[:MEASURES]),
        document_ref(document, holdings),
        statement.review,
        () if "actor" in mine else tuple(mine),
        more=max(0, len(shown) - MEASURES),
    )


def _is_about(codes: Codes, of: Place | None, holdings: Holdings) -> bool:
    """Whether a page is about a measure, or about its area."""
    area = codes[2]
    places = [holdings.addresses.measure(*codes)]
    places += [holdings.addresses.concept("area", area)] if area else []
    return of is not None and of.at(1) in places


def quoted_words(statement: Statement, most: int) -> str:
    """The words of a passage as lists have them; an ellipsis shows that they are not all."""
    words = clip(" ".join(statement.quote.split()), most)
    goes_on = words and len(statement.quote) < statement.end - statement.start
    return f"{words} …" if goes_on and not words.endswith("…") else words


def listed(
    numbers: Sequence[int],
    holdings: Holdings,
    part: int = 1,
    actor: str | None = None,
    of: Place | None = None,
) -> Rows:
    """One page of a list of statements.

    Args:
        numbers: Those of all statements of the list, in its order.
        holdings: What the graph holds.
        part: Which page, from one on.
        actor: The id of the actor whose page the list is on.
        of: The page that the list is on.
    """
    chosen = numbers[(part - 1) * ROWS : part * ROWS]
    rows = tuple(row(holdings.statements[number], holdings, actor, of) for number in chosen)
    return Rows(rows, len(numbers), part, pages(len(numbers)))


def pages(total: int) -> int:
    """How many pages a list of statements has; at least one."""
    return max(1, -(-total // ROWS))


def in_time(
    statements: Iterable[Statement], *, facets: Facets = (), whole: bool = False
) -> Columns:
    """Statements by year, parted by modality.

    Args:
        statements: What is counted.
        facets: What the statements have in common, so that those of a year are found.
        whole: Whether they are all statements, so that a year leads to its list.
    """
    dated = ((year(s.date), s.modality) for s in statements)
    place = (lambda name: Place("statements", name)) if whole else None
    return by_year(dated, MODALITIES, place, facets)


def area_heat(
    statements: Iterable[Statement], holdings: Holdings, *, actor: str | None = None
) -> Heat:
    """Target areas by modality: how firmly is said what."""
    counts = Counter((area, s.modality) for s in statements for area in s.areas)
    also = (("actor", actor),) if actor else ()
    return heat(
        counts,
        lambda code: holdings.names.concept("area", code),
        lambda code: holdings.names.concept("modality", code),
        order=MODALITIES,
        facets=lambda area, modality: (*also, ("only", area), ("modality", modality)),
    )


def actor_heat(
    statements: Iterable[Statement],
    holdings: Holdings,
    facets: Facets = (),
    *,
    rows: int = 12,
) -> Heat:
    """Who acts, by modality.

    Args:
        statements: What is counted.
        holdings: What the graph holds.
        facets: What the statements have in common, so that those of a cell are found.
        rows: How many actors are shown.
    """
    counts = Counter(
        (mention, s.modality)
        for s in statements
        for mention in dict.fromkeys(m.id for m in s.actors if m.id)
    )
    return heat(
        counts,
        holdings.names.actor,
        lambda code: holdings.names.concept("modality", code),
        rows=rows,
        order=MODALITIES,
        facets=lambda actor, modality: (("actor", actor), *facets, ("modality", modality)),
    )
