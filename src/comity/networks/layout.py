"""Where nodes and their labels stand in a drawing; the same every time."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

SEED = 20190426
Point = tuple[float, float]
_ANGLES = (0, 8, 4, 12, 2, 6, 14, 10, 1, 7, 15, 9, 3, 5, 13, 11)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, with its lower left and upper right corner."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """Whether two rectangles have a point inside both."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def distance(self, point: Point) -> float:
        """From a point to the nearest of the rectangle."""
        across = max(self.left - point[0], 0, point[0] - self.right)
        return hypot(across, max(self.bottom - point[1], 0, point[1] - self.top))

    def crosses(self, start: Point, end: Point) -> bool:
        """Whether a line between two points runs through it (Liang and Barsky 1984)."""
        first, last = 0.0, 1.0
        for axis, low, high in ((0, self.left, self.right), (1, self.bottom, self.top)):
            length = end[axis] - start[axis]
            if length == 0:
                if not low < start[axis] < high:
                    return False
                continue
            bounds = sorted(((low - start[axis]) / length, (high - start[axis]) / length))
            first, last = max(first, bounds[0]), min(last, bounds[1])
        return first < last

    def holds(self, other: Box) -> bool:
        """Whether the other lies inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.bottom <= other.bottom
            and other.top <= self.top
        )


def parts(graph: nx.Graph[Any]) -> tuple[list[Hashable], list[Hashable]] | None:
    """The two types of nodes of a network that joins nothing else; that of its first node first."""
    types = {node: graph.nodes[node].get("type") for node in graph}
    if len(set(types.values())) != 2 or any(types[a] == types[b] for a, b in graph.edges):
        return None
    first = types[next(iter(graph))]
    return [n for n in graph if types[n] == first], [n for n in graph if types[n] != first]


def columns(
    graph: nx.Graph[Any], left: Sequence[Hashable], right: Sequence[Hashable]
) -> tuple[list[Hashable], list[Hashable]]:
    """Two columns in an order with few crossings: each node near the middle of its neighbours.

    Sugiyama, Tagawa and Toda (1981), the barycentre method, 24 rounds.

    Args:
        graph: The network.
        left: Nodes of the one type.
        right: Nodes of the other.
    """
    sides = [list(left), list(right)]
    for number in range(24):
        moved, fixed = sides[number % 2 - 1], sides[number % 2]
        place = {node: n / max(len(fixed) - 1, 1) for n, node in enumerate(fixed)}
        own = {node: n / max(len(moved) - 1, 1) for n, node in enumerate(moved)}

        def middle(node: Hashable, place: Any = place, own: Any = own) -> tuple[float, float]:
            near = [place[other] for other in graph[node]]
            return (sum(near) / len(near) if near else own[node], own[node])

        moved.sort(key=middle)
    return sides[0], sides[1]


def force(graph: nx.Graph[Any]) -> tuple[dict[Hashable, Point], Point]:
    """Nodes drawn together by their edges, component by component.

    Components are laid out by springs (Fruchterman and Reingold 1991) and set in rows, the
    largest first; a component has as much room as it has nodes.

    Args:
        graph: The network; weights are not looked at.

    Returns:
        Where each node stands, and the width and height of all.
    """
    import networkx as nx

    plain: nx.Graph[Any] = nx.Graph()
    plain.add_nodes_from(graph)
    plain.add_edges_from((a, b) for a, b in graph.edges if a != b)
    order = {node: n for n, node in enumerate(graph)}
    components = sorted(
        (sorted(c, key=order.__getitem__) for c in nx.connected_components(plain)),
        key=lambda each: (-len(each), order[each[0]]),
    )
    tiles = [_tile(len(component)) for component in components]
    room = sum(across * up for across, up in tiles)
    limit = max([across for across, _ in tiles] + [1.25 * sqrt(room)])
    found: dict[Hashable, Point] = {}
    x = y = row = width = 0.0
    for (across, up), component in zip(tiles, components, strict=True):
        if x and x + across > limit + 1e-9:
            x, y, row = 0.0, y + row, 0.0
        for node, place in _springs(plain, component).items():
            found[node] = (x + across * place[0], y + up * place[1])
        x, row = x + across + 1.0, max(row, up + 0.6)
        width = max(width, x - 1.0)
    height = y + row - 0.6
    return {node: (a, height - b) for node, (a, b) in found.items()}, (width, height)


def _tile(size: int) -> Point:
    """The room of a component, in the distance that neighbours have from each other."""
    if size <= 2:
        return (0.9 * (size - 1) + 0.1, 0.1)
    return (1.15 * sqrt(size), sqrt(size))


def apart(
    at: dict[Hashable, Point], radius: Mapping[Hashable, float], gap: float
) -> dict[Hashable, Point]:
    """Nodes moved as little as it takes that they do not touch.

    Args:
        at: Where they stand.
        radius: Their radius.
        gap: The least distance between two of them.
    """
    nodes, found = list(at), dict(at)
    for _ in range(60):
        moved = False
        for place, a in enumerate(nodes):
            for b in nodes[:place]:
                across, up = found[a][0] - found[b][0], found[a][1] - found[b][1]
                length = hypot(across, up)
                missing = radius[a] + radius[b] + gap - length
                if missing <= 1e-6:
                    continue
                moved = True
                step = missing / 2 + 1e-6
                way = (across / length, up / length) if length > 1e-9 else (1.0, 0.0)
                found[a] = (found[a][0] + step * way[0], found[a][1] + step * way[1])
                found[b] = (found[b][0] - step * way[0], found[b][1] - step * way[1])
        if not moved:
            break
    return found


def _springs(graph: nx.Graph[Any], component: Sequence[Hashable]) -> dict[Hashable, Point]:
    """A component in a square of side 1."""
    import networkx as nx

    if len(component) == 1:
        return {component[0]: (0.5, 0.5)}
    if len(component) == 2:
        return {component[0]: (0.0, 0.5), component[1]: (1.0, 0.5)}
    size = len(component)
    part: nx.Graph[Any] = nx.Graph()
    part.add_nodes_from(component)
    part.add_edges_from(graph.subgraph(component).edges)
    start = {
        node: (cos(2 * pi * n / size), sin(2 * pi * n / size)) for n, node in enumerate(component)
    }
    positions = nx.spring_layout(part, pos=start, k=1.6 / sqrt(size), iterations=300, seed=SEED)
    low = [min(float(p[axis]) for p in positions.values()) for axis in (0, 1)]
    high = [max(float(p[axis]) for p in positions.values()) for axis in (0, 1)]
    extent = [max(h - low_, 1e-9) for low_, h in zip(low, high, strict=True)]
    return {
        node: (float(p[0] - low[0]) / extent[0], float(p[1] - low[1]) / extent[1])
        for node, p in positions.items()
    }


def labels(
    nodes: Sequence[tuple[Point, float]],
    sizes: Sequence[tuple[float, float]],
    page: Box,
    edges: Sequence[tuple[Point, Point]] = (),
    gap: float = 0.04,
) -> list[Box | None]:
    """A place for each label near its node, where it meets no other label and no node.

    Labels are placed in turn, each at the nearest free place around its node, and of those as
    near at the one that covers the fewest edges; the first in the list choose first. One that
    finds none is left out.

    Args:
        nodes: The middle and radius of each node.
        sizes: Width and height of each label.
        page: The rectangle in which labels must lie.
        edges: The ends of the edges.
        gap: The least distance between a label and its node.

    Returns:
        A rectangle for each label, or None.
    """
    taken = [Box(x - r, y - r, x + r, y + r) for (x, y), r in nodes]
    found: list[Box | None] = []
    for ((x, y), radius), (width, height) in zip(nodes, sizes, strict=True):
        chosen = None
        for ring in range(36):
            away = radius + gap + 0.06 * ring
            places = (_beside(x, y, away, n * pi / 8, width, height) for n in _ANGLES)
            free = [b for b in places if page.holds(b) and not any(map(b.meets, taken))]
            if free:
                chosen = min(free, key=lambda box: sum(box.crosses(*edge) for edge in edges))
                taken.append(chosen)
                break
        found.append(chosen)
    return found


def _beside(x: float, y: float, away: float, angle: float, width: float, height: float) -> Box:
    """A label that touches a circle around a node at an angle, on its outside."""
    across, up = cos(angle), sin(angle)
    middle = x + across * (away + width / 2), y + up * (away + height / 2)
    return Box(
        middle[0] - width / 2, middle[1] - height / 2, middle[0] + width / 2, middle[1] + height / 2
    )
