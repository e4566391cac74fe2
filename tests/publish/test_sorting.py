"""Sorting on disk: the result is that of sorting in memory."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.publish import sorting
from comity.publish.sorting import sorted_lines

LINES = st.lists(st.binary(max_size=12).map(lambda raw: raw.replace(b"\n", b" ") + b"\n"))


@given(LINES, st.integers(1, 2000))
def test_lines_come_sorted_and_once(lines: list[bytes], run: int) -> None:
    """Whatever fits into memory, the distinct lines come in order of their bytes."""
    assert list(sorted_lines(lines, run=run)) == sorted(set(lines))


def test_many_runs_are_merged_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more files are open at once than `FAN_IN`, however many runs there are."""
    monkeypatch.setattr(sorting, "FAN_IN", 3)
    lines = [f"{number:05d}\n".encode() for number in range(500)]
    random.Random(7).shuffle(lines)
    assert list(sorted_lines([*lines, *lines], run=1000)) == sorted(lines)


def test_nothing_is_sorted_to_nothing() -> None:
    """No lines, no lines."""
    assert list(sorted_lines([])) == []
