"""Windows of time: a statement counts where the whole span of its date lies in the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small_graph import named, vocabulary
from tests.strategies import dates

from comity.errors import LimitError, UnknownNameError, UsageError
from comity.model import Mention
from comity.networks import Slices, network, network_slices
from comity.networks.slices import span


def sliced(days: list[str | None], **options: Any) -> Slices:
    """Slices of pledges made on some days."""
    base = replace(
        named("strengthen the protection of trade"),
        actors=(Mention("Arvane", "ARV", 0, 6),),
        areas=("trade-secrets",),
    )
    said = [replace(base, id=f"statement-{n}", date=day) for n, day in enumerate(days)]
    return network_slices(said, "actor-area", vocabulary=vocabulary(), **options)


def counts(slices: Slices) -> dict[str, int]:
    """How many statements count in each window."""
    return {
        one.name: sum(weight for *_, weight in one.graph.edges(data="weight")) for one in slices
    }


def test_years_follow_one_another() -> None:
    """Windows of a year begin on 1 January, and years without a statement have a network too."""
    found = sliced(["2019-04-26", "2021-12-31", "2019-01-01"], window="year")
    assert counts(found) == {"2019": 2, "2020": 0, "2021": 1}
    assert (found[0].start, found[0].end) == (date(2019, 1, 1), date(2019, 12, 31))


def test_precision_is_never_padded() -> None:
    """A year counts in its year and in no quarter; what fits no window is counted as such."""
    days: list[str | None] = ["2019", "2019-02", "2019-02-03", None, "--04-26"]
    years, quarters = sliced(days, window="year"), sliced(days, window="quarter")
    assert counts(years) == {"2019": 3}
    assert list(counts(quarters).values()) == [2, 0, 0, 0]
    assert (years.imprecise, quarters.imprecise) == (0, 1)
    assert years.undated == quarters.undated == 2


def test_months_are_named_by_their_month() -> None:
    """A window of a calendar month or year is named by it, others by both days."""
    assert list(counts(sliced(["2019-02-03"], window="month"))) == ["2019-02"]
    assert list(counts(sliced(["2019-02-03"], window="quarter"))) == ["2019-01-01_2019-03-31"]


def test_windows_of_days_begin_with_the_first() -> None:
    """Windows of days begin with the first statement, or with the day asked for."""
    days: list[str | None] = ["2019-01-10", "2019-04-09", "2019-04-10"]
    assert counts(sliced(days, window="90d")) == {
        "2019-01-10_2019-04-09": 2,
        "2019-04-10_2019-07-08": 1,
    }
    early = sliced(days, window="90d", since="2019-01-01")
    assert early[0].start == date(2019, 1, 1)


def test_moving_windows_overlap() -> None:
    """A window of two years that moves by one counts a statement in each window that holds it."""
    found = sliced(["2018-05-01", "2019-05-01", "2020-05-01"], window="2y", step="year")
    assert list(counts(found).values()) == [2, 2]


def test_cumulative_windows_grow() -> None:
    """Cumulative windows begin with the first; the last holds what one network of all would."""
    days: list[str | None] = ["2018-05-01", "2019", "2020-05-01"]
    found = sliced(days, window="year", cumulative=True)
    assert list(counts(found).values()) == [1, 2, 3]
    assert {one.start for one in found} == {date(2018, 1, 1)}


def test_filters_and_weights_hold_in_windows() -> None:
    """Filters and options of a network are those of its windows."""
    days: list[str | None] = ["2018-05-01", "2019-05-01", "2019-05-01"]
    assert counts(sliced(days, window="year", since="2019", duplicates="day")) == {"2019": 1}


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"window": "decade"}, UnknownNameError),
        ({"window": "0d"}, UnknownNameError),
        ({"window": "year", "step": "daily"}, UnknownNameError),
        ({"window": "1d"}, LimitError),
        ({"window": "year", "normalise": "jaccard"}, UsageError),
    ],
)
def test_wrong_windows_are_refused(options: dict[str, Any], error: type[Exception]) -> None:
    """A length that is none, too many windows, or a wrong option are refused."""
    with pytest.raises(error):
        sliced(["1990-01-01", "2019-01-01"], **options)


def test_nothing_dated_no_window() -> None:
    """Without a date there are no windows; wrong options are refused all the same."""
    assert len(sliced([None, None])) == 0
    assert sliced([None, None]).undated == 2
    with pytest.raises(UsageError):
        sliced([None], normalise="jaccard")


@given(st.lists(dates(), min_size=1, max_size=8), st.sampled_from(["10y", "100y", "1000y"]))
def test_windows_that_tumble_part_the_statements(days: list[str], window: str) -> None:
    """Every dated statement is in one window, whose days hold it, or is too rough for all."""
    found = sliced(list(days), window=window, since="1000")
    assert sum(counts(found).values()) + found.imprecise == len(days)
    for one, following in zip(found, list(found)[1:], strict=False):
        assert one.end + timedelta(days=1) == following.start
    for one in found:
        for *_, values in one.graph.edges(data=True):
            first, last = span(values["first"]), span(values["last"])
            assert first is not None and last is not None
            assert one.start <= first[0] and last[1] <= one.end


def test_one_window_is_the_network() -> None:
    """A window that holds everything has the network of all statements."""
    base = named("strengthen the protection of trade")
    (one,) = network_slices([base], "actor-area", vocabulary=vocabulary(), window="year")
    whole = network([base], "actor-area", vocabulary=vocabulary())
    assert nx.node_link_data(one.graph) == nx.node_link_data(whole)
