"""Every constraint is there for a reason: without it, at least one case comes out differently."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node
from shape_cases import CONTEXT, Case, cases, result

from comity.check import SHAPES, check, from_graph, load_shapes
from comity.errors import ShapeError

SAID = {SH.name, SH.description, SH.message, SH.path, RDFS.label, RDFS.comment, RDF.type}
LISTS = {SH["in"], SH["or"], SH.ignoredProperties}
TOGETHER = {SH.closed: SH.ignoredProperties, SH.qualifiedValueShape: SH.qualifiedMinCount}

Mutation = Callable[[Graph], None]


@cache
def _shapes() -> Graph:
    return load_shapes().graph


def _copy() -> Graph:
    copy = Graph()
    for triple in _shapes():
        copy.add(triple)
    return copy


def _without(shape: Node, predicate: Node, value: Node) -> Mutation:
    def mutate(graph: Graph) -> None:
        graph.remove((shape, predicate, value))
        if predicate in TOGETHER:
            graph.remove((shape, TOGETHER[predicate], None))

    return mutate


def _shorter(shape: Node, predicate: Node, index: int) -> Mutation:
    def mutate(graph: Graph) -> None:
        old = graph.value(shape, predicate)
        members = list(graph.items(old))
        graph.remove((shape, predicate, old))
        new = Collection(graph, None, [*members[:index], *members[index + 1 :]])
        graph.add((shape, predicate, new.uri))

    return mutate


def _mutations() -> list[tuple[str, Mutation]]:
    """Each triple that constrains anything, removed; each list, one member shorter."""
    found: list[tuple[str, Mutation]] = []
    graph = load_shapes().graph
    for shape, predicate, value in sorted(graph):
        local = str(shape).removeprefix(SHAPES)
        silent = predicate in SAID or (predicate, value) == (SH.severity, SH.Violation)
        if not isinstance(shape, URIRef) or silent or predicate in TOGETHER.values():
            continue
        name = f"{local} {_last(predicate)}"
        if predicate in LISTS:
            for index, member in enumerate(graph.items(value)):
                found.append((f"{name} {_last(member)}", _shorter(shape, predicate, index)))
        found.append((f"{name} {_last(value)}", _without(shape, predicate, value)))
    return found


def _last(node: Node) -> str:
    return str(node).replace("#", "/").rpartition("/")[2] if isinstance(node, URIRef) else "…"


def _merged(chosen: Iterable[Case]) -> str:
    """Many cases as one graph: their nodes have names of their own."""
    parts = (case.data.replace("_:b1", f"_:c{n}") for n, case in enumerate(chosen))
    return "\n".join((CONTEXT, *parts))


def _outcome(data: str, graph: Graph) -> list[str]:
    return sorted(result(violation) for violation in check(data, from_graph(graph)))


@cache
def _cases() -> list[Case]:
    return cases()


@cache
def _expected(data: str) -> list[str]:
    return _outcome(data, _copy())


def _circles(local: str) -> Iterable[str]:
    """The cases about a shape, then those about its class, then all."""
    every = _cases()
    for prefix in (local, local.partition("-")[0], ""):
        chosen = [case for case in every if case.name.split("/")[1].startswith(prefix)]
        if chosen:
            yield _merged(chosen)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "mutate"), [pytest.param(*m, id=m[0]) for m in _mutations()])
def test_constraint_is_noticed(name: str, mutate: Mutation) -> None:
    """Without a constraint, or one member of its list, some case has another result."""
    mutant = _copy()
    mutate(mutant)
    for data in _circles(name.partition(" ")[0]):
        try:
            if _outcome(data, mutant) != _expected(data):
                return
        except ShapeError:
            pytest.fail(f"{name}: the shapes cannot do without it, so this tests nothing")
    pytest.fail(f"no case notices that {name} is gone")


def test_merged_cases_give_their_own_results() -> None:
    """Cases checked together give what each gives alone, so that mutants can be run at once."""
    expected = {line for case in cases() for line in case.expected if "_:b1" not in line}
    found = {line for line in _expected(_merged(cases())) if "_:b" not in line}
    assert found == expected


def test_every_constraint_speaks() -> None:
    """A shape that can report anything says so in plain English, and has a name."""
    graph = _shapes()
    reporting = set(graph.subjects(SH.severity)) | set(graph.subjects(RDF.type, SH.PropertyShape))
    for shape in reporting:
        message = graph.value(shape, SH.message)
        assert isinstance(message, Literal) and message.language == "en", shape
        names = {*graph.objects(shape, SH.name), *graph.objects(shape, RDFS.label)}
        assert len(names) == 1, shape


def test_targets_state_their_severity() -> None:
    """Every shape with a target, and every property shape below one, states its severity."""
    graph = _shapes()
    aimed = set(graph.subjects(SH.targetClass)) | set(graph.subjects(SH.targetSubjectsOf))
    inner = {value for shape in aimed for value in graph.objects(shape, SH.property)}
    for shape in aimed | inner:
        assert graph.value(shape, SH.severity) in {SH.Violation, SH.Warning, SH.Info}, shape


def test_shapes_have_iris() -> None:
    """Every shape has an IRI, so that a report can name it."""
    graph = _shapes()
    kinds = (SH.NodeShape, SH.PropertyShape)
    assert all(isinstance(s, URIRef) for kind in kinds for s in graph.subjects(RDF.type, kind))
