"""Networks over time: windows that tumble, move or grow.

A statement counts in a window only if the whole span of its date lies in it: one that is dated by
its year counts in windows that hold that year, and in no quarter. What fits no window is counted,
not guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from comity.dates import is_iso_date
from comity.errors import LimitError, UnknownNameError
from comity.model import Document, Statement, Vocabulary
from comity.networks.filters import Filters
from comity.networks.projections import PROJECTIONS, network

if TYPE_CHECKING:
    import networkx as nx

MAX_WINDOWS = 2_000
_NAMED = {"year": "1y", "quarter": "3m", "month": "1m", "week": "7d"}
_SPAN = re.compile(r"([1-9]\d{0,4})([ymd])", re.ASCII)


class Slice(NamedTuple):
    """A window and its network; both days are included."""

    start: date
    end: date
    graph: nx.Graph[Any]

    @property
    def name(self) -> str:
        """The window in words that fit a file name: ``2019``, ``2019-04``, else both days."""
        first, last = self.start.isoformat(), self.end.isoformat()
        if (self.start, self.end) == (date(self.start.year, 1, 1), date(self.start.year, 12, 31)):
            return first[:4]
        month = monthrange(self.start.year, self.start.month)[1]
        if first[:7] == last[:7] and (self.start.day, self.end.day) == (1, month):
            return first[:7]
        return f"{first}_{last}"


@dataclass(frozen=True)
class Slices:
    """Windows in the order of time.

    Attributes:
        slices: The windows with their networks.
        undated: How many statements have no date.
        imprecise: How many are dated by a year or month that lies in no window.
    """

    slices: tuple[Slice, ...] = ()
    undated: int = 0
    imprecise: int = 0

    def __iter__(self) -> Iterator[Slice]:
        return iter(self.slices)

    def __len__(self) -> int:
        return len(self.slices)

    def __getitem__(self, place: int) -> Slice:
        return self.slices[place]


@dataclass(frozen=True)
class Length:
    """A number of months or of days."""

    months: int = 0
    days: int = 0

    @classmethod
    def read(cls, text: str) -> Length:
        """A length in words.

        Args:
            text: ``year``, ``quarter``, ``month``, ``week``, or a number of years, months or
                days: ``2y``, ``6m``, ``90d``.

        Raises:
            UnknownNameError: When it is none of these.
        """
        match = _SPAN.fullmatch(_NAMED.get(text, text))
        if match is None:
            raise UnknownNameError(
                f"there is no window {text!r}",
                hint="one of year, quarter, month, week, or a number such as 2y, 6m or 90d",
            )
        number = int(match[1])
        if match[2] == "d":
            return cls(days=number)
        return cls(months=number * (12 if match[2] == "y" else 1))

    def after(self, day: date, times: int = 1) -> date:
        """The day that many lengths later; the last of its month where it has no such day.

        Raises:
            LimitError: When no calendar has that day.
        """
        try:
            if self.days:
                return day + timedelta(days=self.days * times)
            month = day.year * 12 + day.month - 1 + self.months * times
            year, month = month // 12, month % 12 + 1
            return date(year, month, min(day.day, monthrange(year, month)[1]))
        except (OverflowError, ValueError) as error:
            raise LimitError("a window ends after the last day of the calendar") from error

    def floor(self, day: date) -> date:
        """The first day of the month, quarter or year of a day; the day itself for days."""
        if self.days:
            return day
        aligned = next(n for n in (12, 6, 4, 3, 2, 1) if self.months % n == 0)
        return date(day.year, (day.month - 1) // aligned * aligned + 1, 1)


def span(day: str) -> tuple[date, date] | None:
    """The first and the last day that a date may mean, or None if it has no year.

    Args:
        day: ``2019-04-26``, ``2019-04`` or ``2019``.

    >>> span("2019-02")
    (datetime.date(2019, 2, 1), datetime.date(2019, 2, 28))
    """
    if not is_iso_date(day):
        return None
    parts = [int(part) for part in day.split("-")]
    months = parts[1:2] or [1, 12]
    days = parts[2:3] or [1, monthrange(parts[0], months[-1])[1]]
    return date(parts[0], months[0], days[0]), date(parts[0], months[-1], days[-1])


def network_slices(
    statements: Iterable[Statement],
    projection: str,
    *,
    vocabulary: Vocabulary,
    window: str = "year",
    step: str | None = None,
    cumulative: bool = False,
    since: str | int | date | None = None,
    until: str | int | date | None = None,
    documents: Iterable[Document] = (),
    **options: Any,
) -> Slices:
    """Networks of windows of time.

    Windows begin with the year, quarter or month of the first statement that counts (or of
    `since`), windows of days with its first day, and go on to the last one. Windows without a
    statement have an empty network.

    Args:
        statements: The statements, linked.
        projection: As for `comity.networks.network`.
        vocabulary: As for `comity.networks.network`.
        window: How long a window is: ``year``, ``quarter``, ``month``, ``week``, or a number of
            years, months or days: ``2y``, ``6m``, ``90d``.
        step: How far a window is moved on; by its length when None. Shorter steps overlap.
        cumulative: Whether every window begins with the first.
        since: As for `comity.networks.network`.
        until: As for `comity.networks.network`.
        documents: As for `comity.networks.network`.
        options: The other filters and options of `comity.networks.network`.

    Raises:
        UnknownNameError: When there is no such projection, window or option.
        UsageError: When an option does not fit.
        LimitError: When there are more than `MAX_WINDOWS` windows.
    """
    length = Length.read(window)
    stride = Length.read(step) if step is not None else length
    limits = {"since": since, "until": until}
    options |= {"vocabulary": vocabulary, "documents": tuple(documents), **limits}

    def made(chosen: Iterable[Statement]) -> nx.Graph[Any]:
        return network(chosen, projection, **options)

    made(())  # refuses wrong options, even where no statement is dated
    counting = _counting(statements, projection, options)
    dated = sorted(
        ((*days, s) for s in counting if s.date and (days := span(s.date))),
        key=lambda each: (each[0], each[1], each[2].id),
    )
    undated = len(counting) - len(dated)
    if not dated:
        return Slices(undated=undated)
    earliest = span(str(since)) if since is not None else None
    first = stride.floor(earliest[0] if earliest else dated[0][0])
    windows = _windows(first, max(end for _, end, _ in dated), length, stride, cumulative)
    return _fill(windows, dated, undated, made)


def _fill(
    windows: list[tuple[date, date]],
    dated: list[tuple[date, date, Statement]],
    undated: int,
    made: Callable[[Iterable[Statement]], nx.Graph[Any]],
) -> Slices:
    """A network for each window; each looks only at the statements that begin in it."""
    found: list[Slice] = []
    placed: set[int] = set()
    for start, end in windows:
        begun = range(bisect_left(dated, start, key=_first), bisect_right(dated, end, key=_first))
        inside = [number for number in begun if dated[number][1] <= end]
        placed.update(inside)
        found.append(Slice(start, end, made([dated[number][2] for number in inside])))
    return Slices(tuple(found), undated, len(dated) - len(placed))


def _first(dated: tuple[date, date, Statement]) -> date:
    return dated[0]


def _counting(
    statements: Iterable[Statement], projection: str, options: dict[str, Any]
) -> list[Statement]:
    """The statements that the projection counts."""
    kind = PROJECTIONS[projection]
    names = ("modality", "areas", "since", "until", "min_confidence", "review")
    filters = Filters.of(**{n: options[n] for n in names if n in options})
    negated = kind.sided or options.get("qualifier", "ignore") != "ignore"
    return list(filters.counting(statements, undertakings=kind.undertakings, negated=negated))


def _windows(
    first: date, last: date, length: Length, stride: Length, cumulative: bool
) -> list[tuple[date, date]]:
    """Windows from the first day on, until one holds the last day."""
    windows: list[tuple[date, date]] = []
    while True:
        start = stride.after(first, len(windows))
        if windows and start > last:
            break
        end = length.after(start) - timedelta(days=1)
        windows.append((first if cumulative else start, end))
        if len(windows) > MAX_WINDOWS:
            raise LimitError(
                f"these are more than {MAX_WINDOWS:,} windows",
                hint="take a longer window or step, or narrow the dates with since and until",
            )
        if end >= last:
            break
    return windows
