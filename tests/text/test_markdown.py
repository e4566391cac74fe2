"""Markdown to plain text."""

from __future__ import annotations

import pytest

from comity.text.markdown import read_markdown
from comity.text.refusal import Refused


def plain(text: str) -> str:
    """The plain text of a piece of Markdown."""
    return read_markdown(text).body


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("## Next steps", "Next steps"),
        ("Next steps\n----------", "Next steps"),
        ("the **two** *offices* and _others_", "the two offices and others"),
        ("see [the report](https://example.org 'x') now", "see the report now"),
        ("see [the report][1]\n\n[1]: https://example.org", "see the report"),
        ("see <https://example.org/a>", "see https://example.org/a"),
        ("![A handshake](photo.png) in Nairobi", "A handshake in Nairobi"),
        ("the `patent` and ~~design~~ offices", "the patent and design offices"),
        ("> We will act.\n> All of us.", "We will act. All of us."),
        ("trade &amp; development &copy;", "trade & development ©"),
        ("a \\* b and snake_case_word and 2 * 3", "a * b and snake_case_word and 2 * 3"),
        ("<b>Bold</b> words<br>here", "Bold words\nhere"),
        ("words <script>alert(1)</script> here", "words here"),
        ("<div>\n<p>Kept &amp; plain</p><script>x()</script>\n</div>", "Kept & plain"),
        ("before\n\n<!-- a note -->\n\nafter", "before\n\nafter"),
        ("before\n\n---\n\nafter", "before\n\nafter"),
        ("```\nArticle 1\nThe office\n```", "Article 1\nThe office"),
    ],
)
def test_marks(markdown: str, text: str) -> None:
    """Marks go, words stay."""
    assert plain(markdown) == text


def test_lines_of_a_paragraph() -> None:
    """The lines of a paragraph are joined, blank lines part paragraphs."""
    assert plain("The two offices\nagree to meet.\n\n\nThey also\nagree to talk.") == (
        "The two offices agree to meet.\n\nThey also agree to talk."
    )


@pytest.mark.parametrize("line_break", ["  \n", "\\\n", "<br>", "<br/>\n"])
def test_hard_line_breaks(line_break: str) -> None:
    """A line break that is asked for is kept."""
    assert plain(f"Done at Nairobi{line_break}For the office") == "Done at Nairobi\nFor the office"


def test_lists() -> None:
    """List items stand on lines of their own, with a hyphen or their number."""
    assert plain("They will:\n\n* train\n* share\n\nand:\n\n3) meet\n4) talk\n\nEnd.") == (
        "They will:\n\n- train\n- share\n\nand:\n\n3) meet\n4) talk\n\nEnd."
    )


def test_lists_within_lists() -> None:
    """Items of inner lists follow in their order."""
    assert plain("1. train\n   - examiners\n   - judges\n2. share\n   data") == (
        "1. train\n- examiners\n- judges\n2. share data"
    )


def test_loose_lists() -> None:
    """Items with blank lines between them stay apart, their paragraphs too."""
    assert plain("- train\n\n  and teach\n\n- share") == "- train\n\nand teach\n\n- share"


def test_bullets_that_markdown_does_not_know() -> None:
    """Lines that start with a bullet or an article number are not joined."""
    assert plain("They will\n• train\n• share\n(a) meet") == "They will\n• train\n• share\n(a) meet"


def test_tables() -> None:
    """A table row is one line, its cells parted by a bar."""
    assert plain("| Body | Task |\n|--|--|\n| Office | *train* |\n\nEnd") == (
        "Body | Task\nOffice | train\n\nEnd"
    )


def test_title() -> None:
    """A level-1 heading at the start is the title, without its marks."""
    draft = read_markdown("# The *Joint* Statement\n\nThe offices agree.")
    assert draft.metadata.title == "The Joint Statement"
    assert draft.body == "The Joint Statement\n\nThe offices agree."


@pytest.mark.parametrize("text", ["## Part\n\nText", "Text\n\n# Later"])
def test_other_headings_are_no_title(text: str) -> None:
    """Headings of other levels, or after the start, are no title."""
    assert read_markdown(text).metadata.title is None


@pytest.mark.parametrize("mark", [">", "> ", "- ", "1. "])
def test_deep_nesting(mark: str) -> None:
    """Nesting that the parser would cut in silence is refused."""
    with pytest.raises(Refused, match="levels deep") as caught:
        read_markdown(mark * 2000 + "text")
    assert caught.value.code == "markdown"


def test_many_brackets() -> None:
    """Brackets that would take the parser quadratic time are refused."""
    with pytest.raises(Refused, match="brackets") as caught:
        read_markdown("[" * 200_000)
    assert caught.value.code == "markdown"
