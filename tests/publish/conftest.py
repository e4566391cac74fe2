"""The hand-coded example corpus as a built graph, and as the content of a release."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from comity import KnowledgeGraph
from comity.publish.content import Content
from comity.publish.prepare import prepare
from comity.publish.release import Release, make_release

CORPUS = Path(__file__).parents[2] / "examples" / "corpus"
LABEL = "2026.11"


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The graph of the hand-coded corpus: 12 documents, 142 statements."""
    texts = sorted(CORPUS.glob("*.md"))
    return KnowledgeGraph.from_records([CORPUS], texts, tmp_path_factory.mktemp("publish") / "kg")


@pytest.fixture
def release(graph: KnowledgeGraph) -> Release:
    """A release of it."""
    return make_release(LABEL, graph.namespaces, url="https://example.org/ip/2026.11/")


@pytest.fixture
def content(graph: KnowledgeGraph, release: Release, tmp_path: Path) -> Content:
    """What that release publishes."""
    return contents(graph, release, tmp_path / "room")


@pytest.fixture
def prepared(tmp_path: Path) -> Callable[[KnowledgeGraph, Release], Content]:
    """Makes the content of a release of any graph."""
    return lambda graph, release: contents(graph, release, tmp_path / release.label)


def contents(graph: KnowledgeGraph, release: Release, room: Path) -> Content:
    """The content of a release, with what is large in a room of its own."""
    room.mkdir(parents=True)
    return prepare(graph, release, room)
