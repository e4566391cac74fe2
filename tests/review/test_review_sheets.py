"""Codings in spreadsheets: what people write, and what spreadsheets make of it."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.review.making import document_of, readable
from tests.strategies import VOCABULARY, documents

from comity.errors import InputError, MissingExtraError, UsageError
from comity.model import Document, Mention, Rejection, Statement
from comity.review.sheets import FIELDS, NEEDED, read_sheet, write_sheet
from comity.review.tables import Sheet, read_table, text_of
from comity.review.texts import Texts, locate
from comity.words import Words

TEXT = (
    "Notice\n\nChina will protect “trade secrets”. India may apply patents. India may apply fees."
)
DOCUMENT = document_of(TEXT, file="notes/notice.txt", title="Notice")
HEAD = list(NEEDED)
ROW = ["notice.txt", "protect “trade secrets”", "China", "protect", "secrets"]
CODES = ["enforcement", "strengthen", "trade-secrets", "commitment"]
GOOD = [*ROW, *CODES]


def coded(
    rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD, document: Document = DOCUMENT
) -> tuple[list[Statement], list[Rejection]]:
    """What the rows of a CSV file stand for."""
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    Path("codings.csv").write_text(text.getvalue(), "utf-8", newline="")
    return read(read_table(Path("codings.csv")), document)


def read(sheet: Sheet, document: Document = DOCUMENT) -> tuple[list[Statement], list[Rejection]]:
    """The statements of a table, and what was set aside."""
    found, aside = read_sheet(sheet, Texts([document]), Words(VOCABULARY))
    return [statement for _, statement in found], aside


def workbook(rows: Sequence[Sequence[Any]], merge: str = "") -> Sheet:
    """The rows as a workbook that a spreadsheet program wrote, read again."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    book.save("codings.xlsx")
    return read_table(Path("codings.xlsx"))


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder."""
    monkeypatch.chdir(tmp_path)


def test_what_no_column_tells_the_document_tells() -> None:
    """Without a column for it, a statement has its document's date, event and place."""
    dated = replace(DOCUMENT, date="2019-03-05", event="A forum", place="Oslo")
    (found,), _ = coded([GOOD], document=dated)
    assert (found.date, found.event, found.place) == ("2019-03-05", "A forum", "Oslo")
    (found,), _ = coded([[*GOOD, ""]], [*HEAD, "date"], dated)
    assert (found.date, found.event) == (None, "A forum")


# -- there and back --------------------------------------------------------------------------


@given(st.data())
def test_a_round_trip_loses_nothing(tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    """Statements written as a table and read again are the same, whatever they hold."""
    document = data.draw(documents())
    made = data.draw(st.lists(readable(document), max_size=3, unique_by=lambda s: s.id))
    out = io.StringIO(newline="")
    write_sheet(made, [document], out)
    file = tmp_path_factory.mktemp("sheets") / "codings.csv"
    file.write_bytes(out.getvalue().encode())
    found, aside = read(read_table(file), document)
    assert not aside
    assert found == made


def test_a_changed_cell_changes_the_statement_alone() -> None:
    """A person who corrects a cell of an exported table gets that back, under the same id."""
    made, _ = coded([GOOD])
    out = io.StringIO(newline="")
    write_sheet(made, [DOCUMENT], out)
    rows = list(csv.reader(io.StringIO(out.getvalue())))
    rows[1][rows[0].index("modality")] = "Report"
    (found,), aside = coded(rows[1:], rows[0])
    assert not aside and found.id == made[0].id and found.modality == "report"


# -- what people write -----------------------------------------------------------------------


def test_few_columns_are_needed() -> None:
    """Offsets and ids come from the text; what is not told is left at its default."""
    (found,), aside = coded([GOOD])
    assert not aside
    assert TEXT[found.start : found.end] == found.quote == "protect “trade secrets”"
    assert found.actors == (Mention("China"),)
    assert (found.extractor, found.review, found.confidence) == ("hand/1", "accepted", 1.0)


@pytest.mark.parametrize(
    "name", ["notice.txt", "notes/notice.txt", "NOTICE", DOCUMENT.id, "notice"]
)
def test_a_document_has_several_names(name: str) -> None:
    """File, end of the path, title and id name a document."""
    (found,), _ = coded([[name, *GOOD[1:]]])
    assert found.document == DOCUMENT.id


def test_a_quote_need_not_have_the_signs_of_the_text() -> None:
    """Straight quotation marks and other line breaks are found; the text's own are kept."""
    (found,), _ = coded([["notice.txt", 'protect  "trade\nsecrets"', *GOOD[2:]]])
    assert found.quote == "protect “trade secrets”"


def test_a_quote_that_stands_twice_needs_its_place() -> None:
    """Where words stand several times, start or prefix says which are meant."""
    head = [*HEAD, "start", "prefix"]
    row = ["notice.txt", "India may apply", "India", "apply", "", *CODES]
    _, (aside,) = coded([[*row, "", ""]], head)
    assert "stands 2 times" in aside.reason and "start or prefix" in aside.reason
    second = TEXT.rindex("India")
    by_start, _ = coded([[*row, second, ""]], head)
    by_prefix, _ = coded([[*row, "", "apply patents."]], head)
    assert by_start[0].start == by_prefix[0].start == second


def test_two_statements_on_one_passage() -> None:
    """Rows on the same words get ids of their own, in the order of rows."""
    found, aside = coded([GOOD, [*ROW[:3], "shield", *GOOD[4:]]])
    assert not aside and len({s.id for s in found}) == 2
    assert [s.action for s in found] == ["protect", "shield"]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("document", "other.txt", "document: no document 'other.txt'"),
        ("document", "", "document: a statement needs its document"),
        ("quote", "never said", "quote: the passage is not in the text"),
        ("quote", "", "quote: a statement needs"),
        ("action", "", "action: a statement names an action"),
        ("modality", "comitment", "did you mean commitment"),
        ("areas", "patents | tradesecrets", "there is no area 'tradesecrets'"),
        ("actors", "China <CHX>", "actors: there is no actor 'CHX'"),
        ("object", "=B2&C2", "object: the cell holds a formula"),
        ("object", "#REF!", "object: the cell holds #REF!"),
    ],
)
def test_a_bad_row_spoils_no_other(column: str, value: str, reason: str) -> None:
    """A row that cannot be used is set aside with file, row, column and reason."""
    bad = list(GOOD)
    bad[HEAD.index(column)] = value
    found, (aside,) = coded([bad, GOOD])
    assert len(found) == 1
    assert (aside.source, aside.stage, aside.code) == ("codings.csv:2", "import", "cell")
    assert reason in aside.reason


def test_columns_that_are_no_fields() -> None:
    """Remarks pass; a column that may be a misspelt field is told, and its rows are kept."""
    found, (aside,) = coded([[*GOOD, "mine", "x", "y"]], [*HEAD, "note", "_own", "modalitys"])
    assert len(found) == 1
    assert aside.code == "column" and "did you mean modality" in aside.reason
    with pytest.raises(InputError, match="no column 'modality'"):
        coded([GOOD[:-1]], HEAD[:-1])


# -- what spreadsheets do --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "separator", "head"),
    [
        ("utf-8", ",", ""),
        ("utf-8-sig", ";", ""),
        ("cp1252", ";", ""),
        ("utf-16", "\t", ""),
        ("utf-8", ";", "sep=;\n"),
    ],
)
def test_files_of_any_spreadsheet(encoding: str, separator: str, head: str) -> None:
    """Byte order marks, semicolons, tabs, old encodings and Excel's first line are understood."""
    text = "\n".join(separator.join(cells) for cells in (HEAD, GOOD))
    Path("codings.csv").write_bytes((head + text).encode(encoding))
    (found,), aside = read(read_table(Path("codings.csv"), encoding=None))
    assert found.quote == "protect “trade secrets”" and not aside


def test_empty_rows_and_long_cells() -> None:
    """Empty rows are passed over and still counted; a cell may be longer than csv's 131,072."""
    long = document_of("Act on " + "very " * 30_000 + "much.", file="notice.txt")
    row = ["notice.txt", long.text[:-1], "China", "act", "", *CODES]
    found, (aside,) = coded([[""] * 9, row, [], ["x", *GOOD[1:]]], document=long)
    assert len(found[0].quote) > 131_072
    assert aside.source == "codings.csv:5"


def test_workbooks() -> None:
    """An XLSX file is read like a CSV file; numbers, truth values and dates are understood."""
    head = [*HEAD, "negated", "deadline", "effective_from", "date", "start", "confidence"]
    values = [
        True,
        date(2026, 3, 1),
        2027,
        datetime(2019, 4, 26, 12),
        float(TEXT.index("pro")),
        0.5,
    ]
    (found,), aside = read(workbook([head, [*GOOD, *values]]))
    assert not aside and found.negated is True and found.confidence == 0.5
    assert (found.deadline, found.effective_from, found.date) == (
        "2026-03-01",
        "2027",
        "2019-04-26",
    )


def test_dates_that_became_numbers() -> None:
    """A date that a spreadsheet stored as a number of days is a date again; others are refused."""
    assert text_of("43581", is_date=True) == text_of(43581, is_date=True) == "2019-04-26"
    (found,), _ = coded([[*GOOD, "43581"]], [*HEAD, "deadline"])
    assert found.deadline == "2019-04-26"
    _, (aside,) = coded([[*GOOD, "04/05/2019"]], [*HEAD, "deadline"])
    assert "deadline" in aside.reason and "certain" in aside.reason


def test_truth_values_in_the_wrong_place() -> None:
    """Where a spreadsheet made a truth value of words, the row is set aside; NO means no."""
    _, (aside,) = read(workbook([HEAD, [*GOOD[:4], True, *GOOD[5:]]]))
    assert "truth value TRUE" in aside.reason
    (found,), _ = coded([[*GOOD, "NO"]], [*HEAD, "negated"])
    assert found.negated is False


def test_merged_cells_hold_for_all_their_rows() -> None:
    """A document named once, in a cell merged over its rows, is the document of each."""
    second = ["", "India may apply patents", "India", "apply", "patents", *CODES]
    found, aside = read(workbook([HEAD, GOOD, second], merge="A2:A3"))
    assert not aside and len(found) == 2


def test_what_is_no_table() -> None:
    """A file that is no workbook, an empty one and one with a column twice are refused."""
    Path("a.xlsx").write_bytes(b"PK no workbook")
    Path("b.csv").write_text("\n\n")
    Path("c.csv").write_text("document,quote,document\n")
    for name, reason in (("a.xlsx", "no XLSX"), ("b.csv", "empty"), ("c.csv", "occurs twice")):
        with pytest.raises(InputError, match=reason):
            read_table(Path(name))


def test_workbooks_need_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without python-calamine, the command that installs it is told."""
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(MissingExtraError, match=r"comity\[xlsx\]"):
        read_table(Path("codings.xlsx"))


def test_a_title_that_two_texts_bear() -> None:
    """A name that fits several documents stands for none of them."""
    texts = Texts([DOCUMENT, document_of("Other", title="Notice", file="other.txt")])
    with pytest.raises(UsageError, match="fits 2 documents"):
        texts.document("Notice")


@given(documents(), st.data())
def test_words_are_found_where_they_stand(document: Document, data: Any) -> None:
    """A passage that stands once is found without its place; with it, any passage is."""
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    quote = document.text[start:end]
    assert locate(document, quote, start=start) == (start, end)
    if document.text.find(quote) == document.text.rfind(quote) == start:
        assert locate(document, quote) == (start, end)


def test_every_field_is_a_column() -> None:
    """The table has a column for each field of a record; the hash is a release's alone."""
    assert {*FIELDS, "quote_sha256"} == set(Statement.__dataclass_fields__)
