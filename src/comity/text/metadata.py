"""What is known about a document apart from its words, and what counts as well-formed.

Values come from four places. Where two disagree the earlier in this list wins:

1. the side table the user gives with ``--meta``;
2. front matter, or the keys of a JSON Lines record;
3. the head of an HTML page, the level-1 heading of a Markdown text;
4. what the text itself says (`comity.text.inference`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from urllib.parse import urlsplit

from comity.dates import find_dates, is_iso_date
from comity.errors import MetadataError
from comity.text.normalise import one_line

__all__ = [
    "BINDINGNESS",
    "BINDINGNESS_OF_TYPE",
    "DEFAULT_CODES",
    "DOCUMENT_TYPES",
    "KEYS",
    "Codes",
    "Draft",
    "Metadata",
    "checked",
    "find_dates",
]

BINDINGNESS_OF_TYPE: Mapping[str, str | None] = {
    "treaty": "binding",
    "statute": "binding",
    "communique": "political",
    "declaration": "political",
    "memorandum": "political",
    "action-plan": "political",
    "speech": "statement",
    "interview": "statement",
    "press-release": "statement",
    "news-report": "report",
    "study": None,
}
"""The bindingness of a document that does not state it, by its type."""

DOCUMENT_TYPES = frozenset(BINDINGNESS_OF_TYPE)
BINDINGNESS = frozenset({"binding", "political", "statement", "report"})

_LANGUAGE = re.compile(
    r"(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3})"  # no longer ones are registered
    r"(?:-(?P<script>[A-Za-z]{4}))?(?:-(?P<region>[A-Za-z]{2}|[0-9]{3}))?"
    r"(?P<rest>(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
    r"(?:-[A-WY-Za-wy-z0-9](?:-[A-Za-z0-9]{2,8})+)*(?:-[xX](?:-[A-Za-z0-9]{1,8})+)?)"
)
_NOT_IN_URL = re.compile(r"[\x00-\x20\x7f-\xa0<>\"{}|\\^`]|[^\x00-\ud7ff\uf900-\U0010fffd]")

Where = Callable[[str], str]
"""The file and line of a key, for messages."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes that `type` and `bindingness` may have: those of the vocabulary in use."""

    types: frozenset[str] = DOCUMENT_TYPES
    bindingness: frozenset[str] = BINDINGNESS


DEFAULT_CODES = Codes()


@dataclass(frozen=True, slots=True)
class Metadata:
    """Values as `comity.model.Document` keeps them; None where nothing is known."""

    title: str | None = None
    type: str | None = None
    bindingness: str | None = None
    publisher: str | None = None
    date: str | None = None
    language: str | None = None
    url: str | None = None
    event: str | None = None
    place: str | None = None
    license: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """These values, and those of `other` where this has none.

        >>> Metadata(title="A").over(Metadata(title="B", date="2019")).date
        '2019'
        """
        return Metadata(*(getattr(self, key) or getattr(other, key) for key in KEYS))

    def complete(self) -> Metadata:
        """With the bindingness that documents of this type have, unless one is given."""
        return replace(
            self, bindingness=self.bindingness or BINDINGNESS_OF_TYPE.get(self.type or "")
        )


KEYS = tuple(field.name for field in fields(Metadata))
"""The keys that metadata may have; any other key is ignored."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format gives: a normalised body, and the metadata that the file states."""

    body: str
    metadata: Metadata = Metadata()


def checked(
    values: Mapping[str, object], *, codes: Codes, where: Where, longest: int = 10_000
) -> Metadata:
    """The metadata among `values`; other keys are ignored, empty values count as absent.

    Args:
        values: Keys in lower case.
        codes: The codes that `type` and `bindingness` may have.
        where: Tells file and line of a key.
        longest: Characters that a value may have.

    Raises:
        MetadataError: A value is malformed; the message says where and what to write.
    """
    found: dict[str, str] = {}
    for key in KEYS:
        value = values.get(key)
        if value is None:
            continue
        if not isinstance(value, str):
            raise MetadataError(f"{key} takes one piece of text", where=where(key), hint="quote it")
        if len(value) > longest:
            raise MetadataError(f"{key} is longer than {longest} characters", where=where(key))
        if line := one_line(value):
            found[key] = _checked_value(key, line, codes, where)
    return Metadata(**found)


def language_tag(value: str) -> str | None:
    """A BCP 47 tag with the usual capitals, or None when it is not well-formed.

    >>> language_tag("ZH-hans"), language_tag("en_GB")
    ('zh-Hans', None)
    """
    match = _LANGUAGE.fullmatch(value)
    if match is None:
        return None
    script, region = match["script"], match["region"]
    return (
        match["language"].lower()
        + (f"-{script.title()}" if script else "")
        + (f"-{region.upper()}" if region else "")
        + match["rest"].lower()
    )


def is_web_address(value: str) -> bool:
    """Whether `value` is an absolute http or https URL that can be written as an IRI."""
    if len(value) > 2048 or _NOT_IN_URL.search(value):
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _checked_value(key: str, value: str, codes: Codes, where: Where) -> str:
    if key in {"type", "bindingness"}:
        allowed = codes.types if key == "type" else codes.bindingness
        if value in allowed:
            return value
        near = get_close_matches(value[:50].casefold(), sorted(allowed), n=1)
        raise MetadataError(
            f"{key} {value[:50]!r} is not in the vocabulary",
            where=where(key),
            hint=f"did you mean {near[0]!r}?" if near else f"one of {', '.join(sorted(allowed))}",
        )
    if key == "language":
        if tag := language_tag(value):
            return tag
        raise MetadataError(
            f"language {value[:50]!r} is no language tag",
            where=where(key),
            hint="for example en, fr or zh-Hans",
        )
    if key == "date" and not is_iso_date(value):
        raise MetadataError(
            f"date {value[:50]!r} is no date of the calendar",
            where=where(key),
            hint="write 2019, 2019-04 or 2019-04-26",
        )
    if key == "url" and not is_web_address(value):
        raise MetadataError(
            f"url {value[:100]!r} is no web address",
            where=where(key),
            hint="it starts with http:// or https:// and has no spaces",
        )
    return value
