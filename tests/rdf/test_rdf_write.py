from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from pyoxigraph import Dataset, Quad, RdfFormat, parse, serialize
from tests.strategies import VOCABULARY, corpora, documents

from comity.errors import RecordError
from comity.identifiers import candidate_id
from comity.model import (
    Actor,
    Concept,
    Document,
    Event,
    Label,
    Mention,
    Statement,
    Vocabulary,
)
from comity.rdf.catalogue import measure_labels
from comity.rdf.namespaces import Namespaces
from comity.rdf.resolve import event_identifier
from comity.rdf.terms import Triple
from comity.rdf.turtle import serialize as turtle
from comity.rdf.vocabulary import load
from comity.rdf.write import (
    CONTEXT,
    catalogue_triples,
    document_triples,
    gzip_bytes,
    gzip_writer,
    nquads,
    statement_triples,
)

NAMESPACES = Namespaces()
TEXT = "China will strengthen the protection of trade secrets with its partners."
DOCUMENT = Document(
    id="document-12ab",
    sha256="12ab" * 16,
    text=TEXT,
    title="A speech",
    type="speech",
    bindingness="political",
    date="2019-04-26",
    language="en",
    event="Seed Forum",
    place="Beijing",
)
STATEMENT = Statement(
    id="statement-3f9c",
    document=DOCUMENT.id,
    start=11,
    end=53,
    quote=TEXT[11:53],
    actors=(Mention("China", "CHN", 0, 5),),
    speaker=Mention("Xi", "xi-jinping", on_behalf_of="CHN"),
    action="strengthen",
    action_text="strengthen",
    object="the protection of trade secrets",
    measure_type="enforcement",
    direction="strengthen",
    areas=("border-measures", "trade-secrets"),
    modality="commitment",
    counterparts=(Mention("its partners", candidate_id("partners")),),
    conditions=("in due course",),
    deadline="--04-26",
    date="2019-04-26",
    event="Seed Forum",
    confidence=0.5,
    extractor="english/1",
)
GRAPH = """\
id:document-12ab a comity:Document ;
    dcterms:issued "2019-04-26"^^xsd:date ;
    dcterms:language "en" ;
    dcterms:title "A speech"@en ;
    comity:bindingness bindingness:political ;
    comity:documentType document-type:speech ;
    comity:place "Beijing" ;
    comity:statedAt id:event-cd1ab5ed9a7c6ad7a7d1 ;
    comity:textSha256 "12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab" ;
    .

id:evidence-3f9c a oa:SpecificResource ;
    oa:hasSelector id:position-3f9c ;
    oa:hasSelector id:quote-3f9c ;
    oa:hasSource id:document-12ab ;
    .

id:mention-3f9c-00 a comity:Mention ;
    comity:end 5 ;
    comity:mentionText "China"@en ;
    comity:mentionedActor actor:CHN ;
    comity:role "actor" ;
    comity:start 0 ;
    .

id:mention-3f9c-01 a comity:Mention ;
    comity:mentionText "Xi"@en ;
    comity:mentionedActor actor:xi-jinping ;
    comity:role "speaker" ;
    .

id:mention-3f9c-02 a comity:Mention ;
    comity:mentionText "its partners"@en ;
    comity:mentionedActor id:CANDIDATE ;
    comity:role "counterpart" ;
    .

id:position-3f9c a oa:TextPositionSelector ;
    oa:end "53"^^xsd:nonNegativeInteger ;
    oa:start "11"^^xsd:nonNegativeInteger ;
    .

id:quote-3f9c a oa:TextQuoteSelector ;
    oa:exact "strengthen the protection of trade secrets" ;
    oa:prefix "China will " ;
    oa:suffix " with its partners." ;
    .

id:statement-3f9c a comity:Statement ;
    prov:wasGeneratedBy id:activity-a40e7f149f31123fe123 ;
    comity:action "strengthen" ;
    comity:actionText "strengthen"@en ;
    comity:actor actor:CHN ;
    comity:bindingness bindingness:political ;
    comity:condition "in due course"@en ;
    comity:confidence 0.5 ;
    comity:counterpart id:CANDIDATE ;
    comity:deadline "--04-26"^^xsd:gMonthDay ;
    comity:evidence id:evidence-3f9c ;
    comity:measure measure:enforcement.strengthen.border-measures ;
    comity:measure measure:enforcement.strengthen.trade-secrets ;
    comity:mention id:mention-3f9c-00 ;
    comity:mention id:mention-3f9c-01 ;
    comity:mention id:mention-3f9c-02 ;
    comity:modality modality:commitment ;
    comity:negated false ;
    comity:objectText "the protection of trade secrets"@en ;
    comity:onBehalfOf actor:CHN ;
    comity:reviewStatus review-status:unreviewed ;
    comity:speaker actor:xi-jinping ;
    comity:statedAt id:event-cd1ab5ed9a7c6ad7a7d1 ;
    comity:statedIn id:document-12ab ;
    comity:statedOn "2019-04-26"^^xsd:date ;
    .
""".replace("CANDIDATE", candidate_id("partners")).replace(
    "event-cd1ab5ed9a7c6ad7a7d1", event_identifier("Seed Forum", "2019-04-26")
)
Corpus = tuple[Sequence[Document], Sequence[Statement]]


def written(*statements: Statement, document: Document = DOCUMENT) -> list[Triple]:
    """The graph of a document with these statements."""
    return document_triples(document, statements, VOCABULARY, NAMESPACES)


def body(triples: list[Triple]) -> str:
    """Turtle without its prefixes."""
    return turtle(triples, NAMESPACES.prefixes()).split("\n\n", 1)[1]


def catalogue(statement: Statement = STATEMENT, candidates: dict[str, Actor] | None = None) -> str:
    """The Turtle of the catalogue of one statement, without its prefixes."""
    return body(catalogue_triples([statement], [DOCUMENT], VOCABULARY, NAMESPACES, candidates))


def test_a_statement_in_its_graph() -> None:
    """A document's graph holds its header and its statements, as the documentation shows."""
    assert body(written(STATEMENT)) == GRAPH


def test_the_graph_is_made_of_its_statements() -> None:
    """A statement's own triples are those that the document's graph holds of it."""
    alone = statement_triples(STATEMENT, DOCUMENT, VOCABULARY, NAMESPACES)
    assert sorted([*alone, *written()]) == written(STATEMENT)


@settings(deadline=None)
@given(corpora())
def test_lines_are_canonical(corpus: Corpus) -> None:
    """N-Quads are sorted, distinct, and the bytes that the engine itself would write."""
    found, said = corpus
    triples = catalogue_triples(said, found, VOCABULARY, NAMESPACES)
    for document in found:
        own = [each for each in said if each.document == document.id]
        triples += document_triples(document, own, VOCABULARY, NAMESPACES)
    lines = list(nquads(triples, NAMESPACES.catalogue))
    quads: list[Quad] = list(parse("".join(lines).encode(), format=RdfFormat.N_QUADS))
    engine = serialize(Dataset(quads), format=RdfFormat.N_QUADS)
    assert engine is not None
    assert lines == sorted({f"{line}\n" for line in engine.decode().split("\n") if line})


@settings(deadline=None, max_examples=30)
@given(corpora())
def test_no_blank_nodes(corpus: Corpus) -> None:
    """Every node has an IRI, so that sorted lines are a canonical form."""
    found, said = corpus
    for document in found:
        own = [each for each in said if each.document == document.id]
        for triple in document_triples(document, own, VOCABULARY, NAMESPACES):
            assert not any(term.startswith("_:") for term in triple)


@settings(deadline=None, max_examples=30)
@given(corpora())
def test_nothing_dangles(corpus: Corpus) -> None:
    """Every node that statements and documents point at is described in some graph."""
    found, said = corpus
    triples = catalogue_triples(said, found, VOCABULARY, NAMESPACES)
    for document in found:
        own = [each for each in said if each.document == document.id]
        triples += document_triples(document, own, VOCABULARY, NAMESPACES)
    described = {subject for subject, _, _ in triples}
    terms = {"comity/ontology#", "ns/oa#", "ns/prov#", "skos/core#"}
    schemes = {f"<https://w3id.org/comity/{name}>" for name, _ in VOCABULARY.concepts}
    for _, _, value in triples:
        if value.startswith("<") and not any(name in value for name in terms):
            assert value in described | schemes


@given(documents(max_size=200))
def test_context_is_the_text_around(document: Document) -> None:
    """Prefix, quotation and suffix are one stretch of the text, as long as the text allows."""
    middle = len(document.text) // 2
    said = Statement("statement-ab", document.id, middle, middle + 1, document.text[middle])
    before = document.text[max(0, middle - CONTEXT) : middle]
    after = document.text[middle + 1 : middle + 1 + CONTEXT]
    predicates = [p.rpartition("#")[2] for _, p, _ in written(said, document=document)]
    assert ("prefix>" in predicates) == bool(before)
    assert ("suffix>" in predicates) == bool(after)


def test_no_area_is_one_measure_without_target() -> None:
    """A statement whose area cannot be told has a measure without a target area."""
    said = replace(STATEMENT, areas=())
    assert "comity:measure measure:enforcement.strengthen ;" in body(written(said))
    assert "comity:targetArea" not in catalogue(said)


def test_literals_are_in_the_language_of_the_text() -> None:
    """The words of a text carry its language, in lower case."""
    document = replace(DOCUMENT, language="zh-Hans")
    assert 'comity:actionText "strengthen"@zh-hans ;' in body(written(STATEMENT, document=document))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"areas": ("seeds",)}, "no area 'seeds'"),
        ({"modality": "promise"}, "no modality 'promise'"),
        ({"actors": (Mention("Utopia", "UTO"),)}, "no actor 'UTO'"),
        ({"deadline": "soon"}, "no date"),
        ({"document": "document-ff"}, "of document document-ff"),
        ({"quote": "a\ud800"}, "surrogate"),
        ({"actors": (Mention("Xi", on_behalf_of="CHN"),)}, "only a speaker"),
        ({"confidence": float("nan")}, "finite"),
        ({"id": "statement-3f9c-1"}, "id of a statement"),
    ],
)
def test_unwritable_statements_name_themselves(change: dict[str, object], message: str) -> None:
    """A statement that cannot be written is refused by its id, with the reason."""
    said = replace(STATEMENT, **change)
    with pytest.raises(RecordError, match=message) as caught:
        written(said)
    assert caught.value.where.startswith(said.id)


def test_catalogue_describes_what_is_used() -> None:
    """The catalogue describes measures, actors, concepts with their broader ones, and events."""
    text = catalogue()
    for expected in (
        (
            "measure:enforcement.strengthen.trade-secrets a comity:Measure ;\n"
            '    skos:prefLabel "Strengthen: enforcement – trade secrets"@en ;\n'
            "    comity:direction direction:strengthen ;\n"
            "    comity:measureType measure-type:enforcement ;\n"
            "    comity:targetArea area:trade-secrets ;\n"
        ),
        (
            "actor:xi-jinping a comity:Actor ;\n    a comity:Person ;\n"
            '    skos:prefLabel "Xi Jinping"@en ;\n'
            "    comity:actsFor actor:CHN ;\n"
        ),
        "area:trade-secrets a skos:Concept ;\n    skos:broader area:ip-rights ;\n",
        (
            "area:ip-rights a skos:Concept ;\n    skos:inScheme <https://w3id.org/comity/area> ;\n"
            "    skos:narrower area:trade-secrets ;\n"
            '    skos:notation "ip-rights" ;\n'
        ),
        (
            'a comity:Event ;\n    rdfs:label "Seed Forum" ;\n'
            '    comity:eventDate "2019-04-26"^^xsd:date ;\n    comity:place "Beijing" ;\n'
        ),
        'a prov:Activity ;\n    dcterms:identifier "english/1" ;\n',
    ):
        assert expected in text
    assert "actor:WIPO" not in text


def test_principals_are_described_too() -> None:
    """The state an office acts for is described, even where no statement names it."""
    said = replace(STATEMENT, actors=(Mention("CNIPA", "CNIPA"),), speaker=None)
    assert "actor:CHN a comity:Actor ;\n    a comity:State" in catalogue(said)


def test_candidates_are_marked() -> None:
    """An actor minted from the texts is marked as candidate, named as it was minted."""
    minted = candidate_id("partners")
    known = Actor(minted, "StakeholderGroup", "", (Label("Partners"),), candidate=True)
    assert (
        f"id:{minted} a comity:Actor ;\n    a comity:StakeholderGroup ;\n"
        '    skos:prefLabel "Partners"@en ;\n    comity:candidate true ;\n'
    ) in catalogue(candidates={minted: known})
    assert f'id:{minted} a comity:Actor ;\n    skos:prefLabel "its partners"@en ;' in catalogue()


def test_users_own_terms_keep_their_iris() -> None:
    """A concept or actor of a user's file keeps its IRI, and its code is written beside it."""
    said = replace(STATEMENT, areas=("seed-banks",), actors=(Mention("it", "seed-council"),))
    text = catalogue(said)
    assert "comity:targetArea <https://example.org/terms#seeds> ;" in text
    council = "<https://example.org/council> a comity:Actor ;\n    a comity:StakeholderGroup ;\n"
    assert f"{council}    dcterms:id" in text
    assert "measure:enforcement.strengthen.seed-banks a comity:Measure" in text


def test_disagreeing_sources_date_no_event() -> None:
    """An event gets a date only when its sources agree on one."""
    other = replace(STATEMENT, id="statement-aa", date="2019-05-01")
    later = replace(DOCUMENT, date="2019-05-02")
    triples = catalogue_triples([STATEMENT, other], [later], VOCABULARY, NAMESPACES)
    assert "comity:eventDate" not in body(triples)


def test_a_statement_of_another_year_is_made_at_the_event_of_its_document() -> None:
    """The event of a document is one, on its day, even where a statement tells of years before."""
    earlier = replace(STATEMENT, id="statement-aa", date="2018-10-01")
    text = body(catalogue_triples([STATEMENT, earlier], [DOCUMENT], VOCABULARY, NAMESPACES))
    assert text.count("a comity:Event ;") == 1
    assert 'comity:eventDate "2019-04-26"^^xsd:date ;' in text


def test_known_events_are_written_as_known() -> None:
    """What is known about an event beside the records is what the catalogue says of it."""
    identifier = event_identifier("Seed Forum", "2019-04-26")
    known = {identifier: Event(identifier, "Seed Forum 2019", "Xi'an", "2019", "forum")}
    triples = catalogue_triples([STATEMENT], [DOCUMENT], VOCABULARY, NAMESPACES, None, known)
    text = body(triples)
    assert (
        f'id:{identifier} a comity:Event ;\n    rdfs:label "Seed Forum 2019" ;\n'
        '    comity:eventDate "2019"^^xsd:gYear ;\n    comity:eventType event-type:forum ;\n'
        '    comity:place "Xi\'an" ;\n'
    ) in text
    assert "event-type:forum a skos:Concept" in text


def test_events_of_one_year_are_one() -> None:
    """A yearly meeting is one event a year, whatever day a record gives."""
    first, second = event_identifier("Forum", "2019-04-26"), event_identifier("Forum", "2019")
    assert first == second != event_identifier("Forum", "2020-04-26")
    assert event_identifier("Forum", "--04-26", "2019-01") == first
    assert event_identifier(first, "2020") == first


def test_catalogue_needs_the_documents() -> None:
    """A statement whose document is not given is refused."""
    with pytest.raises(RecordError, match="not among the documents"):
        catalogue_triples([STATEMENT], [], VOCABULARY, NAMESPACES)


@pytest.mark.parametrize(
    ("area", "label"),
    [
        ("Border measures", "Strengthen: enforcement – border measures"),
        ("IP protection", "Strengthen: enforcement – IP protection"),
        ("International IP treaties", "Strengthen: enforcement – international IP treaties"),
        ("Belt and Road cooperation", "Strengthen: enforcement – Belt and Road cooperation"),
    ],
)
def test_measure_labels_keep_acronyms_and_names(area: str, label: str) -> None:
    """Within a measure's label, acronyms and proper names keep their capitals."""
    named = Concept("area", "x", "https://example.org/x", (Label(area),))
    vocabulary = Vocabulary({**VOCABULARY.concepts, ("area", "x"): named}, {})
    assert measure_labels(("enforcement", "strengthen", "x"), vocabulary) == {"en": label}


def test_measures_are_labelled_in_shared_languages() -> None:
    """A measure has a label in each language that all of its parts have one in."""
    words = {"area": "商标", "direction": "加强", "measure-type": "执法"}
    concepts = {
        (scheme, "x"): Concept(scheme, "x", "", (Label("X"), Label(text, "zh-Hans")))
        for scheme, text in words.items()
    }
    labels = measure_labels(("x", "x", "x"), Vocabulary(concepts, {}))
    assert labels == {"en": "X: x – x", "zh-Hans": "加强：执法 – 商标"}


@pytest.mark.parametrize("graph", ["", "catalogue", "https://example.org/a b"])
def test_graph_names_are_iris(graph: str) -> None:
    """The name of a graph is an absolute IRI."""
    with pytest.raises(RecordError):
        list(nquads(written(), graph))


def test_gzip_is_reproducible(tmp_path: Path) -> None:
    """Equal content gives equal compressed bytes, whatever the file is called."""
    paths = [tmp_path / "a.gz", tmp_path / "b.gz"]
    for path in paths:
        with gzip_writer(path) as out:
            out.write(b"line\n" * 100)
    first, second = (path.read_bytes() for path in paths)
    assert first == second == gzip_bytes(b"line\n" * 100)
    assert gzip.decompress(first) == b"line\n" * 100


def test_title_of_unknown_language_has_none() -> None:
    """A title is tagged with the document's language, and with none when that is unknown."""
    document = replace(DOCUMENT, language=None, title="Rede")
    titles = [
        t[2] for t in document_triples(document, [], VOCABULARY, NAMESPACES) if "title" in t[1]
    ]
    assert titles == ['"Rede"']


@pytest.mark.parametrize(
    ("kind", "legal"), [("treaty", True), ("statute", True), ("speech", False)]
)
def test_treaties_and_statutes_are_legal_documents(kind: str, legal: bool) -> None:
    """The text of a treaty or law is typed as legal document and as document, others are not."""
    triples = document_triples(replace(DOCUMENT, type=kind), [], load(), NAMESPACES)
    types = {value.rpartition("#")[2] for _, predicate, value in triples if "#type" in predicate}
    assert types == ({"Document>", "LegalDocument>"} if legal else {"Document>"})


def test_catalogue_marks_what_is_deprecated() -> None:
    """A deprecated code in use is marked, and what replaces it is described beside it."""
    old = Concept("area", "old", "https://w3id.org/comity/area/old", (Label("Old"),))
    old = replace(old, deprecated=True, replaced_by="trade-secrets")
    gone = Actor("GONE", "IPOffice", "https://w3id.org/comity/actor/GONE", (Label("Gone"),))
    gone = replace(gone, deprecated=True, replaced_by="CNIPA")
    vocabulary = Vocabulary(
        {**VOCABULARY.concepts, ("area", "old"): old}, {**VOCABULARY.actors, "GONE": gone}
    )
    said = replace(STATEMENT, areas=("old",), actors=(Mention("it", "GONE"),), speaker=None)
    text = body(catalogue_triples([said], [DOCUMENT], vocabulary, NAMESPACES))
    for expected in (
        "dcterms:isReplacedBy area:trade-secrets ;",
        "dcterms:isReplacedBy actor:CNIPA ;",
        "area:trade-secrets a skos:Concept ;",
        "area:ip-rights a skos:Concept ;",
        "actor:CNIPA a comity:Actor ;\n    a comity:IPOffice ;",
        "actor:CHN a comity:Actor ;\n    a comity:State ;",
    ):
        assert expected in text
    assert text.count("owl:deprecated true ;") == 2
