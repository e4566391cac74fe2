"""Counting triples: the figures of VoID, in memory that does not grow with their number.

Figures by subject are kept while the triples go by; what needs all objects at once, the number
of distinct ones, comes from sorting them on disk. What is held is bounded by the schema: one
counter a class, a property, and a property of a class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeVar

from comity.publish.sorting import RUN, sorted_lines
from comity.rdf.terms import RDF_TYPE, Triple

_TAB = b"\t"
_T = TypeVar("_T")


@dataclass(slots=True)
class Usage:
    """How often a property is used: triples, distinct subjects, distinct objects."""

    triples: int = 0
    subjects: int = 0
    objects: int = 0


@dataclass(slots=True)
class Partition:
    """The entities of one class: their number, their triples, and the properties they have.

    `example` is the IRI of the first entity.
    """

    entities: int = 0
    triples: int = 0
    example: str = ""
    properties: dict[str, Usage] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    """The figures of some triples; classes and properties by IRI, in order.

    Args:
        triples: Distinct triples.
        subjects: Distinct subjects; each is an entity, as all are IRIs.
        objects: Distinct objects, literals included.
        properties: How often each property is used.
        classes: The partition of each class.
        spaces: The namespaces of the subjects, in order.
    """

    triples: int
    subjects: int
    objects: int
    properties: Mapping[str, Usage]
    classes: Mapping[str, Partition]
    spaces: tuple[str, ...]


def count(triples: Iterable[Triple], *, run: int = RUN) -> Figures:
    """The figures of some triples.

    Args:
        triples: Distinct triples of IRIs and literals in N-Triples text; those of a subject stand
            together.
        run: Bytes that are sorted in memory at once.

    Raises:
        OSError: if the folder for temporary files cannot hold the objects.
    """
    tally = _Tally()
    lines = sorted_lines(tally.subjects(triples), run=run)
    tally.objects(lines)
    return tally.figures()


class _Tally:
    def __init__(self) -> None:
        self._numbers: Counter[str] = Counter()
        self._properties: dict[str, Usage] = {}
        self._classes: dict[str, Partition] = {}
        self._spaces: set[str] = set()

    def subjects(self, triples: Iterable[Triple]) -> Iterator[bytes]:
        """Count what goes by subject; yields each object with its property and the class."""
        for subject, group in groupby(triples, key=lambda triple: triple[0]):
            facts = [(predicate, value) for _, predicate, value in group]
            kinds = [value for predicate, value in facts if predicate == RDF_TYPE]
            self._numbers["subjects"] += 1
            self._numbers["triples"] += len(facts)
            self._spaces.add(_space(subject[1:-1]))
            used = Counter(predicate for predicate, _ in facts)
            _add(self._properties, used)
            for kind in kinds:
                partition = self._classes.setdefault(kind, Partition(example=subject[1:-1]))
                partition.entities += 1
                partition.triples += len(facts)
                partition.example = min(partition.example, subject[1:-1])
                _add(partition.properties, used)
            for predicate, value in facts:
                for kind in kinds or ("",):
                    yield f"{value}\t{predicate}\t{kind}\n".encode()

    def objects(self, lines: Iterable[bytes]) -> None:
        """Count what goes by object, from sorted, distinct lines."""
        for _, group in groupby(lines, key=lambda line: line.partition(_TAB)[0]):
            self._numbers["objects"] += 1
            pairs = [line[:-1].decode().split("\t")[1:] for line in group]
            for predicate in {predicate for predicate, _ in pairs}:
                self._properties[predicate].objects += 1
            for predicate, kind in pairs:
                if kind:
                    self._classes[kind].properties[predicate].objects += 1

    def figures(self) -> Figures:
        classes = _by_iri(self._classes)
        for partition in classes.values():
            partition.properties = _by_iri(partition.properties)
        return Figures(
            self._numbers["triples"],
            self._numbers["subjects"],
            self._numbers["objects"],
            _by_iri(self._properties),
            classes,
            tuple(sorted(self._spaces)),
        )


def _add(properties: dict[str, Usage], used: Mapping[str, int]) -> None:
    for predicate, times in used.items():
        usage = properties.setdefault(predicate, Usage())
        usage.triples += times
        usage.subjects += 1


def _by_iri(values: Mapping[str, _T]) -> dict[str, _T]:
    return {term[1:-1]: value for term, value in sorted(values.items())}


def _space(iri: str) -> str:
    """The namespace of an IRI: all up to its last slash, hash or colon."""
    return iri[: max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":")) + 1]
