"""Front matter."""

from __future__ import annotations

import pytest

from comity.errors import MetadataError
from comity.text.frontmatter import split_front_matter
from comity.text.limits import DEFAULT_LIMITS
from comity.text.metadata import DEFAULT_CODES, Metadata


def split(text: str) -> tuple[Metadata, str]:
    """Metadata and body of a file a.md."""
    return split_front_matter(text, name="a.md", codes=DEFAULT_CODES, limits=DEFAULT_LIMITS)


def test_front_matter() -> None:
    """The block between the rules is metadata, what follows is the text."""
    assert split("---\ntitle: Joint Statement\ndate: 2019-04-26\n---\nThe offices agree.") == (
        Metadata(title="Joint Statement", date="2019-04-26"),
        "The offices agree.",
    )


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends(end: str) -> None:
    """Front matter may have any line ends, and a byte order mark before it."""
    text = end.join(["\ufeff---", "title: A", "---", "B"])
    assert split(text) == (Metadata(title="A"), "B")


@pytest.mark.parametrize(
    ("written", "kept"),
    [("NO", "NO"), ("yes", "yes"), ("1e3", "1e3"), ("0x10", "0x10"), ("2019-04-26", "2019-04-26")],
)
def test_values_stay_text(written: str, kept: str) -> None:
    """Nothing is turned into a truth value, number or date."""
    assert split(f"---\ntitle: {written}\n---\n")[0].title == kept


def test_the_language_norwegian() -> None:
    """The language code "no" is no falsehood."""
    assert split("---\nlanguage: no\n---\n")[0].language == "no"


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_no_value(nothing: str) -> None:
    """A key without a value counts as absent."""
    assert split(f"---\ndate: {nothing}\n---\nB") == (Metadata(), "B")


def test_quoted_and_folded_values() -> None:
    """Quotes and folded blocks are understood."""
    text = "---\ntitle: 'Forum: the opening'\nevent: >\n  Second\n  Forum\n---\n"
    assert split(text)[0] == Metadata(title="Forum: the opening", event="Second Forum")


def test_keys_in_any_case() -> None:
    """Title and TITLE are title."""
    assert split("---\nTITLE: A\n---\n")[0].title == "A"


def test_unknown_keys() -> None:
    """Unknown keys with a value or a plain list are ignored, comments too."""
    text = "---\n# note\ncitation: x\ntags: [a, b]\nevent_type: forum\nauthors:\n- A\n- B\n---\nB"
    assert split(text) == (Metadata(), "B")


@pytest.mark.parametrize(
    "text", ["The offices agree.", "\n---\ntitle: A\n---\n", "----\na: b\n---"]
)
def test_no_front_matter(text: str) -> None:
    """Front matter starts with the first line, which is three dashes."""
    assert split(text) == (Metadata(), text)


@pytest.mark.parametrize(
    "text", ["---\nThe offices agree.\n---\nMore.", "---\n\nText", "---\n- a\n---\n"]
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    """Dashes that no key follows are a rule, and nothing is taken away."""
    assert split(text) == (Metadata(), text)


@pytest.mark.parametrize(
    ("block", "line", "problem"),
    [
        ("title: *a", 2, "aliases"),
        ("title: &a b", 2, "aliases"),
        ("title: !!python/name:os.system x", 2, "tags"),
        ("title: A\nurl: !x y", 3, "tags"),
        ("title: A\nTitle: B", 3, "occurs twice"),
        ("title: [A, B]", 2, "one value, not a list"),
        ("note: {a: b}", 2, "values inside its value"),
        ("note:\n  a: b", 3, "values inside its value"),
        ("note: [[a]]", 2, "inside its list"),
        ("title: a: b", 2, "no YAML"),
        ("title: 'a", 3, "no YAML"),
        ("title: A\n\tdate: 2019", 3, "no YAML"),
        ("title: A\ndate: 2019-02-30", 3, "no date"),
        ("title: A\ntype: novel", 3, "not in the vocabulary"),
        ("title: A\n---x: b\n? [a]\n: c", 4, "a key is a word"),
    ],
)
def test_malformed_front_matter(block: str, line: int, problem: str) -> None:
    """Malformed front matter is refused with file and line."""
    with pytest.raises(MetadataError, match=problem) as caught:
        split(f"---\n{block}\n---\nB")
    assert caught.value.where == f"a.md:{line}"


def test_front_matter_without_end() -> None:
    """Front matter that is never closed is refused, not taken for text."""
    with pytest.raises(MetadataError, match="has no end"):
        split("---\ntitle: A\nThe offices agree.")


def test_long_front_matter() -> None:
    """A block over the limit is refused before it is parsed."""
    with pytest.raises(MetadataError, match="longer than"):
        split("---\na: " + "x" * 70_000 + "\n---\n")


def test_expanding_aliases() -> None:
    """A bomb of aliases is refused at its first anchor."""
    bomb = "a: &a [x]\n" + "\n".join(
        f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abc", "bcd", strict=True)
    )
    with pytest.raises(MetadataError, match="aliases"):
        split(f"---\n{bomb}\n---\n")


def test_deep_nesting() -> None:
    """Thousands of brackets are refused, not followed."""
    with pytest.raises(MetadataError):
        split("---\na: " + "[" * 60_000 + "\n---\n")
