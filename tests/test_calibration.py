"""Confidence compared with how often statements are right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small_graph import statements

from comity.calibration import Bin, Calibration, calibrate
from comity.evaluate import Score, evaluate, judge
from comity.model import Statement

DOCUMENTS = sorted({s.document for s in statements()})


def sure(*confidences: float) -> list[Statement]:
    """As many statements of the small graph, found with these confidences."""
    return [replace(s, confidence=c) for s, c in zip(statements(), confidences, strict=False)]


def wrong(statement: Statement) -> Statement:
    """A reading with another force: it pairs, and is not right."""
    other = "report" if statement.modality != "report" else "commitment"
    return replace(statement, modality=other)


def calibrated(found: list[Statement]) -> Calibration:
    """How the confidence of some readings of the small graph does."""
    return calibrate(statements(), found, DOCUMENTS)


# -- what is right --------------------------------------------------------------------------


def test_right_is_right_jointly() -> None:
    """A statement is right when action, object, actors and modality all are."""
    one, two, three = sure(0.5, 0.5, 0.5)
    found = [one, wrong(two), replace(three, areas=())]
    assert {s.id: ok for s, ok in judge(statements(), found)} == {
        one.id: True,
        two.id: False,
        three.id: True,
    }


def test_what_judges_is_what_scores() -> None:
    """As many statements are judged right as count in the joint score."""
    found = [wrong(s) if i % 3 else s for i, s in enumerate(statements())]
    joint = evaluate(statements(), found, dict.fromkeys(DOCUMENTS, "speech")).total()["joint"]
    assert sum(ok for _, ok in judge(statements(), found)) == joint.right


def test_nothing_is_right_where_nothing_was_coded() -> None:
    """What is found in a text without codings counts, and is wrong."""
    stray = replace(statements()[0], document="document-99", confidence=0.7)
    found = calibrate(statements(), [stray], ["document-99"])
    assert [(b.count, b.right) for b in found.bins if b.count] == [(1, 0)]


def test_texts_that_were_not_coded_are_passed_over() -> None:
    """Statements of other texts change nothing."""
    found = sure(0.5, 0.7)
    stray = replace(found[0], document="document-99")
    assert calibrated([*found, stray]) == calibrated(found)


# -- bins and their error -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("confidence", "low"), [(0.0, 0.0), (0.29, 0.2), (0.3, 0.3), (0.7, 0.7), (0.99, 0.9), (1, 0.9)]
)
def test_a_confidence_on_a_bound_belongs_above(confidence: float, low: float) -> None:
    """A bin holds its lower bound and not its upper one; the last holds both."""
    filled = [b.low for b in calibrated(sure(confidence)).bins if b.count]
    assert filled == [low]


def test_the_error_is_the_mean_distance_weighed_by_statements() -> None:
    """Three statements of 0.8 of which two are right, one of 0.1 that is wrong: .175."""
    one, two, three, four = sure(0.8, 0.8, 0.8, 0.1)
    found = calibrated([one, two, wrong(three), wrong(four)])
    assert found.error == pytest.approx(3 / 4 * abs(2 / 3 - 0.8) + 1 / 4 * 0.1)


def test_certain_and_right_is_calibrated() -> None:
    """Confidence 1 and always right, or 0 and never right, has no error."""
    assert calibrated(sure(*[1.0] * 18)).error == 0
    assert calibrated([wrong(s) for s in sure(*[0.0] * 18)]).error == 0


def test_nothing_found_has_no_error() -> None:
    """Without statements there is nothing to be wrong about."""
    assert calibrated([]).error == 0


def test_the_interval_of_the_literature() -> None:
    """Wilson's interval of 8 in 10 is .490–.943 (Newcombe, Statistics in Medicine 17, 1998)."""
    low, high = Bin(0.8, 0.9, 10, 8, 0.8).interval
    assert (low, high) == (pytest.approx(0.490, abs=5e-4), pytest.approx(0.943, abs=5e-4))
    assert Bin(0.8, 0.9, 0, 0, 0.0).interval == (0, 1)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_an_interval_holds_its_share(counts: tuple[int, int]) -> None:
    """The bounds of a share lie around it, within 0 and 1."""
    count, right = counts
    each = Bin(0.5, 0.6, count, right, 0.55)
    assert 0 <= each.interval[0] <= each.share + 1e-9
    assert each.share - 1e-9 <= each.interval[1] <= 1


# -- thresholds -----------------------------------------------------------------------------


def test_a_threshold_is_scored_by_what_it_keeps() -> None:
    """At least 0.5 keeps two of three, one of them right, of eighteen that were coded."""
    one, two, three = sure(0.9, 0.5, 0.4)
    steps = dict(calibrated([one, wrong(two), three]).thresholds)
    assert steps[0.0] == Score(2, 3, 18)
    assert steps[0.5] == Score(1, 2, 18)
    assert steps[0.6] == Score(1, 1, 18)


def test_what_is_left_out_makes_way() -> None:
    """A doubtful reading of a passage no longer takes the place of a surer one."""
    coded = statements()[0]
    doubtful = wrong(replace(coded, confidence=0.2))
    surer = replace(coded, id="statement-other", start=coded.start + 1, confidence=0.8)
    steps = dict(calibrated([doubtful, surer]).thresholds)
    assert (steps[0.0].right, steps[0.3].right) == (0, 1)


def test_thresholds_end_where_nothing_is_kept() -> None:
    """The table stops at the surest statement, and has a first row in any case."""
    assert [least for least, _ in calibrated(sure(0.25)).thresholds] == [0.0, 0.1, 0.2]
    assert [least for least, _ in calibrated([]).thresholds] == [0.0]
