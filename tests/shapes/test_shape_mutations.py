"""Every constraint is there for a reason: without it, or with another in its place, at least one
case comes out differently."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH, XSD
from rdflib.term import Node
from shape_cases import PROFILES, Case, cases, context, core, outcome

from comity.check import SHAPES, from_graph, load_shapes
from comity.errors import ShapeError

SAID = {SH.name, SH.description, SH.message, SH.path, RDFS.label, RDFS.comment, RDF.type}
LISTS = {SH["in"], SH["or"], SH.ignoredProperties}
TOGETHER = {SH.closed: SH.ignoredProperties, SH.qualifiedValueShape: SH.qualifiedMinCount}

OTHER: dict[Node, Node] = {
    SH.datatype: XSD.NMTOKEN,
    SH["class"]: OWL.Thing,
    SH.nodeKind: SH.Literal,
    SH.pattern: Literal("^never$"),
    SH.hasValue: OWL.Nothing,
    SH.path: OWL.sameAs,
    SH.targetClass: OWL.Thing,
    SH.minInclusive: Literal(5),
    SH.maxInclusive: Literal(-5),
    SH.equals: OWL.sameAs,
    SH.disjoint: OWL.sameAs,
}

Mutation = Callable[[Graph], None]


@cache
def _shapes(profile: str) -> Graph:
    return load_shapes(profile=profile).graph


def _copy(profile: str) -> Graph:
    copy = Graph()
    for triple in _shapes(profile):
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


def _other(predicate: Node, value: Node) -> Node | None:
    """What a constraint is altered to: a graver or lighter severity, another bound or kind."""
    if predicate == SH.severity:
        return SH.Info if value != SH.Info else SH.Violation
    if predicate in {SH.minCount, SH.maxCount, SH.qualifiedMinCount, SH.minLength}:
        assert isinstance(value, Literal)
        return Literal(int(value) + 1)
    return OTHER.get(predicate)


def _altered(shape: Node, predicate: Node, value: Node, new: Node) -> Mutation:
    def mutate(graph: Graph) -> None:
        graph.remove((shape, predicate, value))
        graph.add((shape, predicate, new))

    return mutate


def _mutations(profile: str) -> list[tuple[str, str, Mutation]]:
    """Each triple that constrains anything, removed and altered; each list, one member shorter.

    Of a profile that adds to the core, what it adds.
    """
    found: list[tuple[str, str, Mutation]] = []
    graph = _shapes(profile)
    for shape, predicate, value in sorted(graph):
        local = str(shape).removeprefix(SHAPES)
        if not isinstance(shape, URIRef) or (profile != "core" and str(shape) in core()):
            continue
        name = f"{local} {_last(predicate)}"
        other = _other(predicate, value)
        if other is not None:
            mutate = _altered(shape, predicate, value, other)
            found.append((profile, f"{name} {_last(value)} altered", mutate))
        silent = predicate in SAID or (predicate, value) == (SH.severity, SH.Violation)
        if silent or predicate in TOGETHER.values():
            continue
        if predicate in LISTS:
            for index, member in enumerate(graph.items(value)):
                mutate = _shorter(shape, predicate, index)
                found.append((profile, f"{name} {_last(member)}", mutate))
        found.append((profile, f"{name} {_last(value)}", _without(shape, predicate, value)))
    return found


def _last(node: Node) -> str:
    return str(node).replace("#", "/").rpartition("/")[2] if isinstance(node, URIRef) else "…"


def _merged(profile: str, chosen: Iterable[Case]) -> str:
    """Many cases as one graph: their nodes have names of their own."""
    parts = (case.data.replace("_:b1", f"_:c{n}") for n, case in enumerate(chosen))
    return "\n".join((context(profile), *parts))


@cache
def _cases(profile: str) -> list[Case]:
    return cases(profile)


@cache
def _expected(profile: str, data: str) -> frozenset[str]:
    return outcome(data, from_graph(_copy(profile), profile))


def _circles(profile: str, local: str) -> Iterable[str]:
    """The cases about a shape, then those about its class, then all."""
    every = _cases(profile)
    for prefix in (local, local.partition("-")[0], ""):
        chosen = [case for case in every if case.name.split("/")[1].startswith(prefix)]
        if chosen:
            yield _merged(profile, chosen)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("profile", "name", "mutate"),
    [pytest.param(*m, id=m[1]) for profile in PROFILES for m in _mutations(profile)],
)
def test_constraint_is_noticed(profile: str, name: str, mutate: Mutation) -> None:
    """Without a constraint, or one member of its list, some case has another result."""
    mutant = _copy(profile)
    mutate(mutant)
    for data in _circles(profile, name.partition(" ")[0]):
        try:
            if outcome(data, from_graph(mutant, profile)) != _expected(profile, data):
                return
        except ShapeError:
            pytest.fail(f"{name}: the shapes cannot do without it, so this tests nothing")
    pytest.fail(f"no case notices that {name} is gone")


@pytest.mark.parametrize("profile", PROFILES)
def test_merged_cases_give_their_own_results(profile: str) -> None:
    """Cases checked together give what each gives alone, so that mutants can be run at once."""
    chosen = cases(profile)
    expected = {line for case in chosen for line in case.expected if "_:b1" not in line}
    found = {line for line in _expected(profile, _merged(profile, chosen)) if "_:b" not in line}
    assert found == expected


@pytest.mark.parametrize("profile", PROFILES)
def test_every_constraint_speaks(profile: str) -> None:
    """A shape that can report anything says so in plain English, and has a name."""
    graph = _shapes(profile)
    reporting = set(graph.subjects(SH.severity)) | set(graph.subjects(RDF.type, SH.PropertyShape))
    for shape in reporting:
        message = graph.value(shape, SH.message)
        assert isinstance(message, Literal) and message.language == "en", shape
        names = {*graph.objects(shape, SH.name), *graph.objects(shape, RDFS.label)}
        assert len(names) == 1, shape


@pytest.mark.parametrize("profile", PROFILES)
def test_targets_state_their_severity(profile: str) -> None:
    """Every shape that has a target and a constraint, and each property of one, is graded."""
    graph = _shapes(profile)
    aimed = set(graph.subjects(SH.targetClass)) | set(graph.subjects(SH.targetSubjectsOf))
    inner = {value for shape in aimed for value in graph.objects(shape, SH.property)}
    bare = {SH.targetClass, SH.targetSubjectsOf, SH.property, RDF.type, RDFS.label, RDFS.comment}
    aimed = {shape for shape in aimed if set(graph.predicates(shape)) - bare}
    for shape in aimed | inner:
        assert graph.value(shape, SH.severity) in {SH.Violation, SH.Warning, SH.Info}, shape


@pytest.mark.parametrize("profile", PROFILES)
def test_shapes_have_iris(profile: str) -> None:
    """Every shape has an IRI, so that a report can name it."""
    graph = _shapes(profile)
    kinds = (SH.NodeShape, SH.PropertyShape)
    assert all(isinstance(s, URIRef) for kind in kinds for s in graph.subjects(RDF.type, kind))
