"""How often statements of a confidence are right: the figures and the curve of `confidence.md`.

Run with ``make calibration``. It extracts from the gold texts, scores as `comity evaluate
--confidence` does, writes ``docs/confidence.svg``, and puts the figures into the page between its
marks. Beside the confidence as it stands it scores an isotonic re-calibration fitted on the corpus
and the development texts (pool adjacent violators: Ayer et al., An Empirical Distribution Function
for Sampling with Incomplete Information, 1955), which any better scale would have to beat.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from comity.calibration import Calibration, calibrate
from comity.evaluate import judge
from comity.extract.english import EnglishExtractor
from comity.extract.records import RecordsExtractor
from comity.lexicon import Lexicon
from comity.link.linker import Linker
from comity.model import Statement
from comity.pipeline import read, statements
from comity.rdf.vocabulary import load

DOCS = Path(__file__).resolve().parents[1]
SETS = {"corpus": "examples/corpus", "dev": "examples/gold/dev", "blind": "examples/gold/blind"}
SHOWN = ("dev", "blind")
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"
SIDE, LEFT, TOP, GAP = 240, 50, 40, 70
STYLE = """
text { font: 13px "DejaVu Sans", Verdana, sans-serif; fill: #1b1f24; }
.small { font-size: 11px; } .axis { stroke: #55606b; fill: none; }
.even { stroke: #9aa4ae; stroke-dasharray: 4 4; } .bound { stroke: #0b4f8a; stroke-width: 1.2; }
.curve { stroke: #0b4f8a; stroke-width: 1.5; fill: none; } .dot { fill: #0b4f8a; }
.bar { fill: #cfe0f2; }
"""


@dataclass(frozen=True)
class Judged:
    """The codings and findings of a set of texts.

    Attributes:
        coded: Statements coded by hand.
        found: What the extractor found.
        documents: The ids of the texts.
    """

    coded: tuple[Statement, ...]
    found: tuple[Statement, ...]
    documents: tuple[str, ...]

    @property
    def points(self) -> list[tuple[float, bool]]:
        """Confidence of each finding, and whether it is right."""
        return [(s.confidence, ok) for s, ok in judge(self.coded, self.found)]

    def calibration(self, scale: Callable[[float], float] | None = None) -> Calibration:
        """How confidence does, on another scale if one is given."""
        found = self.found
        if scale is not None:
            found = tuple(replace(s, confidence=scale(s.confidence)) for s in found)
        return calibrate(self.coded, found, self.documents)


def judged(folder: Path) -> Judged:
    """Read, extract and link the texts of a folder, with their codings."""
    vocabulary = load()
    lexicon = Lexicon(vocabulary)
    documents, _ = read(sorted(folder.glob("*.md")), vocabulary)
    codings = RecordsExtractor([folder])
    found = statements(documents, EnglishExtractor(lexicon), Linker(lexicon))
    coded = (s for d in documents for s in codings.extract(d))
    return Judged(tuple(coded), tuple(found), tuple(d.id for d in documents))


# -- scales ------------------------------------------------------------------------------


def isotonic(points: Iterable[tuple[float, bool]]) -> Callable[[float], float]:
    """The never-falling scale nearest to what was right, by steps, straight between them.

    Raises:
        ValueError: When there are no points.
    """
    steps: list[tuple[float, int, tuple[float, ...]]] = []
    every = sorted(points)
    if not every:
        raise ValueError("no points to fit a scale to")
    for confidence in sorted({c for c, _ in every}):
        right = [ok for c, ok in every if c == confidence]
        steps.append((float(sum(right)), len(right), (confidence,)))
        while len(steps) > 1 and steps[-2][0] / steps[-2][1] >= steps[-1][0] / steps[-1][1]:
            one, two = steps[-2:]
            steps[-2:] = [(one[0] + two[0], one[1] + two[1], one[2] + two[2])]
    xs = [c for _, _, held in steps for c in held]
    ys = [right / count for right, count, held in steps for _ in held]

    def scale(confidence: float) -> float:
        at = bisect_right(xs, confidence)
        if at in {0, len(xs)}:
            return ys[0] if at == 0 else ys[-1]
        part = (confidence - xs[at - 1]) / (xs[at] - xs[at - 1])
        return ys[at - 1] + part * (ys[at] - ys[at - 1])

    return scale


def brier(points: Sequence[tuple[float, bool]]) -> float:
    """Mean squared distance of confidence from being right: 1 (Brier, 1950); 0 without points."""
    return sum((confidence - ok) ** 2 for confidence, ok in points) / max(1, len(points))


# -- the page ----------------------------------------------------------------------------


def tables(sets: dict[str, Judged]) -> str:
    """The figures in Markdown."""
    scale = isotonic([*sets["corpus"].points, *sets["dev"].points])
    parts = [_scales(sets, scale)]
    for name in SHOWN:
        result = sets[name].calibration()
        rows = [
            f"| {b.low:.1f}–{b.high:.1f} | {b.count} | {b.confidence:.2f} | {b.share:.2f} "
            f"| {b.interval[0]:.2f}–{b.interval[1]:.2f} |"
            for b in result.bins
            if b.count
        ]
        head = "| confidence | statements | mean | right | 95% interval |\n|---|---:|---:|---:|---|"
        kept = [
            f"| {least:.1f} | {score.found} | {score.precision:.2f} | {score.recall:.2f} "
            f"| {score.f1:.2f} |"
            for least, score in result.thresholds
        ]
        under = "| at least | kept | precision | recall | F1 |\n|---|---:|---:|---:|---:|"
        parts.append("\n".join([f"**{name}**", "", head, *rows, "", under, *kept]))
    return "\n\n".join(parts) + "\n"


def _scales(sets: dict[str, Judged], scale: Callable[[float], float]) -> str:
    rows = [
        "| | statements | error | Brier | error, re-calibrated | Brier, re-calibrated |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, each in sets.items():
        points = each.points
        again = [(scale(confidence), ok) for confidence, ok in points]
        errors = (each.calibration().error, each.calibration(scale).error)
        rows.append(
            f"| {name} | {len(points)} | {errors[0]:.3f} | {brier(points):.3f} "
            f"| {errors[1]:.3f} | {brier(again):.3f} |"
        )
    return "\n".join(rows)


def filled(page: str, figures: str) -> str:
    """A page with the figures between its marks.

    Raises:
        ValueError: When the page lacks the marks.
    """
    before, mark, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise ValueError("the page has no marks between which figures go")
    return f"{before}{BEGIN}\n{figures}\n{END}{after}"


# -- the curve ---------------------------------------------------------------------------


def curve(results: dict[str, Calibration]) -> str:
    """The reliability curves side by side, as SVG."""
    width = LEFT + len(results) * (SIDE + GAP)
    height = TOP + SIDE + 60
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        "<title>Share of statements that are right, by confidence</title>",
        f'<style>{STYLE}</style><rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for number, (name, result) in enumerate(results.items()):
        parts += _panel(LEFT + number * (SIDE + GAP), name, result)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(left: int, name: str, result: Calibration) -> list[str]:
    def x(value: float) -> str:
        return f"{left + value * SIDE:.1f}"

    def y(value: float) -> str:
        return f"{TOP + (1 - value) * SIDE:.1f}"

    full = [b for b in result.bins if b.count]
    total = sum(b.count for b in full)
    head = f"{name}: {total} statements, error {result.error:.3f}"
    turned = f"translate({left - 34},{TOP + SIDE // 2}) rotate(-90)"
    parts = [
        f'<rect class="bar" x="{x(b.low + 0.01)}" y="{y(b.count / total)}" '
        f'width="{0.08 * SIDE:.1f}" height="{b.count / total * SIDE:.1f}"/>'
        for b in full
    ]
    parts += [
        f'<rect class="axis" x="{x(0)}" y="{y(1)}" width="{SIDE}" height="{SIDE}"/>',
        f'<line class="even" x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}"/>',
        f'<text x="{x(0.5)}" y="{TOP - 14}" text-anchor="middle">{head}</text>',
        f'<text x="{x(0.5)}" y="{TOP + SIDE + 42}" text-anchor="middle">confidence</text>',
        f'<text transform="{turned}" text-anchor="middle">right</text>',
    ]
    for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        parts.append(
            f'<text class="small" x="{x(tick)}" y="{TOP + SIDE + 18}" text-anchor="middle">'
            f'{tick:.1f}</text><text class="small" x="{left - 6}" y="{y(tick)}" dy="4" '
            f'text-anchor="end">{tick:.1f}</text>'
        )
    points = " ".join(f"{x(b.confidence)},{y(b.share)}" for b in full)
    parts.append(f'<polyline class="curve" points="{points}"/>')
    for b in full:
        low, high = b.interval
        parts.append(
            f'<line class="bound" x1="{x(b.confidence)}" y1="{y(low)}" x2="{x(b.confidence)}" '
            f'y2="{y(high)}"/><circle class="dot" cx="{x(b.confidence)}" cy="{y(b.share)}" r="4"/>'
        )
    return parts


def main() -> None:
    """Write the picture and fill the page."""
    sets = {name: judged(DOCS.parent / folder) for name, folder in SETS.items()}
    results = {name: sets[name].calibration() for name in SHOWN}
    (DOCS / "confidence.svg").write_text(curve(results), encoding="utf-8")
    page = DOCS / "confidence.md"
    page.write_text(filled(page.read_text("utf-8"), tables(sets)), encoding="utf-8")


if __name__ == "__main__":
    main()
