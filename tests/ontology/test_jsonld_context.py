"""The JSON-LD context: every term under its own name, codes instead of IRIs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import OWL, RDF

from comity.model import SCHEMES
from comity.rdf import vocabulary

ONTOLOGY = Path(__file__).parents[2] / "ontology"
COMITY = Namespace("https://w3id.org/comity/ontology#")
ID = "https://w3id.org/comity/id/"
OA = "http://www.w3.org/ns/oa#"
XSD = "http://www.w3.org/2001/XMLSchema#"

STATEMENT: dict[str, Any] = {
    "id": ID + "statement-1",
    "type": "Statement",
    "action": "step up",
    "actionText": {"en": "will step up"},
    "actor": ["CHN", ID + "actor-1"],
    "confidence": "0.91",
    "measure": {
        "id": "https://w3id.org/comity/measure/enforcement.strengthen.border-measures",
        "type": "Measure",
        "direction": "strengthen",
        "measureType": "enforcement",
        "targetArea": "border-measures",
    },
    "mention": {"id": ID + "mention-1", "type": "Mention", "start": 3, "end": 8},
    "modality": "commitment",
    "negated": False,
    "principle": {"en": ["in accordance with the law", "step by step"]},
    "statedOn": {"@value": "2019-04", "@type": "xsd:gYearMonth"},
    "evidence": {
        "id": ID + "evidence-1",
        "type": "SpecificResource",
        "hasSelector": {
            "id": ID + "position-1",
            "type": "TextPositionSelector",
            "start": 0,
            "end": 9,
        },
    },
}


def context() -> dict[str, Any]:
    """The published context."""
    text = (ONTOLOGY / "context.jsonld").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)["@context"]
    return read


def triples(node: dict[str, Any]) -> set[tuple[str, str, str]]:
    """What Oxigraph reads from a JSON-LD node under the context."""
    text = json.dumps({"@context": context(), **node})
    quads = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.JSON_LD)
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}


def test_context_is_json_ld_1_1() -> None:
    """The context asks for JSON-LD 1.1, whose scoped contexts it uses."""
    assert context()["@version"] == 1.1


def test_every_term_is_mapped(core: Graph) -> None:
    """Each class and property of the ontology is a term of the context, under its own name."""
    names = {
        str(term).removeprefix(str(COMITY))
        for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
        for term in core.subjects(RDF.type, kind)
        if isinstance(term, URIRef) and term in COMITY
    }
    found = context()
    mapped = {
        name: value if isinstance(value, str) else value["@id"]
        for name, value in found.items()
        if name != "@version"
    }
    assert {name: mapped.get(name) for name in names} == {name: f"comity:{name}" for name in names}


def test_context_maps_nothing_else_into_the_namespace(core: Graph) -> None:
    """No term of the context stands for a term that the ontology lacks."""
    for name, value in context().items():
        iri = (
            value if isinstance(value, str) else value.get("@id", "") if name != "@version" else ""
        )
        if iri.startswith("comity:"):
            assert (COMITY[iri.removeprefix("comity:")], RDF.type, None) in core, name


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        ("statement-1", str(COMITY.modality), "<https://w3id.org/comity/modality/commitment>"),
        ("statement-1", str(COMITY.actor), "<https://w3id.org/comity/actor/CHN>"),
        ("statement-1", str(COMITY.actor), f"<{ID}actor-1>"),
        ("statement-1", str(COMITY.confidence), f'"0.91"^^<{XSD}decimal>'),
        ("statement-1", str(COMITY.negated), f'"false"^^<{XSD}boolean>'),
        ("statement-1", str(COMITY.actionText), '"will step up"@en'),
        ("statement-1", str(COMITY.principle), '"step by step"@en'),
        ("statement-1", str(COMITY.statedOn), f'"2019-04"^^<{XSD}gYearMonth>'),
        ("mention-1", str(COMITY.start), f'"3"^^<{XSD}integer>'),
        ("position-1", OA + "end", f'"9"^^<{XSD}nonNegativeInteger>'),
    ],
)
def test_codes_and_numbers_are_read_as_meant(subject: str, predicate: str, value: str) -> None:
    """Codes become IRIs of their scheme, literals get the datatype that the data has."""
    assert (f"<{ID}{subject}>", f"<{predicate}>", value) in triples(STATEMENT)


def test_measure_is_read_by_its_codes() -> None:
    """A measure inside a statement takes its three codes from their three schemes."""
    found = {(p, o) for s, p, o in triples(STATEMENT) if "/measure/" in s}
    assert (f"<{COMITY.direction}>", "<https://w3id.org/comity/direction/strengthen>") in found
    assert (
        f"<{COMITY.measureType}>",
        "<https://w3id.org/comity/measure-type/enforcement>",
    ) in found
    assert (f"<{COMITY.targetArea}>", "<https://w3id.org/comity/area/border-measures>") in found


def test_two_parsers_agree() -> None:
    """rdflib and Oxigraph read the same triples from the same JSON-LD."""
    text = json.dumps({"@context": context(), **STATEMENT})
    lines = Graph().parse(data=text, format="json-ld").serialize(format="nt")
    quads = pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert {(str(q.subject), str(q.predicate), str(q.object)) for q in quads} == triples(STATEMENT)


def test_no_code_is_a_term() -> None:
    """No code or actor id is a term of the context: it would be read as that term."""
    files = sorted((ONTOLOGY / "vocabulary").glob("*.ttl"))
    read = vocabulary.read(files)
    names = {code for _, code in read.concepts} | set(read.actors)
    assert {scheme for scheme, _ in read.concepts} == set(SCHEMES)
    assert names & set(context()) == set()
