"""`find`, `show`, `cite` and `timeline` ask a server as they ask a folder."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat
from tests.cli.conftest import Run, graph, plain, run
from tests.remote import servers
from tests.remote.servers import Server

__all__ = ["graph", "plain", "run"]


@pytest.fixture
def there(server: Server, graph: Path) -> Server:
    """A server that holds the small graph of the command line's tests."""
    lines = gzip.decompress((graph / "graph.nq.gz").read_bytes()).decode()
    derived = pyoxigraph.parse((graph / "derived.ttl").read_bytes(), RdfFormat.TURTLE)
    name = "<https://w3id.org/comity/id/derived>"
    servers.loaded(server, lines + "".join(f"{quad.triple} {name} .\n" for quad in derived))
    return server


@pytest.mark.parametrize(
    "arguments",
    [
        ("find", "trade", "secrets"),
        ("find", "--actor", "Norway", "--since", "2021", "--format", "json"),
        ("find", "patent", "--area", "ip-information", "--min-confidence", "0.2"),
        ("show", "Norway"),
        ("show", "Norway", "--format", "json"),
        ("timeline", "--json"),
    ],
    ids=" ".join,
)
def test_the_same_is_told(there: Server, graph: Path, run: Run, arguments: tuple[str, ...]) -> None:
    """What a folder prints, a server that holds the same graph prints too."""
    here = run(*arguments, "--kg", graph)
    elsewhere = run(*arguments, "--endpoint", there.endpoint)
    assert (elsewhere.code, elsewhere.out, elsewhere.err) == (0, here.out, here.err)


def test_a_passage_is_cited_from_afar(there: Server, graph: Path, run: Run) -> None:
    """A statement's reference is the same."""
    found = run("find", "secrets", "--kg", graph, "--format", "csv").out
    statement = found.splitlines()[1].split(",")[0]
    for style in ("apa", "bibtex", "csl"):
        cited = ("cite", statement, "--style", style)
        here = run(*cited, "--kg", graph)
        assert run(*cited, "--endpoint", there.endpoint).out == here.out
