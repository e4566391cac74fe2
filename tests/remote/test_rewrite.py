"""Queries taken apart and put together again for servers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.queries import library
from comity.rdf.namespaces import prefixes
from comity.rdf.terms import IRI, XSD, BlankNode, Literal, to_text
from comity.remote.reading import canonical
from comity.remote.rewrite import count, declared, outline, page
from comity.remote.templates import filled
from comity.store import Store, Table, Triples

DATA = "".join(
    f'<https://example.org/{n}> <https://example.org/p> "{n % 3}" <https://example.org/g> .\n'
    for n in range(7)
)
QUERIES = [
    "SELECT ?s ?o WHERE { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } ORDER BY DESC(?o) LIMIT 5 OFFSET 1",
    "SELECT (COUNT(?s) AS ?n) ?o WHERE { ?s ?p ?o } GROUP BY ?o HAVING(COUNT(?s) > 1) ORDER BY ?n",
    "SELECT ?o (EXISTS { ?s ?p '0' } AS ?zero) WHERE { ?s ?p ?o FILTER(?o IN ('1', '2')) }",
    "SELECT ?s WHERE { { SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s LIMIT 3 } } # a remark",
    "PREFIX e: <https://example.org/> SELECT ?s WHERE { ?s e:p ?o } VALUES (?o) { ('1') (UNDEF) }",
    "SELECT ?o WHERE { ?s ?p ?o } GROUP BY ?o VALUES ?o { '1' }",
]


@pytest.fixture(scope="module")
def store() -> Store:
    """Seven triples."""
    return Store.of(DATA)


@pytest.mark.parametrize("query", QUERIES)
def test_put_together_again(store: Store, query: str) -> None:
    """A query that is taken apart and put together means the same."""
    assert sorted(map(repr, rows(store, replace(outline(query), source="").text))) == sorted(
        map(repr, rows(store, query))
    )


@pytest.mark.parametrize("query", QUERIES)
def test_count(store: Store, query: str) -> None:
    """The count of a query, cut by its LIMIT and OFFSET, is the number of its rows."""
    asked = outline(query)
    (row,) = rows(store, count(asked))
    assert asked.within(int(str(row[0]))) == len(rows(store, query))


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("query", QUERIES)
def test_pages(store: Store, query: str, nested: bool) -> None:
    """Pages of two rows, one after the other, are all the rows, in the query's own order."""
    whole = store.query(outline(query).text)
    assert isinstance(whole, Table)
    asked = outline(query)
    found: list[object] = []
    while len(found) < len(whole.rows):
        size = min(2, len(whole.rows) - len(found))
        text = page(asked, whole.columns, size, asked.offset + len(found), nested=nested)
        found += rows(store, text)
    if asked.limit is None:
        assert sorted(map(repr, found)) == sorted(map(repr, whole.rows))
    assert len(found) == len(whole.rows)


@pytest.mark.parametrize(
    ("order", "ordered"),
    [
        ("", "ORDER BY ?s ?o"),
        ("ORDER BY ?o", "ORDER BY ?o ?s"),
        ("ORDER BY DESC(?o) STR(?s)", "ORDER BY DESC(?o) STR(?s) ?s"),
        ("ORDER BY DESC(STR(?o))", "ORDER BY DESC(STR(?o)) ?s ?o"),
    ],
)
def test_no_variable_twice(order: str, ordered: str) -> None:
    """Pages are ordered by all columns, each once: Virtuoso misorders by one that is repeated."""
    text = page(
        outline(f"SELECT ?s ?o WHERE {{ ?s ?p ?o }} {order}"), ("s", "o"), 1, 0, nested=False
    )
    assert f"{ordered}\nLIMIT 1 OFFSET 0" in text


def test_library() -> None:
    """Every query of the library is taken apart."""
    for query in library().values():
        asked = outline(query.text)
        assert asked.form == "SELECT" and asked.where.startswith("WHERE {") and asked.order


def test_prefixes_are_declared_once() -> None:
    """Prefixes that a query uses and does not declare stand on its first line."""
    query = "# title: x\nPREFIX skos: <urn:mine>\nSELECT ?s WHERE { ?s a comity:X, skos:Y }"
    first, *rest = declared(query, prefixes()).split("\n")
    assert first == f"PREFIX comity: <{prefixes()['comity']}> # title: x"
    assert rest == query.split("\n")[1:]


@given(
    st.text("0123456789+-.", max_size=25), st.sampled_from(["integer", "int", "decimal", "byte"])
)
def test_numbers_are_those_of_the_embedded_store(text: str, kind: str) -> None:
    """A number is read into the form in which the embedded store gives it back."""
    literal = Literal(text, datatype=XSD + kind)
    store = Store.of(f"<urn:a> <urn:b> {to_text(literal)} <urn:g> .\n")
    ((held,),) = rows(store, "SELECT ?o WHERE { ?s ?p ?o }")
    found = canonical(literal)
    assert found == held or (len(text) >= 20 and found == literal)


@pytest.mark.parametrize(
    ("text", "kind"), [("1", "boolean"), ("0", "boolean"), ("1.50", "double"), ("1e3", "double")]
)
def test_values_are_those_of_the_embedded_store(text: str, kind: str) -> None:
    """So is a boolean or a double."""
    literal = Literal(text, datatype=XSD + kind)
    store = Store.of(f"<urn:a> <urn:b> {to_text(literal)} <urn:g> .\n")
    assert rows(store, "SELECT ?o WHERE { ?s ?p ?o }") == [(canonical(literal),)]


def test_template_with_blank_nodes() -> None:
    """A template makes new blank nodes a row, keeps those of the data, and drops what cannot be."""
    node = BlankNode("b7")
    table = Table(("s", "o"), ((node, Literal("x")), (IRI("urn:a"), node), (Literal("no"), None)))
    made = filled("", "{ ?s <urn:p> ?o . [] <urn:q> ?s }", table)
    assert isinstance(made, Triples)
    by = [t for t in made.triples if t[1] == IRI("urn:p")]
    assert set(by) == {(node, IRI("urn:p"), Literal("x")), (IRI("urn:a"), IRI("urn:p"), node)}
    assert len([t for t in made.triples if t[1] == IRI("urn:q")]) == 3


def test_template_without_variables() -> None:
    """A template of constants gives its triples once, if there is any row."""
    one = filled("", "{ <urn:a> <urn:b> 1 }", Table(("comity_one",), ((Literal("1"),),) * 3))
    assert len(one.triples) == 1
    assert filled("", "{ <urn:a> <urn:b> 1 }", Table(("comity_one",), ())).triples == ()


def rows(store: Store, query: str) -> list[tuple[object, ...]]:
    """The rows of a SELECT."""
    found = store.query(query)
    assert isinstance(found, Table)
    return [tuple(row) for row in found.rows]
