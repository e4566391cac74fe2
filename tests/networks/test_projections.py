"""Networks say what the statements say, edge by edge."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small_graph import named, quads, statements, vocabulary

from comity.assets import path as asset
from comity.errors import InputError, UnknownNameError, UsageError
from comity.model import Mention, Statement
from comity.networks import FILE_FORMATS, PROJECTIONS, UNDERTAKINGS, network, write_network
from comity.queries import derive
from comity.rdf.namespaces import prefixes, shorten
from comity.store import Store

ARVANE = Mention("Arvane", "ARV", 0, 6)
SUNDA = Mention("Sunda", "SUN", 10, 15)


def made(projection: str, *found: Statement, **filters: Any) -> nx.Graph[Any]:
    """A network of the small graph, or of the given statements."""
    return network(found or statements(), projection, vocabulary=vocabulary(), **filters)


def pairs(graph: nx.Graph[Any]) -> set[tuple[str, str]]:
    """The ends of every edge, in the direction in which it was added."""
    return set(graph.edges)


@pytest.fixture
def pledge() -> Statement:
    """A commitment of Arvane on trade secrets."""
    return replace(
        named("strengthen the protection of trade"), actors=(ARVANE,), areas=("trade-secrets",)
    )


# -- projections ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("projection", "shortcut"),
    [
        ("actor-area", "engagesIn"),
        ("actor-measure", "undertakes"),
        ("measure-area", "targets"),
        ("cooperation", "cooperatesWith"),
    ],
)
def test_edges_are_the_derived_shortcuts(projection: str, shortcut: str) -> None:
    """The edges of a projection are the triples that the published queries derive."""
    derived = {
        (shorten(s[1:-1], prefixes()), shorten(o[1:-1], prefixes()))
        for s, p, o in derive(Store.of(quads()))
        if p.endswith(f"#{shortcut}>")
    }
    assert pairs(made(projection)) == derived


def test_undertakings_are_those_of_the_shortcuts() -> None:
    """The modalities that count by default are those that the published queries list."""
    for name in ("undertakes", "engagesIn", "cooperatesWith"):
        text = asset("queries/derive").joinpath(f"{name}.rq").read_text("utf-8")
        (listed,) = re.findall(r"VALUES \?modality \{([^}]*)\}", text)
        assert set(re.findall(r"modality:([a-z]+)", listed)) == set(UNDERTAKINGS)


def test_every_edge_can_be_read_back() -> None:
    """An edge names the statements behind it, and its weight is their number."""
    graph = made("actor-area")
    by_id = {statement.id: statement for statement in statements()}
    for actor, area, values in graph.edges(data=True):
        assert values["weight"] == len(values["statements"]) > 0
        for statement in (by_id[i] for i in values["statements"]):
            assert actor.partition(":")[2] in {m.id for m in statement.actors}
            assert area.partition(":")[2] in statement.areas


def test_actors_are_joined_by_shared_measures() -> None:
    """Two actors are joined when both undertake a measure; the weight counts the measures."""
    two_mode = made("actor-measure")
    actors = [node for node, kind in two_mode.nodes(data="type") if kind == "actor"]
    expected = {}
    for pair in combinations(sorted(actors), 2):
        shared = set(two_mode[pair[0]]) & set(two_mode[pair[1]])
        if shared:
            expected[pair] = tuple(sorted(shared))
    graph = made("actor-actor")
    assert {(a, b): values["measures"] for a, b, values in graph.edges(data=True)} == expected
    assert all(v["weight"] == len(v["measures"]) for *_, v in graph.edges(data=True))
    assert expected


def test_cooperation_has_a_direction(pledge: Statement) -> None:
    """An edge of cooperation goes from the actor to the counterpart it names."""
    with_sunda = replace(pledge, counterparts=(SUNDA,), measure_type="dialogue")
    graph = made("cooperation", with_sunda)
    assert graph.is_directed()
    assert pairs(graph) == {("actor:ARV", "actor:SUN")}


@pytest.mark.parametrize(
    ("kind", "modality", "joined"),
    [
        ("dialogue", "commitment", True),
        ("agreement", "obligation", True),
        ("dialogue", "recommendation", False),
        ("rights-protection", "commitment", False),
    ],
)
def test_cooperation_is_undertaken(
    pledge: Statement, kind: str, modality: str, joined: bool
) -> None:
    """To be urged to cooperate is no cooperation, nor is a report owed to somebody."""
    said = replace(pledge, counterparts=(SUNDA,), measure_type=kind, modality=modality)
    assert bool(pairs(made("cooperation", said))) is joined


def test_areas_named_together_are_joined(pledge: Statement) -> None:
    """Two areas are joined when one statement names both."""
    graph = made("area-area", replace(pledge, areas=("patents", "trade-secrets")), pledge)
    assert pairs(graph) == {("area:patents", "area:trade-secrets")}
    assert graph["area:patents"]["area:trade-secrets"]["weight"] == 1


def test_nobody_is_joined_to_itself(pledge: Statement) -> None:
    """No edge joins a node to itself."""
    graph = made("cooperation", replace(pledge, counterparts=(ARVANE,)))
    assert not graph.edges


def test_statement_without_area_still_has_a_measure(pledge: Statement) -> None:
    """A statement whose area is not told joins its actor to a measure without an area."""
    vague = replace(pledge, areas=())
    assert pairs(made("actor-measure", vague)) == {
        ("actor:ARV", "measure:rights-protection.strengthen")
    }
    assert not made("actor-area", vague).edges


def test_unknown_projection_is_refused() -> None:
    """A projection that does not exist is refused, with those that do."""
    with pytest.raises(UnknownNameError, match="actor-area"):
        made("actor-planet")


def test_importing_is_light() -> None:
    """Importing the package starts no graph, drawing or data library."""
    heavy = ("networkx", "igraph", "matplotlib", "numpy", "rdflib", "spacy")
    code = f"import sys, comity.networks; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# -- nodes and dates ------------------------------------------------------------------------


def test_nodes_say_what_they_are(pledge: Statement) -> None:
    """A node has a type, a label and an IRI; an actor has its kind."""
    nodes = made("actor-area", pledge).nodes
    assert nodes["actor:ARV"] == {
        "type": "actor",
        "label": "Arvane",
        "kind": "State",
        "iri": "https://w3id.org/comity/actor/ARV",
    }
    assert nodes["area:trade-secrets"]["type"] == "area"


def test_measures_have_the_label_of_the_graph(pledge: Statement) -> None:
    """A measure bears the label that it has in RDF."""
    graph = made("actor-measure", pledge)
    (label,) = (label for node, label in graph.nodes(data="label") if node.startswith("measure:"))
    assert f'"{label}"@en' in quads()


def test_candidates_are_named_as_texts_name_them(pledge: Statement) -> None:
    """A candidate actor is labelled with the wording that occurs most."""
    mentions = [
        Mention(text, "actor-00ff", 0, 4) for text in ("the Guild", "Guild of Bakers", "the Guild")
    ]
    graph = made("actor-area", *(replace(pledge, actors=(m,)) for m in mentions))
    assert graph.nodes["id:actor-00ff"]["label"] == "the Guild"


def test_edges_are_dated_where_known(pledge: Statement) -> None:
    """An edge has the first and the last date of its statements, and neither when none is known."""
    dated = [replace(pledge, date=date) for date in ("2019-04", "2018-11-02", None)]
    edge = made("actor-area", *dated)["actor:ARV"]["area:trade-secrets"]
    assert (edge["first"], edge["last"]) == ("2018-11-02", "2019-04")
    undated = made("actor-area", replace(pledge, date=None))["actor:ARV"]["area:trade-secrets"]
    assert "first" not in undated


# -- filters --------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"negated": True}, {"review": "rejected"}])
def test_refused_and_rejected_statements_never_count(
    pledge: Statement, change: dict[str, Any]
) -> None:
    """A measure that is refused, or a statement that people rejected, joins nobody.

    Only where sides are kept apart, a refusal counts, as opposition.
    """
    for name, kind in PROJECTIONS.items():
        refused = made(name, replace(pledge, counterparts=(SUNDA,), event="Summit", **change))
        assert not refused.nodes or (kind.sided and "negated" in change)


def test_to_be_urged_is_no_undertaking(pledge: Statement) -> None:
    """By default recommendations and hopes join no actor to an area."""
    found = {
        modality: bool(made("actor-area", replace(pledge, modality=modality)).edges)
        for modality in vocabulary().scheme("modality")
    }
    assert {m for m, counts in found.items() if counts} == set(UNDERTAKINGS) & set(found)
    urged = replace(pledge, modality="recommendation")
    assert made("actor-area", urged, modality=["recommendation"]).edges


def test_narrower_areas_are_included(pledge: Statement) -> None:
    """A filter by area takes narrower areas too, and leaves other areas of a statement out."""
    both = replace(pledge, areas=("enforcement", "trade-secrets"))
    wider = next(iter(vocabulary().ancestors("area", "trade-secrets")))
    narrowed = replace(both, areas=tuple(sorted({"trade-secrets", "border-measures"})))
    graph = made("actor-area", narrowed, areas=[wider])
    assert ("actor:ARV", "area:trade-secrets") in pairs(graph)
    assert pairs(made("actor-area", narrowed, areas=["trade-secrets"])) == {
        ("actor:ARV", "area:trade-secrets")
    }


@pytest.mark.parametrize("filters", [{"areas": ["seeds"]}, {"modality": ["promise"]}])
def test_unknown_codes_are_refused(filters: dict[str, Any]) -> None:
    """A filter by a code that does not exist is refused, not answered with an empty network."""
    with pytest.raises(UnknownNameError, match="one of"):
        made("actor-area", **filters)


@pytest.mark.parametrize(
    ("date", "since", "until", "counts"),
    [
        ("2019-04-26", "2019", "2019", True),
        ("2019-04-26", "2019-04-27", None, False),
        ("2019-04-26", None, "2019-04-25", False),
        ("2019-04", "2019-04-20", None, True),
        ("2019", None, "2018-12", False),
        (None, "2019", None, False),
        (None, None, None, True),
    ],
)
def test_dates_bound_what_counts(
    pledge: Statement, date: str | None, since: str | None, until: str | None, counts: bool
) -> None:
    """Statements from `since` to `until` count, both included, as precisely as both are known."""
    graph = made("actor-area", replace(pledge, date=date), since=since, until=until)
    assert bool(graph.edges) == counts


def test_doubtful_statements_can_be_left_out(pledge: Statement) -> None:
    """Only statements at least as sure as asked for count."""
    sure, doubtful = replace(pledge, confidence=0.9), replace(pledge, confidence=0.5)
    graph = made("actor-area", sure, doubtful, min_confidence=0.9)
    assert graph["actor:ARV"]["area:trade-secrets"]["weight"] == 1


@given(st.permutations(range(len(statements()))))
def test_order_of_statements_does_not_matter(order: list[int]) -> None:
    """The same statements in any order give the same network, nodes and edges in one order."""
    for projection in PROJECTIONS:
        shuffled = made(projection, *(statements()[i] for i in order))
        assert nx.node_link_data(shuffled) == nx.node_link_data(made(projection))


# -- files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FILE_FORMATS)
@pytest.mark.parametrize("projection", PROJECTIONS)
def test_same_network_same_bytes(tmp_path: Path, projection: str, form: str) -> None:
    """A network is written to the same bytes every time, whatever the projection and format."""
    first, second = tmp_path / f"a{form}", tmp_path / f"b{form}"
    write_network(made(projection), first)
    write_network(made(projection), second)
    assert first.read_bytes() == second.read_bytes() != b""


@pytest.mark.parametrize("form", FILE_FORMATS)
def test_files_name_no_day(tmp_path: Path, form: str) -> None:
    """A file does not say when it was written, so that it is the same tomorrow."""
    write_network(made("actor-area"), tmp_path / f"net{form}")
    assert f"{datetime.now(tz=UTC):%Y-%m-%d}" not in (tmp_path / f"net{form}").read_text("utf-8")


@pytest.mark.parametrize(
    ("form", "read"),
    [
        (".graphml", nx.read_graphml),
        (".gexf", nx.read_gexf),
        (
            ".json",
            lambda path: nx.node_link_graph(
                json.loads(Path(path).read_text("utf-8")), edges="edges"
            ),
        ),
    ],
)
def test_files_are_read_back(tmp_path: Path, form: str, read: Any) -> None:
    """A file gives the same nodes, labels, edges and weights back."""
    graph = made("actor-measure")
    write_network(graph, tmp_path / f"net{form}")
    found = read(tmp_path / f"net{form}")
    assert dict(found.nodes(data="label")) == dict(graph.nodes(data="label"))
    weights = {frozenset(e[:2]): e[2] for e in graph.edges(data="weight")}
    assert {frozenset(e[:2]): e[2] for e in found.edges(data="weight")} == weights


def test_edge_list_names_both_ends(tmp_path: Path) -> None:
    """An edge list has a row an edge, with the names and labels of both ends and its statements."""
    graph = made("actor-area")
    write_network(graph, tmp_path / "net.csv")
    with (tmp_path / "net.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["source"], r["target"]) for r in rows] == list(graph.edges)
    for row in rows:
        edge = graph[row["source"]][row["target"]]
        assert row["statements"].split() == list(edge["statements"])
        assert row["source_label"] == graph.nodes[row["source"]]["label"]


def test_unknown_format_is_refused(tmp_path: Path) -> None:
    """A file whose ending names no format is refused before anything is written."""
    with pytest.raises(UsageError, match="graphml"):
        write_network(made("actor-area"), tmp_path / "net.xls")
    assert not list(tmp_path.iterdir())


def test_unwritable_file_is_named(tmp_path: Path) -> None:
    """A file that cannot be written is named with the reason."""
    with pytest.raises(InputError, match="No such file"):
        write_network(made("actor-area"), tmp_path / "nowhere" / "net.csv")
