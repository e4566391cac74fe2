"""Dates in running English text, with no more precision than is written."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from calendar import monthrange
from dataclasses import dataclass, replace

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?))\b\.?"
)
_GAP = r"(?:[ \t\xa0]+\n?|\n)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[5-9]\d\d|2[01]\d\d)(?![\d]|[-/]\d|,\d)"
_DASH = rf"(?:[ ]?[–—-][ ]?|{_GAP}(?:to|and){_GAP})"
_BEFORE_YEAR = (
    r"(?:in|since|by|until|till|before|after|during|from|through|early|late|mid)"
    r"|(?:end|start|beginning|middle|half|quarter|course)[ ]of"
)
_BEFORE_MONTH = r"on|by|before|after|until|till|since|from|to|dated|of|effective|and|between"

_BARE_YEAR = r"(?P<year>19\d\d|2[01]\d\d)\b(?![-/,]\d|%)"
_DAY_MONTH = (
    rf"(?<![\d.,:/-])(?:(?P<first>{_DAY}){_DASH})?(?P<day>{_DAY})(?:{_GAP}day)?(?:{_GAP}of)?"
    rf"{_GAP}{_MONTH}(?:,?{_GAP}{_YEAR})?"
)
_MONTH_DAY_YEAR = rf"\b{_MONTH}{_GAP}(?:(?P<first>{_DAY}){_DASH})?(?P<day>{_DAY}),?{_GAP}{_YEAR}"
# Without a year, "March 20" may be the start of "March 20 companies": words before it decide.
_MONTH_DAY = (
    rf"(?:(?:\A|[\n,(]|\b(?i:{_BEFORE_MONTH})){_GAP}?)\b{_MONTH}{_GAP}"
    rf"(?:(?P<first>{_DAY})(?:[ ]?[–—-][ ]?|{_GAP}to{_GAP}))?(?P<day>{_DAY})"
    r"(?![\d%]|[.,:/-]\d|[ ](?:per|million|billion|thousand)\b)"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\d-])(?P<year>1[5-9]\d\d|2[01]\d\d)-(?P<m>\d\d)-(?P<day>\d\d)(?!\d|-\d)",
        r"(?<![\d/])(?P<year>1[5-9]\d\d|2[01]\d\d)/(?P<m>\d\d)/(?P<day>\d\d)(?!\d|/\d)",
        r"(?<![\d.])(?P<day>\d?\d)\.(?P<m>\d?\d)\.(?P<year>1[5-9]\d\d|2[01]\d\d)(?!\d|\.\d)",
        _DAY_MONTH,
        _MONTH_DAY_YEAR,
        _MONTH_DAY,
        rf"\b{_MONTH},?(?:{_GAP}of)?{_GAP}{_YEAR}",
        rf"\b(?i:from|between)[ ]{_BARE_YEAR}(?=[ ](?:to|and|until)[ ](?:19|2[01])\d\d\b)",
        rf"(?<=\b(?:19|20)\d\d[ ]to[ ]){_BARE_YEAR}",
        rf"(?<=\b(?:19|20)\d\d[ ]and[ ]){_BARE_YEAR}",
        rf"\b(?i:{_BEFORE_YEAR})(?:[ ]the[ ]year)?[ -]{_BARE_YEAR}",
    )
)
_RANGE = re.compile(r"\s*(?:[–—-]|to|until|through|and)\s*")
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None

    def iso(self) -> str | None:
        """The date, when the calendar has it."""
        if self.month is None:
            return f"{self.year:04}"
        if not 1 <= self.month <= 12:
            return None
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        if not 1 <= self.day <= monthrange(self.year or 2000, self.month)[1]:
            return None
        return f"{f'{self.year:04}' if self.year else '-'}-{self.month:02}-{self.day:02}"


def find_dates(text: str, year: int | None = None) -> list[tuple[int, int, str]]:
    """Dates as ``(start, end, iso)``, in the order of the text, none overlapping.

    The span holds the date alone, without "on" or "in". ``iso`` has the precision that is
    known: ``2019-04-26``, ``2019-04``, ``2019``, or ``--04-26`` for a day whose year is
    neither written nor given. A range gives its two ends. Days the calendar does not have
    are left out.

    Args:
        text: Any English text.
        year: The year of days that are written without one.

    >>> find_dates("signed on 26 April 2019 and to be reviewed by 2025")
    [(10, 23, '2019-04-26'), (46, 50, '2025')]
    >>> find_dates("opened on April 26", year=2019)
    [(10, 18, '2019-04-26')]
    """
    found = _years_from_ranges(text, _matches(text))
    dates = (replace(one, year=one.year or year) if one.month else one for one in found)
    return [(one.start, one.end, iso) for one in dates if (iso := one.iso())]


def is_iso_date(value: str) -> bool:
    """Whether `value` is a date of the calendar: YYYY, YYYY-MM or YYYY-MM-DD.

    >>> is_iso_date("2019-04-31"), is_iso_date("2019-04"), is_iso_date("26 April 2019")
    (False, True, False)
    """
    match = _ISO.fullmatch(value)
    if match is None or match[1] == "0000":
        return False
    year, month, day = (int(part) if part else None for part in match.groups())
    return _Found(0, 1, year, month, day).iso() is not None


def _matches(text: str) -> list[_Found]:
    """Each pattern takes what earlier ones left: the most precise reading of a place wins."""
    found: list[_Found] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            for one in _read(match):
                at = bisect_left(found, one.start, key=_start)
                if (at == 0 or found[at - 1].end <= one.start) and (
                    at == len(found) or one.end <= found[at].start
                ):
                    insort(found, one, key=_start)
    return found


def _read(match: re.Match[str]) -> list[_Found]:
    parts = match.groupdict()
    name = parts.get("month")
    if name and not name[0].isupper():
        return []
    month = _MONTHS.index(name[:3].lower()) + 1 if name else _number(parts.get("m"))
    year, day, first = (_number(parts.get(part)) for part in ("year", "day", "first"))
    groups = [part for part, value in parts.items() if value is not None]
    start, end = min(map(match.start, groups)), max(map(match.end, groups))
    if first is None:
        return [_Found(start, end, year, month, day)]
    return [
        _Found(start, match.end("first"), year, month, first),
        _Found(match.start("day"), end, year, month, day),
    ]


def _years_from_ranges(text: str, found: list[_Found]) -> list[_Found]:
    """Give "29 April" in "29 April to 1 May 2019" its year."""
    whole = list(found)
    for i, one in enumerate(whole[:-1]):
        following = whole[i + 1]
        if one.year is None and following.year and _RANGE.fullmatch(text, one.end, following.start):
            crosses_new_year = (one.month or 0) > (following.month or 12)
            whole[i] = replace(one, year=following.year - crosses_new_year)
    return whole


def _start(one: _Found) -> int:
    return one.start


def _number(digits: str | None) -> int | None:
    return int(digits.rstrip("stndrh")) if digits else None
