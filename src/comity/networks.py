"""Networks of actors, measures and areas: one pass over the statements, as networkx graphs.

Nodes are prefixed names (``actor:CHN``, ``area:trade-secrets``), with `type`, `label`, `iri`
and, for actors, `kind`. An edge carries `weight` (the number of statements behind it),
`statements` (their ids, so that every edge can be read back to its passages) and the first and
last date on which they were made, where known.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from comity.dates import is_iso_date
from comity.errors import InputError, UnknownNameError, UsageError
from comity.model import Mention, Statement, Vocabulary
from comity.rdf.catalogue import measure_labels
from comity.rdf.namespaces import Namespaces, measure_iri, shorten

if TYPE_CHECKING:
    import networkx as nx

UNDERTAKINGS = ("commitment", "obligation", "prohibition", "report")
"""The modalities under which an actor undertakes a measure: to be urged is no undertaking."""

COOPERATION = frozenset({"cooperation", "agreement"})
"""The measure types, with their narrower ones, that are carried out with a counterpart."""

Edges = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Filters:
    """Which statements count; rejected and refused ones never do.

    Attributes:
        modality: Codes; None for those the projection takes by default.
        areas: Codes; narrower areas are included. None for all.
        since: The first date that counts, ``2019``, ``2019-04`` or ``2019-04-26``.
        until: The last date that counts.
        min_confidence: The least confidence, from 0 to 1.
    """

    modality: Collection[str] | None = None
    areas: Collection[str] | None = None
    since: str | None = None
    until: str | None = None
    min_confidence: float = 0.0

    def check(self, vocabulary: Vocabulary) -> None:
        """Refuse codes and dates that do not exist.

        Raises:
            UnknownNameError: When a modality or area is not in the vocabulary.
            UsageError: When a date is none of the calendar.
        """
        for scheme, codes in (("modality", self.modality), ("area", self.areas)):
            for code in codes or ():
                if (scheme, code) not in vocabulary.concepts:
                    known = ", ".join(vocabulary.scheme(scheme))
                    raise UnknownNameError(f"there is no {scheme} {code!r}", hint=f"one of {known}")

        for name, limit in (("since", self.since), ("until", self.until)):
            if limit is not None and not is_iso_date(limit):
                raise UsageError(
                    f"{limit!r} is no date of the calendar",
                    where=name,
                    hint="write YYYY, YYYY-MM or YYYY-MM-DD",
                )

    def dated(self, statement: Statement) -> bool:
        """Whether its date lies between the two; without a date it counts if none is asked."""
        if self.since is None and self.until is None:
            return True
        if statement.date is None or not statement.date[:1].isdigit():
            return False
        late = self.since is None or statement.date >= self.since[: len(statement.date)]
        return late and (self.until is None or statement.date[: len(self.until)] <= self.until)


@dataclass(frozen=True)
class _View:
    """A statement as a projection sees it: names of nodes only."""

    actors: tuple[str, ...]
    counterparts: tuple[str, ...]
    areas: tuple[str, ...]
    measures: tuple[tuple[str, str | None], ...]
    cooperates: bool


def _actor_area(view: _View) -> Edges:
    return product(view.actors, view.areas)


def _actor_measure(view: _View) -> Edges:
    return product(view.actors, (measure for measure, _ in view.measures))


def _cooperation(view: _View) -> Edges:
    return product(view.actors, view.counterparts) if view.cooperates else ()


def _area_area(view: _View) -> Edges:
    return combinations(view.areas, 2)


def _measure_area(view: _View) -> Edges:
    return ((measure, area) for measure, area in view.measures if area is not None)


@dataclass(frozen=True)
class Projection:
    """A kind of network: what its edges join, and how they follow from a statement."""

    name: str
    description: str
    edges: Callable[[_View], Edges]
    undertakings: bool = True
    directed: bool = False
    folded: bool = False
    """Whether actors are joined through the measures they share."""


PROJECTIONS: Mapping[str, Projection] = {
    p.name: p
    for p in (
        Projection("actor-area", "actors and the areas they engage in", _actor_area),
        Projection("actor-measure", "actors and the measures they undertake", _actor_measure),
        Projection(
            "actor-actor", "actors joined by the measures they share", _actor_measure, folded=True
        ),
        Projection(
            "cooperation",
            "actors and the counterparts with which they cooperate or agree, directed",
            _cooperation,
            directed=True,
        ),
        Projection(
            "area-area", "areas named by the same statement", _area_area, undertakings=False
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
) -> nx.Graph[Any]:
    """A network of the statements.

    ``actor-area`` and ``actor-measure`` have an edge for every actor and area or measure of a
    statement; ``actor-actor`` joins two actors by the measures that both undertake (`weight`
    is their number, `measures` their names); ``cooperation`` is directed from the actor to the
    counterpart; ``area-area`` joins areas that one statement names together.

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

    Returns:
        A `networkx.Graph`, or `DiGraph` for ``cooperation``. Nodes that start an edge come
        first; both parts, and the edges, are in sorted order.

    Raises:
        UnknownNameError: When there is no such projection, modality or area.
        UsageError: When `since` or `until` is no date.
    """
    if projection not in PROJECTIONS:
        raise UnknownNameError(
            f"no projection is named {projection!r}", hint=f"one of {', '.join(PROJECTIONS)}"
        )
    kind = PROJECTIONS[projection]
    first, last = (None if limit is None else str(limit) for limit in (since, until))
    filters = Filters(several(modality), several(areas), first, last, min_confidence)
    filters.check(vocabulary)
    names = _Names(vocabulary, namespaces or Namespaces())
    found: dict[tuple[str, str], list[Statement]] = {}
    for statement in _counting(statements, kind, filters):
        for pair in kind.edges(names.view(statement, filters)):
            if pair[0] != pair[1]:
                found.setdefault(pair, []).append(statement)
    rows = _folded(found) if kind.folded else {pair: _edge(s) for pair, s in found.items()}
    return _graph(kind, rows, names)


def several(words: Collection[str] | str | None) -> Collection[str] | None:
    """Words as a collection, where one word may stand alone.

    Args:
        words: Any number of words; None where none were given.

    >>> several("trade-secrets")
    ('trade-secrets',)
    """
    return (words,) if isinstance(words, str) else words


def _graph(
    kind: Projection, rows: Mapping[tuple[str, str], dict[str, Any]], names: _Names
) -> nx.Graph[Any]:
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


def _counting(
    statements: Iterable[Statement], kind: Projection, filters: Filters
) -> Iterable[Statement]:
    wanted = filters.modality
    if wanted is None and kind.undertakings:
        wanted = UNDERTAKINGS
    for statement in statements:
        if statement.negated or statement.review == "rejected":
            continue
        if wanted is not None and statement.modality not in wanted:
            continue
        if statement.confidence >= filters.min_confidence and filters.dated(statement):
            yield statement


def _edge(statements: Sequence[Statement]) -> dict[str, Any]:
    """The attributes of an edge, from the statements behind it."""
    values: dict[str, Any] = {
        "weight": len(statements),
        "statements": tuple(sorted(s.id for s in statements)),
    }
    dates = sorted(s.date for s in statements if s.date is not None)
    if dates:
        values |= {"first": dates[0], "last": dates[-1]}
    return values


def _folded(
    found: Mapping[tuple[str, str], list[Statement]],
) -> dict[tuple[str, str], dict[str, Any]]:
    """Actor–measure pairs as actor–actor pairs, through the measures they share."""
    holders: dict[str, list[str]] = {}
    for actor, measure in sorted(found):
        holders.setdefault(measure, []).append(actor)
    shared: dict[tuple[str, str], list[str]] = {}
    for measure, actors in sorted(holders.items()):
        for pair in combinations(actors, 2):
            shared.setdefault(pair, []).append(measure)
    rows = {}
    for pair, measures in shared.items():
        behind = {s.id: s for m in measures for actor in pair for s in found[actor, m]}
        rows[pair] = _edge(list(behind.values())) | {
            "weight": len(measures),
            "measures": tuple(measures),
        }
    return rows


class _Names:
    """Names and attributes of nodes, each looked up once."""

    def __init__(self, vocabulary: Vocabulary, namespaces: Namespaces) -> None:
        self._vocabulary = vocabulary
        self._namespaces = namespaces
        self._prefixes = namespaces.prefixes()
        self._cooperation = {
            code
            for code in vocabulary.scheme("measure-type")
            if COOPERATION & {code, *vocabulary.ancestors("measure-type", code)}
        }
        self._known: dict[tuple[str, ...], str] = {}
        self._attributes: dict[str, dict[str, Any]] = {}
        self._wordings: dict[str, Counter[str]] = {}

    def view(self, statement: Statement, filters: Filters) -> _View:
        """The nodes of a statement; areas outside the wanted ones left out."""
        areas = [a for a in statement.areas if self._wanted(a, filters.areas)]
        in_measures: list[str | None] = list(areas)
        if not statement.areas and filters.areas is None:
            in_measures = [None]
        return _View(
            self._actors(statement.actors) if in_measures else (),
            self._actors(statement.counterparts) if in_measures else (),
            tuple(sorted({self._concept("area", a) for a in areas})),
            tuple(
                (self._measure(statement, a), self._concept("area", a) if a is not None else None)
                for a in in_measures
            ),
            statement.measure_type in self._cooperation,
        )

    def attributes(self, node: str) -> dict[str, Any]:
        """Type, label, IRI and kind of a node; a candidate is labelled as texts name it most."""
        values = self._attributes[node]
        if node in self._wordings:
            words = self._wordings[node]
            return values | {"label": min(words, key=lambda word: (-words[word], word))}
        return values

    def _wanted(self, area: str, areas: Collection[str] | None) -> bool:
        if areas is None or area in areas:
            return True
        return bool(self._vocabulary.ancestors("area", area) & set(areas))

    def _actors(self, mentions: Sequence[Mention]) -> tuple[str, ...]:
        found = set()
        for mention in mentions:
            if mention.id is not None:
                node = self._actor(mention.id)
                found.add(node)
                if mention.id not in self._vocabulary.actors:
                    self._wordings.setdefault(node, Counter())[mention.text] += 1
        return tuple(sorted(found))

    def _actor(self, identifier: str) -> str:
        known = self._vocabulary.actors.get(identifier)
        iri = known.iri if known is not None else self._namespaces.actor(identifier)
        label = known.name() if known is not None else identifier
        kind = known.kind if known is not None else "Actor"
        return self._node(("actor", identifier), iri, type="actor", label=label, kind=kind)

    def _concept(self, scheme: str, code: str) -> str:
        concept = self._vocabulary.concepts.get((scheme, code))
        if concept is None:
            raise UsageError(f"the vocabulary has no {scheme} {code!r}")
        return self._node((scheme, code), concept.iri, type=scheme, label=concept.name())

    def _measure(self, statement: Statement, area: str | None) -> str:
        codes = (("measure-type", statement.measure_type), ("direction", statement.direction))
        for scheme, code in (*codes, *([("area", area)] if area is not None else [])):
            self._concept(scheme, code)
        iri = measure_iri(statement.measure_type, statement.direction, area)
        if ("measure", iri) in self._known:
            return self._known["measure", iri]
        parts = (statement.measure_type, statement.direction, area)
        label = measure_labels(parts, self._vocabulary)["en"]
        return self._node(("measure", iri), iri, type="measure", label=label)

    def _node(self, key: tuple[str, ...], iri: str, **values: str) -> str:
        if key not in self._known:
            node = self._known[key] = shorten(iri, self._prefixes)
            self._attributes[node] = {**values, "iri": iri}
        return self._known[key]


# -- files ----------------------------------------------------------------------------------

FILE_FORMATS = (".graphml", ".gexf", ".json", ".csv")


def write_network(graph: nx.Graph[Any], path: Path) -> None:
    """Write a network to a file, in the format that its ending names; same graph, same bytes.

    ``.graphml`` and ``.gexf`` are read by Gephi, Cytoscape, igraph and others; ``.json`` is
    networkx's node-link format; ``.csv`` is an edge list with the names of both ends. Lists
    are written as words joined by spaces.

    Args:
        graph: What `network` gave.
        path: The file.

    Raises:
        UsageError: When no format has that ending.
        InputError: When the file cannot be written.
    """
    form = path.suffix.lower()
    if form not in FILE_FORMATS:
        raise UsageError(
            f"no format for networks ends in {form!r}",
            where=str(path),
            hint=f"one of {', '.join(FILE_FORMATS)}",
        )
    flat = _flat(graph)
    try:
        with path.open("w", encoding="utf-8", newline="\n") as out:
            if form == ".csv":
                _write_edges(flat, out)
            elif form == ".json":
                out.write(_node_link(graph))
            else:
                out.write(_gexf(flat) if form == ".gexf" else _graphml(flat))
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=str(path)) from error


def _node_link(graph: nx.Graph[Any]) -> str:
    import networkx as nx

    data = nx.node_link_data(graph, edges="edges")
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _graphml(graph: nx.Graph[Any]) -> str:
    import networkx as nx

    return "".join(f"{line}\n" for line in nx.generate_graphml(graph))


def _gexf(graph: nx.Graph[Any]) -> str:
    """As networkx writes it, without the day on which it is written."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(graph)
    for meta in list(writer.xml.iter()):
        for child in [c for c in meta if c.tag.rpartition("}")[2] == "meta"]:
            meta.remove(child)
    return f"{writer}\n"


def _flat(graph: nx.Graph[Any]) -> nx.Graph[Any]:
    """A copy whose attributes are numbers and text only."""
    copy = graph.copy()
    for *_, values in (*copy.nodes(data=True), *copy.edges(data=True)):
        for key, value in values.items():
            if isinstance(value, tuple):
                values[key] = " ".join(value)
    return copy


def _write_edges(graph: nx.Graph[Any], out: IO[str]) -> None:
    keys = ("weight", "first", "last", "statements", "measures")
    used = [k for k in keys if any(k in values for *_, values in graph.edges(data=True))]
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["source", "source_label", "target", "target_label", *used])
    label = graph.nodes(data="label")
    for source, target, values in graph.edges(data=True):
        cells = [values.get(key, "") for key in used]
        rows.writerow([source, label[source], target, label[target], *cells])
