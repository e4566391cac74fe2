"""The index that the search page loads, read as the page reads it."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from hypothesis import given
from tests import example_graph
from tests.strategies import texts
from tests.web_pages import holdings_of

from comity.web import search
from comity.web.holdings import Holdings
from comity.web.interface import interface
from comity.web.search import ENTRY_KINDS, FACETS, Entry, Index, index_of, words_of

KINDS = {kind: kind.title() for kind in ENTRY_KINDS}
CALL = re.compile(r'comity\("([a-z0-9]+)",(.*)\);\n', re.DOTALL)


@cache
def example() -> Holdings:
    """The example corpus."""
    documents, statements = example_graph.documents(), example_graph.statements()
    return holdings_of(documents, statements, example_graph.load())


class Loaded:
    """An index as the page has it, once every file is loaded."""

    def __init__(self, index: Index) -> None:
        self.files = {}
        for name, text in index.scripts(KINDS, dict.fromkeys(FACETS, "")):
            call = CALL.fullmatch(text)
            assert call is not None
            assert call[1] == name
            self.files[name] = json.loads(call[2])
        self.told = self.files["index"]

    def entry(self, number: int) -> list[str]:
        """An entry by its number."""
        found: list[str] = self.files[f"e{number // self.told['per']}"][number % self.told["per"]]
        return found

    def having(self, start: str, up_to: str) -> set[int]:
        """The entries of all tokens from one up to another, read from as few files as needed."""
        firsts = self.told["tokens"]
        earlier = [n for n, first in enumerate(firsts) if utf16(first) <= utf16(start)]
        found: set[int] = set()
        for shard in range(max(earlier, default=0), len(firsts)):
            if utf16(firsts[shard]) >= utf16(up_to):
                break
            for token, coded in self.files[f"t{shard}"]:
                if utf16(start) <= utf16(token) < utf16(up_to):
                    at = -1
                    for step in coded.split(" "):
                        at += int(step, 36)
                        found.add(at)
        return found

    def beginning(self, word: str) -> set[int]:
        """The entries that hold a word that begins so."""
        return self.having(word, word + "\uffff")

    def exactly(self, token: str) -> set[int]:
        """The entries of one token."""
        return self.having(token, token + "\0")


def utf16(text: str) -> bytes:
    """The order in which scripts compare texts."""
    return text.encode("utf-16-be")


@pytest.fixture(params=[search.FILE, 300], ids=["one file", "many files"])
def loaded(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Loaded:
    """The index of the example corpus, in few files or many."""
    monkeypatch.setattr(search, "FILE", request.param)
    monkeypatch.setattr(search, "PER", 400 if request.param > 1000 else 7)
    return Loaded(index_of(example(), interface()))


def test_every_statement_is_found_by_its_words(loaded: Loaded) -> None:
    """Each word of a passage, whole or its beginning, leads to the statement."""
    for statement in example().statements:
        for word in words_of(statement.quote):
            for typed in {word, word[:3]}:
                pages = {loaded.entry(n)[1] for n in loaded.beginning(typed)}
                assert f"id/{statement.id}.html" in pages


def test_facets_find_exactly_their_statements(loaded: Loaded) -> None:
    """A facet leads to the statements that have it, and to nothing else."""
    statements = example().statements
    wanted = {
        "actor:CHN": {s.id for s in statements if "CHN" in {m.id for m in s.actors}},
        "only:patents": {s.id for s in statements if "patents" in s.areas},
        "modality:commitment": {s.id for s in statements if s.modality == "commitment"},
        "type:enforcement": {s.id for s in statements if s.measure_type == "enforcement"},
        "year:2019": {s.id for s in statements if (s.date or "").startswith("2019")},
        "year:undated": {s.id for s in statements if not s.date},
        "actor:nobody": set(),
    }
    for token, ids in wanted.items():
        found = {loaded.entry(number)[1] for number in loaded.exactly(token)}
        assert found == {f"id/{each}.html" for each in ids}, token


def test_an_area_takes_in_narrower_ones(loaded: Loaded) -> None:
    """One facet counts narrower areas, the other does not."""
    assert loaded.exactly("only:ip-rights") < loaded.exactly("area:ip-rights")


@pytest.mark.parametrize("words", ["商业秘密", "Trade secrets", "trade SECRET", "秘密"])
def test_areas_are_found_in_any_language(loaded: Loaded, words: str) -> None:
    """The words of a label, in Chinese as in English, lead to the area and to its statements."""
    sets = [loaded.beginning(word) for word in words_of(words) if len(word) > 1]
    pages = {loaded.entry(number)[1] for number in set.intersection(*sets)}
    assert "area/trade-secrets.html" in pages
    own = {s.id for s in example().statements if "trade-secrets" in s.areas}
    assert {f"id/{each}.html" for each in own} <= pages


def test_results_come_in_order(loaded: Loaded) -> None:
    """Pages of things come first, then statements, the latest first."""
    count = loaded.told["first"]
    entries = [loaded.entry(n) for n in range(count + len(example().statements))]
    statement = ENTRY_KINDS.index("statement")
    assert [e[0] == statement for e in entries] == [False] * count + [True] * (len(entries) - count)
    dates = [re.search(r"\d{4}-\d\d(-\d\d)?", e[3]) for e in entries[count:]]
    shown = [found[0] if found else "" for found in dates]
    assert shown == sorted(shown, reverse=True)


@given(texts(max_size=60))
def test_words_do_not_depend_on_case_or_accents(text: str) -> None:
    """A text and its capitals have the same words, where upper case loses nothing."""
    if text.upper().lower() == text.lower():
        assert words_of(text.upper()) == words_of(text.lower())


@given(texts(max_size=60))
def test_any_text_can_be_indexed(text: str) -> None:
    """Whatever an entry holds, the files are scripts of one call with JSON."""
    index = Index()
    index.add(Entry("statement", "id/x.html", text, text), words_of(text), [f"actor:{text}"])
    found = Loaded(index)
    assert found.entry(0)[2] == text
    assert all(found.exactly(word) == {0} for word in words_of(text))
