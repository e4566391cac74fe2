"""Corrections laid over the statements of an extractor.

Each decision is led to its passage: by document and offsets while the text is the same, else by
the quotation with its surroundings, which must stand in one place only. There it meets

1. the statement on the very same span (several: that with the same id and action, else with the
   same action, else with the same id),
2. else the one with the same action whose span shares half of the shorter one,
3. else none: what was accepted, corrected or added is put in all the same.

The person's whole reading takes the place of the statement's; a rejected statement stays, marked
as rejected. Of several decisions on one statement the latest counts, with the corrected fields of
earlier ones where it leaves them alone. What cannot be led to its passage is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from comity.identifiers import fold, statement_id
from comity.model import Document, Mention, Rejection, Statement, contained
from comity.records import statement_from_record, statement_to_record
from comity.review.corrections import STATUS, Correction, Corrections
from comity.review.fields import MENTIONS, changed

SAME_SPAN = 0.5
"""How much of the shorter span two statements share that are the same; as in `comity.evaluate`."""
_ORDINALS = 100
_SHOWN = 60
Found = Sequence[Statement]


@dataclass(frozen=True)
class Applied:
    """Statements as people decided on them.

    Attributes:
        statements: Document id to statements, in text order.
        rejections: The decisions that could not be applied, or contradict one another.
        decided: Ids of the statements that a person has decided on.
        counts: How many decisions were applied, and how many statements were put in.
    """

    statements: Mapping[str, tuple[Statement, ...]]
    rejections: tuple[Rejection, ...]
    decided: frozenset[str]
    counts: Mapping[str, int]


@dataclass
class _Case:
    """The decisions on one statement, led to its passage; the statement, when there is one."""

    decisions: list[Correction]
    target: Statement | None = None

    @property
    def last(self) -> Correction:
        """The decision that counts."""
        return max(self.decisions, key=lambda c: c.order)


@dataclass
class _Room:
    """One document with its statements, and what was decided about them."""

    document: Document
    found: list[Statement]
    cases: dict[str, _Case] = field(default_factory=dict)


def apply(
    corrections: Corrections,
    documents: Iterable[Document],
    statements: Mapping[str, Sequence[Statement]],
) -> Applied:
    """Lay decisions over statements.

    Applying them again changes nothing, and their order does not matter.

    Args:
        corrections: The decisions.
        documents: The documents, with their texts.
        statements: Document id to the statements that were found in it.
    """
    rooms = {d.id: _Room(d, list(statements.get(d.id, ()))) for d in documents}
    aside = list(corrections.rejections)
    for correction in sorted(corrections.standing, key=lambda c: (c.statement, c.order)):
        place = _place(correction, rooms)
        if isinstance(place, Rejection):
            aside.append(place)
            continue
        room, start = place
        moved = _moved(correction, room.document, start)
        room.cases.setdefault(moved.statement, _Case([])).decisions.append(moved)
    decided: set[str] = set()
    added = 0
    for room in rooms.values():
        before = len(room.found)
        touched, contradictions = _settle(room)
        decided |= touched
        aside += contradictions
        added += max(0, len(room.found) - before)
    applied = sum(len(case.decisions) for room in rooms.values() for case in room.cases.values())
    return Applied(
        {n: _in_text_order(r.found) if r.cases else tuple(r.found) for n, r in rooms.items()},
        tuple(sorted(aside, key=lambda r: (r.source, r.code, r.statement or "", r.reason))),
        frozenset(decided),
        {"applied": applied, "put in": added, "set aside": len(aside)},
    )


# -- where a decision belongs ----------------------------------------------------------------


def _place(correction: Correction, rooms: Mapping[str, _Room]) -> tuple[_Room, int] | Rejection:
    """The document and the offset at which the passage of a decision stands now."""
    home = rooms.get(correction.document)
    if home is not None:
        start, end = correction.start, correction.end
        if home.document.text[start:end] == correction.quote:
            return home, start
    searched = [home] if home is not None else list(rooms.values())
    places: list[tuple[_Room, int]] = []
    elsewhere: list[str] = []
    for room in searched:
        for start in _all(room.document.text, correction.quote):
            if _has_surroundings(room.document.text, start, correction):
                places.append((room, start))
            else:
                elsewhere.append(room.document.file or room.document.id)
    if len(places) == 1:
        return places[0]
    if places:
        names = sorted({room.document.file or room.document.id for room, _ in places})
        reason = f"its passage stands in {len(places)} places now ({', '.join(names[:3])})"
        return _aside(correction, "ambiguous", reason)
    if elsewhere:
        reason = f"its words stand in {sorted(set(elsewhere))[0]} still, but not in their context"
        return _aside(correction, "moved", f"{reason}: decide again")
    return _aside(correction, "gone", "its passage is in none of the texts")


def _all(text: str, quote: str) -> list[int]:
    found = []
    at = text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def _has_surroundings(text: str, start: int, correction: Correction) -> bool:
    end = start + len(correction.quote)
    before, after = correction.prefix, correction.suffix
    return text[:start].endswith(before) and text.startswith(after, end)


def _aside(correction: Correction, code: str, reason: str) -> Rejection:
    quote = " ".join(correction.quote.split())
    quote = quote if len(quote) <= _SHOWN else quote[: _SHOWN - 1] + "…"
    what = f"{correction.id} ({correction.decision} “{quote}”)"
    return Rejection(
        correction.source or "corrections",
        "review",
        code,
        f"{what}: {reason}",
        correction.statement,
    )


def _moved(correction: Correction, document: Document, start: int) -> Correction:
    """A decision as it would have been made on this text, its offsets and ids new."""
    shift = start - correction.start
    if document.id == correction.document and not shift:
        return correction
    ordinal = next(
        (
            n
            for n in range(_ORDINALS)
            if statement_id(correction.document, correction.start, correction.end, n)
            == correction.statement
        ),
        0,
    )
    end = start + len(correction.quote)
    identifier = statement_id(document.id, start, end, ordinal)
    old = correction.reading
    parties: dict[str, Any] = {
        role: tuple(_shifted(m, document, shift) for m in getattr(old, role)) for role in MENTIONS
    }
    if old.speaker is not None:
        parties["speaker"] = _shifted(old.speaker, document, shift)
    where: dict[str, Any] = {"document": document.id, "start": start, "end": end}
    reading = replace(old, id=identifier, **where, **parties)
    fields = {name: statement_to_record(reading)[name] for name in correction.fields}
    return replace(
        correction,
        document=document.id,
        sha256=document.sha256,
        start=start,
        end=end,
        statement=identifier,
        reading=reading,
        fields=fields,
    )


def _shifted(mention: Mention, document: Document, shift: int) -> Mention:
    """A mention at its new place; without one when its words do not stand there."""
    if mention.start is None or mention.end is None:
        return mention
    start, end = mention.start + shift, mention.end + shift
    if start >= 0 and document.text[start:end] == mention.text:
        return replace(mention, start=start, end=end)
    return replace(mention, start=None, end=None)


# -- what becomes of the statements ----------------------------------------------------------


def _settle(room: _Room) -> tuple[set[str], list[Rejection]]:
    """Lay the decisions on a document over its statements, in place."""
    cases = _with_targets(room)
    decided: set[str] = set()
    aside: list[Rejection] = []
    for case in cases:
        heads = sorted(case.decisions, key=lambda c: c.order)
        aside += _contradictions(heads)
        last = heads[-1]
        if last.decision == "reject":
            if case.target is not None:
                room.found[room.found.index(case.target)] = replace(
                    case.target, review=STATUS["reject"]
                )
                decided.add(case.target.id)
            continue
        statement = _reading(heads)
        at = len(room.found)
        if case.target is not None:
            at = room.found.index(case.target)
            del room.found[at]
            if (case.target.start, case.target.end) == (statement.start, statement.end):
                statement = replace(statement, id=case.target.id)
        statement = _with_free_id(statement, room.found)
        room.found.insert(at, statement)
        decided.add(statement.id)
    return decided, aside


def _with_targets(room: _Room) -> list[_Case]:
    """The cases of a document, each with its statement; no statement belongs to two.

    The better grounds go first over all cases, and what is to stay before what is to go.
    """
    cases = [case for _, case in sorted(room.cases.items())]
    cases.sort(key=lambda case: case.last.decision == "reject")
    free = list(room.found)
    for grounds in (_same_id, _same_action, _same_place, _only_one, _near):
        for case in cases:
            if case.target is None:
                case.target = grounds(case, free, room.found)
                if case.target is not None:
                    free.remove(case.target)
    return cases


def _fits(case: _Case, statement: Statement) -> bool:
    """Whether a statement has an action that was decided on, or that was found before."""
    before = (c.was.get("action") for c in case.decisions)
    actions = {*(c.reading.action for c in case.decisions), *filter(None, before)}
    return fold(statement.action) in map(fold, actions)


def _on_span(case: _Case, found: Iterable[Statement]) -> list[Statement]:
    decision = case.last
    return [s for s in found if (s.start, s.end) == (decision.start, decision.end)]


def _same_id(case: _Case, free: Found, _: Found) -> Statement | None:
    ids = (s for s in _on_span(case, free) if s.id == case.last.statement)
    return next((s for s in ids if _fits(case, s)), None)


def _same_action(case: _Case, free: Found, _: Found) -> Statement | None:
    fits = [s for s in _on_span(case, free) if _fits(case, s)]
    return min(fits, key=lambda s: (len(changed(case.last.reading, s)), s.id), default=None)


def _same_place(case: _Case, free: Found, _: Found) -> Statement | None:
    return next((s for s in _on_span(case, free) if s.id == case.last.statement), None)


def _only_one(case: _Case, free: Found, found: Found) -> Statement | None:
    return next(iter(_on_span(case, free)), None) if len(_on_span(case, found)) == 1 else None


def _near(case: _Case, free: Found, _: Found) -> Statement | None:
    near = [
        (-contained(case.last.reading, s), s.start, s.end, s.id, s)
        for s in free
        if _fits(case, s) and contained(case.last.reading, s) >= SAME_SPAN
    ]
    return min(near, key=lambda n: n[:4])[4] if near else None


def _reading(heads: Sequence[Correction]) -> Statement:
    """The last decision's reading, with the fields that earlier ones corrected."""
    record = statement_to_record(heads[-1].reading)
    corrected: dict[str, Any] = {}
    for head in heads:
        corrected |= head.fields
    record |= corrected
    if corrected:
        record["review"] = STATUS["correct"]
    return statement_from_record(record)


def _with_free_id(statement: Statement, found: Iterable[Statement]) -> Statement:
    taken = {s.id for s in found}
    if statement.id not in taken:
        return statement
    ids = (
        statement_id(statement.document, statement.start, statement.end, n)
        for n in range(len(taken) + 1)
    )
    return replace(statement, id=next(i for i in ids if i not in taken))


def _contradictions(heads: Sequence[Correction]) -> list[Rejection]:
    """Decisions that say something else than the one that counts: of its day, or of any day
    when it accepts another value than one that was corrected.
    """
    last = heads[-1]
    accepted = statement_to_record(last.reading) if last.decision in ("accept", "add") else None
    aside = []
    for head in heads[:-1]:
        other = [n for n, value in head.fields.items() if accepted and accepted[n] != value]
        if other:
            reason = f"it accepts another {' and '.join(other)} than {head.id}, which was kept"
            aside.append(_aside(last, "conflict", reason))
        if head.date != last.date:
            continue
        refused = (head.decision == "reject") != (last.decision == "reject")
        shared = [n for n in head.fields if n in last.fields and head.fields[n] != last.fields[n]]
        if refused or shared:
            what = " and ".join(shared) if shared and not refused else "whether it is a statement"
            reason = f"another decision of the same day says otherwise about {what} and was taken"
            aside.append(_aside(head, "conflict", f"{reason} ({last.id})"))
    return aside


def _in_text_order(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(statements, key=lambda s: (s.start, s.end)))
