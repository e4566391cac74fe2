"""What a release is called, when it was issued and who answers for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.errors import UsageError
from comity.publish.release import About, about_from, make_release, read_about
from comity.rdf.namespaces import Namespaces

SPACES = Namespaces("https://example.org/kg/")


@pytest.mark.parametrize(
    ("label", "issued"),
    [
        ("2026", "2026"),
        ("2026.11", "2026-11"),
        ("2026.3", "2026-03"),
        ("2026-11-24", "2026-11-24"),
        ("2026.11.4", "2026-11-04"),
    ],
)
def test_a_name_that_is_a_date_gives_the_date(label: str, issued: str) -> None:
    """The date of issue follows from the name, with no more precision than that has."""
    assert make_release(label, SPACES).issued == issued


@pytest.mark.parametrize("label", ["first", "2026.13", "2026.02.30", "1.0", "20261124"])
def test_a_name_that_is_no_date_needs_one(label: str) -> None:
    """The clock is never asked: without a date there is no release."""
    with pytest.raises(UsageError, match="no date follows"):
        make_release(label, SPACES)
    assert make_release(label, SPACES, issued="2026-11").issued == "2026-11"


def test_source_date_epoch_is_honoured() -> None:
    """SOURCE_DATE_EPOCH wins over the name, and a date that is given wins over it."""
    assert make_release("2026.11", SPACES, epoch="1764547200").issued == "2025-12-01"
    given = make_release("2026.11", SPACES, epoch="1764547200", issued="2026")
    assert given.issued == "2026"


@pytest.mark.parametrize("epoch", ["soon", "1e9", "9" * 30])
def test_source_date_epoch_is_a_number(epoch: str) -> None:
    """What is no number of seconds is refused."""
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        make_release("2026.11", SPACES, epoch=epoch)


@pytest.mark.parametrize("label", ["", ".", "..", "a/b", "a b", "-x", "x.", "é", "a\n"])
def test_a_name_is_fit_for_files_and_iris(label: str) -> None:
    """No slash, no space, nothing that a file name or an IRI would have to escape."""
    with pytest.raises(UsageError, match="cannot name a release"):
        make_release(label, SPACES, issued="2026")


@pytest.mark.parametrize("issued", ["2026-2-3", "2026-02-30", "today", "26"])
def test_a_date_is_one(issued: str) -> None:
    """A day that the calendar does not have is refused."""
    with pytest.raises(UsageError, match="this is no date"):
        make_release("2026.11", SPACES, issued=issued)


@pytest.mark.parametrize(
    "url", ["example.org/", "https://example.org/x", "ftp://x.org/", "https:///", "https://a b/"]
)
def test_the_address_is_a_web_address(url: str) -> None:
    """Files are named relative to it, so it ends in a slash."""
    with pytest.raises(UsageError):
        make_release("2026.11", SPACES, url=url)


def test_iris_are_flat_and_under_the_base() -> None:
    """What belongs to a release is named after its kind, its label and its name."""
    release = make_release("2026.11", SPACES)
    assert release.dataset == "https://example.org/kg/dataset"
    assert release.version == "https://example.org/kg/dataset-2026.11"
    assert release.node("distribution", "edges.csv").endswith("/distribution-2026.11-edges.csv")
    assert release.address("edges.csv") == "https://example.org/kg/release-2026.11/edges.csv"


def test_a_release_does_not_follow_on_itself() -> None:
    """Two releases of one name cannot be told apart."""
    with pytest.raises(UsageError, match="too"):
        make_release("2026.11", SPACES, previous="2026.11")


def test_no_policy_but_the_three() -> None:
    """Quotes are full, short or none."""
    with pytest.raises(UsageError, match="one of full, short, none"):
        make_release("2026.11", SPACES, quotes="some")


def test_what_the_publisher_says_is_read_from_toml(tmp_path: Path) -> None:
    """The keys are those of `About`; what is not said keeps its default."""
    file = tmp_path / "about.toml"
    file.write_text('title = "Our graph"\ncreators = ["A. Reader", "B. Coder"]\n')
    found = read_about(file)
    assert (found.title, found.creators) == ("Our graph", ("A. Reader", "B. Coder"))
    assert found.license == About().license


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titel = 'x'", "no key 'titel'"),
        ("title = 3", "title: this is a text"),
        ("title = ' '", "title: this is a text"),
        ("creators = 'A'", "creators: this is a list"),
        ("creators = ['']", "creators: each is a text"),
        ("license = 'CC BY'", "not absolute"),
        ("title = ", "this is no TOML"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """The message names the file and the key."""
    file = tmp_path / "about.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=message) as refused:
        read_about(file)
    assert "about.toml" in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """So is one that is no text."""
    with pytest.raises(UsageError, match="cannot be read"):
        read_about(tmp_path / "none.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="no TOML"):
        read_about(tmp_path / "binary.toml")


def test_values_from_a_script_are_held_to_the_same() -> None:
    """A script names the keys as arguments."""
    assert about_from({"keywords": ["a"]}).keywords == ("a",)
    with pytest.raises(UsageError):
        about_from({"landing_page": "here"})
