from __future__ import annotations

import contextlib
import subprocess
import sys

import pyoxigraph
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.strategies import texts

from comity.errors import ComityError, LimitError, QueryError
from comity.rdf import sparql
from comity.rdf.sparql import bind, check, tokens, unknown_prefix, variables
from comity.rdf.terms import IRI, XSD, BlankNode, Literal

A = IRI("https://example.org/a")
NOWHERE = "<http://127.0.0.1:9/>"
ENGINE = pyoxigraph.Store()
ENGINE.load(
    b'<x:s> <x:p> <x:a> . <x:s> <x:p> "a\\"b" . <x:t> <x:p> <x:b> . <x:t> <x:q> 5 .',
    format=pyoxigraph.RdfFormat.TURTLE,
)


def rows(query: str) -> list[tuple[str | None, ...]]:
    """The rows of a SELECT, sorted, as text."""
    answer = ENGINE.query(query)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    width = range(len(answer.variables))
    found = [tuple(None if row[i] is None else str(row[i]) for i in width) for row in answer]
    return sorted(found, key=str)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { ?s ?p ?o }",
        "PREFIX x: <https://example.org/> ASK { ?s x:service ?from }",
        "PREFIX x: <https://example.org/#> ASK { ?s x:trade-in-services 'SERVICE' }",
        '# SERVICE\nASK { ?s ?p "LOAD" , \'\'\'FROM\'\'\' , """a"FROM""" }',
        "ASK { ?s <https://example.org/SERVICE/FROM#LOAD> ?o }",
        "ASK { ?s ?p ?o FILTER(?o < 5 && ?o > 1 || ?o<=3) }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DESCRIBE <https://example.org/a>",
        "ASK { ?s ^<x:p>/<x:p>*|!(<x:q>) ?o }",
        "SELECT (COUNT(*) AS ?n) { VALUES ?x { 1 2 } } GROUP BY ?x HAVING(?n>1) LIMIT 3",
    ],
)
def test_honest_queries_pass(query: str) -> None:
    """Words that are refused as keywords are free in names, IRIs, strings and comments."""
    assert check(query)
    ENGINE.query(query)


@pytest.mark.parametrize(
    "query",
    [
        f"ASK {{ SERVICE {NOWHERE} {{ ?s ?p ?o }} }}",
        f"ASK {{ service SILENT {NOWHERE}{{}} }}",
        f"ASK {{ ?s ?p 1.SERVICE {NOWHERE} {{}} }}",
        f"ASK {{ ?s ?p 1SERVICE {NOWHERE} {{}} }}",
        f"ASK {{ ?s ?p trueSERVICE {NOWHERE} {{}} }}",
        f"PREFIX : {NOWHERE} ASK {{ SERVICE: {{}} }}",
        f"PREFIX : {NOWHERE} ASK {{ ?s ?p 1SERVICE:x {{}} }}",
        f'ASK {{ BIND(1<2#>"""\n AS ?q) SERVICE {NOWHERE} {{}} #"""\n }}',
        f"PREFIX a: <x:> ASK {{ BIND(1<a:b#>'''\n AS ?q) SERVICE {NOWHERE} {{}} #'''\n }}",
        f"ASK {{ FILTER(1<2)SERVICE {NOWHERE} {{}} }}",
        "SELECT * FROM <https://example.org/g> { ?s ?p ?o }",
        "SELECT * FROM NAMED <https://example.org/g> { ?s ?p ?o }",
        f"LOAD {NOWHERE}",
        f"PREFIX x: <x:> INSERT DATA {{ x:a x:b x:c }} ; LOAD {NOWHERE}",
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX select: <x:> CLEAR ALL",
        "",
        "# nothing",
        "{ ?s ?p ?o }",
        "ASK { ?s ?p ?o",
        "ASK { ?s ?p ?o } }",
        "ASK { ( } )",
        'ASK { ?s ?p "abc }',
        'ASK { VALUES ?x { """a" } }',
        "ASK { ?s ?p \\u0022 }",
    ],
)
def test_dangerous_or_broken_queries_are_refused(query: str) -> None:
    """What fetches, changes, or can be read in two ways is refused before the engine sees it."""
    with pytest.raises(QueryError):
        check(query)


PIECES = [
    *(
        "SERVICE",
        "service",
        "SERVICE:",
        NOWHERE,
        "x:",
        "x:a",
        "x:a.",
        "<x:b>",
        "<",
        ">",
        "<<",
        ">>",
    ),
    *("{", "}", "(", ")", "{}", "#", "\n", " ", " ", '"', "'", '"""', "'''", "\\", ".", ";", "-"),
    *("1", "true", "?s", "?o", "@en", "^^", "&&", "FILTER(", "BIND(1", "AS ?z)", "UNION", "%41"),
]


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example(f'BIND(1<2#>"""\n AS ?q) SERVICE {NOWHERE} {{}} #"""\n')
@example(f"?s x:p x:a.SERVICE {NOWHERE} {{}}")
@example(f"?s x:p x:a\\#SERVICE {NOWHERE} {{}}")
def test_no_disguise_reaches_the_network(middle: str) -> None:
    """Whatever passes the guard, the engine either refuses or answers without a request."""
    query = f"PREFIX x: <x:> SELECT * {{ ?s ?p ?o {middle} }}"
    try:
        check(query)
    except ComityError:
        return
    try:
        list(ENGINE.query(query))  # type: ignore[arg-type]
    except SyntaxError:
        return


DEEP = {
    "groups": ("ASK { ", "{", "", "}", " }"),
    "brackets": ("ASK { FILTER", "(", "1", ")", " }"),
    "hidden in an IRI": ("ASK { FILTER(1<", "(", "1", ")", "&&2>1) }"),
    "lists": ("ASK { ?s ?p ", "(", "1", ")", " }"),
    "blank nodes": ("ASK { ?s ?p ", "[?p ", "1", "]", " }"),
    "triples": ("ASK { ?s ?p ", "<<", "?s ?p ?o", ">>", " }"),
    "not": ("ASK { FILTER(", "!", "?x", "", ") }"),
    "or": ("ASK { FILTER(", "?x||", "?x", "", ") }"),
    "minus": ("ASK { FILTER(", "1-", "1", "", ") }"),
    "minus of words": ("ASK { FILTER(", "true-", "true", "", ") }"),
    "minus before a name": ("PREFIX x: <x:> ASK { FILTER(", "true-", "x:a", "", ") }"),
    "divided in an IRI": ("ASK { FILTER(1<1", "/1", ">1", "", ") }"),
    "paths": ("ASK { ?s ", "a/", "a", "", " ?o }"),
    "optional": ("ASK { ", "OPTIONAL{}", "", "", " }"),
    "list of items": ("ASK { ?s ?p (", "1 ", "", "", ") }"),
    "decimals": ("ASK { ?s ?p (", ".1", "", "", ") }"),
}


@pytest.mark.parametrize("name", DEEP)
def test_depth_and_length_are_limited(name: str) -> None:
    """What would crash the engine, by nesting or by length of a chain, is refused."""
    start, opening, middle, closing, end = DEEP[name]
    count = (sparql.MAX_CHARACTERS - 200) // (len(opening) + len(closing))
    with pytest.raises((LimitError, QueryError)):
        check(start + opening * count + middle + closing * count + end)


@pytest.mark.slow
@pytest.mark.parametrize("name", DEEP)
def test_the_engine_survives_the_limits(name: str) -> None:
    """The deepest and longest queries that pass the guard do not crash the engine.

    It crashes while it parses or plans, early on; one that is still at work is ended.
    """
    start, opening, middle, closing, end = DEEP[name]
    for count in (5000, 2000, 1999, 1000, 990, 650, 480, 240, 99, 97, 48):
        query = start + opening * count + middle + closing * count + end
        try:
            check(query)
        except ComityError:
            continue
        code = (
            "import sys, pyoxigraph\ntry: list(pyoxigraph.Store().query(sys.stdin.read()))\n"
            "except (SyntaxError, TypeError): pass\n"
        )
        command = [sys.executable, "-c", code]
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(command, input=query, text=True, check=True, timeout=20)
        return


def test_long_value_lists_pass() -> None:
    """Rows of VALUES do not count, as the engine reads them without recursion."""
    query = f"ASK {{ VALUES ?x {{ {'1 ' * 30_000}}} VALUES (?y) {{ {'(1)' * 5_000} }} }}"
    assert check(query)
    ENGINE.query(query)


def test_long_texts_are_refused() -> None:
    """A query has at most 100,000 characters."""
    with pytest.raises(LimitError, match="100,000 characters"):
        check("ASK {}" + " " * sparql.MAX_CHARACTERS)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?s { ?s ?p ?x }", [("<x:s>",)]),
        ("SELECT ?s ?x { ?s ?p ?x }", [("<x:s>", "<x:a>")]),
        ("SELECT ?x { ?x ?p ?o }", []),
        ("SELECT ?s { { ?s <x:q> ?o } UNION { ?s ?p ?x } }", [("<x:s>",), ("<x:t>",)]),
        ("SELECT DISTINCT ?s { ?s ?p ?o MINUS { ?s ?p2 ?x } }", [("<x:t>",)]),
        (
            "SELECT DISTINCT ?s { ?s ?p ?o FILTER NOT EXISTS { ?s ?p ?x } }",
            [("<x:t>",)],
        ),
        ("SELECT ?s { { SELECT ?s { ?s ?p ?x } } }", [("<x:s>",)]),
        ("SELECT ?s { { SELECT ?s (COUNT(?x) AS ?n) { ?s ?p ?x } GROUP BY ?s } }", [("<x:s>",)]),
        ("SELECT ?s ?x { ?s <x:q> ?o }", [("<x:t>", "<x:a>")]),
        (
            "SELECT ?s { ?s <x:p> ?o OPTIONAL { ?s ?q ?o FILTER(?o = ?x) } FILTER(?o = ?x) }",
            [("<x:s>",)],
        ),
        ("SELECT ?s { VALUES ?x { <x:b> } ?s ?p ?x }", [("<x:s>",)]),
        ("SELECT ?s { VALUES ?x { UNDEF } ?s ?p ?x }", [("<x:s>",)]),
        ("SELECT ?s { ?s ?p ?x } VALUES ?x { <x:b> }", [("<x:s>",)]),
        ("SELECT (COUNT(?s) AS ?n) { ?s ?p ?x } GROUP BY ?x", [(f'"1"^^<{XSD}integer>',)]),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING(SAMPLE(?o) = ?x)", None),
        ("SELECT $x { $s $p $x }", [("<x:a>",)]),
        ("SELECT ?s { ?s ?p ?o FILTER(BOUND(?x) && (?o IN (<x:c>, ?x))) }", [("<x:s>",)]),
        (
            "SELECT ?s { ?s <x:q> ?o BIND(STR(?x) AS ?y) FILTER EXISTS { ?z <x:p> ?x } }",
            [("<x:t>",)],
        ),
    ],
)
def test_parameters_hold_wherever_they_stand(
    query: str, expected: list[tuple[str, ...]] | None
) -> None:
    """A parameter is bound in every group that names it, in sub-queries, and in HAVING."""
    bound = bind(query, {"x": IRI("x:a")})
    if expected is None:
        assert "SAMPLE(?o) = <x:a>" in bound
        rows(bound)
    else:
        assert rows(bound) == expected


def test_parameters_can_be_compared() -> None:
    """A parameter may be a number that HAVING compares with."""
    query = "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING(COUNT(?o) >= ?least) ORDER BY ?s"
    assert len(rows(bind(query, {"least": Literal("2", datatype=XSD + "integer")}))) == 2
    assert len(rows(bind(query, {"least": Literal("3", datatype=XSD + "integer")}))) == 0


def test_expressions_name_the_term_itself() -> None:
    """In FILTER and BIND the term stands for the variable; BOUND keeps the variable."""
    query = "ASK { FILTER(!BOUND(?x) || ?x = ?x) { FILTER(LANG(?y) = ?x) } ?s ?p ?z }"
    assert bind(query, {"x": Literal("en")}) == (
        'ASK { VALUES ?x { "en" } FILTER(!BOUND(?x) || "en" = "en")'
        ' { FILTER(LANG(?y) = "en") } ?s ?p ?z }'
    )


def test_templates_stay_as_they_are() -> None:
    """In CONSTRUCT the pattern is bound, and the template left alone."""
    query = "CONSTRUCT { ?s <x:is> ?x } WHERE { ?s ?p ?x }"
    assert bind(query, {"x": IRI("x:a")}) == (
        "CONSTRUCT { ?s <x:is> ?x } WHERE { VALUES ?x { <x:a> } ?s ?p ?x }"
    )
    answer = ENGINE.query(bind(query, {"x": IRI("x:a")}))
    assert not isinstance(answer, pyoxigraph.QueryBoolean)
    assert [str(triple) for triple in answer] == ["<x:s> <x:is> <x:a>"]


@given(
    st.one_of(
        texts(min_size=0, max_size=12),
        st.sampled_from(['"', "'", '"""', "\\", '" } #', "\n", "} UNION { ?s ?p ?o", "?x", "# "]),
    ),
    st.sampled_from([None, "en"]),
)
def test_no_literal_breaks_out(text: str, language: str | None) -> None:
    """Whatever characters a literal holds, the engine gets that very literal and no more."""
    bound = bind("SELECT ?x { ?s ?p ?o FILTER(?s = <x:t>) }", {"x": Literal(text, language)})
    literal = pyoxigraph.Literal(text, language=language)
    assert rows(bound) == [(str(literal),)] * 2


@pytest.mark.parametrize("iri", ["x:a> } #", "x:a b", "x:\n", "a", "", 'x:"', "x:{", "x:\\u003e"])
def test_no_iri_breaks_out(iri: str) -> None:
    """What is no IRI is not bound."""
    with pytest.raises(QueryError, match=r"\?x"):
        bind("SELECT ?s { ?s ?p ?x }", {"x": IRI(iri)})


@pytest.mark.parametrize("name", ["", "x y", "x}", "?x", "x-y", "x\n"])
def test_names_are_names(name: str) -> None:
    """What is no name of a variable is not bound."""
    with pytest.raises(QueryError, match="variable"):
        bind("SELECT ?s { ?s ?p ?x }", {name: A})


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?s { ?s ?p ?o }", "no parameter"),
        ('SELECT ?s { ?s ?p "?x" } # ?x', "no parameter"),
        ("CONSTRUCT WHERE { ?s ?p ?x }", "no parameter"),
        ("DESCRIBE ?x", "no parameter"),
        ("SELECT (1 AS ?x) { ?s ?p ?o }", "sets"),
        ("SELECT ?s { ?s ?p ?o BIND(1 AS ?x) FILTER(?x = ?o) }", "sets"),
        (f"SELECT ?s {{ SERVICE {NOWHERE} {{ ?s ?p ?x }} }}", "SERVICE"),
    ],
)
def test_unfit_parameters_are_refused(query: str, message: str) -> None:
    """A parameter that the query does not use, or sets itself, is an error, never ignored."""
    with pytest.raises(QueryError, match=message):
        bind(query, {"x": A})


def test_blank_nodes_are_no_parameters() -> None:
    """A blank node has no name that a query could know it by."""
    with pytest.raises(QueryError, match="blank node"):
        bind("SELECT ?s { ?s ?p ?x }", {"x": BlankNode("b")})


def test_nothing_to_bind_changes_nothing() -> None:
    """Without parameters a query stays as it was written."""
    query = "SELECT ?s { ?s ?p ?x } # end"
    assert bind(query, {}) == query


def test_variables_come_in_order() -> None:
    """The variables of a query are listed once, in order, not those in strings or comments."""
    assert variables('SELECT ?b { ?a ?b "?c" } # ?d\n') == ["b", "a"]


def test_undeclared_prefixes_are_found() -> None:
    """The first prefix that is neither known nor declared is named with its place."""
    query = "PREFIX b: <x:>\nASK { a:x b:x _:c , c:x }"
    assert unknown_prefix(query, ["a"]) == ("c", "line 2, column 21")
    assert unknown_prefix(query, ["a", "c"]) is None


@given(st.text(max_size=30))
def test_tokens_lose_nothing(text: str) -> None:
    """Tokens cover the text, but for white space and comments, in order."""
    try:
        found = tokens(text)
    except QueryError:
        return
    end = 0
    for token in found:
        between = text[end : token.start]
        assert not between.strip(" \t\r\n") or between.lstrip(" \t\r\n").startswith("#")
        assert text[token.start : token.end] == token.text
        end = token.end
