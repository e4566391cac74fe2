"""Measures of a network and its nodes, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comity.networks.brokerage import brokerage
from comity.networks.engines import Column, choose, columns, quality
from comity.networks.plain import Plain

if TYPE_CHECKING:
    import networkx as nx

_DIGITS = 9
_ORDER = (
    "betweenness",
    "closeness",
    "eigenvector",
    "pagerank",
    "constraint",
    "core",
    "clustering",
    "community",
)
_WHOLE = frozenset({"core", "community"})


@dataclass(frozen=True)
class Measures:
    """A network in numbers.

    Attributes:
        nodes: A row a node, with equal keys; the strongest first.
        whole: The network as a whole.
    """

    nodes: list[dict[str, Any]]
    whole: dict[str, Any]


def network_measures(
    graph: nx.Graph[Any], *, engine: str = "auto", communities: str = "louvain"
) -> Measures:
    """Centralities, communities and brokerage of a network. `docs/networks.md` defines each.

    Weights are strengths of ties: PageRank, eigenvector, constraint and communities use them;
    paths are counted in steps. Edges whose weight is not above 0 are left out. Values are rounded
    to nine digits, so that both engines give the same; communities may differ between them where
    several divisions are about as good.

    Args:
        graph: What `comity.networks.network` gave, or any networkx graph with weights.
        engine: ``networkx``, ``igraph``, or ``auto``: igraph if it is installed and the network
            has more than 1,000 nodes or 10,000 edges.
        communities: ``louvain`` (Blondel et al. 2008; the seed is fixed) or ``greedy`` (Clauset,
            Newman and Moore 2004).

    Raises:
        UnknownNameError: When there is no such engine or way to find communities.
        MissingExtraError: When igraph is asked for and not installed.
    """
    plain = Plain.of(graph)
    chosen = choose(engine, plain)
    found = columns(plain, chosen, communities) if plain.nodes else {}
    degrees = _degrees(plain)
    actors = all(graph.nodes[node].get("type") == "actor" for node in plain.nodes)
    kinds = [graph.nodes[node].get("kind") for node in plain.nodes]
    roles = brokerage(plain, kinds) if actors and plain.nodes else [{} for _ in plain.nodes]
    rows = []
    for place, node in enumerate(plain.nodes):
        known = {key: graph.nodes[node].get(key) for key in ("label", "type", "kind")}
        row: dict[str, Any] = {"node": node, **known}
        row |= {name: column[place] for name, column in degrees.items()}
        row |= {name: _rounded(found[name][place], name) for name in _ORDER}
        rows.append(row | roles[place])
    rows.sort(key=lambda row: (-row["weighted_degree"], str(row["node"])))
    whole = _whole(graph, plain, found.get("community", []))
    return Measures(rows, whole | {"engine": chosen, "edges_left_out": plain.dropped})


def _rounded(value: float | None, name: str) -> float | int | None:
    if value is None:
        return None
    return int(value) if name in _WHOLE else round(value, _DIGITS) + 0.0


def _degrees(plain: Plain) -> dict[str, list[Any]]:
    targets, sources = plain.neighbours()
    size = range(len(plain.nodes))
    found: dict[str, list[Any]] = {"degree": [len(tie) for tie in plain.ties]}
    if plain.directed:
        found["in_degree"] = [len(sources[n]) for n in size]
        found["out_degree"] = [len(targets[n]) for n in size]
    strength = [sum(tie[o] for o in sorted(tie)) for tie in plain.ties]
    found["weighted_degree"] = [s if isinstance(s, int) else round(s, _DIGITS) for s in strength]
    return found


def _whole(graph: nx.Graph[Any], plain: Plain, community: Column) -> dict[str, Any]:
    size, edges = len(plain.nodes), len(plain.edges)
    components = plain.components()
    found: dict[str, Any] = {
        "projection": graph.graph.get("name"),
        "nodes": size,
        "edges": edges,
        "density": _round(edges / possible) if (possible := _possible(graph, plain)) else None,
        "components": len(components),
        "largest_component": len(components[0]) if components else 0,
        "reciprocity": None,
        "centralization": _round(_centralization(plain)),
        "communities": len(set(community)),
        "modularity": _round(quality(plain, community)),
    }
    if plain.directed and edges:
        there = {(a, b) for a, b, _ in plain.edges}
        found["reciprocity"] = _round(sum((b, a) in there for a, b in there) / edges)
    return found


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS) + 0.0


def _possible(graph: nx.Graph[Any], plain: Plain) -> int:
    """How many edges there could be: between the two types of nodes, if none joins one type."""
    types = [graph.nodes[node].get("type") for node in plain.nodes]
    size = len(types)
    parts = sorted(types.count(name) for name in set(types))
    if len(parts) == 2 and all(types[a] != types[b] for a, b, _ in plain.edges):
        return parts[0] * parts[1]
    return size * (size - 1) // (1 if plain.directed else 2)


def _centralization(plain: Plain) -> float | None:
    """By degree without direction (Freeman 1979): 1 for a star, 0 where all are alike."""
    size = len(plain.nodes)
    if size < 3:
        return None
    degrees = [len(tie) for tie in plain.ties]
    return sum(max(degrees) - degree for degree in degrees) / ((size - 1) * (size - 2))
