from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import documents, statements, texts

from comity.errors import RecordError, UnknownNameError
from comity.identifiers import document_id, statement_id, text_sha256
from comity.model import Document, Mention, Statement
from comity.records import (
    KINDS,
    MAX_LINE,
    document_from_record,
    document_to_record,
    dump_lines,
    read_lines,
    schema,
    statement_from_record,
    statement_to_record,
)

TEXT = "China will act."
SHA256 = text_sha256(TEXT)
DOCUMENT = document_id(SHA256)
LEAST: dict[str, Any] = {
    "document": DOCUMENT,
    "start": 11,
    "end": 14,
    "quote": "act",
    "action": "act",
    "modality": "commitment",
}


def place(mention: Mention) -> tuple[bool, int, str, str]:
    """Where a mention stands among the others of its field."""
    return mention.start is None, mention.start or 0, mention.text, mention.id or ""


def in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions as records have them."""
    return tuple(sorted(set(mentions), key=place))


def recorded() -> st.SearchStrategy[Statement]:
    """Statements as records have them: sets in order, an action, a confidence of two digits."""
    return statements().map(
        lambda made: replace(
            made,
            action=made.action or "act",
            confidence=round(made.confidence, 2),
            actors=in_order(made.actors),
            counterparts=in_order(made.counterparts),
            beneficiaries=in_order(made.beneficiaries),
            constrained=in_order(made.constrained),
        )
    )


# -- schemas -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_are_schemas(kind: str) -> None:
    """What is published is well-formed JSON Schema, draft 2020-12."""
    jsonschema.Draft202012Validator.check_schema(schema(kind))


@pytest.mark.parametrize(
    ("kind", "made"),
    [("statement", Statement), ("document", Document)],
    ids=["statement", "document"],
)
def test_schema_names_every_field(kind: str, made: type[Statement | Document]) -> None:
    """A schema has the fields of the model, no more and no less; a text is kept apart."""
    fields = set(made.__dataclass_fields__) - {"text"}
    assert set(schema(kind)["properties"]) == fields


def test_unknown_schema() -> None:
    """Asking for another schema says which there are."""
    with pytest.raises(UnknownNameError, match="one of statement, document"):
        schema("event")


# -- statements --------------------------------------------------------------------------


@given(recorded())
def test_statement_round_trip(statement: Statement) -> None:
    """A statement written as a record and read again is the same."""
    assert (
        statement_from_record(json.loads(json.dumps(statement_to_record(statement)))) == statement
    )


@settings(max_examples=50)
@given(recorded())
def test_statement_records_are_valid(statement: Statement) -> None:
    """What is written is what the published schema describes, for any validator."""
    record = json.loads(json.dumps(statement_to_record(statement)))
    jsonschema.Draft202012Validator(schema("statement")).validate(record)


def test_defaults_are_the_model_s() -> None:
    """A record with the required fields alone leaves all else unsaid."""
    made = statement_from_record(LEAST)
    assert made == Statement(
        statement_id(DOCUMENT, 11, 14, 0),
        DOCUMENT,
        11,
        14,
        "act",
        action="act",
        modality="commitment",
    )


def test_id_is_kept() -> None:
    """An id that a record has is never made anew."""
    given_id = "statement-" + "0" * 20
    assert statement_from_record({**LEAST, "id": given_id}).id == given_id


def test_sets_are_sorted() -> None:
    """Values of a set are kept once, in order."""
    made = statement_from_record({**LEAST, "areas": ["patents", "copyright", "patents"]})
    assert made.areas == ("copyright", "patents")


def test_mentions_are_sorted_by_place() -> None:
    """Mentions are kept once, in text order; those without a place come last."""
    japan = {"text": "Japan", "id": "JPN"}
    china = {"text": "China", "id": "CHN", "start": 0, "end": 5}
    europe = {"text": "Europe", "start": 9, "end": 15}
    made = statement_from_record({**LEAST, "actors": [japan, europe, china, japan]})
    assert [mention.text for mention in made.actors] == ["China", "Europe", "Japan"]


def test_speaker() -> None:
    """Only a speaker is recorded with the one on whose behalf it speaks."""
    speaker = {"text": "Xi", "id": "xi-jinping", "on_behalf_of": "CHN"}
    made = statement_from_record({**LEAST, "speaker": speaker})
    assert made.speaker == Mention("Xi", "xi-jinping", on_behalf_of="CHN")
    assert statement_to_record(made)["speaker"] == speaker


@pytest.mark.parametrize(("given", "kept"), [(0.999, 1.0), (0.905, 0.91), (1, 1.0), (0, 0.0)])
def test_confidence_has_two_digits(given: float, kept: float) -> None:
    """Confidence is a decimal of two digits, whoever gives more or none."""
    assert statement_from_record({**LEAST, "confidence": given}).confidence == kept


def test_whole_numbers_are_whole() -> None:
    """Offsets are integers, also where a tool writes 11.0, so that the id is the same."""
    made = statement_from_record({**LEAST, "start": 11.0, "end": 14.0})
    assert made == statement_from_record(LEAST)
    assert TEXT[made.start : made.end] == "act"


CHINA = {"text": "China"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "record: .*'colour' was unexpected"),
        ({"quote": ""}, "quote: '' should be non-empty"),
        ({"start": -1}, "start: -1 is less than the minimum"),
        ({"start": "11"}, "start: '11' is not of type 'integer'"),
        ({"start": True}, "start: True is not of type 'integer'"),
        ({"end": 11.5}, "end: 11.5 is not of type 'integer'"),
        ({"id": "statement-12ab"}, "id: .* does not match"),
        ({"document": DOCUMENT + "\n"}, "document: .* does not match"),
        ({"modality": None}, "modality: None is not of type 'string'"),
        ({"modality": "a promise"}, "modality: .* does not match"),
        ({"areas": "patents"}, "areas: 'patents' is not of type 'array'"),
        ({"areas": ["patents", 3]}, "areas.1: 3 is not of type 'string'"),
        ({"date": "26 April 2019"}, "date: .* does not match"),
        ({"date": "２０１９"}, "date: .* does not match"),
        ({"date": "2019\n"}, "date: .* does not match"),
        ({"negated": "no"}, "negated: 'no' is not of type 'boolean'"),
        ({"confidence": 1.1}, "confidence: 1.1 is greater than the maximum"),
        ({"actors": [CHINA, {"id": "CHN"}]}, "actors.1: 'text' is a required property"),
        ({"actors": [{**CHINA, "on_behalf_of": "EU"}]}, "actors.0: .*'on_behalf_of' was unexp"),
        ({"actors": [{**CHINA, "id": "China PR"}]}, "actors.0.id: .* does not match"),
        ({"speaker": {"text": ""}}, "speaker.text: '' should be non-empty"),
    ],
)
def test_violation_names_its_field(change: dict[str, Any], message: str) -> None:
    """A record that breaks the schema is refused with the field, the reason and a hint."""
    with pytest.raises(RecordError, match=rf"^a.jsonl:7: {message}") as caught:
        statement_from_record({**LEAST, **change}, where="a.jsonl:7")
    assert caught.value.hint == "see `comity schema statement`"


@pytest.mark.parametrize("field", sorted(LEAST))
def test_missing_field_is_named(field: str) -> None:
    """A record without a required field is refused with its name."""
    record = {name: value for name, value in LEAST.items() if name != field}
    with pytest.raises(RecordError, match=f"'{field}' is a required property"):
        statement_from_record(record)


@pytest.mark.parametrize(
    "change",
    [
        {"start": 14},
        {"start": 15},
        {"actors": [{**CHINA, "start": 5, "end": 5}]},
        {"actors": [{**CHINA, "start": 5}]},
        {"constrained": [{**CHINA, "end": 5}]},
        {"speaker": {**CHINA, "start": 5, "end": 3}},
    ],
)
def test_offsets_are_spans(change: dict[str, Any]) -> None:
    """Wherever a start is given there is an end after it."""
    with pytest.raises(RecordError, match=r"start is not before end|are no span"):
        statement_from_record({**LEAST, **change})


def test_confidence_is_a_number() -> None:
    """NaN, which lies neither below 0 nor above 1, is no confidence."""
    with pytest.raises(RecordError, match="confidence"):
        statement_from_record({**LEAST, "confidence": float("nan")})


@pytest.mark.parametrize("record", [[], "act", None, 3])
def test_record_is_an_object(record: Any) -> None:
    """What is no JSON object is no record."""
    with pytest.raises(RecordError, match="is not of type 'object'"):
        statement_from_record(record)


@pytest.mark.parametrize("depth", range(700, 1000, 10))
def test_nesting_is_an_error_of_the_record(depth: int) -> None:
    """However deep a value is nested, the record is refused and nothing breaks down."""
    nested: Any = "patents"
    for _ in range(depth):
        nested = [nested]
    with pytest.raises(RecordError):
        statement_from_record({**LEAST, "areas": [nested]})


# -- documents ---------------------------------------------------------------------------


@given(documents())
def test_document_round_trip(document: Document) -> None:
    """A document written as a record and read again with its text is the same."""
    record = json.loads(json.dumps(document_to_record(document)))
    jsonschema.validate(record, schema("document"))
    assert document_from_record(record, document.text) == document


def test_document_without_text() -> None:
    """A record can be read without its text, which is then empty, and its id minted."""
    made = document_from_record({"sha256": SHA256, "title": "Speech"})
    assert (made.id, made.text, made.title) == (DOCUMENT, "", "Speech")


def test_another_text_is_refused() -> None:
    """A text that is not the one of the record is refused."""
    with pytest.raises(RecordError, match=r"a.jsonl:1: .* sha256 of its record"):
        document_from_record({"sha256": SHA256}, TEXT + " ", where="a.jsonl:1")


def test_another_id_is_refused() -> None:
    """The id of a document is that of its sha256, never another's."""
    with pytest.raises(RecordError, match=f"id: .*{DOCUMENT} does"):
        document_from_record({"sha256": SHA256, "id": document_id("0" * 64)})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sha256": SHA256.upper()}, "sha256: .* does not match"),
        ({"sha256": None}, "sha256: None is not of type 'string'"),
        ({"date": "April 2019"}, "date: .* does not match"),
        ({"date": "--04-26"}, "date: .* does not match"),
        ({"text": TEXT}, "record: .*'text' was unexpected"),
        ({"title": ["Speech"]}, "title: .* is not of type"),
    ],
)
def test_document_violation_names_its_field(change: dict[str, Any], message: str) -> None:
    """A document record that breaks the schema is refused with the field and a hint."""
    with pytest.raises(RecordError, match=rf"{message}.* \(see `comity schema document`\)$"):
        document_from_record({"sha256": SHA256, **change})


# -- files -------------------------------------------------------------------------------


def lines_of(path: Path, content: str | bytes) -> list[tuple[int, Any]]:
    """What a file of this content holds; errors as their text."""
    path = path / "a.jsonl"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [
        (number, str(found) if isinstance(found, RecordError) else found)
        for number, found in read_lines(path)
    ]


values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | texts(min_size=0),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts(), inner, max_size=3),
    max_leaves=5,
)


@given(records=st.lists(st.dictionaries(texts(), values, max_size=3), max_size=4))
def test_lines_round_trip(
    records: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Records dumped to a file and read again are the same, one a line."""
    out = io.StringIO(newline="\n")
    dump_lines(records, out)
    folder = tmp_path_factory.getbasetemp()
    assert lines_of(folder, out.getvalue()) == list(enumerate(records, start=1))


def test_lines_are_readable() -> None:
    """Lines keep their letters and the order of the fields, so that people can correct them."""
    out = io.StringIO(newline="\n")
    dump_lines([{"text": "中国", "id": None}], out)
    assert out.getvalue() == '{"text": "中国", "id": null}\n'


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("{not json}", "a.jsonl:2: not JSON: Expecting property name"),
        ("", None),
        (" \t\r", None),
        ("[1]", "a.jsonl:2: not a JSON object"),
        ('"text"', "a.jsonl:2: not a JSON object"),
        ("[" * 100_000, "a.jsonl:2: not JSON: maximum recursion depth"),
        ('{"confidence": NaN}', "a.jsonl:2: not JSON: NaN is no number"),
        ('{"quote": "\\ud800"}', "a.jsonl:2: a text holds half of a surrogate pair"),
        ("{" + '"a":' * 3 + '"b"}', "a.jsonl:2: not JSON"),
        (b'{"a": "\xe9"}', "a.jsonl:2: not UTF-8: invalid continuation byte"),
        (b"\xff\xfe{\x00", "a.jsonl:2: not UTF-8: invalid start byte"),
        ('{"a": "' + "x" * MAX_LINE + '"}', "a.jsonl:2: line longer than 1,000,000 characters"),
        ('{"a": "' + "中" * MAX_LINE + '"}', "a.jsonl:2: line longer than 1,000,000 characters"),
        ("x" * 9 * MAX_LINE, "a.jsonl:2: line longer than 1,000,000 characters"),
    ],
    ids=lambda value: None if value is None else re.sub(r"\W+", "-", str(value[:12])),
)
def test_bad_line_spoils_no_other(bad: str | bytes, message: str | None, tmp_path: Path) -> None:
    """A line that cannot be read is told with its number; the lines around it are read."""
    line = bad.encode() if isinstance(bad, str) else bad
    found = lines_of(tmp_path, b'{"a": 1}\n' + line + b'\n{"b": 2}\n')
    assert (found[0], found[-1]) == ((1, {"a": 1}), (3, {"b": 2}))
    if message is None:
        assert len(found) == 2
    else:
        assert found[1][0] == 2 and found[1][1].startswith(message)


def test_longest_line_is_read(tmp_path: Path) -> None:
    """A line of exactly the longest length is read, of whatever characters."""
    text = "中" * (MAX_LINE - len('{"a": ""}\n'))
    assert lines_of(tmp_path, f'{{"a": "{text}"}}\n{{}}') == [(1, {"a": text}), (2, {})]


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_empty_file_has_no_lines(content: str, tmp_path: Path) -> None:
    """A file without records gives none."""
    assert lines_of(tmp_path, content) == []


def test_files_of_other_editors_are_read(tmp_path: Path) -> None:
    """A byte order mark, CRLF and a missing last line end are no faults."""
    assert lines_of(tmp_path, '\ufeff{"a": 1}\r\n{"b": 2}') == [(1, {"a": 1}), (2, {"b": 2})]


def test_line_ends_are_lf_alone(tmp_path: Path) -> None:
    """Separators that Unicode knows within a text end no line."""
    assert lines_of(tmp_path, '{"a": "x\u2028y\u0085z"}\n') == [(1, {"a": "x\u2028y\u0085z"})]
