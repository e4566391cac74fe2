"""Which files are read, and in what order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from comity.errors import UsageError
from comity.model import Rejection
from comity.text.refusal import Refused
from comity.text.sources import Source, expand, printable, read_bytes

from .conftest import Write


def labels(*sources: Path | str) -> list[str]:
    """Labels of files; of what is refused, the source with its code."""
    return [
        one.label if isinstance(one, Source) else f"{one.source}: {one.code}"
        for one in expand(sources)
    ]


def test_folder(tmp_path: Path, write: Write) -> None:
    """A folder stands for the texts in it at any depth, sorted by their path within it."""
    for name in ("b.txt", "a/z.md", "a/b/c.HTML", "d.htm", "e.markdown", "f.jsonl"):
        write(f"texts/{name}", "x")
    assert labels(tmp_path / "texts") == [
        "a/b/c.HTML",
        "a/z.md",
        "b.txt",
        "d.htm",
        "e.markdown",
        "f.jsonl",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "photo.png",
        "notes",
        "table.csv",
        ".hidden.txt",
        ".git/a.txt",
        "README.md",
        "readme.md",
        "a.statements.jsonl",
        "a.documents.jsonl",
        "statements.jsonl",
        "documents.jsonl",
        "rejected.jsonl",
    ],
)
def test_files_passed_over(name: str, tmp_path: Path, write: Write) -> None:
    """In a folder, other formats, hidden files, records and READMEs are passed over."""
    write("texts/a.txt", "x")
    write(f"texts/{name}", "x")
    assert labels(tmp_path / "texts") == ["a.txt"]


def test_named_files(write: Write) -> None:
    """A file that is named is taken whatever it is called, so that its fault is told."""
    assert labels(write("notes.xyz", "x"), write(".hidden.txt", "x")) == [
        ".hidden.txt",
        "notes.xyz",
    ]


def test_labels_tell_no_place(tmp_path: Path, write: Write) -> None:
    """Labels are names and paths within a folder, never absolute paths."""
    write("texts/a.txt", "x")
    for given in (tmp_path / "texts", tmp_path / "texts/a.txt"):
        assert labels(given) == ["a.txt"]


def test_file_named_twice(tmp_path: Path, write: Write) -> None:
    """A file that is named twice, or also found in a folder, is read once."""
    path = write("texts/a.txt", "x")
    assert labels(path, str(path), tmp_path / "texts", tmp_path / "texts/../texts") == ["a.txt"]


def test_missing(tmp_path: Path) -> None:
    """A path that does not exist is reported as it was given."""
    assert labels(tmp_path / "absent.txt", "bad\0name") == [
        f"{tmp_path.as_posix()}/absent.txt: missing",
        "bad?name: missing",
    ]


def test_path_through_a_file(write: Write) -> None:
    """A path that goes on below a file is missing."""
    (one,) = expand([write("a.txt", "x") / "b.txt"])
    assert isinstance(one, Rejection) and one.code == "missing"


def test_folder_without_texts(tmp_path: Path, write: Write) -> None:
    """A folder in which there is nothing to read is reported."""
    write("texts/photo.png", "x")
    assert labels(tmp_path / "texts") == ["texts: empty"]


def test_links_out_of_a_folder(tmp_path: Path, write: Write) -> None:
    """Links that lead out of a folder are refused, to files and to folders."""
    secret = write("private/secret.txt", "x")
    write("texts/a.txt", "x")
    (tmp_path / "texts/link.txt").symlink_to(secret)
    (tmp_path / "texts/more").symlink_to(secret.parent)
    assert labels(tmp_path / "texts") == ["a.txt", "link.txt: unreadable", "more: unreadable"]


def test_links_within_a_folder(tmp_path: Path, write: Write) -> None:
    """Links within a folder add nothing: each file is read once, under its first label."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.txt").symlink_to(write("texts/b.txt", "x"))
    (tmp_path / "texts/again").symlink_to(tmp_path / "texts")
    assert labels(tmp_path / "texts") == ["a.txt"]


def test_loops_of_links(tmp_path: Path, write: Write) -> None:
    """A link to itself is refused, and stops nothing."""
    write("texts/a.txt", "x")
    (tmp_path / "texts/loop.txt").symlink_to(tmp_path / "texts/loop.txt")
    first, loop = expand([tmp_path / "texts"])
    assert isinstance(first, Source) and isinstance(loop, Source)
    with pytest.raises(Refused) as caught:
        read_bytes(loop.path, 100)
    assert caught.value.code == "unreadable"


def test_named_link(tmp_path: Path, write: Write) -> None:
    """A link that is named itself is followed: the user asked for it."""
    (tmp_path / "link.txt").symlink_to(write("private/a.txt", "x"))
    assert labels(tmp_path / "link.txt") == ["link.txt"]


def test_pipes(tmp_path: Path) -> None:
    """A pipe, which would block, is not opened."""
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(Refused, match="no regular file") as caught:
        read_bytes(tmp_path / "pipe.txt", 100)
    assert caught.value.code == "unreadable"


def test_folder_for_a_file(tmp_path: Path) -> None:
    """A folder cannot be read as a file."""
    with pytest.raises(Refused) as caught:
        read_bytes(tmp_path, 100)
    assert caught.value.code == "unreadable"


def test_files_that_may_not_be_opened(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system refuses to open is unreadable, with its reason."""
    path = write("a.txt", "x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(Refused, match="Permission denied") as caught:
        read_bytes(path, 100)
    assert caught.value.code == "unreadable"


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (11, "oversized")])
def test_sizes(size: int, code: str, write: Write) -> None:
    """Files that are empty or over the limit are refused."""
    with pytest.raises(Refused) as caught:
        read_bytes(write("a.txt", "x" * size), 10)
    assert caught.value.code == code


def test_size_at_the_limit(write: Write) -> None:
    """A file of just the limit is read."""
    assert read_bytes(write("a.txt", "x" * 10), 10) == b"x" * 10


@pytest.mark.parametrize("single", ["speech.txt", Path("speech.txt")])
def test_a_single_path(single: str | Path) -> None:
    """A single path in place of a list is a wrong call, not a list of letters."""
    with pytest.raises(UsageError, match="list of paths"):
        expand(single)  # type: ignore[arg-type]


def test_names_that_cannot_be_written() -> None:
    """File names that are no Unicode, or hold line ends, are made printable."""
    assert printable("a\nb\udcff.txt") == "a?b?.txt"


def test_graph_folders_are_passed_over(write: Write, tmp_path: Path) -> None:
    """What a build left is no source: a graph folder is passed over, and refused when named."""
    write("talk.txt", "words")
    write("kg/.comity", "format 1\n")
    write("kg/versions/0001/texts/ab.txt", "words")
    assert [one.label for one in expand([tmp_path]) if isinstance(one, Source)] == ["talk.txt"]
    (refused,) = expand([tmp_path / "kg"])
    assert isinstance(refused, Rejection) and "graph folder" in refused.reason


@pytest.mark.parametrize("name", ["report.pdf", "Note.DOCX", "slides.pptx"])
def test_other_documents_are_set_aside(name: str, write: Write, tmp_path: Path) -> None:
    """A document of a kind that is not read is noticed in a folder, not passed over in silence."""
    write("talk.txt", "words")
    write(name, "words")
    refused = [one for one in expand([tmp_path]) if isinstance(one, Rejection)]
    assert [(one.source, one.code) for one in refused] == [(name, "format")]
