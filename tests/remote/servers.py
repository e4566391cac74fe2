"""SPARQL servers that tests start: two real ones, and one that goes wrong on purpose."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from tests.cli.conftest import Run

from comity.remote import Credentials, RemoteStore
from comity.remote.graphstore import GraphStore
from comity.remote.transport import Transport

__all__ = ["Run"]

DBA = {"COMITY_ENDPOINT_USER": "dba", "COMITY_ENDPOINT_PASSWORD": "dba"}

VIRTUOSO_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = {sql}
DisableUnixSocket = 1
DirsAllowed = .
NumberOfBuffers = 2000
MaxDirtyBuffers = 1500
MaxQueryMem = 200M
[HTTPServer]
ServerPort = {http}
ServerRoot = .
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 60
"""


@dataclass(frozen=True)
class Server:
    """A server that runs: its name, the addresses of its endpoint, its folder and SQL port."""

    name: str
    endpoint: str
    folder: Path
    auth: str | None = None
    sql: int = 0


def oxigraph_program() -> str:
    """The Oxigraph server of the PyPI package; the test skips where there is none."""
    program = Path(sys.prefix) / "bin" / "oxigraph"
    if not program.is_file():
        pytest.skip("oxigraph is not installed (pip install oxigraph)")
    return str(program)


def virtuoso_program() -> str:
    """Virtuoso 7; the test skips where there is none."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("virtuoso-t is not installed (apt-get install virtuoso-opensource-7)")
    return program


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[Server]:
    """A running Oxigraph with an empty store in memory."""
    port = free_port()
    command = [oxigraph_program(), "serve", "--bind", f"127.0.0.1:{port}", *options]
    url = f"http://127.0.0.1:{port}/query"
    with _running(command, folder, url):
        yield Server("oxigraph", url, folder)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """A running Virtuoso with an empty database and its user dba, password dba."""
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(sql=sql, http=http), "utf-8")
    command = [virtuoso_program(), "+configfile", "virtuoso.ini", "+foreground"]
    url = f"http://127.0.0.1:{http}/sparql"
    with _running(command, folder, url):
        yield Server("virtuoso", url, folder, "digest", sql)


@contextmanager
def _running(command: list[str], folder: Path, url: str) -> Iterator[None]:
    log = folder / "server.out"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out)
    try:
        _wait_until_ready(process, url, log)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            if requests.get(url, params={"query": "ASK {}"}, timeout=5).ok:
                return
        except requests.RequestException:
            pass
        time.sleep(0.1)
    raise AssertionError(f"{url} did not come up: {log.read_text(errors='replace')[-2000:]}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


# -- what they hold ---------------------------------------------------------------------

_HELD: dict[str, str] = {}


def loaded(server: Server, nquads: str) -> RemoteStore:
    """The server, once it holds these quads and no other graph of ours."""
    if _HELD.get(server.endpoint) != nquads:
        graphs = graph_store(server)
        wanted: dict[str, list[str]] = defaultdict(list)
        for line in nquads.splitlines():
            triple, _, graph = line.removesuffix(" .").rpartition(" <")
            wanted[graph.removesuffix(">")].append(f"{triple} .\n")
        for graph in graphs.counts("https://w3id.org/").keys() - wanted.keys():
            graphs.delete(graph)
        for graph, lines in wanted.items():
            graphs.put(graph, "".join(lines).encode())
        _HELD[server.endpoint] = nquads
    return RemoteStore(server.endpoint)


def forget(server: Server) -> None:
    """Say that a test has changed what the server holds."""
    _HELD.pop(server.endpoint, None)


def graph_store(server: Server) -> GraphStore:
    """The graphs of a server, to be written."""
    transport = Transport(Credentials.from_environment(server.auth, DBA))
    return GraphStore(RemoteStore(server.endpoint), transport, signed=server.auth is not None)


# -- a server that goes wrong -------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A request that came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def query(self) -> str:
        """The SPARQL query, from the URL or the form."""
        form = parse_qs(self.body.decode()) if self.body else parse_qs(urlsplit(self.path).query)
        return form.get("query", [""])[0]


@dataclass
class Said:
    """What to answer."""

    body: bytes = b'{"head":{},"boolean":true}'
    status: int = 200
    kind: str = "application/sparql-results+json"
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    delay: float = 0.0


Answering = Callable[[Asked], Said]


@dataclass
class Stub:
    """A server that answers as a test says, and keeps what it was asked."""

    url: str
    asked: list[Asked]


@contextmanager
def stub(answering: Answering) -> Iterator[Stub]:
    """A running stub on this machine."""
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            """Answer as the test says."""
            size = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            one = Asked(self.command, self.path, headers, self.rfile.read(size))
            asked.append(one)
            said = answering(one)
            time.sleep(said.delay)
            try:
                self.send_response(said.status)
                self.send_header("Content-Type", said.kind)
                length = len(said.body) if said.length is None else said.length
                self.send_header("Content-Length", str(length))
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(said.body)
            except (BrokenPipeError, ConnectionResetError):
                pass

        do_POST = do_PUT = do_DELETE = do_GET

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Stub(f"http://127.0.0.1:{server.server_port}/sparql", asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
