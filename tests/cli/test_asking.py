"""`comity query`, `queries` and `prefixes`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph
import pytest
from tests.cli.conftest import Run

from comity.queries import library

SELECT = "SELECT ?actor WHERE { ?s comity:actor ?actor } ORDER BY ?actor"


def test_library_query(run: Run, graph: Path) -> None:
    """A query of the library is asked by name, its parameters by code or label."""
    for area in ("trade-secrets", "Trade secrets and undisclosed information"):
        done = run("query", "actors-by-area", "--param", f"area={area}", "--kg", graph)
        assert done.code == 0
        assert "Norway" in done.out
        assert "1 row" in done.err


def test_names_stand_for_iris(run: Run, graph: Path) -> None:
    """The table shows names; --iris shows the IRIs."""
    asked = ("query", SELECT, "--kg", graph)
    assert "Norway" in run(*asked).out
    assert "https://w3id.org/comity/actor/NOR" in run(*asked, "--iris").out


def test_wide_answers_are_shown_row_by_row(
    run: Run, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal too narrow for the table, rows stand one below the other, with no cell cut."""
    monkeypatch.setattr("comity.cli.console.PIPE_WIDTH", 60)
    done = run("query", "passage", "--kg", graph)
    assert "-- 1\n" in done.out
    assert "".join("strengthen the protection of trade secrets by 2025".split()) in "".join(
        done.out.split()
    )


@pytest.mark.parametrize("query", ["SELECT ?x WHERE { ?x a 5 }", "ASK { ?s ?p ?o }"])
def test_short_answers(run: Run, graph: Path, query: str) -> None:
    """No rows and yes-or-no answers are shown too."""
    done = run("query", query, "--kg", graph)
    assert done.code == 0
    assert "0 rows" in done.err or "true" in done.out


def test_csv(run: Run, graph: Path) -> None:
    """CSV on stdout is nothing but CSV."""
    done = run("query", SELECT, "--kg", graph, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert rows[0] == {"actor": "https://w3id.org/comity/actor/NOR"}


def test_json(run: Run, graph: Path) -> None:
    """JSON is the SPARQL 1.1 Query Results JSON Format."""
    found = json.loads(run("query", SELECT, "--kg", graph, "--format", "json").out)
    assert found["head"]["vars"] == ["actor"]
    assert found["results"]["bindings"][0]["actor"]["type"] == "uri"


def test_turtle(run: Run, graph: Path) -> None:
    """CONSTRUCT gives Turtle."""
    query = "CONSTRUCT { ?s comity:actor ?o } WHERE { ?s comity:actor ?o }"
    done = run("query", query, "--kg", graph, "--format", "ttl")
    assert len(list(pyoxigraph.parse(done.out, pyoxigraph.RdfFormat.TURTLE))) == 4


def test_query_file(run: Run, graph: Path) -> None:
    """A query may stand in a file."""
    Path("mine.rq").write_text(SELECT, encoding="utf-8")
    assert "Norway" in run("query", "mine.rq", "--kg", graph).out


def test_graph_by_environment(run: Run, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """COMITY_KG names the graph when --kg does not."""
    monkeypatch.setenv("COMITY_KG", str(graph))
    assert run("query", SELECT).code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["actor-by-area"], 2, "did you mean actors-by-area"),
        (["actors-by-area"], 2, "needs a value for area"),
        (["actors-by-area", "-p", "area=trade-secret"], 2, "did you mean trade-secrets"),
        (["actors-by-area", "-p", "aera=patents"], 2, "did you mean area"),
        (["actors-by-area", "-p", "area"], 2, "no NAME=VALUE"),
        (["actors-by-area", "-p", "area=x", "-p", "area=y"], 2, "area is given twice"),
        (["actors-by-area", "-p", "area=zzz"], 2, "trade-in-services, trade-secrets, trademarks"),
        (["passage", "-p", "statement=statement-00ff"], 2, "no statement 'statement-00ff' in this"),
        (["SELECT ?s WHERE { ?s ?p }"], 3, "line 1, column"),
        (["SELECT ?s WHERE { ?s nope:p ?o }"], 3, "nope:"),
        (["ASK { SERVICE <http://example.org/> { ?s ?p ?o } }"], 3, "SERVICE is refused"),
        (["DELETE WHERE { ?s ?p ?o }"], 3, "a query changes nothing"),
        (["missing.rq"], 3, "there is no such query file"),
        ([SELECT, "--format", "xlsx"], 2, "one of table, csv"),
        ([SELECT, "--format", "ttl"], 2, "CONSTRUCT"),
    ],
)
def test_faults_are_explained(
    run: Run, graph: Path, arguments: list[str], code: int, words: str
) -> None:
    """A fault gives one clear line on stderr, nothing on stdout, and its exit code."""
    done = run("query", *arguments, "--kg", graph)
    assert (done.code, done.out) == (code, "")
    assert words in " ".join(done.err.split())


def test_missing_graph(run: Run) -> None:
    """Where there is no graph, the message says how to make one."""
    done = run("query", SELECT, "--kg", "nowhere")
    assert done.code == 3
    assert "comity build" in done.err


def test_queries_are_listed(run: Run) -> None:
    """Every query of the library is listed with its question; --json gives all of its header."""
    listed = run("queries").out
    assert all(name in listed for name in library())
    found = {query["name"]: query for query in json.loads(run("queries", "--json").out)}
    assert found["passage"]["question"] == library()["passage"].question
    assert {p["name"] for p in found["actors-by-area"]["parameters"]} >= {"area", "language"}


def test_required_parameters_are_marked(run: Run) -> None:
    """The list marks with a star what must be given, and shows defaults."""
    done = run("queries")
    assert "area*, measure_type, since, until, language=en" in done.out
    assert "* = required" in done.err


def test_one_query_is_explained(run: Run) -> None:
    """`comity queries NAME` tells what it asks, its parameters and columns, then the SPARQL."""
    told, query = run("queries", "actors-by-area").out, library()["actors-by-area"]
    assert query.title in told and query.question in told
    for parameter in query.parameters:
        assert parameter.description in told and parameter.type in told
    assert all(column.name in told and column.description in told for column in query.columns)
    assert "required" in told and "0.1.0" in told
    assert told.endswith(query.sparql) and not query.sparql.startswith("#")
    assert run("queries", "actor-by-area").code == 2


def test_query_file_to_start_from(run: Run, graph: Path) -> None:
    """`--sparql` prints the query file itself, which can be changed and asked."""
    text = run("queries", "actors-by-area", "--sparql").out
    assert text == library()["actors-by-area"].text
    Path("mine.rq").write_text(text, encoding="utf-8")
    assert "Norway" in run("query", "mine.rq", "-p", "area=trade-secrets", "--kg", graph).out
    assert run("queries", "--sparql").code == 2


def test_guessed_parameters_are_told(run: Run, graph: Path) -> None:
    """How a parameter that no header describes is read is told on stderr."""
    query = "SELECT ?s { ?s comity:measure/comity:targetArea ?area }"
    done = run("query", query, "-p", "area=Trade secrets", "--kg", graph)
    assert done.err.startswith("?area is read as area:trade-secrets\n")


def test_data_are_shown_as_they_are(run: Run, graph: Path) -> None:
    """Text that looks like markup or the name of a picture is printed as it is."""
    for text in ("a :cop: b", "[red]c[/]"):
        assert text in run("query", f'SELECT ("{text}" AS ?x) {{}}', "--kg", graph).out


def test_shortcuts_can_be_asked(run: Run, graph: Path) -> None:
    """Derived shortcuts are found like any other triple."""
    done = run("query", "SELECT ?a ?m { ?a comity:undertakes ?m }", "--kg", graph)
    assert "Norway" in done.out and "0 rows" not in done.err


def test_prefixes_can_be_pasted(run: Run) -> None:
    """`comity prefixes` prints declarations that any SPARQL engine takes."""
    declared = run("prefixes", "--base-iri", "https://data.example/").out
    assert "PREFIX id: <https://data.example/>" in declared
    pyoxigraph.Store().query(declared + "ASK { ?s comity:actor actor:CHN }")
