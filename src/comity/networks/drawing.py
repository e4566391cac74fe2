"""A network as a picture: labels that do not overlap, a legend, colours that all can tell apart."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any

from comity.errors import MissingExtraError
from comity.networks import layout
from comity.networks.layout import Box, Point
from comity.networks.marks import draw_edges, draw_nodes, legend_entries

if TYPE_CHECKING:
    import networkx as nx

LIMIT = 300
"""The number of nodes that are drawn at most."""

COLUMN = 60
"""The number of nodes up to which a column of a two-mode network is drawn as such."""

_WEIGHED = 400
"""The number of edges that labels try not to cover."""

_DPI = 150
_FONT = 8.0
_SETTINGS: Any = {
    "font.family": "DejaVu Sans",
    "svg.fonttype": "path",
    "svg.hashsalt": "comity",
    "path.simplify": False,
}


@dataclass(frozen=True)
class _Label:
    """A text with its middle left or right end, or its middle, at a point."""

    text: str
    at: Point
    side: str
    away: float = 0.0
    """How far it stands from its node, beyond its edge."""


@dataclass
class _Picture:
    """What is drawn, in inches of the page; the origin is the lower left corner."""

    graph: nx.Graph[Any]
    strength: Mapping[Hashable, float]
    width: float
    height: float
    at: dict[Hashable, Point]
    labels: dict[Hashable, _Label]

    def radius(self, node: Hashable) -> float:
        """The radius of a node: its area grows with its weighted degree."""
        return _radius(self.strength[node], max(self.strength.values()))


def draw(graph: nx.Graph[Any], form: str = "png", *, limit: int = LIMIT) -> bytes:
    """A picture of a network; the same network gives the same bytes, under the same matplotlib.

    Two types of nodes stand in two columns while both are short, other networks are drawn by
    springs. The area of a node grows with its weighted degree, the width of an edge with its
    weight; edges of negative weight are red and dashed. Labels meet neither each other nor nodes.

    Args:
        graph: What `comity.networks.network` gave.
        form: ``png`` or ``svg``.
        limit: How many nodes are drawn; of more, those with the greatest weighted degree.

    Raises:
        MissingExtraError: When matplotlib is not installed.
    """
    try:
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError(
            "drawings need matplotlib", hint="pip install 'comity[plot]'"
        ) from error
    shown, strength = _strongest(graph, limit)
    with matplotlib.rc_context(_SETTINGS):
        figure = Figure(dpi=_DPI)
        measure = _measure(FigureCanvasAgg(figure))
        two = layout.parts(shown) if shown else None
        if two is not None and max(map(len, two)) <= COLUMN:
            picture = _in_columns(shown, strength, measure, two)
        else:
            picture = _by_force(shown, strength, measure)
        _compose(figure, picture, _head(graph, picture), measure)
        out = io.BytesIO()
        none = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
        figure.savefig(out, format=form, metadata=none, facecolor="white")
    return out.getvalue()


def _strongest(graph: nx.Graph[Any], limit: int) -> tuple[nx.Graph[Any], dict[Hashable, float]]:
    """The nodes of the greatest weighted degree, in their order, and those degrees."""
    strength: dict[Hashable, float] = dict.fromkeys(graph, 0.0)
    for a, b, weight in graph.edges(data="weight", default=1):
        strength[a] += abs(weight)
        strength[b] += abs(weight)
    kept = set(sorted(strength, key=lambda node: (-strength[node], str(node)))[:limit])
    shown = graph.__class__()
    shown.add_nodes_from((node, graph.nodes[node]) for node in graph if node in kept)
    shown.add_edges_from((a, b, v) for a, b, v in graph.edges(data=True) if {a, b} <= kept)
    return shown, {node: strength[node] for node in shown}


def _head(graph: nx.Graph[Any], picture: _Picture) -> tuple[str, str]:
    """Title and subtitle: what is drawn, and what is left out."""
    name = str(graph.graph.get("description") or graph.graph.get("name") or "network")
    every, shown = graph.number_of_nodes(), picture.graph.number_of_nodes()
    size = f"{every:,} nodes, {graph.number_of_edges():,} edges"
    if shown < every:
        size = f"the {shown:,} strongest of {size}"
    options = [
        f"{key}: {graph.graph[key]}"
        for key in ("qualifier", "normalise", "duplicates", "backbone")
        if key in graph.graph
    ]
    if missing := shown - len(picture.labels):
        options.append(f"{missing} labels left out for want of room")
    return name[:1].upper() + name[1:], " · ".join([size, *options])


# -- composing ------------------------------------------------------------------------------

_Measure = Callable[[str], Point]


def _measure(canvas: Any) -> _Measure:
    """Gives the width and height of a text in inches."""
    renderer = canvas.get_renderer()

    def size(text: str) -> Point:
        drawn = canvas.figure.text(0, 0, text, fontsize=_FONT, linespacing=1.05)
        extent = drawn.get_window_extent(renderer)
        drawn.remove()
        return float(extent.width) / _DPI, float(extent.height) / _DPI

    return size


def _text(graph: nx.Graph[Any], node: Hashable, width: int) -> str:
    """A label in lines; dollars would begin a formula."""
    label = " ".join(str(graph.nodes[node].get("label", node)).split())
    lines = textwrap.wrap(label, width) or [str(node)]
    return "\n".join(textwrap.wrap(label, width, max_lines=3, placeholder=" …") or lines).replace(
        "$", r"\$"
    )


def _radius(strength: float, most: float) -> float:
    return 0.045 + 0.1 * sqrt(strength / most if most else 0)


def _in_columns(
    graph: nx.Graph[Any],
    strength: Mapping[Hashable, float],
    measure: _Measure,
    two: tuple[list[Hashable], list[Hashable]],
) -> _Picture:
    """Two columns, each label on the outer side of its node."""
    sides = layout.columns(graph, *two)
    texts = {node: _text(graph, node, 46) for node in graph}
    sizes = {node: measure(text) for node, text in texts.items()}
    rows = [max(sizes[node][1] for node in side) + 0.1 for side in sides]
    height = max(len(side) * max(row, 0.3) for side, row in zip(sides, rows, strict=True))
    outer = [max(sizes[node][0] for node in side) for side in sides]
    middle = max(3.5, min(6.0, height / 2))
    across = (0.25 + outer[0] + 0.3, 0.25 + outer[0] + 0.3 + middle)
    picture = _Picture(graph, strength, across[1] + 0.3 + outer[1] + 0.25, height, {}, {})
    for side, x, sign in zip(sides, across, (-1, 1), strict=True):
        for place, node in enumerate(side):
            y = height * (1 - (place + 0.5) / len(side))
            picture.at[node] = (x, y)
            edge = (x + sign * (picture.radius(node) + 0.06), y)
            picture.labels[node] = _Label(texts[node], edge, "right" if sign < 0 else "left")
    return picture


def _by_force(
    graph: nx.Graph[Any], strength: Mapping[Hashable, float], measure: _Measure
) -> _Picture:
    """By springs, on a page that grows until every label has its place."""
    positions, (width, height) = layout.force(graph)
    texts = {node: _text(graph, node, 24) for node in graph}
    sizes = {node: measure(text) for node, text in texts.items()}
    order = sorted(graph, key=lambda node: (-strength[node], str(node)))
    most = max(strength.values(), default=0)
    radius = {node: _radius(strength[node], most) for node in graph}
    unit = 1.0
    for _ in range(5):
        picture = _Picture(graph, strength, width * unit + 3.2, height * unit + 1.0, {}, {})
        for node, (x, y) in positions.items():
            picture.at[node] = (1.6 + x * unit, 0.5 + y * unit)
        picture.at = layout.apart(picture.at, radius, 0.12)
        places = layout.labels(
            [(picture.at[node], radius[node]) for node in order],
            [sizes[node] for node in order],
            Box(0.05, 0.05, picture.width - 0.05, picture.height - 0.05),
            [(picture.at[a], picture.at[b]) for a, b in graph.edges][:_WEIGHED],
        )
        for node, box in zip(order, places, strict=True):
            if box is not None:
                at = ((box.left + box.right) / 2, (box.bottom + box.top) / 2)
                away = box.distance(picture.at[node]) - radius[node]
                picture.labels[node] = _Label(texts[node], at, "center", away)
        far = sum(label.away > 0.5 for label in picture.labels.values())
        if len(picture.labels) == len(graph) and far <= len(graph) / 20:
            break
        unit *= 1.2
    return picture


def _compose(figure: Any, picture: _Picture, head: tuple[str, str], measure: _Measure) -> None:
    """Draw all of a picture, with its title above and its legend below."""
    entries = legend_entries(picture.graph)
    widest = max(measure(label)[0] for _, label in entries) + 0.55 if entries else 1.0
    width = max(picture.width, 1.6 * measure(head[0])[0] + 0.5, measure(head[1])[0] + 0.5, 6.0)
    per_row = max(1, min(len(entries), int((width - 0.4) / widest)))
    below = 0.25 + 0.22 * -(-len(entries) // per_row) if entries else 0.1
    height = picture.height + below + 0.75
    figure.set_size_inches(width, height)
    axes = figure.add_axes((0, 0, 1, 1))
    shift = (width - picture.width) / 2
    axes.set(xlim=(-shift, width - shift), ylim=(-below, height - below))
    axes.axis("off")
    figure.text(0.25 / width, 1 - 0.22 / height, head[0], fontsize=11, va="top", weight="bold")
    figure.text(0.25 / width, 1 - 0.45 / height, head[1], fontsize=_FONT, va="top", color="#444444")
    draw_edges(axes, picture.graph, picture.at, picture.radius)
    draw_nodes(axes, picture.graph, picture.at, picture.radius)
    for node, label in picture.labels.items():
        if label.away > 0.12:
            ends = zip(picture.at[node], label.at, strict=True)
            axes.plot(*ends, color="#BBBBBB", linewidth=0.5, zorder=2)
        axes.text(
            *label.at,
            label.text,
            fontsize=_FONT,
            ha=label.side,
            va="center",
            zorder=5,
            linespacing=1.05,
            multialignment="left" if label.side == "left" else label.side,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.4},
        )
    if entries:
        figure.legend(
            *zip(*entries, strict=True),
            loc="lower center",
            ncols=per_row,
            fontsize=_FONT,
            frameon=False,
            handletextpad=0.4,
            columnspacing=1.2,
        )
