"""A release without quotations is asked, found in, shown and cited as any other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from comity import KnowledgeGraph
from comity.asking import Asking
from comity.lineage.triples import lineage_graph, link_triples
from comity.lookup import STYLES
from comity.lookup.picture import draw
from comity.model import Vocabulary
from comity.publish.content import Content
from comity.publish.prepare import prepare
from comity.publish.release import make_release
from comity.queries import answer, library
from comity.rdf.namespaces import Namespaces
from comity.rdf.terms import Term, to_text
from comity.rdf.write import gzip_writer
from comity.store import Store

ANSWERS = Path(__file__).parents[2] / "examples" / "answers"
FILES = sorted(ANSWERS.glob("*.tsv"))
WORDS = ("quote", "before", "after", "agreement")
"""Columns whose values are words of the text."""


class Published(Asking):
    """A release that somebody has loaded."""

    def __init__(self, content: Content, folder: Path) -> None:
        super().__init__()
        folder.mkdir()
        with gzip_writer(folder / "quads.nq.gz") as out:
            out.writelines(content.lines())
        loaded = Store.build(folder / "store", folder / "quads.nq.gz", content.namespaces)
        loaded.add(content.shortcuts, content.namespaces.node("derived"))
        links = link_triples(content.links, content.namespaces)
        loaded.add(links, lineage_graph(content.namespaces))
        self._store, self._content = loaded, content

    @property
    def store(self) -> Store:
        """On disk."""
        return self._store

    @property
    def namespaces(self) -> Namespaces:
        """Those of the release."""
        return self._content.namespaces

    @property
    def vocabulary(self) -> Vocabulary:
        """That of the release."""
        return self._content.vocabulary


@pytest.fixture(scope="module")
def published(
    graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Published]:
    """The hand-coded corpus, published with all quotations and with none."""
    found = {}
    for policy in ("full", "none"):
        room = tmp_path_factory.mktemp(policy)
        release = make_release("2026.11", graph.namespaces, quotes=policy)
        found[policy] = Published(prepare(graph, release, room), room / "loaded")
    return found


def _rows(source: Published, file: Path) -> list[dict[str, str | None]]:
    """The answer to a question of the library, with the parameters of its stated answer."""
    query = library()[file.stem.partition("-")[2]]
    parameters = json.loads(file.read_text("utf-8").splitlines()[0].removeprefix("# "))
    table = answer(source.store, query, parameters, source.vocabulary)

    def written(term: Term | None) -> str | None:
        return None if term is None else to_text(term)

    return [dict(zip(table.columns, map(written, row), strict=True)) for row in table.rows]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_question_has_its_answer(published: Mapping[str, Published], file: Path) -> None:
    """Each question has the rows that it has with all quotations, but for the words themselves."""
    full, none = (_rows(published[policy], file) for policy in ("full", "none"))
    kept = [{name: row[name] for name in row if name not in WORDS} for row in full]
    left = [{name: row[name] for name in row if name not in WORDS} for row in none]
    assert sorted(map(str, left)) == sorted(map(str, kept))
    assert not [row for row in none for name in WORDS if row.get(name) is not None]


def test_the_passages_are_in_the_order_of_the_text(published: Mapping[str, Published]) -> None:
    """Where the passage stands is told to the character, without its words."""
    file = next(file for file in FILES if file.stem.endswith("-passage"))
    for row in _rows(published["none"], file):
        assert row["start"] and row["end"] and row["sha256"] and row["source"]


@pytest.mark.parametrize("words", ["secrets", "patent examination", "shall protect", "xyzzy"])
def test_words_are_not_found_in_passages(published: Mapping[str, Published], words: str) -> None:
    """Words of passages are not found; those of names, target areas and titles still are."""
    full = published["full"].find(words, limit=None)
    none = published["none"].find(words, limit=None)
    place = none.columns.index("statement")
    assert {row[place] for row in none.rows} <= {row[place] for row in full.rows}
    assert all(row[none.columns.index("quote")] is None for row in none.rows)


def test_facets_are_found_as_before(published: Mapping[str, Published]) -> None:
    """By actor, area and date the same statements are found, with where they stand."""
    full, none = (
        published[policy].find("", limit=None, actor="CHN", area="ip-rights", since="2018")
        for policy in ("full", "none")
    )
    words = full.columns.index("quote")
    assert len(full.rows) > 3
    assert [row[:words] + row[words + 1 :] for row in none.rows] == [
        row[:words] + row[words + 1 :] for row in full.rows
    ]


def test_a_statement_is_shown(published: Mapping[str, Published], graph: KnowledgeGraph) -> None:
    """All but the words is shown: codes, parties by name, document, characters, hash."""
    for statement in list(graph.records())[::20]:
        node = published["none"].show(statement.id)
        assert node.passage is not None and node.passage.quote == "" and node.passage.quoted == ""
        assert (node.passage.start, node.passage.end) == (statement.start, statement.end)
        assert {mention.text for mention in node.mentions} == {
            mention.text for _, mention in statement.mentions()
        }
        json.dumps(node.describe())


def test_an_actor_is_shown_with_its_statements(published: Mapping[str, Published]) -> None:
    """Who looks up an actor gets its statements, wherever their words may be read."""
    full, none = (published[policy].show("CHN", limit=None) for policy in ("full", "none"))
    assert none.total == full.total
    assert [s.passage.statement for s in none.statements] == [
        s.passage.statement for s in full.statements
    ]


@pytest.mark.parametrize("style", STYLES)
def test_a_statement_is_cited(
    published: Mapping[str, Published], graph: KnowledgeGraph, style: str
) -> None:
    """A reference has title, date and characters; it quotes nothing, and has no empty quotation."""
    statement = next(each for each in graph.records() if each.start > 500)
    full, none = (published[policy].cite(statement.id, style) for policy in ("full", "none"))
    assert statement.quote in full and statement.quote not in none
    assert f"{statement.start}–{statement.end}" in none.replace("--", "–")
    assert "“”" not in none and "“ " not in none
    assert full.replace(f": “{statement.quote}”", "").replace(f"“{statement.quote}” ", "") == none


def test_what_is_cut_is_cited_as_cut(
    graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quotation of first words ends in an ellipsis, a whole one does not."""
    monkeypatch.setattr("comity.publish.quotes.MOST", 4)
    release = make_release("2026.11", graph.namespaces, quotes="short")
    source = Published(prepare(graph, release, tmp_path), tmp_path / "loaded")
    for statement in list(graph.records())[:30]:
        cited = source.cite(statement.id)
        words = statement.quote.split()
        assert ("…” (" in cited) == (len(words) > 4)
        assert f"“{statement.quote[:5]}" in cited


def test_a_timeline_has_all_steps(published: Mapping[str, Published], tmp_path: Path) -> None:
    """What followed on what is told as before, and drawn with measures in the place of words."""
    full, none = (published[policy].timeline() for policy in ("full", "none"))
    assert [replace(entry, quote="") for entry in full] == list(none)
    assert any(entry.steps for entry in none)
    draw([entry for entry in none if entry.steps][:20], tmp_path / "timeline.svg")
    assert (tmp_path / "timeline.svg").stat().st_size


def test_no_answer_says_none(published: Mapping[str, Published]) -> None:
    """What is not there is left out, and never written as the word None."""
    found = published["none"].find("", limit=5, actor="CHN")
    assert "None" not in found.to("csv") + found.to("json")
