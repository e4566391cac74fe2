"""The feed of changes, read as XML."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree
from tests.strategies import VOCABULARY
from tests.web_pages import EDITION, SPACES

from comity.web.addresses import Addresses
from comity.web.feed import MOST, feed

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESSES = Addresses(VOCABULARY, SPACES)


@dataclass(frozen=True)
class Change:
    """Something that changed."""

    id: str
    iri: str
    title: str
    issued: str = ""
    summary: str = ""


def read(news: list[Change]) -> etree._Element:
    """The feed of some changes, parsed."""
    return etree.fromstring(feed(EDITION, news, ADDRESSES, "en").encode())


def test_a_release_without_one_before_has_one_entry() -> None:
    """The entry is the release itself, under the IRI of its version, with its day."""
    root = read([])
    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == EDITION.version
    assert entry.findtext(f"{ATOM}updated") == "2026-11-24T00:00:00Z"
    assert root.findtext(f"{ATOM}id") == EDITION.dataset
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == "https://example.org/site/feed.atom"


def test_a_change_leads_to_its_page() -> None:
    """What has a page is linked there, what has none by its IRI; a month begins on its first."""
    known = Change("https://w3id.org/comity/id/x#1", "https://w3id.org/comity/actor/CHN", "China")
    other = Change("https://w3id.org/comity/id/x#2", "https://example.org/x", "X", "2026-10", "why")
    entries = read([known, other]).findall(f"{ATOM}entry")
    links = [entry.find(f"{ATOM}link").get("href") for entry in entries]
    assert links[:2] == ["https://example.org/site/actor/CHN.html", "https://example.org/x"]
    assert entries[1].findtext(f"{ATOM}updated") == "2026-10-01T00:00:00Z"
    assert entries[1].findtext(f"{ATOM}summary") == "why"


def test_hostile_words_stay_text() -> None:
    """Markup, quotation marks and characters that XML lacks do not break the feed."""
    text = '<script>alert(1)</script> ]]> & " \x00 \ufffe'
    entry = read([Change('urn:x"><b>', 'https://example.org/"onload="x', text)])[0:]
    titles = [each.findtext(f"{ATOM}title") for each in entry if each.tag == f"{ATOM}entry"]
    assert titles[0] == text.replace("\x00", "\ufffd").replace("\ufffe", "\ufffd")


def test_a_feed_is_not_endless() -> None:
    """Of very many changes the first are told, and how many more there are."""
    news = [Change(f"urn:{n}", "urn:x", f"change {n}") for n in range(MOST + 7)]
    entries = read(news).findall(f"{ATOM}entry")
    assert len(entries) == MOST + 1
    assert entries[-1].findtext(f"{ATOM}summary").endswith("7 more changes.")
