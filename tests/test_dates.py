"""Dates in running text."""

from __future__ import annotations

import pytest

from comity.dates import find_dates, is_iso_date


def dates(text: str, year: int | None = None) -> dict[str, str]:
    """The words of each date with its value."""
    return {text[start:end]: iso for start, end, iso in find_dates(text, year)}


@pytest.mark.parametrize(
    "written",
    [
        "26 April 2019",
        "26th April 2019",
        "26 April, 2019",
        "26th of April 2019",
        "26th day of April 2019",
        "26 Apr. 2019",
        "April 26, 2019",
        "April 26th, 2019",
        "April 26 2019",
        "Apr. 26, 2019",
        "APRIL 26, 2019",
        "2019-04-26",
        "2019/04/26",
        "26.04.2019",
        "26.4.2019",
        "26 April\n2019",
    ],
)
def test_full_dates(written: str) -> None:
    """Days are found in the ways that people write them, and the span holds them exactly."""
    assert dates(f"It was signed on {written} by both.") == {written: "2019-04-26"}


def test_months() -> None:
    """A month with a year keeps the precision of a month."""
    assert dates("It began in April 2019, not in May of 2020.") == {
        "April 2019": "2019-04",
        "May of 2020": "2020-05",
    }


@pytest.mark.parametrize(
    "lead",
    ["in", "In", "since", "by", "until", "before", "during", "by the end of", "in the year"],
)
def test_years(lead: str) -> None:
    """A bare year counts after a word that makes it a date."""
    assert dates(f"{lead} 2025 the office opens") == {"2025": "2025"}


@pytest.mark.parametrize(
    "text",
    [
        "It rose to 2019 cases.",
        "a total of 2000 applications",
        "paragraph 2019",
        "in 2019-20",
        "in 2019/20",
        "in 2,019 cases",
        "in 20190426",
        "Regulation 1994/2019",
        "ISO 3166-1",
    ],
)
def test_numbers_that_are_no_years(text: str) -> None:
    """Numbers and spans of years that are no single date are left alone."""
    assert dates(text) == {}


def test_years_of_a_period() -> None:
    """Both ends of "from … to …" and "between … and …" are found."""
    assert dates("from 2016 to 2020, and between 2021 and 2025") == {
        year: year for year in ("2016", "2020", "2021", "2025")
    }


@pytest.mark.parametrize("text", ["on April 26", "on 26 April", "(April 26)", "by April 26th"])
def test_days_without_a_year(text: str) -> None:
    """A day without a year stays without one until the year is given."""
    assert list(dates(text).values()) == ["--04-26"]
    assert list(dates(text, 2019).values()) == ["2019-04-26"]


@pytest.mark.parametrize(
    "text", ["In March 20 companies joined.", "by March 20%", "since April 5 million visits"]
)
def test_numbers_after_a_month(text: str) -> None:
    """A number that counts something is no day."""
    assert dates(text) == {}


def test_may_the_verb() -> None:
    """ "may 5" in lower case is no date."""
    assert dates("of whom may 5 be chosen by may 5") == {}


@pytest.mark.parametrize(
    "text",
    ["31 April 2019", "29 February 2019", "2019-13-01", "2019-02-30", "32.01.2019", "on June 31"],
)
def test_days_the_calendar_does_not_have(text: str) -> None:
    """A day that does not exist is no date, and no part of it is one."""
    assert dates(text) == {}


def test_leap_days() -> None:
    """29 February exists in leap years, and may exist in an unknown one."""
    assert dates("29 February 2020") == {"29 February 2020": "2020-02-29"}
    assert dates("on February 29") == {"February 29": "--02-29"}
    assert dates("on February 29", 2019) == {}


@pytest.mark.parametrize(
    "text", ["25–27 April 2019", "25 to 27 April 2019", "April 25-27, 2019", "April 25 to 27, 2019"]
)
def test_ranges_of_days(text: str) -> None:
    """A range gives its first and its last day."""
    assert list(dates(f"from {text} in Nairobi").values()) == ["2019-04-25", "2019-04-27"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("29 April – 1 May 2019", "2019-04-29"),
        ("from April 29 to May 1, 2019", "2019-04-29"),
        ("31 December to 2 January 2019", "2018-12-31"),
    ],
)
def test_ranges_across_months(text: str, first: str) -> None:
    """The first day of a range has the year of the last, or the year before at New Year."""
    assert next(iter(dates(text).values())) == first
    assert next(iter(dates(text, 1999).values())) == first


def test_given_year_leaves_written_ones_alone() -> None:
    """The year that is given is for dates without one."""
    assert dates("on 3 May 2021, on 5 June, and by 2030", 2019) == {
        "3 May 2021": "2021-05-03",
        "5 June": "2019-06-05",
        "2030": "2030",
    }


@pytest.mark.parametrize("value", ["2019", "2019-04", "2019-04-26", "2020-02-29"])
def test_iso_dates(value: str) -> None:
    """A year, a month and a day of the calendar are dates."""
    assert is_iso_date(value)


@pytest.mark.parametrize(
    "value",
    ["", "19", "0000", "2019-13", "2019-00", "2019-04-31", "2019-2-3", "2019-04-26T10", "٢٠١٩"],
)
def test_no_iso_dates(value: str) -> None:
    """Anything else is none: no other form, no padding, no day that does not exist."""
    assert not is_iso_date(value)
