"""The backbone of a network: the edges that weigh more than chance would have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx


def backbone(graph: nx.Graph[Any], alpha: float = 0.05) -> nx.Graph[Any]:
    """The edges that stand out at one of their ends, by the disparity filter.

    Serrano, M. Á., Boguñá, M. and Vespignani, A. (2009), Extracting the multiscale backbone of
    complex weighted networks, PNAS 106(16): at a node with k edges, the chance that one of them
    has a share p of all weight, were it split at random, is (1 - p)^(k - 1). An edge is kept
    where that chance is below `alpha` at an end with more than one edge. Edges of a directed
    network are judged among those that leave their source and those that enter their target.

    Args:
        graph: A network with weights; edges whose weight is not above 0 are left out.
        alpha: The chance, above 0 and up to 1; 1 keeps every edge with an end that has others.

    Returns:
        A copy with those edges, each with its chance as `alpha`, and the nodes that they join.

    Raises:
        UsageError: When `alpha` is no such number.
    """
    if not 0 < alpha <= 1:
        raise UsageError(f"alpha {alpha} is not between 0 and 1", where="backbone")
    edges = [(a, b, w) for a, b, w in graph.edges(data="weight", default=1) if w > 0 and a != b]
    leaving: dict[Any, list[float]] = {}
    entering: dict[Any, list[float]] = leaving if not graph.is_directed() else {}
    for source, target, weight in edges:
        leaving.setdefault(source, []).append(weight)
        entering.setdefault(target, []).append(weight)
    out = {node: (sum(weights), len(weights)) for node, weights in leaving.items()}
    into = {node: (sum(weights), len(weights)) for node, weights in entering.items()}
    kept = {}
    for source, target, weight in edges:
        chance = min(_chance(weight, *out[source]), _chance(weight, *into[target]))
        if chance < alpha:
            kept[source, target] = chance
    ends = {node for pair in kept for node in pair}
    found = graph.__class__()
    found.graph.update(graph.graph, backbone=alpha)
    found.add_nodes_from(
        (node, dict(values)) for node, values in graph.nodes.items() if node in ends
    )
    for pair, chance in kept.items():
        found.add_edge(*pair, **graph.edges[pair], alpha=chance)
    return found


def _chance(weight: float, strength: float, degree: int) -> float:
    return float((1 - weight / strength) ** (degree - 1)) if degree > 1 else 1.0
