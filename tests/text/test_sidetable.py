"""The side table."""

from __future__ import annotations

import csv

import pytest

from comity.errors import MetadataError
from comity.model import Document, Rejection
from comity.text.read import read_sources

from .conftest import Write


def read(table: str | bytes, write: Write, *files: str) -> dict[str, Document | Rejection]:
    """What reading the files with the table gives, by file or source."""
    paths = [write(name, f"The office of {name} agrees.") for name in files]
    items = read_sources(paths, meta=write("side.csv", table))
    return {str(item.file if isinstance(item, Document) else item.source): item for item in items}


def test_values_by_file(write: Write) -> None:
    """A row gives metadata to the file it names, and to no other."""
    found = read("file,title,date\na.txt,Joint Statement,2019-04\n", write, "a.txt", "b.txt")
    first, second = found["a.txt"], found["b.txt"]
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.title, first.date, second.title) == ("Joint Statement", "2019-04", None)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators(separator: str, write: Write) -> None:
    """Columns may be parted by commas, semicolons or tabs, as spreadsheets write them."""
    found = read(f"file{separator}place\na.txt{separator}Nairobi\n", write, "a.txt")
    document = found["a.txt"]
    assert isinstance(document, Document) and document.place == "Nairobi"


def test_spreadsheet_exports(write: Write) -> None:
    """A byte order mark, capitals, CRLF and blank lines do no harm."""
    table = '\ufeffFile,Title\r\na.txt,"Marks, old and new"\r\n,\r\n\r\n'
    document = read(table, write, "a.txt")["a.txt"]
    assert isinstance(document, Document) and document.title == "Marks, old and new"


def test_unknown_columns(write: Write) -> None:
    """Columns that are no metadata are ignored, short rows are filled up."""
    document = read("file,notes,place\na.txt,x\n", write, "a.txt")["a.txt"]
    assert isinstance(document, Document) and document.place is None


def test_side_table_overrides_front_matter(write: Write) -> None:
    """Of side table and front matter the table counts, value by value."""
    path = write("a.md", "---\ntitle: Old\nplace: Nairobi\n---\nThe office agrees.")
    (item,) = read_sources([path], meta=write("side.csv", "file,title\na.md,New\n"))
    assert isinstance(item, Document)
    assert (item.title, item.place) == ("New", "Nairobi")


def test_side_table_overrides_the_records_of_a_file(write: Write) -> None:
    """A row about a JSON Lines file counts for each of its documents."""
    path = write("a.jsonl", '{"text": "One.", "date": "2001"}\n{"text": "Two."}\n')
    items = read_sources([path], meta=write("side.csv", "file,date\na.jsonl,2019\n"))
    assert [item.date for item in items if isinstance(item, Document)] == ["2019", "2019"]


def test_path_tells_files_apart(write: Write) -> None:
    """Files with one name are told apart by more of their path."""
    found = list(
        read_sources(
            [write("x/a.txt", "The first office."), write("y/a.txt", "The second office.")],
            meta=write("side.csv", "file,place\ny/a.txt,Nairobi\n"),
        )
    )
    assert {item.text: item.place for item in found if isinstance(item, Document)} == {
        "The first office.": None,
        "The second office.": "Nairobi",
    }


def test_ambiguous_files(write: Write) -> None:
    """A name that fits several files gives metadata to none of them."""
    found = list(
        read_sources(
            [write("x/a.txt", "The first office."), write("y/a.txt", "The second office.")],
            meta=write("side.csv", "file,place\na.txt,Nairobi\n"),
        )
    )
    assert [item.place for item in found if isinstance(item, Document)] == [None, None]
    (refused,) = [item for item in found if isinstance(item, Rejection)]
    assert (refused.source, refused.code) == ("side.csv:2", "metadata")
    assert "fits 2 files" in refused.reason


def test_files_that_are_not_read(write: Write) -> None:
    """A row about a file that is not among the sources is reported."""
    refused = read("file,title\na.txt,A\nzz.txt,Z\n", write, "a.txt")["side.csv:3"]
    assert isinstance(refused, Rejection)
    assert refused.code == "metadata" and "'zz.txt'" in refused.reason


@pytest.mark.parametrize("name", ["../a.txt", "/a.txt", "", "x/../a.txt"])
def test_paths_are_only_compared(name: str, write: Write) -> None:
    """A path in the table is never followed, only compared with what is being read."""
    refused = read(f'file,title\n"{name}",A\n', write, "a.txt")["side.csv:2"]
    assert isinstance(refused, Rejection) and refused.code == "metadata"


def test_second_row_for_a_file(write: Write) -> None:
    """Two rows for one file: the first counts, the second is reported."""
    found = read("file,title\na.txt,A\na.txt,B\n", write, "a.txt")
    document, refused = found["a.txt"], found["side.csv:3"]
    assert isinstance(document, Document) and document.title == "A"
    assert isinstance(refused, Rejection) and "second row" in refused.reason


def test_malformed_value(write: Write) -> None:
    """A file whose row is malformed is rejected, as reading it without would be wrong."""
    refused = read("file,date\na.txt,2019-02-30\n", write, "a.txt")["a.txt"]
    assert isinstance(refused, Rejection)
    assert refused.code == "metadata" and refused.reason.startswith("side.csv:2: date")


def test_encoding_of_one_file(write: Write) -> None:
    """The table may name the encoding of a file."""
    path = write("a.txt", "Les offices ont décidé de coopérer.".encode("cp1252"))
    (item,) = read_sources([path], meta=write("side.csv", "file,encoding\na.txt,cp1252\n"))
    assert isinstance(item, Document) and item.text == "Les offices ont décidé de coopérer."


def test_encoding_that_is_none(write: Write) -> None:
    """A name in the table that is no encoding rejects the file."""
    refused = read("file,encoding\na.txt,klingon\n", write, "a.txt")["a.txt"]
    assert isinstance(refused, Rejection) and refused.code == "metadata"


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("title,date\nA,2019\n", "no column 'file'"),
        ("file,title,Title\na.txt,A,B\n", "'title' occurs twice"),
        ("file,title\na.txt,A,B\n", "3 cells for 2 columns"),
        ('file,title\na.txt,"A"B\n', "no CSV"),
        ('file,title\na.txt,"A\n', "no CSV"),
        ("", "holds nothing"),
        ("file,title\na.txt," + "x" * 1_100_000, "no CSV"),
    ],
)
def test_unusable_tables(table: str, problem: str, write: Write) -> None:
    """A table that cannot be used as a whole stops the reading: nothing goes without metadata."""
    with pytest.raises(MetadataError, match=problem):
        read(table, write, "a.txt")


def test_missing_table(write: Write) -> None:
    """A side table that does not exist stops the reading."""
    path = write("a.txt", "The office agrees.")
    with pytest.raises(MetadataError, match="no such file"):
        list(read_sources([path], meta=path.parent / "absent.csv"))


def test_long_fields(write: Write) -> None:
    """Fields longer than the csv module allows by itself are read."""
    note = "x" * 200_000
    document = read(f"file,notes,place\na.txt,{note},Nairobi\n", write, "a.txt")["a.txt"]
    assert isinstance(document, Document) and document.place == "Nairobi"


def test_csv_module_is_left_as_it_was(write: Write) -> None:
    """The limit of the csv module, which is one for the process, is put back."""
    before = csv.field_size_limit()
    read("file,title\na.txt,A\n", write, "a.txt")
    with pytest.raises(MetadataError):
        read('file,title\na.txt,"A\n', write, "a.txt")
    assert csv.field_size_limit() == before
