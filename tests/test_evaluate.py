"""What counts as the same statement, and how agreement is counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small_graph import named, statements

from comity.evaluate import Score, align, evaluate, overlap, same_object, same_parties
from comity.model import Mention, Statement

DOCUMENT = "document-00"


def coded(start: int = 10, end: int = 50, **fields: Any) -> Statement:
    """A coding of some span."""
    base = Statement(f"statement-{start}", DOCUMENT, start, end, "x" * (end - start))
    return replace(base, **{"action": "raise", "object": "fines for piracy", **fields})


def score(one: list[Statement], two: list[Statement], field: str) -> Score:
    """The score of a field over one document."""
    return evaluate(one, two, {DOCUMENT: "speech"}).total()[field]


# -- the same statement ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "same"),
    [
        (coded(), True),
        (coded(10, 45), True),
        (coded(action="Raise"), True),
        (coded(object="something else"), True),
        (coded(action="lower"), False),
        (coded(20, 29), True),
        (coded(40, 80), False),
        (coded(60, 90), False),
    ],
)
def test_same_statement(found: Statement, same: bool) -> None:
    """The same action is the same statement when half of the shorter span lies in the other."""
    assert bool(align([coded()], [found])) == same


def test_pairs_are_one_to_one() -> None:
    """A coding is paired once, with the finding that overlaps it most."""
    near, far = coded(10, 50, confidence=0.5), coded(12, 50)
    assert align([coded()], [far, near]) == [(coded(), near)]


def test_same_span_is_told_apart_by_object() -> None:
    """Of two findings on one span the one with the same object is paired."""
    other = coded(object="money for judges")
    assert align([coded()], [other, coded()]) == [(coded(), coded())]


def test_overlap() -> None:
    """Overlap is what two spans share among what they cover."""
    assert overlap(coded(0, 10), coded(5, 15)) == pytest.approx(5 / 15)
    assert overlap(coded(0, 10), coded(10, 20)) == 0


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("the fines for piracy", "fines for piracy", True),
        ("fines", "fines for piracy in all of the region", False),
        ("", "", True),
        ("", "fines", False),
    ],
)
def test_same_object(one: str, two: str, same: bool) -> None:
    """Objects agree when at least half of their words do."""
    assert same_object(coded(object=one), coded(object=two)) == same


CHINA, STATE = Mention("China", "CHN"), Mention("the country", "CHN")


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ([CHINA], [STATE], True),
        ([CHINA], [Mention("China", "TWN")], False),
        ([Mention("each Party")], [Mention("Parties", "actor-00")], True),
        ([Mention("Members")], [Mention("Member States", "actor-00")], False),
        ([Mention("firms")], [Mention("firms with few employees", "actor-00")], True),
        ([Mention("Ministry of Trade")], [Mention("Ministry of Culture", "actor-00")], False),
        ([CHINA], [], False),
        ([], [CHINA], False),
        ([CHINA, Mention("Peru", "PER")], [Mention("Peru", "PER"), STATE], True),
        ([CHINA, Mention("Peru", "PER")], [STATE, STATE], False),
        ([], [], True),
    ],
)
def test_same_actors(gold: list[Mention], found: list[Mention], same: bool) -> None:
    """Actors agree by id where the coding has one, else by the noun that names them."""
    assert same_parties(gold, found) == same


# -- counting -------------------------------------------------------------------------------


def test_perfect_agreement() -> None:
    """Statements scored against themselves are right in every field."""
    genres = {s.document: "speech" for s in statements()}
    result = evaluate(statements(), statements(), genres)
    assert {s.f1 for s in result.total().values()} == {1.0}
    assert not result.faults


def test_missed_and_spurious_count_against_every_field() -> None:
    """What was missed lowers recall, what was invented lowers precision."""
    found = score([coded(), coded(60, 90)], [coded(), coded(100, 120), coded(130, 150)], "modality")
    assert (found.precision, found.recall) == (pytest.approx(1 / 3), pytest.approx(1 / 2))


def test_joint_asks_for_everything() -> None:
    """Joint is right only when action, object, actors and modality are."""
    for change in ({"object": "other"}, {"actors": (CHINA,)}, {"modality": "obligation"}):
        assert score([coded()], [coded(**change)], "joint").right == 0
    assert score([coded()], [coded(speaker=CHINA, areas=("patents",))], "joint").right == 1


def test_areas_count_code_by_code() -> None:
    """Each area is right, missed or invented by itself, those of unpaired statements too."""
    gold = [coded(areas=("patents", "trademarks")), coded(60, 90, areas=("copyright",))]
    assert score(gold, [coded(areas=("patents", "tariffs"))], "areas") == Score(1, 2, 3)


@pytest.mark.parametrize("field", ["modality", "speaker", "negated", "deadline", "counterparts"])
def test_a_field_is_right_or_wrong(field: str) -> None:
    """A field that differs is wrong and listed, and the others stay right."""
    values = {
        "modality": "obligation",
        "speaker": CHINA,
        "negated": True,
        "deadline": "2030",
        "counterparts": (CHINA,),
    }
    changed = replace(coded(), **{field: values[field]})
    result = evaluate([coded()], [changed], {DOCUMENT: "speech"})
    wrong = [name for name, score in result.total().items() if score.right == 0 < score.coded]
    assert field in wrong and "detection" not in wrong
    assert [(f.kind, f.field) for f in result.faults] == [("wrong", field)]


def test_nothing_to_find() -> None:
    """A document with nothing coded counts against precision when something is found in it."""
    assert score([], [], "joint").f1 == 1.0
    assert score([], [coded()], "joint").precision == 0.0


def test_other_documents_are_passed_over() -> None:
    """Statements of documents that were not coded are not scored."""
    assert score([coded()], [coded(), replace(coded(), document="document-99")], "joint").found == 1


def test_genres_are_scored_apart() -> None:
    """A genre is scored by its documents alone."""
    other = replace(coded(), document="document-99")
    result = evaluate([coded(), other], [coded()], {DOCUMENT: "speech", "document-99": "treaty"})
    assert result.total("speech")["joint"].f1 == 1.0
    assert result.total("treaty")["joint"].f1 == 0.0


def test_faults_are_listed_in_order() -> None:
    """Disagreements come in the order of the text, each with its passage."""
    gold, found = [coded(), coded(60, 90, action="train")], [coded(100, 120), coded(modality="may")]
    result = evaluate(gold, found, {DOCUMENT: "speech"})
    assert [(f.kind, f.field) for f in result.faults] == [
        ("wrong", "modality"),
        ("missed", "action"),
        ("spurious", "action"),
    ]


# -- intervals ------------------------------------------------------------------------------


def test_intervals_hold_the_score_and_repeat() -> None:
    """An interval holds F1, and the same seed gives the same bounds."""
    documents = [f"document-{i}" for i in range(12)]
    gold = [replace(coded(), document=d) for d in documents]
    result = evaluate(gold, gold[:7], dict.fromkeys(documents, "speech"))
    low, high = result.interval("joint")
    assert low < result.total()["joint"].f1 < high
    assert result.interval("joint") == (low, high)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_scores_are_shares(right: int, more: int, missed: int) -> None:
    """Precision, recall and F1 lie between 0 and 1, and F1 between the other two."""
    found = Score(right, right + more, right + missed)
    assert 0 <= min(found.precision, found.recall) <= found.f1 + 1e-9
    assert found.f1 <= max(found.precision, found.recall) + 1e-9 <= 1 + 1e-9


def test_a_real_statement_is_its_own_match() -> None:
    """A statement of the small graph is found in itself among all others."""
    one = named("strengthen the protection of trade")
    pairs = align(statements(), statements())
    assert (one, one) in pairs and len(pairs) == len(statements())
