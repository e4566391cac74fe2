from __future__ import annotations

import csv
import io
import json
import sys
from typing import Any
from xml.etree import ElementTree

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results
from rdflib.query import Result as RdflibResult
from tests.strategies import texts

from comity.answers import Rows, plain
from comity.errors import MissingExtraError, UnknownNameError, UsageError
from comity.rdf.namespaces import Namespaces, shorten
from comity.rdf.terms import IRI, XSD, BlankNode, Literal, Term, to_text
from comity.store import Answer, Store, Table, Triples

PREFIXES = Namespaces().prefixes()
E = "https://example.org/"
QUADS = f"""\
<{E}a> <{E}says> "one, \\"two\\"\\nthree\\tfour\\r\\n<&>" .
<{E}b> <{E}says> "un"@fr .
<{E}c> <{E}says> <{E}d> .
<{E}d> <{E}says> "7"^^<{XSD}integer> .
<{E}e> <{E}says> "0.5"^^<{XSD}decimal> .
<{E}f> <{E}says> "true"^^<{XSD}boolean> .
<{E}g> <{E}says> "2019-04-26"^^<{XSD}date> .
<{E}h> <{E}says> _:node .
"""
SELECT = (
    "SELECT ?s ?o ?none { ?s ?p ?o OPTIONAL { ?o <https://example.org/none> ?none } } ORDER BY ?s"
)
FORMS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "tsv": QueryResultsFormat.TSV,
}


def engine(quads: str = QUADS) -> pyoxigraph.Store:
    """The engine itself, to compare with."""
    store = pyoxigraph.Store()
    store.load(input=quads.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    return store


def solved(text: bytes | None, form: str) -> list[list[str]]:
    """The rows that pyoxigraph reads in an answer; blank nodes without their labels."""
    found = parse_query_results(text or b"", format=FORMS[form])
    assert isinstance(found, QuerySolutions)
    width = range(len(found.variables))
    rows = [[str(solution[place]) for place in width] for solution in found]
    return [["_:" if cell.startswith("_:") else cell for cell in row] for row in rows]


def ask(query: str) -> Rows:
    """The answer of the little graph."""
    return Rows(Store.of(QUADS).query(query), PREFIXES)


def text_terms(*, xml: bool = False) -> st.SearchStrategy[Term]:
    """IRIs and literals; only characters that XML can hold when asked for."""
    text = texts(min_size=0)
    if xml:
        good = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
        text = st.text(st.one_of(good, st.sampled_from("\t\n\r <&>\"'")), max_size=20)
    return st.one_of(
        st.builds(Literal, text),
        st.builds(Literal, text, st.sampled_from(["en", "zh-hans"])),
        st.builds(lambda value: Literal(value, None, E + "type"), text),
        st.integers().map(lambda number: Literal(str(number), None, XSD + "integer")),
        st.sampled_from([IRI(E), IRI(f"{E}é?a=1&b=2#c"), BlankNode("b1")]),
    )


def tables(*, xml: bool = False) -> st.SearchStrategy[Table]:
    """Tables of two columns, with cells that are not bound."""
    cell = st.one_of(st.none(), text_terms(xml=xml))
    return st.lists(st.tuples(cell, cell), max_size=4).map(
        lambda rows: Table(("first", "second"), tuple(rows))
    )


def written(term: Term | None) -> str:
    """A cell as `solved` gives it."""
    if term is None:
        return "None"
    return "_:" if isinstance(term, BlankNode) else to_text(term)


# -- the formats -------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_same_as_the_engine_s_own(form: str) -> None:
    """An answer says what the engine's own serializer says."""
    theirs = engine().query(SELECT)
    assert isinstance(theirs, QuerySolutions)
    expected = solved(theirs.serialize(format=FORMS[form]), form)
    assert solved(ask(SELECT).to(form).encode(), form) == expected


def test_csv_same_as_the_engine_s_own() -> None:
    """CSV says what the engine's own serializer says, for any reader of CSV."""
    query = "SELECT ?s ?o { ?s ?p ?o FILTER(!isBlank(?o)) } ORDER BY ?s"
    theirs = engine().query(query)
    assert isinstance(theirs, QuerySolutions)
    expected = (theirs.serialize(format=QueryResultsFormat.CSV) or b"").decode()
    assert list(csv.reader(io.StringIO(ask(query).to("csv"), newline=""))) == list(
        csv.reader(io.StringIO(expected, newline=""))
    )


@pytest.mark.parametrize("form", ["json", "tsv"])
@settings(max_examples=60)
@given(table=tables())
def test_any_table_survives(form: str, table: Table) -> None:
    """What is written as JSON or TSV is read back term by term, whatever the text holds."""
    expected = [[written(term) for term in row] for row in table.rows]
    assert solved(Rows(table, PREFIXES).to(form).encode(), form) == expected


@settings(max_examples=60)
@given(table=tables(xml=True))
def test_any_table_survives_xml(table: Table) -> None:
    """What is written as XML is read back term by term, white space and line ends included."""
    root = ElementTree.fromstring(Rows(table, PREFIXES).to("xml"))
    space = "{http://www.w3.org/2005/sparql-results#}"
    found = [
        {binding.get("name"): binding[0].text or "" for binding in result}
        for result in root.iter(f"{space}result")
    ]
    assert found == [
        {
            name: term.value
            for name, term in zip(table.columns, row, strict=True)
            if term is not None
        }
        for row in table.rows
    ]


@settings(max_examples=60)
@given(table=tables())
def test_any_table_survives_csv(table: Table) -> None:
    """CSV gives the text of every term back, quotes and line ends included."""
    rows = list(csv.reader(io.StringIO(Rows(table, PREFIXES).to("csv"), newline="")))
    assert rows == [
        ["first", "second"],
        *(["" if term is None else str(term) for term in row] for row in table.rows),
    ]


@pytest.mark.parametrize("form", ["json", "xml", "tsv", "csv"])
def test_rdflib_reads_it(form: str) -> None:
    """Another library reads as many rows, with the same variables."""
    answer = ask("SELECT ?s ?o { ?s ?p ?o FILTER(!isBlank(?o)) } ORDER BY ?s")
    found = RdflibResult.parse(io.BytesIO(answer.to(form).encode()), format=form)
    assert [str(name) for name in found.vars or ()] == ["s", "o"]
    assert [str(row[rdflib.Variable("s")]) for row in found.bindings] == [
        str(row[0]) for row in answer.rows
    ]


@pytest.mark.parametrize("value", [True, False])
@pytest.mark.parametrize("form", ["json", "xml"])
def test_truth_same_as_the_engine_s_own(form: str, value: bool) -> None:
    """The answer to ASK is read back by the engine as what it was."""
    found = parse_query_results(Rows(Answer(value), PREFIXES).to(form).encode(), format=FORMS[form])
    assert bool(found) is value


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_truth_as_a_table(form: str) -> None:
    """Where a format knows no truth values, the answer to ASK is a table of one cell."""
    assert Rows(Answer(True), PREFIXES).to(form).split()[1].startswith(("true", '"true"'))


def test_triples_as_turtle() -> None:
    """Triples are written in Turtle with our prefixes, and read back the same."""
    answer = ask("CONSTRUCT { ?s skos:note ?o } WHERE { ?s ?p ?o FILTER(!isBlank(?o)) }")
    turtle = answer.to("ttl")
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    assert len(graph) == len(answer) == 7
    assert "skos:note" in turtle


def test_blank_nodes_as_turtle() -> None:
    """Triples about nodes without IRIs are written as well."""
    answer = ask("CONSTRUCT { [] skos:note ?o } WHERE { ?s ?p ?o FILTER(!isBlank(?o)) }")
    assert len(rdflib.Graph().parse(data=answer.to("ttl"), format="turtle")) == 7


def test_line_ends() -> None:
    """CSV lines end in CRLF, as its standard says; the other formats have LF."""
    answer = Rows(Table(("a",), ((Literal("x"),),)), PREFIXES)
    assert answer.to("csv") == "a\r\nx\r\n"
    assert all("\r" not in answer.to(form) for form in FORMS)


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_xml_cannot_hold_everything(character: str) -> None:
    """A character that no XML can hold is an error that says so, never broken XML."""
    answer = Rows(Table(("a",), ((Literal(f"x{character}"),),)), PREFIXES)
    with pytest.raises(UsageError, match=f"U\\+{ord(character):04X}.*json"):
        answer.to("xml")


@pytest.mark.parametrize(
    ("result", "form", "message"),
    [
        (Triples(()), "json", "triples are written as ttl"),
        (Triples(()), "xml", "triples are written as ttl"),
        (Table(("a",), ()), "ttl", "CONSTRUCT or DESCRIBE"),
        (Answer(True), "ttl", "CONSTRUCT or DESCRIBE"),
    ],
)
def test_format_must_fit(result: Any, form: str, message: str) -> None:
    """A format that cannot hold the answer is refused with one that can."""
    with pytest.raises(UsageError, match=message):
        Rows(result, PREFIXES).to(form)


@pytest.mark.parametrize("form", ["table", "yaml", ""])
def test_unknown_format(form: str) -> None:
    """An unknown format is refused with the list of those there are."""
    with pytest.raises(UnknownNameError, match=r"one of csv, tsv, json, xml, ttl\)"):
        Rows(Answer(True), PREFIXES).to(form)


# -- rows and values ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (IRI(E), E),
        (BlankNode("b"), "_:b"),
        (Literal("un", "fr"), "un"),
        (Literal("7", None, XSD + "integer"), 7),
        (Literal("0.5", None, XSD + "decimal"), 0.5),
        (Literal("1.5e3", None, XSD + "double"), 1500.0),
        (Literal("true", None, XSD + "boolean"), True),
        (Literal("0", None, XSD + "boolean"), False),
        (Literal("2019-04-26", None, XSD + "date"), "2019-04-26"),
        (Literal("seven", None, XSD + "integer"), "seven"),
        (Literal("9" * 5_000, None, XSD + "integer"), "9" * 5_000),
        (Literal("yes", None, XSD + "boolean"), "yes"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_plain_values(term: Term | None, value: object) -> None:
    """A number is a number, a truth value a bool, all else text; so is an ill-formed number."""
    assert plain(term) == value and type(plain(term)) is type(value)


def test_values_are_rows_of_plain_values() -> None:
    """Values follow the rows, unbound cells as None."""
    answer = ask("SELECT ?o ?x { ?s ?p ?o FILTER(isNumeric(?o)) } ORDER BY ?o")
    assert answer.values() == [(0.5, None), (7, None)]
    assert (len(answer), answer.columns) == (2, ("o", "x"))


@pytest.mark.parametrize(
    ("result", "columns", "values"),
    [
        (Answer(True), ("answer",), [(True,)]),
        (Answer(False), ("answer",), [(False,)]),
        (
            Triples(((IRI(E), IRI(E), Literal("x")),)),
            ("subject", "predicate", "object"),
            [(E, E, "x")],
        ),
        (Table(("a",), ()), ("a",), []),
    ],
)
def test_every_answer_is_rows(result: Any, columns: tuple[str, ...], values: list[Any]) -> None:
    """Truth values and triples are rows as well, under names of their own."""
    answer = Rows(result, PREFIXES)
    assert (answer.columns, answer.values(), len(answer)) == (columns, values, len(values))


def test_data_frame() -> None:
    """A data frame has the columns of the answer, also when no row was found."""
    pytest.importorskip("pandas")
    frame = ask("SELECT ?s ?o { ?s ?p ?o FILTER(isNumeric(?o)) } ORDER BY ?o").to_pandas()
    assert frame.to_dict("list") == {"s": [f"{E}e", f"{E}d"], "o": [0.5, 7.0]}
    assert list(Rows(Table(("a", "b"), ()), PREFIXES).to_pandas().columns) == ["a", "b"]


def test_polars_frame() -> None:
    """A polars frame has the same columns and values; a column of several types is text."""
    pytest.importorskip("polars")
    frame = ask("SELECT ?s ?o { ?s ?p ?o FILTER(isNumeric(?o)) } ORDER BY ?o").to_polars()
    assert frame.to_dict(as_series=False) == {"s": [f"{E}e", f"{E}d"], "o": [0.5, 7.0]}
    mixed = Table(("a",), ((Literal("7", datatype=XSD + "integer"),), (Literal("x"),), (None,)))
    assert Rows(mixed, PREFIXES).to_polars()["a"].to_list() == ["7", "x", None]
    assert Rows(Table(("a", "b"), ()), PREFIXES).to_polars().columns == ["a", "b"]


def test_polars_frame_without_polars(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without polars the message says how to get it."""
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingExtraError, match=r"comity\[polars\]"):
        Rows(Answer(True), PREFIXES).to_polars()


def test_data_frame_without_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pandas the message says how to get it."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"comity\[dataframe\]"):
        Rows(Answer(True), PREFIXES).to_pandas()


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        ("https://w3id.org/comity/area/patents", "area:patents"),
        ("https://w3id.org/comity/id/document-1", "id:document-1"),
        ("http://www.w3.org/2004/02/skos/core#", "skos:"),
        (f"{E}a", f"{E}a"),
    ],
)
def test_shorten(iri: str, short: str) -> None:
    """An IRI is shortened by the prefix whose namespace it begins with."""
    assert shorten(iri, PREFIXES) == short


def test_longest_prefix_wins() -> None:
    """Of two namespaces that fit, the longer one is taken."""
    assert shorten(f"{E}a/b", {"e": E, "ea": f"{E}a/"}) == "ea:b"


@pytest.mark.parametrize(
    ("term", "short"),
    [
        (None, ""),
        (IRI("https://w3id.org/comity/area/patents"), "area:patents"),
        (Literal("un", "fr"), "un"),
        (BlankNode("b"), "_:b"),
    ],
)
def test_short_terms(term: Term | None, short: str) -> None:
    """For people, IRIs are short, literals bare, and unbound cells empty."""
    assert Rows(Answer(True), PREFIXES).short(term) == short


def test_json_keeps_letters() -> None:
    """JSON is written in the letters of the text, not in escapes."""
    answer = Rows(Table(("a",), ((Literal("中国", "zh"),),)), PREFIXES)
    assert "中国" in answer.to("json")
    assert json.loads(answer.to("json"))["results"]["bindings"][0]["a"]["xml:lang"] == "zh"
