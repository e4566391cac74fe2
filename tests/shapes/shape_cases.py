"""Reads the cases: one file holds the data and, in its header, the results that are expected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from comity.check import SH, SHAPES
from comity.model import Violation
from comity.rdf.namespaces import prefixes
from comity.rdf.turtle import compactor

FOLDER = Path(__file__).parent
CONTEXT = (FOLDER / "context.ttl").read_text(encoding="utf-8")
_short = compactor({**prefixes(), "shape": SHAPES})


@dataclass(frozen=True)
class Case:
    """Data that breaks the shapes in exactly the expected ways, in a described world."""

    name: str
    data: str
    expected: frozenset[str]

    @property
    def turtle(self) -> str:
        """The data with the context that it refers to."""
        return f"{CONTEXT}\n{self.data}"


def cases() -> list[Case]:
    """Every case, by folder and name."""
    return [_read(file) for file in sorted(FOLDER.glob("[A-Z]*/*.ttl"))]


def _read(file: Path) -> Case:
    text = file.read_text(encoding="utf-8")
    expected = frozenset(re.findall(r"^# expect: (.+)$", text, re.MULTILINE))
    name = f"{file.parent.name}/{file.stem}"
    if name.endswith("-pass") == bool(expected - {"nothing"}) or not expected:
        raise ValueError(f"{name}: the header does not say what its name says")
    return Case(name, text, expected - {"nothing"})


def result(violation: Violation) -> str:
    """A violation as the header of a case writes it."""
    component = violation.constraint.removeprefix(SH).removesuffix("ConstraintComponent")
    path = "/".join(_name(part) for part in _steps(violation.path)) or "-"
    value = "-" if violation.value is None else _short(violation.value)
    return " ".join(
        (violation.severity, component, _name(violation.shape), _name(violation.focus), path, value)
    )


def _steps(path: str | None) -> list[str]:
    if path is None:
        return []
    return re.findall(r"<([^>]+)>", path) or [path]


def _name(iri: str) -> str:
    return iri if iri.startswith("_:") else _short(f"<{iri}>")
