"""Measures: known values on small networks, and the same values by both engines."""

from __future__ import annotations

from itertools import permutations
from math import pi, sin
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.small_graph import statements, vocabulary

from comity.errors import MissingExtraError, UnknownNameError, UsageError
from comity.networks import PROJECTIONS, Measures, backbone, network, network_measures
from comity.networks.brokerage import ROLES

ENGINES = ("networkx", "igraph")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    if request.param == "igraph":
        pytest.importorskip("igraph")
    return str(request.param)


def graph_of(edges: list[tuple[Any, ...]], directed: bool = False) -> nx.Graph[Any]:
    """A network of weighted edges."""
    graph: nx.Graph[Any] = nx.DiGraph() if directed else nx.Graph()
    graph.add_weighted_edges_from((*edge, 1)[:3] for edge in edges)
    return graph


def column(found: Measures, name: str) -> dict[Any, Any]:
    """One measure, by node."""
    return {row["node"]: row[name] for row in found.nodes}


# -- known values ---------------------------------------------------------------------------


def test_a_star_is_all_centre(engine: str) -> None:
    """In a star the centre is on every path, near to all, and centralization is 1."""
    found = network_measures(graph_of([("c", n) for n in "wxyz"]), engine=engine)
    assert column(found, "betweenness") == {"c": 1, "w": 0, "x": 0, "y": 0, "z": 0}
    assert column(found, "closeness")["c"] == 1
    assert column(found, "constraint")["w"] == 1
    assert column(found, "constraint")["c"] == 4 * (1 / 4) ** 2
    assert found.whole["centralization"] == 1
    assert found.nodes[0]["node"] == "c"


def test_a_triangle_is_closed(engine: str) -> None:
    """In a triangle all are alike: nobody is between, every neighbour knows every other."""
    found = network_measures(graph_of([("a", "b"), ("b", "c"), ("a", "c")]), engine=engine)
    assert set(column(found, "clustering").values()) == {1}
    assert set(column(found, "core").values()) == {2}
    assert set(column(found, "betweenness").values()) == {0}
    assert column(found, "pagerank")["a"] == pytest.approx(1 / 3, abs=1e-9)
    assert column(found, "eigenvector")["a"] == pytest.approx(3**-0.5, abs=1e-9)
    assert found.whole["density"] == 1 and found.whole["centralization"] == 0


def test_burts_constraint_by_hand(engine: str) -> None:
    """An ego with two alters tied to each other: (1/2 + 1/2 · 1/2)² twice."""
    found = network_measures(graph_of([("e", "a"), ("e", "b"), ("a", "b")]), engine=engine)
    assert column(found, "constraint")["e"] == 2 * (1 / 2 + 1 / 4) ** 2


def test_weights_are_strengths(engine: str) -> None:
    """PageRank follows weights; paths are counted in steps whatever the weights."""
    heavy = network_measures(graph_of([("a", "b", 9), ("b", "c", 1)]), engine=engine)
    assert column(heavy, "pagerank")["a"] > column(heavy, "pagerank")["c"]
    assert column(heavy, "betweenness") == {"a": 0, "b": 1, "c": 0}
    assert column(heavy, "weighted_degree") == {"b": 10, "a": 9, "c": 1}


def test_disconnected_networks_have_all_measures(engine: str) -> None:
    """Components do not trouble: the eigenvector is that of the largest, isolates have no holes."""
    graph = graph_of([("a", "b"), ("b", "c"), ("x", "y")])
    graph.add_node("alone")
    found = network_measures(graph, engine=engine)
    assert column(found, "eigenvector")["x"] == 0 < column(found, "eigenvector")["b"]
    assert column(found, "constraint")["alone"] is None
    assert column(found, "closeness")["x"] == pytest.approx(1 / 5)
    assert (found.whole["components"], found.whole["largest_component"]) == (3, 3)
    assert column(found, "community")["a"] == 1


def test_an_empty_network_has_no_rows(engine: str) -> None:
    """A network without nodes has an empty table, one without edges no modularity."""
    assert network_measures(nx.Graph(), engine=engine).nodes == []
    lone: nx.Graph[str] = nx.Graph()
    lone.add_node("a")
    found = network_measures(lone, engine=engine)
    assert found.whole["modularity"] is None and column(found, "degree") == {"a": 0}


def test_two_cliques_are_two_communities(engine: str) -> None:
    """Two cliques with one tie between them are found, numbered by size; modularity by hand."""
    cliques = [(a, b) for group in ("abcd", "xyz") for a in group for b in group if a < b]
    for way in ("louvain", "greedy"):
        found = network_measures(graph_of([*cliques, ("a", "x")]), engine=engine, communities=way)
        assert column(found, "community") == dict.fromkeys("abcd", 1) | dict.fromkeys("xyz", 2)
        # 6, 3 and 1 of 10 ties; the groups have 13 and 7 of 20 ends
        expected = 6 / 10 - (13 / 20) ** 2 + 3 / 10 - (7 / 20) ** 2
        assert found.whole["modularity"] == pytest.approx(expected, abs=1e-9)


def test_two_mode_density_knows_both_sides(engine: str) -> None:
    """Between two types of nodes, density is the share of the edges that could be."""
    graph = graph_of([("a", "x"), ("b", "x"), ("b", "y")])
    for node in graph:
        graph.nodes[node]["type"] = "actor" if node in "ab" else "area"
    assert network_measures(graph, engine=engine).whole["density"] == 3 / 4


def test_reciprocity(engine: str) -> None:
    """Of a directed network, the share of edges that are answered; else none."""
    graph = graph_of([("a", "b"), ("b", "a"), ("a", "c")], directed=True)
    found = network_measures(graph, engine=engine)
    assert found.whole["reciprocity"] == pytest.approx(2 / 3, abs=1e-9)
    assert column(found, "in_degree") == {"a": 1, "b": 1, "c": 1}
    assert column(found, "out_degree") == {"a": 2, "b": 1, "c": 0}
    assert network_measures(graph_of([("a", "b")]), engine=engine).whole["reciprocity"] is None


def test_negative_edges_are_left_out(engine: str) -> None:
    """Edges of conflict are no strength of a tie; how many are left out is told."""
    found = network_measures(graph_of([("a", "b", 2), ("b", "c", -1)]), engine=engine)
    assert column(found, "degree") == {"b": 1, "a": 1, "c": 0}
    assert found.whole["edges_left_out"] == 1


# -- brokerage ------------------------------------------------------------------------------


def by_definition(graph: nx.Graph[Any], groups: dict[Any, Any]) -> dict[Any, dict[str, int]]:
    """Gould and Fernandez' roles, from their definition: every path of two steps in turn."""
    found = {node: dict.fromkeys(ROLES, 0) for node in graph}
    for a, b, c in permutations(graph, 3):
        if graph.has_edge(a, b) and graph.has_edge(b, c) and not graph.has_edge(a, c):
            one, own, last = groups[a], groups[b], groups[c]
            if one == own == last:
                found[b]["coordinator"] += 1
            elif one == last:
                found[b]["itinerant"] += 1
            elif one == own:
                found[b]["representative"] += 1
            elif own == last:
                found[b]["gatekeeper"] += 1
            else:
                found[b]["liaison"] += 1
    return found


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=25),
    st.lists(st.sampled_from(["State", "Court", "IPOffice"]), min_size=7, max_size=7),
    st.booleans(),
)
def test_brokerage_is_gould_and_fernandez(
    edges: list[tuple[int, int]], kinds: list[str], directed: bool
) -> None:
    """Roles are those of the definition, path by path."""
    graph = graph_of([edge for edge in edges if edge[0] != edge[1]], directed)
    for node in graph:
        graph.nodes[node].update(type="actor", kind=kinds[node])
    found = network_measures(graph, engine="networkx")
    expected = by_definition(graph, dict(enumerate(kinds)))
    assert {row["node"]: {role: row[role] for role in ROLES} for row in found.nodes} == expected


def test_brokers_stand_between_actors_only() -> None:
    """Where not all nodes are actors, there are no kinds to broker between."""
    found = network_measures(network(statements(), "actor-area", vocabulary=vocabulary()))
    assert "liaison" not in found.nodes[0]


# -- both engines ---------------------------------------------------------------------------


def same(graph: nx.Graph[Any]) -> None:
    """Both engines give the same measures; communities are compared by their quality."""
    pytest.importorskip("igraph")
    one, other = (network_measures(graph, engine=name) for name in ENGINES)
    loose = ("community",)
    for name in (name for name in one.nodes[0] if name not in loose):
        first, second = column(one, name), column(other, name)
        for node, value in first.items():
            if isinstance(value, float):
                assert second[node] == pytest.approx(value, abs=2e-9), (name, node)
            else:
                assert second[node] == value, (name, node)
    if one.whole["modularity"] is not None:
        assert other.whole["modularity"] == pytest.approx(one.whole["modularity"], abs=0.05)
    for name in ("density", "components", "reciprocity", "centralization"):
        assert one.whole[name] == other.whole[name]


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_engines_agree_on_projections(projection: str) -> None:
    """networkx and igraph give the same values for each projection."""
    same(network(statements(), projection, vocabulary=vocabulary()))


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_engines_agree_on_random_networks(seed: int, directed: bool) -> None:
    """networkx and igraph give the same values on sparse random networks with weights."""
    graph = nx.gnp_random_graph(60, 0.04, seed=seed, directed=directed)
    for n, (*_, values) in enumerate(graph.edges(data=True)):
        values["weight"] = 1 + n % 5
    same(graph)


def test_auto_takes_igraph_for_large_networks() -> None:
    """Above 1,000 nodes `auto` hands over to igraph; the table says which it was."""
    pytest.importorskip("igraph")
    small, large = nx.path_graph(50), nx.gnm_random_graph(1_001, 2_000, seed=1)
    assert network_measures(small).whole["engine"] == "networkx"
    assert network_measures(large).whole["engine"] == "igraph"


def test_without_igraph(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without igraph `auto` stays with networkx; to ask for igraph is an error with its extra."""
    monkeypatch.setattr("comity.networks.engines.find_spec", lambda _: None)
    graph = nx.gnm_random_graph(1_001, 1_100, seed=1)
    assert network_measures(graph).whole["engine"] == "networkx"
    with pytest.raises(MissingExtraError, match=r"comity\[igraph\]"):
        network_measures(graph, engine="igraph")


def test_long_paths_have_an_eigenvector(engine: str) -> None:
    """On a path the eigenvector is a sine, to the last digit shown."""
    found = network_measures(nx.path_graph(30), engine=engine)
    values = column(found, "eigenvector")
    sines = {n: sin(pi * (n + 1) / 31) * (2 / 31) ** 0.5 for n in range(30)}
    assert values == pytest.approx(sines, abs=2e-9)


def test_same_network_same_table(engine: str) -> None:
    """Measuring twice gives the same table, communities too."""
    graph = nx.gnp_random_graph(80, 0.06, seed=4)
    assert network_measures(graph, engine=engine) == network_measures(graph, engine=engine)


@pytest.mark.parametrize("options", [{"engine": "pajek"}, {"communities": "tribes"}])
def test_unknown_ways_are_refused(options: dict[str, str]) -> None:
    """An engine or a way to find communities that does not exist is refused."""
    with pytest.raises(UnknownNameError, match="one of"):
        network_measures(nx.path_graph(3), **options)


# -- backbone -------------------------------------------------------------------------------


def test_backbone_by_hand() -> None:
    """Of three edges at a node, one with 8 of 10 has the chance (1 - 0.8)² = 0.04."""
    graph = graph_of([("c", "x", 8), ("c", "y", 1), ("c", "z", 1)])
    kept = backbone(graph, 0.05)
    assert list(kept.edges(data="alpha")) == [("c", "x", pytest.approx(0.04))]
    assert list(kept) == ["c", "x"]
    assert not backbone(graph, 0.03).edges


def test_backbone_looks_at_each_end() -> None:
    """An edge stays if it stands out at either end; in directed networks, out here or in there."""
    into = graph_of([("x", "c", 8), ("y", "c", 1), ("z", "c", 1)], directed=True)
    assert list(backbone(into, 0.05).edges) == [("x", "c")]


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(-2, 9)), max_size=30),
    st.floats(0.01, 0.5),
)
def test_backbones_nest(edges: list[tuple[int, int, int]], alpha: float) -> None:
    """A stricter backbone is part of a looser one, with the attributes of its edges."""
    graph = graph_of([edge for edge in edges if edge[0] != edge[1]])
    strict, loose = backbone(graph, alpha), backbone(graph, min(1.0, alpha * 2))
    assert set(strict.edges) <= set(loose.edges) <= set(graph.edges)
    assert all(graph.edges[e]["weight"] == strict.edges[e]["weight"] > 0 for e in strict.edges)


@pytest.mark.parametrize("alpha", [0, -1, 1.5])
def test_backbone_needs_a_chance(alpha: float) -> None:
    """A chance is above 0 and not above 1."""
    with pytest.raises(UsageError, match="between 0 and 1"):
        backbone(nx.path_graph(3), alpha)
