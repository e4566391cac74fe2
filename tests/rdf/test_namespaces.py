from __future__ import annotations

import pytest
from hypothesis import given
from tests.strategies import texts

from comity.errors import RecordError, UsageError
from comity.model import SCHEMES
from comity.rdf.namespaces import (
    Namespaces,
    concept_iri,
    is_code,
    local_name,
    measure_iri,
    prefixes,
    scheme_iri,
)
from comity.rdf.terms import iri_term

NAMESPACES = Namespaces("https://example.org/kg/")


def test_iris_of_the_contract() -> None:
    """Every kind of node has the IRI that the documentation promises."""
    said = "statement-3f9c"
    assert [
        Namespaces().node(said),
        Namespaces().actor("CHN"),
        Namespaces().actor("actor-00ff"),
        Namespaces().document_graph("document-12ab"),
        Namespaces().catalogue,
        Namespaces().evidence(said),
        Namespaces().position(said),
        Namespaces().quote(said),
        Namespaces().mention(said, 1),
        measure_iri("enforcement", "strengthen", "border-measures"),
        measure_iri("dialogue", "introduce", None),
        concept_iri("measure-type", "dialogue"),
        scheme_iri("area"),
    ] == [
        "https://w3id.org/comity/id/statement-3f9c",
        "https://w3id.org/comity/actor/CHN",
        "https://w3id.org/comity/id/actor-00ff",
        "https://w3id.org/comity/id/graph-12ab",
        "https://w3id.org/comity/id/catalogue",
        "https://w3id.org/comity/id/evidence-3f9c",
        "https://w3id.org/comity/id/position-3f9c",
        "https://w3id.org/comity/id/quote-3f9c",
        "https://w3id.org/comity/id/mention-3f9c-01",
        "https://w3id.org/comity/measure/enforcement.strengthen.border-measures",
        "https://w3id.org/comity/measure/dialogue.introduce",
        "https://w3id.org/comity/measure-type/dialogue",
        "https://w3id.org/comity/area",
    ]


@given(texts())
def test_any_identifier_makes_a_legal_iri(identifier: str) -> None:
    """Any identifier makes a legal IRI, flat under its namespace, and is read back from it."""
    if identifier in (".", ".."):
        return
    iri = NAMESPACES.node(identifier)
    assert "/" not in iri.removeprefix(NAMESPACES.base)
    assert iri_term(iri)
    assert NAMESPACES.local(iri) == identifier


@pytest.mark.parametrize("identifier", ["", ".", "..", "\ud800"])
def test_impossible_identifiers_are_refused(identifier: str) -> None:
    """An identifier that no IRI can keep is refused."""
    with pytest.raises(RecordError):
        local_name(identifier)


@pytest.mark.parametrize(
    "base",
    [
        "",
        "example.org/",
        "https://example.org/id",
        "https://example.org/#",
        "https://example.org/?a=/",
        "https://exa mple.org/",
        "https://example.org/<a>/",
    ],
)
def test_unusable_bases_are_refused(base: str) -> None:
    """A base is an absolute IRI that ends in a slash."""
    with pytest.raises(UsageError):
        Namespaces(base)


@pytest.mark.parametrize("local", ["", "actor/", "area/", "measure/"])
def test_data_do_not_live_in_the_vocabulary(local: str) -> None:
    """A base that is a namespace of the vocabulary is refused: data would pass for terms."""
    with pytest.raises(UsageError, match="vocabulary"):
        Namespaces(f"https://w3id.org/comity/{local}")


@pytest.mark.parametrize("identifier", ["event-ab", "statement", "statement-a-b", "statement-"])
def test_parts_belong_to_statements(identifier: str) -> None:
    """Only a statement's own id names its parts, so that no two statements share one."""
    with pytest.raises(RecordError, match="id of a statement"):
        NAMESPACES.evidence(identifier)


@pytest.mark.parametrize("code", ["a.b", "", "a b", "-a", "a-", "é", "a/b"])
def test_codes_keep_measures_apart(code: str) -> None:
    """A code holds no dot, so that the codes of two measures never run together."""
    assert not is_code(code)
    with pytest.raises(RecordError, match="no code"):
        measure_iri(code, "introduce", None)


def test_prefixes_begin_with_the_projects_own() -> None:
    """Prefixes come in a fixed order: Comity's, the data's, then the borrowed ones."""
    names = list(prefixes("https://example.org/kg/"))
    assert names[:12] == ["comity", *SCHEMES, "actor", "measure", "id"]
    assert prefixes("https://example.org/kg/")["id"] == "https://example.org/kg/"
