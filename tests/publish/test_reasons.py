"""The table of reasons: what people write, and what is said of slips."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import small_graph

from comity.errors import InputError
from comity.publish.reasons import (
    Missing,
    Reason,
    read_reasons,
    reasons_table,
    rejection_notes,
)
from comity.rdf.namespaces import ACTOR, Namespaces
from comity.review.corrections import Corrections, decide

SPACES = Namespaces()
ONE, TWO = (SPACES.node(f"statement-{n:020d}") for n in (1, 2))


def read(folder: Path, text: str) -> dict[str, Reason]:
    """The reasons of a table."""
    (folder / "why.csv").write_text(text, encoding="utf-8")
    return read_reasons(folder / "why.csv", SPACES)


def test_iris_ids_and_several_replacements(tmp_path: Path) -> None:
    """IRIs may be given whole, in brackets, or as ids; several replacements apart by spaces."""
    found = read(
        tmp_path,
        f"iri,reason,replaced_by\n{ONE},A doublet.,<{TWO}>\n"
        f"id:{TWO.rpartition('/')[2]}, Split  in two. ,{ACTOR}OST statement-3 | statement-4\n",
    )
    assert found == {
        ONE: Reason("A doublet.", (TWO,)),
        TWO: Reason(
            "Split in two.",
            (ACTOR + "OST", SPACES.node("statement-3"), SPACES.node("statement-4")),
        ),
    }


def test_tables_as_spreadsheets_leave_them(tmp_path: Path) -> None:
    """Semicolons, a byte order mark, other columns and no replacements are understood."""
    found = read(tmp_path, f"\ufeffAbout;IRI;Reason\n“words”;{ONE};Gone\n")
    assert found == {ONE: Reason("Gone")}


def test_rows_without_a_reason_are_not_read(tmp_path: Path) -> None:
    """The table to fill in may be given back half filled in."""
    table = reasons_table([Missing(ONE, "statement", "“=1+1”", Reason("Read elsewhere.", (TWO,)))])
    assert read(tmp_path, table) == {}
    assert table.splitlines()[0].startswith("iri,reason,replaced_by,about")
    assert "Read elsewhere." in table and TWO in table


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("iri\nx\n", "no column reason"),
        ("reason\nx\n", "no column iri"),
        ("iri,reason\nhttp://x/ y,Gone\n", "an IRI cannot hold"),
        (",Gone\n", "cannot be empty"),
        (f"iri,reason,replaced_by\n{ONE},,{TWO}\n", "a replacement and no reason"),
        (f"iri,reason\n{ONE},Gone\n{ONE},Moved\n", "another reason"),
    ],
)
def test_slips_are_told_by_row(tmp_path: Path, text: str, said: str) -> None:
    """What cannot be meant is refused, with file and row."""
    text = text if text.startswith(("iri", "reason")) else f"iri,reason\n{text}"
    with pytest.raises(InputError, match=said) as caught:
        read(tmp_path, text)
    assert caught.value.where.startswith("why.csv")


def test_the_same_row_twice_is_one(tmp_path: Path) -> None:
    """A row that occurs twice says nothing new."""
    assert read(tmp_path, f"iri,reason\n{ONE},Gone\n{ONE},Gone\n") == {ONE: Reason("Gone")}


def test_notes_of_reviewers() -> None:
    """Rejections with a note give it; other decisions and those that were superseded do not."""
    statements = small_graph.statements()
    documents = {each.id: each for each in small_graph.documents()}
    one, two, three = (
        decide("reject", s, documents[s.document], note=note, date="2026-11-24")
        for s, note in zip(statements, (" a wish\nof others ", None, "a slip"), strict=False)
    )
    fourth = decide(
        "accept", statements[2], documents[statements[2].document], supersedes=three.id, note="good"
    )
    notes = rejection_notes(Corrections((one, two, three, fourth)))
    assert notes == {statements[0].id: "a wish of others"}
