"""PROV: from a file of the release back to the texts, each step by its hash."""

from __future__ import annotations

from pathlib import Path

import pytest
from described import Described, describe

from comity import KnowledgeGraph
from comity.identifiers import digest
from comity.publish.release import make_release
from comity.review.corrections import append_correction, decide
from comity.version import __version__

URL = "https://example.org/ip/2026.11/"
VERSION = "https://w3id.org/comity/id/dataset-2026.11"
HASH = "spdx:checksum/spdx:checksumValue"


@pytest.fixture(scope="module")
def written(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Described:
    """A release of the hand-coded corpus."""
    release = make_release("2026.11", graph.namespaces, url=URL, quotes="full")
    return describe(graph, release, tmp_path_factory.mktemp("prov") / "room")


def test_every_file_leads_back_to_the_texts(written: Described) -> None:
    """File, data set, what was built, documents: an unbroken chain to every text by its hash."""
    found = written.ask(
        """SELECT DISTINCT ?file ?hash WHERE {
          ?file a prov:Entity ; prov:specializationOf/prov:wasDerivedFrom+ ?document .
          ?document comity:textSha256 ?hash }""",
        "prov.ttl",
    )
    inputs = {each["sha256"] for each in written.content.graph.manifest["inputs"]}
    files = {file for file, _ in found}
    wanted = {
        written.release.node("distribution", part.name)
        for part in written.parts
        if part.role in ("dump", "table", "edges")
    }
    assert wanted <= files
    for file in files:
        assert {sha256 for each, sha256 in found if each == file} == inputs


def test_documents_are_those_of_the_data(written: Described) -> None:
    """The entities that the build used are the documents of the dump, with the same hash."""
    query = "SELECT ?d ?hash WHERE { ?d comity:textSha256 ?hash }"
    assert sorted(written.ask(query, "prov.ttl")) == sorted(
        written.ask(query, "comity-2026.11.nt.gz")
    )


def test_hashes_are_those_of_the_manifest(written: Described) -> None:
    """The data set as built, as published, and the vocabulary are told by their hashes."""
    manifest = written.content.graph.manifest
    for kind, sha256 in (
        ("built", manifest["canonical_sha256"]),
        ("canonical", written.content.canonical_sha256()),
        ("vocabulary", manifest["settings"]["vocabulary_sha256"]),
    ):
        node = written.release.node(kind)
        found = written.ask(f"SELECT ?h WHERE {{ <{node}> {HASH} ?h }}", "prov.ttl")
        assert found == [(sha256,)]


def test_statements_name_activities_that_are_told(written: Described) -> None:
    """The activity that a statement comes from is a step of the build."""
    rows = written.ask(
        """SELECT DISTINCT ?activity ?build WHERE { ?s a comity:Statement ;
          prov:wasGeneratedBy ?activity . ?build dcterms:hasPart ?activity }""",
        "comity-2026.11.nt.gz",
        "prov.ttl",
    )
    hand = f"https://w3id.org/comity/id/activity-{digest('hand/1')}"
    assert rows == [(hand, written.release.node("build"))]


def test_codings_by_people_are_not_ascribed_to_a_program(written: Described) -> None:
    """What people coded was taken over: no software is named as its author."""
    hand = f"https://w3id.org/comity/id/activity-{digest('hand/1')}"
    assert written.ask(f"SELECT ?a WHERE {{ <{hand}> prov:wasAssociatedWith ?a }}") == []


def test_activities_have_agents_and_plans(written: Described) -> None:
    """Programs with their version, the publisher, the shapes and the policy for quotations."""
    assert written.ask(
        """SELECT DISTINCT ?version WHERE { ?a a prov:Activity ; prov:wasAssociatedWith ?agent .
          ?agent a prov:SoftwareAgent ; schema:softwareVersion ?version }""",
        "prov.ttl",
    ) == [(__version__,)]
    publication = written.release.node("publication")
    agents = written.ask(f"SELECT ?a WHERE {{ <{publication}> prov:wasAssociatedWith ?a }}")
    assert ("https://w3id.org/comity/contributors",) in agents
    plans = written.ask(
        """SELECT ?activity ?plan WHERE {
          ?activity prov:qualifiedAssociation/prov:hadPlan ?plan }""",
        "prov.ttl",
    )
    assert sorted(plans) == [
        (publication, written.release.node("policy")),
        (written.release.node("validation"), "https://w3id.org/comity/shapes"),
    ]
    ((label,),) = written.ask(
        f"SELECT ?l WHERE {{ <{written.release.node('policy')}> rdfs:label ?l }}"
    )
    assert label == "Quotations: full"


def test_all_that_is_referred_to_is_described(written: Described) -> None:
    """No activity, agent, plan or entity is named without being described in the file."""
    loose = written.ask(
        """SELECT DISTINCT ?o WHERE { ?s ?p ?o FILTER(STRSTARTS(STR(?p), STR(prov:)))
          FILTER(ISIRI(?o)) FILTER NOT EXISTS { ?o ?q ?r } }""",
        "prov.ttl",
    )
    assert loose == []


@pytest.mark.parametrize(
    ("issued", "instant"),
    [("2026-11-24", [("2026-11-24T00:00:00Z",)]), ("2026-11", []), ("2026", [])],
)
def test_a_time_is_told_when_the_day_is_known(
    graph: KnowledgeGraph, tmp_path: Path, issued: str, instant: list[tuple[str]]
) -> None:
    """The clock is never asked: the day of issue, or nothing."""
    release = make_release("2026.11", graph.namespaces, issued=issued, url=URL)
    written = describe(graph, release, tmp_path / "room")
    query = "SELECT (STR(?t) AS ?time) WHERE { ?x prov:generatedAtTime ?t }"
    assert written.ask(query, "prov.ttl") == instant


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Described:
    """A release of what the extractor read, with the decision of a person laid over it."""
    room = tmp_path_factory.mktemp("extracted")
    text = room / "note.txt"
    text.write_text("Peru will strengthen the protection of trade secrets.\n", encoding="utf-8")
    first = KnowledgeGraph.build([text], room / "first")
    (statement,), (document,) = first.records(), first.documents()
    file = room / "decided.jsonl"
    append_correction(file, decide("accept", statement, document))
    graph = KnowledgeGraph.build([text], room / "kg", corrections=[file])
    release = make_release("2026.11", graph.namespaces, url=URL, quotes="none", previous="2026.05")
    return describe(graph, release, room / "release")


def test_the_language_model_is_told_by_its_hash(extracted: Described) -> None:
    """Name, version and hash of the model, which extraction used; the extractor is a program."""
    model = extracted.content.graph.manifest["settings"]["model"]
    (found,) = extracted.ask(
        f"""SELECT ?name ?version ?hash ?extractor WHERE {{
          ?activity prov:used ?model ; prov:wasAssociatedWith ?agent .
          ?agent a prov:SoftwareAgent ; dcterms:identifier ?extractor .
          ?model dcterms:identifier ?name ; schema:softwareVersion ?version ; {HASH} ?hash }}""",
        "prov.ttl",
    )
    extractor = extracted.content.graph.manifest["settings"]["extractor"]
    wanted = (model["name"], model["version"], model["sha256"], extractor)
    assert (*found[:2], found[2], found[3]) == wanted


def test_decisions_of_people_are_told_by_the_hash_of_their_file(extracted: Described) -> None:
    """The build used the file of corrections; the name that it had is not told."""
    (correction,) = extracted.content.graph.manifest["corrections"]
    (found,) = extracted.ask(
        f"""SELECT ?label ?hash WHERE {{ <{extracted.release.node("build")}> prov:used ?file .
          ?file rdfs:label ?label ; {HASH} ?hash FILTER(CONTAINS(?label, "decision")) }}""",
        "prov.ttl",
    )
    assert found == ("1 decision of people on statements", correction["sha256"])
    assert "decided.jsonl" not in (extracted.folder / "prov.ttl").read_text(encoding="utf-8")


def test_a_revision_names_what_it_was(extracted: Described) -> None:
    """A release after another is its revision; the policy for quotations is told in words."""
    found = extracted.ask(f"SELECT ?b WHERE {{ <{VERSION}> prov:wasRevisionOf ?b }}", "prov.ttl")
    assert found == [("https://w3id.org/comity/id/dataset-2026.05",)]
    ((comment,),) = extracted.ask(
        f"SELECT ?c WHERE {{ <{extracted.release.node('policy')}> rdfs:comment ?c }}"
    )
    assert comment.startswith("No words of a passage are published")
