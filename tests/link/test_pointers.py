"""Objects that point back → the areas of what they point to."""

from __future__ import annotations

import pytest

from comity.link.pointers import is_pointer, is_pronoun, sentence_before
from extract.reading import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Brazil and Kenya signed an agreement on trade secrets. Parliament ratified the "
                "agreement."
            ),
            ("trade-secrets",),
        ),
        (
            "The ministers negotiated a treaty on industrial designs. Peru will sign the treaty.",
            ("industrial-designs",),
        ),
        (
            (
                "The offices drafted a protocol concerning geographical indications. Chile will "
                "join this protocol."
            ),
            ("geographical-indications",),
        ),
        ("Kenya will draft a law on copyright and publish it.", ("copyright",)),
    ],
)
def test_pointing_back(text: str, expected: tuple[str, ...]) -> None:
    """ "The agreement" and "it" have the areas of what they point back to."""
    assert read(text)[-1].areas == expected


@pytest.mark.parametrize(
    ("words", "pointer", "pronoun"),
    [
        ("it", True, True),
        ("the treaty", True, False),
        ("its scheme", True, False),
        ("such requests", False, True),
        ("the Beijing Treaty", False, False),
        ("the treaty on designs", False, False),
        ("trade secrets", False, False),
    ],
)
def test_pointers(words: str, pointer: bool, pronoun: bool) -> None:
    """A pronoun points, and so does a text without a name; a name never does."""
    assert (is_pointer(words), is_pronoun(words)) == (pointer, pronoun)


@pytest.mark.parametrize(
    ("text", "start", "before"),
    [
        ("A is new. From today B protects designs", 23, "From today B "),
        ("B protects designs", 2, "B "),
        ("One line\nB protects", 11, "B "),
    ],
)
def test_sentence_before(text: str, start: int, before: str) -> None:
    """The words in front of a place reach back to the start of its sentence."""
    assert sentence_before(text, start) == before
