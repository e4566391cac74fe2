from __future__ import annotations

import pytest
from shape_cases import CONTEXT, Case, cases, result

from comity.check import Shapes, check, load_shapes


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    """The core shapes, read once."""
    return load_shapes()


def test_context_is_clean(shapes: Shapes) -> None:
    """The world that the cases refer to breaks no shape, so every result is the case's own."""
    assert check(CONTEXT, shapes) == []


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_case(case: Case, shapes: Shapes) -> None:
    """A case breaks the shapes in the ways its header says, and in no other way."""
    assert {result(violation) for violation in check(case.turtle, shapes)} == case.expected
