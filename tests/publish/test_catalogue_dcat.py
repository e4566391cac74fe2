"""DCAT 3: the release in a catalogue, with what portals and registries ask for."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from described import Described, describe
from rdflib import Graph, URIRef
from rdflib import namespace as published

from comity import KnowledgeGraph
from comity.check import check, check_file, load_shapes
from comity.errors import UsageError
from comity.publish.catalogue import REGISTERED, write_catalogue
from comity.publish.content import Content, Part
from comity.publish.metadata import contact_iri
from comity.publish.release import About, Release, make_release

SHIPPED = ("DCTERMS", "FOAF", "OWL", "PROV", "RDF", "RDFS", "SDO", "SKOS", "VOID", "XSD")
# Vocabularies that rdflib does not ship, or not in this version, with the terms that are used here.
# Source: the files that W3C (DCAT 3, ADMS, vCard, formats) and SPDX publish.
UNSHIPPED = {
    "http://www.w3.org/ns/dcat#": set(
        """Catalog DataService Dataset DatasetSeries Distribution accessURL byteSize
        compressFormat contactPoint dataset distribution downloadURL endDate endpointURL first
        hasCurrentVersion hasVersion inSeries isVersionOf keyword landingPage last mediaType prev
        previousVersion servesDataset service startDate theme themeTaxonomy version""".split()
    ),
    "http://www.w3.org/ns/adms#": {"versionNotes"},
    "http://spdx.org/rdf/terms#": {
        *("Checksum", "algorithm", "checksum", "checksumAlgorithm_sha256", "checksumValue"),
    },
    "http://www.w3.org/2006/vcard/ns#": {"Kind", "fn", "hasEmail", "hasURL"},
    "http://www.w3.org/ns/formats/": {"JSON-LD", "N-Quads", "N-Triples", "TriG", "Turtle"},
}
VERSION = "https://w3id.org/comity/id/dataset-2026.11"
URL = "https://example.org/ip/2026.11/"
FULL = About(
    title="Statements for a test",
    publisher="An institute",
    publisher_iri="https://example.org/institute",
    creators=("A. Reader", "B. Coder"),
    contact="data@example.org",
    landing_page="https://example.org/ip/",
)


@pytest.fixture(scope="module")
def written(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Described:
    """The first release of the hand-coded corpus, with nothing said about it."""
    release = make_release("2026.11", graph.namespaces, url=URL)
    return describe(graph, release, tmp_path_factory.mktemp("dcat") / "room")


@pytest.fixture(scope="module")
def second(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Described:
    """A release after another, about which everything is said."""
    release = make_release(
        "2026.11", graph.namespaces, about=FULL, issued="2026-11-24", url=URL, previous="2026.05"
    )
    return describe(
        graph,
        release,
        tmp_path_factory.mktemp("dcat") / "room",
        notes="Two documents were added.",
        endpoint="https://example.org/sparql",
    )


@pytest.fixture(params=["written", "second"])
def any_release(request: pytest.FixtureRequest) -> Described:
    """Either of them."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Described)
    return found


def values(written: Described, node: str, name: str) -> set[str]:
    """The values of a property of a node, in the metadata."""
    return {value for (value,) in written.ask(f"SELECT ?v WHERE {{ <{node}> {name} ?v }}")}


@pytest.mark.parametrize("names", [("dcat.ttl",), ("void.ttl",), ("prov.ttl",), ("all",)])
def test_metadata_conform_to_our_shapes(any_release: Described, names: tuple[str, ...]) -> None:
    """Each file breaks no shape of the profile ``metadata``, nor do all together."""
    shapes = load_shapes(profile="metadata")
    if names == ("all",):
        files = ("dcat.ttl", "void.ttl", "prov.ttl")
        whole = "".join((any_release.folder / name).read_text(encoding="utf-8") for name in files)
        assert check(whole, shapes) == []
        return
    assert check_file(any_release.folder / names[0], shapes) == ([], True)


@pytest.mark.parametrize("name", ["dcat.ttl", "void.ttl", "prov.ttl"])
def test_terms_exist_in_their_vocabularies(any_release: Described, name: str) -> None:
    """Every class and property is one that its vocabulary publishes."""
    known = {str(v._NS): v for v in (getattr(published, vocabulary) for vocabulary in SHIPPED)}
    graph = Graph().parse(any_release.folder / name)
    used = {str(p) for p in graph.predicates()}
    used |= {str(kind) for kind in graph.objects(None, URIRef(f"{published.RDF}type"))}
    used |= {str(o) for o in graph.objects() if str(o).startswith(tuple(UNSHIPPED))}
    strange = []
    for term in used:
        head = term[: max(term.rfind("/"), term.rfind("#")) + 1]
        local = term.removeprefix(head)
        if head == "https://w3id.org/comity/ontology#":
            assert local == "textSha256"
        elif local not in UNSHIPPED.get(head, ()) and not (head in known and local in known[head]):
            strange.append(term)
    assert strange == []


@pytest.mark.parametrize("name", ["dcat.ttl", "void.ttl", "prov.ttl"])
def test_every_node_has_an_iri(any_release: Described, name: str) -> None:
    """There are no blank nodes, and one fact stands on each line."""
    text = (any_release.folder / name).read_text(encoding="utf-8")
    graph = Graph().parse(data=text, format="turtle")
    assert all(isinstance(node, URIRef) for node in graph.subjects())
    facts = [line for line in text.splitlines() if line.endswith(" ;")]
    assert len(facts) == len(graph)


def test_what_files_say_together_is_not_said_twice(any_release: Described) -> None:
    """The catalogue, the figures and the provenance give a thing one title, label and licence."""
    for name in ("dcterms:title", "rdfs:label", "dcterms:license", "dcterms:issued"):
        query = f"SELECT ?x WHERE {{ ?x {name} ?v }} GROUP BY ?x HAVING (COUNT(?v) > 1)"
        assert any_release.ask(query) == []


def test_checks_that_registries_make(second: Described) -> None:
    """After FOOPS!: what a version of a data set must have to be found, cited and reused."""
    found = {
        name: values(second, VERSION, name)
        for name in (
            *("dcterms:title", "dcterms:description", "dcterms:identifier", "dcterms:license"),
            *("dcterms:publisher", "dcterms:creator", "dcterms:issued", "dcterms:modified"),
            *("dcterms:language", "dcterms:spatial", "dcterms:temporal", "dcterms:conformsTo"),
            *("dcterms:bibliographicCitation", "dcat:version", "dcat:isVersionOf"),
            *("dcat:previousVersion", "dcat:inSeries", "dcat:theme", "dcat:keyword"),
            *("dcat:contactPoint", "dcat:landingPage", "dcat:distribution", "adms:versionNotes"),
            *("prov:wasGeneratedBy", "void:triples", "void:exampleResource", "void:vocabulary"),
        )
    }
    assert [name for name, each in found.items() if not each] == []
    assert found["dcterms:identifier"] == {VERSION}
    assert found["dcat:version"] == {"2026.11"}
    assert found["dcterms:issued"] == {"2026-11-24"}
    assert found["adms:versionNotes"] == {"Two documents were added."}
    (citation,) = found["dcterms:bibliographicCitation"]
    assert citation == (
        "A. Reader; B. Coder (2026). Statements for a test, version 2026.11 [Data set]. "
        f"An institute. {VERSION}"
    )


def test_the_data_set_stays_over_its_versions(second: Described) -> None:
    """It has versions, of which this is the current one; each knows the one before."""
    dataset = "https://w3id.org/comity/id/dataset"
    before = "https://w3id.org/comity/id/dataset-2026.05"
    assert values(second, dataset, "dcat:hasVersion") == {VERSION, before}
    assert values(second, dataset, "dcat:hasCurrentVersion") == {VERSION}
    assert values(second, dataset, "dcat:last") == {VERSION}
    assert values(second, dataset, "dcterms:issued") == set()
    assert values(second, VERSION, "dcat:isVersionOf") == {dataset}
    for name in ("dcat:previousVersion", "dcat:prev", "prov:wasRevisionOf"):
        assert values(second, VERSION, name) == {before}


def test_a_first_version_comes_after_none(written: Described) -> None:
    """Without a release before, there is none, and the data set was issued with this one."""
    dataset = "https://w3id.org/comity/id/dataset"
    assert values(written, VERSION, "dcat:previousVersion") == set()
    assert values(written, dataset, "dcat:first") == {VERSION}
    assert values(written, dataset, "dcterms:issued") == {"2026-11"}


def test_size_and_hash_are_those_of_the_files(any_release: Described) -> None:
    """Every distribution has the size, the SHA-256 and the address of its file."""
    found = any_release.ask(
        """SELECT ?url ?size ?hash WHERE { ?d a dcat:Distribution ; dcat:downloadURL ?url ;
          dcat:accessURL ?url ; dcat:byteSize ?size ; spdx:checksum/spdx:checksumValue ?hash }"""
    )
    for url, size, sha256 in found:
        data = (any_release.folder / url.removeprefix(URL)).read_bytes()
        assert (int(size), sha256.lower()) == (len(data), hashlib.sha256(data).hexdigest())
    data_files = {p.name for p in any_release.parts if p.role in ("dump", "table", "edges")}
    assert {url.removeprefix(URL) for url, _, _ in found} == data_files


def test_derived_data_are_data_sets_of_their_own(written: Described) -> None:
    """Shortcuts, lineage and links hold other data than the dumps, and are derived from them."""
    found = written.ask(
        """SELECT ?dataset ?url WHERE { ?dataset a dcat:Dataset ; prov:wasDerivedFrom ?version ;
          dcat:distribution/dcat:downloadURL ?url . ?version dcat:isVersionOf ?any }"""
    )
    assert {url.removeprefix(URL) for _, url in found} == {
        *("edges.ttl", "edges.graphml", "lineage.ttl", "links.ttl")
    }
    of = {url.removeprefix(URL): dataset.removeprefix(VERSION) for dataset, url in found}
    assert of["edges.ttl"] == of["edges.graphml"] == "-edges"
    own = values(written, VERSION, "dcat:distribution/dcat:downloadURL")
    assert {Path(url).suffix for url in own} == {".ttl", ".gz", ".jsonl"}


def test_media_types_are_those_of_iana(written: Described) -> None:
    """A type that IANA has not registered is described as a format; gzip is said apart."""
    kinds = {
        url.removeprefix(URL): (media, label, packed)
        for url, media, label, packed in written.ask(
            """SELECT ?url ?media ?label ?packed WHERE { ?d dcat:downloadURL ?url
              OPTIONAL { ?d dcat:mediaType ?media } OPTIONAL { ?d dcterms:format/rdfs:label ?label }
              OPTIONAL { ?d dcat:compressFormat ?packed } }"""
        )
    }
    iana = "http://www.iana.org/assignments/media-types/"
    assert kinds["edges.ttl"] == (f"{iana}text/turtle", "", "")
    quads = (f"{iana}application/n-quads", "", f"{iana}application/gzip")
    assert kinds["comity-2026.11.nq.gz"] == quads
    assert kinds["edges.graphml"] == ("", "application/graphml+xml", "")
    assert kinds["statements.jsonl"] == ("", "application/jsonl", "")
    assert "application/graphml+xml" not in REGISTERED


def test_coverage_is_that_of_the_dump(written: Described) -> None:
    """Dates, areas, languages and places, as a query over the dump finds them."""
    dump = "comity-2026.11.nt.gz"
    days = sorted(
        day
        for (day,) in written.ask(
            "SELECT (STR(?d) AS ?day) WHERE { ?x comity:statedOn|dcterms:issued ?d }", dump
        )
    )
    period = values(written, VERSION, "dcterms:temporal/dcat:startDate")
    assert (period, values(written, VERSION, "dcterms:temporal/dcat:endDate")) == (
        {days[0]},
        {days[-1]},
    )
    areas = written.ask("SELECT DISTINCT ?a WHERE { ?m comity:targetArea ?a }", dump)
    assert values(written, VERSION, "dcat:theme") == {area for (area,) in areas}
    tags = written.ask("SELECT DISTINCT ?l WHERE { ?d dcterms:language ?l }", dump)
    assert values(written, VERSION, "dcterms:language") == {
        f"http://id.loc.gov/vocabulary/iso639-1/{tag}" for (tag,) in tags
    }
    places = written.ask(
        """SELECT DISTINCT ?place WHERE { ?s comity:actor ?state . ?state a comity:State ;
          skos:exactMatch ?place FILTER(CONTAINS(STR(?place), "geonames")) }""",
        *(dump, "links.ttl"),
    )
    assert values(written, VERSION, "dcterms:spatial") == {place for (place,) in places} != set()
    china = values(written, "https://sws.geonames.org/1814991/", "skos:prefLabel")
    assert china == {"China"}


def test_who_and_whom_to_ask(second: Described, written: Described) -> None:
    """Creators have nodes of their own; without any, the publisher is one. A contact is a vCard."""
    names = values(second, VERSION, "dcterms:creator/foaf:name")
    assert names == {"A. Reader", "B. Coder"}
    assert values(written, VERSION, "dcterms:creator") == {"https://w3id.org/comity/contributors"}
    assert values(second, VERSION, "dcat:contactPoint/vcard:hasEmail") == {
        "mailto:data@example.org"
    }
    assert values(written, VERSION, "dcat:contactPoint") == set()
    assert values(second, VERSION, "dcat:landingPage") == {"https://example.org/ip/"}
    assert values(written, VERSION, "dcat:landingPage") == {f"{URL}site/index.html"}


def test_a_contact_may_be_a_page() -> None:
    """An IRI is taken as it is; what is neither that nor an e-mail address is refused."""
    assert contact_iri("https://example.org/us") == "https://example.org/us"
    assert contact_iri("a+b@example.org") == "mailto:a%2Bb@example.org"
    for unfit in ("ask us", "us@home", "a b@example.org"):
        with pytest.raises(UsageError, match="e-mail address or an IRI"):
            contact_iri(unfit)


def test_a_service_is_there_when_an_endpoint_is(second: Described, written: Described) -> None:
    """dcat:DataService is named only where there is a SPARQL endpoint."""
    query = """SELECT ?url ?data WHERE { ?catalog dcat:service ?s . ?s a dcat:DataService ;
      dcat:endpointURL ?url ; dcat:servesDataset ?data }"""
    assert second.ask(query) == [("https://example.org/sparql", VERSION)]
    assert written.ask(query) == []


@pytest.mark.parametrize(
    ("issued", "datatype"),
    [("2026-11-24", "date"), ("2026-11", "gYearMonth"), ("2026", "gYear")],
)
def test_dates_are_as_precise_as_known(
    graph: KnowledgeGraph, tmp_path: Path, issued: str, datatype: str
) -> None:
    """No day or month is added to a date of issue."""
    release = make_release("r1", graph.namespaces, issued=issued, url=URL)
    text = (describe(graph, release, tmp_path / "room").folder / "dcat.ttl").read_text("utf-8")
    assert set(re.findall(r"dcterms:(?:issued|modified) (.+) ;", text)) == {
        f'"{issued}"^^xsd:{datatype}'
    }


class _Violating:
    """A graph in which something breaks a shape."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph

    def __getattr__(self, name: str) -> object:
        value = getattr(self._graph, name)
        if name != "manifest":
            return value
        return {**value, "counts": {**value["counts"], "violations": 1}}


def test_a_graph_that_breaks_shapes_does_not_claim_to_keep_them(
    graph: KnowledgeGraph, written: Described, tmp_path: Path
) -> None:
    """dcterms:conformsTo names the shapes only where nothing breaks one; the ontology always."""
    ontology, shapes = "https://w3id.org/comity/ontology/0.2.0", "https://w3id.org/comity/shapes"
    assert values(written, VERSION, "dcterms:conformsTo") == {ontology, shapes}
    release: Release = written.release
    broken = describe(_Violating(graph), release, tmp_path / "room")  # type: ignore[arg-type]
    assert values(broken, VERSION, "dcterms:conformsTo") == {ontology}


@pytest.mark.parametrize("accepted", [True, False])
def test_the_report_of_the_release_decides(
    content: Content, tmp_path: Path, accepted: bool
) -> None:
    """Where a validation report was written, it says whether the shapes are kept."""
    (tmp_path / "report.json").write_text(f'{{"accepted": {str(accepted).lower()}}}', "utf-8")
    report = Part("report.json", "Validation report", "application/json", role="metadata")
    write_catalogue(content, tmp_path, [report])
    claimed = "https://w3id.org/comity/shapes" in (tmp_path / "dcat.ttl").read_text("utf-8")
    assert claimed is accepted
