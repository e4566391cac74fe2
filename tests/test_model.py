from __future__ import annotations

import dataclasses

import pytest
from tests.strategies import VOCABULARY

from comity.model import (
    SCHEMES,
    Actor,
    Concept,
    Document,
    Label,
    Mention,
    Span,
    Statement,
    Vocabulary,
)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_no_empty_span(start: int, end: int) -> None:
    """A span holds at least one character, and begins within the text."""
    with pytest.raises(ValueError, match=f"span {start}-{end}"):
        Span(start, end)


@pytest.mark.parametrize(
    ("inner", "inside"),
    [((2, 5), True), ((3, 4), True), ((1, 5), False), ((2, 6), False), ((7, 8), False)],
)
def test_span_within_span(inner: tuple[int, int], inside: bool) -> None:
    """A span contains another when it covers all of its characters."""
    assert (Span(*inner) in Span(2, 5)) is inside


def test_spans_are_sorted_by_place() -> None:
    """Spans follow each other as in the text, the shorter first."""
    assert sorted([Span(2, 9), Span(2, 3), Span(0, 9)]) == [Span(0, 9), Span(2, 3), Span(2, 9)]


def test_quote_counts_code_points() -> None:
    """Offsets count code points, so that characters of any plane are one each."""
    document = Document("document-1", "", "中国 😀 pledges")
    assert document.quote(3, 4) == "😀"


def test_repr_hides_the_text() -> None:
    """A document shows what is known of it without spilling its text."""
    assert "secret" not in repr(Document("document-1", "", "secret"))


def test_mentions_have_their_roles() -> None:
    """A statement tells all its mentions with their roles, in the order of the record."""
    statement = Statement(
        "s",
        "d",
        0,
        1,
        "x",
        actors=(Mention("a"), Mention("b")),
        speaker=Mention("c"),
        counterparts=(Mention("d"),),
        beneficiaries=(Mention("e"),),
        constrained=(Mention("f"),),
    )
    assert [(role, mention.text) for role, mention in statement.mentions()] == [
        ("actor", "a"),
        ("actor", "b"),
        ("speaker", "c"),
        ("counterpart", "d"),
        ("beneficiary", "e"),
        ("constrained", "f"),
    ]


def test_values_do_not_change() -> None:
    """What has been read is not altered in place."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        Mention("China").id = "CHN"  # type: ignore[misc]


LABELS = (Label("Brevet", "fr"), Label("Patents"), Label("patent rights", "en", "alt"))


@pytest.mark.parametrize(
    ("labels", "language", "name"),
    [
        (LABELS, "fr", "Brevet"),
        (LABELS, "en", "Patents"),
        (LABELS, "zh-Hans", "Patents"),
        (LABELS[2:], "en", "patents"),
        ((), "en", "patents"),
    ],
)
def test_name(labels: tuple[Label, ...], language: str, name: str) -> None:
    """A name is the preferred label in that language, else in English, else the code or id."""
    assert Concept("area", "patents", "", labels).name(language) == name
    assert Actor("patents", "Actor", "", labels).name(language) == name


def test_scheme_has_its_own_concepts() -> None:
    """A scheme is the concepts of that scheme alone, in order of code."""
    assert list(VOCABULARY.scheme("modality")) == ["commitment", "obligation", "report"]


def test_schemes_are_eight() -> None:
    """The schemes are those of the vocabulary, each once."""
    assert len(SCHEMES) == len(set(SCHEMES)) == 8


def tree_of(broader: dict[str, tuple[str, ...]]) -> Vocabulary:
    """Areas with the broader ones of each."""
    areas = {("area", code): Concept("area", code, "", (), up) for code, up in broader.items()}
    return Vocabulary(areas, {})


@pytest.mark.parametrize(
    ("code", "above"),
    [("a", set()), ("b", {"a"}), ("c", {"a"}), ("d", {"a", "b", "c"}), ("none", set())],
)
def test_ancestors(code: str, above: set[str]) -> None:
    """The ancestors of a concept are all that are broader at any height, by any way up."""
    found = tree_of({"a": (), "b": ("a",), "c": ("a",), "d": ("b", "c")})
    assert found.ancestors("area", code) == above


def test_circles_end() -> None:
    """Concepts that are broader than each other are no trap."""
    assert tree_of({"a": ("b",), "b": ("a",)}).ancestors("area", "a") == {"a", "b"}


def test_vocabulary_keeps_what_it_was_given() -> None:
    """A vocabulary does not change when the mapping it was made of does, nor by itself."""
    given = {("area", "a"): Concept("area", "a", "")}
    vocabulary = Vocabulary(given, {})
    given.clear()
    assert list(vocabulary.scheme("area")) == ["a"]
    with pytest.raises(TypeError):
        vocabulary.actors["CHN"] = Actor("CHN", "State", "")  # type: ignore[index]
