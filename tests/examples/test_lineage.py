"""The links between promises and what followed on them fit the codings and the guidelines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from comity.model import Document, Statement
from comity.records import read_lines, statement_from_record
from comity.text.read import read_file

LINEAGE = Path(__file__).parents[2] / "examples" / "lineage"
HALVES = ("dev", "blind")
RELATIONS = ("contradicts", "implements", "reaffirms", "strengthens", "weakens")
Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Half:
    """One half: its documents by file name, its statements by id, the rows of its table."""

    documents: dict[str, Document]
    statements: dict[str, Statement]
    rows: tuple[Row, ...]

    def dates(self, row: Row) -> tuple[str, str]:
        """When the documents of the earlier and of the later statement are dated."""
        by_id = {document.id: str(document.date) for document in self.documents.values()}
        later, _, earlier, _ = row
        return by_id[self.statements[earlier].document], by_id[self.statements[later].document]


@cache
def load_half(name: str) -> Half:
    """Read one half from its folder."""
    documents: dict[str, Document] = {}
    statements: dict[str, Statement] = {}
    for path in sorted((LINEAGE / name).glob("*.md")):
        (document,) = read_file(path)
        assert isinstance(document, Document)
        documents[path.stem] = document
        for _, record in read_lines(path.with_suffix(".statements.jsonl")):
            assert isinstance(record, dict)
            statements[record["id"]] = statement_from_record(record)
    _, *lines = (LINEAGE / name / "links.tsv").read_text(encoding="utf-8").splitlines()
    rows: list[Row] = []
    for line in lines:
        later, relation, earlier, reason = line.split("\t")
        rows.append((later, relation, earlier, reason))
    return Half(documents, statements, tuple(rows))


@pytest.fixture(params=HALVES)
def name(request: pytest.FixtureRequest) -> str:
    """The name of a half."""
    found: str = request.param
    return found


@pytest.fixture
def half(name: str) -> Half:
    """One half of the texts."""
    return load_half(name)


def test_sizes(half: Half) -> None:
    """Each half has 9 to 11 short documents with 4 to 9 statements each."""
    assert 9 <= len(half.documents) <= 11
    counts = Counter(statement.document for statement in half.statements.values())
    for document in half.documents.values():
        assert 100 <= len(document.text.split()) <= 220
        assert 4 <= counts[document.id] <= 9


def test_sources(name: str, half: Half) -> None:
    """Every document cites its sources, in its front matter and in a list beside the texts."""
    listed = "".join(
        path.read_text(encoding="utf-8")
        for path in (LINEAGE / "README.md", LINEAGE / "blind" / "sources.tsv")
    )
    for stem, document in half.documents.items():
        text = (LINEAGE / name / f"{stem}.md").read_text(encoding="utf-8")
        assert "\ncitation: " in text.split("---\n")[1]
        assert document.url
        assert document.url in listed
        assert document.date
        assert len(document.date) == len("2019-03-15")
        assert document.license == "CC-BY-4.0"


def test_codings_are_by_hand(half: Half) -> None:
    """Every statement was coded and accepted by a person."""
    for statement in half.statements.values():
        assert (statement.extractor, statement.review) == ("hand/1", "accepted")
        assert statement.confidence == 1.0


def test_halves_are_apart() -> None:
    """No document and no statement is in both halves."""
    dev, blind = map(load_half, HALVES)
    assert not set(dev.documents) & set(blind.documents)
    assert not set(dev.statements) & set(blind.statements)


def test_table(name: str) -> None:
    """A table is UTF-8 with LF, has four columns under their names, and is sorted by its ids."""
    data = (LINEAGE / name / "links.tsv").read_bytes()
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert data.decode().splitlines()[0] == "later\trelation\tearlier\treason"
    pairs = [(later, earlier) for later, _, earlier, _ in load_half(name).rows]
    assert pairs == sorted(pairs)


def test_pairs(half: Half) -> None:
    """A pair is given once, of statements that exist, with a known relation and a reason."""
    pairs = [(later, earlier) for later, _, earlier, _ in half.rows]
    assert len(pairs) == len(set(pairs))
    for later, relation, earlier, reason in half.rows:
        assert {later, earlier} <= set(half.statements)
        assert relation in (*RELATIONS, "none")
        assert reason == reason.strip()
        assert reason


def test_links_look_back(half: Half) -> None:
    """The document of the follower is later than that of the statement it follows on."""
    for row in half.rows:
        earlier, later = half.dates(row)
        assert earlier < later


def test_counts(half: Half) -> None:
    """There are at least 32 links, three of each relation, and 20 pairs that are none."""
    counts = Counter(relation for _, relation, _, _ in half.rows)
    assert counts["none"] >= 20
    assert sum(counts[relation] for relation in RELATIONS) >= 32
    assert all(counts[relation] >= 3 for relation in RELATIONS)


def test_a_reaffirmation_has_the_same_force(half: Half) -> None:
    """What is reaffirmed is said again with the same modality."""
    for later, relation, earlier, _ in half.rows:
        if relation == "reaffirms":
            assert half.statements[later].modality == half.statements[earlier].modality


def test_an_implementation_is_a_deed_or_a_rule(half: Half) -> None:
    """What implements a promise is reported as done, or laid down as a duty or ban."""
    for later, relation, _, _ in half.rows:
        if relation == "implements":
            assert half.statements[later].modality in {"report", "obligation", "prohibition"}


def test_table_of_contents() -> None:
    """The page about the texts gives their numbers as they are."""
    page = (LINEAGE / "README.md").read_text(encoding="utf-8")
    for name in HALVES:
        half = load_half(name)
        links = sum(relation != "none" for _, relation, _, _ in half.rows)
        sizes = (len(half.documents), len(half.statements), links, len(half.rows) - links)
        assert f"| `{name}/` | {' | '.join(map(str, sizes))} |" in page
