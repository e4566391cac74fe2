"""The core ontology: its header, and what every class and property must say of itself."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pyoxigraph
import pytest
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib import namespace as published
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN

from comity.model import SCHEMES, ActorKind

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology"
COMITY = Namespace("https://w3id.org/comity/ontology#")
HEADER = URIRef("https://w3id.org/comity/ontology")
MINE = ["comity.ttl", *(f"vocabulary/{scheme}.ttl" for scheme in SCHEMES)]
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
SCHEMA = Namespace("https://schema.org/")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
# Vocabularies of which rdflib ships the list of terms.
SHIPPED = [
    "DC",
    "DCTERMS",
    "FOAF",
    "ORG",
    "OWL",
    "PROV",
    "RDF",
    "RDFS",
    "SDO",
    "SKOS",
    "VANN",
    "XSD",
]
# Vocabularies of which it does not, with the terms that are used here.
UNSHIPPED = {
    "http://www.w3.org/ns/oa#": {
        *("SpecificResource", "TextPositionSelector", "TextQuoteSelector", "hasSelector"),
        *("hasSource", "start", "end", "exact", "prefix", "suffix"),
    },
    "http://purl.org/ontology/bibo/": {"status", "status/draft"},
    "http://data.europa.eu/eli/ontology#": {"LegalExpression"},
}


def terms(core: Graph, *kinds: URIRef) -> list[URIRef]:
    """The terms of Comity's own namespace, of these kinds or of any."""
    return sorted(
        {
            subject
            for kind in kinds or KINDS
            for subject in core.subjects(RDF.type, kind)
            if isinstance(subject, URIRef) and subject in COMITY
        }
    )


def texts(core: Graph, term: URIRef, predicate: URIRef, language: str) -> list[str]:
    """The values of a property of a term in one language."""
    return [
        str(value)
        for value in core.objects(term, predicate)
        if isinstance(value, Literal) and value.language == language
    ]


def above(core: Graph, term: URIRef, predicate: URIRef) -> set[URIRef]:
    """Everything over a term, itself left out unless there is a circle."""
    return {
        over
        for parent in core.objects(term, predicate)
        for over in core.transitive_objects(parent, predicate)
        if isinstance(over, URIRef)
    }


@pytest.mark.parametrize("name", MINE)
def test_two_parsers_read_the_same(name: str) -> None:
    """rdflib and Oxigraph read the same number of triples from every file."""
    path = ONTOLOGY / name
    quads = set(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE))
    assert len(Graph().parse(path)) == len(quads) > 0


@pytest.mark.parametrize("name", MINE)
def test_no_blank_nodes(name: str) -> None:
    """Every node has an IRI."""
    graph = Graph().parse(ONTOLOGY / name)
    assert not [node for triple in graph for node in triple if isinstance(node, BNode)]


@pytest.mark.parametrize("name", MINE)
def test_one_fact_a_line(name: str) -> None:
    """Each line of Turtle states one fact, so that a change is a change of one line."""
    lines = (ONTOLOGY / name).read_text(encoding="utf-8").splitlines()
    facts = [line for line in lines if line and not line.startswith(("#", "@prefix"))]
    assert len(facts) == len(Graph().parse(ONTOLOGY / name))
    assert all(line.endswith((" ;", " .")) for line in facts)


@pytest.mark.parametrize("name", MINE)
def test_no_unused_prefix(name: str) -> None:
    """Every prefix that a file declares is used in it, and no line ends in white space."""
    text = (ONTOLOGY / name).read_text(encoding="utf-8")
    body = "\n".join(line for line in text.splitlines() if not line.startswith(("@prefix", "#")))
    body = re.sub(r'"(?:[^"\\]|\\.)*"', "", body)
    declared = re.findall(r"^@prefix ([\w-]+):", text, re.MULTILINE)
    assert [p for p in declared if not re.search(rf"(?<![\w-]){p}:", body)] == []
    assert not re.search(r"[ \t]$", text, re.MULTILINE)


def test_every_term_has_one_kind(core: Graph) -> None:
    """A term is a class or one kind of property, and nothing stands in the namespace untyped."""
    kinds = Counter(term for kind in KINDS for term in set(core.subjects(RDF.type, kind)))
    own = {node for triple in core for node in triple if isinstance(node, URIRef)}
    own = {node for node in own if node in COMITY and node != URIRef(str(COMITY))}
    assert own == set(terms(core))
    assert [term for term in own if kinds[term] != 1] == []


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_term_has_one_label_a_language(core: Graph, language: str) -> None:
    """A term has exactly one label in English and one in simplified Chinese."""
    found = {term: texts(core, term, RDFS.label, language) for term in terms(core)}
    assert [term for term, labels in found.items() if len(labels) != 1] == []


@pytest.mark.parametrize("predicate", [SKOS.definition, SKOS.example])
def test_every_term_is_explained(core: Graph, predicate: URIRef) -> None:
    """A term has exactly one definition and one example in English, in full sentences."""
    for term in terms(core):
        (text,) = texts(core, term, predicate, "en")
        assert text.endswith(".") and len(text.split()) > 1, term


def test_every_term_is_defined_by_the_ontology(core: Graph) -> None:
    """rdfs:isDefinedBy names the ontology."""
    found = {term: list(core.objects(term, RDFS.isDefinedBy)) for term in terms(core)}
    assert [term for term, by in found.items() if by != [HEADER]] == []


def test_definitions_differ(core: Graph) -> None:
    """No two terms share a definition, and none repeats its label only."""
    found = Counter(texts(core, term, SKOS.definition, "en")[0] for term in terms(core))
    assert [text for text, times in found.items() if times > 1] == []


def test_labels_differ_within_a_kind(core: Graph) -> None:
    """No two classes and no two properties have the same label in one language."""
    for kinds in (KINDS[:1], KINDS[1:]):
        labels = Counter(
            label for term in terms(core, *kinds) for label in core.objects(term, RDFS.label)
        )
        assert [label for label, times in labels.items() if times > 1] == []


def test_names_are_cased_by_kind(core: Graph) -> None:
    """Classes begin with a capital, properties with a small letter; no word is parted by marks."""
    for term in terms(core):
        name = term.removeprefix(str(COMITY))
        is_class = (term, RDF.type, OWL.Class) in core
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", name), name
        assert name[0].isupper() is is_class, name


def test_no_domain(core: Graph) -> None:
    """rdfs:domain is not used: inference from it would type the wrong node."""
    assert not list(core.subject_objects(RDFS.domain))


def test_range_for_literals_and_concepts_only(core: Graph) -> None:
    """rdfs:range is a datatype for data properties and skos:Concept for the others."""
    for term, value in core.subject_objects(RDFS.range):
        if (term, RDF.type, OWL.DatatypeProperty) in core:
            assert value == RDFS.Literal or value in XSD, term
        else:
            assert value == SKOS.Concept, term


def test_every_property_says_where_it_is_used(core: Graph) -> None:
    """A property names classes it is meant for, and what its values are."""
    for term in terms(core, *KINDS[1:]):
        assert list(core.objects(term, SCHEMA.domainIncludes)), term
        assert list(core.objects(term, SCHEMA.rangeIncludes)), term


def test_every_class_is_connected(core: Graph) -> None:
    """A class is where a property starts or ends, or a kind of such a class."""
    ends = (SCHEMA.domainIncludes, SCHEMA.rangeIncludes)
    used = {value for predicate in ends for value in core.objects(None, predicate)}
    lone = [
        term
        for term in terms(core, OWL.Class)
        if not ({term} | above(core, term, RDFS.subClassOf)) & used
    ]
    assert lone == []


def test_data_properties_have_datatypes_and_object_properties_classes(core: Graph) -> None:
    """schema:rangeIncludes gives datatypes to data properties and classes to object properties."""
    for term, value in core.subject_objects(SCHEMA.rangeIncludes):
        is_datatype = value in XSD or value == RDF.langString
        if (term, RDF.type, OWL.DatatypeProperty) in core:
            assert is_datatype, term
        elif (term, RDF.type, OWL.ObjectProperty) in core:
            assert not is_datatype, term


@pytest.mark.parametrize("predicate", [RDFS.subClassOf, RDFS.subPropertyOf])
def test_hierarchies_have_no_circles(core: Graph, predicate: URIRef) -> None:
    """No class is above itself, and no property."""
    assert [term for term in terms(core) if term in above(core, term, predicate)] == []


def test_disjoint_classes_share_no_class(core: Graph) -> None:
    """No class is below two classes that are disjoint."""
    for left, right in core.subject_objects(OWL.disjointWith):
        for term in terms(core, OWL.Class):
            assert not {left, right} <= {term} | above(core, term, RDFS.subClassOf), term


def test_no_identity_claims(core: Graph) -> None:
    """The core claims no sameAs, no equivalent class or property, and imports nothing."""
    for predicate in (OWL.sameAs, OWL.equivalentClass, OWL.equivalentProperty, OWL.imports):
        assert not list(core.subject_objects(predicate)), predicate


def test_terms_stand_in_order(core: Graph) -> None:
    """Within its kind, every term stands in alphabetical order in the file."""
    text = (ONTOLOGY / "comity.ttl").read_text(encoding="utf-8")
    for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty"):
        names = [n.casefold() for n in re.findall(rf"^comity:(\w+) a owl:{kind} ;", text, re.M)]
        assert names
        assert [pair for pair in pairwise(names) if pair[0] > pair[1]] == []


def test_reused_terms_exist(core: Graph) -> None:
    """Every term of another vocabulary is one that this vocabulary publishes."""
    lists = {str(v._NS): v for v in (getattr(published, name) for name in SHIPPED)}
    missing = []
    for node in {str(node) for triple in core for node in triple if isinstance(node, URIRef)}:
        if node.startswith(("https://w3id.org/comity/", "https://creativecommons.org/")):
            continue
        head = next((h for h in (*lists, *UNSHIPPED) if node.startswith(h)), "")
        name = node.removeprefix(head)
        if name not in UNSHIPPED.get(head, ()) and not (head in lists and name in lists[head]):
            missing.append(node)
    assert missing == []


def test_reused_classes_and_properties_are_declared(core: Graph) -> None:
    """Whatever is used as superclass, superproperty or type of a term is declared in the file."""
    used = {
        value
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf)
        for value in core.objects(None, predicate)
    }
    assert [node for node in used if not set(core.objects(node, RDF.type)) & set(KINDS)] == []


@pytest.mark.parametrize(
    ("predicate", "kind"),
    [
        (DCTERMS.title, Literal),
        (DCTERMS.description, Literal),
        (DCTERMS.creator, URIRef),
        (DCTERMS.publisher, URIRef),
        (DCTERMS.license, URIRef),
        (DCTERMS.created, Literal),
        (DCTERMS.issued, Literal),
        (DCTERMS.modified, Literal),
        (DCTERMS.bibliographicCitation, Literal),
        (URIRef("http://purl.org/ontology/bibo/status"), URIRef),
        (OWL.versionIRI, URIRef),
        (OWL.versionInfo, Literal),
        (VANN.preferredNamespacePrefix, Literal),
        (VANN.preferredNamespaceUri, Literal),
    ],
)
def test_header_is_complete(core: Graph, predicate: URIRef, kind: type) -> None:
    """The header has every field that a catalogue asks for, IRIs where IRIs are due."""
    values = list(core.objects(HEADER, predicate))
    assert values and all(isinstance(value, kind) for value in values)


def test_header_agrees_with_itself(core: Graph) -> None:
    """Version IRI, version, citation, prefix and namespace of the header tell the same."""
    version = str(core.value(HEADER, OWL.versionInfo))
    assert core.value(HEADER, OWL.versionIRI) == URIRef(f"{HEADER}/{version}")
    assert version in str(core.value(HEADER, DCTERMS.bibliographicCitation))
    assert str(core.value(HEADER, VANN.preferredNamespaceUri)) == str(COMITY)
    assert str(core.value(HEADER, VANN.preferredNamespacePrefix)) == "comity"
    created, issued, modified = (
        core.value(HEADER, p).toPython()  # type: ignore[union-attr]
        for p in (DCTERMS.created, DCTERMS.issued, DCTERMS.modified)
    )
    assert created <= issued <= modified


def test_creator_is_described(core: Graph) -> None:
    """Creator and publisher are named in the file itself."""
    for predicate in (DCTERMS.creator, DCTERMS.publisher):
        for agent in core.objects(HEADER, predicate):
            assert isinstance(agent, URIRef)
            assert texts(core, agent, RDFS.label, "en")


def test_kinds_of_actor_are_classes(core: Graph) -> None:
    """Every kind of actor that the model knows is a class below comity:Actor, and no other is."""
    below = {str(term) for term in core.subjects(RDFS.subClassOf, COMITY.Actor)}
    assert below == {str(COMITY[kind]) for kind in get_args(ActorKind)} - {str(COMITY.Actor)}


def test_shortcuts_name_their_path(core: Graph) -> None:
    """A shortcut says which property path it stands for, in terms that exist."""
    own = {str(term) for term in terms(core, OWL.ObjectProperty)}
    paths = {term: str(path) for term, path in core.subject_objects(COMITY.path)}
    shortcuts = ("undertakes", "targets", "engagesIn", "cooperatesWith")
    assert set(paths) == {COMITY[name] for name in shortcuts}
    for path in paths.values():
        steps = [re.fullmatch(r"\^?comity:(\w+)", step) for step in path.split("/")]
        assert all(step and str(COMITY[step[1]]) in own for step in steps), path


def test_values_come_from_schemes_that_exist(core: Graph) -> None:
    """comity:valuesFrom names one of the eight schemes, and each is named at least once."""
    named = {str(value) for value in core.objects(None, COMITY.valuesFrom)}
    assert named == {f"https://w3id.org/comity/{scheme}" for scheme in SCHEMES}


@pytest.mark.parametrize("folder", ["ontology/vocabulary", "ontology/alignment", "shapes"])
def test_every_term_in_use_is_defined(core: Graph, folder: str) -> None:
    """Vocabulary, alignments and shapes use no term of the namespace that the ontology lacks."""
    known = set(terms(core))
    unknown = {
        (path.name, str(node))
        for path in sorted((ROOT / folder).glob("*.ttl"))
        for triple in Graph().parse(path)
        for node in triple
        if isinstance(node, URIRef) and node in COMITY and node not in known
    }
    assert unknown == set()


def test_every_term_is_in_the_changes(core: Graph) -> None:
    """ontology/CHANGELOG.md names every term in the version that added it, newest first."""
    text = (ONTOLOGY / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\d+\.\d+\.\d+), \d{4}-\d\d-\d\d$", text, re.MULTILINE)
    assert versions[0] == str(core.value(HEADER, OWL.versionInfo))
    assert URIRef(f"{HEADER}/{versions[1]}") == core.value(HEADER, OWL.priorVersion)
    named = set(re.findall(r"`(?:comity:)?(\w+)`", text))
    assert {term.removeprefix(str(COMITY)) for term in terms(core)} - named == set()


@pytest.mark.parametrize("scheme", [*SCHEMES, "actors-organizations"])
def test_versions_agree(core: Graph, scheme: str) -> None:
    """Ontology and vocabularies are published together, under one version."""
    graph = Graph().parse(ONTOLOGY / "vocabulary" / f"{scheme}.ttl")
    (version,) = set(graph.objects(None, OWL.versionInfo))
    assert version == core.value(HEADER, OWL.versionInfo)


def test_terms_never_vanish(core: Graph) -> None:
    """Every term of every version before is still a term of its kind, if only deprecated."""
    versions = sorted((ONTOLOGY / "versions").glob("comity-*.ttl"))
    kept = {URIRef(f"{HEADER}/{file.stem.removeprefix('comity-')}") for file in versions}
    assert core.value(HEADER, OWL.priorVersion) in kept
    for file in versions:
        before = Graph().parse(file)
        for kind in KINDS:
            assert set(terms(before, kind)) <= set(terms(core, kind)), file.name
