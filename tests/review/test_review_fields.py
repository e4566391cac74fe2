"""Fields as people write them: in a cell, at a prompt."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import VOCABULARY, statements, texts

from comity.errors import UsageError
from comity.model import Mention, Statement
from comity.review.fields import READING, day, escape, parse, plain, show, tokens, truth
from comity.words import Words

WORDS = Words(VOCABULARY)


@given(statements())
def test_what_is_shown_is_read_back(statement: Statement) -> None:
    """Every field of a reading, written as text, stands for the same value again."""
    for name in READING:
        value: Any = getattr(statement, name)
        if name == "action" and not value.strip():
            continue
        back = parse(name, show(name, value), WORDS)
        if name in ("actors", "counterparts", "beneficiaries", "constrained"):
            value = tuple(dict.fromkeys(value))
        assert back == value


@given(texts(min_size=0))
def test_a_backslash_keeps_any_sign(text: str) -> None:
    """Separators, line breaks and white space at the ends survive in one line."""
    written = escape(text, "|;<>")
    assert "\n" not in written and "\r" not in written
    assert plain(tokens(f"  {written} ")) == text


def test_codes_may_be_given_by_name() -> None:
    """A code, its label and another spelling stand for the same concept."""
    for word in ("trade-secrets", "Trade secrets", "trade secrets", "TRADE_SECRETS"):
        assert parse("areas", word, WORDS) == ("trade-secrets",)


def test_several_values_are_separated() -> None:
    """A bar or a semicolon separates codes and mentions; they come out sorted and once."""
    assert parse("areas", "trade-secrets; patents | patents", WORDS) == ("patents", "trade-secrets")
    assert parse("actors", "China <CHN> | the office", WORDS) == (
        Mention("China", "CHN"),
        Mention("the office"),
    )


def test_semicolons_do_not_cut_phrases() -> None:
    """Conditions are words of the text: only a bar separates them."""
    assert parse("conditions", "on request; in writing | yearly", WORDS) == (
        "on request; in writing",
        "yearly",
    )


@pytest.mark.parametrize(
    ("written", "mention"),
    [
        ("China", Mention("China")),
        ("CHN", Mention("China", "CHN")),
        ("Beijing <CHN>", Mention("Beijing", "CHN")),
        ("Xi <xi-jinping for CHN @12-14>", Mention("Xi", "xi-jinping", 12, 14, "CHN")),
        ("the office <@3-13>", Mention("the office", None, 3, 13)),
        (r"A\|B\; C", Mention("A|B; C")),
    ],
)
def test_mentions(written: str, mention: Mention) -> None:
    """A mention is a name, an id, or both, with its place and whom it stands for."""
    assert parse("speaker", written, WORDS) == mention


def test_a_near_miss_is_told() -> None:
    """A word that is no value is refused with what may have been meant."""
    for field, word, hint in (
        ("modality", "comitment", "did you mean commitment"),
        ("areas", "trade secret", "did you mean trade-secrets"),
        ("actors", "x <CHM>", "did you mean CHN"),
        ("modalty", "report", "did you mean modality"),
    ):
        with pytest.raises(UsageError) as told:
            parse(field, word, WORDS)
        assert hint.casefold() in str(told.value).casefold()


@pytest.mark.parametrize(
    ("field", "written"), [("modality", " "), ("action", ""), ("speaker", "a|b")]
)
def test_what_a_statement_needs(field: str, written: str) -> None:
    """An action and a modality are needed, and one speaker at most."""
    with pytest.raises(UsageError, match=field):
        parse(field, written, WORDS)


def test_yes_and_no_in_some_languages() -> None:
    """What spreadsheets of other languages make of a truth value is understood."""
    assert [truth(word) for word in ("TRUE", "WAHR", "vrai", "x", "1")] == [True] * 5
    assert [truth(word) for word in ("FALSE", "NO", "falsch", "", "0")] == [False] * 5
    with pytest.raises(UsageError):
        truth("perhaps")


def test_dates_that_can_be_told() -> None:
    """A date whose day and month may be confused is refused, never guessed."""
    assert day("2019/4/26") == day("26.04.2019") == day("2019-04-26")
    assert day("2019-04") == "2019-04" and day("--04-26") == "--04-26"
    for unclear in ("04/05/2019", "Apr-19", "2019-13-01", "43581"):
        with pytest.raises(UsageError, match="certain"):
            day(unclear)


@given(st.sampled_from("=+-@"), texts())
def test_no_cell_is_a_formula(sign: str, text: str) -> None:
    """What a spreadsheet would take for a formula is written so that it does not."""
    assert show("object", sign + text).startswith("\\")
    assert show("conditions", (sign + text,)).startswith("\\")
