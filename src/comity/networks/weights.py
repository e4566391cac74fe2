"""How statements become weights: duplicates, agreement and disagreement, normalisation.

The definitions are those of the Discourse Network Analyzer (DNA; Leifeld, P., Gruber, J. and
Bossner, F. R.: *Discourse Network Analyzer Manual*; read in its source, `Exporter.java` of version
3). `docs/networks.md` works an example out by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from math import sqrt
from typing import Any

from comity.errors import UnknownNameError, UsageError
from comity.model import Statement

DUPLICATES = ("all", "document", "day", "once")
"""How often a statement that says the same again counts: each time, or once a document, a day,
or at all. DNA calls them ``include``, ``document`` and ``acrossrange``; it has no days."""

QUALIFIERS = ("ignore", "congruence", "conflict", "subtract", "combine")
"""What becomes of the side that statements take on an issue."""

ONE_MODE = ("no", "average-activity", "jaccard", "cosine", "cosine-dna")
"""Normalisations of networks whose nodes are all of one type."""

TWO_MODE = ("no", "activity", "prominence")
"""Normalisations of networks that join two types of nodes, and of directed ones."""

Pair = tuple[str, str]
Row = dict[str, Any]


@dataclass(frozen=True)
class Weighting:
    """How statements are counted and weights made; `docs/networks.md` gives the formulas.

    Attributes:
        duplicates: How often what is said again counts: ``all``, once a ``document``, once a
            ``day``, or ``once``.
        qualifier: What becomes of agreement and disagreement. Between actors: ``ignore``,
            ``congruence``, ``conflict``, ``subtract`` (congruence less conflict), ``combine`` (1
            congruence, 2 conflict, 3 both); all but ``ignore`` compare the sides that actors take
            on issues, and count negated statements. Between actors and issues: ``ignore``,
            ``subtract`` (support less opposition), ``combine`` (1 support, 2 opposition, 3 both).
        normalise: Of networks with nodes of one type: ``average-activity``, ``jaccard``,
            ``cosine`` or ``cosine-dna``; of others ``activity`` or ``prominence``; ``no`` to leave
            weights as they are.
    """

    duplicates: str = "all"
    qualifier: str = "ignore"
    normalise: str = "no"

    def check(self, projection: str, qualifiers: tuple[str, ...], *, one_mode: bool) -> None:
        """Refuse words that do not exist, or do not fit the projection.

        Args:
            projection: Its name.
            qualifiers: Those that the projection knows.
            one_mode: Whether it joins nodes of one type without direction.

        Raises:
            UnknownNameError: When there is no such word at all.
            UsageError: When it does not fit.
        """
        of_mode = ONE_MODE if one_mode else TWO_MODE
        for name, word, all_words, fitting in (
            ("duplicates", self.duplicates, DUPLICATES, DUPLICATES),
            ("qualifier", self.qualifier, QUALIFIERS, qualifiers),
            ("normalise", self.normalise, (*ONE_MODE, *TWO_MODE[1:]), of_mode),
        ):
            if word not in all_words:
                raise UnknownNameError(
                    f"there is no {name} {word!r}", hint=f"one of {', '.join(fitting)}"
                )
            if word not in fitting:
                raise UsageError(
                    f"{name} {word!r} does not fit {projection}",
                    hint=f"one of {', '.join(fitting)}",
                )
        if self.qualifier == "combine" and self.normalise != "no":
            raise UsageError(
                "the codes 1, 2 and 3 of qualifier 'combine' cannot be normalised",
                hint="leave normalise out, or choose another qualifier",
            )


@dataclass(slots=True)
class Part:
    """The statements of a pair that take one side, and the keys under which they count."""

    keys: set[object] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    first: str | None = None
    last: str | None = None

    @property
    def count(self) -> int:
        """How often they count."""
        return len(self.keys)

    def add(self, key: object, statement: Statement) -> None:
        """Count a statement under a key; a day without a year dates nothing."""
        self.keys.add(key)
        self.ids.add(statement.id)
        day = statement.date
        if day is not None and day[:1].isdigit():
            self.first = day if self.first is None or day < self.first else self.first
            self.last = day if self.last is None or day > self.last else self.last


Cell = dict[int, Part]
"""The parts of a pair by side: 1 for, -1 against, 0 where sides are ignored."""


def key_of(duplicates: str) -> Callable[[int, Statement], object]:
    """Gives the key under which a statement counts: equal keys count once.

    Args:
        duplicates: One of `DUPLICATES`. By day, a statement without a date counts by its
            document, and a date that is only a month or year is a day of its own.
    """
    if duplicates == "document":
        return lambda _, statement: statement.document
    if duplicates == "day":
        return lambda _, statement: (
            ("date", statement.date) if statement.date else ("document", statement.document)
        )
    if duplicates == "once":
        return lambda *_: None
    return lambda number, _: number


def evidence(parts: Collection[Part]) -> Row:
    """The ids of the statements behind an edge, and their first and last date where known."""
    ids: set[str] = set().union(*(part.ids for part in parts))
    row: Row = {"statements": tuple(sorted(ids))}
    dated = [(part.first, part.last) for part in parts if part.first and part.last]
    if dated:
        row |= {"first": min(first for first, _ in dated), "last": max(last for _, last in dated)}
    return row


# -- pairs as they are ----------------------------------------------------------------------


def direct(
    cells: Mapping[Pair, Cell], weighting: Weighting, activity: Mapping[str, int] | None = None
) -> dict[Pair, Row]:
    """A row for every pair.

    Args:
        cells: What was found of each pair.
        weighting: How it is weighted.
        activity: How often each node counts, for networks of one type of nodes.
    """
    rows, totals = {}, _totals(cells)
    for pair, cell in cells.items():
        side = {sign: part.count for sign, part in cell.items()}
        count = sum(side.values())
        row: Row = {"weight": _two_mode_weight(side, weighting.qualifier)}
        row |= evidence(cell.values())
        if 0 not in side:
            row |= {"support": side.get(1, 0), "against": side.get(-1, 0)}
        if activity is not None:
            each = (activity[pair[0]], activity[pair[1]])
            row["weight"] = _of_sets(count, *each, weighting.normalise)
        elif weighting.normalise == "activity":
            row["weight"] /= totals[0][pair[0]]
        elif weighting.normalise == "prominence":
            row["weight"] /= totals[1][pair[1]]
        if row["weight"]:
            rows[pair] = row
    return rows


def _two_mode_weight(side: Mapping[int, int], qualifier: str) -> int:
    if qualifier == "subtract":
        return side.get(1, 0) - side.get(-1, 0)
    if qualifier == "combine":
        return (1 in side) + 2 * (-1 in side)
    return sum(side.values())


def _totals(cells: Mapping[Pair, Cell]) -> tuple[dict[str, int], dict[str, int]]:
    """How often the starts, and the ends, of pairs count in all."""
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    for (source, target), cell in cells.items():
        count = sum(part.count for part in cell.values())
        starts[source] = starts.get(source, 0) + count
        ends[target] = ends.get(target, 0) + count
    return starts, ends


def _of_sets(both: int, one: int, other: int, normalise: str) -> float:
    """The overlap of two sets, by their sizes."""
    return {
        "average-activity": lambda: 2 * both / (one + other),
        "jaccard": lambda: both / (one + other - both),
        "cosine": lambda: both / sqrt(one * other),
        "cosine-dna": lambda: both / (one * other),
    }.get(normalise, lambda: both)()


# -- pairs folded ---------------------------------------------------------------------------


@dataclass(slots=True)
class _Tie:
    """What two nodes share, summed over the hubs that join them."""

    congruence: int = 0
    conflict: int = 0
    overlap: int = 0
    """How often either counts where the other counts too, on the same side."""

    hubs: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


def folded(cells: Mapping[Pair, Cell], weighting: Weighting, shared: str) -> dict[Pair, Row]:
    """The nodes that start pairs, joined by the ends they share.

    Counts are multiplied at each hub, so that the work grows with the pairs of nodes that the
    hubs join, not with the pairs of statements.

    Args:
        cells: What was found of each pair.
        weighting: How it is weighted.
        shared: The name of the attribute that lists the hubs.
    """
    sums, squares = _activity(cells)
    rows = {}
    for pair, tie in _ties(cells, weighting.qualifier).items():
        weight = _one_mode_weight(tie, weighting.qualifier)
        if not weight:
            continue
        one, other = (sums[node] for node in pair)
        if weighting.normalise == "average-activity":
            weight /= (one + other) / 2
        elif weighting.normalise == "jaccard":
            weight /= one + other - tie.overlap + tie.congruence
        elif weighting.normalise == "cosine":
            weight /= sqrt(squares[pair[0]] * squares[pair[1]])
        elif weighting.normalise == "cosine-dna":
            weight /= one * other
        row: Row = {"weight": weight, **evidence(tie.parts)}
        row[shared] = tuple(tie.hubs)
        if weighting.qualifier != "ignore":
            row |= {"congruence": tie.congruence, "conflict": tie.conflict}
        rows[pair] = row
    return rows


def _one_mode_weight(tie: _Tie, qualifier: str) -> float:
    if qualifier == "conflict":
        return tie.conflict
    if qualifier == "subtract":
        return tie.congruence - tie.conflict
    if qualifier == "combine":
        return (tie.congruence > 0) + 2 * (tie.conflict > 0)
    return tie.congruence


def _activity(cells: Mapping[Pair, Cell]) -> tuple[dict[str, int], dict[str, int]]:
    """How often each start counts, and the sum of the squares of its counts."""
    sums: dict[str, int] = {}
    squares: dict[str, int] = {}
    for (source, _), cell in cells.items():
        for part in cell.values():
            sums[source] = sums.get(source, 0) + part.count
            squares[source] = squares.get(source, 0) + part.count**2
    return sums, squares


def _ties(cells: Mapping[Pair, Cell], qualifier: str) -> dict[Pair, _Tie]:
    holders: dict[str, list[tuple[str, Cell]]] = {}
    for (source, hub), cell in sorted(cells.items(), key=lambda item: item[0]):
        holders.setdefault(hub, []).append((source, cell))
    ties: dict[Pair, _Tie] = {}
    for hub, members in sorted(holders.items()):
        for (one, a), (other, b) in combinations(members, 2):
            tie = ties.setdefault((one, other), _Tie())
            if _add(tie, a, b, qualifier):
                tie.hubs.append(hub)
    return ties


def _add(tie: _Tie, a: Cell, b: Cell, qualifier: str) -> bool:
    """Add what two nodes say at one hub; whether any of it counts under the qualifier."""
    counted: list[Part] = []
    for side, part in a.items():
        for other_side, other in b.items():
            if side == other_side:
                tie.congruence += part.count * other.count
                tie.overlap += part.count + other.count
                if qualifier != "conflict":
                    counted += [part, other]
            else:
                tie.conflict += part.count * other.count
                if qualifier in ("conflict", "subtract", "combine"):
                    counted += [part, other]
    tie.parts += counted
    return bool(counted)
