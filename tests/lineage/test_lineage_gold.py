"""How well the rules agree with readers on the texts written for it."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from comity.lexicon import Lexicon
from comity.lineage import Link, derive_links
from comity.link.linker import Linker
from comity.model import Document, Statement
from comity.rdf.vocabulary import load
from comity.records import read_lines, statement_from_record
from comity.text.read import read_sources

LINEAGE = Path(__file__).parents[2] / "examples" / "lineage"
Pair = tuple[str, str]


@cache
def derived(half: str) -> tuple[Link, ...]:
    """The links that the rules find among the coded statements of one half."""
    documents = [d for d in read_sources([LINEAGE / half]) if isinstance(d, Document)]
    coded: dict[str, list[Statement]] = defaultdict(list)
    for file in sorted((LINEAGE / half).glob("*.statements.jsonl")):
        for _, record in read_lines(file):
            assert isinstance(record, dict)
            statement = statement_from_record(record)
            coded[statement.document].append(statement)
    linker = Linker(Lexicon(load()))
    linked = [s for d in documents for s in linker.link(d, coded[d.id]).statements]
    return derive_links(linked, documents, load())


@cache
def gold(half: str) -> dict[Pair, str]:
    """What the reader linked: the pair, later one first, and the relation."""
    _, *rows = (LINEAGE / half / "links.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows]
    return {(later, earlier): relation for later, relation, earlier, _ in cells}


@pytest.mark.parametrize("half", ["dev", "blind"])
def test_nine_links_in_ten_are_right(half: str) -> None:
    """Of the links that are derived, nine in ten have the relation that the reader gave."""
    right = [gold(half).get((one.later, one.earlier)) == one.relation for one in derived(half)]
    assert len(right) >= 20
    assert sum(right) / len(right) >= 0.9


@pytest.mark.parametrize(("half", "least"), [("dev", 0.6), ("blind", 0.45)])
def test_half_of_what_a_reader_sees_is_found(half: str, least: float) -> None:
    """Of the links that the reader saw, these shares at least are found."""
    found = {(one.later, one.earlier): one.relation for one in derived(half)}
    seen = {pair: relation for pair, relation in gold(half).items() if relation != "none"}
    assert sum(found.get(pair) == relation for pair, relation in seen.items()) >= least * len(seen)
