"""Two real servers, started once for all tests of this folder, each with the example graph."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.example_graph import quads
from tests.remote import servers
from tests.remote.servers import Server

from comity.remote import RemoteStore


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No endpoint and no credentials in the environment but those of a test."""
    for name in ("ENDPOINT", "ENDPOINT_AUTH", "ENDPOINT_USER", "ENDPOINT_PASSWORD"):
        monkeypatch.delenv(f"COMITY_{name}", raising=False)
    monkeypatch.delenv("COMITY_ENDPOINT_TOKEN", raising=False)


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An Oxigraph server whose default graph is not the union of its graphs."""
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as running:
        yield running


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Virtuoso 7 that gives 10,000 rows at most."""
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as running:
        yield running


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest) -> Server:
    """Either server."""
    found: Server = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def example(server: Server) -> RemoteStore:
    """A server that holds the example graph and no other of ours."""
    return servers.loaded(server, quads())
