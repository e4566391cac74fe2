"""The figures and the curve of docs/confidence.md."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small_graph import statements

from comity.calibration import calibrate

DOCS = Path(__file__).parents[2] / "docs"
sys.path.insert(0, str(DOCS))
from made import reliability  # noqa: E402

DOCUMENTS = tuple(sorted({s.document for s in statements()}))
POINTS = st.lists(st.tuples(st.integers(0, 100).map(lambda n: n / 100), st.booleans()), min_size=1)


def sample() -> reliability.Judged:
    """The small graph, a third of it read with another force, the wrong ones less sure."""
    found = tuple(
        replace(s, modality="report" if s.modality != "report" else "commitment", confidence=0.3)
        if i % 3 == 0
        else replace(s, confidence=0.7)
        for i, s in enumerate(statements())
    )
    return reliability.Judged(tuple(statements()), found, DOCUMENTS)


def test_a_scale_is_the_share_that_is_right() -> None:
    """What is right two times in three says so after re-calibration; between two, by proportion."""
    points = [(0.2, False), (0.6, True), (0.6, True), (0.6, False)]
    scale = reliability.isotonic(points)
    assert (scale(0.2), scale(0.6)) == (0, pytest.approx(2 / 3))
    assert scale(0.4) == pytest.approx(1 / 3)
    assert (scale(0.0), scale(1.0)) == (0, pytest.approx(2 / 3))


def test_what_would_fall_is_pooled() -> None:
    """Where the surer ones are less often right, both take the common share."""
    scale = reliability.isotonic([(0.3, True), (0.5, False), (0.9, True)])
    assert scale(0.3) == scale(0.5) == 0.5 < scale(0.9) == 1


@given(POINTS)
def test_a_scale_never_falls_and_is_no_worse(points: list[tuple[float, bool]]) -> None:
    """On the points that it was fitted to, an isotonic scale is at least as near to being right."""
    scale = reliability.isotonic(points)
    values = [scale(n / 100) for n in range(101)]
    assert all(one <= two + 1e-9 for one, two in pairwise(values))
    again = [(scale(c), ok) for c, ok in points]
    assert reliability.brier(again) <= reliability.brier(points) + 1e-9


def test_the_curve_is_a_picture_of_every_bin() -> None:
    """The picture is well-formed, the same each time, and has a dot for every filled bin."""
    results = {"one": sample().calibration(), "two": sample().calibration()}
    drawn = reliability.curve(results)
    assert drawn == reliability.curve(results)
    dots = [e for e in ElementTree.fromstring(drawn).iter() if e.get("class") == "dot"]
    assert len(dots) == 4


def test_the_page_is_filled_between_its_marks() -> None:
    """What stands around the marks stays, and filling twice changes nothing."""
    page = f"before\n{reliability.BEGIN}old\n{reliability.END}after\n"
    once = reliability.filled(page, "new\n")
    assert once.startswith("before\n") and once.endswith("after\n") and "old" not in once
    assert reliability.filled(once, "new\n") == once
    with pytest.raises(ValueError, match="no marks"):
        reliability.filled("no marks", "new")


def test_tables_show_sets_and_thresholds() -> None:
    """Each set has its error before and after re-calibration, its bins and its thresholds."""
    sets = dict.fromkeys(("corpus", "dev", "blind"), sample())
    shown = reliability.tables(sets)
    error = calibrate(sample().coded, sample().found, DOCUMENTS).error
    assert f"| blind | 18 | {error:.3f} " in shown
    assert shown.count("| 0.7–0.8 | 12 | 0.70 | 1.00 |") == 2
    assert shown.count("| 0.7 | 12 | 1.00 | 0.67 | 0.80 |") == 2


@pytest.mark.slow
def test_confidence_is_calibrated_on_blind_texts() -> None:
    """On texts that no rule was written on, confidence is off by less than 0.1."""
    blind = reliability.judged(DOCS.parent / reliability.SETS["blind"])
    assert len(blind.found) > 200
    assert blind.calibration().error < 0.1
