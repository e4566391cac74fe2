"""The shapes that data are held to: reading them, refusing unfit ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from comity.assets import path as asset
from comity.check.terms import parse
from comity.errors import InputError, ShapeError, UnknownNameError

if TYPE_CHECKING:
    from pyshacl.shapes_graph import ShapesGraph
    from rdflib import Graph

SH = "http://www.w3.org/ns/shacl#"
SHAPES = "https://w3id.org/comity/shapes/"
CORE = (
    "activity",
    "actor",
    "concept",
    "concept-scheme",
    "document",
    "event",
    "evidence",
    "legal-document",
    "lineage-link",
    "measure",
    "membership",
    "mention",
    "statement",
    "tenure",
    "values",
    "withdrawn-resource",
)
"""The shape files that every graph is held to; any other file in the folder is a profile."""
_REFUSED = ("sparql", "js", "rule", "target", "select", "ask", "construct")
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")


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
    compiled: ShapesGraph = field(repr=False, compare=False)


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
            for triple in parse(file.read_bytes(), "ttl", f"f{number}b"):
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
        raise ShapeError(f"the shapes are malformed: {first_line(error)}", where=names) from error
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


def first_line(error: Exception) -> str:
    """What went wrong, without the explanations that follow."""
    return str(error).partition("\n")[0]
