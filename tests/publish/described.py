"""A release with small dumps of its own, so that what describes it can be tested alone."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import QuerySolutions, RdfFormat, Store

from comity import KnowledgeGraph
from comity.identifiers import digest
from comity.lineage.triples import link_triples
from comity.publish.catalogue import write_catalogue
from comity.publish.citation import write_citation, write_license
from comity.publish.content import Content, Part
from comity.publish.hosting import write_htaccess
from comity.publish.linksets import write_links
from comity.publish.listing import write_release, write_sums
from comity.publish.prepare import prepare
from comity.publish.provenance import write_provenance
from comity.publish.readme import write_readme
from comity.publish.release import Release
from comity.publish.schemas import write_schemas
from comity.publish.signposts import write_linkset, write_sitemap
from comity.publish.void import write_void
from comity.rdf.terms import Triple
from comity.rdf.turtle import write

METADATA = ("void.ttl", "dcat.ttl", "prov.ttl")
Writer = Callable[[list[Part]], list[Part]]


@dataclass(frozen=True)
class Described:
    """A release folder, its content and its parts."""

    content: Content
    folder: Path
    parts: tuple[Part, ...]

    @property
    def release(self) -> Release:
        """What it is called."""
        return self.content.release

    def store(self, *names: str) -> Store:
        """A store with some files of RDF: the union of N-Quads, or the triples of the others."""
        store = Store()
        for name in names:
            data = (self.folder / name).read_bytes()
            ending = Path(name.removesuffix(".gz")).suffix.removeprefix(".")
            syntax = RdfFormat.from_extension(ending)
            assert syntax is not None
            store.load(gzip.decompress(data) if name.endswith(".gz") else data, format=syntax)
        return store

    def ask(self, query: str, *names: str) -> list[tuple[str, ...]]:
        """The rows that a query over some files gives, as texts; those of metadata if none."""
        return rows(self.store(*(names or METADATA)), query)

    def numbers(self, query: str, *names: str) -> tuple[int, ...]:
        """The one row of numbers that a query over some files gives."""
        (row,) = self.ask(query, *names)
        return tuple(map(int, row))


PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "comity": "https://w3id.org/comity/ontology#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "id": "https://w3id.org/comity/id/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
}


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    """The rows of a SELECT over the union of all graphs, with the prefixes above declared."""
    found = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return [tuple("" if term is None else str(term.value) for term in row) for row in found]


def describe(
    graph: KnowledgeGraph,
    release: Release,
    room: Path,
    *,
    notes: str = "",
    endpoint: str | None = None,
) -> Described:
    """A release folder in a room of its own, with everything but pages and tables.

    Args:
        graph: The graph to publish.
        release: What it is called.
        room: A folder that does not exist.
        notes: What changed.
        endpoint: A SPARQL endpoint.
    """
    (room / "work").mkdir(parents=True)
    content = prepare(graph, release, room / "work")
    return described(content, room / "out", notes=notes, endpoint=endpoint)


def described(
    content: Content, folder: Path, *, notes: str = "", endpoint: str | None = None
) -> Described:
    """As `describe`, of a content that is ready."""
    folder.mkdir()
    writers: Iterable[Writer] = (
        lambda parts: small_dumps(content, folder),
        lambda parts: write_links(content, folder),
        lambda parts: write_schemas(content, folder),
        lambda parts: write_void(content, folder, parts, endpoint=endpoint),
        lambda parts: write_catalogue(content, folder, parts, notes=notes, endpoint=endpoint),
        lambda parts: write_provenance(content, folder, parts),
        lambda parts: write_license(content, folder, parts),
        lambda parts: write_citation(content, folder),
        lambda parts: _pages(content, folder),
        lambda parts: write_linkset(content, folder, parts),
        lambda parts: write_sitemap(content, folder, _html(parts)),
        lambda parts: write_htaccess(content, folder, parts),
        lambda parts: write_readme(content, folder, parts),
        lambda parts: write_release(content, folder, parts, pages=len(_html(parts))),
        lambda parts: write_sums(folder),
    )
    parts: list[Part] = []
    for writer in writers:
        parts += writer(parts)
    return Described(content, folder, tuple(parts))


def small_dumps(content: Content, folder: Path) -> list[Part]:
    """Dumps, a table and derived files, as other modules write them."""
    stem, spaces = content.release.stem, content.namespaces
    _turtle(content.triples(), folder / f"{stem}.ttl", content)
    for name, lines in (
        (f"{stem}.nq.gz", content.lines()),
        (f"{stem}.nt.gz", (" ".join(t).encode() + b" .\n" for t in content.triples())),
    ):
        (folder / name).write_bytes(gzip.compress(b"".join(lines), mtime=0))
    _turtle(content.shortcuts, folder / "edges.ttl", content)
    _turtle(link_triples(content.links, spaces), folder / "lineage.ttl", content)
    (folder / "edges.graphml").write_text("<graphml/>\n", encoding="utf-8")
    names = "".join(f"{json.dumps({'id': each.id})}\n" for each in content.statements())
    (folder / "statements.jsonl").write_text(names, encoding="utf-8")
    turtle = "text/turtle"
    return [
        Part(f"{stem}.ttl", "The data set in canonical Turtle", turtle),
        Part(f"{stem}.nq.gz", "The data set in N-Quads", "application/n-quads", packed=True),
        Part(f"{stem}.nt.gz", "The data set in N-Triples", "application/n-triples", packed=True),
        Part("edges.ttl", "Shortcuts", turtle, role="edges"),
        Part("edges.graphml", "Shortcuts as a network", "application/graphml+xml", role="edges"),
        Part("lineage.ttl", "Links between statements", turtle, role="edges"),
        Part("statements.jsonl", "Statements", "application/jsonl", role="table"),
    ]


def _turtle(triples: Iterable[Triple], path: Path, content: Content) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        write(triples, out, content.namespaces.prefixes())


def _pages(content: Content, folder: Path) -> list[Part]:
    """Pages with nothing on them, where those of the site are."""
    names = ["site/index", "site/actor/CHN", "site/area/trade-secrets"]
    names += [f"site/id/{each.id}" for each in content.statements()][:2]
    names += [f"site/id/{each.id}" for each in content.documents()][:2]
    names.append(f"site/id/activity-{digest('hand/1')}")
    kinds = {"html": "text/html", "ttl": "text/turtle", "jsonld": "application/ld+json"}
    parts = [
        Part(f"{name}.{ending}", "A page", media, role="page")
        for name in names
        for ending, media in kinds.items()
    ]
    for part in parts:
        path = folder / part.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{part.media_type} of {part.name}\n", encoding="utf-8")
    return parts


def _html(parts: Iterable[Part]) -> list[str]:
    return [part.name for part in parts if part.name.endswith(".html")]
