"""The page of a statement: who is to do what, in which words, and what follows on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.lineage import Link
from comity.model import Document, Statement
from comity.web.addresses import Place
from comity.web.holdings import Holdings, measures
from comity.web.naming import Names, Party, Ref, clip
from comity.web.passages import Excerpt, excerpt
from comity.web.views.common import Row, quoted_words, row

SURE, FAIR = 0.8, 0.5
"""Confidence from which a reading is called high, and fair; below, it is low."""
WORDING = 1000
"""Characters of an object, a principle or a condition."""
LONGEST_PASSAGE = 6000
"""Characters of a passage on its own page."""


@dataclass(frozen=True, slots=True)
class Step:
    """A statement that follows on this one, or that it follows on."""

    relation: str
    reason: str
    confidence: float
    row: Row


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The statement before or after this one in the document."""

    place: Place
    quote: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """Everything that the page of a statement shows.

    `number` and `of` tell which statement of its document it is. `excerpt` is None when the
    passage is not published; `whole` tells whether its surroundings are. `certainty` is
    ``high``, ``fair`` or ``low``.
    """

    row: Row
    number: int
    of: int
    excerpt: Excerpt | None
    whole: bool
    abridged: bool
    shown: Place
    start: int
    end: int
    behalf: Ref | None
    counterparts: tuple[Party, ...]
    beneficiaries: tuple[Party, ...]
    constrained: tuple[Party, ...]
    action: str
    wording: str
    object: str
    measures: tuple[Ref, ...]
    measure_type: Ref
    direction: Ref
    areas: tuple[Ref, ...]
    principles: tuple[str, ...]
    conditions: tuple[str, ...]
    deadline: str | None
    effective_from: str | None
    effective_to: str | None
    event: Ref | None
    place: str | None
    bindingness: Ref | None
    document: Document
    confidence: float
    certainty: str
    review: Ref
    extractor: Ref | None
    earlier: tuple[Step, ...]
    later: tuple[Step, ...]
    previous: Neighbour | None
    following: Neighbour | None


def statement_view(
    statement: Statement,
    number: int,
    siblings: Sequence[Statement],
    holdings: Holdings,
    text: str | None,
    shown: Place,
) -> StatementView:
    """What the page of a statement shows.

    Args:
        statement: The statement, with as many of its words as may be published.
        number: Which statement of its document it is, from zero on.
        siblings: All statements of the document, in the order of the text.
        holdings: What the graph holds.
        text: The text of the document where it may be published, else None.
        shown: The page of the document that shows the passage.
    """
    names, document = holdings.names, holdings.document(statement)
    event = holdings.event(statement)
    speaker = statement.speaker
    return StatementView(
        row=row(statement, holdings),
        number=number + 1,
        of=len(siblings),
        excerpt=_excerpt(statement, text),
        whole=text is not None,
        abridged=text is None and len(statement.quote) < statement.end - statement.start,
        shown=shown,
        start=statement.start,
        end=statement.end,
        behalf=names.actor(speaker.on_behalf_of) if speaker and speaker.on_behalf_of else None,
        counterparts=tuple(map(names.party, statement.counterparts)),
        beneficiaries=tuple(map(names.party, statement.beneficiaries)),
        constrained=tuple(map(names.party, statement.constrained)),
        action=statement.action,
        wording=clip(statement.action_text, WORDING),
        object=clip(statement.object, WORDING),
        measures=tuple(names.measure(codes) for codes in measures(statement)),
        measure_type=names.concept("measure-type", statement.measure_type),
        direction=names.concept("direction", statement.direction),
        areas=_areas(statement, names),
        principles=tuple(clip(each, WORDING) for each in statement.principles),
        conditions=tuple(clip(each, WORDING) for each in statement.conditions),
        deadline=statement.deadline,
        effective_from=statement.effective_from,
        effective_to=statement.effective_to,
        event=names.event(event, statement.event or "") if event else None,
        place=statement.place,
        bindingness=_force(document, names),
        document=document,
        confidence=statement.confidence,
        certainty=certainty(statement.confidence),
        review=names.concept("review-status", statement.review),
        extractor=holdings.extractor(statement.extractor) if statement.extractor else None,
        earlier=_steps(holdings.earlier.get(statement.id, ()), holdings, earlier=True),
        later=_steps(holdings.later.get(statement.id, ()), holdings, earlier=False),
        previous=_neighbour(siblings, number - 1, holdings),
        following=_neighbour(siblings, number + 1, holdings),
    )


def certainty(confidence: float) -> str:
    """A confidence in a word.

    >>> certainty(1.0), certainty(0.6), certainty(0.2)
    ('high', 'fair', 'low')
    """
    return "high" if confidence >= SURE else "fair" if confidence >= FAIR else "low"


def _excerpt(statement: Statement, text: str | None) -> Excerpt | None:
    if text is not None:
        found = excerpt(text, statement.start, statement.end)
        if len(found.words) <= LONGEST_PASSAGE:
            return found
        return Excerpt(clip(found.words, LONGEST_PASSAGE), found.before, "", found.cut_before)
    quote = clip(statement.quote or "", LONGEST_PASSAGE)
    whole = len(statement.quote) == statement.end - statement.start
    return Excerpt(quote, cut_after=not whole) if quote else None


def _steps(links: Iterable[Link], holdings: Holdings, *, earlier: bool) -> tuple[Step, ...]:
    """The other ends of links, the latest statements first."""
    steps = []
    for link in links:
        other = holdings.by_id.get(link.earlier if earlier else link.later)
        if other is not None:
            shown = row(holdings.statements[other], holdings)
            steps.append(Step(link.relation, link.reason, link.confidence, shown))
    steps.sort(key=lambda step: (step.row.date, step.row.place), reverse=True)
    return tuple(steps)


def _neighbour(siblings: Sequence[Statement], at: int, holdings: Holdings) -> Neighbour | None:
    if not 0 <= at < len(siblings):
        return None
    other = siblings[at]
    names = holdings.names
    said = quoted_words(other, 90) or names.measure(measures(other)[0]).text
    return Neighbour(holdings.addresses.node(other.id), said)


def _areas(statement: Statement, names: Names) -> tuple[Ref, ...]:
    areas = (area for _, _, area in measures(statement) if area is not None)
    return tuple(names.concept("area", area) for area in areas)


def _force(document: Document, names: Names) -> Ref | None:
    force = document.bindingness
    return names.concept("bindingness", force) if force else None
