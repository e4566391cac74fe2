"""The page of a document: its text with every passage marked, or its statements in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from comity.model import Document, Statement
from comity.rdf.resolve import document_event
from comity.web.charts import Tally, tallies
from comity.web.holdings import Holdings
from comity.web.naming import Ref
from comity.web.passages import Paragraph, Piece, paragraphs, parts
from comity.web.views.common import MODALITIES, ROWS, TITLE, Row, pages, row, title_of, web_link

__all__ = ["DocumentView", "Reading", "document_views", "reading"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of the text: the numbers of the passages that cover them, shortest first.

    `modality` is that of the shortest; `starting` are the rows of the passages that begin here.
    """

    text: str
    covering: tuple[int, ...]
    modality: str
    starting: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a document is divided into pages, and which page shows which passage.

    Args:
        pages: The paragraphs of each page; none where the text is not published.
        shown: Number of a statement in the document, from one on, to the page that shows it.
    """

    pages: tuple[tuple[Paragraph, ...], ...]
    shown: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Everything that a page of a document shows.

    `heading` is the title with its marks where the page begins with it, else empty. `rows` are
    the statements whose passages begin on the page. `passages` counts those marked.
    """

    document: Document
    title: str
    url: str | None
    license_url: str | None
    type: Ref | None
    bindingness: Ref | None
    event: Ref | None
    heading: tuple[Mark, ...]
    text: tuple[tuple[Mark, ...], ...]
    published: bool
    rows: tuple[Row, ...]
    total: int
    part: int
    parts: int
    modalities: tuple[Tally, ...]


def reading(text: str | None, statements: Sequence[Statement]) -> Reading:
    """A document divided into pages.

    Args:
        text: The text where it may be published, else None.
        statements: The statements of the document, in the order of the text.
    """
    if text is None:
        return Reading((), tuple(number // ROWS + 1 for number in range(len(statements))))
    found = tuple(tuple(page) for page in parts(paragraphs(text, statements)))
    shown = [1] * len(statements)
    for part, page in enumerate(found, 1):
        for paragraph in page:
            for piece in paragraph.pieces:
                for number in piece.starting:
                    shown[number - 1] = part
    return Reading(found, tuple(shown))


def document_views(
    document: Document, statements: Sequence[Statement], holdings: Holdings, read: Reading
) -> Iterator[DocumentView]:
    """What the pages of a document show, one after the other.

    Args:
        document: The document.
        statements: Its statements, in the order of the text.
        holdings: What the graph holds.
        read: How it is divided into pages.
    """
    names = holdings.names
    rows = tuple(
        replace(row(each, holdings), number=number) for number, each in enumerate(statements, 1)
    )
    event = next(iter(_events(document, statements, holdings)), None)
    count = len(read.pages) or pages(len(statements))
    whole = DocumentView(
        document,
        title_of(document),
        web_link(document.url),
        web_link(document.license),
        names.concept("document-type", document.type) if document.type else None,
        names.concept("bindingness", document.bindingness) if document.bindingness else None,
        event,
        (),
        (),
        bool(read.pages),
        (),
        len(rows),
        1,
        count,
        modalities(statements, holdings),
    )
    for part in range(1, count + 1):
        page = read.pages[part - 1] if read.pages else ()
        text = tuple(_marks(paragraph.pieces, rows) for paragraph in page)
        heading: tuple[Mark, ...] = ()
        title = document.title or ""
        if part == 1 and page and len(title) <= TITLE and page[0].text.strip() == title.strip():
            heading, text = text[0], text[1:]
        here_rows = tuple(
            each for each, shown in zip(rows, read.shown, strict=True) if shown == part
        )
        yield replace(whole, heading=heading, text=text, rows=here_rows, part=part)


def modalities(statements: Sequence[Statement], holdings: Holdings) -> tuple[Tally, ...]:
    """How often each modality is there, in the order of legends."""
    counts: dict[str, int] = {}
    for each in statements:
        counts[each.modality] = counts.get(each.modality, 0) + 1
    found = tallies(counts, lambda code: holdings.names.concept("modality", code))
    known = {code: place for place, code in enumerate(MODALITIES)}
    return tuple(sorted(found, key=lambda each: known.get(each.ref.code, len(known))))


def _events(
    document: Document, statements: Sequence[Statement], holdings: Holdings
) -> Iterator[Ref]:
    event = document_event(document)
    if event:
        yield holdings.names.event(event, document.event or "")
    for each in statements:
        event = holdings.event(each)
        if event:
            yield holdings.names.event(event, each.event or "")


def _marks(pieces: Sequence[Piece], rows: Sequence[Row]) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            piece.text,
            piece.covering,
            rows[piece.covering[0] - 1].modality.code if piece.covering else "",
            tuple(rows[number - 1] for number in piece.starting),
        )
        for piece in pieces
    )
