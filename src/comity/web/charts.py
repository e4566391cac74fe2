"""Counts as pictures: laid out here, so that they need no script; coloured by the style sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import TypeVar

from comity.web.addresses import Place
from comity.web.holdings import UNDATED
from comity.web.naming import Ref

SHADES = 6
"""Steps of shade of a table of counts, beside none."""
FEW = 8
"""The count that has the full shade, where none is greater."""
HEIGHT = 96
"""Units that the highest column has."""
STEP = 30
"""Units from one column to the next."""
MOST_YEARS = 40
"""Columns beyond which several years are counted together."""
_WIDTHS = (1, 5, 10, 50, 100, 500)

Key = TypeVar("Key", bound=Hashable)
Facets = tuple[tuple[str, str], ...]
"""What finds statements: names of facets and codes."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A count with its name, and its share of the largest in percent."""

    ref: Ref
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A count in a table, its shade from 0 (none) to `SHADES`, and what finds its statements."""

    count: int
    shade: int
    facets: Facets = ()


@dataclass(frozen=True, slots=True)
class Heat:
    """Counts of one kind of thing by another.

    `more_rows` and `more_columns` tell how many are left out.
    """

    columns: tuple[Ref, ...]
    rows: tuple[tuple[Ref, tuple[Cell, ...]], ...]
    more_rows: int = 0
    more_columns: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a column: where it is, and the code that colours it."""

    code: str
    y: int
    height: int
    count: int


@dataclass(frozen=True, slots=True)
class Column:
    """The count of some years: its label, whether that is written below, and its parts.

    It leads to `place`, or to the statements that have the `facets`.
    """

    label: str
    shown: bool
    x: int
    count: int
    blocks: tuple[Block, ...]
    place: Place | None = None
    facets: Facets = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Counts by year, from the first to the last; `undated` have none."""

    columns: tuple[Column, ...]
    width: int
    most: int
    undated: int = 0


def tallies(counts: Mapping[Key, int], name: Callable[[Key], Ref]) -> tuple[Tally, ...]:
    """Counts with their names, the largest first, equal ones by name."""
    named = [(name(key), count) for key, count in counts.items()]
    named.sort(key=lambda pair: (-pair[1], pair[0].text, str(pair[0].place)))
    most = named[0][1] if named else 1
    return tuple(Tally(ref, count, max(1, round(100 * count / most))) for ref, count in named)


def heat(
    counts: Mapping[tuple[Key, Key], int],
    row: Callable[[Key], Ref],
    column: Callable[[Key], Ref],
    *,
    rows: int = 12,
    columns: int = 12,
    order: Sequence[Key] = (),
    facets: Callable[[Key, Key], Facets] | None = None,
) -> Heat:
    """A table of counts: the rows and columns that have most, most first.

    Args:
        counts: Row and column to count.
        row: Names the rows.
        column: Names the columns.
        rows: How many rows there are at most.
        columns: How many columns.
        order: Columns in an order of their own; others follow.
        facets: What finds the statements of a cell.
    """
    across, down = Counter[Key](), Counter[Key]()
    for (one, other), count in counts.items():
        down[one] += count
        across[other] += count
    left = sorted(down, key=lambda key: (-down[key], row(key).text, str(key)))
    given = {key: place for place, key in enumerate(order)}
    top = sorted(across, key=lambda key: (-across[key], column(key).text, str(key)))[:columns]
    top.sort(key=lambda key: given.get(key, len(given)))
    shown = (counts.get((a, b), 0) for a in left[:rows] for b in top)
    most = max([*shown, FEW])

    def cell(one: Key, other: Key) -> Cell:
        count = counts.get((one, other), 0)
        shade = ceil(SHADES * sqrt(count / most)) if count else 0
        return Cell(count, shade, facets(one, other) if facets and count else ())

    return Heat(
        tuple(column(key) for key in top),
        tuple((row(one), tuple(cell(one, other) for other in top)) for one in left[:rows]),
        max(0, len(left) - rows),
        max(0, len(across) - columns),
    )


def by_year(
    dated: Iterable[tuple[str, str]],
    order: Sequence[str] = (),
    place: Callable[[str], Place] | None = None,
    facets: Facets = (),
) -> Columns:
    """Columns of counts by year, parted by code.

    Args:
        dated: A year, or `UNDATED`, and a code for every statement.
        order: The codes in the order in which they are stacked, the lowest first.
        place: Gives a year its page.
        facets: What all have in common, so that those of a year are found; none where there
            is nothing to find them by.
    """
    counts = Counter(dated)
    years = sorted({int(year) for year, _ in counts if year != UNDATED})
    undated = sum(count for (year, _), count in counts.items() if year == UNDATED)
    if not years:
        return Columns((), 0, 0, undated)
    span = years[-1] - years[0] + 1
    width = next((each for each in _WIDTHS if span <= each * MOST_YEARS), _WIDTHS[-1])
    first = years[0] - years[0] % width
    stacked: dict[int, Counter[str]] = {
        start: Counter() for start in range(first, years[-1] + 1, width)
    }
    for (year, code), count in counts.items():
        if year != UNDATED:
            stacked[int(year) - int(year) % width][code] += count
    most = max(each.total() for each in stacked.values())
    every = max(1, ceil(len(stacked) / 12))
    known = {code: place for place, code in enumerate(order)}
    columns = tuple(
        Column(
            str(start) if width == 1 else f"{start}–{start + width - 1}",
            (number % every == 0 and number <= len(stacked) - every) or number == len(stacked) - 1,
            number * STEP,
            each.total(),
            _blocks(each, most, known),
            place(str(start)) if place and width == 1 and each else None,
            (*facets, ("year", str(start))) if facets and width == 1 and each else (),
        )
        for number, (start, each) in enumerate(stacked.items())
    )
    return Columns(columns, len(columns) * STEP, most, undated)


def _blocks(counts: Counter[str], most: int, known: Mapping[str, int]) -> tuple[Block, ...]:
    """The parts of a column from the bottom up; together they are as high as the count."""
    found = []
    below = 0
    for code in sorted(counts, key=lambda code: (known.get(code, len(known)), code)):
        low, high = (round(HEIGHT * each / most) for each in (below, below + counts[code]))
        found.append(Block(code, HEIGHT - high, high - low, counts[code]))
        below += counts[code]
    return tuple(found)
