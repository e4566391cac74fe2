"""How nodes and edges look, and what the legend says of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any

from comity.networks.layout import Point

if TYPE_CHECKING:
    import networkx as nx

# Okabe, M. and Ito, K. (2008), Color Universal Design; grey added for what has no kind.
_BLUE, _SKY, _ORANGE, _RED = "#0072B2", "#56B4E9", "#E69F00", "#D55E00"
_PURPLE, _GREEN, _YELLOW, _BLACK, _GREY = "#CC79A7", "#009E73", "#F0E442", "#000000", "#999999"
_LOOKS: Mapping[str, tuple[str, str, str]] = {
    "State": ("o", _BLUE, "state"),
    "CustomsTerritory": ("o", _SKY, "customs territory"),
    "GovernmentBody": ("o", _ORANGE, "government body"),
    "IPOffice": ("o", _RED, "IP office"),
    "Court": ("o", _PURPLE, "court"),
    "InternationalOrganization": ("h", _GREEN, "international organization"),
    "RegionalOrganization": ("h", _YELLOW, "regional organization"),
    "Person": ("^", _BLACK, "person"),
    "StakeholderGroup": ("^", _ORANGE, "stakeholder group"),
    "Enterprise": ("^", _SKY, "enterprise"),
    "Actor": ("o", _GREY, "other actor"),
    "area": ("s", _GREEN, "area"),
    "measure": ("D", _PURPLE, "measure"),
    "issue": ("D", _ORANGE, "issue"),
    "event": ("P", _YELLOW, "event"),
}
_OTHER = ("o", _GREY, "node")
_POSITIVE, _NEGATIVE = "#9AA1A7", _RED
_THINNEST, _WIDEST = 0.6, 4.0


def look(values: Mapping[str, Any]) -> tuple[str, str, str]:
    """Marker, colour and name of a node, by its kind, else its type.

    Args:
        values: The attributes of the node.
    """
    return _LOOKS.get(str(values.get("kind")), _LOOKS.get(str(values.get("type")), _OTHER))


def draw_nodes(
    axes: Any,
    graph: nx.Graph[Any],
    at: Mapping[Hashable, Point],
    radius: Callable[[Hashable], float],
) -> None:
    """Draw the nodes.

    Args:
        axes: Where to; its unit is an inch.
        graph: The network.
        at: Where nodes stand.
        radius: Their radius.
    """
    for node, values in graph.nodes.items():
        marker, colour, _ = look(values)
        size = (2 * radius(node) * 72) ** 2 * (0.8 if marker in "sD" else 1)
        axes.scatter(
            *at[node], s=size, marker=marker, c=colour, edgecolors="white", linewidths=0.6, zorder=4
        )


def draw_edges(
    axes: Any,
    graph: nx.Graph[Any],
    at: Mapping[Hashable, Point],
    radius: Callable[[Hashable], float],
) -> None:
    """Draw the edges, with heads where they have a direction.

    Args:
        axes: Where to; its unit is an inch.
        graph: The network.
        at: Where nodes stand.
        radius: Their radius.
    """
    edges = list(graph.edges(data="weight", default=1))
    most = _most(graph)
    lines = [_line(weight, most) for *_, weight in edges]
    if not graph.is_directed():
        _draw_lines(axes, [(at[a], at[b]) for a, b, _ in edges], lines)
        return
    from matplotlib.patches import FancyArrowPatch

    for (source, target, _), line in zip(edges, lines, strict=True):
        bend = 0.15 if graph.has_edge(target, source) else 0
        patch = FancyArrowPatch(
            at[source],
            at[target],
            arrowstyle="-|>",
            mutation_scale=9,
            shrinkA=72 * radius(source),
            shrinkB=72 * radius(target) + 1,
            connectionstyle=f"arc3,rad={bend}",
            **line,
            zorder=1,
        )
        axes.add_patch(patch)


def _draw_lines(axes: Any, ends: list[tuple[Point, Point]], lines: list[dict[str, Any]]) -> None:
    """All lines at once, which is faster by far."""
    from matplotlib.collections import LineCollection

    kinds = ("color", "linestyle", "linewidth")
    colours, styles, widths = ([line[kind] for line in lines] for kind in kinds)
    axes.add_collection(
        LineCollection(ends, colors=colours, linestyles=styles, linewidths=widths, zorder=1),
        autolim=False,
    )


def _most(graph: nx.Graph[Any]) -> float:
    """The weight that is drawn widest; 0 where all weigh the same."""
    weights = {abs(w) for *_, w in graph.edges(data="weight", default=1)}
    return max(weights) if len(weights) > 1 else 0


def _line(weight: float, most: float) -> dict[str, Any]:
    """The stroke of an edge; the sign shows in colour and dashes."""
    return {
        "color": _POSITIVE if weight >= 0 else _NEGATIVE,
        "linestyle": "-" if weight >= 0 else "--",
        "linewidth": _THINNEST + (_WIDEST - _THINNEST) * abs(weight) / most if most else 1.0,
    }


def legend_entries(graph: nx.Graph[Any]) -> list[tuple[Any, str]]:
    """What the legend shows: the kinds of nodes there are, the least and greatest weights.

    Args:
        graph: The network.

    Returns:
        Handles of matplotlib with their labels.
    """
    from matplotlib.lines import Line2D

    kinds = dict.fromkeys(look(values) for values in graph.nodes.values())
    entries: list[tuple[Any, str]] = [
        (Line2D([], [], linestyle="", marker=marker, color=colour, markersize=7), name)
        for marker, colour, name in sorted(kinds, key=[*_LOOKS.values(), _OTHER].index)
    ]
    weights = [w for *_, w in graph.edges(data="weight", default=1)]
    most = _most(graph)
    signs = ([w for w in weights if w >= 0], [w for w in weights if w < 0])
    ends = [w for sign in signs if sign for w in dict.fromkeys((min(sign), max(sign)))]
    entries += [(Line2D([], [], **_line(w, most)), f"weight {w:.3g}") for w in ends]
    return entries
