"""Every projection of the example corpus, made again in SPARQL from its RDF dump."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph
import pytest

from comity import KnowledgeGraph
from comity.assets import path as asset
from comity.rdf.namespaces import prefixes, shorten

UNDERTAKES = """
  ?s comity:modality ?modality ; comity:negated false .
  FILTER(?modality IN (modality:commitment, modality:obligation, modality:prohibition,
                       modality:report))
"""
COUNTS = "?s comity:reviewStatus ?status . FILTER(?status != review-status:rejected)"
SIDE = """
  ?m comity:measureType ?type ; comity:direction ?direction .
  ?s comity:negated ?negated .
  OPTIONAL { ?m comity:targetArea ?area }
  VALUES (?direction ?towards) {
    (direction:introduce true) (direction:strengthen true) (direction:maintain true)
    (direction:weaken false) (direction:abolish false)
  }
  BIND(IF(?negated, !?towards, ?towards) AS ?for)
"""
PATHS = {
    "actor-area": f"?s comity:actor ?a ; comity:measure/comity:targetArea ?b . {UNDERTAKES}",
    "actor-measure": f"?s comity:actor ?a ; comity:measure ?b . {UNDERTAKES}",
    "actor-event": f"?s comity:actor ?a ; comity:statedAt ?b . {UNDERTAKES}",
    "measure-area": "?s comity:measure ?a ; comity:negated false . ?a comity:targetArea ?b .",
    "cooperation": f"""?s comity:actor ?a ; comity:counterpart ?b ;
        comity:measure/comity:measureType/skos:broader* ?kind . {UNDERTAKES}
        VALUES ?kind {{ measure-type:cooperation measure-type:agreement }} FILTER(?a != ?b)""",
    "area-area": """?s comity:measure/comity:targetArea ?a, ?b ; comity:negated false .
        FILTER(STR(?a) < STR(?b))""",
}

Behind = dict[tuple[str, str], set[str]]


@pytest.fixture(scope="module")
def dump(example_graph: Path) -> pyoxigraph.Store:
    """The N-Quads dump of the example corpus, with the hierarchy of measure types."""
    store = pyoxigraph.Store()
    content = gzip.decompress((example_graph / "graph.nq.gz").read_bytes())
    store.bulk_load(content, pyoxigraph.RdfFormat.N_QUADS)
    types = asset("ontology/vocabulary").joinpath("measure-type.ttl").read_bytes()
    store.bulk_load(types, pyoxigraph.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def kg(example_graph: Path) -> KnowledgeGraph:
    """The same graph, by records."""
    return KnowledgeGraph.open(example_graph)


def asked(dump: pyoxigraph.Store, select: str, where: str) -> set[tuple[str, ...]]:
    """The rows of a query, as prefixed names."""
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items())
    found = dump.query(
        f"{head}SELECT DISTINCT {select} WHERE {{ {where} {COUNTS} }}",
        use_default_graph_as_union=True,
    )
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return {
        tuple("" if term is None else shorten(str(term.value), prefixes()) for term in row)
        for row in found
    }  # type: ignore[union-attr]


def behind(rows: Iterable[tuple[str, ...]]) -> Behind:
    """Statements by pair."""
    found: Behind = defaultdict(set)
    for a, b, statement in rows:
        found[a, b].add(statement)
    return found


def edges(graph: nx.Graph[Any]) -> Behind:
    """Statements by pair, as the network has them."""
    return {pair: {f"id:{s}" for s in graph.edges[pair]["statements"]} for pair in graph.edges}


@pytest.mark.parametrize("projection", PATHS)
def test_pairs(projection: str, kg: KnowledgeGraph, dump: pyoxigraph.Store) -> None:
    """The edges, their statements and weights are what the path through Statement gives."""
    expected = behind(asked(dump, "?a ?b ?s", PATHS[projection]))
    graph = kg.network(projection)
    assert edges(graph) == expected
    assert {e: graph.edges[e]["weight"] for e in graph.edges} == {
        pair: len(statements) for pair, statements in expected.items()
    }
    assert expected


@pytest.mark.parametrize(("projection", "turn"), [("actor-actor", 0), ("measure-measure", 1)])
def test_folds(projection: str, turn: int, kg: KnowledgeGraph, dump: pyoxigraph.Store) -> None:
    """Two nodes are joined by each third that statements join to both."""
    rows = asked(dump, "?a ?b ?s", PATHS["actor-measure"])
    pairs = behind((row[turn], row[1 - turn], row[2]) for row in rows)
    shared: dict[tuple[str, str], set[str]] = defaultdict(set)
    statements: Behind = defaultdict(set)
    for (one, hub), (other, same) in combinations(sorted(pairs), 2):
        if hub == same and one != other:
            shared[one, other].add(hub)
            statements[one, other] |= pairs[one, hub] | pairs[other, hub]
    graph = kg.network(projection)
    assert edges(graph) == statements
    for pair, hubs in shared.items():
        values = graph.edges[pair]
        assert values["weight"] == len(hubs)
        assert set(values["measures" if turn == 0 else "actors"]) == hubs


@pytest.mark.parametrize("qualifier", ["congruence", "conflict", "subtract"])
def test_sides(qualifier: str, kg: KnowledgeGraph, dump: pyoxigraph.Store) -> None:
    """Congruence counts the pairs of statements on one side of an issue, conflict the others."""
    told = UNDERTAKES.replace("; comity:negated false", "")
    where = f"?s comity:actor ?a ; comity:measure ?m . {told} {SIDE}"
    rows = asked(dump, "?a ?type ?area ?for ?s", where)
    sums: dict[tuple[str, str], dict[bool, int]] = defaultdict(lambda: {True: 0, False: 0})
    for one, other in combinations(sorted(rows), 2):
        if one[0] != other[0] and one[1:3] == other[1:3]:
            sums[one[0], other[0]][one[3] == other[3]] += 1
    expected = {
        pair: {
            "congruence": both[True],
            "conflict": both[False],
            "subtract": both[True] - both[False],
        }[qualifier]
        for pair, both in sums.items()
    }
    graph = kg.network("actor-actor", qualifier=qualifier, duplicates="all")
    found = {pair: graph.edges[pair]["weight"] for pair in graph.edges}
    assert found == {pair: weight for pair, weight in expected.items() if weight}
    assert sum(expected.values()) > 0 or qualifier == "conflict"


def test_issues(kg: KnowledgeGraph, dump: pyoxigraph.Store) -> None:
    """An actor is for or against an issue as often as its statements say so."""
    told = UNDERTAKES.replace("; comity:negated false", "")
    where = f"?s comity:actor ?a ; comity:measure ?m . {told} {SIDE}"
    expected: dict[tuple[str, str], dict[str, set[str]]] = {}
    for actor, kind, area, side, statement in asked(dump, "?a ?type ?area ?for ?s", where):
        issue = "issue:" + ".".join(name.partition(":")[2] for name in (kind, area) if name)
        sides = expected.setdefault((actor, issue), {"true": set(), "false": set()})
        sides[side].add(statement)
    graph = kg.network("actor-issue")
    assert {
        pair: (graph.edges[pair]["support"], graph.edges[pair]["against"]) for pair in graph.edges
    } == {pair: (len(sides["true"]), len(sides["false"])) for pair, sides in expected.items()}
