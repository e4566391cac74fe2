"""The event list of the Discourse Network Analyzer."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from tests.review.making import document_of, statement_of

from comity.model import Document, Mention, Rejection, Statement
from comity.rdf.catalogue import measure_labels
from comity.rdf.vocabulary import load
from comity.review.dna import COLUMNS, is_event_list, read_event_list, write_event_list
from comity.review.tables import read_table
from comity.review.texts import Texts
from comity.words import Words

VOCABULARY = load()
TEXT = 'Talks 😀\n\nPeru and Chile will "improve customs checks"; Xi said so. They will not join.'
DOCUMENT = document_of(
    TEXT, title="Talks", file="talks.txt", date="2026-03-01", publisher="News", type="news-article"
)
HEAD = ";".join(f'"{name}"' for name in COLUMNS)
FOUND = statement_of(
    DOCUMENT,
    'improve customs checks"; Xi',
    action="improve",
    actors=(Mention("Chile", "CHL"), Mention("Peru", "PER")),
    speaker=Mention("Xi Jinping", "xi-jinping"),
    measure_type="enforcement",
    direction="strengthen",
    areas=("border-measures", "counterfeiting-and-piracy"),
    date="2026-03-01",
)


def written(statements: list[Statement], document: Document = DOCUMENT) -> str:
    """The event list of some statements."""
    out = io.StringIO(newline="")
    write_event_list(
        statements,
        [document],
        VOCABULARY,
        lambda *codes: measure_labels(codes, VOCABULARY)["en"],
        out,
    )
    return out.getvalue()


def read(text: str, document: Document = DOCUMENT) -> tuple[list[Statement], list[Rejection]]:
    """The statements of an event list."""
    Path("events.csv").write_text(text, "utf-8")
    sheet = read_table(Path("events.csv"))
    assert is_event_list(sheet)
    found, aside = read_event_list(sheet, Texts([document]), Words(VOCABULARY))
    return [statement for _, statement in found], aside


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder."""
    monkeypatch.chdir(tmp_path)


def test_a_row_an_actor_and_area() -> None:
    """Columns, separators and quotation are DNA's; a statement is one row an actor and area."""
    head, *rows = written([FOUND]).splitlines()
    assert head == HEAD
    assert len(rows) == 4
    first = rows[0].split(";")
    assert first[:2] == ["1", "2026-03-01 00:00:00"]
    assert first[2:6] == [
        '"Xi Jinping"',
        '"Chile"',
        '"Strengthen: enforcement – border measures"',
        "1",
    ]


def test_offsets_are_those_of_java() -> None:
    """DNA counts UTF-16 units: a sign outside the basic plane is two."""
    row = written([FOUND]).splitlines()[1].split(";")
    assert [int(n) for n in row[6:8]] == [FOUND.start + 1, FOUND.end + 1]


def test_what_dna_holds_comes_back() -> None:
    """Speaker, actors, measure, agreement, day and passage survive the way there and back."""
    refused = statement_of(
        DOCUMENT,
        "join",
        action="join",
        actors=(Mention("Peru", "PER"),),
        measure_type="treaty-accession",
        direction="introduce",
        negated=True,
        date="2026-03-01",
    )
    found, aside = read(written([FOUND, refused]))
    assert not aside
    for one, two in zip(found, (FOUND, refused), strict=True):
        for field in (
            *("document", "start", "end", "quote", "actors", "speaker", "measure_type"),
            *("direction", "areas", "negated", "date"),
        ):
            assert getattr(one, field) == getattr(two, field)
        assert (one.action, one.modality, one.extractor) == ("unspecified", "report", "dna/3")


def test_rejected_statements_are_left_out() -> None:
    """What a person rejected is no event."""
    assert written([replace(FOUND, review="rejected")]) == HEAD + "\n"


def test_a_file_that_dna_wrote() -> None:
    """DNA puts a comma for each semicolon and a simple quotation mark for each double one."""
    row = (
        '17;2026-03-02 10:30:00;"";"Peru";"Border measures";0;0;0;'
        '"improve customs checks\', Xi said";1;4;"Talks";"";"";"";""'
    )
    (found,), aside = read(f"{HEAD}\n{row}")
    assert not aside
    assert found.quote == 'improve customs checks"; Xi said'
    assert (found.areas, found.measure_type) == (("border-measures",), "unspecified")
    assert (found.negated, found.date, found.speaker) == (True, "2026-03-02", None)


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("concept", "Carbon tax", "concept: 'Carbon tax' is no measure"),
        ("concept", "Strengthen: enforcement – carbon", "concept:"),
        ("document_title", "Unknown", "document_title: no document"),
        ("text", "", "text: a statement needs the words"),
        ("text", "never said", "text: the passage is not in the text"),
        ("agreement", "perhaps", "agreement: 'perhaps' is neither"),
    ],
)
def test_rows_that_name_nothing_of_ours(column: str, value: str, reason: str) -> None:
    """A row that cannot be used is set aside with its row and column; others are kept."""
    cells = dict.fromkeys(COLUMNS, "") | {
        "organization": "Peru",
        "concept": "enforcement.strengthen.border-measures",
        "agreement": "1",
        "text": "customs checks",
        "document_title": "Talks",
    }
    rows = [cells | {column: value}, cells]
    lines = [";".join(f'"{row[name]}"' for name in COLUMNS) for row in rows]
    (found,), (aside,) = read("\n".join([HEAD, *lines]))
    assert found.measure_type == "enforcement" and found.areas == ("border-measures",)
    assert aside.source == "events.csv:2" and reason in aside.reason


def test_dates_are_days() -> None:
    """DNA knows points in time only: a month is its first day, and no day is none."""
    for day, time in (("2026-03", "2026-03-01"), ("2026", "2026-01-01"), ("--03-01", "")):
        row = written([replace(FOUND, date=day)]).splitlines()[1].split(";")
        assert row[1][:10] == time
