"""What OWL tools say: the profile of the ontology, and the consistency of all that we ship.

HermiT and the OWL API come with owlready2 as Java archives, and run inside the tests. HermiT is
a complete reasoner for OWL 2 DL (Glimm et al. 2014, https://doi.org/10.1007/s10817-014-9305-1).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jpype
import owlready2
import pytest
from rdflib import OWL, RDF, RDFS, Dataset, Graph, Namespace
from tests.example_graph import quads

ONTOLOGY = Path(__file__).parents[2] / "ontology"
COMITY = Namespace("https://w3id.org/comity/ontology#")
ACTOR = Namespace("https://w3id.org/comity/actor/")
CHECKS = "org.semanticweb"


@pytest.fixture(scope="module", autouse=True)
def java() -> None:
    """The Java machine, with HermiT and the OWL API."""
    if jpype.isJVMStarted():
        return
    try:
        machine = jpype.getDefaultJVMPath()
    except jpype.JVMNotFoundException:
        pytest.skip("there is no Java: install default-jre-headless, or run make test as root")
    archive = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
    jpype.startJVM(machine, classpath=[str(archive)])


def owl(graph: Graph) -> Any:
    """A graph as the OWL API reads it."""
    manager = jpype.JClass(f"{CHECKS}.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    source = jpype.JClass(f"{CHECKS}.owlapi.io.StringDocumentSource")
    return manager.loadOntologyFromOntologyDocument(source(graph.serialize(format="xml")))


def violations(graph: Graph) -> list[str]:
    """In which ways a graph is outside OWL 2 DL."""
    profile = jpype.JClass(f"{CHECKS}.owlapi.profiles.OWL2DLProfile")()
    return [str(found) for found in profile.checkOntology(owl(graph)).getViolations()]


def unsatisfiable(graph: Graph) -> list[str] | None:
    """The classes that can have no member; None when the graph contradicts itself."""
    settings = jpype.JClass(f"{CHECKS}.HermiT.Configuration")()
    # Days, months and years are no datatypes of OWL 2: HermiT leaves them alone.
    settings.ignoreUnsupportedDatatypes = True
    reasoner = jpype.JClass(f"{CHECKS}.HermiT.Reasoner")(settings, owl(graph))
    if not reasoner.isConsistent():
        return None
    return [str(each) for each in reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom()]


def core() -> Graph:
    """The core ontology."""
    return Graph().parse(ONTOLOGY / "comity.ttl")


def everything() -> Graph:
    """Ontology, vocabularies and the example graph, in one."""
    graph = core()
    for file in sorted((ONTOLOGY / "vocabulary").glob("*.ttl")):
        graph.parse(file)
    data = Dataset(default_union=True)
    data.parse(data=quads(), format="nquads")
    for triple in data.triples((None, None, None)):
        graph.add(triple[:3])
    return graph


def test_the_ontology_is_owl_2_dl() -> None:
    """The core ontology is in the DL profile of OWL 2, so that every reasoner can work on it."""
    assert violations(core()) == []


def test_what_is_outside_the_profile_is_noticed() -> None:
    """A property of two kinds is outside the profile: the check can fail."""
    graph = core()
    graph.add((COMITY.actor, RDF.type, OWL.DatatypeProperty))
    assert violations(graph)


def test_everything_is_consistent() -> None:
    """Ontology, vocabularies and example graph hold together, and every class can have members."""
    assert unsatisfiable(everything()) == []


@pytest.mark.parametrize("kind", ["Person", "Document", "Measure"])
def test_contradictions_are_noticed(kind: str) -> None:
    """A state that is a person, a document or a measure is a contradiction."""
    graph = everything()
    graph.add((ACTOR.CHN, RDF.type, COMITY[kind]))
    assert unsatisfiable(graph) is None


def test_empty_classes_are_noticed() -> None:
    """A class below two that exclude each other can have no member."""
    graph = core()
    graph.add((COMITY.Court, RDFS.subClassOf, COMITY.Person))
    assert unsatisfiable(graph) == [f"<{COMITY.Court}>"]
