"""The page of a measure: what it is made of, who says so, and measures like it."""

from __future__ import annotations

from dataclasses import dataclass

from comity.model import Label
from comity.rdf.catalogue import measure_labels
from comity.web.charts import Columns, Heat, Tally, tallies
from comity.web.holdings import Holdings
from comity.web.naming import Codes, Ref
from comity.web.views.common import Rows, Titled, actor_heat, in_time, listed

ALIKE = 8
"""Measures like this one that are listed, of each kind."""


@dataclass(frozen=True, slots=True)
class MeasureView:
    """Everything that a page of a measure shows.

    `otherwise` are measures on the same area, `elsewhere` the same measure on other areas.
    """

    titled: Titled
    measure_type: Ref
    direction: Ref
    area: Ref | None
    definitions: tuple[tuple[Ref, str], ...]
    total: int
    negated: int
    documents: int
    actors: Heat
    years: Columns
    otherwise: tuple[Tally, ...]
    elsewhere: tuple[Tally, ...]
    rows: Rows


def measure_view(codes: Codes, holdings: Holdings) -> MeasureView:
    """What the page of a measure shows.

    Args:
        codes: Its measure type, direction, and area or None.
        holdings: What the graph holds.
    """
    names = holdings.names
    kind, direction, area = codes
    place = holdings.addresses.measure(*codes)
    statements = list(holdings.at(place))
    name = names.measure(codes)
    labels = measure_labels(codes, holdings.vocabulary)
    shown = name.language or names.language
    parts = [("direction", direction), ("measure-type", kind), *([("area", area)] if area else [])]
    defined = [(names.concept(*key), holdings.vocabulary.concepts[key]) for key in parts]
    facet = (("measure", place.name),)
    return MeasureView(
        Titled(
            name.text,
            name.language,
            tuple(Label(text, tag) for tag, text in sorted(labels.items()) if tag != shown),
        ),
        names.concept("measure-type", kind),
        names.concept("direction", direction),
        names.concept("area", area) if area else None,
        tuple((ref, concept.definition or "") for ref, concept in defined),
        len(statements),
        sum(each.negated for each in statements),
        len({each.document for each in statements}),
        actor_heat(statements, holdings, facet),
        in_time(statements, facets=facet),
        _like(codes, codes[2:], holdings),
        _like(codes, codes[:2], holdings),
        listed(holdings.numbers(place), holdings, of=place),
    )


def _like(codes: Codes, shared: tuple[str | None, ...], holdings: Holdings) -> tuple[Tally, ...]:
    """The measures that share some codes with this one."""
    alike = holdings.measures_like.get(shared, ())
    counts = {each: holdings.measure_counts[each] for each in alike if each != codes}
    return tallies(counts, holdings.names.measure)[:ALIKE]
