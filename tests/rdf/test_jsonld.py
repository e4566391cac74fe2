"""JSON-LD: what two other parsers read from it is what was put in."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse
from tests.example_graph import quads
from tests.rdf.test_turtle import iris, literals, literals_as_written

from comity.rdf import jsonld
from comity.rdf.namespaces import COMITY, OA, SKOS, XSD, Namespaces, concept_iri
from comity.rdf.terms import RDF_TYPE, Triple, iri_term, literal_term
from comity.rdf.turtle import order

BASE = Namespaces().base
STATEMENT = f"<{BASE}statement-0a>"
CONTEXT = jsonld.context()


def defined() -> list[str]:
    """The IRIs that terms of the context stand for."""
    found = (
        value if isinstance(value, str) else value.get("@id")
        for value in CONTEXT.values()
        if not isinstance(value, float)
    )
    full = []
    for short in found:
        prefix, _, local = str(short).partition(":")
        if local and not local.startswith("//"):
            full.append(f"<{CONTEXT[prefix]}{local}>")
    return full


def names() -> st.SearchStrategy[str]:
    """IRIs that the context has a name for, parts of statements, and any other.

    Some have a scheme that is also a name of the context; no parser may take it for that.
    """
    parts = ("statement-0a", "evidence-0a", "quote-0a", "mention-0a-00", "mention-0a-01", "x")
    taken = st.sampled_from(["oa:x", "comity:actor", "path:x", "id:x", "type:a:b", "skos://x"])
    codes = st.sampled_from(["CHN", "Actor", "start", "id", "a.b", "", "@type", "x:y", "_:b", "é"])
    return st.one_of(
        st.sampled_from(defined()),
        st.sampled_from([f"<{BASE}{part}>" for part in parts]),
        taken.map(iri_term),
        st.builds(
            "<https://w3id.org/comity/{}/{}>".format, st.sampled_from(["actor", "area"]), codes
        ),
        iris(),
    )


def values() -> st.SearchStrategy[str]:
    """IRIs and literals: numbers of many forms, languages that are names of the context."""
    types = st.sampled_from(
        [XSD + "nonNegativeInteger", XSD + "integer", "oa:x", "https://e.org/t"]
    )
    types = st.one_of(types, st.just("http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"))
    numbers = st.sampled_from(
        ["0", "-0", "007", "+3", "12", "9" * 15, "9" * 19, "1.0", "{}", "null"]
    )
    hostile = st.sampled_from(
        ["", "@id", "</script>", "<!--", "^^<oa:x", '"', "\\", "\u2028", "oa:x"]
    )
    tags = st.sampled_from(["en", "id", "type", "to", "zh-hans", "prefix"])
    return st.one_of(
        names(),
        literals(),
        st.builds(lambda text, datatype: literal_term(text, None, datatype), numbers, types),
        st.builds(literal_term, hostile, st.one_of(st.none(), tags)),
    )


def triples() -> st.SearchStrategy[list[Triple]]:
    """Triples without blank nodes, some of which make parts of one another."""
    predicate = st.one_of(names(), st.sampled_from([RDF_TYPE, *sorted(jsonld.PARTS)]))
    return st.lists(st.tuples(names(), predicate, values()), max_size=12)


def read(text: str) -> set[Triple]:
    """The triples that pyoxigraph reads."""
    found = parse(text.encode(), format=RdfFormat.JSON_LD)
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in found}


def read_by_rdflib(text: str) -> set[Triple]:
    """The triples that rdflib reads."""
    with literals_as_written():
        graph = rdflib.Graph().parse(data=text, format="json-ld")
    return {(s.n3(), p.n3(), term(o)) for s, p, o in graph}


def term(node: Any) -> str:
    """A value that rdflib read, in N-Triples text."""
    if isinstance(node, rdflib.Literal):
        return literal_term(str(node), node.language, node.datatype)
    return f"<{node}>"


def dumped(facts: Iterable[Triple]) -> str:
    """A data set in JSON-LD."""
    return "".join(jsonld.dump(sorted(jsonld.keyed(facts, BASE))))


def example() -> set[Triple]:
    """Every triple of the example graph."""
    found = parse(quads().encode(), format=RdfFormat.N_QUADS)
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in found}


def of_statement(key: str) -> list[Triple]:
    """The triples of a statement of the example graph and of its parts."""
    return [fact for fact in example() if f"-{key}" in fact[0]]


def a_key() -> str:
    """The key of the first statement of the example graph."""
    first = min(fact[0] for fact in example() if fact[2] == f"<{COMITY}Statement>")
    return first.rpartition("-")[2][:-1]


# -- what is read is what was written ------------------------------------------------------


def test_the_example_comes_back() -> None:
    """Both parsers read from the example graph in JSON-LD its triples and no other."""
    text = dumped(example())
    assert read(text) == example()
    assert read_by_rdflib(text) == example()


@settings(deadline=None)
@given(triples())
def test_any_triples_come_back(facts: list[Triple]) -> None:
    """So they do with hostile IRIs, literals and shapes, in a data set or a document."""
    assert read(dumped(facts)) == set(facts)
    one = jsonld.to_json(jsonld.document(facts, STATEMENT[1:-1]))
    assert read(one) == set(facts)


@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
@settings(deadline=None)
@given(triples())
def test_any_triples_come_back_to_rdflib(facts: list[Triple]) -> None:
    """rdflib reads the same, which has a parser of its own."""
    text = jsonld.to_json(jsonld.document(facts, STATEMENT[1:-1]), script=True)
    assert read_by_rdflib(text) == set(facts)


def test_a_node_that_points_at_itself_ends() -> None:
    """Evidence that has its statement as a part, and a long chain of parts, are written once."""
    part = min(jsonld.PARTS)
    ring = [(f"<{BASE}{a}>", part, f"<{BASE}{b}>") for a, b in ("xy", "yz", "zx")]
    chain = [(f"<{BASE}c{n}>", part, f"<{BASE}c{n + 1}>") for n in range(2000)]
    facts = [*ring, *chain]
    assert read(jsonld.to_json(jsonld.document(facts, BASE + "x"))) == set(facts)


# -- the form ------------------------------------------------------------------------------


def test_a_statement_holds_its_parts() -> None:
    """Evidence, selectors and mentions stand inside their statement; codes stand for IRIs."""
    key = a_key()
    node = jsonld.document(of_statement(key), f"{BASE}statement-{key}")
    assert list(node)[:3] == ["@context", "id", "type"]
    assert "@graph" not in node
    selectors = {each["type"]: each for each in node["evidence"]["hasSelector"]}
    assert isinstance(selectors["TextPositionSelector"]["start"], int)
    assert isinstance(selectors["TextQuoteSelector"]["exact"], str)
    mentions = node["mention"] if isinstance(node["mention"], list) else [node["mention"]]
    assert {each["type"] for each in mentions} == {"Mention"}
    assert "/" not in node["modality"]
    assert isinstance(node["negated"], bool)


def test_others_stand_beside_the_root() -> None:
    """A document about a node and others has them in a graph, the node first."""
    key = a_key()
    china = [fact for fact in example() if fact[0].endswith("/actor/CHN>")]
    node = jsonld.document([*china, *of_statement(key)], f"{BASE}statement-{key}")
    assert list(node) == ["@context", "@graph"]
    assert [each["type"] for each in node["@graph"]] == ["Statement", ["Actor", "State"]]
    assert node["@graph"][1]["prefLabel"]["zh-hans"] == "中国"


def test_a_root_that_nothing_is_said_of_is_not_replaced() -> None:
    """A document about a node without triples does not pass another node off as it."""
    facts = [(STATEMENT, RDF_TYPE, f"<{COMITY}Statement>")]
    assert "id" not in jsonld.document(facts, BASE + "x")
    assert jsonld.document([], BASE + "x")["@graph"] == []


def test_a_document_has_as_much_context_as_it_needs() -> None:
    """The context in a document is part of the published one; a URL can take its place."""
    facts = [(STATEMENT, f"<{COMITY}modality>", f"<{concept_iri('modality', 'report')}>")]
    inside = jsonld.document(facts, STATEMENT[1:-1])["@context"]
    assert inside == {name: CONTEXT[name] for name in inside}
    assert set(inside) == {"@version", "id", "type", "comity", "modality"}
    outside = jsonld.document(facts, STATEMENT[1:-1], url=jsonld.CONTEXT_URL)
    assert outside == {
        "@context": "https://w3id.org/comity/context.jsonld",
        "id": STATEMENT[1:-1],
        "modality": "report",
    }


def test_a_code_that_is_a_name_of_the_context_is_written_whole() -> None:
    """An actor of a user whose id is a term, such as `member`, is not taken for that term."""
    actor = "https://w3id.org/comity/actor/member"
    node = jsonld.document([(STATEMENT, f"<{COMITY}actor>", f"<{actor}>")], STATEMENT[1:-1])
    assert node["actor"] == actor


def test_a_scheme_that_is_a_name_of_the_context_is_not_expanded() -> None:
    """A node with such an IRI is written without the context."""
    facts = [(STATEMENT, f"<{OA}hasSource>", "<oa:x>"), (STATEMENT, RDF_TYPE, "<comity:y>")]
    assert jsonld.document(facts, STATEMENT[1:-1]) == {
        "@context": None,
        "@id": STATEMENT[1:-1],
        "@type": ["comity:y"],
        OA + "hasSource": [{"@id": "oa:x"}],
    }


def test_only_what_json_can_say_is_native() -> None:
    """`3` is a number; `007` stays a text of its type, as a number would lose the zeros."""
    position = f"<{BASE}position-0a>"
    facts = [
        (position, RDF_TYPE, f"<{OA}TextPositionSelector>"),
        (position, f"<{OA}start>", f'"3"^^<{XSD}nonNegativeInteger>'),
        (position, f"<{OA}end>", f'"007"^^<{XSD}nonNegativeInteger>'),
    ]
    node = jsonld.document(facts, position[1:-1])
    assert (node["start"], node["end"]) == (3, "007")


def test_labels_are_given_by_language() -> None:
    """Labels stand in a map of languages; several in one language make a list."""
    label = f"<{SKOS}altLabel>"
    words = ['"b"@en', '"a"@en', '"甲"@zh-hans', '"plain"']
    node = jsonld.document([(STATEMENT, label, word) for word in words], STATEMENT[1:-1])
    assert node["altLabel"] == {"@none": "plain", "en": ["a", "b"], "zh-hans": "甲"}
    assert list(node["altLabel"]) == ["@none", "en", "zh-hans"]


# -- the dump ------------------------------------------------------------------------------


def test_one_node_is_one_line() -> None:
    """A line of the dump is a node, a statement with its parts among them, ordered as in Turtle."""
    lines = dumped(example()).splitlines()
    nodes = [json.loads(line.rstrip(",")) for line in lines if line.startswith('{"id":')]
    subjects = {fact[0] for fact in example()}
    kinds = tuple(f"<{BASE}{kind}-" for kind in ("evidence", "position", "quote", "mention"))
    flat = sorted(subject[1:-1] + ">" for subject in subjects if not subject.startswith(kinds))
    assert [node["id"] + ">" for node in nodes] == flat


def test_a_new_fact_changes_one_line() -> None:
    """So `git diff` shows the node that it is about."""
    before = dumped(example()).splitlines()
    added = (f"<{BASE}mention-{a_key()}-00>", f"<{COMITY}place>", '"Geneva"')
    after = dumped([*example(), added]).splitlines()
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_order_of_input_is_irrelevant() -> None:
    """The same triples give the same bytes in any order, however often they are repeated."""
    facts = sorted(example(), key=order)
    shuffled = [*facts, *facts[:9]]
    random.Random(6).shuffle(shuffled)
    assert dumped(shuffled) == dumped(facts)


def test_an_empty_data_set_is_json() -> None:
    """No triples give a document without nodes, with its context or the address of it."""
    assert json.loads("".join(jsonld.dump([]))) == {"@context": CONTEXT, "@graph": []}
    by_address = json.loads("".join(jsonld.dump([], url=jsonld.CONTEXT_URL)))
    assert by_address == {"@context": jsonld.CONTEXT_URL, "@graph": []}


# -- inside a page -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["</script>", "</SCRIPT foo>", "<!--<script>", "]]>", "&lt;/script>", "a\u2028b\u2029"]
)
def test_no_words_end_a_script_element(words: str) -> None:
    """JSON-LD in a page stays in its element, and stays the same JSON."""
    node = jsonld.document([(STATEMENT, f"<{OA}exact>", literal_term(words))], STATEMENT[1:-1])
    text = jsonld.to_json(node, script=True, indent=1)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == node
    assert script_of(f'<script type="application/ld+json">{text}</script><p>after</p>') == text


def script_of(page: str) -> str:
    """What an HTML parser takes for the content of the first script element."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            """Keep what stands in the script."""
            if self.get_starttag_text() and "script" in str(self.get_starttag_text()):
                found.append(data)

    reader = Reader()
    reader.feed(page)
    reader.close()
    return "".join(found)
