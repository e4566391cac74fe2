"""The pitfalls of OOPS! that a machine can tell, and the checks of FOOPS! that need no network.

OOPS! (Poveda-Villalón et al. 2014, https://doi.org/10.4018/ijswis.2014040102) numbers its
pitfalls; FOOPS! (Garijo et al. 2021, https://foops.linkeddata.es) checks how findable, accessible,
interoperable and reusable an ontology is. The ontology profile of the shapes holds most of them;
here stands what shapes cannot say, and the proof that the profile says the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN
from rdflib.term import Node

from comity.check import SHAPES, check_file, load_shapes
from comity.model import SCHEMES

ONTOLOGY = Path(__file__).parents[2] / "ontology"
COMITY = Namespace("https://w3id.org/comity/ontology#")
SCHEMA = Namespace("https://schema.org/")
BIBO = Namespace("http://purl.org/ontology/bibo/")
HEADER = URIRef("https://w3id.org/comity/ontology")
Change = Callable[[Graph], None]


def drop(subject: Node, predicate: Node) -> Change:
    """Takes the values of a property away."""
    return lambda graph: graph.remove((subject, predicate, None)) and None


def put(subject: Node, predicate: Node, value: Node) -> Change:
    """Adds a value."""
    return lambda graph: graph.add((subject, predicate, value)) and None


# Each change makes the ontology fall into the pitfall, or miss the check.
SPOILT: dict[str, tuple[str, Change]] = {
    "P04 a property without values": (
        "OwnProperty-rangeIncludes",
        drop(COMITY.actor, SCHEMA.rangeIncludes),
    ),
    "P08 a term without label": ("Term-label", drop(COMITY.Actor, RDFS.label)),
    "P08 a term without comment": ("Term-comment", drop(COMITY.Actor, RDFS.comment)),
    "P19 a domain": ("Term-domain", put(COMITY.actor, RDFS.domain, COMITY.Statement)),
    "P19 two ranges": ("Term-range", put(COMITY.modality, RDFS.range, COMITY.Actor)),
    "P34 an untyped class": ("OwnClass-type", drop(COMITY.Court, RDF.type)),
    "P35 an untyped property": ("OwnProperty-type", drop(COMITY.actor, RDF.type)),
    "P36 an IRI like a file name": (
        "Term",
        put(URIRef("https://w3id.org/comity/terms.owl#X"), RDF.type, OWL.Class),
    ),
    "P41 no licence": ("Ontology-license", drop(HEADER, DCTERMS.license)),
    "FOOPS title": ("Ontology-title", drop(HEADER, DCTERMS.title)),
    "FOOPS description": ("Ontology-description", drop(HEADER, DCTERMS.description)),
    "FOOPS creator": ("Ontology-creator", drop(HEADER, DCTERMS.creator)),
    "FOOPS publisher": ("Ontology-publisher", drop(HEADER, DCTERMS.publisher)),
    "FOOPS created": ("Ontology-created", drop(HEADER, DCTERMS.created)),
    "FOOPS issued": ("Ontology-issued", drop(HEADER, DCTERMS.issued)),
    "FOOPS version IRI": ("Ontology-versionIRI", drop(HEADER, OWL.versionIRI)),
    "FOOPS version": ("Ontology-versionInfo", drop(HEADER, OWL.versionInfo)),
    "FOOPS citation": ("Ontology-citation", drop(HEADER, DCTERMS.bibliographicCitation)),
    "FOOPS status": ("Ontology-status", drop(HEADER, BIBO.status)),
    "FOOPS prefix": ("Ontology-prefix", drop(HEADER, VANN.preferredNamespacePrefix)),
    "FOOPS namespace": ("Ontology-namespace", drop(HEADER, VANN.preferredNamespaceUri)),
    "FOOPS definitions": ("Own-definition", drop(COMITY.Court, SKOS.definition)),
    "FOOPS terms defined by": ("Own-isDefinedBy", drop(COMITY.Court, RDFS.isDefinedBy)),
}


def speaking(graph: Graph, folder: Path) -> set[str]:
    """The shapes of the ontology profile that a graph breaks, on its own."""
    file = folder / "graph.nt"
    file.write_text(graph.serialize(format="nt"), encoding="utf-8")
    found, _ = check_file(file, load_shapes([ONTOLOGY.parent / "shapes" / "ontology.ttl"]))
    return {violation.shape.removeprefix(SHAPES) for violation in found}


@pytest.mark.parametrize("name", SPOILT)
def test_the_profile_notices(name: str, tmp_path: Path) -> None:
    """The ontology does not break the shape; with the pitfall put into it, it does."""
    shape, change = SPOILT[name]
    graph = Graph().parse(ONTOLOGY / "comity.ttl")
    assert shape not in speaking(graph, tmp_path)
    change(graph)
    assert shape in speaking(graph, tmp_path)


@pytest.mark.parametrize("predicate", [RDFS.subClassOf, RDFS.subPropertyOf])
def test_p06_no_circles(core: Graph, predicate: URIRef) -> None:
    """P06: no term is above itself."""
    for term in set(core.subjects(predicate, None)):
        for above in core.objects(term, predicate):
            assert term not in set(core.transitive_objects(above, predicate)), term


def test_p24_no_term_defines_itself(core: Graph) -> None:
    """P24: no axiom has a term on both its sides."""
    axioms = (RDFS.subClassOf, RDFS.subPropertyOf, OWL.disjointWith, OWL.inverseOf)
    assert [s for predicate in axioms for s, o in core.subject_objects(predicate) if s == o] == []


def test_p32_no_two_classes_are_called_alike(core: Graph) -> None:
    """P32: no two classes of ours bear one label in one language."""
    labels = [
        label
        for term in core.subjects(RDF.type, OWL.Class)
        if term in COMITY
        for label in core.objects(term, RDFS.label)
    ]
    assert len(labels) == len(set(labels))


def test_p38_one_ontology_is_declared(core: Graph) -> None:
    """P38: the file declares exactly one ontology."""
    assert list(core.subjects(RDF.type, OWL.Ontology)) == [HEADER]


def test_p39_the_namespace_is_plain() -> None:
    """P39: every IRI is written in full or with a declared prefix: none hangs on a base."""
    text = (ONTOLOGY / "comity.ttl").read_text(encoding="utf-8")
    assert "@base" not in text
    assert not [part for part in text.split("<")[1:] if "://" not in part.split(">")[0]]


def test_p40_no_foreign_namespace_is_extended(core: Graph) -> None:
    """P40: whatever is defined here is in our namespace; foreign terms are only declared."""
    schemes = {URIRef(f"https://w3id.org/comity/{scheme}") for scheme in SCHEMES}
    for term in set(core.subjects(SKOS.definition, None)) | set(core.subjects(RDFS.isDefinedBy)):
        assert term in COMITY
    foreign = {s for s in core.subjects() if s not in COMITY} - schemes
    allowed = {RDF.type, RDFS.label, RDFS.comment}
    for term in foreign - {HEADER, URIRef("https://w3id.org/comity/contributors")}:
        assert set(core.predicates(term)) <= allowed, term
        assert all(isinstance(o, Literal) for o in core.objects(term, RDFS.label))


def test_definition_and_comment_agree(core: Graph) -> None:
    """What tools show as comment is the definition."""
    for term in core.subjects(SKOS.definition):
        assert core.value(term, RDFS.comment) == core.value(term, SKOS.definition), term
