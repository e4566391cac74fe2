"""A link as triples: the relation between two statements, and a node with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.lineage import DERIVER, Link
from comity.rdf.namespaces import COMITY, DCTERMS, PROV, Namespaces
from comity.rdf.terms import RDF_TYPE, Triple, decimal_term, literal_term


def lineage_graph(namespaces: Namespaces) -> str:
    """The IRI of the store's named graph of links, which is apart from what documents say.

    Args:
        namespaces: Where the data lives.
    """
    return namespaces.node("lineage")


def link_triples(links: Iterable[Link], namespaces: Namespaces) -> list[Triple]:
    """The triples of links, each once, sorted.

    Every link has its own node (comity:LineageLink) with reason, rule and confidence, and the
    relation also stands as one triple between the statements.

    Args:
        links: Any number of links.
        namespaces: Where the data lives.

    Raises:
        RecordError: if an id cannot be written.
    """
    activity = f"<{namespaces.activity(DERIVER)}>"
    found: set[Triple] = set()
    for link in links:
        found.update(_triples(link, namespaces))
        if link.rule:
            found.add((f"<{namespaces.node(link.id)}>", f"<{PROV}wasGeneratedBy>", activity))
            found.add((activity, RDF_TYPE, f"<{PROV}Activity>"))
            found.add((activity, f"<{DCTERMS}identifier>", literal_term(DERIVER)))
    return sorted(found)


def _triples(link: Link, namespaces: Namespaces) -> Iterator[Triple]:
    node = f"<{namespaces.node(link.id)}>"
    later, earlier = (f"<{namespaces.node(each)}>" for each in (link.later, link.earlier))
    relation = f"<{COMITY}{link.relation}>"
    yield later, relation, earlier
    yield node, RDF_TYPE, f"<{COMITY}LineageLink>"
    yield node, f"<{COMITY}laterStatement>", later
    yield node, f"<{COMITY}earlierStatement>", earlier
    yield node, f"<{COMITY}relation>", relation
    yield node, f"<{COMITY}reason>", literal_term(link.reason, "en")
    yield node, f"<{COMITY}confidence>", decimal_term(link.confidence)
    if link.rule:
        yield node, f"<{COMITY}rule>", literal_term(link.rule)
