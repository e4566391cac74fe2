"""The file of corrections: what a decision holds, how it is written, how it is read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from tests.review.making import decided, document_of, statement_of

from comity.errors import InputError, RecordError, UsageError
from comity.records import schema
from comity.review.corrections import (
    Correction,
    append_correction,
    correction_from_record,
    correction_to_record,
    decide,
    read_corrections,
    sort_file,
)

TEXT = "Peru will strengthen the protection of trade secrets. Chile hopes to join the treaty."
DOCUMENT = document_of(TEXT)
FOUND = statement_of(DOCUMENT, "strengthen the protection of trade secrets", action="strengthen")


def lines(file: Path) -> list[dict[str, Any]]:
    """The records of a file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


@given(decided())
def test_round_trip(correction: Correction) -> None:
    """A correction written as a record fits the published schema, and is read back the same."""
    record = correction_to_record(correction)
    jsonschema.validate(record, schema("correction"))
    assert correction_from_record(json.loads(json.dumps(record))) == correction


def test_a_decision_holds_all_that_it_needs() -> None:
    """Quote, 64 characters around it, the corrected fields before and after, the whole reading."""
    after = replace(FOUND, modality="intention", areas=("patents",))
    made = decide("correct", after, DOCUMENT, before=FOUND, reviewer="AB", date="2026-11-24")
    record = correction_to_record(made)
    assert (record["prefix"], record["quote"]) == ("Peru will ", FOUND.quote)
    assert record["suffix"] == TEXT[FOUND.end : FOUND.end + 64]
    assert record["fields"] == {"modality": "intention", "areas": ["patents"]}
    assert record["was"] == {"modality": "commitment", "areas": []}
    assert record["record"]["review"] == "corrected"
    assert record["record"]["action"] == "strengthen"


def test_a_correction_changes_something() -> None:
    """A correction that corrects nothing is refused, and so is a statement of another text."""
    with pytest.raises(UsageError, match="changes a field"):
        decide("correct", FOUND, DOCUMENT, before=FOUND)
    with pytest.raises(UsageError, match="does not quote"):
        decide("accept", FOUND, document_of("Another text."))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "correction-00000000000000000000"}, "does not belong"),
        ({"quote": "something else"}, "quote"),
        ({"end": 20}, "end"),
        ({"sha256": "0" * 64}, "sha256"),
        ({"decision": "maybe"}, "decision"),
        ({"fields": {"modality": "permission"}}, "not what the record has"),
        ({"fields": {"start": 3}}, "no field that can be corrected"),
        ({"fields": {}}, "names the fields"),
        ({"date": "yesterday"}, "date"),
        ({"extra": 1}, "extra"),
    ],
)
def test_parts_that_do_not_fit(change: dict[str, Any], message: str) -> None:
    """A record whose parts contradict one another is refused, and it is said which."""
    after = replace(FOUND, modality="intention")
    record = correction_to_record(decide("correct", after, DOCUMENT, before=FOUND)) | change
    if "id" not in change:
        del record["id"]
    with pytest.raises(RecordError, match=message):
        correction_from_record(record, where="c.jsonl:1")


def test_a_line_written_by_hand_needs_no_id() -> None:
    """Ids, hash and surroundings may be left out; the id is made of what is there."""
    full = correction_to_record(decide("accept", FOUND, DOCUMENT))
    short = {k: full[k] for k in ("decision", "document", "start", "end", "quote", "record")}
    made = correction_from_record(short)
    assert made.statement == FOUND.id and made.id.startswith("correction-")


def test_files_are_read_once_each(tmp_path: Path) -> None:
    """The order of files and lines does not matter; the same decision counts once."""
    one = decide("accept", FOUND, DOCUMENT, date="2026-11-24")
    two = decide("reject", FOUND, DOCUMENT, date="2026-11-25", supersedes=one.id)
    a, b = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    for made in (one, two):
        append_correction(a, made)
    append_correction(b, two)
    read = read_corrections([a, b])
    assert read.decisions == read_corrections([b, a]).decisions
    assert {c.id for c in read.decisions} == {one.id, two.id}
    assert [c.id for c in read.standing] == [two.id]
    assert [(name, count) for name, _, count in read.files] == [("a.jsonl", 2), ("b.jsonl", 1)]


def test_a_bad_line_spoils_no_other(tmp_path: Path) -> None:
    """A line that is no correction is set aside with its place; sorting keeps it."""
    file = tmp_path / "c.jsonl"
    append_correction(file, decide("accept", FOUND, DOCUMENT))
    with file.open("a") as stream:
        stream.write('{"no": "correction"}\n{"broken off')
    append_correction(file, decide("reject", FOUND, DOCUMENT))
    read = read_corrections([file])
    assert len(read.decisions) == 2
    assert [(r.source, r.stage) for r in read.rejections] == [
        ("c.jsonl:2", "review"),
        ("c.jsonl:3", "review"),
    ]
    sort_file(file)
    assert len(read_corrections([file]).decisions) == 2
    assert file.read_text().endswith('{"no": "correction"}\n{"broken off\n')


def test_a_file_is_sorted_by_passage(tmp_path: Path) -> None:
    """Sorted, the file is the same whatever the order of decisions: it can be compared."""
    later = statement_of(DOCUMENT, "join the treaty", action="join")
    made = [decide("accept", later, DOCUMENT), decide("accept", FOUND, DOCUMENT)]
    for name, order in (("one", made), ("two", made[::-1])):
        for each in order:
            append_correction(tmp_path / name, each)
        sort_file(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert [r["start"] for r in lines(tmp_path / "one")] == [FOUND.start, later.start]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A file of corrections that is not there is an error, never an empty one."""
    with pytest.raises(InputError, match=r"missing\.jsonl"):
        read_corrections([tmp_path / "missing.jsonl"])
