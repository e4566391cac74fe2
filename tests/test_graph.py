from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rdflib

import comity
from comity import KnowledgeGraph
from comity.errors import (
    GraphFolderError,
    MissingExtraError,
    QueryError,
    RecordError,
    UnknownNameError,
    UsageError,
)
from comity.queries import Word
from comity.rdf.terms import IRI
from comity.store import Store

SPEECH = """\
---
title: Speech at the Seed Forum
type: speech
date: 2019-04-26
event: Seed Forum
---
China will strengthen the protection of trade secrets.
"""
ACCORD = "The European Union and Japan agreed to improve border measures.\n"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two texts."""
    folder = tmp_path_factory.mktemp("graph") / "texts"
    folder.mkdir()
    (folder / "speech.txt").write_text(SPEECH, "utf-8")
    (folder / "accord.txt").write_text(ACCORD, "utf-8")
    return folder


@pytest.fixture(scope="module")
def kg(texts: Path) -> KnowledgeGraph:
    """The graph of the two texts."""
    return KnowledgeGraph.build([texts], out=texts.parent / "kg")


@pytest.fixture
def copy(kg: KnowledgeGraph, tmp_path: Path) -> Path:
    """A copy of the graph folder, to be damaged."""
    return Path(shutil.copytree(kg.path, tmp_path / "kg", symlinks=True))


# -- building and opening ----------------------------------------------------------------


def test_build_tells_what_it_did(kg: KnowledgeGraph) -> None:
    """A graph that was just built has the report of its build."""
    assert kg.report is not None
    assert (kg.report.documents, kg.report.statements, kg.report.exit_code) == (2, 2, 0)


def test_one_source_and_vocabulary_may_stand_alone(texts: Path, tmp_path: Path) -> None:
    """One path is as good as a list of one."""
    (tmp_path / "own.ttl").write_text("")
    out, own = tmp_path / "kg", str(tmp_path / "own.ttl")
    built = KnowledgeGraph.build(str(texts / "accord.txt"), out=out, vocabulary=own)
    assert [document.file for document in built.documents()] == ["accord.txt"]


def test_open_finds_what_was_built(kg: KnowledgeGraph) -> None:
    """A graph that is opened holds the same, without a report."""
    opened = KnowledgeGraph.open(str(kg.path))
    assert list(opened.records()) == list(kg.records())
    assert opened.report is None


def test_open_needs_a_graph(tmp_path: Path) -> None:
    """Opening a folder without a graph says how to make one."""
    with pytest.raises(GraphFolderError, match="comity build"):
        KnowledgeGraph.open(tmp_path)


def test_version_that_was_opened_goes_on_answering(tmp_path: Path) -> None:
    """After a rebuild an open graph stays with its version; opening again gives the new one."""
    (tmp_path / "a.txt").write_text(ACCORD, "utf-8")
    old = KnowledgeGraph.build([tmp_path / "a.txt"], out=tmp_path / "kg")
    (tmp_path / "b.txt").write_text(SPEECH, "utf-8")
    new = KnowledgeGraph.build([tmp_path / "b.txt"], out=tmp_path / "kg")
    assert [d.file for d in old.documents()] == ["a.txt"]
    assert [d.file for d in new.documents()] == ["b.txt"]
    count = "SELECT ?d { ?d a comity:Document }"
    assert old.query(count).rows != new.query(count).rows
    assert KnowledgeGraph.open(tmp_path / "kg").query(count).rows == new.query(count).rows


def test_package_offers_the_facade() -> None:
    """`from comity import KnowledgeGraph` is all a script needs; other names are refused."""
    assert comity.KnowledgeGraph is KnowledgeGraph
    with pytest.raises(AttributeError, match="no attribute 'Graph'"):
        _ = comity.Graph


# -- what it holds -----------------------------------------------------------------------


def test_records(kg: KnowledgeGraph) -> None:
    """Statements come as values, each quoting its document."""
    texts = {document.id: document for document in kg.documents()}
    records = list(kg.records())
    assert {statement.action for statement in records} == {"strengthen", "improve"}
    for statement in records:
        document = texts[statement.document]
        assert document.quote(statement.start, statement.end) == statement.quote


def test_documents(kg: KnowledgeGraph) -> None:
    """Documents come with their texts and what is known of them."""
    (speech,) = (d for d in kg.documents() if d.file == "speech.txt")
    assert speech.title == "Speech at the Seed Forum"
    assert speech.text.startswith("Speech at the Seed Forum\n\nChina will")


def test_statements_as_a_data_frame(kg: KnowledgeGraph) -> None:
    """A data frame has one row a statement, several ids in one cell."""
    pytest.importorskip("pandas")
    frame = kg.statements().set_index("action")
    assert frame.loc["improve", "actors"] == "EU JPN"
    assert frame.loc["strengthen", "areas"] == "trade-secrets"
    assert list(frame["id"]) == [statement.id for statement in kg.records()]


def test_no_statements_is_a_data_frame_with_columns(tmp_path: Path, kg: KnowledgeGraph) -> None:
    """A graph without statements gives a data frame without rows, whose columns are there."""
    pytest.importorskip("pandas")
    (tmp_path / "a.txt").write_text("Nothing was said.", "utf-8")
    frame = KnowledgeGraph.build([tmp_path / "a.txt"], out=tmp_path / "kg").statements()
    assert len(frame) == 0 and list(frame.columns) == list(kg.statements().columns)


def test_data_frame_without_pandas(kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pandas the message says how to get it."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"comity\[dataframe\]"):
        kg.statements()


def test_to_rdflib(kg: KnowledgeGraph) -> None:
    """The rdflib Dataset has every quad, a named graph a document, and our prefixes."""
    dataset = kg.to_rdflib()
    assert len(list(dataset.quads())) == kg.manifest["counts"]["quads"]
    names = {str(graph.identifier) for graph in dataset.graphs()}
    assert {kg.namespaces.document_graph(document.id) for document in kg.documents()} < names
    found = dataset.query("SELECT ?s { ?s a comity:Statement }")
    assert len(found) == 2
    assert dict(dataset.namespaces())["comity"] == rdflib.URIRef(kg.namespaces.prefixes()["comity"])


def test_own_base_is_remembered(texts: Path, tmp_path: Path) -> None:
    """A graph that is opened knows the base it was built with: id: leads to its data."""
    base = "https://example.org/kg/"
    KnowledgeGraph.build([texts], out=tmp_path / "kg", base_iri=base)
    opened = KnowledgeGraph.open(tmp_path / "kg")
    assert opened.namespaces.base == base
    (document, *_) = opened.documents()
    assert opened.query(f"ASK {{ id:{document.id} a comity:Document }}").values() == [(True,)]


def test_own_vocabulary_is_remembered(texts: Path, tmp_path: Path) -> None:
    """A graph that is opened knows the vocabulary it was built with, its file being gone."""
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://w3id.org/comity/area/trade-secrets> skos:altLabel 'kept quiet'@en .\n"
    )
    KnowledgeGraph.build([texts], out=tmp_path / "kg", vocabulary=[own])
    own.unlink()
    opened = KnowledgeGraph.open(tmp_path / "kg")
    assert len(opened.query("actors-by-area", area="kept quiet")) == 1


# -- asking ------------------------------------------------------------------------------


@pytest.mark.parametrize("area", ["trade-secrets", "Trade secrets", "area:trade-secrets"])
def test_query_by_name(area: str, kg: KnowledgeGraph) -> None:
    """A question of the library is asked by its name, with codes, labels or CURIEs."""
    answer = kg.query("actors-by-area", area=area)
    assert IRI("https://w3id.org/comity/actor/CHN") in answer.rows[0]


def test_values_may_be_numbers_and_dates(kg: KnowledgeGraph) -> None:
    """Numbers and dates are given as Python has them; anything else is refused."""
    asked: dict[str, Word] = {"actor": "CHN", "since": 2019, "until": date(2019, 12, 31)}
    assert kg.query("areas-of-actor", **asked).rows
    assert kg.query("low-confidence", below=1.0).rows
    assert kg.query("co-occurring-areas", at_least=2).rows == []
    with pytest.raises(UsageError, match="since: True is neither"):
        kg.query("areas-of-actor", actor="CHN", since=True)
    with pytest.raises(UsageError, match="at_least is given twice"):
        kg.query("co-occurring-areas", **{"at_least": 2, "at-least": 3})


@pytest.mark.parametrize("kind", ["statement", "document"])
def test_ids_must_be_in_the_graph(kind: str, kg: KnowledgeGraph) -> None:
    """An id or IRI of nothing in the graph is refused, even where its form is right."""
    query = f"# param: it {kind} - It\nSELECT ?p {{ ?it ?p ?o }}"
    known = next(record.id if kind == "statement" else record.document for record in kg.records())
    assert kg.query(query, it=known).rows
    for name in (f"{kind}-00ff", f"id:{kind}-00ff"):
        with pytest.raises(UnknownNameError, match=f"no {kind} .* in this graph"):
            kg.query(query, it=name)


@pytest.mark.parametrize(
    "filters",
    [{"since": 2019, "areas": "Trade secrets"}, {"modality": "commitment", "until": "2019-04"}],
)
def test_network_takes_names_and_numbers(filters: dict[str, Any], kg: KnowledgeGraph) -> None:
    """Filters of a network are single words or several, names or codes, years or dates."""
    assert set(kg.network("actor-area", **filters)) == {"actor:CHN", "area:trade-secrets"}


def test_names_are_looked_up_once(kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of an IRI is asked of the store once, whether it has one or not."""
    opened = KnowledgeGraph.open(kg.path)
    iris = ["https://w3id.org/comity/actor/CHN", "https://w3id.org/comity/actor/none"]
    first = [opened.label(iri) for iri in iris]
    monkeypatch.setattr(Store, "query", None)
    assert [opened.label(iri) for iri in iris] == first == ["China", None]


def test_query_by_name_of_an_event(kg: KnowledgeGraph) -> None:
    """Names of the graph's own events are understood."""
    assert len(kg.query("said-at-event", event="seed forum")) == 1


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT ?s { ?s a comity:Statement }", 2),
        ("ASK { ?s a comity:Statement }", 1),
        ("CONSTRUCT { ?s a comity:Statement } WHERE { ?s a comity:Statement }", 2),
        ("DESCRIBE <https://w3id.org/comity/area/none>", 0),
        ("DESCRIBE area:none", 0),
    ],
)
def test_query_in_sparql(query: str, rows: int, kg: KnowledgeGraph) -> None:
    """SPARQL of any form is asked as it is; our prefixes need no declaration."""
    assert len(kg.query(query)) == rows


def test_query_with_parameters(kg: KnowledgeGraph) -> None:
    """Parameters of a query of one's own are read by their names."""
    query = "SELECT ?s { ?s comity:measure/comity:targetArea ?area }"
    assert len(kg.query(query, area="trade-secrets")) == 1


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_query_from_a_file(mark: str, kg: KnowledgeGraph, tmp_path: Path) -> None:
    """The path of a .rq file asks the query in it, header and all."""
    path = tmp_path / "own.rq"
    path.write_text(
        f"{mark}# title: Mine\n# param: area area - The area\n"
        "SELECT ?s { ?s comity:measure/comity:targetArea ?area }\n",
        "utf-8",
    )
    assert len(kg.query(str(path), area="trade-secrets")) == 1
    with pytest.raises(UsageError, match=r"own needs a value for area"):
        kg.query(str(path))


def test_query_from_no_file(kg: KnowledgeGraph, tmp_path: Path) -> None:
    """A .rq file that is missing or no text is an error that names it."""
    with pytest.raises(QueryError, match=r"none.rq: there is no such query file"):
        kg.query(str(tmp_path / "none.rq"))
    (tmp_path / "bad.rq").write_bytes(b"SELECT \xff")
    with pytest.raises(QueryError, match=r"bad.rq: the query file cannot be read"):
        kg.query(str(tmp_path / "bad.rq"))


@pytest.mark.parametrize("name", ["actor-by-area", "actors by area", "Actors-By-Areas"])
def test_unknown_query(name: str, kg: KnowledgeGraph) -> None:
    """A name that is nearly right is answered with what may have been meant."""
    with pytest.raises(UnknownNameError, match=r"did you mean .*actors-by-area"):
        kg.query(name)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"area": "trade-secret"}, r"no area 'trade-secret' \(did you mean trade-secrets"),
        ({"areas": "patents"}, r"no parameter 'areas' \(did you mean area"),
    ],
)
def test_unknown_parameter(parameters: dict[str, str], message: str, kg: KnowledgeGraph) -> None:
    """A parameter or value that does not exist is answered with what may have been meant."""
    with pytest.raises(UnknownNameError, match=message):
        kg.query("actors-by-area", **parameters)


def test_answer_for_every_use(kg: KnowledgeGraph) -> None:
    """An answer is written in the formats of SPARQL, or becomes a data frame."""
    pytest.importorskip("pandas")
    answer = kg.query("SELECT ?action { ?s comity:action ?action } ORDER BY ?action")
    assert answer.to("csv") == "action\r\nimprove\r\nstrengthen\r\n"
    assert answer.to_pandas()["action"].to_list() == ["improve", "strengthen"]


# -- damage ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["manifest.json", "statements.jsonl", "documents.jsonl", "graph.nq.gz", "texts"]
)
def test_missing_file_is_named(name: str, copy: Path) -> None:
    """A file that a version has lost is named, with what to do."""
    lost = (copy / name).resolve()
    shutil.rmtree(lost) if lost.is_dir() else lost.unlink()
    with pytest.raises(GraphFolderError, match=rf"{name}.* cannot be read.*build again"):
        opened = KnowledgeGraph.open(copy)
        _ = [opened.manifest, list(opened.records()), list(opened.documents())]
        opened.to_rdflib()


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("manifest.json", "{", GraphFolderError),
        ("manifest.json", "{}", GraphFolderError),
        ("manifest.json", "[]", GraphFolderError),
        (
            "manifest.json",
            '{"settings": {"base_iri": "x"}, "counts": {"statements": 1, "quads": 1}, "files": {}}',
            GraphFolderError,
        ),
        ("statements.jsonl", "{\n", RecordError),
        ("documents.jsonl", '{"sha256": "../../../secret"}\n', RecordError),
        ("graph.nq.gz", "no gzip", GraphFolderError),
    ],
)
def test_damaged_file_is_an_error(
    name: str, content: str, error: type[Exception], copy: Path
) -> None:
    """A file that was altered beyond use is an error of ours that names it."""
    (copy / name).resolve().write_text(content)
    with pytest.raises(error, match=name):
        opened = KnowledgeGraph.open(copy)
        _ = [opened.manifest, list(opened.records()), list(opened.documents())]
        opened.to_rdflib()


def test_altered_text_is_an_error(copy: Path) -> None:
    """A text that is no longer the one that was read is not passed off as it."""
    (file, *_) = sorted((copy / "texts").iterdir())
    file.write_text("China will do nothing.")
    with pytest.raises(RecordError, match=r"documents.jsonl:1: .*sha256"):
        list(KnowledgeGraph.open(copy).documents())


def test_from_records(tmp_path: Path) -> None:
    """A script builds a graph from codings as the command line does."""
    corpus = Path(__file__).parents[1] / "examples" / "corpus"
    kg = KnowledgeGraph.from_records(corpus, corpus, tmp_path / "kg")
    assert kg.report is not None and kg.report.statements == 142
    assert {statement.review for statement in kg.records()} == {"accepted"}
    assert kg.query("practices-abolished", actor="CHN").to("csv").count("\n") == 6
