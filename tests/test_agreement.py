"""Agreement between coders."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.review.making import document_of, statement_of

from comity.agreement import FIELDS, agreement, masi, nominal_alpha, set_alpha
from comity.errors import MissingExtraError, UsageError
from comity.model import Mention

TEXTS = [
    document_of(f"{name} will protect trade secrets. {name} may join the treaty. Nothing else.")
    for name in ("Peru", "Chile", "Japan", "India")
]
CODED = [
    statement
    for document in TEXTS
    for statement in (
        statement_of(
            document,
            "protect trade secrets",
            action="protect",
            measure_type="enforcement",
            areas=("trade-secrets",),
            actors=(Mention(document.text.split()[0]),),
        ),
        statement_of(
            document, "join the treaty", action="join", modality="permission", areas=("patents",)
        ),
    )
]
SOME = st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=12)


def test_the_value_of_the_literature() -> None:
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), part C.

    Four observers, twelve units, nominal values, some missing: alpha is .743.
    """
    none = None
    observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, none, none, none],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, none, 3],
        [none, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, none],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, none],
    ]
    units = [[v for v in unit if v is not None] for unit in zip(*observers, strict=True)]
    assert nominal_alpha(units) == pytest.approx(0.743, abs=0.0005)
    assert set_alpha(units, lambda a, b: float(a != b)) == pytest.approx(nominal_alpha(units))


def test_two_coders_of_the_literature() -> None:
    """The same paper, part A: ten units, two coders, two values: alpha is .095."""
    one, two = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert nominal_alpha(list(zip(one, two, strict=True))) == pytest.approx(0.095, abs=0.0005)


@given(SOME)
def test_our_alpha_is_that_of_the_package(units: list[list[str]]) -> None:
    """With a distance of 0 and 1, alpha for sets is nominal alpha."""
    ours = set_alpha(units, lambda a, b: float(a != b))
    theirs = nominal_alpha(units)
    assert (ours is None) == (theirs is None)
    assert ours is None or ours == pytest.approx(theirs)


@pytest.mark.parametrize(
    ("one", "two", "distance"),
    [
        ("ab", "ab", 0),
        ("", "", 0),
        ("a", "ab", 1 - 1 / 2 * 2 / 3),
        ("ab", "bc", 1 - 1 / 3 * 1 / 3),
        ("a", "b", 1),
        ("", "a", 1),
    ],
)
def test_masi(one: str, two: str, distance: float) -> None:
    """Jaccard times monotonicity (Passonneau 2006): a subset is nearer than an overlap."""
    assert masi(frozenset(one), frozenset(two)) == pytest.approx(distance)
    assert masi(frozenset(two), frozenset(one)) == pytest.approx(distance)


def test_whoever_codes_alike_agrees() -> None:
    """Equal codings have alpha 1 wherever it is defined, and F1 1."""
    found = agreement({"anna": CODED, "ben": CODED}, TEXTS)
    defined = {name: a.value for name, a in found.alphas.items() if a.value is not None}
    assert set(found.alphas) == set(FIELDS)
    assert all(value == pytest.approx(1) for value in defined.values())
    assert found.alphas["negated"].value is None, "all are alike: nothing varies"
    assert {score.f1 for score in found.scores.total().values()} == {1.0}
    assert found.statements == {"anna": 8, "ben": 8}


def test_a_difference_lowers_its_field_alone() -> None:
    """What one coder reads otherwise shows in that field, and in no other."""
    other = [
        replace(s, areas=("patents", "trade-secrets")) if s.document == TEXTS[0].id else s
        for s in CODED
    ]
    found = agreement({"anna": CODED, "ben": other}, TEXTS).alphas
    areas = found["areas"]
    assert areas.value is not None and areas.interval is not None
    assert 0 < areas.value < 1 and areas.interval[0] <= areas.value <= areas.interval[1]
    assert found["measure_type"].value == pytest.approx(1)


def test_what_one_coder_passes_over_shows_in_the_passages() -> None:
    """A statement that one coder does not see has no pair: its words are told apart instead."""
    found = agreement({"anna": CODED, "ben": CODED[:-2]}, TEXTS)
    assert found.alphas["areas"].units == 6
    passages = found.alphas["passages"].value
    assert passages is not None and 0 < passages < 1
    assert found.scores.total()["detection"].f1 == pytest.approx(12 / 14)


def test_more_than_two_coders() -> None:
    """Three coders: a unit is what any two of them have; F1 is over all pairs."""
    found = agreement({"anna": CODED, "ben": CODED[:4], "cleo": CODED[2:]}, TEXTS)
    assert found.alphas["modality"].units == 8
    assert found.scores.total()["detection"].right == 4 + 6 + 2


def test_the_same_intervals_each_time() -> None:
    """Resampling is seeded."""
    assert agreement({"a": CODED, "b": CODED[:5]}, TEXTS) == agreement(
        {"a": CODED, "b": CODED[:5]}, TEXTS[::-1]
    )


def test_one_coder_does_not_agree() -> None:
    """Agreement needs two coders, and a text."""
    with pytest.raises(UsageError, match="two coders"):
        agreement({"anna": CODED}, TEXTS)
    with pytest.raises(UsageError, match="no text"):
        agreement({"anna": CODED, "ben": CODED}, [])


def test_alpha_needs_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package, the command that installs it is told."""
    monkeypatch.setitem(sys.modules, "krippendorff", None)
    with pytest.raises(MissingExtraError, match=r"comity\[agreement\]"):
        nominal_alpha([["a", "b"]])
