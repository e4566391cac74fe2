"""The normal form of a text, and the joining of hard-wrapped lines."""

from __future__ import annotations

import textwrap

import pytest

from comity.text.normalise import join_lines, normalise, one_line, plain_text, unwrap

LONG = (
    "The two offices agreed to share their search reports and to train examiners together, "
    "so that applicants in either country get a first answer within ten months. They will "
    "review the arrangement after two years and may extend it to industrial designs."
)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_line_ends(end: str) -> None:
    """Every kind of line end becomes LF."""
    assert normalise(f"Patents{end}Designs") == "Patents\nDesigns"


@pytest.mark.parametrize("space", ["\t", "\xa0", "\u2003", "\u202f", "\u3000", "   "])
def test_spaces(space: str) -> None:
    """Every kind and number of spaces becomes one plain space."""
    assert normalise(f"trade{space}secrets") == "trade secrets"


@pytest.mark.parametrize(
    "mark", ["\ufeff", "\xad", "\u200b", "\u200e", "\u202e", "\u2060", "\x00", "\x1b", "\x9d"]
)
def test_invisible_characters(mark: str) -> None:
    """Marks without width, soft hyphens and control characters disappear."""
    assert normalise(f"{mark}counter{mark}feiting{mark}") == "counterfeiting"


def test_joiners_within_a_script_that_needs_them() -> None:
    """Joiners stay between Arabic or Indic letters and go elsewhere."""
    persian = "\u0645\u06cc\u200c\u0634\u0648\u062f"
    assert normalise(persian) == persian
    assert normalise("pat\u200dents\u200c") == "patents"


def test_composition() -> None:
    """Letters and accents are composed (NFC), so one word has one spelling."""
    assert normalise("Gene\u0300ve") == "Genève"


def test_composition_after_removal() -> None:
    """An accent that an invisible mark kept apart is composed too."""
    assert normalise("e\u200b\u0301tat") == "état"


def test_typographic_variants() -> None:
    """Ligatures and non-breaking hyphens become plain letters and hyphens."""
    assert normalise("the o\ufb03ce\u2019s opening\u2011up") == "the office\u2019s opening-up"


def test_blank_lines() -> None:
    """More than one blank line becomes one, and none stand at the ends."""
    assert normalise("\n\n A \n \n\t\n\n B\n\n") == "A\n\nB"


def test_surrogates() -> None:
    """Half a surrogate pair, which no file can hold, becomes a replacement character."""
    assert normalise("a\ud800b") == "a\ufffdb"


def test_one_line() -> None:
    """Metadata stands on one line."""
    assert one_line(" Joint\n\n Statement ") == "Joint Statement"


def test_join_lines_of_ideographs() -> None:
    """Lines are joined with a space, but not between Chinese characters."""
    assert join_lines(["trade", "secrets"]) == "trade secrets"
    assert join_lines(["商业", "秘密"]) == "商业秘密"


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_hard_wrapped_paragraph(width: int) -> None:
    """The lines of a paragraph that was broken at a fixed width are joined."""
    assert plain_text(textwrap.fill(LONG, width)) == LONG


def test_paragraphs_stay_apart() -> None:
    """Blank lines between hard-wrapped paragraphs are kept."""
    both = f"{textwrap.fill(LONG, 70)}\n\n{textwrap.fill(LONG, 70)}"
    assert plain_text(both) == f"{LONG}\n\n{LONG}"


def test_short_end_of_a_sentence_ends_its_paragraph() -> None:
    """Where wrapped paragraphs follow without a blank line, a short last line parts them."""
    first = LONG.replace("and may extend it to industrial designs", "at most")
    second = "They will train customs officers at every port and meet again before the year ends."
    text = f"{textwrap.fill(first, 100)}\n{textwrap.fill(second, 70)}"
    assert plain_text(text) == f"{first}\n\n{second}"


def test_word_divided_at_line_end() -> None:
    """A word divided at the end of a wrapped line is put together again."""
    text = (
        "The ministers welcomed the progress made since their last meeting in coop-\n"
        "eration on search and examination, and asked the offices to report on it to\n"
        "them within a year."
    )
    assert "meeting in cooperation on search" in plain_text(text)


@pytest.mark.parametrize(
    ("first", "rest", "whole"),
    [("well-", "known marks", "well-known"), ("market-", "based rules", "market-based")],
)
def test_compound_divided_at_its_hyphen(first: str, rest: str, whole: str) -> None:
    """A compound that is written with a hyphen keeps it when the line ends there."""
    text = (
        f"The offices of the region undertake to apply the common provisions on {first}\n"
        f"{rest} in the same way and to tell each other of every decision that they take\n"
        "on them in the course of the year."
    )
    assert f"provisions on {whole}" in plain_text(text)


def test_compound_known_from_the_text() -> None:
    """A hyphen at a line end stays when the text writes the word with it elsewhere."""
    text = (
        "Bad-faith filings are refused in both countries from the first day of the next-\n"
        "door programme, and the two offices publish what they refuse under the next-door\n"
        "programme every month."
    )
    assert "of the next-door programme, and" in plain_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "The office will:\ntrain examiners\nshare data\nopen a help desk",
        "Article 1\nThe office protects designs.\nArticle 2\nThe term is fifteen years.",
        f"{LONG}\n{LONG}\n{LONG}",
        "Roses are red,\nviolets are blue",
    ],
)
def test_lines_that_are_no_wrapped_paragraph(text: str) -> None:
    """Short lines, and lines as long as paragraphs, are kept as they are."""
    assert plain_text(text) == text


def test_one_sentence_a_line() -> None:
    """Lines that each end a sentence were broken on purpose and are kept."""
    text = (
        "The first office will publish all its decisions on trade secrets.\n"
        "The second office will publish all its decisions on plant varieties.\n"
        "Both offices will publish their common list of well-known marks.\n"
        "The lists will be open to all."
    )
    assert plain_text(text) == text


def test_list_items_in_wrapped_text() -> None:
    """List items in a hard-wrapped text keep their lines, and are unwrapped within."""
    item = "take part in the exchange of search reports between all offices of the region"
    text = f"{textwrap.fill(LONG, 70)}\n\n" + "\n".join(
        textwrap.fill(f"({letter}) {item}", 60) for letter in "abc"
    )
    assert plain_text(text) == f"{LONG}\n\n(a) {item}\n(b) {item}\n(c) {item}"


def test_unwrap_without_text() -> None:
    """Nothing stays nothing."""
    assert unwrap("") == ""
