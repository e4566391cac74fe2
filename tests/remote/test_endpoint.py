"""`KnowledgeGraph.connect` and `comity query --endpoint`: the same commands, elsewhere."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.cli.conftest import Run, graph, plain, run
from tests.remote import servers
from tests.remote.servers import Server, free_port

from comity import KnowledgeGraph
from comity.asking import Asking
from comity.remote import RemoteStore
from comity.store import Table

__all__ = ["graph", "plain", "run"]


@pytest.fixture
def there(server: Server, graph: Path) -> Server:
    """A server that holds the small graph of the command line's tests."""
    servers.loaded(server, gzip.decompress((graph / "graph.nq.gz").read_bytes()).decode())
    return server


def test_connect(there: Server, graph: Path) -> None:
    """A graph elsewhere is asked with the calls of a folder, and gives the same rows."""
    here = KnowledgeGraph.open(graph)
    remote: Asking = KnowledgeGraph.connect(there.endpoint)
    for question, values in (
        ("actors-by-area", {"area": "trade-secrets"}),
        ("passage", {}),
    ):
        assert remote.query(question, **values).rows == here.query(question, **values).rows
    norway = "https://w3id.org/comity/actor/NOR"
    assert remote.label(norway) == here.label(norway) == "Norway"


def test_names_are_asked_for_at_once(there: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The names of all IRIs of an answer come with one request, however many there are."""
    remote = KnowledgeGraph.connect(there.endpoint)
    rows = remote.query("SELECT DISTINCT ?p ?o WHERE { ?s ?p ?o FILTER(ISIRI(?o)) } LIMIT 60")
    sent: list[str] = []
    ask = RemoteStore._send
    monkeypatch.setattr(
        RemoteStore,
        "_send",
        lambda self, text, using: (sent.append(text), ask(self, text, using))[1],
    )
    for row in rows.rows:
        for term in row:
            remote.label(str(term))
    assert 1 <= len(sent) <= 4


def test_where_the_data_lives(server: Server) -> None:
    """The base IRI is read off a statement, and id: is bound to it."""
    base = "https://example.org/kg/"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    lines = f"<{base}statement-1> {kind} <https://w3id.org/comity/ontology#Statement> "
    servers.loaded(server, f"{lines}<{base}graph-1> .\n")
    remote = KnowledgeGraph.connect(server.endpoint)
    assert remote.namespaces.base == base
    found = remote.query("SELECT ?c WHERE { id:statement-1 a ?c }")
    assert len(found) == 1
    servers.graph_store(server).delete(f"{base}graph-1")
    servers.forget(server)


def test_query(there: Server, graph: Path, run: Run) -> None:
    """`comity query` prints the same for a folder and for an endpoint."""
    for arguments in (
        ("actors-by-area", "--param", "area=trade-secrets"),
        ("actors-by-area", "--param", "area=trade-secrets", "--format", "json"),
        ("SELECT ?a WHERE { ?s comity:actor ?a } ORDER BY ?a", "--format", "csv"),
        ("ASK { ?s a comity:Statement }",),
    ):
        here = run("query", *arguments, "--kg", graph)
        elsewhere = run("query", *arguments, "--endpoint", there.endpoint)
        assert (elsewhere.code, elsewhere.out) == (0, here.out)


def test_environment(there: Server, graph: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """COMITY_ENDPOINT names the endpoint; a folder named in the command wins over it."""
    monkeypatch.setenv("COMITY_ENDPOINT", there.endpoint)
    assert "Norway" in run("query", "actors-by-area", "-p", "area=trade-secrets").out
    monkeypatch.setenv("COMITY_ENDPOINT", f"http://127.0.0.1:{free_port()}/")
    query = ("query", "actors-by-area", "-p", "area=trade-secrets", "--kg", graph)
    assert "Norway" in run(*query).out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--kg", "kg", "--endpoint", "http://127.0.0.1:9/"], "not both"),
        (["--auth", "basic"], "--auth is for an endpoint"),
        (["--endpoint", "http://127.0.0.1:9/", "--auth", "basic"], "COMITY_ENDPOINT_USER"),
        (["--endpoint", "kg"], "http or https"),
    ],
)
def test_usage(run: Run, arguments: list[str], words: str) -> None:
    """A call that cannot be meant is refused, with what to do."""
    done = run("query", "passage", *arguments)
    assert done.code == 2
    assert words in done.err


def test_password_on_the_way(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password that would go over the network as it is is warned about."""
    monkeypatch.setenv("COMITY_ENDPOINT_TOKEN", "t0ken")
    monkeypatch.setattr(RemoteStore, "query", lambda *_, **__: Table(("x",), ()))
    url = "http://example.org/sparql"
    done = run("query", "SELECT ?x WHERE { ?x a ?y }", "--endpoint", url, "--auth", "bearer")
    assert "can be read on the way" in done.err and "t0ken" not in done.err


def test_the_union_of_all_graphs(tmp_path: Path, graph: Path) -> None:
    """Each way to have all graphs searched gives the same: by default, by a word, one by one."""
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s a comity:Statement }"
    quads = gzip.decompress((graph / "graph.nq.gz").read_bytes()).decode()
    ways = {}
    with servers.oxigraph(tmp_path, "--union-default-graph") as union:
        store = servers.loaded(union, quads)
        ways[store.dataset.way] = store.query(count)
    with servers.oxigraph(tmp_path) as plain_server:
        store = servers.loaded(plain_server, quads)
        ways[store.dataset.way] = store.query(count)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("comity.remote.dataset.UNIONS", ())
            store = RemoteStore(plain_server.endpoint)
            ways[store.dataset.way] = store.query(count)
    assert len(ways) == 3
    assert set(map(repr, ways.values())) == {repr(KnowledgeGraph.open(graph).store.query(count))}
