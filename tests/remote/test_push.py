"""`comity push`: by Graph Store Protocol into two real servers, and in shards."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from tests.cli.conftest import SPEECH, Done
from tests.remote import servers
from tests.remote.servers import DBA, Asked, Said, Server, graph_store, stub

from comity import KnowledgeGraph
from comity.cli import main
from comity.errors import InputError, LimitError
from comity.rdf.namespaces import prefixes
from comity.remote import RemoteStore
from comity.remote.parts import shards, triples_of
from comity.store import Store, Table

BASE = prefixes()["id"]
COUNTS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
PERU = "Peru and Chile\n\nLIMA, June 1, 2022 -- Peru will publish patent data.\n"


@pytest.fixture
def kg(tmp_path: Path) -> Path:
    """A graph folder of two documents."""
    (tmp_path / "speech.txt").write_text(SPEECH, encoding="utf-8")
    (tmp_path / "peru.txt").write_text(PERU, encoding="utf-8")
    KnowledgeGraph.build([tmp_path / "speech.txt", tmp_path / "peru.txt"], tmp_path / "kg")
    return tmp_path / "kg"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> servers.Run:
    """Runs `comity` with some arguments, as the user dba."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    for name, value in DBA.items():
        monkeypatch.setenv(name, value)

    def command(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["comity", *map(str, arguments)])
        code: str | int | None = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code
        said = capsys.readouterr()
        return Done(int(code or 0), said.out, said.err)

    return command


@pytest.fixture
def empty(server: Server) -> Server:
    """A server that holds none of our graphs."""
    servers.forget(server)
    graphs = graph_store(server)
    for graph in graphs.counts(BASE):
        graphs.delete(graph)
    return server


def to(server: Server) -> list[str]:
    """The options that name a server."""
    return ["--endpoint", server.endpoint, *(["--auth", server.auth] if server.auth else [])]


def counts(found: object) -> dict[str, int]:
    """Triples by graph, of ours."""
    assert isinstance(found, Table)
    rows = [(str(row[0]), int(str(row[1]))) for row in found.rows]
    return {graph: count for graph, count in rows if graph.startswith(BASE)}


def expected(kg: Path) -> dict[str, int]:
    """Triples by graph, in the embedded store."""
    return counts(KnowledgeGraph.open(kg).store.query(COUNTS))


def test_push(empty: Server, kg: Path, run: servers.Run) -> None:
    """Every graph arrives whole, the shortcuts too, and answers as in the folder."""
    done = run("push", kg, *to(empty))
    assert done.code == 0
    assert f"{len(expected(kg))} graphs loaded" in done.err
    assert counts(RemoteStore(empty.endpoint).query(COUNTS)) == expected(kg)
    query = ("query", "passage", "--format", "csv")
    assert run(*query, *to(empty)).out == run(*query, "--kg", kg).out


def test_push_again(empty: Server, kg: Path, run: servers.Run) -> None:
    """What has arrived and is unchanged is left out; --replace loads it again."""
    run("push", kg, *to(empty))
    again = json.loads(run("push", kg, *to(empty), "--json").out)
    assert again["skipped"] == expected(kg) and not again["pushed"]
    replaced = json.loads(run("push", kg, *to(empty), "--json", "--replace").out)
    assert replaced["pushed"] == expected(kg)


def test_a_graph_that_shrank_is_loaded_again(empty: Server, kg: Path, run: servers.Run) -> None:
    """A graph that the server no longer counts as whole is loaded again."""
    run("push", kg, *to(empty))
    graph_store(empty).delete(BASE + "catalogue")
    again = json.loads(run("push", kg, *to(empty), "--json").out)
    assert list(again["pushed"]) == [BASE + "catalogue"]
    assert counts(RemoteStore(empty.endpoint).query(COUNTS)) == expected(kg)


def test_prune(empty: Server, kg: Path, run: servers.Run) -> None:
    """--prune deletes graphs under the base IRI that the folder lacks, and no others."""
    graphs = graph_store(empty)
    line = b"<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n"
    ours, other = BASE + "graph-00000000000000000000", "https://example.org/kept"
    graphs.put(ours, line)
    graphs.put(other, line)
    kept = run("push", kg, *to(empty), "--json")
    assert json.loads(kept.out)["pruned"] == [] and graphs.count(ours) == 1
    done = run("push", kg, *to(empty), "--json", "--prune")
    assert json.loads(done.out)["pruned"] == [ours]
    assert graphs.count(ours) == 0 and graphs.count(other) == 1
    graphs.delete(other)


def test_literals_too_long_for_virtuoso(virtuoso: Server) -> None:
    """A literal that Virtuoso cannot store is an error of that graph, and the old one stays."""
    from comity.errors import EndpointError

    graphs = graph_store(virtuoso)
    name = BASE + "graph-long"
    graphs.put(name, b'<urn:a> <urn:b> "short" .\n')
    with pytest.raises(EndpointError, match="HTTP 500"):
        graphs.put(name, b'<urn:a> <urn:b> "' + b"x" * 100_000 + b'" .\n')
    assert graphs.count(name) == 1
    graphs.delete(name)
    servers.forget(virtuoso)


def test_an_interrupted_push_goes_on(kg: Path, run: servers.Run, tmp_path: Path) -> None:
    """What failed is listed, with exit code 1, and alone is loaded by the next push."""
    held: dict[str, int] = {}
    broken = {"on": True}

    def server(asked: Asked) -> Said:
        from urllib.parse import parse_qs, urlsplit

        if asked.method == "PUT":
            graph = parse_qs(urlsplit(asked.path).query)["graph"][0]
            if broken["on"] and graph.endswith("derived"):
                return Said(b"disk full", 500, "text/plain")
            held[graph] = asked.body.count(b"\n")
            return Said(b"", 201)
        return Said(_results(asked.query, held))

    with stub(server) as running:
        there = ("--endpoint", running.url, "--graph-store", running.url, "--json")
        first = run("push", kg, *there)
        assert first.code == 1
        assert "derived: HTTP 500: disk full" in first.err
        assert set(json.loads(first.out)["failed"]) == {BASE + "derived"}
        broken["on"] = False
        second = run("push", kg, *there)
    assert second.code == 0
    assert list(json.loads(second.out)["pushed"]) == [BASE + "derived"]
    assert held == expected(kg)


def test_a_server_that_loses_triples(kg: Path, run: servers.Run) -> None:
    """A server that says 201 and stores nothing, as Virtuoso does with N-Quads, is found out."""
    with stub(
        lambda asked: Said(b"", 201) if asked.method == "PUT" else Said(_results(asked.query, {}))
    ) as running:
        done = run("push", kg, "--endpoint", running.url, "--graph-store", running.url)
    assert done.code == 1
    assert "the server counts 0 triples of" in done.err


def _results(query: str, held: dict[str, int]) -> bytes:
    """What a server of these graphs answers to the queries of a push."""
    if query.startswith("ASK"):
        return b'{"head":{},"boolean":false}'
    columns, rows = ["s"], []
    if "GROUP BY ?g" in query:
        columns, rows = ["g", "n"], list(held.items())
    elif "COUNT" in query:
        graph = query.partition("VALUES ?g { <")[2].partition(">")[0]
        columns, rows = ["n"], [(held.get(graph, 0),)]
    bindings = [
        {
            c: {"type": "uri" if c == "g" else "literal", "value": str(v)}
            for c, v in zip(columns, row, strict=True)
        }
        for row in rows
    ]
    return json.dumps({"head": {"vars": columns}, "results": {"bindings": bindings}}).encode()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "--endpoint"),
        (["--endpoint", "http://127.0.0.1:9/x", "--vendor", "foo"], "no vendor 'foo'"),
        (["--endpoint", "http://127.0.0.1:9/x", "--vendor", "oxigraph"], "--graph-store"),
        (["--bulk", "shards", "--prune"], "--bulk writes files"),
    ],
)
def test_usage(kg: Path, run: servers.Run, arguments: list[str], words: str) -> None:
    """A call that cannot be meant is refused, with what to do."""
    done = run("push", kg, *arguments)
    assert done.code == 2
    assert words in done.err


def test_without_the_right_to_write(virtuoso: Server, kg: Path, run: servers.Run) -> None:
    """A server that refuses at all is one error, not one a graph."""
    done = run("push", kg, "--endpoint", virtuoso.endpoint)
    assert done.code == 3
    assert done.err.count("comity:") == 1 and "forbids this (HTTP 403)" in done.err


def test_a_journal_that_breaks_off(tmp_path: Path) -> None:
    """A line that was half written is dropped, and what follows is written in its place."""
    from comity.remote.parts import Part
    from comity.remote.push import Journal

    one, two = Part("urn:one", (b"<a> <b> <c> .\n",)), Part("urn:two", ())
    file = tmp_path / "push.jsonl"
    Journal(file, "http://x/").add(one)
    with file.open("a") as out:
        out.write('{"graph": "urn:tw')
    Journal(file, "http://x/").add(two)
    again = Journal(file, "http://x/")
    assert again.holds(one) and again.holds(two)
    assert not Journal(file, "http://y/").holds(one)
    file.write_text("no\n")
    with pytest.raises(InputError, match="no journal"):
        Journal(file, "http://x/")


def test_a_changed_dump_is_not_loaded(kg: Path, run: servers.Run) -> None:
    """A dump that is not as it was built is refused before anything is sent."""
    file = (kg / "graph.nq.gz").resolve()
    file.write_bytes(gzip.compress(gzip.decompress(file.read_bytes())[:1000]))
    done = run("push", kg, "--endpoint", "http://127.0.0.1:9/query")
    assert done.code == 3
    assert "not as it was built" in done.err


# -- shards ------------------------------------------------------------------------------


def test_shards(kg: Path, run: servers.Run, tmp_path: Path) -> None:
    """Shards hold every quad once, sorted, a graph never in two of them; equal bytes again."""
    sizes = []
    for name in ("one", "two"):
        done = run("push", kg, "--bulk", tmp_path / name, "--shard-size", "20000", "--json")
        assert done.code == 0
        sizes.append(json.loads(done.out))
    assert sizes[0] == sizes[1]
    seen: Counter[str] = Counter()
    lines: list[bytes] = []
    for entry in sizes[0]["shards"]:
        data = (tmp_path / "one" / entry["file"]).read_bytes()
        assert data == (tmp_path / "two" / entry["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry["sha256"]
        quads = gzip.decompress(data).splitlines(keepends=True)
        assert len(quads) == entry["quads"]
        seen.update({line.split(b" ")[-2].decode() for line in quads})
        lines += quads
    assert len(sizes[0]["shards"]) > 1
    assert set(seen.values()) == {1}
    assert counts(Store.of(b"".join(lines).decode()).query(COUNTS)) == expected(kg)
    assert sizes[0]["quads"] == sum(expected(kg).values())


def test_shards_say_how_they_are_loaded(kg: Path, run: servers.Run, tmp_path: Path) -> None:
    """The commands of six loaders are printed, and written beside the shards."""
    done = run("push", kg, "--bulk", tmp_path / "shards")
    for name in ("Virtuoso", "QLever", "Neptune", "GraphDB", "Stardog", "Oxigraph"):
        assert f"\n{name} (https://" in "\n" + done.out
        assert name in (tmp_path / "shards" / "README.txt").read_text("utf-8")
    again = run("push", kg, "--bulk", tmp_path / "shards")
    assert again.code == 3 and "new or empty" in again.err


def test_oxigraph_loads_the_shards(kg: Path, run: servers.Run, tmp_path: Path) -> None:
    """The command given for Oxigraph loads every quad."""
    program = servers.oxigraph_program()
    done = run("push", kg, "--bulk", tmp_path / "shards", "--shard-size", "20000")
    command = next(line for line in done.out.splitlines() if line.startswith("oxigraph load"))
    command = command.replace("oxigraph", program, 1).replace("STORE", str(tmp_path / "store"))
    subprocess.run(["sh", "-c", command], check=True, capture_output=True)
    assert counts(Store.open(tmp_path / "store").query(COUNTS)) == expected(kg)


def test_virtuoso_loads_the_shards(virtuoso: Server, kg: Path, run: servers.Run) -> None:
    """The commands given for Virtuoso load every quad."""
    program = shutil.which("isql-vt")
    if program is None:
        pytest.skip("isql-vt is not installed")
    servers.forget(virtuoso)
    graphs = graph_store(virtuoso)
    for graph in graphs.counts(BASE):
        graphs.delete(graph)
    folder = virtuoso.folder / "shards"
    done = run("push", kg, "--bulk", folder, "--shard-size", "20000")
    for line in done.out.splitlines():
        if line.startswith("isql "):
            command = line.replace("isql 1111 dba PASSWORD", f"{program} {virtuoso.sql} dba dba")
            subprocess.run(["sh", "-c", command], check=True, capture_output=True, cwd=folder)
    assert graphs.counts(BASE) == expected(kg)


def test_too_many_shards(kg: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shard size that makes too many files is refused, with one that does not."""
    monkeypatch.setattr("comity.remote.parts.MOST_FILES", 2)
    with pytest.raises(LimitError, match="more than 2"):
        list(shards((kg / "graph.nq.gz").resolve(), {}, 1))


@pytest.mark.parametrize("content", [b"<a> <b> <c> .\n", b"no\n"])
def test_a_line_without_graph(tmp_path: Path, content: bytes) -> None:
    """A line that is no quad of a named graph is refused."""
    file = tmp_path / "x.nq.gz"
    file.write_bytes(gzip.compress(content))
    with pytest.raises(InputError):
        list(shards(file, {}, 1_000))


def test_shortcuts_are_read(kg: Path) -> None:
    """derived.ttl gives sorted lines of N-Triples."""
    lines = triples_of((kg / "derived.ttl").resolve())
    assert lines and lines == sorted(set(lines))
    assert all(line.endswith(b" .\n") for line in lines)
