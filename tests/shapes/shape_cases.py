"""Reads the cases: one file holds the data and, in its header, the results that are expected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from comity.check import SH, SHAPES, Shapes, check, load_shapes
from comity.model import Violation
from comity.rdf.namespaces import prefixes
from comity.rdf.turtle import compactor

FOLDER = Path(__file__).parent
PROFILES = ("core", "metadata", "ontology", "release")
_CONTEXTS = {
    profile: file.read_text(encoding="utf-8")
    for profile in PROFILES
    if (file := FOLDER / profile / "context.ttl").exists()
    or (file := FOLDER / "context.ttl").exists()
}
_short = compactor(
    {
        **prefixes(),
        "shape": SHAPES,
        "bibo": "http://purl.org/ontology/bibo/",
        "spdx": "http://spdx.org/rdf/terms#",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
        "membership": "https://w3id.org/comity/membership/",
        "tenure": "https://w3id.org/comity/tenure/",
    }
)


@dataclass(frozen=True)
class Case:
    """Data that breaks the shapes in exactly the expected ways, in a described world."""

    name: str
    profile: str
    data: str
    expected: frozenset[str]

    @property
    def turtle(self) -> str:
        """The data with the context that it refers to."""
        return f"{context(self.profile)}\n{self.data}"


def context(profile: str) -> str:
    """The described world that the cases of a profile refer to."""
    return _CONTEXTS[profile]


def cases(*profiles: str) -> list[Case]:
    """Every case of these profiles or of all, by folder and name.

    Folders with a capital hold the cases of one class of the core; those of a profile that
    adds to the core have its name.
    """
    found = [_read(file) for file in sorted(FOLDER.glob("*/[A-Z]*.ttl"))]
    return [case for case in found if case.profile in (profiles or PROFILES)]


@cache
def core() -> frozenset[str]:
    """The names of the shapes of the core."""
    return frozenset(str(shape) for shape in load_shapes().graph.subjects())


def outcome(data: str, shapes: Shapes) -> frozenset[str]:
    """What the shapes report; of a profile, what it reports beyond the core."""
    found = check(data, shapes)
    if shapes.profile != "core":
        found = [violation for violation in found if violation.shape not in core()]
    return frozenset(result(violation) for violation in found)


def _read(file: Path) -> Case:
    text = file.read_text(encoding="utf-8")
    expected = frozenset(re.findall(r"^# expect: (.+)$", text, re.MULTILINE))
    name = f"{file.parent.name}/{file.stem}"
    if name.endswith("-pass") == bool(expected - {"nothing"}) or not expected:
        raise ValueError(f"{name}: the header does not say what its name says")
    profile = file.parent.name if file.parent.name in PROFILES else "core"
    return Case(name, profile, text, expected - {"nothing"})


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
