"""SHACL → list of violations in plain words.

The shapes are always an explicit graph of their own, never the data and never the ontology;
inference, imports, rules and network are off. Both graphs are parsed by Oxigraph and handed
to pySHACL term by term, with the lexical forms kept as they are written: no global setting of
rdflib is touched.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from comity.assets import path as asset
from comity.errors import InputError, ShapeError, UnknownNameError
from comity.identifiers import DEFAULT_BASE, digest
from comity.model import Violation
from comity.rdf.namespaces import prefixes as known_prefixes
from comity.rdf.terms import RDF_TYPE, boolean_term, literal_term
from comity.rdf.terms import Triple as TextTriple
from comity.rdf.turtle import serialize

if TYPE_CHECKING:
    from pyshacl.shapes_graph import ShapesGraph
    from rdflib import Graph
    from rdflib.term import Node

    Triple = tuple[Node, Node, Node]

SH = "http://www.w3.org/ns/shacl#"
SHAPES = "https://w3id.org/comity/shapes/"
CORE = (
    "activity",
    "actor",
    "concept",
    "document",
    "event",
    "evidence",
    "measure",
    "mention",
    "statement",
    "values",
)
"""The shape files that every graph is held to; any other file in the folder is a profile."""

Severity = Literal["Violation", "Warning", "Info"]
_RANK: dict[str, int] = {"Violation": 0, "Warning": 1, "Info": 2}
_REFUSED = ("sparql", "js", "rule", "target", "select", "ask", "construct")
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_BATCH = 4_000
"""Triples after which a batch of documents is checked: large enough to pay for its set-up."""
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^<> ]*")
_OF_STATEMENT = re.compile(
    r"(?:statement|evidence|position|quote)-([0-9a-f]+)|mention-([0-9a-f]+)-[0-9]+"
)


@dataclass(frozen=True)
class Shapes:
    """A shapes graph, ready to check data with.

    Args:
        graph: The union of the shape files, as an rdflib graph.
        profile: The name it was asked for by.
        files: The files it was read from, in order.
    """

    graph: Graph
    profile: str
    files: tuple[Path, ...]
    _compiled: ShapesGraph = field(repr=False, compare=False)


def profiles(folder: Path | None = None) -> tuple[str, ...]:
    """The names of the profiles: ``core``, and one for each further file in the folder.

    Args:
        folder: A folder of shape files; the bundled one when None.
    """
    found = (file.stem for file in sorted((folder or asset("shapes")).glob("*.ttl")))
    return ("core", *(name for name in found if name not in CORE))


def load_shapes(paths: Iterable[Path] | None = None, profile: str = "core") -> Shapes:
    """Reads the shapes of a profile, or the files given.

    Args:
        paths: Turtle files to read instead of the bundled ones.
        profile: ``core``, or the name of a stricter profile, which includes the core.

    Raises:
        UnknownNameError: if there is no such profile.
        ShapeError: if a file cannot be read, is no Turtle, aims at nothing, or uses SPARQL,
            JavaScript or rules.
    """
    if paths is None:
        if profile not in profiles():
            raise UnknownNameError(
                f"there is no shapes profile {profile!r}", hint=f"use {', '.join(profiles())}"
            )
        names = CORE if profile == "core" else (*CORE, profile)
        paths = [asset("shapes") / f"{name}.ttl" for name in names]
    return _compile(tuple(paths), profile)


def _compile(files: tuple[Path, ...], profile: str) -> Shapes:
    from rdflib import Graph

    graph = Graph()
    for number, file in enumerate(files):
        try:
            for triple in _parse(file.read_bytes(), "turtle", f"f{number}b"):
                graph.add(triple)
        except OSError as error:
            raise ShapeError(
                f"the shapes cannot be read: {error.strerror}", where=str(file)
            ) from error
        except InputError as error:
            raise ShapeError(error.message, where=str(file)) from error
    return from_graph(graph, profile, files)


def from_graph(graph: Graph, profile: str = "core", files: tuple[Path, ...] = ()) -> Shapes:
    """Shapes from an rdflib graph that holds nothing else.

    Args:
        graph: The shapes; it is not changed.
        profile: What to call them.
        files: Where they come from, for messages.

    Raises:
        ShapeError: if they aim at nothing, are malformed, or use SPARQL, JavaScript or rules.
    """
    from pyshacl.errors import ReportableRuntimeError
    from pyshacl.shapes_graph import ShapesGraph

    names = ", ".join(str(file) for file in files)
    predicates = {str(predicate) for predicate in graph.predicates()}
    refused = [name for name in _REFUSED if SH + name in predicates]
    if refused:
        raise ShapeError(
            f"the shapes use sh:{refused[0]}", where=names, hint="use SHACL Core constraints only"
        )
    if not predicates & {SH + name for name in _TARGETS}:
        raise ShapeError(
            "the shapes have no target, so that everything would conform",
            where=names,
            hint="name shape files, not an ontology or data",
        )
    compiled = ShapesGraph(_hoisted(graph))
    try:
        _ = compiled.shapes
    except (ReportableRuntimeError, KeyError, ValueError) as error:
        raise ShapeError(f"the shapes are malformed: {_first_line(error)}", where=names) from error
    return Shapes(graph, profile, files, compiled)


def _hoisted(graph: Graph) -> Graph:
    """The same shapes, arranged so that pySHACL gives the same results in a third of the time.

    Targets move from node shapes to their property shapes, which are then evaluated for all
    focus nodes at once, not for each apart; names and descriptions are left out.
    """
    from rdflib import Graph
    from rdflib.namespace import RDF, RDFS
    from rdflib.namespace import SH as SHACL

    hoisted = Graph()
    unused = {SHACL.name, SHACL.description, SHACL.order, SHACL.group, RDFS.label, RDFS.comment}
    for triple in graph:
        if triple[1] not in unused:
            hoisted.add(triple)
    nested = {*graph.objects(None, SHACL.node), *graph.objects(None, SHACL.qualifiedValueShape)}
    nested |= {*graph.objects(None, SHACL["not"]), *graph.objects(None, RDF.first)}
    for shape in set(graph.subjects(SHACL.targetClass)) - nested:
        if (shape, SHACL.closed, None) in graph or (shape, SHACL.deactivated, None) in graph:
            continue
        for inner in graph.objects(shape, SHACL.property):
            hoisted.remove((shape, SHACL.property, inner))
            for target in graph.objects(shape, SHACL.targetClass):
                hoisted.add((inner, SHACL.targetClass, target))
    return hoisted


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
    for triple in _parse(data, "turtle"):
        graph.add(triple)
    return _run(graph, shapes)


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
    for triple in _parse(catalogue, "ntriples", where="catalogue"):
        graph.add(triple)
        described.setdefault(triple[0], []).append(triple)
    yield from _run(graph, shapes)
    for group in _grouped(batches):
        graph = Graph()
        owner: dict[str, int] = {}
        for number, triples in enumerate(group):
            for triple in triples:
                graph.add(triple)
                owner.setdefault(_name(triple[0]), number)
            for triple in _reachable(triples, described):
                graph.add(triple)
        own = [violation for violation in _run(graph, shapes) if violation.focus in owner]
        yield from sorted(own, key=lambda violation: owner[violation.focus])


def _grouped(batches: Iterable[tuple[str, str | bytes]]) -> Iterator[list[list[Triple]]]:
    """The triples of each document, some documents at a time, in order."""
    group: list[list[Triple]] = []
    size = 0
    for number, (document, data) in enumerate(batches):
        group.append(_parse(data, "ntriples", f"d{number}b", document))
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


def _parse(data: str | bytes, syntax: str, label: str = "b", where: str = "") -> list[Triple]:
    """The triples of a text as rdflib terms; blank nodes are numbered as they come."""
    import pyoxigraph as ox

    form = ox.RdfFormat.TURTLE if syntax == "turtle" else ox.RdfFormat.N_TRIPLES
    content = data.encode() if isinstance(data, str) else data
    terms: dict[Any, Node] = {}
    numbers = count(1)

    def term(source: Any) -> Node:
        made = terms.get(source)
        if made is None:
            made = terms[source] = _term(source, label, numbers)
        return made

    try:
        with _quiet():
            return [
                (term(quad.subject), term(quad.predicate), term(quad.object))
                for quad in ox.parse(input=content, format=form)
            ]
    except (SyntaxError, ValueError) as error:
        name = "Turtle" if syntax == "turtle" else "N-Triples"
        raise InputError(f"this is no {name}: {error}", where=where) from error


def _term(source: Any, label: str, numbers: Iterator[int]) -> Node:
    import pyoxigraph as ox
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdfLiteral

    match source:
        case ox.NamedNode():
            return URIRef(source.value)
        case ox.BlankNode():
            return BNode(f"{label}{next(numbers)}")
        case ox.Literal() if source.language:
            return RdfLiteral(source.value, lang=source.language)
        case ox.Literal():
            datatype = URIRef(source.datatype.value)
            return RdfLiteral(source.value, datatype=datatype, normalize=False)
    raise InputError("triples about triples cannot be checked", where=str(source))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps rdflib from logging a traceback for every ill-formed value: the shapes tell."""
    logger = logging.getLogger("rdflib.term")
    logger.addFilter(_drop)
    try:
        yield
    finally:
        logger.removeFilter(_drop)


def _drop(_record: logging.LogRecord) -> bool:
    return False


def _run(graph: Graph, shapes: Shapes) -> list[Violation]:
    from pyshacl.errors import ReportableRuntimeError
    from pyshacl.graph_abstraction import DataGraph
    from pyshacl.validator import Validator

    options = {"inference": "none", "advanced": False, "inplace": True}
    compiled = shapes._compiled
    validator = Validator(DataGraph.from_rdflib(graph), shacl_graph=compiled.graph, options=options)
    validator.shacl_graph = compiled
    try:
        report = validator.run()[1]  # type: ignore[no-untyped-call]
    except ReportableRuntimeError as error:
        raise ShapeError(f"the shapes cannot be carried out: {_first_line(error)}") from error
    return sorted(set(_results(report, compiled)), key=_order)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


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
            focus=_name(report.value(result, SHACL.focusNode)),
            path=None if path is None else _path(path, shapes),
            value=None if value is None else _text(value),
            constraint=_name(report.value(result, SHACL.sourceConstraintComponent)),
            shape=_name(shape),
            severity=cast(Severity, severity if severity in _RANK else "Violation"),
            message=str(messages[0]) if messages else "",
        )


def _english_first(message: Node) -> tuple[bool, str]:
    return getattr(message, "language", None) not in (None, "en"), str(message)


def _name(node: Node | None) -> str:
    """An IRI as it is; any other term in N-Triples text."""
    from rdflib import URIRef

    return str(node) if node is None or isinstance(node, URIRef) else _text(node)


def _text(node: Node) -> str:
    """A term in N-Triples text."""
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdfLiteral

    if isinstance(node, URIRef):
        return f"<{node}>"
    if isinstance(node, BNode):
        return f"_:{node}"
    literal = cast(RdfLiteral, node)
    datatype = None if literal.datatype is None else str(literal.datatype)
    return literal_term(str(literal), literal.language, datatype)


def _path(path: Node, shapes: ShapesGraph) -> str:
    """An IRI as it is; a longer path as SPARQL writes it."""
    from rdflib import URIRef

    if isinstance(path, URIRef):
        return str(path)
    from pyshacl.helper.path_helper import shacl_path_to_sparql_path

    return str(shacl_path_to_sparql_path(shapes, path, prefixes={}))


def _order(violation: Violation) -> tuple[int, str, str, str, str, str]:
    return (
        _RANK[violation.severity],
        violation.focus,
        violation.path or "",
        violation.constraint,
        violation.value or "",
        violation.shape,
    )


def statement_of(violation: Violation) -> str | None:
    """The id of the statement that a violation makes doubtful.

    Args:
        violation: One about a statement, its evidence, its selectors or its mentions.

    Returns:
        The statement's id, or None when the violation is about something shared: a document,
        measure, actor, concept, event or activity.
    """
    found = _OF_STATEMENT.fullmatch(violation.focus.rpartition("/")[2])
    return f"statement-{found[1] or found[2]}" if found else None


def explain(violation: Violation) -> str:
    """A violation in one readable line.

    Args:
        violation: What `check` found.

    Returns:
        Its severity, where it is, what is wrong, and the value at fault when there is one.
    """
    place = _short(violation.focus)
    if violation.path:
        place += " " + re.sub(r"<([^>]*)>", lambda iri: _short(iri[1]), _short(violation.path))
    value = violation.value
    fault = ""
    if value is not None and value != f"<{violation.focus}>":
        shown = _short(value[1:-1]) if value.startswith("<") else value.partition('"^^<')[0]
        shown += '"' if '"^^<' in value else ""
        fault = f" (found {shown if len(shown) <= 80 else shown[:77] + '...'})"
    return " ".join(f"{violation.severity}: {place}: {violation.message}{fault}".split())


def _short(iri: str) -> str:
    """An IRI with a known prefix, without the prefixes id: and comity:, which go unsaid."""
    for prefix, namespace in known_prefixes().items():
        local = iri.removeprefix(namespace)
        if local != iri and local and not re.search("[/#<>]", local):
            return local if prefix in ("id", "comity") else f"{prefix}:{local}"
    return iri


def report_turtle(violations: Iterable[Violation], base: str = DEFAULT_BASE) -> str:
    """A sh:ValidationReport in canonical Turtle, every node with an IRI.

    Results are named after what they say, the report after its results. A result about a
    path longer than one property has no sh:resultPath, which could not be written without
    blank nodes: its sh:sourceShape has it.

    Args:
        violations: What `check` found; repeated ones count once.
        base: Where data IRIs live.
    """
    found = sorted(set(violations), key=_order)
    names = [_result_id(violation) for violation in found]
    report = f"<{base}report-{digest(*names)}>"
    triples: list[TextTriple] = [
        (report, RDF_TYPE, f"<{SH}ValidationReport>"),
        (report, f"<{SH}conforms>", boolean_term(not found)),
    ]
    for violation, name in zip(found, names, strict=True):
        node = f"<{base}{name}>"
        triples.append((report, f"<{SH}result>", node))
        triples.extend(_result_triples(node, violation))
    return serialize(triples, {**known_prefixes(base), "shape": SHAPES})


def _result_id(violation: Violation) -> str:
    parts = (violation.focus, violation.path, violation.value, violation.constraint)
    return f"result-{digest(*parts, violation.shape)}"


def _result_triples(node: str, violation: Violation) -> Iterator[TextTriple]:
    yield node, RDF_TYPE, f"<{SH}ValidationResult>"
    yield node, f"<{SH}resultSeverity>", f"<{SH}{violation.severity}>"
    yield node, f"<{SH}resultMessage>", literal_term(violation.message, "en")
    for predicate, name in (
        ("focusNode", violation.focus),
        ("resultPath", violation.path),
        ("sourceConstraintComponent", violation.constraint),
        ("sourceShape", violation.shape),
    ):
        if name and _ABSOLUTE.fullmatch(name):
            yield node, f"<{SH}{predicate}>", f"<{name}>"
    if violation.value is not None and not violation.value.startswith("_:"):
        yield node, f"<{SH}value>", violation.value
