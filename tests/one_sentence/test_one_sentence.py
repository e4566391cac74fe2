"""The sentence kept after each step of the route is what the route gives today."""

from __future__ import annotations

from functools import cache

import pytest

from comity.extract.english import EnglishExtractor
from comity.identifiers import DEFAULT_BASE
from comity.lexicon import Lexicon
from comity.pipeline import make_tools, run
from comity.rdf.namespaces import Namespaces
from comity.rdf.turtle import serialize
from comity.rdf.vocabulary import load

from .route import FOLDER, STEPS, steps

SENTENCE = FOLDER / "sentence.txt"


@cache
def route() -> dict[str, str]:
    """The route, gone once."""
    return steps(SENTENCE)


@pytest.mark.parametrize("name", STEPS)
def test_step(name: str) -> None:
    """Each step gives the kept file again, byte for byte."""
    assert route()[name].encode() == (FOLDER / name).read_bytes()


def test_pipeline() -> None:
    """The pipeline goes the same route: its graph of the document is the kept Turtle."""
    lexicon = Lexicon(load())
    tools = make_tools(
        vocabulary=lexicon.vocabulary,
        extractor=EnglishExtractor(lexicon),
        base_iri=DEFAULT_BASE,
        lexicon=lexicon,
    )
    outcome = run([SENTENCE], tools)
    (document,) = outcome.documents
    graph = outcome.graphs[tools.namespaces.document_graph(document.id)]
    kept = (FOLDER / "sentence.ttl").read_text(encoding="utf-8")
    assert serialize(graph, Namespaces().prefixes()) == kept
    assert outcome.rejections == ()
