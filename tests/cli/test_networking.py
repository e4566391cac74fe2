"""`comity network`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run


def test_network(run: Run, graph: Path) -> None:
    """A network goes to a file in the format of its ending."""
    done = run("network", "actor-area", "--kg", graph, "--out", "net.csv")
    assert done.code == 0
    rows = list(csv.DictReader(Path("net.csv").read_text("utf-8").splitlines()))
    assert ("actor:NOR", "area:trade-secrets") in {(r["source"], r["target"]) for r in rows}


@pytest.mark.parametrize("area", ["trade-secrets", "Trade Secrets", "area:trade-secrets"])
def test_network_filters_take_names(run: Run, graph: Path, area: str) -> None:
    """Areas and modalities of a network are named as in queries."""
    chosen = ("--area", area, "--modality", "Commitment", "--since", "2021")
    run("network", "actor-area", "--kg", graph, "--out", "net.csv", *chosen)
    assert len(Path("net.csv").read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["actor-star", "--out", "n.csv"], "one of actor-area"),
        (["actor-area", "--out", "n.xls"], ".graphml"),
        (["actor-area", "--out", "n.csv", "--area", "stars"], "no area 'stars'"),
        (["actor-area", "--out", "n.csv", "--since", "2018-13"], "since: '2018-13' is no date"),
        (["actor-area", "--out", "n.csv", "--until", "last"], "until: 'last' is no date"),
    ],
)
def test_network_faults(run: Run, graph: Path, arguments: list[str], words: str) -> None:
    """An unknown projection, format or area is a usage error with the choices."""
    done = run("network", *arguments, "--kg", graph)
    assert done.code == 2
    assert words in done.err


@pytest.mark.parametrize("form", [".graphml", ".gexf", ".json", ".csv", ".net", ".png", ".svg"])
def test_every_format(run: Run, graph: Path, form: str) -> None:
    """Every format is written by its ending."""
    done = run("network", "actor-area", "--kg", graph, "--out", f"net{form}")
    assert done.code == 0 and f"in net{form}" in done.err
    assert Path(f"net{form}").stat().st_size > 0


def test_measures_are_printed(run: Run, graph: Path) -> None:
    """--measures prints a table, a row a node, and needs no file."""
    done = run("network", "actor-area", "--kg", graph, "--measures")
    assert done.code == 0
    assert "Norway" in done.out and "betweenness" in done.out and "modularity" in done.out
    assert not list(Path().iterdir())


def test_measures_for_machines(run: Run, graph: Path) -> None:
    """As JSON the whole network and its nodes; as CSV a row a node."""
    asked = ("network", "actor-area", "--kg", graph, "--measures")
    found = json.loads(run(*asked, "--json").out)
    rows = list(csv.DictReader(run(*asked, "--format", "csv").out.splitlines()))
    assert found["network"]["nodes"] == len(found["nodes"]) == len(rows)
    assert [row["node"] for row in rows] == [row["node"] for row in found["nodes"]]
    assert "actor:NOR" in {row["node"] for row in rows}


def test_windows_are_files(run: Run, graph: Path) -> None:
    """--window writes a file a window, named by it, and says what fits none."""
    asked = ("network", "actor-area", "--kg", graph, "--window", "year")
    done = run(*asked, "--out", "net.csv", "--measures", "--json")
    assert [file.name for file in Path().iterdir()] == ["net-2021.csv"]
    assert "1 window; left out: 0 statements without a date" in done.err
    (window,) = json.loads(done.out)
    assert window["window"] == "2021" and window["nodes"]


def test_backbone_of_an_even_network_is_empty(run: Run, graph: Path) -> None:
    """--backbone keeps only edges that stand out; in a small even network there is none."""
    done = run("network", "actor-area", "--kg", graph, "--backbone", "0.05", "--out", "net.csv")
    assert "0 nodes, 0 edges" in done.err


def test_event_lists(run: Run, graph: Path) -> None:
    """`network events` lists statements: to a file, or as CSV or JSON on stdout."""
    done = run("network", "events", "--kg", graph, "--out", "events.csv")
    written = Path("events.csv").read_text("utf-8")
    assert "statements in events.csv" in done.err
    assert run("network", "events", "--kg", graph).out == written
    listed = json.loads(run("network", "events", "--kg", graph, "--json").out)
    rows = list(csv.DictReader(written.splitlines()))
    assert [row["statement"] for row in listed] == [row["statement"] for row in rows]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["actor-area"], "--out FILE, or --measures"),
        (["actor-area", "--measures", "--step", "year"], "need --window"),
        (["actor-area", "--measures", "--cumulative"], "need --window"),
        (["actor-area", "--measures", "--window", "decade"], "one of year, quarter"),
        (["actor-area", "--measures", "--format", "xml"], "one of table, csv, json"),
        (["actor-area", "--measures", "--qualifier", "conflict"], "does not fit actor-area"),
        (["actor-area", "--measures", "--backbone", "2"], "between 0 and 1"),
        (["actor-area", "--measures", "--engine", "gephi"], "one of auto, networkx, igraph"),
        (["actor-area", "--measures", "--review", "seen"], "no review-status"),
        (["events", "--measures"], "only filters and --out fit"),
        (["events", "--out", "events.png"], "one of .csv, .json"),
    ],
)
def test_options_that_do_nothing_are_refused(
    run: Run, graph: Path, arguments: list[str], words: str
) -> None:
    """Options that do not exist or do nothing together are a usage error that says what would."""
    done = run("network", *arguments, "--kg", graph)
    assert done.code == 2
    assert words in " ".join(done.err.split())
    assert not list(Path().iterdir())
