"""The whole data set in five syntaxes, and the hash that tells whether two of them are the same.

Turtle, N-Triples and JSON-LD hold the union of what is asserted; TriG and N-Quads keep apart
which document says what. Each is written in memory that does not depend on how many statements
there are, and all are in an order that follows from the triples alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from comity.publish.content import Content, Part
from comity.publish.sorting import RUN, sorted_lines
from comity.rdf import jsonld, turtle
from comity.rdf.namespaces import ROOT
from comity.rdf.terms import Triple
from comity.rdf.write import gzip_writer

ONTOLOGY = ROOT + "ontology"
"""The IRI of the ontology, which the data conform to."""
RDFC = "https://www.w3.org/TR/rdf-canon/"


def write_turtle(content: Content, folder: Path) -> list[Part]:
    """Writes the union in canonical Turtle: a fact a line, types first, prefixes declared.

    Args:
        content: What the release publishes.
        folder: The release folder.

    Raises:
        OSError: if a file cannot be written.
    """
    name = f"{content.release.stem}.ttl"
    with (folder / name).open("w", encoding="utf-8", newline="\n") as out:
        out.write(heading(content, "everything that is asserted, as one graph"))
        turtle.write(content.triples(), out, content.namespaces.prefixes(), ordered=True)
    return [Part(name, "The data as one graph, in Turtle", "text/turtle", conforms_to=ONTOLOGY)]


def write_trig(content: Content, folder: Path, *, run: int = RUN) -> list[Part]:
    """Writes the named graphs in TriG, in order of their IRIs, each in canonical Turtle.

    Args:
        content: What the release publishes.
        folder: The release folder.
        run: Bytes that are sorted in memory at once.

    Raises:
        OSError: if a file cannot be written.
    """
    name = f"{content.release.stem}.trig"
    with (folder / name).open("w", encoding="utf-8", newline="\n") as out:
        out.write(heading(content, "a named graph for each document, and one for what they share"))
        graphs = ((graph, _in_order(triples)) for graph, triples in content.graphs(run=run))
        turtle.write_graphs(graphs, out, content.namespaces.prefixes())
    title = "The data by document, in TriG"
    return [Part(name, title, "application/trig", conforms_to=ONTOLOGY)]


def write_ntriples(content: Content, folder: Path) -> list[Part]:
    """Writes the sorted, distinct lines of the union in canonical N-Triples, compressed.

    Args:
        content: What the release publishes.
        folder: The release folder.

    Raises:
        OSError: if a file cannot be written.
    """
    name = f"{content.release.stem}.nt.gz"
    with gzip_writer(folder / name) as out:
        out.writelines(_union(content))
    title = "The data as one graph, in N-Triples"
    return [Part(name, title, "application/n-triples", packed=True, conforms_to=ONTOLOGY)]


def write_nquads(content: Content, folder: Path) -> list[Part]:
    """Writes the sorted, distinct lines of canonical N-Quads, compressed.

    Args:
        content: What the release publishes.
        folder: The release folder.

    Raises:
        OSError: if a file cannot be written.
    """
    name = f"{content.release.stem}.nq.gz"
    with gzip_writer(folder / name) as out:
        out.writelines(content.lines())
    title = "The data by document, in N-Quads"
    return [Part(name, title, "application/n-quads", packed=True, conforms_to=ONTOLOGY)]


def write_jsonld(content: Content, folder: Path, *, run: int = RUN) -> list[Part]:
    """Writes the union in compact JSON-LD, a node a line, a statement with its parts inside.

    Args:
        content: What the release publishes.
        folder: The release folder.
        run: Bytes that are sorted in memory at once.

    Raises:
        OSError: if a file cannot be written.
    """
    name = f"{content.release.stem}.jsonld"
    lines = jsonld.keyed(content.triples(), content.namespaces.base)
    with (folder / name).open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(jsonld.dump(sorted_lines(lines, run=run)))
    title = "The data as one graph, in JSON-LD"
    return [Part(name, title, "application/ld+json", conforms_to=ONTOLOGY)]


def write_canonical(content: Content, folder: Path) -> list[Part]:
    """Writes ``CANONICAL.sha256``: RDFC-1.0 hashes, which do not depend on any syntax.

    The first line is that of the data set (N-Quads, TriG), the second that of the union
    (N-Triples, Turtle, JSON-LD), each as `sha256sum` writes it. No node is blank, so the canonical
    form of RDFC-1.0 (W3C 2024) is simply the sorted, distinct lines of canonical N-Quads, and any
    other implementation gets the hash of it, or without one::

        gunzip --keep comity-R.nq.gz comity-R.nt.gz
        sha256sum --check CANONICAL.sha256

    The same lines come from any dump: write it as N-Quads or N-Triples, ``LC_ALL=C sort -u``,
    ``sha256sum``.

    Args:
        content: What the release publishes.
        folder: The release folder.

    Raises:
        OSError: if a file cannot be written.
    """
    union = hashlib.sha256()
    for line in _union(content):
        union.update(line)
    stem = content.release.stem
    text = f"{content.canonical_sha256()}  {stem}.nq\n{union.hexdigest()}  {stem}.nt\n"
    (folder / "CANONICAL.sha256").write_bytes(text.encode())
    title = "Hashes of the data, whatever the syntax (RDFC-1.0)"
    return [Part("CANONICAL.sha256", title, "text/plain", conforms_to=RDFC, role="metadata")]


def heading(content: Content, what: str) -> str:
    """Comment lines that say what a file of Turtle or TriG is, for who finds it alone.

    Args:
        content: What the release publishes.
        what: What there is in the file.
    """
    about = content.release.about
    lines = (
        f"{about.title}, release {content.release.label}: {what}.",
        f"Licence: {about.license}",
        f"Data set: {content.release.version}",
    )
    return "".join(f"# {' '.join(line.split())}\n" for line in lines) + "\n"


def _union(content: Content) -> Iterator[bytes]:
    """The sorted lines of N-Triples of all graphs, each once."""
    without = (line[: line.rindex(b" <")] + b" .\n" for line in content.lines())
    for _, group in groupby(without, key=lambda line: line.partition(b" ")[0]):
        yield from sorted(set(group))


def _in_order(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Triples that are sorted by subject, in the order of canonical Turtle."""
    for _, group in groupby(triples, key=lambda triple: triple[0]):
        yield from sorted(group, key=turtle.order)
