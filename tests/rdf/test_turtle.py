from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse
from tests.strategies import texts

from comity.errors import RecordError
from comity.rdf.namespaces import prefixes
from comity.rdf.terms import RDF_TYPE, XSD, Triple, iri_term, literal_term
from comity.rdf.turtle import compactor, order, serialize, write, write_graphs

PREFIXES = prefixes("https://example.org/kg/")
RAPPER = shutil.which("rapper")


def iris() -> st.SearchStrategy[str]:
    """IRIs in known namespaces and outside, with local names of every sort."""
    spaces = [*PREFIXES.values(), "https://example.org/kg/sub/", "urn:x:", "https://example.org/é#"]
    local = st.from_regex(r"\A([A-Za-z0-9._~!$&'()*+,;=:@é中-]|%[0-9A-F]{2}){0,8}\Z")
    return st.builds("{}{}".format, st.sampled_from(spaces), local).map(iri_term)


def literals() -> st.SearchStrategy[str]:
    """Literals: plain, in a language, or of a datatype, in canonical form and in others."""
    numbers = st.sampled_from(
        ["0", "1", "-1", "+1", "01", "-0", "0.5", "0.50", ".5", "5.", "1.0", "1e0", "true", "false"]
    )
    types = st.sampled_from([XSD + name for name in ("integer", "decimal", "boolean", "date")])
    tags = st.sampled_from(["en", "zh-hans", "pt-br"])
    return st.one_of(
        st.builds(literal_term, texts(min_size=0)),
        st.builds(literal_term, texts(min_size=0), tags),
        st.builds(lambda text, datatype: literal_term(text, None, datatype), numbers, types),
    )


def triples() -> st.SearchStrategy[list[Triple]]:
    """Triples without blank nodes, often about the same subject."""
    one = st.tuples(iris(), st.one_of(st.just(RDF_TYPE), iris()), st.one_of(iris(), literals()))
    few = st.tuples(st.just("<https://example.org/kg/a>"), iris(), st.one_of(iris(), literals()))
    return st.lists(st.one_of(one, few), max_size=8)


def parsed(turtle: str) -> set[Triple]:
    """The triples that pyoxigraph reads in Turtle."""
    quads = parse(turtle.encode(), format=RdfFormat.TURTLE)
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}


@contextmanager
def literals_as_written() -> Iterator[None]:
    """Keeps rdflib from rewriting lexical forms."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def parsed_by_rdflib(turtle: str) -> set[Triple]:
    """The triples that rdflib reads in Turtle."""
    with literals_as_written():
        graph = rdflib.Graph().parse(data=turtle, format="turtle")
    found = set()
    for subject, predicate, value in graph:
        if isinstance(value, rdflib.Literal):
            text = literal_term(str(value), value.language, value.datatype)
        else:
            text = f"<{value}>"
        found.add((f"<{subject}>", f"<{predicate}>", text))
    return found


@settings(deadline=None)
@given(triples())
def test_pyoxigraph_reads_the_same_triples(given_triples: list[Triple]) -> None:
    """pyoxigraph reads in the Turtle exactly the triples that were written."""
    assert parsed(serialize(given_triples, PREFIXES)) == set(given_triples)


@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
@settings(deadline=None)
@given(triples())
def test_rdflib_reads_the_same_triples(given_triples: list[Triple]) -> None:
    """rdflib reads in the Turtle exactly the triples that were written."""
    assert parsed_by_rdflib(serialize(given_triples, PREFIXES)) == set(given_triples)


@pytest.mark.skipif(RAPPER is None, reason="rapper (raptor2-utils) is not installed")
@settings(deadline=None, max_examples=30)
@given(triples())
def test_raptor_reads_the_same_number_of_triples(given_triples: list[Triple]) -> None:
    """Raptor, a third parser, accepts the Turtle and counts the same triples."""
    turtle = serialize(given_triples, PREFIXES)
    done = subprocess.run(
        [str(RAPPER), "-q", "-i", "turtle", "-o", "ntriples", "-", "https://example.org/"],
        input=turtle.encode(),
        capture_output=True,
        check=True,
    )
    assert len(set(done.stdout.splitlines())) == len(set(given_triples))


@given(triples(), st.randoms())
def test_order_of_input_is_irrelevant(given_triples: list[Triple], chance: random.Random) -> None:
    """The same triples give the same bytes in any order, however often they are repeated."""
    shuffled = [*given_triples, *given_triples[:2]]
    chance.shuffle(shuffled)
    assert serialize(shuffled, PREFIXES) == serialize(given_triples, PREFIXES)


@given(triples())
def test_streaming_gives_the_same_bytes(given_triples: list[Triple]) -> None:
    """Triples that come in order are written as those that are sorted in memory."""
    streamed, sorted_here = StringIO(), StringIO()
    write(sorted(given_triples, key=order), streamed, PREFIXES, ordered=True)
    write(given_triples, sorted_here, PREFIXES)
    assert streamed.getvalue() == sorted_here.getvalue() == serialize(given_triples, PREFIXES)


@settings(deadline=None)
@given(st.dictionaries(iris(), triples(), max_size=3))
def test_named_graphs_come_back(graphs: dict[str, list[Triple]]) -> None:
    """pyoxigraph reads in the TriG exactly the triples of each graph."""
    out = StringIO()
    ordered = [(graph, sorted(graphs[graph], key=order)) for graph in sorted(graphs)]
    write_graphs(ordered, out, PREFIXES)
    found = parse(out.getvalue().encode(), format=RdfFormat.TRIG)
    assert {(*map(str, (q.subject, q.predicate, q.object)), str(q.graph_name)) for q in found} == {
        (*triple, graph) for graph, facts in graphs.items() for triple in facts
    }


@given(triples(), st.tuples(iris(), iris(), literals()))
def test_one_fact_is_one_line(given_triples: list[Triple], extra: Triple) -> None:
    """A further fact about a known subject adds one line and changes none."""
    known = [*given_triples, (extra[0], RDF_TYPE, "<https://example.org/kg/Thing>")]
    fixed = {"id": "https://example.org/kg/"}
    before = serialize(known, fixed).split("\n")
    after = serialize([*known, extra], fixed).split("\n")
    assert len(after) - len(before) == (extra not in known)
    remaining = iter(after)
    assert all(line in remaining for line in before)


def test_layout() -> None:
    """Types come first as `a`, predicates are repeated, and the full stop stands alone."""
    node = "<https://example.org/kg/statement-1>"
    comity = PREFIXES["comity"]
    facts = [
        (node, f"<{comity}negated>", f'"false"^^<{XSD}boolean>'),
        (node, f"<{comity}mention>", "<https://example.org/kg/mention-1-01>"),
        (node, f"<{comity}mention>", "<https://example.org/kg/mention-1-00>"),
        (node, RDF_TYPE, f"<{comity}Statement>"),
        ("<https://example.org/kg/a.>", RDF_TYPE, "<https://w3id.org/comity/area>"),
    ]
    assert serialize(facts, PREFIXES) == (
        "@prefix comity: <https://w3id.org/comity/ontology#> .\n"
        "@prefix id: <https://example.org/kg/> .\n"
        "\n"
        "<https://example.org/kg/a.> a <https://w3id.org/comity/area> ;\n"
        "    .\n"
        "\n"
        "id:statement-1 a comity:Statement ;\n"
        "    comity:mention id:mention-1-00 ;\n"
        "    comity:mention id:mention-1-01 ;\n"
        "    comity:negated false ;\n"
        "    .\n"
    )


@pytest.mark.parametrize(
    ("lexical", "datatype", "turtle"),
    [
        ("5", "integer", "5"),
        ("05", "integer", '"05"^^xsd:integer'),
        ("0.5", "decimal", "0.5"),
        ("1", "decimal", '"1"^^xsd:decimal'),
        ("0.50", "decimal", '"0.50"^^xsd:decimal'),
        ("1", "boolean", '"1"^^xsd:boolean'),
        ("5", "nonNegativeInteger", '"5"^^xsd:nonNegativeInteger'),
    ],
)
def test_shorthand_keeps_the_literal(lexical: str, datatype: str, turtle: str) -> None:
    """A bare number stands only for the literal that a parser would make of it."""
    assert compactor(PREFIXES)(literal_term(lexical, datatype=XSD + datatype)) == turtle


def test_empty_graph() -> None:
    """No triples give an empty file."""
    assert serialize([], PREFIXES) == ""


def test_disorder_is_noticed() -> None:
    """Triples said to be in order that are not are refused, not written in disorder."""
    facts = [("<a:b>", "<a:p>", "<a:o>"), ("<a:a>", "<a:p>", "<a:o>")]
    with pytest.raises(RecordError, match="not in order"):
        write(facts, StringIO(), {}, ordered=True)


def test_layout_of_named_graphs() -> None:
    """A graph is its name, and between braces the lines that Turtle would have."""
    node, thing = "<https://example.org/kg/a>", "<https://example.org/kg/Thing>"
    graphs = [(f"<https://example.org/kg/{n}>", [(node, RDF_TYPE, thing)]) for n in ("g1", "g2")]
    out = StringIO()
    write_graphs(graphs, out, PREFIXES)
    block = "{\n\nid:a a id:Thing ;\n    .\n\n}\n"
    head = "@prefix id: <https://example.org/kg/> .\n\n"
    assert out.getvalue() == head + f"id:g1 {block}\nid:g2 {block}"


def test_malformed_prefixes_are_refused() -> None:
    """A prefix that Turtle does not allow is refused before anything is written."""
    with pytest.raises(RecordError, match="no prefix"):
        serialize([], {"a b": "https://example.org/"})
