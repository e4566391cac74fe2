"""The ontology and vocabulary files, parsed once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph

from comity.model import SCHEMES

ONTOLOGY = Path(__file__).parents[2] / "ontology"


@cache
def _graph(path: Path) -> Graph:
    return Graph().parse(path, format="turtle")


@pytest.fixture
def core() -> Graph:
    """The core ontology."""
    return _graph(ONTOLOGY / "comity.ttl")


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    """Each of the eight schemes in turn."""
    return str(request.param)


@pytest.fixture
def concepts(scheme: str) -> Graph:
    """The concepts of the scheme of this test."""
    return _graph(ONTOLOGY / "vocabulary" / f"{scheme}.ttl")
