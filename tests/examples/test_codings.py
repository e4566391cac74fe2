"""The bundled codings fit their texts and the record schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from comity import identifiers, records
from comity.model import Document
from comity.rdf.vocabulary import load
from comity.text.read import read_sources

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXTS = sorted(path for path in EXAMPLES.rglob("*.md") if path.name != "README.md")
Coded = tuple[Document, list[dict[str, Any]]]


@pytest.fixture(params=TEXTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def coded(request: pytest.FixtureRequest) -> Coded:
    """One example document and the records coded on it."""
    path: Path = request.param
    (document,) = read_sources([path])
    assert isinstance(document, Document)
    lines = path.with_suffix(".statements.jsonl").read_text(encoding="utf-8").splitlines()
    return document, [json.loads(line) for line in lines]


def test_document(coded: Coded) -> None:
    """A coding names the document whose normalised text it was made on."""
    document, found = coded
    assert {record["document"] for record in found} <= {document.id}


def test_quotes(coded: Coded) -> None:
    """Every quote and every mention equals the characters it points at."""
    document, found = coded
    for record in found:
        assert document.quote(record["start"], record["end"]) == record["quote"]
        for _, mention in records.statement_from_record(record).mentions():
            assert mention.start is not None and mention.end is not None
            assert document.quote(mention.start, mention.end) == mention.text


def test_words(coded: Coded) -> None:
    """Action words and object are words of the quoted clause."""
    _, found = coded
    for record in found:
        assert record["action_text"] in record["quote"]
        assert record["object"] in record["quote"]


def test_round_trip(coded: Coded) -> None:
    """A coding is valid by the schema and comes back unchanged from a Statement."""
    _, found = coded
    for record in found:
        statement = records.statement_from_record(record)
        assert records.statement_to_record(statement) == record


def test_ids(coded: Coded) -> None:
    """Statement ids are minted from document, span and ordinal, and none occurs twice."""
    document, found = coded
    minted = [
        identifiers.statement_id(document.id, record["start"], record["end"], ordinal)
        for index, record in enumerate(found)
        for ordinal in [
            sum((r["start"], r["end"]) == (record["start"], record["end"]) for r in found[:index])
        ]
    ]
    assert [record["id"] for record in found] == minted


def test_codes(coded: Coded) -> None:
    """Codes and ids of actors are of the vocabulary, and none is deprecated."""
    _, found = coded
    vocabulary = load()
    for record in found:
        statement = records.statement_from_record(record)
        codes = {
            ("measure-type", statement.measure_type),
            ("direction", statement.direction),
            ("modality", statement.modality),
            ("review-status", statement.review),
        } | {("area", area) for area in statement.areas}
        assert codes <= set(vocabulary.concepts)
        assert not [code for code in codes if vocabulary.concepts[code].deprecated]
        mentions = [mention for _, mention in statement.mentions()]
        ids = {m.id for m in mentions} | {m.on_behalf_of for m in mentions}
        assert ids - {None} <= set(vocabulary.actors)


def test_sets() -> None:
    """A third of the gold texts are blind; some of either set have nothing to find."""
    sizes = {}
    for name in ("dev", "blind"):
        coded = list((EXAMPLES / "gold" / name).glob("*.statements.jsonl"))
        sizes[name] = len(coded)
        assert any(not file.read_text("utf-8") for file in coded)
    assert sum(sizes.values()) >= 40
    assert sizes["blind"] >= 0.3 * sum(sizes.values())
