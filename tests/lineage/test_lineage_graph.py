"""Links as RDF: apart from what documents say, with their reasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity import KnowledgeGraph
from comity.check import accepted, check, load_shapes
from comity.lineage import Link
from comity.lineage.triples import lineage_graph, link_triples
from comity.rdf.namespaces import Namespaces

LINEAGE = Path(__file__).parents[2] / "examples" / "lineage" / "dev"
RELATED = """SELECT ?later ?relation ?earlier WHERE {
  VALUES ?relation { comity:implements comity:reaffirms comity:strengthens comity:weakens
    comity:contradicts }
  ?later ?relation ?earlier }"""


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """A graph of the coded lineage texts."""
    out = tmp_path_factory.mktemp("lineage") / "kg"
    return KnowledgeGraph.from_records([LINEAGE], [LINEAGE], out)


def test_links_live_in_a_graph_of_their_own(kg: KnowledgeGraph) -> None:
    """No document's graph holds a link; the dump of what documents say has none either."""
    rows = kg.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?link a comity:LineageLink } }").rows
    assert [str(row[0]) for row in rows] == [lineage_graph(kg.namespaces)]
    assert "LineageLink" not in (kg.path / "current" / "graph.ttl").read_text(encoding="utf-8")


def test_every_link_is_one_triple_and_one_node(kg: KnowledgeGraph) -> None:
    """The relation between two statements has a node that tells its reason, and the reverse."""
    triples = {tuple(map(str, row)) for row in kg.query(RELATED).rows}
    nodes = {tuple(map(str, row[:3])) for row in kg.query(
        "SELECT ?later ?relation ?earlier ?why WHERE { ?link comity:laterStatement ?later ;"
        " comity:earlierStatement ?earlier ; comity:relation ?relation ; comity:reason ?why }"
    ).rows}  # fmt: skip
    expected = {
        (kg.namespaces.node(one.later), kg.namespaces.prefixes()["comity"] + one.relation,
         kg.namespaces.node(one.earlier))
        for one in kg.lineage()
    }  # fmt: skip
    assert triples == nodes == expected != set()


def test_links_conform(kg: KnowledgeGraph) -> None:
    """The derived file breaks no shape."""
    derived = (kg.path / "current" / "derived.ttl").read_bytes()
    found = [v for v in check(derived, load_shapes()) if "LineageLink" in v.shape]
    assert accepted(found)


def test_the_question_tells_the_reason(kg: KnowledgeGraph) -> None:
    """`follow-ups` has the reason and the confidence of every link."""
    rows = kg.query("follow-ups")
    assert {"reason", "confidence"} <= set(rows.columns)
    place = rows.columns.index("reason")
    assert all(row[place] is not None for row in rows.rows)


def test_a_reader_s_link_names_no_rule() -> None:
    """A link without a rule was made by a reader, not by the program."""
    link = Link("statement-b", "statement-a", "implements", "", "as promised", 1.0)
    triples = link_triples([link], Namespaces())
    assert not any("wasGeneratedBy" in p or p.endswith("#rule>") for _, p, _ in triples)
