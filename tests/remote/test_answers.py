"""Answers of two real servers are those of the embedded store."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from tests import small_graph, test_queries
from tests.example_graph import SPACES, quads, releases, statements, store
from tests.examples.test_competency_questions import FILES, name, stated
from tests.remote.servers import Server, loaded

from comity.assets import path as asset
from comity.errors import LimitError, QueryError
from comity.model import Vocabulary
from comity.publish.quotes import limited_lines
from comity.queries import answer, derive, library
from comity.rdf.namespaces import prefixes
from comity.rdf.terms import IRI, to_text
from comity.rdf.vocabulary import load
from comity.remote import RemoteStore
from comity.store import Answer, Store, Table, Triples

LIBRARY = library()
CROSS = "SELECT ?a ?b WHERE { ?a a comity:Statement . ?b a comity:Statement }"


@cache
def bundled() -> Vocabulary:
    """The bundled vocabulary."""
    return load()


@pytest.mark.parametrize(
    "file", [file for file in FILES if name(file) != "changes"], ids=lambda file: file.stem
)
def test_competency_question(example: RemoteStore, file: Path) -> None:
    """Each competency question has the same columns and rows, in the same order."""
    parameters, _, _ = stated(file)
    question = LIBRARY[name(file)]
    assert answer(example, question, parameters, bundled()) == answer(
        store(), question, parameters, load()
    )


def test_small_graph(server: Server) -> None:
    """So have all the stated answers on the small graph, and the derived shortcuts."""
    remote = loaded(server, small_graph.quads())
    for file in test_queries.ANSWERS:
        query, parameters, _, rows = test_queries.stated(file)
        if query == "changes":
            continue
        table = answer(remote, LIBRARY[query], parameters, small_graph.vocabulary())
        assert test_queries.lines(table) == rows, file.name
    assert derive(remote) == derive(test_queries.store())


def test_without_words(server: Server) -> None:
    """Of a release that gives no words, all questions and passages are answered alike."""
    lines = sorted(quads().encode().splitlines(keepends=True))
    silent = b"".join(limited_lines(lambda: lines, SPACES, "none")).decode()
    remote, embedded = loaded(server, silent), Store.of(silent)
    for file in FILES:
        if name(file) != "changes":
            parameters, _, _ = stated(file)
            question = LIBRARY[name(file)]
            expected = answer(embedded, question, parameters, bundled())
            assert answer(remote, question, parameters, bundled()) == expected, file.name
    lookup = asset("queries/lookup/passage.rq").read_text("utf-8")
    for statement in statements()[::20]:
        bindings = {"statement": IRI(SPACES.node(statement.id))}
        assert remote.query(lookup, bindings) == embedded.query(lookup, bindings)


def test_changes(server: Server) -> None:
    """Two releases, each in a graph of its own, are compared alike."""
    lines = releases().query("SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert isinstance(lines, Table)
    quads = "".join(sorted(" ".join(to_text(t) for t in row if t) + " .\n" for row in lines.rows))
    remote = loaded(server, quads)
    parameters = next(stated(file)[0] for file in FILES if name(file) == "changes")
    expected = answer(releases(), LIBRARY["changes"], parameters, bundled())
    assert expected.rows
    assert answer(remote, LIBRARY["changes"], parameters, bundled()) == expected


@pytest.mark.parametrize(
    "query",
    [
        f"{CROSS} ORDER BY DESC(STR(?b)) ?a",
        f"{CROSS} ORDER BY ?a ?b LIMIT 12000 OFFSET 500",
        f"{CROSS} ORDER BY ?a ?b OFFSET 11000",
    ],
    ids=["ordered", "limit", "offset"],
)
def test_more_rows_than_the_server_gives(example: RemoteStore, query: str) -> None:
    """An answer of 20,164 rows is whole and in order, also where the server cuts at 10,000."""
    assert example.query(query) == store().query(query)


def test_rows_in_no_order(example: RemoteStore) -> None:
    """Without ORDER BY the rows are the same, each as often, in an order of the server's."""
    query = "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), STR(id:))) }"
    found, expected = example.query(query), store().query(query)
    assert isinstance(found, Table) and isinstance(expected, Table)
    assert len(found.rows) > 8_000
    assert sorted(map(repr, found.rows)) == sorted(map(repr, expected.rows))


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { ?s dcterms:source ?q ; a comity:X } WHERE { ?s comity:objectText ?q }",
        "CONSTRUCT WHERE { ?s a comity:Statement ; comity:actor ?q }",
        CROSS.replace("SELECT ?a ?b", "CONSTRUCT { ?a dcterms:relation ?b }"),
        "DESCRIBE actor:CHN",
        "DESCRIBE ?s WHERE { ?s a comity:Statement }",
    ],
    ids=["construct", "short", "20164 triples", "describe", "describe all"],
)
def test_triples(example: RemoteStore, query: str) -> None:
    """CONSTRUCT and DESCRIBE give the same triples, more of them than the server would."""
    found, expected = example.query(query), store().query(query)
    assert isinstance(found, Triples) and isinstance(expected, Triples)
    assert len(found.triples) == len(expected.triples)
    assert set(found.triples) == set(expected.triples)


@pytest.mark.parametrize("kind", ["Statement", "Nothing"])
def test_ask(example: RemoteStore, kind: str) -> None:
    """ASK gives yes or no."""
    assert example.query(f"ASK {{ ?s a comity:{kind} }}") == Answer(kind == "Statement")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT DISTINCT (LANG(?l) AS ?x) ?l WHERE { actor:CHN skos:prefLabel ?l } ORDER BY ?x",
        "SELECT ?s WHERE { ?s a ?c } ORDER BY ?s VALUES ?c { comity:Event }",
        "SELECT (AVG(?c) AS ?mean) (MAX(?c) AS ?most) WHERE { ?s comity:confidence ?c }",
        "SELECT ?t ?n WHERE { ?t comity:evidence/oa:hasSelector/oa:start ?n } ORDER BY ?n ?t",
        "SELECT ?t ?n WHERE { ?t comity:negated ?n } ORDER BY ?t",
    ],
    ids=["languages", "values at the end", "numbers", "integers", "booleans"],
)
def test_values(example: RemoteStore, query: str) -> None:
    """Numbers, booleans and language tags are those of the embedded store."""
    assert example.query(query) == store().query(query)


def test_pages_of_any_size(example: RemoteStore) -> None:
    """With a page size of ours, rows are neither missed nor repeated."""
    query = "SELECT ?s ?a WHERE { ?s comity:actor ?a } ORDER BY ?a"
    paged = RemoteStore(example.url, page_size=17)
    found, expected = paged.query(query), example.query(query)
    assert isinstance(found, Table) and isinstance(expected, Table)
    assert sorted(map(repr, found.rows)) == sorted(map(repr, expected.rows))
    assert [row[1] for row in found.rows] == [row[1] for row in expected.rows]


def test_most_rows(example: RemoteStore) -> None:
    """An answer of more rows than are wanted is an error, not a part of it."""
    with pytest.raises(LimitError, match="more than 50 rows"):
        example.query(CROSS, max_rows=50)


def test_bound_terms(example: RemoteStore) -> None:
    """A variable is bound to a term, as for the embedded store."""
    query, bound = "SELECT ?s WHERE { ?s comity:actor ?a } ORDER BY ?s", prefixes()["actor"]
    terms = {"a": IRI(bound + "CHN")}
    found = example.query(query, terms)
    assert found == store().query(query, terms)
    assert isinstance(found, Table) and found.rows


def test_long_query(example: RemoteStore) -> None:
    """A query too long for a URL is sent as a form."""
    names = " ".join(f"actor:A{number:05}" for number in range(2_000))
    found = example.query(
        f"SELECT ?a WHERE {{ VALUES ?a {{ {names} actor:CHN }} ?s comity:actor ?a }}"
    )
    assert isinstance(found, Table)
    assert {str(row[0]) for row in found.rows} == {prefixes()["actor"] + "CHN"}


@pytest.mark.parametrize(
    "query", ["SELECT ?x WHERE { ?x ?y }", "SELECT ?x WHERE { ?x ?p ?o } ORDER"]
)
def test_malformed_query(example: RemoteStore, query: str) -> None:
    """What a server says against a query is a QueryError with its words."""
    with pytest.raises(QueryError, match="the server refuses the query"):
        example.query(query)


def test_unknown_prefix(example: RemoteStore) -> None:
    """A prefix that nobody declares is found before anything is sent."""
    with pytest.raises(QueryError, match="prefix nope: is not declared"):
        example.query("SELECT ?x WHERE { ?x nope:a ?y }")


def test_one_graph(example: RemoteStore) -> None:
    """A store can be told to search some graphs only."""
    one = max(name for name in example.graphs() if "/graph-" in name)
    only = RemoteStore(example.url, graphs=(one,))
    found = only.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s a comity:Statement } }")
    assert isinstance(found, Table)
    assert [str(row[0]) for row in found.rows] == [one]
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s a comity:Document }"
    documents = only.query(count)
    assert isinstance(documents, Table) and str(documents.rows[0][0]) == "1"


def test_graphs_of_the_server_are_left_out(example: RemoteStore) -> None:
    """Virtuoso has graphs of its own, which are not listed."""
    assert example.graphs() == store().graphs()


def test_place_in_the_query(example: RemoteStore) -> None:
    """A mistake is on the line where the user wrote it, or where the server noticed."""
    with pytest.raises(QueryError) as caught:
        example.query("SELECT ?x\nWHERE {\n  ?x a ?y .\n  FILTER(nonsense(?x))\n}")
    assert caught.value.where.startswith(("line 4", "line 5"))
