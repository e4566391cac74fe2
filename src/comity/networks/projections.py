"""Projections: what a network joins, and how its edges follow from the statements."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from comity.errors import UnknownNameError
from comity.model import Document, Statement, Vocabulary
from comity.networks.filters import Filters
from comity.networks.nodes import Names, View, stance
from comity.networks.weights import (
    QUALIFIERS,
    Cell,
    Pair,
    Part,
    Row,
    Weighting,
    direct,
    folded,
    key_of,
)
from comity.rdf.namespaces import Namespaces

if TYPE_CHECKING:
    import networkx as nx

Edges = Iterable[Pair]


def _actor_area(view: View) -> Edges:
    return product(view.actors, view.areas)


def _actor_measure(view: View) -> Edges:
    return product(view.actors, (measure for measure, _ in view.measures))


def _actor_issue(view: View) -> Edges:
    return product(view.actors, view.issues)


def _actor_event(view: View) -> Edges:
    return product(view.actors, (view.event,) if view.event is not None else ())


def _measure_actor(view: View) -> Edges:
    return product((measure for measure, _ in view.measures), view.actors)


def _cooperation(view: View) -> Edges:
    return product(view.actors, view.counterparts) if view.cooperates else ()


def _area_area(view: View) -> Edges:
    return combinations(view.areas, 2)


def _measure_area(view: View) -> Edges:
    return ((measure, area) for measure, area in view.measures if area is not None)


@dataclass(frozen=True)
class Projection:
    """A kind of network: what its edges join, and how they follow from a statement.

    Attributes:
        name: What it is called by.
        description: What it joins.
        edges: The pairs that a statement joins.
        undertakings: Whether only undertakings count unless modalities are asked for.
        directed: Whether its edges have a direction.
        shared: The attribute that lists what two nodes share, where the nodes that start pairs
            are joined through the ends that they share; None where the pairs are the edges.
        alike: The nodes of a statement, where pairs join nodes of one type as they stand.
        sided: Whether a pair keeps the side that its statements take, and negated ones count.
        qualifiers: The qualifiers that it knows.
    """

    name: str
    description: str
    edges: Callable[[View], Edges]
    undertakings: bool = True
    directed: bool = False
    shared: str | None = None
    alike: Callable[[View], Iterable[str]] | None = None
    sided: bool = False
    qualifiers: tuple[str, ...] = ("ignore",)

    @property
    def folded(self) -> bool:
        """Whether nodes are joined through what they share."""
        return self.shared is not None


PROJECTIONS: Mapping[str, Projection] = {
    p.name: p
    for p in (
        Projection("actor-area", "actors and the areas they engage in", _actor_area),
        Projection("actor-measure", "actors and the measures they undertake", _actor_measure),
        Projection(
            "actor-issue",
            "actors and the issues, measure type and area, that they are for or against",
            _actor_issue,
            sided=True,
            qualifiers=("ignore", "subtract", "combine"),
        ),
        Projection("actor-event", "actors and the events at which they undertake", _actor_event),
        Projection(
            "actor-actor",
            "actors joined by the measures they share",
            _actor_measure,
            shared="measures",
            qualifiers=QUALIFIERS,
        ),
        Projection(
            "cooperation",
            "actors and the counterparts with which they cooperate or agree, directed",
            _cooperation,
            directed=True,
        ),
        Projection(
            "area-area",
            "areas named by the same statement",
            _area_area,
            undertakings=False,
            alike=lambda view: view.areas,
        ),
        Projection(
            "measure-measure",
            "measures joined by the actors that undertake both",
            _measure_actor,
            shared="actors",
        ),
        Projection(
            "measure-area", "measures and their target areas", _measure_area, undertakings=False
        ),
    )
}


def network(
    statements: Iterable[Statement],
    projection: str,
    *,
    vocabulary: Vocabulary,
    namespaces: Namespaces | None = None,
    modality: Collection[str] | str | None = None,
    areas: Collection[str] | str | None = None,
    since: str | int | date | None = None,
    until: str | int | date | None = None,
    min_confidence: float = 0.0,
    review: Collection[str] | str | None = None,
    duplicates: str | None = None,
    qualifier: str = "ignore",
    normalise: str = "no",
    documents: Iterable[Document] = (),
) -> nx.Graph[Any]:
    """A network of the statements; `PROJECTIONS` says what each projection joins.

    Args:
        statements: The statements, linked.
        projection: One of `PROJECTIONS`.
        vocabulary: Names of actors and concepts.
        namespaces: Where data IRIs live.
        modality: Codes of the modalities that count, or one code. By default the four by which
            an actor undertakes something, for projections that say what actors do, else all.
        areas: Only these areas (codes, or one code) and narrower ones.
        since: Only statements from this date on: a year, a month or a day.
        until: Only statements up to this date.
        min_confidence: Only statements at least as sure.
        review: Codes of the review statuses that count, or one; by default all but ``rejected``.
        duplicates: See `comity.networks.weights.Weighting`. By default ``once`` where nodes are
            joined by what they share, so that a weight is the number of things shared, else
            ``all``.
        qualifier: See `comity.networks.weights.Weighting`.
        normalise: See `comity.networks.weights.Weighting`.
        documents: The documents of the statements; they tell the year of events.

    Returns:
        A `networkx.Graph`, or `DiGraph` for ``cooperation``. Nodes that start an edge come
        first; both parts, and the edges, are in sorted order. Edges of weight 0 are left out.

    Raises:
        UnknownNameError: When there is no such projection, modality, area, status or option.
        UsageError: When `since` or `until` is no date, or an option does not fit.
    """
    if projection not in PROJECTIONS:
        raise UnknownNameError(
            f"no projection is named {projection!r}", hint=f"one of {', '.join(PROJECTIONS)}"
        )
    kind = PROJECTIONS[projection]
    filters = Filters.of(modality, areas, since, until, min_confidence, review)
    filters.check(vocabulary)
    weighting = Weighting(duplicates or ("once" if kind.folded else "all"), qualifier, normalise)
    weighting.check(projection, kind.qualifiers, one_mode=kind.folded or kind.alike is not None)
    names = Names(vocabulary, namespaces or Namespaces(), {d.id: d for d in documents})
    graph = _made(statements, kind, filters, weighting, names)
    asked = {"duplicates": duplicates, "qualifier": qualifier, "normalise": normalise}
    graph.graph.update((k, v) for k, v in asked.items() if v not in (None, "ignore", "no"))
    return graph


def _made(
    statements: Iterable[Statement],
    kind: Projection,
    filters: Filters,
    weighting: Weighting,
    names: Names,
) -> nx.Graph[Any]:
    found = _collect(statements, kind, filters, weighting, names)
    graph = _graph(kind, _rows(kind, found, weighting), names)
    if found.sideless is not None:
        graph.graph["left_out"] = found.sideless
    if kind.folded and weighting.qualifier != "ignore":
        graph.graph["description"] = "actors joined by the sides they take on issues"
    return graph


@dataclass
class _Found:
    """What one pass over the statements collects."""

    cells: dict[Pair, Cell]
    activity: dict[str, set[object]]
    sideless: int | None
    """How many statements tell no side, where sides are compared; else None."""


def _collect(
    statements: Iterable[Statement],
    kind: Projection,
    filters: Filters,
    weighting: Weighting,
    names: Names,
) -> _Found:
    compares = weighting.qualifier != "ignore" and kind.folded
    sided = compares or kind.sided
    edges = _actor_issue if compares else kind.edges
    key = key_of(weighting.duplicates)
    found = _Found({}, {}, 0 if sided else None)
    counting = filters.counting(statements, undertakings=kind.undertakings, negated=sided)
    for number, statement in enumerate(counting):
        side = stance(statement) if sided else 0
        if sided and side == 0:
            found.sideless = (found.sideless or 0) + 1
            continue
        view = names.view(statement, filters.areas)
        for node in kind.alike(view) if kind.alike is not None else ():
            found.activity.setdefault(node, set()).add(key(number, statement))
        for pair in edges(view):
            if pair[0] != pair[1]:
                cell = found.cells.setdefault(pair, {})
                cell.setdefault(side, Part()).add(key(number, statement), statement)
    return found


def _rows(kind: Projection, found: _Found, weighting: Weighting) -> dict[Pair, Row]:
    if kind.shared is not None:
        shared = kind.shared if weighting.qualifier == "ignore" else "issues"
        return folded(found.cells, weighting, shared)
    if kind.alike is not None:
        activity = {node: len(keys) for node, keys in found.activity.items()}
        return direct(found.cells, weighting, activity)
    return direct(found.cells, weighting)


def _graph(kind: Projection, rows: Mapping[Pair, Row], names: Names) -> nx.Graph[Any]:
    """The rows as a graph, in an order that does not depend on that of the statements."""
    import networkx as nx

    graph: nx.Graph[Any] = nx.DiGraph() if kind.directed else nx.Graph()
    graph.graph.update(name=kind.name, description=kind.description)
    sources = sorted({source for source, _ in rows})
    for node in dict.fromkeys([*sources, *sorted(target for _, target in rows)]):
        graph.add_node(node, **names.attributes(node))
    for (source, target), values in sorted(rows.items()):
        graph.add_edge(source, target, **values)
    return graph
