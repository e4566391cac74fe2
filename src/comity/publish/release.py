"""A release: what it is called, when it was issued, where it will lie, and who answers for it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, get_args

from comity.errors import RecordError, UsageError
from comity.rdf.namespaces import Namespaces
from comity.rdf.terms import iri_term

QuotePolicy = Literal["full", "short", "none"]
POLICIES: tuple[QuotePolicy, ...] = get_args(QuotePolicy)
CC_BY = "https://creativecommons.org/licenses/by/4.0/"

_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_CALENDAR = re.compile(r"(\d{4})(?:[.-](\d{1,2})(?:[.-](\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class About:
    """What the publisher says of the data; the keys of the file that `--about` names.

    `publisher_iri`, `license` and `landing_page` are IRIs; `contact` is an e-mail address or an
    IRI; `creators` are names, `keywords` words in English.
    """

    title: str = "Statements on international cooperation in intellectual property"
    description: str = (
        "Who is to do what about which target areas of intellectual property, as the documents "
        "say it: actors, measures and areas, each statement with its exact passage."
    )
    publisher: str = "The Comity contributors"
    publisher_iri: str = "https://w3id.org/comity/contributors"
    creators: tuple[str, ...] = ()
    license: str = CC_BY
    contact: str | None = None
    landing_page: str | None = None
    keywords: tuple[str, ...] = (
        "intellectual property",
        "international cooperation",
        "policy",
        "statements",
    )


@dataclass(frozen=True, slots=True)
class Release:
    """One release of a graph.

    Args:
        label: Its name: letters, digits, dots and hyphens, such as ``2026.11``.
        issued: The day, month or year of issue, as an ISO date of that precision.
        namespaces: Where the data live.
        url: Where the release folder will be served; ends in a slash.
        about: What the publisher says of the data.
        quotes: How much of a passage is published.
        previous: The label of the release before, if there is one.
        site: Whether it has pages.
    """

    label: str
    issued: str
    namespaces: Namespaces
    url: str
    about: About = field(default_factory=About)
    quotes: QuotePolicy = "full"
    previous: str | None = None
    site: bool = True

    @property
    def dataset(self) -> str:
        """The IRI of the data set, whatever the release."""
        return self.namespaces.node("dataset")

    @property
    def version(self) -> str:
        """The IRI of this release of the data set."""
        return self.node("dataset")

    @property
    def stem(self) -> str:
        """What the names of its dumps begin with: ``comity-2026.11``."""
        return f"comity-{self.label}"

    def node(self, kind: str, name: str = "") -> str:
        """The IRI of something that belongs to this release, flat and under the base.

        Args:
            kind: What it is, such as ``distribution``.
            name: Which one, such as ``edges.csv``; empty where there is only one.
        """
        return self.namespaces.node("-".join(part for part in (kind, self.label, name) if part))

    def address(self, name: str) -> str:
        """The URL of one of its files, named relative to the release folder."""
        return self.url + name


def make_release(
    label: str,
    namespaces: Namespaces,
    *,
    about: About | None = None,
    issued: str | None = None,
    epoch: str | None = None,
    url: str | None = None,
    quotes: str = "full",
    previous: str | None = None,
    site: bool = True,
) -> Release:
    """A release, with what was left unsaid filled in; the clock is never asked.

    Args:
        label: Its name.
        namespaces: Where the data live.
        about: What the publisher says of the data; the defaults of `About` when None.
        issued: The date of issue; else the day of `epoch`, else the one that `label` gives.
        epoch: The value of SOURCE_DATE_EPOCH: seconds since 1970, or None.
        url: Where the folder will be served; ``release-LABEL/`` under the base when None.
        quotes: One of `POLICIES`.
        previous: The label of the release before.
        site: Whether it has pages.

    Raises:
        UsageError: if the label, the date, the URL or the policy cannot be used, or no date
            is known.

    >>> make_release("2026.11", Namespaces()).issued
    '2026-11'
    """
    if not _LABEL.fullmatch(label):
        raise UsageError(
            f"{label!r} cannot name a release",
            hint="use letters, digits, dots and hyphens, such as 2026.11",
        )
    if quotes not in POLICIES:
        raise UsageError(f"no such policy: {quotes!r}", hint=f"one of {', '.join(POLICIES)}")
    if previous == label:
        raise UsageError(f"the release before is called {label} too", hint="give it another name")
    day = _day(issued, "--issued") if issued else _epoch(epoch) if epoch else _named(label)
    if day is None:
        raise UsageError(
            f"no date follows from the name {label!r}",
            hint="give one: --issued 2026-11-24, or SOURCE_DATE_EPOCH",
        )
    address = url or namespaces.node(f"release-{label}") + "/"
    if not re.match(r"https?://[^/]", address) or not address.endswith("/"):
        raise UsageError(
            "the address of a release is a web address that ends in a slash", where=address
        )
    _iri(address, "--url")
    said = about or About()
    return Release(label, day, namespaces, address, said, _policy(quotes), previous, site)


def read_about(path: Path) -> About:
    """What a publisher says of the data, from a TOML file with the keys of `About`.

    Raises:
        UsageError: if the file cannot be read, has other keys, or a value does not fit its key.
    """
    try:
        loaded = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"this is no TOML: {error}", where=str(path)) from error
    return about_from(loaded, str(path))


def about_from(values: Mapping[str, object], where: str = "") -> About:
    """An `About` from its keys and values.

    Raises:
        UsageError: if a key is unknown or a value does not fit it; `where` names the place.
    """
    known = {each.name for each in fields(About)}
    found: dict[str, object] = {}
    for key, value in values.items():
        if key not in known:
            raise UsageError(f"no key {key!r}", where=where, hint=f"one of {', '.join(known)}")
        several = key in ("creators", "keywords")
        if several and isinstance(value, list | tuple):
            if not all(isinstance(each, str) and each.strip() for each in value):
                raise UsageError(f"{key}: each is a text that is not empty", where=where)
            found[key] = tuple(value)
        elif not several and isinstance(value, str) and value.strip():
            found[key] = value
        else:
            kind = "a list of texts" if several else "a text that is not empty"
            raise UsageError(f"{key}: this is {kind}", where=where)
        if key in ("publisher_iri", "license", "landing_page"):
            _iri(str(value), f"{where}: {key}" if where else key)
    return About(**found)  # type: ignore[arg-type]


def _policy(word: str) -> QuotePolicy:
    return next(each for each in POLICIES if each == word)


def _iri(text: str, where: str) -> None:
    try:
        iri_term(text)
    except RecordError as error:
        raise UsageError(error.message, where=f"{where} {text!r}", hint=error.hint) from error


def _epoch(seconds: str) -> str:
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            "it is no number of seconds since 1970", where=f"SOURCE_DATE_EPOCH={seconds}"
        ) from error


def _named(label: str) -> str | None:
    """The date that a label such as 2026.11 gives, or None."""
    found = _CALENDAR.fullmatch(label)
    if not found:
        return None
    parts = [part.zfill(2) for part in found.groups() if part]
    try:
        return _day("-".join(parts), "--release")
    except UsageError:
        return None


def _day(text: str, where: str) -> str:
    """A date of the precision it has, when there is such a date."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text)
    try:
        if not found:
            raise ValueError
        year, month, day = (int(part) if part else 1 for part in found.groups())
        date(year, month, day)
    except ValueError as error:
        raise UsageError("this is no date", where=f"{where} {text}", hint="2026-11-24") from error
    return text
