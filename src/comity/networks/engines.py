"""The same measures by networkx, or by igraph where networks are large."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from comity.errors import MissingExtraError, UnknownNameError
from comity.networks.plain import Plain

if TYPE_CHECKING:
    import igraph
    import networkx as nx

ENGINES = ("auto", "networkx", "igraph")
COMMUNITIES = ("louvain", "greedy")
LARGE = 1_000
"""The number of nodes, and a tenth of that of edges, above which ``auto`` takes igraph."""

SEED = 20190426
_DAMPING = 0.85
_TOLERANCE = 1e-12
Column = list[float | None]


def choose(engine: str, plain: Plain) -> str:
    """The engine for a network: ``networkx`` or ``igraph``.

    Args:
        engine: One of `ENGINES`.
        plain: The network.

    Raises:
        UnknownNameError: When there is no such engine.
        MissingExtraError: When igraph is asked for and not installed.
    """
    if engine not in ENGINES:
        raise UnknownNameError(
            f"there is no engine {engine!r}", hint=f"one of {', '.join(ENGINES)}"
        )
    installed = find_spec("igraph") is not None
    if engine == "igraph" and not installed:
        raise MissingExtraError("this needs igraph", hint="pip install 'comity[igraph]'")
    if engine == "auto":
        large = len(plain.nodes) > LARGE or len(plain.edges) > 10 * LARGE
        return "igraph" if large and installed else "networkx"
    return engine


def columns(plain: Plain, engine: str, communities: str) -> dict[str, Column]:
    """Centralities and communities, in the order of the nodes.

    Paths are counted in steps, since weights are strengths and not lengths, and follow the
    direction of edges; what is said of ties and neighbours leaves direction out.

    Args:
        plain: The network.
        engine: ``networkx`` or ``igraph``.
        communities: One of `COMMUNITIES`.

    Raises:
        UnknownNameError: When there is no such way to find communities.
    """
    if communities not in COMMUNITIES:
        raise UnknownNameError(
            f"there is no way {communities!r} to find communities",
            hint=f"one of {', '.join(COMMUNITIES)}",
        )
    by = _by_igraph if engine == "igraph" else _by_networkx
    found = by(plain, communities)
    found["pagerank"] = list(pagerank(plain)) if engine != "igraph" else found["pagerank"]
    found["constraint"] = [constraint(plain, node) for node in range(len(plain.nodes))]
    return found


# -- by hand --------------------------------------------------------------------------------


def pagerank(plain: Plain) -> list[float]:
    """PageRank with damping 0.85, by weights; nodes without an end give to all alike.

    Brin, S. and Page, L. (1998), by the power method, to 1e-12 in all.
    """
    size = len(plain.nodes)
    links: list[list[tuple[int, float]]] = [[] for _ in range(size)]
    for a, b, weight in plain.edges:
        links[a].append((b, weight))
        if not plain.directed:
            links[b].append((a, weight))
    strength = [sum(weight for _, weight in each) for each in links]
    rank = [1 / size] * size
    for _ in range(1_000):
        dangling = sum(rank[node] for node in range(size) if not strength[node])
        new = [(1 - _DAMPING + _DAMPING * dangling) / size] * size
        for node, each in enumerate(links):
            for other, weight in each:
                new[other] += _DAMPING * rank[node] * weight / strength[node]
        change = sum(abs(a - b) for a, b in zip(rank, new, strict=True))
        rank = new
        if change < _TOLERANCE:
            break
    return rank


def constraint(plain: Plain, node: int) -> float | None:
    """How little a node's neighbours leave it between them; None for a node without one.

    Burt, R. S. (2004), Structural holes and good ideas: the sum over neighbours of the squared
    share of ties that go to each, directly or through another neighbour.
    """
    strength = {n: sum(plain.ties[n].values()) for n in (node, *plain.ties[node])}
    if not plain.ties[node]:
        return None
    share = {n: weight / strength[node] for n, weight in plain.ties[node].items()}
    total = 0.0
    reached = dict(share)
    for between, part in share.items():
        for other, weight in plain.ties[between].items():
            if other in share:
                reached[other] += part * weight / strength[between]
    for part in reached.values():
        total += part * part
    return total


# -- networkx -------------------------------------------------------------------------------


def _by_networkx(plain: Plain, communities: str) -> dict[str, Column]:
    import networkx as nx

    graph: nx.Graph[int] = nx.DiGraph() if plain.directed else nx.Graph()
    graph.add_nodes_from(range(len(plain.nodes)))
    graph.add_weighted_edges_from(plain.edges)
    ties = _ties(plain)
    if communities == "louvain":
        groups: Iterable[Iterable[int]] = nx.community.louvain_communities(ties, seed=SEED)
    else:
        groups = nx.community.greedy_modularity_communities(ties, "weight") if ties.edges else ()
    order = range(len(plain.nodes))
    parts: dict[str, Any] = {
        "betweenness": nx.betweenness_centrality(graph),
        "closeness": nx.closeness_centrality(graph),
        "core": nx.core_number(ties),
        "clustering": nx.clustering(ties),
    }
    found: dict[str, Column] = {name: [part[n] for n in order] for name, part in parts.items()}
    found["eigenvector"] = _eigenvector(plain)
    found["community"] = _numbered(groups, len(plain.nodes))
    return found


def _ties(plain: Plain) -> nx.Graph[int]:
    import networkx as nx

    ties: nx.Graph[int] = nx.Graph()
    ties.add_nodes_from(range(len(plain.nodes)))
    for a, tie in enumerate(plain.ties):
        ties.add_weighted_edges_from((a, b, weight) for b, weight in tie.items() if a < b)
    return ties


def _eigenvector(plain: Plain) -> Column:
    """On the largest component, 0 elsewhere: its values have the length 1 together."""
    import numpy as np

    largest = plain.components()[0] if plain.nodes else []
    values: Column = [0.0] * len(plain.nodes)
    if len(largest) < 2:
        return values
    place = {node: n for n, node in enumerate(largest)}
    if len(largest) <= LARGE:
        matrix = np.zeros((len(largest), len(largest)))
        for node in largest:
            for other, weight in plain.ties[node].items():
                matrix[place[node], place[other]] = weight
        vector = np.abs(np.linalg.eigh(matrix)[1][:, -1])
    else:
        found = _power(plain, largest, place)
        if found is None:
            return [None] * len(plain.nodes)
        vector = np.array(found)
    for node, value in zip(largest, vector / np.linalg.norm(vector), strict=True):
        values[node] = float(value)
    return values


def _power(plain: Plain, largest: Sequence[int], place: dict[int, int]) -> list[float] | None:
    """The main eigenvector of ties plus their mean strength, or None if 2,000 steps are too few."""
    import numpy as np

    ends = [(place[a], place[b], w) for a in largest for b, w in plain.ties[a].items()]
    rows, others, weights = (np.array(each) for each in zip(*ends, strict=True))
    vector = np.full(len(largest), len(largest) ** -0.5)
    shift = weights.sum() / len(largest)
    for _ in range(2_000):
        new = shift * vector + np.bincount(rows, weights * vector[others], len(largest))
        new /= np.linalg.norm(new)
        if np.abs(new - vector).sum() < _TOLERANCE * len(largest):
            return [float(value) for value in new]
        vector = new
    return None


# -- igraph ---------------------------------------------------------------------------------


def _by_igraph(plain: Plain, communities: str) -> dict[str, Column]:
    import igraph

    size = len(plain.nodes)
    graph = igraph.Graph(size, [edge[:2] for edge in plain.edges], directed=plain.directed)
    graph.es["weight"] = [edge[2] for edge in plain.edges]
    pairs = [(a, b, w) for a, tie in enumerate(plain.ties) for b, w in tie.items() if a < b]
    ties = igraph.Graph(size, [pair[:2] for pair in pairs])
    ties.es["weight"] = [pair[2] for pair in pairs]
    possible = (size - 1) * (size - 2) / (1 if plain.directed else 2)
    largest = plain.components()[0] if size else []
    found: dict[str, Column] = {
        "betweenness": [value / possible if possible > 0 else 0.0 for value in graph.betweenness()],
        "closeness": _igraph_closeness(graph),
        "core": list(ties.coreness()),
        "clustering": list(ties.transitivity_local_undirected(mode="zero")),
        "pagerank": graph.pagerank(damping=_DAMPING, weights="weight") if size else [],
        "eigenvector": [0.0] * size,
    }
    if len(largest) > 1:
        part = ties.induced_subgraph(largest)
        values = part.eigenvector_centrality(weights="weight", scale=False)
        length = sum(value * value for value in values) ** 0.5
        for node, value in zip(largest, values, strict=True):
            found["eigenvector"][node] = value / length
    found["community"] = _numbered(_igraph_communities(ties, communities), size)
    return found


def _igraph_closeness(graph: igraph.Graph) -> Column:
    """As networkx has it: by the distances to a node, times the share of nodes that reach it."""
    size = graph.vcount()
    reaching = graph.neighborhood_size(order=size, mode="in") if size else []
    values = graph.closeness(mode="in", normalized=True) if size else []
    return [
        value * (reach - 1) / (size - 1) if reach > 1 else 0.0
        for value, reach in zip(values, reaching, strict=True)
    ]


def _igraph_communities(ties: igraph.Graph, communities: str) -> list[list[int]]:
    import igraph

    if not ties.ecount():
        return [[node] for node in range(ties.vcount())]
    if communities == "greedy":
        return list(ties.community_fastgreedy(weights="weight").as_clustering())
    igraph.set_random_number_generator(random.Random(SEED))
    try:
        return list(ties.community_multilevel(weights="weight"))
    finally:
        igraph.set_random_number_generator(random)


def _numbered(groups: Iterable[Iterable[int]], size: int) -> Column:
    """The number of each node's community: 1 is the largest; of two, that of the first node."""
    sets = [sorted(group) for group in groups] or [[node] for node in range(size)]
    found: Column = [None] * size
    for number, group in enumerate(sorted(sets, key=lambda each: (-len(each), each)), 1):
        for node in group:
            found[node] = number
    return found


def quality(plain: Plain, community: Column) -> float | None:
    """Modularity of communities by weights (Newman 2004); None without an edge.

    Args:
        plain: The network.
        community: The number of each node's community.
    """
    total = sum(sum(tie.values()) for tie in plain.ties)
    if not total:
        return None
    inside: dict[Any, float] = {}
    strength: dict[Any, float] = {}
    for node, tie in enumerate(plain.ties):
        own = community[node]
        strength[own] = strength.get(own, 0) + sum(tie.values())
        within = sum(weight for other, weight in tie.items() if community[other] == own)
        inside[own] = inside.get(own, 0) + within
    return sum(inside[c] / total - (strength[c] / total) ** 2 for c in sorted(strength))
