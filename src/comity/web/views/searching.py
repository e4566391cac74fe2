"""The search page: what statements may be chosen by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from comity.web.addresses import Place
from comity.web.holdings import ROOT, Holdings
from comity.web.naming import Ref
from comity.web.views.common import MODALITIES
from comity.web.views.concept import branches

MOST = 200
"""Actors that may be chosen; others are found by their pages."""

Option = tuple[str, str, int]
"""Code, text and number of statements."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """What the form of the search page offers: facet to options."""

    facets: tuple[tuple[str, tuple[Option, ...]], ...]


def search_view(holdings: Holdings) -> SearchView:
    """What the form of the search page offers.

    Args:
        holdings: What the graph holds.
    """
    names = holdings.names
    acting = Counter(
        id_
        for each in holdings.statements
        for id_ in dict.fromkeys(mention.id for mention in each.actors if mention.id)
    )
    chosen = [id_ for id_, _ in sorted(acting.items(), key=lambda p: (-p[1], p[0]))[:MOST]]
    chosen.sort(key=lambda id_: (names.actor(id_).text.casefold(), id_))
    actors = tuple((id_, names.actor(id_).text, acting[id_]) for id_ in chosen)
    areas = tuple(
        (each.ref.code, "\u2003" * each.depth + each.ref.text, each.below)
        for each in branches(Place("area", ROOT), holdings)
        if each.below
    )
    years = tuple((year, year, _count(holdings, "statements", year)) for year in holdings.years())
    order = {code: place for place, code in enumerate(MODALITIES)}
    modalities = sorted(
        _options(holdings, "modality"), key=lambda o: (order.get(o[0], len(order)), o)
    )
    kinds = sorted(_options(holdings, "measure-type"), key=lambda option: option[1].casefold())
    return SearchView(
        (
            ("actor", actors),
            ("area", areas),
            ("type", tuple(kinds)),
            ("modality", tuple(modalities)),
            ("year", years),
        )
    )


def _options(holdings: Holdings, scheme: str) -> list[Option]:
    places = [place for place in holdings.pages(scheme) if holdings.numbers(place)]
    refs: list[tuple[Ref, Place]] = [(holdings.names.at(place), place) for place in places]
    return [(ref.code, ref.text, len(holdings.numbers(place))) for ref, place in refs]


def _count(holdings: Holdings, folder: str, name: str) -> int:
    return len(holdings.numbers(Place(folder, name)))
