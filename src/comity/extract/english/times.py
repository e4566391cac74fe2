"""By when, from when and until when: only what a calendar can hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.dates import find_dates

_END = r"(?:the\s+)?(?:(?:end|close|start|beginning)\s+of\s+)?(?:the\s+year\s+)?"
_DEADLINE = re.compile(
    rf"\b(?:by|before|no\s+later\s+than|not\s+later\s+than|at\s+the\s+latest\s+(?:by|in|on)|"
    rf"(?:completed|finished|concluded)\s+(?:in|on|during))\s+{_END}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:from|as\s+of|as\s+from|starting(?:\s+(?:on|in|from))?|beginning(?:\s+(?:on|in|from))?|"
    r"with\s+effect\s+from|effective(?:\s+(?:on|from|as\s+of))?|since)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_TO = re.compile(r"\b(?:until|till|up\s+to|through)\s+(?:the\s+)?(?:end\s+of\s+)?$", re.IGNORECASE)
_ON = re.compile(r"\b(?:on|in|during)\s+(?:[A-Z][a-z]+day,?\s+)?$")
_RELATIVE = re.compile(
    r"\b(?:by|before|no later than)\s+(?:the\s+)?end\s+of\s+(?P<which>this|the|next)\s+"
    r"(?P<unit>year|month)\b(?!\s+of)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Times:
    """What a clause says of time; `on` is the day on which something was done."""

    deadline: str | None = None
    effective_from: str | None = None
    effective_to: str | None = None
    on: str | None = None


def times(clause: str, said: str | None, *, in_force: bool = False) -> Times:
    """The times that a clause names, no more precise than its words.

    Args:
        clause: The words of the clause, with what stands in front of its subject.
        said: The document's date, which completes days without a year.
        in_force: Whether the clause says that something takes effect: "on" then tells from when.
    """
    found: dict[str, str] = {}
    year = int(said[:4]) if said and said[:4].isdigit() else None
    for start, _, iso in find_dates(clause, year):
        before = clause[max(0, start - 40) : start]
        if iso.startswith("-"):
            continue
        if _DEADLINE.search(before):
            found.setdefault("deadline", iso)
        elif _FROM.search(before) or (in_force and _ON.search(before)):
            found.setdefault("effective_from", iso)
        elif _TO.search(before):
            found.setdefault("effective_to", iso)
        elif _ON.search(before):
            found.setdefault("on", iso)
    relative = _RELATIVE.search(clause)
    if relative is not None and said and "deadline" not in found:
        day = _completed(relative["which"].lower(), relative["unit"].lower(), said)
        if day is not None:
            found["deadline"] = day
    return Times(**found)


def _completed(which: str, unit: str, said: str) -> str | None:
    """ "the end of next year", said on a day: the year."""
    year = int(said[:4])
    later = which == "next"
    if unit == "year":
        return str(year + later)
    if len(said) < 7:
        return None
    month = int(said[5:7]) + later
    return f"{year + (month > 12):04}-{(month - 1) % 12 + 1:02}"
