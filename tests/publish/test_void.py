"""VoID: every figure is what a SPARQL engine counts in the files of the release."""

from __future__ import annotations

import gzip
import tracemalloc
from pathlib import Path

import pytest
from described import METADATA, Described, describe, rows
from rdflib import Dataset

from comity import KnowledgeGraph
from comity.check import check_file, load_shapes
from comity.publish.content import Content
from comity.publish.counting import count
from comity.publish.linksets import TARGETS, linksets
from comity.publish.release import make_release

DUMP = "comity-2026.11.nt.gz"
QUADS = "comity-2026.11.nq.gz"
DERIVED = ("edges", "lineage", "links")
FIGURES = """SELECT ?triples ?entities ?subjects ?properties ?classes ?objects WHERE {{
  <{node}> void:triples ?triples ; void:entities ?entities ; void:distinctSubjects ?subjects ;
    void:distinctObjects ?objects ; void:properties ?properties ; void:classes ?classes }}"""
COUNTED = """SELECT ?triples ?entities ?subjects ?properties ?classes WHERE {{
  {{ SELECT (COUNT(*) AS ?triples) WHERE {{ {{ SELECT DISTINCT ?s ?p ?o {where} }} }} }}
  {{ SELECT (COUNT(DISTINCT ?s) AS ?entities) (COUNT(DISTINCT ?s) AS ?subjects)
       (COUNT(DISTINCT ?p) AS ?properties) {where} }}
  {{ SELECT (COUNT(DISTINCT ?c) AS ?classes) {typed} }} }}"""
ALL = {"where": "WHERE { ?s ?p ?o }", "typed": "WHERE { ?s a ?c }"}


@pytest.fixture(scope="module")
def written(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Described:
    """A release of the hand-coded corpus."""
    release = make_release("2026.11", graph.namespaces, url="https://example.org/ip/2026.11/")
    return describe(graph, release, tmp_path_factory.mktemp("void") / "room")


def objects(written: Described, name: str, graphs: str = "") -> int:
    """The distinct objects of a file, or of its graphs whose IRIs begin so, counted by rdflib.

    Oxigraph's stores take "3"^^xsd:integer and "3"^^xsd:nonNegativeInteger for one term.
    """
    data = (written.folder / name).read_bytes()
    dataset = Dataset()
    dataset.parse(
        gzip.decompress(data) if name.endswith(".gz") else data,
        format="nquads" if ".nq" in name else "turtle",
    )
    found = {o for _, _, o, g in dataset.quads() if str(g).startswith(graphs)}
    return len(found)


def test_the_figures_are_those_of_the_dump(written: Described) -> None:
    """Triples, entities, subjects, objects, properties and classes, counted in the dump."""
    stated = written.numbers(FIGURES.format(node=written.release.version), "void.ttl")
    assert stated == (*written.numbers(COUNTED.format(**ALL), DUMP), objects(written, DUMP))


@pytest.mark.parametrize(("family", "start"), [("documents", "graph-"), ("catalogue", "catalogue")])
def test_a_family_of_graphs_is_a_subset(written: Described, family: str, start: str) -> None:
    """What documents say and what they share are counted apart, in the N-Quads."""
    node = written.release.node("subset", family)
    graphs = f'FILTER(STRSTARTS(STR(?g), "https://w3id.org/comity/id/{start}"))'
    parts = {
        "where": f"WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {graphs} }}",
        "typed": f"WHERE {{ GRAPH ?g {{ ?s a ?c }} {graphs} }}",
    }
    stated = written.numbers(FIGURES.format(node=node), "void.ttl")
    counted = written.numbers(COUNTED.format(**parts), QUADS)
    assert stated == (*counted, objects(written, QUADS, f"https://w3id.org/comity/id/{start}"))
    assert (node,) in written.ask(
        f"SELECT ?x WHERE {{ <{written.release.version}> void:subset ?x }}"
    )


@pytest.mark.parametrize("name", DERIVED)
def test_derived_files_are_data_sets_of_their_own(written: Described, name: str) -> None:
    """Shortcuts, lineage and links are counted in their own files."""
    node = written.release.node("dataset", name)
    stated = written.numbers(FIGURES.format(node=node), "void.ttl")
    counted = written.numbers(COUNTED.format(**ALL), f"{name}.ttl")
    assert stated == (*counted, objects(written, f"{name}.ttl"))
    assert stated[0] > 0


def test_the_partition_of_each_class(written: Described) -> None:
    """Every class has one, with its entities, their triples and how many properties they have."""
    stated = written.ask(
        f"""SELECT ?class ?entities ?triples ?properties WHERE {{
          <{written.release.version}> void:classPartition ?partition .
          ?partition void:class ?class ; void:entities ?entities ; void:triples ?triples ;
            void:properties ?properties }}""",
        "void.ttl",
    )
    counted = written.ask(
        """SELECT ?class (COUNT(DISTINCT ?s) AS ?entities) (COUNT(*) AS ?triples)
          (COUNT(DISTINCT ?p) AS ?properties) WHERE { ?s a ?class ; ?p ?o } GROUP BY ?class""",
        DUMP,
    )
    assert sorted(stated) == sorted(counted)


@pytest.mark.parametrize("name", ["", *DERIVED])
def test_the_partition_of_each_property(written: Described, name: str) -> None:
    """Every property has one, with its triples, subjects and objects."""
    node = written.release.node("dataset", name)
    stated = written.ask(
        f"""SELECT ?property ?triples ?subjects ?objects WHERE {{
          <{node}> void:propertyPartition ?partition .
          ?partition void:property ?property ; void:triples ?triples ;
            void:distinctSubjects ?subjects ; void:distinctObjects ?objects }}""",
        "void.ttl",
    )
    counted = written.ask(
        """SELECT ?p (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
          (COUNT(DISTINCT ?o) AS ?objects) WHERE { ?s ?p ?o } GROUP BY ?p""",
        f"{name}.ttl" if name else DUMP,
    )
    assert sorted(stated) == sorted(counted)


def test_the_properties_of_each_class(written: Described) -> None:
    """An editor that completes queries learns which properties the entities of a class have."""
    stated = written.ask(
        f"""SELECT ?class ?property ?triples ?subjects ?objects WHERE {{
          <{written.release.version}> void:classPartition ?whole .
          ?whole void:class ?class ; void:propertyPartition ?part .
          ?part void:property ?property ; void:triples ?triples ;
            void:distinctSubjects ?subjects ; void:distinctObjects ?objects }}""",
        "void.ttl",
    )
    counted = written.ask(
        """SELECT ?class ?p (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
          (COUNT(DISTINCT ?o) AS ?objects) WHERE { ?s a ?class ; ?p ?o } GROUP BY ?class ?p""",
        DUMP,
    )
    assert sorted(stated) == sorted(counted)


def test_entities_are_told_by_their_iris(written: Described) -> None:
    """Every subject matches the pattern and begins with the space; what is below does not match."""
    ((space, pattern),) = written.ask(
        f"""SELECT ?space ?pattern WHERE {{ <{written.release.version}> void:uriSpace ?space ;
          void:uriRegexPattern ?pattern }}""",
        "void.ttl",
    )
    store = written.store(DUMP)
    quoted = pattern.replace("\\", "\\\\")
    fitting = rows(
        store,
        f"""SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s ?p ?o
          FILTER(REGEX(STR(?s), "{quoted}") && STRSTARTS(STR(?s), "{space}")) }}""",
    )
    assert fitting == rows(store, "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }")
    ((below,),) = rows(
        store, f'SELECT (REGEX("{space}id/statement-1/x", "{quoted}") AS ?found) WHERE {{}}'
    )
    assert below == "false"


def test_vocabularies_are_those_of_classes_and_properties(written: Described) -> None:
    """The namespaces of everything that is used as a class or property."""
    stated = written.ask(
        f"SELECT ?v WHERE {{ <{written.release.version}> void:vocabulary ?v }}", "void.ttl"
    )
    terms = written.ask("SELECT DISTINCT ?t WHERE { { ?s ?t ?o } UNION { ?s a ?t } }", DUMP)
    spaces = {term[: max(term.rfind("/"), term.rfind("#")) + 1] for (term,) in terms}
    assert {each for (each,) in stated} == spaces


def test_there_is_an_example_of_each_kind(written: Described) -> None:
    """Of every class of the ontology, and of concepts, one resource that the dump describes."""
    stated = {
        each
        for (each,) in written.ask(
            f"SELECT ?x WHERE {{ <{written.release.version}> void:exampleResource ?x }}",
            "void.ttl",
        )
    }
    kinds = written.ask("SELECT ?s ?class WHERE { ?s a ?class } ORDER BY ?s", DUMP)
    classes = {kind for _, kind in kinds if "/comity/ontology#" in kind or kind.endswith("Concept")}
    assert {kind for iri, kind in kinds if iri in stated} >= classes
    firsts = {min(iri for iri, kind in kinds if kind == wanted) for wanted in classes}
    assert stated == firsts


def test_dumps_are_named_with_their_syntax(written: Described) -> None:
    """The addresses of the dumps, and the W3C's names of their syntaxes."""
    node = written.release.version
    dumps = written.ask(f"SELECT ?d WHERE {{ <{node}> void:dataDump ?d }}", "void.ttl")
    names = [f"comity-2026.11.{ending}" for ending in ("nq.gz", "nt.gz", "ttl")]
    assert sorted(dumps) == [(f"https://example.org/ip/2026.11/{name}",) for name in names]
    features = written.ask(f"SELECT ?f WHERE {{ <{node}> void:feature ?f }}", "void.ttl")
    formats = "http://www.w3.org/ns/formats/"
    assert sorted(features) == [(formats + name,) for name in ("N-Quads", "N-Triples", "Turtle")]


def test_every_link_set_is_counted_in_the_links(written: Described) -> None:
    """The links to each data set, with subjects, objects and properties, counted in links.ttl."""
    stated = written.ask(
        """SELECT ?space ?triples ?subjects ?objects (GROUP_CONCAT(STR(?p)) AS ?predicates) WHERE {
          { SELECT * WHERE { ?set a void:Linkset ; void:triples ?triples ;
            void:distinctSubjects ?subjects ; void:distinctObjects ?objects ;
            void:objectsTarget/void:uriSpace ?space ; void:linkPredicate ?p } ORDER BY ?p }
        } GROUP BY ?space ?triples ?subjects ?objects""",
        "void.ttl",
    )
    links = sorted(written.ask("SELECT ?s ?p ?o WHERE { ?s ?p ?o }", "links.ttl"))
    for space, triples, subjects, objects, predicates in stated:
        found = [link for link in links if link[2].startswith(space)]
        counted = tuple(len({link[place] for link in found}) for place in (0, 2))
        assert (int(triples), int(subjects), int(objects)) == (len(found), *counted)
        assert predicates.split() == sorted({link[1] for link in found})
    assert sum(int(each[1]) for each in stated) == len(links) > 0


def test_links_are_those_of_what_is_described(written: Described) -> None:
    """The alignments restricted to the subjects of the dump, and no other link."""
    alignments = [
        part.name
        for part in written.parts
        if part.name.startswith("ontology/alignment/") and part.name.endswith(".ttl")
    ]
    every = written.ask(
        'SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER(STRENDS(STR(?p), "Match")) }', *alignments
    )
    subjects = set(written.ask("SELECT DISTINCT ?s WHERE { ?s ?p ?o }", DUMP))
    wanted = {link for link in every if link[:1] in subjects}
    assert set(written.ask("SELECT ?s ?p ?o WHERE { ?s ?p ?o }", "links.ttl")) == wanted
    assert len(wanted) < len(every)


def test_every_aligned_data_set_has_a_name(written: Described) -> None:
    """No link of the bundled alignments leads to a data set that is not known, or to two."""
    alignments = [p.name for p in written.parts if p.name.startswith("ontology/alignment/")]
    turtle = [name for name in alignments if name.endswith(".ttl")]
    targets = written.ask(
        'SELECT DISTINCT ?o WHERE { ?s ?p ?o FILTER(STRENDS(STR(?p), "Match")) }', *turtle
    )
    fitting = [
        [name for name, each in TARGETS.items() if iri.startswith(each.space)] for (iri,) in targets
    ]
    assert [names for names in fitting if len(names) != 1] == []
    assert {name for names in fitting for name in names} == set(TARGETS)
    assert set(linksets(written.content)) <= set(TARGETS)


def test_all_of_it_is_one_data_set(written: Described) -> None:
    """From the description every data set is reached."""
    (described,) = written.ask(
        """SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?d a void:DatasetDescription ;
          foaf:primaryTopic/(void:subset|void:classPartition|void:propertyPartition)* ?x }""",
        "void.ttl",
    )
    (every,) = written.ask(
        """SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { VALUES ?kind { void:Dataset void:Linkset }
          ?x a ?kind }""",
        "void.ttl",
    )
    assert int(described[0]) + len(linksets(written.content)) == int(every[0])


def test_a_graph_that_says_little_is_described(tmp_path: Path) -> None:
    """Without statements, what is derived is empty and has no figures; the rest conforms."""
    (tmp_path / "note.txt").write_text("Nothing is to be done.\n", encoding="utf-8")
    graph = KnowledgeGraph.build([tmp_path / "note.txt"], tmp_path / "kg")
    release = make_release("r1", graph.namespaces, issued="2026-11-24")
    written = describe(graph, release, tmp_path / "room")
    shapes = load_shapes(profile="metadata")
    for name in METADATA:
        found, _ = check_file(written.folder / name, shapes)
        assert [each.shape for each in found if each.severity == "Violation"] == []
    (triples,) = written.numbers("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "comity-r1.ttl")
    stated = written.ask("SELECT ?n WHERE { ?d void:dataDump ?x ; void:triples ?n }", "void.ttl")
    assert set(stated) == {(str(triples),)}
    page = (written.folder / "README.md").read_text(encoding="utf-8")
    assert "## Ask it" not in page and "## Cite it" in page


def test_an_endpoint_is_named_when_there_is_one(
    graph: KnowledgeGraph,
    written: Described,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """void:sparqlEndpoint stands where the caller knows of one, and not else."""
    query = f"SELECT ?e WHERE {{ <{written.release.version}> void:sparqlEndpoint ?e }}"
    assert written.ask(query) == []
    room = tmp_path_factory.mktemp("endpoint") / "room"
    other = describe(graph, written.release, room, endpoint="https://example.org/sparql")
    assert other.ask(query) == [("https://example.org/sparql",)]


@pytest.mark.parametrize("run", [60, 5_000, 64_000_000])
def test_what_is_sorted_on_disk_is_counted_alike(content: Content, run: int) -> None:
    """However little is sorted in memory at once, the figures are the same."""
    triples = list(content.triples())[:400]
    assert count(triples, run=run) == count(triples)


def test_memory_does_not_grow_with_the_triples() -> None:
    """Four times as many triples take as much memory, when they are sorted on disk."""

    def peak(subjects: int) -> int:
        triples = (
            (f"<https://example.org/{n:07d}>", "<https://example.org/says>", f'"{n:060d}"')
            for n in range(subjects)
        )
        tracemalloc.start()
        try:
            assert count(triples, run=500_000).objects == subjects
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(40_000) < 1.3 * peak(10_000)
