"""Every SPARQL query that the documentation shows has an answer, the same on two engines."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import rdflib
from tests.example_graph import quads

from comity.rdf.namespaces import prefixes
from comity.store import Store, Table

ROOT = Path(__file__).parents[2]
PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items())


def blocks() -> list[tuple[str, str]]:
    """Each query with its page and the heading above it."""
    found = []
    for page in sorted((ROOT / "docs").glob("*.md")):
        heading = page.stem
        text = page.read_text(encoding="utf-8")
        for match in re.finditer(r"^## ([^\n]+)$|^```sparql\n(.*?)^```$", text, re.M | re.S):
            heading = match[1] or heading
            if match[2]:
                found.append((f"{page.stem}: {heading}", match[2]))
    return found


@cache
def dataset() -> rdflib.Dataset:
    """Example graph, vocabularies and alignments."""
    data = rdflib.Dataset(default_union=True)
    data.parse(data=quads(), format="nquads")
    for folder in ("vocabulary", "alignment"):
        for file in sorted((ROOT / "ontology" / folder).glob("*.ttl")):
            data.graph(rdflib.URIRef(f"https://example.org/{file.stem}")).parse(file)
    return data


@cache
def store() -> Store:
    """The same in Oxigraph."""
    return Store.of(dataset().serialize(format="nquads"))


def test_there_are_queries() -> None:
    """The page on SPARQL has queries, and they were found."""
    assert sum(name.startswith("ask-in-sparql: ") for name, _ in blocks()) == 9


@pytest.mark.parametrize(("name", "query"), blocks(), ids=[name for name, _ in blocks()])
def test_query_answers(name: str, query: str) -> None:
    """A query of the documentation runs as it is, and two engines find as many rows."""
    text = query if "PREFIX" in query else PREFIXES + query
    table = store().query(text)
    assert isinstance(table, Table) and table.rows, name
    assert len(list(dataset().query(text))) == len(table.rows)
