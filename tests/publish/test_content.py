"""What a release publishes: everything of the graph, but for what a reviewer has rejected."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from comity import KnowledgeGraph
from comity.publish.content import Content, parsed
from comity.publish.prepare import prepare
from comity.publish.release import Release
from comity.rdf.catalogue import catalogue_triples
from comity.rdf.turtle import order

Prepared = Callable[[KnowledgeGraph, Release], Content]


class _Reviewed:
    """A graph of which some statements were rejected."""

    def __init__(self, graph: KnowledgeGraph, rejected: set[str]) -> None:
        self._graph = graph
        self._rejected = rejected

    def __getattr__(self, name: str) -> object:
        return getattr(self._graph, name)

    def records(self) -> object:
        for each in self._graph.records():
            yield replace(each, review="rejected") if each.id in self._rejected else each


def test_the_quads_of_a_graph_are_those_of_its_release(
    graph: KnowledgeGraph, content: Content
) -> None:
    """Nothing is added to what a build has asserted, and nothing taken away."""
    with gzip.open(graph.version / "graph.nq.gz") as dump:
        assert content.quads.read_bytes() == dump.read()


def test_the_hash_is_that_of_rdfc(graph: KnowledgeGraph, content: Content) -> None:
    """Another implementation of RDF canonicalisation gives the same lines."""
    dataset = Dataset(parse(content.quads.read_bytes(), RdfFormat.N_QUADS))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} .\n".encode() for quad in dataset)
    assert lines == list(content.lines())
    assert content.canonical_sha256() == graph.manifest["canonical_sha256"]


def test_the_triples_are_the_union_in_order(content: Content) -> None:
    """Each triple once, in the order of canonical Turtle, whatever graphs it stands in."""
    found = list(content.triples())
    assert found == sorted({parsed(line)[:3] for line in content.lines()}, key=order)


@pytest.mark.parametrize("every", [2, 7, 1000])
def test_what_was_rejected_is_left_out(
    graph: KnowledgeGraph, release: Release, tmp_path: Path, every: int
) -> None:
    """Neither a rejected statement nor a measure, actor or concept in use by it alone is there."""
    statements = list(graph.records())
    rejected = {each.id for each in statements[::every]}
    content = prepare(_Reviewed(graph, rejected), release, tmp_path)  # type: ignore[arg-type]
    kept = [each for each in statements if each.id not in rejected]
    assert [each.id for each in content.statements()] == [each.id for each in kept]
    named = [parsed(line) for line in content.lines()]
    catalogue = f"<{graph.namespaces.catalogue}>"
    expected = catalogue_triples(kept, graph.documents(), graph.vocabulary, graph.namespaces)
    found = {quad[:3] for quad in named if quad[3] == catalogue}
    assert {triple[0] for triple in expected} == {triple[0] for triple in found}
    keys = [each.partition("-")[2] for each in rejected]
    assert not [quad for quad in named if any(key in quad[0] + quad[2] for key in keys)]
    assert not [each for each in content.links if rejected & {each.later, each.earlier}]
