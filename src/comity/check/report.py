"""Violations → one line for people, a sh:ValidationReport for machines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from comity.check.shapes import SH, SHAPES
from comity.identifiers import DEFAULT_BASE, digest
from comity.model import Violation
from comity.rdf.namespaces import prefixes as known_prefixes
from comity.rdf.terms import RDF_TYPE, Triple, boolean_term, literal_term
from comity.rdf.turtle import serialize

Severity = Literal["Violation", "Warning", "Info"]
RANK: dict[str, int] = {"Violation": 0, "Warning": 1, "Info": 2}
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^<> ]*")
_OF_STATEMENT = re.compile(
    r"(?:statement|evidence|position|quote)-([0-9a-f]+)|mention-([0-9a-f]+)-[0-9]+"
)


def order(violation: Violation) -> tuple[int, str, str, str, str, str]:
    """The sort key of violations: severity, then focus node, path, constraint and value."""
    return (
        RANK[violation.severity],
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


def accepted(violations: Iterable[Violation]) -> bool:
    """Whether no result is a sh:Violation: warnings and remarks keep nothing out.

    Args:
        violations: What `check` found.
    """
    return all(violation.severity != "Violation" for violation in violations)


def explain(violation: Violation, base: str = DEFAULT_BASE) -> str:
    """A violation in one readable line.

    Args:
        violation: What `check` found.
        base: Where data IRIs live; they are shown without it.

    Returns:
        Its severity, where it is, what is wrong, and the value at fault when there is one.
    """
    place = _short(violation.focus, base)
    if violation.path:
        path = _short(violation.path, base)
        place += " " + re.sub(r"<([^>]*)>", lambda iri: _short(iri[1], base), path)
    value = violation.value
    fault = ""
    if value is not None and value != f"<{violation.focus}>":
        iri = value.startswith("<")
        shown = _short(value[1:-1], base) if iri else value.partition('"^^<')[0]
        shown += '"' if '"^^<' in value else ""
        fault = f" (found {shown if len(shown) <= 80 else shown[:77] + '...'})"
    return " ".join(f"{violation.severity}: {place}: {violation.message}{fault}".split())


def _short(iri: str, base: str) -> str:
    """An IRI with a known prefix, without the prefixes id: and comity:, which go unsaid."""
    for prefix, namespace in known_prefixes(base).items():
        local = iri.removeprefix(namespace)
        if local != iri and local and not re.search("[/#<>]", local):
            return local if prefix in ("id", "comity") else f"{prefix}:{local}"
    return iri


def report_turtle(violations: Iterable[Violation], base: str = DEFAULT_BASE) -> str:
    """A sh:ValidationReport in canonical Turtle, every node with an IRI.

    sh:conforms has SHACL's meaning: it is true only when there is no result at all, so that
    one warning makes it false. Whether data are accepted is another question: see `accepted`.

    Results are named after what they say, the report after its results. A result about a
    path longer than one property has no sh:resultPath, which could not be written without
    blank nodes: its sh:sourceShape has it.

    Args:
        violations: What `check` found; repeated ones count once.
        base: Where data IRIs live.
    """
    found = sorted(set(violations), key=order)
    names = [_result_id(violation) for violation in found]
    report = f"<{base}report-{digest(*names)}>"
    triples: list[Triple] = [
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


def _result_triples(node: str, violation: Violation) -> Iterator[Triple]:
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
