"""The route of a release: its content is made ready, written part by part, and switched in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.check import accepted
from comity.model import Violation
from comity.publish.content import Part
from comity.publish.release import Release

Told = Callable[[str], None]
"""Told which step begins."""


@dataclass(frozen=True)
class Wishes:
    """What is asked of a release; see `comity.graph.KnowledgeGraph.publish`."""

    release: str
    about: Path | Mapping[str, object] | None = None
    issued: str | None = None
    url: str | None = None
    quotes: str = "full"
    previous: Path | None = None
    withdrawn: Path | None = None
    site: bool = True


@dataclass(frozen=True)
class PublishReport:
    """What was published.

    `counts` has the numbers of release.json; `exit_code` is 1 when something breaks a shape of
    the release profile, and else 0.
    """

    release: Release
    folder: Path
    parts: tuple[Part, ...]
    violations: tuple[Violation, ...]
    counts: Mapping[str, int]

    @property
    def exit_code(self) -> int:
        """0, or 1 when a node breaks a shape of the release profile."""
        return 0 if accepted(self.violations) else 1

    def describe(self) -> dict[str, Any]:
        """The report as a JSON object."""
        return {
            "release": self.release.label,
            "issued": self.release.issued,
            "folder": str(self.folder),
            "accepted": accepted(self.violations),
            "counts": dict(self.counts),
            "files": [part.name for part in self.parts if part.role != "page"],
        }
