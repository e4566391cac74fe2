"""A network as numbered nodes and weighted edges: what the engines compute on."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Plain:
    """Nodes by number, in their order in the graph.

    Attributes:
        nodes: Their names.
        directed: Whether edges have a direction.
        edges: Source, target, weight; only weights above 0, no loops.
        ties: The neighbours of each node with the weight of the tie, without direction: the
            weights of both directions are added.
        dropped: How many edges were left out, because their weight is not above 0.
    """

    nodes: tuple[Hashable, ...]
    directed: bool
    edges: tuple[tuple[int, int, float], ...]
    ties: tuple[Mapping[int, float], ...]
    dropped: int

    @classmethod
    def of(cls, graph: nx.Graph[Any]) -> Plain:
        """A networkx graph as numbers."""
        nodes = tuple(graph)
        number = {node: place for place, node in enumerate(nodes)}
        every = [
            (number[a], number[b], weight)
            for a, b, weight in graph.edges(data="weight", default=1)
            if a != b
        ]
        kept = tuple(edge for edge in every if edge[2] > 0)
        ties: tuple[dict[int, float], ...] = tuple({} for _ in nodes)
        for a, b, weight in kept:
            ties[a][b] = ties[a].get(b, 0) + weight
            ties[b][a] = ties[b].get(a, 0) + weight
        return cls(nodes, graph.is_directed(), kept, ties, len(every) - len(kept))

    def neighbours(self) -> tuple[list[set[int]], list[set[int]]]:
        """The targets and the sources of each node; both are all neighbours without direction."""
        if not self.directed:
            same = [set(tie) for tie in self.ties]
            return same, same
        targets: list[set[int]] = [set() for _ in self.nodes]
        sources: list[set[int]] = [set() for _ in self.nodes]
        for a, b, _ in self.edges:
            targets[a].add(b)
            sources[b].add(a)
        return targets, sources

    def components(self) -> list[list[int]]:
        """Nodes that hang together whatever the direction, the largest component first."""
        seen = [False] * len(self.nodes)
        found: list[list[int]] = []
        for start in range(len(self.nodes)):
            if seen[start]:
                continue
            seen[start] = True
            component = [start]
            for node in component:
                for other in self.ties[node]:
                    if not seen[other]:
                        seen[other] = True
                        component.append(other)
            found.append(sorted(component))
        return sorted(found, key=lambda each: (-len(each), each))
