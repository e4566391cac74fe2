"""The edges of a release: those that the published queries construct, each with its statements."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse
from tests import small_graph

from comity import KnowledgeGraph
from comity.assets import path as asset
from comity.lineage.triples import link_triples
from comity.publish.content import Content
from comity.publish.edges import ENDS, edges, write_edges, write_lineage
from comity.publish.edgetable import COLUMNS, METADATA, SEPARATOR
from comity.queries import derive
from comity.rdf.namespaces import COMITY, ROOT, SKOS, shorten
from comity.rdf.terms import IRI, Triple, boolean_term
from comity.store import Store, Table

Behind = dict[Triple, set[str]]


def with_quads(content: Content, quads: str, room: Path) -> Content:
    """The content with other quads."""
    path = room / "other.nq"
    path.write_bytes(b"".join(sorted(set(quads.encode().splitlines(keepends=True)))))
    return replace(content, quads=path)


def told(content: Content) -> Behind:
    """Each edge with the ids of the statements behind it."""
    return {edge.triple: set(edge.statements) for edge in edges(content)}


def asked(content: Content) -> Behind:
    """The same, asked of a store: the published queries, with their statement made visible."""
    store = Store.of(content.quads.read_text("utf-8"))
    found: defaultdict[Triple, set[str]] = defaultdict(set)
    for file in asset("queries/derive").glob("*.rq"):
        query = file.read_text("utf-8")
        head = re.search(r"CONSTRUCT \{ \?(\w+) comity:(\w+) \?(\w+) \}", query)
        assert head
        subject, predicate, value = head.groups()
        table = store.query(query.replace(head[0], f"SELECT ?{subject} ?{value} ?statement"))
        assert isinstance(table, Table)
        for one, other, statement in table.rows:
            assert isinstance(statement, IRI)
            edge = (f"<{one}>", f"<{COMITY}{predicate}>", f"<{other}>")
            found[edge].add(content.namespaces.local(statement.value))
    return dict(found)


# -- which edges there are -----------------------------------------------------------------


def test_every_query_is_known() -> None:
    """There is a kind of edge for each query in queries/derive."""
    assert sorted(ENDS) == sorted(file.stem for file in asset("queries/derive").glob("*.rq"))


def test_edges_of_the_corpus(content: Content) -> None:
    """On the example corpus the edges are those of the queries, which are the shortcuts."""
    store = Store.of(content.quads.read_text("utf-8"))
    found = [edge.triple for edge in edges(content)]
    assert found == derive(store)
    assert tuple(found) == content.shortcuts


def test_statements_behind_the_edges_of_the_corpus(content: Content) -> None:
    """Behind an edge stand the statements from which the queries make it, and no other."""
    assert told(content) == asked(content)


def test_edges_of_the_small_graph(content: Content, tmp_path: Path) -> None:
    """So it is on the small graph, with its negated, rejected and narrower cases."""
    small = with_quads(content, small_graph.quads(), tmp_path)
    assert told(small) == asked(small)


@st.composite
def few_statements(draw: st.DrawFn) -> str:
    """Quads of some statements, each with any set of values for what the queries look at."""

    def some(*values: str) -> st.SearchStrategy[list[str]]:
        return st.lists(st.sampled_from(values), unique=True, max_size=2)

    def own(kind: str, *names: str) -> list[str]:
        return [f"<{ROOT}{kind}/{name}>" for name in names]

    measures = own("measure", "one", "two", "three")
    wide = own("measure-type", "cooperation", "agreement", "enforcement")
    narrow = own("measure-type", "joint-work", "deep-work", "ring-a", "ring-b")
    facts = [
        *((a, f"<{SKOS}broader>", b) for a, b in [(narrow[0], wide[0]), (narrow[1], narrow[0])]),
        *((a, f"<{SKOS}broader>", b) for a, b in [narrow[2:], narrow[:1:-1]]),
    ]
    properties = {
        "actor": own("actor", "CHN", "PER"),
        "counterpart": own("actor", "CHN", "WIPO"),
        "measure": measures,
        "modality": own("modality", "commitment", "report", "recommendation", "prohibition"),
        "negated": [boolean_term(False), boolean_term(True)],
        "reviewStatus": own("review-status", "accepted", "rejected"),
    }
    for measure in measures:
        facts += [(measure, f"<{COMITY}measureType>", t) for t in draw(some(*wide, *narrow))]
        areas = draw(some(*own("area", "patents", "trade-secrets")))
        facts += [(measure, f"<{COMITY}targetArea>", area) for area in areas]
    for number in range(draw(st.integers(1, 3))):
        for name, values in properties.items():
            subject = f"<{ROOT}id/statement-{number}>"
            facts += [(subject, f"<{COMITY}{name}>", value) for value in draw(some(*values))]
    return "".join(f"{s} {p} {o} <{ROOT}id/g> .\n" for s, p, o in facts)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quads=few_statements())
def test_edges_of_any_statements(content: Content, tmp_path: Path, quads: str) -> None:
    """So it is whatever statements say: none, one or several values of each property."""
    other = with_quads(content, quads, tmp_path)
    assert told(other) == asked(other)


def test_edges_are_those_of_the_networks(graph: KnowledgeGraph, content: Content) -> None:
    """Who engages in what, and by which statements, is what the actor-area network says."""
    network = graph.network("actor-area")
    iri = dict(network.nodes(data="iri"))
    expected = {
        (f"<{iri[actor]}>", f"<{COMITY}engagesIn>", f"<{iri[area]}>"): set(ids)
        for actor, area, ids in network.edges(data="statements")
    }
    assert {e: ids for e, ids in told(content).items() if e[1].endswith("engagesIn>")} == expected


def test_sorting_on_disk_gives_the_same_edges(content: Content) -> None:
    """Edges do not depend on how much is sorted in memory."""
    assert list(edges(content, run=5000)) == list(edges(content))


# -- as files ------------------------------------------------------------------------------


@pytest.fixture
def folder(content: Content, tmp_path: Path) -> Path:
    """A folder with the edges of the example content."""
    made = tmp_path / "release"
    made.mkdir()
    parts = [*write_edges(content, made), *write_lineage(content, made)]
    assert {part.name for part in parts} == {file.name for file in made.iterdir()}
    return made


def triples(file: Path) -> set[Triple]:
    """The triples of a Turtle file."""
    found = parse(file.read_bytes(), format=RdfFormat.TURTLE)
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in found}


def table(folder: Path) -> Iterator[dict[str, str]]:
    """The rows of edges.csv."""
    with (folder / "edges.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def test_turtle_has_the_shortcuts(content: Content, folder: Path) -> None:
    """edges.ttl has the derived triples and nothing that is asserted."""
    assert triples(folder / "edges.ttl") == set(content.shortcuts)
    assert not triples(folder / "edges.ttl") & set(content.triples())


def test_table_has_a_row_for_each(content: Content, folder: Path) -> None:
    """edges.csv has the same edges in the same order, each with IRIs."""
    rows = list(table(folder))
    assert tuple(rows[0]) == COLUMNS
    ends = [(f"<{r['subject']}>", f"<{r['predicate']}>", f"<{r['object']}>") for r in rows]
    assert tuple(ends) == content.shortcuts


def test_a_row_leads_to_its_passages(content: Content, folder: Path) -> None:
    """The ids of a row are those of statements of the release, as many as its weight says."""
    known = {statement.id: statement for statement in content.statements()}
    for row in table(folder):
        ids = row["statements"].split(SEPARATOR)
        days = sorted(str(known[each].date) for each in ids if known[each].date)
        assert int(row["weight"]) == len(set(ids)) == len(ids) > 0
        assert [row["first"], row["last"]] == ([days[0], days[-1]] if days else ["", ""])


def test_a_row_can_be_read(folder: Path) -> None:
    """A row names both ends as people do, and says what they are."""
    china = "https://w3id.org/comity/actor/CHN"
    rows = [
        r for r in table(folder) if r["subject"] == china and r["predicate"][-9:] == "engagesIn"
    ]
    areas = {row["object_label"]: row for row in rows}
    row = areas["Trade secrets and undisclosed information"]
    assert row["object"] == "https://w3id.org/comity/area/trade-secrets"
    assert (row["subject_label"], row["subject_kind"], row["object_kind"]) == (
        "China",
        "State",
        "Concept",
    )
    assert {r["subject_kind"] for r in table(folder) if r["predicate"].endswith("targets")} == {
        "Measure"
    }


def test_the_table_is_described(content: Content, folder: Path) -> None:
    """The CSVW metadata names the columns in order, and the rows keep to types and keys."""
    described = json.loads((folder / METADATA).read_text("utf-8"))
    assert described["url"] == "edges.csv"
    schema = described["tableSchema"]
    *columns, edge = schema["columns"]
    assert tuple(column["name"] for column in columns) == COLUMNS
    rows = list(table(folder))
    assert len({tuple(row[key] for key in schema["primaryKey"]) for row in rows}) == len(rows)
    for column in columns:
        separator, datatype = column.get("separator"), column["datatype"]
        pattern = datatype["format"] if isinstance(datatype, dict) else TYPES[datatype]
        for cell in (row[column["name"]] for row in rows):
            cells = cell.split(separator) if separator else [cell]
            assert cell or not column["required"]
            assert all(re.fullmatch(pattern, each) for each in cells if each), cell
    templates = schema["aboutUrl"], edge["propertyUrl"], edge["valueUrl"]
    made = [tuple(f"<{row[each[2:-1]]}>" for each in templates) for row in rows]
    assert tuple(made) == content.shortcuts


TYPES = {
    "anyURI": "https?://[^ ]+",
    "string": ".+",
    "positiveInteger": "[1-9][0-9]*",
    "NMTOKEN": "[A-Za-z0-9._-]+",
}
"""What texts of the datatypes look like here."""


def test_an_edge_that_follows_from_no_statement_is_kept(content: Content, tmp_path: Path) -> None:
    """A triple that a query of a user's own has derived is there, with no statement behind it."""
    extra = (f"<{ROOT}actor/CHN>", f"<{COMITY}cooperatesWith>", f"<{ROOT}actor/XXX>")
    shortcuts = tuple(sorted([*content.shortcuts, extra]))
    write_edges(replace(content, shortcuts=shortcuts), tmp_path)
    rows = list(table(tmp_path))
    assert len(rows) == len(shortcuts)
    (row,) = (row for row in rows if row["object"].endswith("/XXX"))
    assert (row["object_label"], row["weight"], row["statements"]) == ("XXX", "", "")
    assert (
        nx.read_graphml(tmp_path / "edges.graphml").edges["actor:CHN", "actor:XXX"]["weight"] == 0
    )


def test_network_has_the_edges(content: Content, folder: Path) -> None:
    """networkx reads from the GraphML the edges, named as in Turtle, with labels and weights."""
    graph = nx.read_graphml(folder / "edges.graphml")
    prefixes = content.namespaces.prefixes()
    short = [tuple(shorten(term[1:-1], prefixes) for term in edge) for edge in content.shortcuts]
    assert {(a, p, b) for a, b, p in graph.edges(data="predicate")} == set(short)
    assert graph.is_directed()
    rows = {(row["subject"], row["object"]): row for row in table(folder)}
    iri = dict(graph.nodes(data="iri"))
    label = dict(graph.nodes(data="label"))
    for one, other, facts in graph.edges(data=True):
        row = rows[iri[one], iri[other]]
        assert (label[one], label[other]) == (row["subject_label"], row["object_label"])
        assert (str(facts["weight"]), facts["statements"].split()) == (
            row["weight"],
            row["statements"].split(SEPARATOR),
        )
    assert set(dict(graph.nodes(data="type")).values()) == {"actor", "measure", "area"}


def test_network_can_be_read_by_igraph(content: Content, folder: Path) -> None:
    """igraph, which has a GraphML reader of its own, counts the same nodes and edges."""
    igraph = pytest.importorskip("igraph")
    graph = igraph.Graph.Read_GraphML(str(folder / "edges.graphml"))
    ends = {end for subject, _, value in content.shortcuts for end in (subject, value)}
    assert (graph.vcount(), graph.ecount()) == (len(ends), len(content.shortcuts))


def test_lineage_has_the_links(content: Content, folder: Path) -> None:
    """lineage.ttl has each link with its reason, and the relation between the statements."""
    assert content.links
    expected = set(link_triples(content.links, content.namespaces))
    assert triples(folder / "lineage.ttl") == expected


def test_no_links_are_a_file_without_triples(content: Content, tmp_path: Path) -> None:
    """A release whose statements follow on none still has the file, which says what it is."""
    write_lineage(replace(content, links=()), tmp_path)
    assert triples(tmp_path / "lineage.ttl") == set()
    assert (tmp_path / "lineage.ttl").read_text("utf-8").startswith("# Statements on")


def test_no_edges_are_files_without_any(content: Content, tmp_path: Path) -> None:
    """A release of which nothing follows has the files, and they can be read."""
    write_edges(replace(content, shortcuts=()), tmp_path)
    assert triples(tmp_path / "edges.ttl") == set()
    assert list(table(tmp_path)) == []
    assert len(nx.read_graphml(tmp_path / "edges.graphml")) == 0


def test_the_same_edges_give_the_same_bytes(content: Content, folder: Path, tmp_path: Path) -> None:
    """A second writing in another folder is equal to the byte."""
    again = tmp_path / "again"
    again.mkdir()
    write_edges(content, again)
    write_lineage(content, again)
    for file in folder.iterdir():
        assert (again / file.name).read_bytes() == file.read_bytes(), file.name
