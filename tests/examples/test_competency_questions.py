"""The competency questions have their stated answers on the example corpus, coded by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.example_graph import lineage, releases, show, statements, store

from comity.queries import answer, library
from comity.rdf.vocabulary import load

ANSWERS = Path(__file__).parents[2] / "examples" / "answers"
FILES = sorted(ANSWERS.glob("*.tsv"))
LIBRARY = library()
# Every coding of the corpus is by hand and accepted: no statement is machine-read and doubtful.
EMPTY = {"low-confidence"}


def name(file: Path) -> str:
    """The query that a file answers: what follows its number."""
    return file.stem.partition("-")[2]


def stated(file: Path) -> tuple[dict[str, str], list[str], list[str]]:
    """Parameters, columns and rows of a stated answer."""
    first, columns, *rows = file.read_text(encoding="utf-8").splitlines()
    return json.loads(first.removeprefix("# ")), columns.split("\t"), rows


def test_there_are_twenty_two_questions() -> None:
    """Each of the 22 competency questions has a query, and each query is one of them."""
    assert [int(file.name[:2]) for file in FILES] == list(range(1, 23))
    assert sorted(map(name, FILES)) == sorted(LIBRARY)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_answer(file: Path) -> None:
    """A question has its stated answer."""
    parameters, columns, rows = stated(file)
    graph = releases() if name(file) == "changes" else store()
    table = answer(graph, LIBRARY[name(file)], parameters, load())
    assert list(table.columns) == columns
    assert ["\t".join(map(show, row)) for row in table.rows] == rows
    assert bool(rows) is (name(file) not in EMPTY)


def test_answers_name_statements_that_exist() -> None:
    """Each statement in an answer is one of the example graph."""
    found = {
        iri
        for file in FILES
        for iri in re.findall(r"\bid:(statement-[0-9a-f]{20})\b", file.read_text("utf-8"))
    }
    quads = {line.split(" ")[0].rpartition("/")[2].rstrip(">") for line in _lines()}
    assert found <= quads


def test_lineage_looks_back() -> None:
    """A statement follows on an earlier one of a shared actor, in a relation of the ontology."""
    known = {statement.id: statement for statement in statements()}
    assert lineage() == tuple(sorted(set(lineage())))
    for link in lineage():
        assert link.relation in {"implements", "reaffirms", "strengthens", "weakens", "contradicts"}
        after, before = known[link.later], known[link.earlier]
        assert str(after.date) > str(before.date)
        assert {actor.id for actor in after.actors} & {actor.id for actor in before.actors}


def _lines() -> list[str]:
    from tests.example_graph import quads

    return quads().splitlines()
