"""A timeline as a picture: one row a statement, arcs from the later ones to the earlier ones.

Colours are those of Okabe and Ito (Color Universal Design, 2008), which people with any kind of
colour vision can tell apart; every relation also has a line style of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import shorten
from typing import Any

from comity.errors import InputError, LimitError, MissingExtraError, UsageError
from comity.lookup.timeline import Entry

FORMATS = (".svg", ".png")
MOST = 80
"""Rows that fit a picture."""
STYLES = {
    "implements": ("#009E73", "-"),
    "strengthens": ("#0072B2", "--"),
    "reaffirms": ("#56B4E9", "-."),
    "weakens": ("#E69F00", ":"),
    "contradicts": ("#D55E00", "-"),
}
_ROW = 0.34
_WIDTH = 11.0


def draw(entries: Sequence[Entry], path: Path, title: str = "") -> None:
    """Draw a timeline to a file; the same timeline gives the same bytes.

    Args:
        entries: What `timeline` gave.
        path: A ``.svg`` or ``.png`` file.
        title: What stands above.

    Raises:
        UsageError: if the file has another ending, or there is nothing to draw.
        LimitError: if there are more than `MOST` statements.
        MissingExtraError: if matplotlib is not installed.
        InputError: if the file cannot be written.
    """
    if path.suffix.lower() not in FORMATS:
        raise UsageError(f"no picture ends in {path.suffix!r}", hint="write .svg or .png")
    if not entries:
        raise UsageError("there is nothing to draw", hint="ask for more")
    if len(entries) > MOST:
        raise LimitError(
            f"a picture holds {MOST} statements, not {len(entries)}",
            hint="narrow it by actor, area or dates, or show linked statements only",
        )
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError(
            "pictures need matplotlib", hint="pip install 'comity[plot]'"
        ) from error
    with mpl.rc_context({"svg.hashsalt": "comity", "svg.fonttype": "path", "font.size": 9}):
        figure = Figure(figsize=(_WIDTH, _ROW * (len(entries) + (3.2 if title else 2))))
        _fill(figure.add_axes((0.01, 0.0, 0.98, 1.0)), entries, title)
        kept = {"Date": None} if path.suffix.lower() == ".svg" else {"Software": None}
        try:
            figure.savefig(path, dpi=150, metadata=kept)
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror}", where=str(path)) from error


def _fill(axes: Any, entries: Sequence[Entry], title: str) -> None:
    axes.axis("off")
    axes.set_xlim(-2.25, 8.6)
    axes.set_ylim(len(entries) + 1.2, -2.0 if title else -0.8)
    axes.text(-2.2, -1.2, title, fontsize=11, fontweight="bold", va="center")
    before = None
    for row, entry in enumerate(entries):
        axes.plot([0], [row], "o", color="#333333", markersize=5, zorder=3)
        if entry.stated_on != before:
            axes.text(0.15, row, entry.stated_on or "undated", va="center", family="monospace")
        before = entry.stated_on
        words = entry.quote or entry.measures
        said = f"{entry.actors}: {words}" if entry.actors else words
        text = f"[{entry.force}] {' '.join(said.split())}"
        axes.text(1.25, row, shorten(text, 104, placeholder=" …"), va="center", parse_math=False)
    used = {step.relation for entry in entries for step in entry.steps if step.number}
    for row, entry in enumerate(entries):
        for step in entry.steps:
            if step.number is not None:
                _arc(axes, row, step.number - 1, step.relation)
    shown = [name for name in STYLES if name in used]
    for place, name in enumerate(shown):
        colour, style = STYLES[name]
        x = -2.2 + 2.0 * place
        y = len(entries) + 0.5
        axes.plot([x, x + 0.45], [y, y], color=colour, linestyle=style, linewidth=1.8)
        axes.text(x + 0.55, y, name, va="center")


def _arc(axes: Any, later: int, earlier: int, relation: str) -> None:
    """A half ellipse to the left of the rows, with a tip at the earlier statement."""
    from matplotlib.patches import FancyArrowPatch

    colour, style = STYLES.get(relation, ("#000000", "-"))
    bulge = min(2.1, 0.3 + 0.22 * abs(later - earlier) ** 0.7)
    arrow = FancyArrowPatch(
        path=_curve(later, earlier, bulge),
        arrowstyle="-|>",
        mutation_scale=9,
        color=colour,
        linestyle=style,
        linewidth=1.5,
        zorder=2,
    )
    axes.add_patch(arrow)


def _curve(later: int, earlier: int, bulge: float) -> Any:
    from matplotlib.path import Path as Curve

    points = [(-0.06, later), (-1.3 * bulge, later), (-1.3 * bulge, earlier), (-0.1, earlier)]
    return Curve(points, [Curve.MOVETO, Curve.CURVE4, Curve.CURVE4, Curve.CURVE4])
