"""What was said over time, and which statements follow on which earlier ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from comity.lookup.find import find
from comity.lookup.nodes import Source, ask
from comity.rdf.namespaces import COMITY
from comity.rdf.terms import Term


@dataclass(frozen=True, slots=True)
class Step:
    """How a statement follows on an earlier one. `number` is that one's, when it is shown."""

    relation: str
    earlier: str
    number: int | None
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement of a timeline, numbered in the order of time from 1.

    `quote` has the words that the graph gives of the passage: all, the first ones, or none.
    """

    number: int
    statement: str
    stated_on: str
    actors: str
    modality: str
    negated: bool
    measures: str
    quote: str
    title: str
    start: int
    end: int
    steps: tuple[Step, ...] = ()

    @property
    def force(self) -> str:
        """The modality in words, and whether the measure is refused."""
        return f"{self.modality}, refused" if self.negated else self.modality

    def describe(self) -> dict[str, Any]:
        """Everything as JSON values."""
        return asdict(self)


def timeline(
    source: Source, *, linked: bool = False, language: str = "en", **facets: Any
) -> tuple[Entry, ...]:
    """The statements that fit all facets in the order of time, with their lineage.

    Those without a date come last.

    Args:
        source: The graph.
        linked: Only statements that follow on another one shown, or are followed on by one.
        language: Of names, where there is one in it.
        facets: As for `comity.lookup.find`.

    Raises:
        UnknownNameError: if a facet, or a name given for it, is unknown.
        UsageError: if a value does not fit.
    """
    rows, _ = find(source, limit=None, **facets)
    told = [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]
    told.sort(key=_order)
    steps = _steps(source)
    if linked:
        shown = {str(row["statement"]) for row in told}
        within = {(s, e.earlier) for s, all_ in steps.items() for e in all_ if e.earlier in shown}
        kept = {end for pair in within if pair[0] in shown for end in pair}
        told = [row for row in told if str(row["statement"]) in kept]
    numbers = {str(row["statement"]): number for number, row in enumerate(told, 1)}
    return tuple(
        Entry(
            numbers[statement],
            statement,
            str(row["stated_on"] or ""),
            str(row["actors"] or ""),
            source.label(str(row["modality"]), language) or str(row["modality"]),
            str(row["negated"]) in ("true", "1"),
            str(row["measures"] or ""),
            str(row["quote"] or ""),
            str(row["title"] or ""),
            int(str(row["start"])),
            int(str(row["end"])),
            tuple(
                Step(s.relation, s.earlier, numbers.get(s.earlier), s.reason, s.confidence)
                for s in steps.get(statement, ())
            ),
        )
        for row in told
        for statement in (str(row["statement"]),)
    )


def _order(row: Mapping[str, Term | None]) -> tuple[bool, str, str, int]:
    """By date; what has none, or no year, comes last."""
    date = str(row["stated_on"] or "")
    return not date[:1].isdigit(), date, str(row["document"]), int(str(row["start"]))


def _steps(source: Source) -> dict[str, list[Step]]:
    """The links of every later statement, the surest first."""
    found: dict[str, list[Step]] = {}
    for later, step in sorted(_links(source), key=lambda one: (-one[1].confidence, one[1].earlier)):
        found.setdefault(later, []).append(step)
    return found


def _links(source: Source) -> Iterator[tuple[str, Step]]:
    for row in ask(source, "links", {}):
        relation = str(row["relation"]).removeprefix(COMITY)
        sure = float(str(row["confidence"]))
        earlier, reason = str(row["earlier"]), str(row.get("reason", ""))
        yield str(row["later"]), Step(relation, earlier, None, reason, sure)
