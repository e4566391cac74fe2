"""What follows from the statements: shortcuts between actors, measures and areas, and lineage.

An edge of the network is one of the derived triples of ``queries/derive``; it is never asserted,
and stands in files of its own. Here it is traced back to the statements behind it.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import groupby, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.lineage.triples import link_triples
from comity.networks import COOPERATION, UNDERTAKINGS, write_network
from comity.publish.content import Content, Part
from comity.publish.dumps import ONTOLOGY, heading
from comity.publish.edgetable import COLUMNS, CSVW, METADATA, SEPARATOR, metadata
from comity.publish.sorting import RUN, sorted_lines
from comity.rdf import jsonld, turtle
from comity.rdf.namespaces import COMITY, SKOS, concept_iri, shorten
from comity.rdf.terms import RDF_TYPE, Literal, Triple, boolean_term, from_text

if TYPE_CHECKING:
    import networkx as nx

ENDS = {
    "undertakes": ("actor", "measure"),
    "engagesIn": ("actor", "area"),
    "cooperatesWith": ("actor", "actor"),
    "targets": ("measure", "area"),
}
"""The shortcuts, and what each joins."""

_PREDICATES = {name: f"<{COMITY}{name}>" for name in ENDS}
_REJECTED = f"<{concept_iri('review-status', 'rejected')}>"
_UNDERTAKING = {f"<{concept_iri('modality', code)}>" for code in UNDERTAKINGS}
_COOPERATING = {f"<{concept_iri('measure-type', code)}>" for code in COOPERATION}
_FALSE = boolean_term(False)
_BROADER = f"<{SKOS}broader>"
_LABEL = f"<{SKOS}prefLabel>"


@dataclass(frozen=True, slots=True)
class Edge:
    """A derived triple, and the statements behind it.

    Args:
        triple: Subject, predicate and object, in N-Triples text.
        statements: Their ids, sorted; empty when it follows from none that is known.
        first: The earliest date on which one was made, as precise as it is known.
        last: The latest.
    """

    triple: Triple
    statements: tuple[str, ...] = ()
    first: str = ""
    last: str = ""


def edges(content: Content, *, run: int = RUN) -> Iterator[Edge]:
    """The edges that follow from the statements of a release, sorted.

    They follow under the conditions of the queries in ``queries/derive``.

    Args:
        content: What the release publishes.
        run: Bytes that are sorted in memory at once.

    Raises:
        OSError: if there is no room for temporary files.
    """
    lines = sorted_lines(_found(content, _catalogue(content, ())), run=run)
    split = (line.decode()[:-1].split(" ", 4) for line in lines)
    for (subject, predicate, value), group in groupby(split, key=lambda e: (e[0], e[1], e[2])):
        rows = list(group)
        days = [day for *_, day in rows if day]
        ids = tuple(dict.fromkeys(row[3] for row in rows))
        first, last = min(days, default=""), max(days, default="")
        yield Edge((subject, predicate, value), ids, first, last)


def write_edges(content: Content, folder: Path) -> list[Part]:
    """Writes the derived edges: ``edges.ttl``, ``edges.csv`` and ``edges.graphml``.

    The table has the columns of `COLUMNS`, which ``edges.csv-metadata.json`` describes: IRI,
    English label and class of both ends, the number of statements behind the edge, the first and
    last date of these, and their ids. In GraphML a node is named as it would be in Turtle, and
    an edge has the same facts.

    Args:
        content: What the release publishes.
        folder: The release folder.

    Raises:
        OSError: if a file cannot be written.
        InputError: if the GraphML cannot be written.
    """
    with (folder / "edges.ttl").open("w", encoding="utf-8", newline="\n") as out:
        out.write(heading(content, "shortcuts that follow from its statements, none asserted"))
        turtle.write(content.shortcuts, out, content.namespaces.prefixes())
    ends = {end for subject, _, value in content.shortcuts for end in (subject, value)}
    names = _catalogue(content, ends)
    graph = _network(content)
    with (folder / "edges.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(COLUMNS)
        for edge in _told(content):
            rows.writerow(_row(edge, names))
            _add(graph, edge, names, content.namespaces.prefixes())
    write_network(_sorted(graph), folder / "edges.graphml")
    text = jsonld.to_json(metadata(content), indent=2) + "\n"
    (folder / METADATA).write_text(text, encoding="utf-8", newline="\n")
    return [
        Part("edges.ttl", "Derived edges, in Turtle", "text/turtle", False, ONTOLOGY, "edges"),
        Part("edges.csv", "Derived edges, with their statements", "text/csv", role="edges"),
        Part(
            METADATA,
            "CSV on the Web: columns and types of edges.csv",
            "application/csvm+json",
            conforms_to=CSVW,
            role="metadata",
        ),
        Part(
            "edges.graphml",
            "Derived edges as a network, in GraphML",
            "application/graphml+xml",
            conforms_to="http://graphml.graphdrawing.org/xmlns",
            role="edges",
        ),
    ]


def write_lineage(content: Content, folder: Path) -> list[Part]:
    """Writes ``lineage.ttl``: which later statements follow on which earlier ones, and why.

    Args:
        content: What the release publishes.
        folder: The release folder.

    Raises:
        OSError: if a file cannot be written.
    """
    links = link_triples(content.links, content.namespaces)
    with (folder / "lineage.ttl").open("w", encoding="utf-8", newline="\n") as out:
        out.write(heading(content, "how its later statements follow on earlier ones, derived"))
        turtle.write(links, out, content.namespaces.prefixes())
    title = "Links between statements, in Turtle"
    return [Part("lineage.ttl", title, "text/turtle", conforms_to=ONTOLOGY, role="edges")]


def _told(content: Content) -> Iterator[Edge]:
    """The edges that the release has, each with the statements behind it."""
    found = edges(content)
    edge = next(found, None)
    for triple in content.shortcuts:
        while edge and edge.triple < triple:
            edge = next(found, None)
        yield edge if edge and edge.triple == triple else Edge(triple)


@dataclass
class _Catalogue:
    """What the data say of measures, concepts and actors."""

    types: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    areas: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    broader: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    labels: defaultdict[str, list[Literal]] = field(default_factory=lambda: defaultdict(list))
    kinds: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def label(self, node: str) -> str:
        """Its preferred label in English, else without a language, else any, else its name."""
        labels = self.labels.get(node)
        if not labels:
            return node[1:-1].rpartition("/")[2]
        best = min(
            labels, key=lambda each: (each.language != "en", each.language or "", each.value)
        )
        return best.value

    def kind(self, node: str) -> str:
        """The name of its class: the more special one of an actor."""
        found = self.kinds.get(node, set())
        return min(found - {"Actor"} or found or {""})

    def cooperates(self, measure: str) -> bool:
        """Whether its type is cooperation, agreement or a narrower one."""
        seen: set[str] = set()
        stack = [*self.types.get(measure, ())]
        while stack:
            kind = stack.pop()
            if kind not in seen:
                seen.add(kind)
                stack.extend(self.broader.get(kind, ()))
        return bool(seen & _COOPERATING)


def _catalogue(content: Content, named: Collection[str]) -> _Catalogue:
    """Measures and the hierarchy of concepts, and the names of some nodes."""
    found = _Catalogue()
    kept = {
        f"<{COMITY}measureType>": found.types,
        f"<{COMITY}targetArea>": found.areas,
        _BROADER: found.broader,
    }
    for subject, predicate, value in content.triples():
        if predicate in kept:
            kept[predicate][subject].add(value)
        elif predicate == _LABEL and subject in named:
            label = from_text(value)
            if isinstance(label, Literal):
                found.labels[subject].append(label)
        elif predicate == RDF_TYPE and subject in named:
            found.kinds[subject].add(value[1:-1].replace("#", "/").rpartition("/")[2])
    return found


def _found(content: Content, catalogue: _Catalogue) -> Iterator[bytes]:
    """A line for each edge and statement behind it: the triple, the id, the date or nothing."""
    start = len(content.namespaces.base) + 1
    for subject, group in groupby(content.triples(), key=lambda triple: triple[0]):
        facts: defaultdict[str, set[str]] = defaultdict(set)
        for _, predicate, value in group:
            facts[predicate].add(value)
        if f"<{COMITY}measure>" in facts:
            days = facts[f"<{COMITY}statedOn>"]
            day = min((each[1:].partition('"')[0] for each in days), default="")
            for edge in _follow(facts, catalogue):
                yield f"{' '.join(edge)} {subject[start:-1]} {day}\n".encode()


def _follow(facts: Mapping[str, Set[str]], catalogue: _Catalogue) -> Iterator[Triple]:
    """The edges that follow from one statement, as the queries in ``queries/derive`` have it."""

    def values(name: str) -> Set[str]:
        return facts.get(f"<{COMITY}{name}>", set())

    if _FALSE not in values("negated") or not values("reviewStatus") - {_REJECTED}:
        return
    actors, measures = values("actor"), values("measure")
    areas = {measure: catalogue.areas.get(measure, set()) for measure in measures}
    pairs: dict[str, Iterable[tuple[str, str]]] = {
        "targets": ((measure, area) for measure in measures for area in areas[measure])
    }
    if values("modality") & _UNDERTAKING:
        pairs["undertakes"] = product(actors, measures)
        pairs["engagesIn"] = product(actors, set().union(*areas.values()))
        if any(map(catalogue.cooperates, measures)):
            pairs["cooperatesWith"] = product(actors, values("counterpart"))
    for name, ends in pairs.items():
        for subject, value in ends:
            yield subject, _PREDICATES[name], value


def _row(edge: Edge, names: _Catalogue) -> list[str]:
    subject, predicate, value = edge.triple
    return [
        *(subject[1:-1], names.label(subject), names.kind(subject)),
        predicate[1:-1],
        *(value[1:-1], names.label(value), names.kind(value)),
        str(len(edge.statements) or ""),
        *(edge.first, edge.last),
        SEPARATOR.join(edge.statements),
    ]


def _network(content: Content) -> nx.DiGraph[Any]:
    import networkx as nx

    graph: nx.DiGraph[Any] = nx.DiGraph()
    graph.graph.update(
        name=f"{content.release.stem} edges",
        description="actors, measures and areas, joined by what follows from the statements",
    )
    return graph


def _add(
    graph: nx.DiGraph[Any], edge: Edge, names: _Catalogue, prefixes: Mapping[str, str]
) -> None:
    subject, predicate, value = edge.triple
    relation = shorten(predicate[1:-1], prefixes)
    types = ENDS.get(relation.removeprefix("comity:"), ("", ""))
    for node, kind in zip((subject, value), types, strict=True):
        more = {"kind": names.kind(node)} if kind == "actor" else {}
        graph.add_node(
            shorten(node[1:-1], prefixes),
            **{"type": kind, "label": names.label(node), "iri": node[1:-1], **more},
        )
    facts: dict[str, Any] = {"predicate": relation, "weight": len(edge.statements)}
    facts |= {"first": edge.first, "last": edge.last} if edge.first else {}
    ends = (shorten(node[1:-1], prefixes) for node in (subject, value))
    graph.add_edge(*ends, **facts, statements=edge.statements)


def _sorted(graph: nx.DiGraph[Any]) -> nx.DiGraph[Any]:
    """The same network, its nodes by type and name."""
    import networkx as nx

    ordered: nx.DiGraph[Any] = nx.DiGraph(**graph.graph)
    kinds = dict(graph.nodes(data="type"))
    ordered.add_nodes_from(sorted(graph.nodes(data=True), key=lambda e: (kinds[e[0]], e[0])))
    ordered.add_edges_from(graph.edges(data=True))
    return ordered
