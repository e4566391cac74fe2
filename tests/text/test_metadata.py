"""Metadata values, and which of several counts."""

from __future__ import annotations

import pytest

from comity.errors import MetadataError
from comity.text.metadata import (
    BINDINGNESS,
    BINDINGNESS_OF_TYPE,
    DEFAULT_CODES,
    KEYS,
    Codes,
    Metadata,
    checked,
    is_web_address,
    language_tag,
)


def check(**values: object) -> Metadata:
    """The metadata of a record on line 3 of a file."""
    return checked(values, codes=DEFAULT_CODES, where=lambda key: f"side.csv:3:{key}")


def test_known_keys() -> None:
    """Known keys are kept as written."""
    assert check(title="Joint Statement", date="2019-04", url="https://example.org/a") == Metadata(
        title="Joint Statement", date="2019-04", url="https://example.org/a"
    )


def test_unknown_keys() -> None:
    """Unknown keys are ignored, whatever they hold."""
    assert check(citation="x", id=7, nested={"a": 1}) == Metadata()


def test_empty_values() -> None:
    """An empty value counts as absent."""
    assert check(title="", date="  ", url=None) == Metadata()


def test_values_stand_on_one_line() -> None:
    """Line breaks and doubled spaces in a value are removed."""
    assert check(title=" Joint \n Statement ").title == "Joint Statement"


@pytest.mark.parametrize("value", [2019, True, ["a"], {"a": "b"}, 1.5])
def test_values_that_are_no_text(value: object) -> None:
    """A value that is not text is refused."""
    with pytest.raises(MetadataError, match="takes one piece of text"):
        check(date=value)


def test_long_values() -> None:
    """A value longer than the limit is refused, not cut."""
    with pytest.raises(MetadataError, match="longer than 10000"):
        check(title="x" * 10_001)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("date", "26 April 2019"),
        ("date", "2019-04-31"),
        ("date", "2019-4-1"),
        ("language", "English"),
        ("language", "en_GB"),
        ("url", "www.example.org"),
        ("url", "ftp://example.org"),
        ("url", "javascript:alert(1)"),
        ("type", "speeches"),
        ("bindingness", "strict"),
    ],
)
def test_malformed_values(key: str, value: str) -> None:
    """A malformed value is refused with its place and what to write."""
    with pytest.raises(MetadataError, match=rf"^side.csv:3:{key}: {key} .*\(.+\)$"):
        check(**{key: value})


def test_near_misses() -> None:
    """A code that is nearly right is answered with the right one."""
    with pytest.raises(MetadataError, match="did you mean 'speech'"):
        check(type="Speech")


def test_codes_of_the_vocabulary_in_use() -> None:
    """A user's own document type is accepted when the vocabulary has it."""
    own = Codes(types=DEFAULT_CODES.types | {"white-paper"})
    found = checked({"type": "white-paper"}, codes=own, where=str)
    assert found.type == "white-paper"


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en", "en"),
        ("EN-gb", "en-GB"),
        ("zh-hans", "zh-Hans"),
        ("ZH-HANT-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de-1996", "de-1996"),
        ("sl-rozaj", "sl-rozaj"),
        ("en-x-legal", "en-x-legal"),
        ("zh-cmn", "zh-cmn"),
    ],
)
def test_language_tags(written: str, tag: str) -> None:
    """A language tag is well-formed BCP 47 and gets the usual capitals."""
    assert language_tag(written) == tag


@pytest.mark.parametrize("written", ["", "e", "english language", "en-", "en--GB", "12", "中文"])
def test_no_language_tags(written: str) -> None:
    """Anything else is no language tag."""
    assert language_tag(written) is None


@pytest.mark.parametrize(
    "address", ["https://example.org", "http://example.org:8080/a?b=c#d", "https://例え.jp/文"]
)
def test_web_addresses(address: str) -> None:
    """Absolute http and https addresses may be kept."""
    assert is_web_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "//example.org",
        "/path",
        "file:///etc/passwd",
        "https://",
        "https://exa mple.org",
        "https://example.org/<script>",
        'https://example.org/"',
        "https://example.org/{a}",
        "https://example.org/a\nb",
        "https://example.org:99999/",
        "https://[broken/",
        "https://example.org/" + "x" * 3000,
    ],
)
def test_no_web_addresses(address: str) -> None:
    """What could not be written as an IRI, or leads elsewhere than the web, is refused."""
    assert not is_web_address(address)


def test_precedence() -> None:
    """Of two sources of metadata the first counts, the second fills what it leaves open."""
    assert Metadata(title="A", date="2019").over(Metadata(title="B", place="Nairobi")) == Metadata(
        title="A", date="2019", place="Nairobi"
    )


@pytest.mark.parametrize(("code", "bindingness"), sorted(BINDINGNESS_OF_TYPE.items()))
def test_bindingness_of_a_type(code: str, bindingness: str | None) -> None:
    """A document that states no bindingness has that of its type."""
    assert Metadata(type=code).complete().bindingness == bindingness
    assert bindingness is None or bindingness in BINDINGNESS


def test_stated_bindingness() -> None:
    """A stated bindingness is kept, whatever the type."""
    own = Metadata(type="news-report", bindingness="political")
    assert own.complete() == own


def test_no_type_no_bindingness() -> None:
    """Bindingness is never guessed without a type, nor for a type of the user's own."""
    assert Metadata().complete().bindingness is None
    assert Metadata(type="white-paper").complete().bindingness is None


def test_keys_are_fields_of_documents() -> None:
    """Every metadata key is a field of Document."""
    from dataclasses import fields

    from comity.model import Document

    assert set(KEYS) < {field.name for field in fields(Document)}
