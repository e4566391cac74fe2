"""The example corpus as people coded it, to be read rather than queried."""

from __future__ import annotations

import pytest
from tests.example_graph import SPACES, store

from comity.asking import Asking
from comity.model import Vocabulary
from comity.rdf.namespaces import Namespaces
from comity.rdf.vocabulary import load
from comity.store import Store


class Corpus(Asking):
    """What people coded in the example corpus."""

    @property
    def store(self) -> Store:
        """In memory."""
        return store()

    @property
    def namespaces(self) -> Namespaces:
        """Those of the default base."""
        return SPACES

    @property
    def vocabulary(self) -> Vocabulary:
        """The bundled one."""
        return load()


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The graph of the example corpus, with codings made by hand."""
    return Corpus()
