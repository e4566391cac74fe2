"""The page of a concept: its definition and place in its scheme, and who says what about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from comity.model import Concept
from comity.web.addresses import Place
from comity.web.charts import Columns, Facets, Heat, Tally, heat, tallies
from comity.web.holdings import ROOT, Holdings, measures
from comity.web.naming import Ref, others
from comity.web.views.common import (
    Outside,
    Rows,
    Titled,
    actor_heat,
    in_time,
    listed,
    outside,
)

MEASURES = 15
"""Measures that are listed."""
LATEST = 12
"""Statements on the page of a concept that is no area; areas have all of theirs."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A concept in the tree of its scheme, with its statements and those of narrower ones."""

    ref: Ref
    depth: int
    own: int
    below: int


@dataclass(frozen=True, slots=True)
class ConceptView:
    """Everything that a page of a concept shows. `below` counts narrower concepts too."""

    scheme: str
    code: str
    titled: Titled
    definition: str
    scope: str
    example: str
    alternatives: tuple[str, ...]
    deprecated: bool
    replaced_by: Ref | None
    broader: tuple[Ref, ...]
    tree: tuple[Branch, ...]
    own: int
    below: int
    documents: int
    actors: Heat
    years: Columns
    measures: tuple[Tally, ...]
    more_measures: int
    together: tuple[Tally, ...]
    outside: tuple[Outside, ...]
    rows: Rows


def concept_view(concept: Concept, holdings: Holdings) -> ConceptView:
    """What the page of a concept shows.

    Args:
        concept: The concept.
        holdings: What the graph holds.
    """
    names, background = holdings.names, holdings.background
    place = holdings.addresses.concept(concept.scheme, concept.code)
    statements = list(holdings.at(place))
    rows = listed(holdings.numbers(place), holdings, of=place)
    if concept.scheme != "area":
        rows = replace(rows, rows=rows.rows[:LATEST])
    name = names.concept(concept.scheme, concept.code)
    counted = Counter(
        codes
        for each in statements
        for codes in measures(each)
        if concept.scheme != "area" or codes[2] == concept.code
    )
    found = tallies(counted, names.measure)
    notes = background.notes.get(concept.iri, {})
    facet = _facet(concept)
    return ConceptView(
        concept.scheme,
        concept.code,
        Titled(name.text, name.language, others(concept.labels, names.language)),
        concept.definition or "",
        notes.get("scope", ""),
        notes.get("example", ""),
        tuple(
            sorted(
                label.text
                for label in concept.labels
                if label.role == "alt" and label.language == names.language
            )
        ),
        concept.deprecated,
        names.concept(concept.scheme, concept.replaced_by) if concept.replaced_by else None,
        tuple(names.concept(concept.scheme, code) for code in concept.broader),
        tuple(branches(place, holdings))[1:],
        len(statements),
        holdings.below.get(place, len(statements)),
        len({each.document for each in statements}),
        _by_actor(concept, holdings, facet),
        in_time(statements, facets=facet),
        found[:MEASURES],
        max(0, len(found) - MEASURES),
        _together(concept, holdings),
        outside(background.matches.get(concept.iri, ())),
        rows,
    )


def branches(top: Place, holdings: Holdings) -> Iterator[Branch]:
    """A concept and those below it as a tree, in order of names; one that comes again is not
    opened again.

    Args:
        top: The place of a concept; `ROOT` in the folder of a scheme for all of it.
        holdings: What the graph holds.
    """
    waiting = [(top, 0)]
    opened = set()
    while waiting:
        place, depth = waiting.pop()
        own = len(holdings.numbers(place))
        if place.name != ROOT:
            below = holdings.below.get(place, own)
            yield Branch(holdings.names.at(place), depth, own, below)
        if place not in opened:
            opened.add(place)
            narrower = reversed(holdings.narrower.get(place, ()))
            waiting.extend((each, depth + (place.name != ROOT)) for each in narrower)


def _facet(concept: Concept) -> Facets:
    """What finds the statements of a concept."""
    name = {"area": "only", "modality": "modality", "measure-type": "type"}.get(concept.scheme)
    return ((name, concept.code),) if name else ()


def _by_actor(concept: Concept, holdings: Holdings, facet: Facets) -> Heat:
    """Who acts, by modality; for a modality, by target area."""
    place = holdings.addresses.concept(concept.scheme, concept.code)
    if concept.scheme != "modality":
        return actor_heat(holdings.at(place), holdings, facet)
    counts = Counter(
        (actor, area)
        for each in holdings.at(place)
        for actor in dict.fromkeys(m.id for m in each.actors if m.id)
        for area in each.areas
    )
    return heat(
        counts,
        holdings.names.actor,
        lambda code: holdings.names.concept("area", code),
        columns=10,
        facets=lambda actor, area: (("actor", actor), ("only", area), *facet),
    )


def _together(concept: Concept, holdings: Holdings) -> tuple[Tally, ...]:
    """The areas that statements about an area name with it."""
    if concept.scheme != "area":
        return ()
    place = holdings.addresses.concept("area", concept.code)
    counts = Counter(a for s in holdings.at(place) for a in s.areas if a != concept.code)
    return tallies(counts, lambda code: holdings.names.concept("area", code))[:10]
