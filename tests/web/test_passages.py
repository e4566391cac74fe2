"""Passages in their text: cut up, nothing is lost, and every passage is found whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from comity.model import Statement
from comity.web.passages import excerpt, paragraphs, parts

TEXTS = st.text(st.sampled_from("ab \n"), min_size=1, max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Statement]]:
    """A text with passages that overlap as they please."""
    text = draw(TEXTS)
    spans = draw(
        st.lists(
            st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(
                lambda span: span[0] < span[1]
            ),
            max_size=6,
        )
    )
    return text, [Statement(f"statement-{n}", "d", *span, "") for n, span in enumerate(spans)]


@given(marked())
def test_pieces_make_up_the_text(given_: tuple[str, list[Statement]]) -> None:
    """The pieces, one after the other, are the text without the gaps between paragraphs."""
    text, statements = given_
    found = paragraphs(text, statements)
    for paragraph in found:
        assert text[paragraph.start :].startswith(paragraph.text)
        assert "\n\n" not in paragraph.text
    assert "".join(p.text for p in found).replace("\n", "") == text.replace("\n", "")


@given(marked())
def test_pieces_know_their_passages(given_: tuple[str, list[Statement]]) -> None:
    """A piece is covered by exactly the passages that hold all of its characters."""
    text, statements = given_
    for paragraph in paragraphs(text, statements):
        at = paragraph.start
        for piece in paragraph.pieces:
            end = at + len(piece.text)
            covering = {n for n, s in enumerate(statements, 1) if s.start <= at and end <= s.end}
            touching = {n for n, s in enumerate(statements, 1) if s.start < end and at < s.end}
            assert set(piece.covering) == covering == touching
            at = end


@given(marked())
def test_a_passage_begins_once(given_: tuple[str, list[Statement]]) -> None:
    """Every passage that has a character in a paragraph begins in one piece, and never again."""
    text, statements = given_
    found = paragraphs(text, statements)
    begun = [number for p in found for piece in p.pieces for number in piece.starting]
    shown = {number for p in found for piece in p.pieces for number in piece.covering}
    assert sorted(begun) == sorted(shown)


@given(marked(), st.integers(1, 30))
def test_pages_hold_every_paragraph(given_: tuple[str, list[Statement]], size: int) -> None:
    """A long document is dealt out in order; a page is full, or holds a single paragraph."""
    found = paragraphs(*given_)
    pages = parts(found, size)
    assert [p for page in pages for p in page] == found
    for page in pages:
        assert len(page) <= 1 or sum(len(p.text) for p in page) <= size


@given(TEXTS, st.data())
def test_an_excerpt_stands_in_the_text(text: str, data: st.DataObject) -> None:
    """What surrounds a passage is what stands there, in its paragraphs, as far as it reaches."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    reach = data.draw(st.integers(1, 20))
    found = excerpt(text, start, end, reach)
    assert found.words == text[start:end]
    assert text[:start].endswith(found.before)
    assert text[end:].startswith(found.after)
    assert max(len(found.before), len(found.after)) <= reach
    assert "\n\n" not in found.before + "|" + found.after


def test_many_passages_in_one_paragraph_are_quick() -> None:
    """The work grows with the passages, not with their square: each open one is looked at alone."""
    text = "ab " * 20_000
    statements = [Statement(f"statement-{n}", "d", 3 * n, 3 * n + 2, "") for n in range(20_000)]
    (paragraph,) = paragraphs(text, statements)
    assert len([piece for piece in paragraph.pieces if piece.covering]) == 20_000
