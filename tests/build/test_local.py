from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat

from comity.build.graphfolder import FILES, GraphFolder
from comity.build.local import BuildReport, NothingReadError, build, derived_graph
from comity.errors import UsageError, VocabularyError
from comity.extract.english import EnglishExtractor
from comity.model import Rejection, Statement, Violation
from comity.rdf.namespaces import Namespaces
from comity.records import document_from_record, read_lines, statement_from_record
from comity.store import Store, Table

TEXTS = {
    "speech.txt": """\
---
title: Speech at the Seed Forum
type: speech
date: 2019-04-26
publisher: Ministry of Seeds
event: Seed Forum
---
China will strengthen the protection of trade secrets. We will never allow forced technology
transfer, and the Ruritanian Seed Office will cooperate with Japan on patents “中国 😀”.
""",
    "accord.md": """\
---
date: 2020
---
# Accord on goods

The European Union and Japan agreed to improve border measures against counterfeit goods.
""",
    "lines.jsonl": '{"text": "India shall protect geographical indications.", "title": "Notice"}\n',
}
SAME = [name for name in FILES if name not in ("store", "texts")]
"""The files whose bytes depend on the input alone."""


def corpus(folder: Path) -> Path:
    """The texts, in a folder."""
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    return folder


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of texts."""
    return corpus(tmp_path_factory.mktemp("local") / "texts")


@pytest.fixture(scope="module")
def report(sources: Path) -> BuildReport:
    """What a build of the texts told."""
    return build([sources], GraphFolder(sources.parent / "kg"))


@pytest.fixture(scope="module")
def kg(report: BuildReport) -> Path:
    """The folder that it was built into."""
    return report.folder


def bytes_of(kg: Path) -> dict[str, bytes]:
    """The files of a build, store aside."""
    found = {name: (kg / name).read_bytes() for name in SAME}
    return found | {path.name: path.read_bytes() for path in (kg / "texts").iterdir()}


def manifest(kg: Path) -> dict[str, Any]:
    """The manifest of a build."""
    loaded: dict[str, Any] = json.loads((kg / "manifest.json").read_text("utf-8"))
    return loaded


def lines(path: Path) -> list[dict[str, Any]]:
    """The records of a file."""
    found = []
    for _, record in read_lines(path):
        assert isinstance(record, dict)
        found.append(record)
    return found


def quads_of(kg: Path) -> set[Quad]:
    """The quads of a build, as pyoxigraph reads them."""
    data = gzip.decompress((kg / "graph.nq.gz").read_bytes())
    return set(pyoxigraph.parse(data, RdfFormat.N_QUADS))


# -- the same bytes ----------------------------------------------------------------------


def test_everything_is_there(report: BuildReport, kg: Path) -> None:
    """A build leaves every file, and tells how much it found."""
    assert all((kg / name).exists() for name in FILES)
    assert (report.documents, report.exit_code) == (3, 0)
    assert report.statements == len(lines(kg / "statements.jsonl")) >= 4


def test_building_again_gives_the_same_bytes(sources: Path, kg: Path, tmp_path: Path) -> None:
    """The same input gives the same bytes in another graph folder."""
    build([sources], GraphFolder(tmp_path / "other"))
    assert bytes_of(tmp_path / "other") == bytes_of(kg)


def test_order_of_inputs_makes_no_difference(sources: Path, kg: Path, tmp_path: Path) -> None:
    """Files named one by one, in any order, give the same bytes as their folder."""
    build(sorted(sources.iterdir(), reverse=True), GraphFolder(tmp_path / "other"))
    assert bytes_of(tmp_path / "other") == bytes_of(kg)


ELSEWHERE = """
from comity.build.graphfolder import GraphFolder
from comity.build.local import build
build(["inbox"], GraphFolder("out"))
"""


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_elsewhere_gives_the_same_bytes(seed: str, kg: Path, tmp_path: Path) -> None:
    """Neither paths, nor the current directory, nor the hash seed leave a trace."""
    corpus(tmp_path / "deep" / "down" / "inbox")
    subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        cwd=tmp_path / "deep" / "down",
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        check=True,
    )
    assert bytes_of(tmp_path / "deep" / "down" / "out") == bytes_of(kg)


def test_no_path_of_the_machine(sources: Path, kg: Path) -> None:
    """Nothing that is built names a folder of the machine it was built on."""
    packed = gzip.decompress((kg / "graph.nq.gz").read_bytes())
    content = b"".join([packed, *bytes_of(kg).values()])
    assert str(sources.parent).encode() not in content


def test_gzip_has_no_time(kg: Path) -> None:
    """The compressed file tells neither when it was made nor a name."""
    head = (kg / "graph.nq.gz").read_bytes()[:10]
    assert head[:4] == b"\x1f\x8b\x08\x00" and head[4:8] == bytes(4)


# -- manifest ----------------------------------------------------------------------------


def test_hashes_of_files(kg: Path) -> None:
    """The manifest has the SHA-256 of each file but the store and itself."""
    names = {f"texts/{path.name}" for path in (kg / "texts").iterdir()}
    names |= {name for name in SAME if name != "manifest.json"}
    assert manifest(kg)["files"] == {
        name: hashlib.sha256((kg / name).read_bytes()).hexdigest() for name in sorted(names)
    }


def test_counts(report: BuildReport, kg: Path) -> None:
    """The counts of the manifest are those of the files."""
    counts = manifest(kg)["counts"]
    quads = gzip.decompress((kg / "graph.nq.gz").read_bytes()).splitlines()
    assert counts["quads"] == report.quads == len(quads)
    for kind in ("documents", "statements", "rejected"):
        assert counts[kind] == len(lines(kg / f"{kind}.jsonl"))
    results = json.loads((kg / "report.json").read_text("utf-8"))["results"]
    assert counts["warnings"] == sum(each["severity"] == "Warning" for each in results)


def test_inputs(kg: Path) -> None:
    """The manifest names each input by its file, its hash and its document."""
    inputs = manifest(kg)["inputs"]
    assert {each["file"] for each in inputs} == set(TEXTS)
    for each in inputs:
        text = (kg / "texts" / f"{each['sha256']}.txt").read_bytes()
        assert hashlib.sha256(text).hexdigest() == each["sha256"]
        assert each["document"] == f"document-{each['sha256'][:20]}"


def test_settings(kg: Path) -> None:
    """The manifest names extractor, model and vocabulary, each so that it can be had again."""
    settings = manifest(kg)["settings"]
    assert set(settings) == {
        "base_iri",
        "extractor",
        "extractor_options",
        "extractor_package",
        "model",
        "vocabulary_sha256",
    }
    assert re.fullmatch("[0-9a-f]{64}", settings["model"]["sha256"])
    assert settings["model"]["version"]


def test_canonical_hash(kg: Path) -> None:
    """The canonical hash is that of RDFC-1.0, computed by another implementation."""
    data = Dataset(quads_of(kg))
    data.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    rows = sorted(pyoxigraph.serialize([quad], format=RdfFormat.N_QUADS) or b"" for quad in data)
    assert hashlib.sha256(b"".join(rows)).hexdigest() == manifest(kg)["canonical_sha256"]


# -- the graph ---------------------------------------------------------------------------


def test_turtle_is_the_union_of_the_quads(kg: Path) -> None:
    """graph.ttl holds what the named graphs hold together, for each of two libraries."""
    union = {quad.triple for quad in quads_of(kg)}
    turtle = (kg / "graph.ttl").read_bytes()
    assert {quad.triple for quad in pyoxigraph.parse(turtle, RdfFormat.TURTLE)} == union
    assert len(rdflib.Graph().parse(kg / "graph.ttl")) == len(union)


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper is not installed")
@pytest.mark.parametrize("name", ["graph.ttl", "derived.ttl", "report.ttl"])
def test_rapper_reads_as_many_triples(name: str, kg: Path) -> None:
    """A third parser reads the Turtle files without a word and finds as many triples."""
    done = subprocess.run(
        ["rapper", "-q", "-i", "turtle", "-o", "ntriples", str(kg / name)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert len(set(done.stdout.splitlines())) == len(rdflib.Graph().parse(kg / name))


@pytest.mark.parametrize("name", ["graph.ttl", "derived.ttl", "report.ttl", "graph.nq.gz"])
def test_no_blank_nodes(name: str, kg: Path) -> None:
    """Every node of every file has an IRI."""
    data = (kg / name).read_bytes()
    form = RdfFormat.N_QUADS if name.endswith(".gz") else RdfFormat.TURTLE
    found = list(pyoxigraph.parse(gzip.decompress(data) if name.endswith(".gz") else data, form))
    nodes = [node for quad in found for node in (quad.subject, quad.object, quad.graph_name)]
    assert found and not any(isinstance(node, pyoxigraph.BlankNode) for node in nodes)


def test_store_holds_the_graph(kg: Path) -> None:
    """The store holds each quad of the dump, and the shortcuts in a graph of their own."""
    store = Store.open(kg / "store")
    derived = pyoxigraph.parse((kg / "derived.ttl").read_bytes(), RdfFormat.TURTLE)
    assert len(store) == len(quads_of(kg)) + len(list(derived))
    graphs = {str(quad.graph_name)[1:-1] for quad in quads_of(kg)}
    assert set(store.graphs()) == {*graphs, derived_graph(Namespaces())}
    counts = manifest(kg)["counts"]
    assert counts["quads"] + counts["derived"] == len(store)


def test_shortcuts_can_be_asked(kg: Path) -> None:
    """A query finds the shortcuts without naming their graph."""
    found = Store.open(kg / "store").query("SELECT ?m { actor:CHN comity:undertakes ?m }")
    assert isinstance(found, Table) and found.rows


def test_one_graph_a_document(kg: Path) -> None:
    """There is a named graph for each document, and the catalogue."""
    names = {each["id"].replace("document", "graph") for each in lines(kg / "documents.jsonl")}
    spaces = Namespaces()
    found = {str(quad.graph_name)[1:-1] for quad in quads_of(kg)}
    assert found == {spaces.catalogue, *(spaces.base + name for name in names)}


def test_shortcuts_are_apart(kg: Path) -> None:
    """What follows from statements stands in derived.ttl, and in no other dump."""
    derived = {
        q.triple for q in pyoxigraph.parse((kg / "derived.ttl").read_bytes(), RdfFormat.TURTLE)
    }
    assert derived and not derived & {quad.triple for quad in quads_of(kg)}


def test_quotes_are_the_text(kg: Path) -> None:
    """Every statement and mention quotes exactly what stands between its offsets."""
    texts = {
        each["id"]: (kg / "texts" / f"{each['sha256']}.txt").read_bytes().decode()
        for each in lines(kg / "documents.jsonl")
    }
    found = [statement_from_record(record) for record in lines(kg / "statements.jsonl")]
    for statement in found:
        text = texts[statement.document]
        assert text[statement.start : statement.end] == statement.quote
        for _, mention in statement.mentions():
            if mention.start is not None:
                assert text[mention.start : mention.end] == mention.text
    assert found


def test_records_are_valid(kg: Path) -> None:
    """Every document record has the text of its hash."""
    for record in lines(kg / "documents.jsonl"):
        text = (kg / "texts" / f"{record['sha256']}.txt").read_bytes().decode()
        assert document_from_record(record, text).id == record["id"]


def test_report_conforms_as_shacl_says(kg: Path) -> None:
    """Any result makes sh:conforms false in both reports; `accepted` tells of violations."""
    told = json.loads((kg / "report.json").read_text("utf-8"))
    graph = rdflib.Graph().parse(kg / "report.ttl")
    (conforms,) = graph.objects(None, rdflib.SH.conforms)
    assert {each["severity"] for each in told["results"]} <= {"Warning", "Info"}
    assert (told["conforms"], told["accepted"]) == (False, True) == (bool(conforms), True)


# -- what is set aside -------------------------------------------------------------------

BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "binary.txt": (b"\x00\x01\x02\x7fELF" * 50, "binary"),
    "latin.txt": (b"\xef\xbb\xbfChina will act on caf\xe9s.", "encoding"),
    "huge.txt": (b"China will act. " * 1_300_000, "oversized"),
    "z-copy.md": (TEXTS["accord.md"].encode(), "duplicate"),
    "lines.jsonl": (b'{"text": 3}\n' + TEXTS["lines.jsonl"].encode(), "json"),
    "front.md": (b"---\ntype: haiku\n---\nChina will act.\n", "metadata"),
}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    """A build of good texts among bad ones."""
    home = tmp_path_factory.mktemp("mixed")
    folder = corpus(home / "texts")
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    missing = home / "nowhere.txt"
    return build([folder, missing], GraphFolder(home / "kg"))


def test_bad_input_loses_no_good_input(mixed: BuildReport, kg: Path) -> None:
    """Whatever cannot be read is set aside; what can be is built as if it had been alone."""
    assert mixed.exit_code == 1
    for name in ("graph.ttl", "graph.nq.gz", "documents.jsonl", "statements.jsonl"):
        assert (mixed.folder / name).read_bytes() == (kg / name).read_bytes()


@pytest.mark.parametrize("name", BAD)
def test_rejections_have_their_reasons(name: str, mixed: BuildReport) -> None:
    """Each input that is set aside is listed once, with a code and a reason."""
    found = [r for r in lines(mixed.folder / "rejected.jsonl") if r["source"].startswith(name)]
    assert [(each["stage"], each["code"]) for each in found] == [("read", BAD[name][1])]
    assert found[0]["reason"]


def test_missing_input_is_listed(mixed: BuildReport) -> None:
    """An input that is not there is listed like the others, and all are counted."""
    found = lines(mixed.folder / "rejected.jsonl")
    assert any(r["source"].endswith("nowhere.txt") and r["code"] == "missing" for r in found)
    assert manifest(mixed.folder)["counts"]["rejected"] == len(mixed.rejections) == len(found)
    assert len(found) == len(BAD) + 1


def test_nothing_to_read(sources: Path, tmp_path: Path) -> None:
    """When nothing at all can be read, the error has each reason and the old graph stays."""
    folder = GraphFolder(tmp_path / "kg")
    build([sources / "accord.md"], folder)
    before = bytes_of(folder.path)
    (tmp_path / "empty.txt").touch()
    with pytest.raises(
        NothingReadError, match=r"none.txt.*empty.txt.*the graph is unchanged"
    ) as caught:
        build([tmp_path / "empty.txt", tmp_path / "none.txt"], folder)
    assert sorted(r.code for r in caught.value.rejections) == ["empty", "missing"]
    assert bytes_of(folder.path) == before


def test_nothing_to_read_at_first(tmp_path: Path) -> None:
    """Where there is no graph yet, none is left unchanged, and no folder is left."""
    with pytest.raises(NothingReadError) as caught:
        build([tmp_path / "none.txt"], GraphFolder(tmp_path / "kg"))
    assert "unchanged" not in str(caught.value)
    assert not (tmp_path / "kg").exists()


def alter(change: Callable[[Statement], Statement], patch: pytest.MonkeyPatch) -> None:
    """Let the extractor read something else into each statement."""
    honest = EnglishExtractor.extract
    patch.setattr(
        EnglishExtractor,
        "extract",
        lambda self, document: [change(s) for s in honest(self, document)],
    )


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("confidence", 2.0, "shape"), ("modality", "wish", "record"), ("quote", "no", "record")],
)
def test_bad_statement_is_kept_out(
    field: str,
    value: object,
    code: str,
    sources: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A statement that breaks a shape or cannot be written is listed, and stands nowhere else."""
    changed: dict[str, Any] = {field: value}
    alter(lambda s: replace(s, **changed) if s.action == "protect" else s, monkeypatch)
    told = build([sources], GraphFolder(tmp_path / "kg"))
    (rejection,) = told.rejections
    assert (rejection.source, rejection.code, told.exit_code) == ("lines.jsonl", code, 1)
    assert rejection.statement is not None
    for name in ("graph.ttl", "derived.ttl", "statements.jsonl"):
        assert rejection.statement not in (told.folder / name).read_text("utf-8")
    assert rejection.statement in (told.folder / "rejected.jsonl").read_text("utf-8")
    assert (told.documents, told.statements) == (3, len(lines(told.folder / "statements.jsonl")))


@pytest.mark.parametrize(
    ("severity", "rejected", "code"),
    [("Warning", False, 0), ("Info", False, 0), ("Violation", False, 1), ("Warning", True, 1)],
)
def test_exit_code(severity: Any, rejected: bool, code: int) -> None:
    """Warnings are no findings; a violation or anything set aside is."""
    found = Violation("n", None, None, "c", "s", severity, "m")
    aside = (Rejection("a.txt", "read", "empty", "holds nothing"),) if rejected else ()
    assert BuildReport(1, 1, 1, aside, (found,), Path()).exit_code == code


# -- choices -----------------------------------------------------------------------------


def test_base_iri(sources: Path, kg: Path, tmp_path: Path) -> None:
    """Data lives under the base that was named; ids and the vocabulary do not change."""
    base = "https://example.org/kg/"
    told = build([sources], GraphFolder(tmp_path / "kg"), base_iri=base)
    turtle = (told.folder / "graph.ttl").read_text("utf-8")
    assert f"<{base}>" in turtle and "comity/id/" not in turtle
    assert manifest(told.folder)["settings"]["base_iri"] == base
    same = "statements.jsonl"
    assert (told.folder / same).read_bytes() == (kg / same).read_bytes()


def test_bad_base_iri(sources: Path, tmp_path: Path) -> None:
    """A base that is no IRI is refused before anything is made."""
    with pytest.raises(UsageError, match="slash"):
        build([sources], GraphFolder(tmp_path / "kg"), base_iri="https://example.org/kg")
    assert not (tmp_path / "kg").exists()


OWN = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix comity: <https://w3id.org/comity/ontology#> .
<https://example.org/seed-council> a comity:StakeholderGroup ;
  skos:prefLabel "Council of Seeds"@en .
"""


def test_vocabulary_is_kept(tmp_path: Path) -> None:
    """The user's vocabulary is linked to, kept with the graph, and hashed in the manifest."""
    (tmp_path / "own.ttl").write_text(OWN, "utf-8")
    (tmp_path / "a.txt").write_text("The Council of Seeds will protect patents.", "utf-8")
    told = build(
        [tmp_path / "a.txt"],
        GraphFolder(tmp_path / "kg"),
        vocabulary_files=[tmp_path / "own.ttl"],
    )
    version = GraphFolder(told.folder).current()
    assert (version / "vocabulary" / "00.ttl").read_text("utf-8") == OWN
    assert "vocabulary/00.ttl" in manifest(told.folder)["files"]
    (record,) = lines(told.folder / "statements.jsonl")
    assert [actor["id"] for actor in record["actors"]] == ["seed-council"]
    found = Store.open(told.folder / "store").query("SELECT ?a { ?s comity:actor ?a }")
    assert isinstance(found, Table)
    assert [str(row[0]) for row in found.rows] == ["https://example.org/seed-council"]


def test_bad_vocabulary_makes_no_folder(sources: Path, tmp_path: Path) -> None:
    """A vocabulary that cannot be read is an error before anything is made."""
    (tmp_path / "own.ttl").write_text("this is no Turtle", "utf-8")
    with pytest.raises(VocabularyError, match=r"own.ttl"):
        build([sources], GraphFolder(tmp_path / "kg"), vocabulary_files=[tmp_path / "own.ttl"])
    assert not (tmp_path / "kg").exists()
