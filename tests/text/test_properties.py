"""What holds for any text and any bytes."""

from __future__ import annotations

import textwrap
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from comity.dates import find_dates, is_iso_date
from comity.identifiers import document_id, text_sha256
from comity.model import Document, Rejection
from comity.text.encoding import decode
from comity.text.markdown import read_markdown
from comity.text.normalise import normalise, plain_text, unwrap
from comity.text.read import read_file, read_sources

SUFFIXES = [".txt", ".md", ".html", ".jsonl"]
CODES = {"empty", "binary", "encoding", "metadata", "html", "markdown", "json", "oversized"}

WORDS = (
    "the offices agreed to share search reports coop- eration trade secrets. 3 May 2021 at Forum "
    "in Nairobi, Article 1 (a) - 2. Source: NAIROBI -- | # * _ [x](y) <p> <b> &amp; --- title: ```"
)
words = st.sampled_from(WORDS.split(" "))
lines = st.lists(words, min_size=1, max_size=18).map(" ".join)
wrapped = st.builds(textwrap.fill, st.lists(words, min_size=20).map(" ".join), st.integers(55, 100))
texts = st.lists(lines | wrapped | st.just(""), max_size=30).map("\n".join)
documents = st.lists(words, min_size=1, max_size=8).map(" ".join)
marks = st.text(
    st.sampled_from("\u200d\u200c\u0301\u0308\u05d0\u0915a e\xad\u2028\r\n\ufeff\u3000")
)


def read_bytes_as(data: bytes, suffix: str) -> list[Document | Rejection]:
    """The outcome of reading a file with this content."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"file{suffix}")
        path.write_bytes(data)
        return read_file(path)


@given(st.text() | texts | marks)
@example("\u1f71\u200d\u0301")
@example("a \u2028\u200b\r\n\x85 b")
def test_normalising_twice_changes_nothing(text: str) -> None:
    """A normalised text is its own normal form."""
    assert normalise(normalise(text)) == normalise(text)


@given(st.text() | texts | marks)
def test_normal_form(text: str) -> None:
    """A normalised text is NFC, can be written as UTF-8 and has no doubled or outer space."""
    done = normalise(text)
    assert unicodedata.is_normalized("NFC", done)
    assert done.encode() is not None
    assert done == done.strip()
    assert not any(pair in done for pair in ("  ", "\n\n\n", " \n", "\n ", "\r", "\t"))


@given(texts)
def test_unwrapping_twice_changes_nothing(text: str) -> None:
    """Reading a kept text again gives the same text, so its offsets hold."""
    assert plain_text(plain_text(text)) == plain_text(text)


@given(texts)
def test_unwrapping_keeps_the_words(text: str) -> None:
    """Joining lines changes white space and hyphens at line ends, and nothing else."""

    def letters(value: str) -> str:
        return "".join(value.replace("-", "").split())

    assert letters(unwrap(normalise(text))) == letters(normalise(text))


@given(st.binary() | st.text().map(str.encode) | texts.map(str.encode), st.sampled_from(SUFFIXES))
@settings(deadline=None)
def test_any_bytes_give_documents_or_rejections(data: bytes, suffix: str) -> None:
    """No content makes reading fail: it becomes documents or rejections with a known code."""
    for item in read_bytes_as(data, suffix):
        if isinstance(item, Rejection):
            assert item.stage == "read" and item.code in CODES and item.reason
        else:
            assert item.text == normalise(item.text) != ""
            assert item.sha256 == text_sha256(item.text) and item.id == document_id(item.sha256)
            assert item.date is None or is_iso_date(item.date)


@given(st.text(max_size=300), st.sampled_from(["utf-16", "utf-32", "utf-8-sig"]))
def test_unicode_with_a_mark_is_read_exactly(text: str, encoding: str) -> None:
    """A byte order mark tells the encoding, whatever the text."""
    assume(not text.startswith("\0"))  # in UTF-16 that is the mark of UTF-32
    assert decode(text.encode(encoding)) == text


@given(st.text(max_size=300))
def test_utf8_is_read_exactly(text: str) -> None:
    """Valid UTF-8 is UTF-8, unless it looks like no text at all."""
    data = text.encode()
    assume(not (b"\0" in data or b"\x1b" in data or data.startswith((BOM_UTF8, b"BZh9"))))
    assert decode(data) == text


@given(texts)
@settings(deadline=None)
def test_markdown_text_is_normalised(text: str) -> None:
    """The plain text of any Markdown is in normal form, without line ends in its title."""
    draft = read_markdown(text)
    assert draft.body == normalise(draft.body)
    assert draft.metadata.title is None or "\n" not in draft.metadata.title


@given(st.text() | texts, st.none() | st.integers(1900, 2100))
def test_dates_are_real_ordered_and_apart(text: str, year: int | None) -> None:
    """Every date found is one of the calendar; spans are ordered and do not overlap."""
    found = find_dates(text, year)
    assert all(0 <= start < end <= len(text) for start, end, _ in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert all(is_iso_date(iso.replace("--", "2000-", 1)) for _, _, iso in found)
    assert year is None or not any(iso.startswith("--") for _, _, iso in found)


def outcome(sources: Sequence[Path]) -> list[tuple[str, str]]:
    """What reading gives, in order, in a form that can be compared."""
    return [
        (item.id, str(item.file))
        if isinstance(item, Document)
        else (item.source, f"{item.code} {item.reason}")
        for item in read_sources(sources)
    ]


@pytest.mark.parametrize("nested", [False, True])
@given(data=st.data(), contents=st.lists(documents, min_size=1, max_size=6))
@settings(deadline=None, max_examples=50)
def test_order_of_sources_does_not_matter(
    nested: bool, data: st.DataObject, contents: list[str]
) -> None:
    """Any order of files and folders gives the same documents and duplicates in one order."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for number, content in enumerate(contents):
            below = folder / f"part{number % 2}" if nested else folder
            below.mkdir(exist_ok=True)
            (below / f"text{number // 2}.txt").write_text(content, encoding="utf-8")
        sources = [*sorted(folder.rglob("*.txt")), folder, folder / "absent"]
        assert outcome(data.draw(st.permutations(sources))) == outcome(sources)
