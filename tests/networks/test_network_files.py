"""Pajek files, event lists and drawings."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small_graph import documents, named, statements, vocabulary

from comity.errors import InputError, MissingExtraError, UsageError
from comity.model import Mention
from comity.networks import (
    PROJECTIONS,
    draw,
    event_list,
    network,
    write_events,
    write_network,
)
from comity.networks.layout import Box, apart, columns, force, labels, parts


def made(projection: str) -> nx.Graph[Any]:
    """A network of the small graph."""
    return network(statements(), projection, vocabulary=vocabulary())


# -- Pajek ----------------------------------------------------------------------------------


@pytest.mark.parametrize("projection", ["actor-area", "actor-actor", "cooperation"])
def test_pajek_is_read_back(tmp_path: Path, projection: str) -> None:
    """A Pajek file gives labels, weights and directions back."""
    igraph = pytest.importorskip("igraph")
    graph = made(projection)
    write_network(graph, tmp_path / "net.net")
    found = igraph.Graph.Read_Pajek(str(tmp_path / "net.net"))
    label = graph.nodes(data="label")
    assert found.is_directed() == graph.is_directed()
    read = [(found.vs[e.source]["name"], found.vs[e.target]["name"], e["weight"]) for e in found.es]
    wanted = [(label[a], label[b], w) for a, b, w in graph.edges(data="weight")]
    if not graph.is_directed():
        read, wanted = ([(*sorted(e[:2]), e[2]) for e in edges] for edges in (read, wanted))
    assert sorted(read) == sorted(wanted)


def test_pajek_knows_two_modes(tmp_path: Path) -> None:
    """Of two types of nodes, those of the first come first, and the head says how many."""
    graph = made("actor-area")
    write_network(graph, tmp_path / "net.net")
    actors = sum(kind == "actor" for _, kind in graph.nodes(data="type"))
    head = (tmp_path / "net.net").read_text("utf-8").splitlines()[0]
    assert head == f"*Vertices {len(graph)} {actors}"


def test_pajek_labels_are_unique_and_quoted(tmp_path: Path) -> None:
    """Two nodes of one label are told apart, and quotes inside a label do not end it."""
    graph = nx.Graph([("a", "b")])
    for node in graph:
        graph.nodes[node].update(label='the "Guild"', type="actor")
    write_network(graph, tmp_path / "net.net")
    text = (tmp_path / "net.net").read_text("utf-8")
    assert "1 \"the 'Guild' (a)\"" in text and "2 \"the 'Guild' (b)\"" in text


# -- XML ------------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", [nx.read_graphml, nx.read_gexf], ids=["graphml", "gexf"])
def test_characters_that_xml_lacks_are_replaced(tmp_path: Path, reader: Any) -> None:
    """A name with a control character does not make a file that nothing can read."""
    graph = nx.Graph([("a", "b")])
    for node in graph:
        graph.nodes[node].update(label="bell\x07, tab\t, \ufffe, 中, \U0001f600 & <b>")
    path = tmp_path / f"net.{reader.__name__.removeprefix('read_')}"
    write_network(graph, path)
    assert reader(path).nodes["a"]["label"] == "bell\ufffd, tab\t, \ufffd, 中, \U0001f600 & <b>"
    assert graph.nodes["a"]["label"].startswith("bell\x07")


# -- event lists ----------------------------------------------------------------------------


def rows(**filters: Any) -> list[dict[str, Any]]:
    """The event list of the small graph."""
    return event_list(statements(), vocabulary=vocabulary(), documents=documents(), **filters)


def test_every_statement_has_one_row() -> None:
    """Every statement that was not rejected is one row, refused and urged ones too."""
    kept = [s for s in statements() if s.review != "rejected"]
    assert sorted(row["statement"] for row in rows()) == sorted(s.id for s in kept)
    by_id = {s.id: s for s in kept}
    for row in rows():
        statement = by_id[row["statement"]]
        assert row["quote"] == statement.quote and row["date"] == statement.date
        assert row["negated"] == statement.negated and row["modality"] == statement.modality
        assert {a.partition(":")[2] for a in row["areas"]} == set(statement.areas)


def test_events_are_in_the_order_of_time() -> None:
    """Rows are in the order of dates, a year before its days, those without a date last."""
    base = named("strengthen the protection of trade")
    days = ["2020", None, "2020-03-01", "2019-12-31", "2020-03"]
    said = [replace(base, id=f"s{n}", date=day) for n, day in enumerate(days)]
    found = event_list(said, vocabulary=vocabulary())
    assert [row["date"] for row in found] == ["2019-12-31", "2020", "2020-03", "2020-03-01", None]


def test_event_filters() -> None:
    """Filters are those of networks; areas that were not asked for are left out of a row."""
    found = rows(areas="trade-secrets", modality="commitment")
    assert found and all(row["areas"] == ("area:trade-secrets",) for row in found)
    assert len(found) < len(rows())


@pytest.mark.parametrize("form", [".csv", ".json"])
def test_event_files(tmp_path: Path, form: str) -> None:
    """An event list is a table, or JSON; both hold each row."""
    file = tmp_path / f"events{form}"
    write_events(rows(), file)
    if form == ".csv":
        with file.open(encoding="utf-8", newline="") as lines:
            read = [row["statement"] for row in csv.DictReader(lines)]
    else:
        read = [row["statement"] for row in json.loads(file.read_text("utf-8"))]
    assert read == [row["statement"] for row in rows()]


def test_event_files_of_other_formats_are_refused(tmp_path: Path) -> None:
    """An event list is no network file."""
    with pytest.raises(UsageError, match=r"\.csv"):
        write_events(rows(), tmp_path / "events.gexf")
    with pytest.raises(InputError):
        write_events(rows(), tmp_path / "nowhere" / "events.csv")


# -- drawings -------------------------------------------------------------------------------

sizes = st.tuples(st.floats(0.1, 2), st.floats(0.1, 0.4))
points = st.tuples(st.floats(0, 6), st.floats(0, 6))


@given(st.lists(st.tuples(points, sizes), max_size=25))
def test_labels_never_overlap(nodes: list[tuple[tuple[float, float], tuple[float, float]]]) -> None:
    """No label meets another or a node, or leaves the page; one that finds no room is left out."""
    page = Box(-1, -1, 7, 7)
    radius = 0.1
    found = labels([(at, radius) for at, _ in nodes], [size for _, size in nodes], page)
    placed = [box for box in found if box is not None]
    dots = [Box(x - radius, y - radius, x + radius, y + radius) for (x, y), _ in nodes]
    for place, box in enumerate(placed):
        assert page.holds(box)
        assert not any(box.meets(other) for other in placed[:place])
        assert not any(box.meets(dot) for dot in dots)


def test_labels_avoid_edges() -> None:
    """Of places as near, a label takes the one that covers no edge."""
    (box,) = labels([((0, 0), 0.1)], [(1, 0.2)], Box(-3, -3, 3, 3), [((0, 0), (3, 0))])
    assert box is not None and not box.crosses((0, 0), (3, 0))


@given(st.lists(points, max_size=12, unique=True))
def test_nodes_do_not_touch(found: list[tuple[float, float]]) -> None:
    """Nodes that touch are moved apart."""
    at = dict(enumerate(found))
    moved = apart(dict(at), dict.fromkeys(at, 0.1), 0.05)
    for a in moved:
        for b in moved:
            if a < b:
                gap = ((moved[a][0] - moved[b][0]) ** 2 + (moved[a][1] - moved[b][1]) ** 2) ** 0.5
                assert gap > 0.2


def test_columns_have_few_crossings() -> None:
    """A ladder in any order is drawn without a crossing."""
    graph = nx.Graph([("a3", "b3"), ("a1", "b1"), ("a2", "b2")])
    left, right = columns(graph, ["a3", "a1", "a2"], ["b2", "b3", "b1"])
    assert [node[1] for node in left] == [node[1] for node in right]


def test_only_pure_two_mode_networks_have_columns() -> None:
    """A network is drawn in columns if it has two types of nodes, and no edge within one."""
    assert parts(made("actor-area")) is not None
    assert parts(made("actor-actor")) is None
    mixed = made("actor-area")
    areas = [node for node, kind in mixed.nodes(data="type") if kind == "area"]
    mixed.add_edge(*areas[:2])
    assert parts(mixed) is None


def test_components_are_drawn_apart() -> None:
    """Each component has a place of its own."""
    graph = nx.disjoint_union(nx.complete_graph(5), nx.path_graph(2))
    at, (width, height) = force(graph)
    first, second = [at[n][1] for n in range(5)], [at[n][1] for n in (5, 6)]
    across = [at[n][0] for n in range(5)], [at[n][0] for n in (5, 6)]
    assert min(first) > max(second) or max(across[0]) < min(across[1])
    assert all(0 <= x <= width + 1e-9 and 0 <= y <= height + 1e-9 for x, y in at.values())


@pytest.mark.parametrize("form", ["png", "svg"])
@pytest.mark.parametrize("projection", PROJECTIONS)
def test_same_network_same_picture(projection: str, form: str) -> None:
    """A network is drawn to the same bytes every time, without a date."""
    pytest.importorskip("matplotlib")
    first, second = draw(made(projection), form), draw(made(projection), form)
    assert first == second
    assert first.startswith(b"\x89PNG" if form == "png" else b"<?xml")
    assert b"<dc:date>" not in first


def test_pictures_of_nothing(tmp_path: Path) -> None:
    """A network without nodes gives an empty picture, not an error."""
    pytest.importorskip("matplotlib")
    write_network(nx.Graph(), tmp_path / "net.png")
    assert (tmp_path / "net.png").read_bytes().startswith(b"\x89PNG")


def test_pictures_hold_labels_title_and_legend() -> None:
    """A picture shows the label of every node, what it is, and what its marks mean."""
    pytest.importorskip("matplotlib")
    graph = made("actor-area")
    svg = draw(graph, "svg").decode()
    said = " ".join(svg.split("<!-- ")[1:])
    for node in graph:
        for word in str(graph.nodes[node]["label"]).split():
            assert word in said
    for words in ("Actors and the areas they engage in", "area", "weight 1", "state"):
        assert words in said


def test_large_networks_show_the_strongest() -> None:
    """Of more nodes than the limit, those of the greatest weighted degree are drawn; it says so."""
    pytest.importorskip("matplotlib")
    graph = made("actor-area")
    svg = draw(graph, "svg", limit=4).decode()
    assert f"the 4 strongest of {len(graph)} nodes" in svg


def test_opposition_is_drawn_apart() -> None:
    """Edges of negative weight are dashed and red, so that nobody takes them for a tie."""
    pytest.importorskip("matplotlib")
    graph = nx.Graph()
    graph.add_edge("a", "b", weight=-2)
    graph.add_edge("b", "c", weight=1)
    svg = draw(graph, "svg").decode().lower()
    assert "stroke-dasharray" in svg and "#d55e00" in svg and "weight -2" in svg


def test_dollars_are_no_formulas() -> None:
    """A label with dollars is drawn as it is written."""
    pytest.importorskip("matplotlib")
    base = named("strengthen the protection of trade")
    fund = replace(base, actors=(Mention("The $1 _Fund $", "actor-00", 0, 4),))
    svg = draw(network([fund], "actor-area", vocabulary=vocabulary()), "svg").decode()
    assert "Fund" in svg


def test_drawings_need_matplotlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without matplotlib the error names the extra, and no file is left."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"comity\[plot\]"):
        write_network(made("actor-area"), tmp_path / "net.png")
    assert not list(tmp_path.iterdir())
