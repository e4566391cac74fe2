"""`comity evaluate --confidence`: whether confidence means what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from comity.cli.console import out

if TYPE_CHECKING:
    from comity.calibration import Calibration


def tell_calibration(result: Calibration) -> None:
    """Print the reliability table, the calibration error and the table of thresholds."""
    out().print()
    out().print(_reliability(result))
    out().print(f"expected calibration error {result.error:.3f}")
    out().print()
    out().print(_thresholds(result))


def _reliability(result: Calibration) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in ("confidence", "statements", "mean", "right", "95% interval"):
        table.add_column(head, justify="left" if head == "confidence" else "right")
    for each in result.bins:
        if each.count:
            low, high = each.interval
            table.add_row(
                f"{each.low:.1f}–{each.high:.1f}",
                str(each.count),
                f"{each.confidence:.2f}",
                f"{each.share:.2f}",
                f"{low:.2f}–{high:.2f}",
            )
    return table


def _thresholds(result: Calibration) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in ("at least", "statements", "precision", "recall", "F1"):
        table.add_column(head, justify="left" if head == "at least" else "right")
    for least, score in result.thresholds:
        rates = (score.precision, score.recall, score.f1)
        table.add_row(f"{least:.1f}", str(score.found), *(f"{rate:.2f}" for rate in rates))
    return table


def plain_calibration(result: Calibration) -> dict[str, object]:
    """The result as JSON values."""
    return {
        "expected_calibration_error": round(result.error, 4),
        "bins": [
            {
                "low": each.low,
                "high": each.high,
                "statements": each.count,
                "confidence": round(each.confidence, 4),
                "right": each.right,
                "share": round(each.share, 4),
                "interval": [round(bound, 4) for bound in each.interval],
            }
            for each in result.bins
            if each.count
        ],
        "thresholds": [
            {
                "at_least": least,
                "statements": score.found,
                "precision": round(score.precision, 4),
                "recall": round(score.recall, 4),
                "f1": round(score.f1, 4),
            }
            for least, score in result.thresholds
        ],
    }
