from __future__ import annotations

import pytest

from comity import errors
from comity.errors import (
    ComityError,
    InputError,
    LimitError,
    LockedError,
    UsageError,
    WithdrawalError,
)


def tree(root: type[ComityError]) -> list[type[ComityError]]:
    """A class of errors with all that are derived from it."""
    return [root, *(found for child in root.__subclasses__() for found in tree(child))]


OURS = [error for error in tree(ComityError) if error.__module__ == errors.__name__]


@pytest.mark.parametrize(
    ("where", "hint", "text"),
    [
        ("", "", "it is torn"),
        ("a.txt", "", "a.txt: it is torn"),
        ("", "mend it", "it is torn (mend it)"),
        ("a.txt:3", "mend it", "a.txt:3: it is torn (mend it)"),
    ],
)
def test_message(where: str, hint: str, text: str) -> None:
    """An error reads: where, what is wrong, what to do; parts that are empty leave no trace."""
    assert str(ComityError("it is torn", where=where, hint=hint)) == text


def test_parts_are_kept() -> None:
    """The parts of a message can be asked for one by one."""
    error = ComityError("it is torn", where="a.txt", hint="mend it")
    assert (error.message, error.where, error.hint) == ("it is torn", "a.txt", "mend it")


@pytest.mark.parametrize("error", OURS, ids=lambda error: error.__name__)
def test_exit_code(error: type[ComityError]) -> None:
    """What must be decided ends in exit code 1, wrong use in 2, a limit in 4, the rest in 3."""
    codes = {WithdrawalError: 1, UsageError: 2, LimitError: 4}
    assert error.exit_code == next((c for kind, c in codes.items() if issubclass(error, kind)), 3)


def test_a_lock_is_no_fault_of_the_input() -> None:
    """Whoever skips bad input does not skip a folder that is being written to."""
    assert not issubclass(LockedError, InputError)
