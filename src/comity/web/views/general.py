"""The pages about the whole: the home page, what the data set is, and what is no longer there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from comity.web.addresses import Place
from comity.web.charts import Columns, Heat, Tally, heat
from comity.web.holdings import ROOT, UNDATED, Holdings
from comity.web.naming import Ref
from comity.web.views.common import Rows, in_time
from comity.web.views.concept import branches
from comity.web.views.document import modalities
from comity.web.views.listing import latest

NEWEST = 8
"""Statements on the home page."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What the data are called, and what is said of them on every page.

    Args:
        title: What the data set is called.
        label: The name of the release.
        issued: Its date, as precise as known.
        license: The IRI of the licence of the data.
        publisher: Who publishes them.
        dataset: The IRI of the data set.
        version: The IRI of the release.
        address: Where the pages are served; ends in a slash.
        description: What the data are, in a sentence or two.
    """

    title: str
    label: str
    issued: str
    license: str
    publisher: str
    dataset: str
    version: str
    address: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything that the home page shows. `numbers` is what there is and how many."""

    numbers: tuple[tuple[str, int, Place], ...]
    first_year: str
    last_year: str
    picture: Heat
    years: Columns
    modalities: tuple[Tally, ...]
    latest: Rows


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the release: its name, the link to it, what it is, its type and size in bytes."""

    name: str
    path: str
    title: str
    media_type: str
    size: int


Downloads = tuple[tuple[str, tuple[Download, ...]], ...]
"""Roles, each with the files that have it."""


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change as the page about the release has it."""

    ref: Ref
    summary: str


@dataclass(frozen=True, slots=True)
class AboutView:
    """Everything that the page about the release shows; `downloads` by their role."""

    edition: Edition
    creators: tuple[str, ...]
    publisher_iri: str
    contact: str | None
    landing_page: str | None
    keywords: tuple[str, ...]
    quotes: str
    previous: str | None
    extractors: tuple[tuple[Ref, int], ...]
    reviewed: tuple[tuple[Ref, int], ...]
    open_texts: int
    documents: int
    downloads: Downloads
    changes: tuple[ShownChange, ...]
    more_changes: int


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """Everything that the page of something that is no longer there shows."""

    iri: str
    reason: str
    since: str
    replacements: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class NodeView:
    """Everything that the page of another node shows: its facts as they stand in the data."""

    iri: str
    facts: tuple[tuple[str, str, Ref | None], ...]
    rows: Rows | None = None


def home_view(holdings: Holdings) -> HomeView:
    """What the home page shows.

    Args:
        holdings: What the graph holds.
    """
    names = holdings.names
    counts = Counter(
        (actor, area)
        for each in holdings.statements
        for actor in dict.fromkeys(m.id for m in each.actors if m.id)
        for area in each.areas
    )
    events = sum(holdings.addresses.node(each) in holdings.described for each in holdings.events)
    years = [year for year in holdings.years() if year != UNDATED]
    return HomeView(
        (
            ("documents", len(holdings.documents), Place("", "documents")),
            ("statements", len(holdings.statements), Place("", "statements")),
            ("actors", len(holdings.actors()), Place("", "actors")),
            (
                "areas",
                len({each.ref for each in branches(Place("area", ROOT), holdings)}),
                Place("", "areas"),
            ),
            ("measures", len(holdings.measures()), Place("", "measures")),
            ("events", events, Place("", "events")),
        ),
        years[-1] if years else "",
        years[0] if years else "",
        heat(
            counts,
            names.actor,
            lambda code: names.concept("area", code),
            rows=14,
            columns=14,
            facets=lambda actor, area: (("actor", actor), ("only", area)),
        ),
        in_time(holdings.statements, whole=True),
        modalities(holdings.statements, holdings),
        latest(holdings, NEWEST),
    )
