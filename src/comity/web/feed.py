"""The Atom feed of what changed (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

from comity.web.addresses import Addresses, quoted
from comity.web.naming import clip
from comity.web.views.general import Edition

MOST = 500
"""Entries of a feed; the rest is told of by their number."""
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class News(Protocol):
    """Something that changed, as a feed tells of it."""

    @property
    def id(self) -> str:
        """An IRI that no other entry has, in no other release."""

    @property
    def iri(self) -> str:
        """The IRI of what changed."""

    @property
    def title(self) -> str:
        """What happened to what, in a line of text."""

    @property
    def issued(self) -> str:
        """The date of the release, as precise as known."""

    @property
    def summary(self) -> str:
        """The particulars, in a sentence or two; may be empty."""


def feed(edition: Edition, news: Sequence[News], addresses: Addresses, language: str) -> str:
    """The feed of a release, as XML.

    Args:
        edition: The release; it is the last of the entries.
        news: What changed in it, the most important first.
        addresses: Where things have their pages.
        language: The language of titles and summaries.
    """
    updated = moment(edition.issued)
    entries = [_entry(each, edition, addresses) for each in news[:MOST]]
    left_out = f" {len(news) - MOST:,} more changes." if len(news) > MOST else ""
    entries.append(
        _lines(
            "entry",
            _element("id", edition.version),
            _element("title", f"{edition.title}: {edition.label}"),
            _element("updated", updated),
            _link("alternate", edition.address + "about.html"),
            _element("summary", edition.description + left_out),
        )
    )
    head = (
        _element("id", edition.dataset),
        _element("title", edition.title),
        _element("updated", updated),
        _link("self", edition.address + "feed.atom", "application/atom+xml"),
        _link("alternate", edition.address + "index.html", "text/html"),
        _link("license", edition.license),
        _lines("author", _element("name", edition.publisher)),
    )
    body = "\n".join((*head, *entries))
    name = f'feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(language)}"'
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{name}>\n{body}\n</feed>\n'


def moment(date: str) -> str:
    """The first moment of a day, month or year, as RFC 3339 has it.

    >>> moment("2026-11")
    '2026-11-01T00:00:00Z'
    """
    return "-".join([*date.split("-"), "01", "01"][:3]) + "T00:00:00Z"


def _entry(news: News, edition: Edition, addresses: Addresses) -> str:
    place = addresses.of(news.iri)
    address = edition.address + quoted(place.page) if place else news.iri
    parts = [
        _element("id", news.id),
        _element("title", clip(news.title, 200)),
        _element("updated", moment(news.issued or edition.issued)),
        _link("alternate", address),
    ]
    if news.summary:
        parts.append(_element("summary", clip(news.summary, 1000)))
    return _lines("entry", *parts)


def _link(relation: str, address: str, media_type: str | None = None) -> str:
    kind = f" type={quoteattr(media_type)}" if media_type else ""
    return f"<link rel={quoteattr(relation)}{kind} href={quoteattr(_fit(address))}/>"


def _lines(name: str, *parts: str) -> str:
    return "\n".join((f"<{name}>", *parts, f"</{name}>"))


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_fit(text))}</{name}>"


def _fit(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return _UNFIT.sub("\ufffd", text)
