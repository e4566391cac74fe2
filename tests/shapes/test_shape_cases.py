from __future__ import annotations

import pytest
from shape_cases import PROFILES, Case, cases, context, outcome

from comity.check import Shapes, load_shapes, profiles


@pytest.fixture(scope="module")
def shapes() -> dict[str, Shapes]:
    """The shapes of each profile, read once."""
    return {profile: load_shapes(profile=profile) for profile in PROFILES}


def test_every_profile_has_cases() -> None:
    """There are cases for each profile that a user can name."""
    assert set(profiles()) == set(PROFILES) == {case.profile for case in cases()}


@pytest.mark.parametrize("profile", PROFILES)
def test_context_is_clean(profile: str, shapes: dict[str, Shapes]) -> None:
    """The world that the cases refer to breaks no shape, so every result is the case's own."""
    assert outcome(context(profile), shapes[profile]) == frozenset()


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_case(case: Case, shapes: dict[str, Shapes]) -> None:
    """A case breaks the shapes in the ways its header says, and in no other way."""
    assert outcome(case.turtle, shapes[case.profile]) == case.expected
