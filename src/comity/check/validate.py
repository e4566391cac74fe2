"""Data and shapes → violations, by pySHACL."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from comity.assets import path as asset
from comity.check.report import RANK, Severity, order
from comity.check.shapes import SH, Shapes, first_line, load_shapes
from comity.check.terms import SYNTAXES, name_of, parse, text_of
from comity.errors import InputError, ShapeError
from comity.model import Violation
from comity.rdf.namespaces import preset

if TYPE_CHECKING:
    from pyshacl.shapes_graph import ShapesGraph
    from rdflib import Graph
    from rdflib.term import Node

    from comity.check.terms import Triple

_BATCH = 4_000
"""Triples after which a batch of documents is checked: large enough to pay for its set-up."""


def check(data: str | bytes, shapes: Shapes) -> list[Violation]:
    """Every way in which the data break the shapes.

    Args:
        data: One graph in Turtle or N-Triples.
        shapes: What `load_shapes` gave.

    Returns:
        The violations first, then the warnings, then the rest, each in order of focus node,
        path, constraint and value.

    Raises:
        InputError: if the data is no Turtle.
        ShapeError: if the shapes cannot be carried out.
    """
    from rdflib import Graph

    graph = Graph()
    for triple in parse(data, "ttl"):
        graph.add(triple)
    return _run(graph, shapes)


def check_file(path: Path, shapes: Shapes) -> tuple[list[Violation], bool]:
    """Every way in which an RDF file breaks the shapes, and whether they concern it at all.

    With the profile ``ontology`` the file is read as one that adds to Comity's vocabulary, as
    ``--vocabulary`` reads it: what it refers to is known, and Comity's prefixes are preset.

    Args:
        path: A file whose ending names its syntax, one of `SYNTAXES`, with or without ``.gz``
            after it; any other is taken for Turtle. Of named graphs the union is checked.
        shapes: What `load_shapes` gave.

    Returns:
        The violations, as `check` gives them; and whether the file has any node that a shape
        aims at: one without conforms, but nothing was checked.

    Raises:
        InputError: if the file cannot be read; `where` names it.
        ShapeError: if the shapes cannot be carried out.
    """
    from rdflib import Graph

    packed = path.suffix.lower() == ".gz"
    ending = (path.with_suffix("") if packed else path).suffix.lower().removeprefix(".")
    try:
        data = path.read_bytes()
        content = gzip.decompress(data) if packed else data
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError("the file is cut off or no gzip", where=str(path)) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from error
    syntax = ending if ending in SYNTAXES else "ttl"
    adds = shapes.profile == "ontology"
    graph = Graph()
    if adds and syntax == "ttl":
        content = preset(content)
    for triple in parse(content, syntax, where=str(path)):
        graph.add(triple)
    concerned = any(shape.focus_nodes(graph) for shape in shapes.compiled.shapes)
    if not adds:
        return _run(graph, shapes), concerned
    own = {name_of(subject) for subject in graph.subjects()}
    for file in (asset("ontology/comity.ttl"), *asset("ontology/vocabulary").glob("*.ttl")):
        for triple in parse(file.read_bytes(), "ttl", f"{file.stem}-b", str(file)):
            graph.add(triple)
    return [found for found in _run(graph, shapes) if found.focus in own], concerned


def check_documents(
    batches: Iterable[tuple[str, str | bytes]],
    catalogue: str | bytes,
    shapes: Shapes | None = None,
) -> Iterator[Violation]:
    """Checks a catalogue once, then its documents some at a time, in memory that stays flat.

    The nodes of the catalogue that a document refers to are known while it is checked, but
    are not reported again.

    Args:
        batches: The id of each document, with its graph in N-Triples.
        catalogue: The catalogue graph in N-Triples.
        shapes: What to check with; the core profile when None.

    Yields:
        What is wrong with the catalogue, then with the documents in their order.

    Raises:
        InputError: if a graph is no N-Triples; `where` names the document.
        ShapeError: if the shapes cannot be carried out.
    """
    from rdflib import Graph

    shapes = shapes or load_shapes()
    graph = Graph()
    described: dict[Node, list[Triple]] = {}
    for triple in parse(catalogue, "nt", where="catalogue"):
        graph.add(triple)
        described.setdefault(triple[0], []).append(triple)
    yield from _run(graph, shapes)
    for group in _grouped(batches):
        graph = Graph()
        owner: dict[str, int] = {}
        for number, triples in enumerate(group):
            for triple in triples:
                graph.add(triple)
                owner.setdefault(name_of(triple[0]), number)
            for triple in _reachable(triples, described):
                graph.add(triple)
        own = [violation for violation in _run(graph, shapes) if violation.focus in owner]
        yield from sorted(own, key=lambda violation: owner[violation.focus])


def _grouped(batches: Iterable[tuple[str, str | bytes]]) -> Iterator[list[list[Triple]]]:
    """The triples of each document, some documents at a time, in order."""
    group: list[list[Triple]] = []
    size = 0
    for number, (document, data) in enumerate(batches):
        group.append(parse(data, "nt", f"d{number}b", document))
        size += len(group[-1])
        if size >= _BATCH:
            yield group
            group, size = [], 0
    if group:
        yield group


def _reachable(
    triples: Iterable[Triple], described: Mapping[Node, list[Triple]]
) -> Iterator[Triple]:
    """The triples of the catalogue that the given ones lead to."""
    seen: set[Node] = set()
    stack = [triple[2] for triple in triples]
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        for triple in described.get(node, ()):
            yield triple
            stack.append(triple[2])


def _run(graph: Graph, shapes: Shapes) -> list[Violation]:
    from pyshacl.errors import ReportableRuntimeError
    from pyshacl.graph_abstraction import DataGraph
    from pyshacl.validator import Validator

    options = {"inference": "none", "advanced": False, "inplace": True}
    compiled = shapes.compiled
    validator = Validator(DataGraph.from_rdflib(graph), shacl_graph=compiled.graph, options=options)
    validator.shacl_graph = compiled
    try:
        report = validator.run()[1]  # type: ignore[no-untyped-call]
    except ReportableRuntimeError as error:
        raise ShapeError(f"the shapes cannot be carried out: {first_line(error)}") from error
    return sorted(set(_results(report, compiled)), key=order)


def _results(report: Graph, shapes: ShapesGraph) -> Iterator[Violation]:
    from rdflib import URIRef
    from rdflib.namespace import SH as SHACL

    for result in report.objects(None, SHACL.result):
        shape = report.value(result, SHACL.sourceShape)
        value = report.value(result, SHACL.value)
        path = report.value(result, SHACL.resultPath)
        if path is not None and not isinstance(path, URIRef):
            path = shapes.graph.value(shape, SHACL.path)
        messages = sorted(report.objects(result, SHACL.resultMessage), key=_english_first)
        severity = str(report.value(result, SHACL.resultSeverity)).removeprefix(SH)
        yield Violation(
            focus=name_of(report.value(result, SHACL.focusNode)),
            path=None if path is None else _path(path, shapes),
            value=None if value is None else text_of(value),
            constraint=name_of(report.value(result, SHACL.sourceConstraintComponent)),
            shape=name_of(shape),
            severity=cast(Severity, severity if severity in RANK else "Violation"),
            message=str(messages[0]) if messages else "",
        )


def _english_first(message: Node) -> tuple[bool, str]:
    return getattr(message, "language", None) not in (None, "en"), str(message)


def _path(path: Node, shapes: ShapesGraph) -> str:
    """An IRI as it is; a longer path as SPARQL writes it."""
    from rdflib import URIRef

    if isinstance(path, URIRef):
        return str(path)
    from pyshacl.helper.path_helper import shacl_path_to_sparql_path

    return str(shacl_path_to_sparql_path(shapes, path, prefixes={}))
