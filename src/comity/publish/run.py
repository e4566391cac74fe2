"""The route of a release: its content is made ready, written part by part, and switched in."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from comity.check import accepted
from comity.model import Violation
from comity.publish.catalogue import write_catalogue
from comity.publish.citation import write_citation, write_license
from comity.publish.content import Content, Graph, Part
from comity.publish.dumps import (
    write_canonical,
    write_jsonld,
    write_nquads,
    write_ntriples,
    write_trig,
    write_turtle,
)
from comity.publish.edges import write_edges, write_lineage
from comity.publish.hosting import write_htaccess
from comity.publish.linksets import write_links
from comity.publish.listing import RELEASE, write_release, write_sums
from comity.publish.prepare import prepare
from comity.publish.provenance import write_provenance
from comity.publish.readme import write_readme
from comity.publish.release import About, Release, about_from, make_release, read_about
from comity.publish.report import check_release, write_report
from comity.publish.schemas import write_schemas
from comity.publish.signposts import write_linkset, write_sitemap
from comity.publish.site import list_pages, site_pages, write_site
from comity.publish.target import writing
from comity.publish.texts import write_texts
from comity.publish.void import write_void

Told = Callable[[str], None]
"""Told which step begins."""
Writer = Callable[[Content, Path], list[Part]]

DATA: tuple[tuple[str, tuple[Writer, ...]], ...] = (
    ("N-Quads and N-Triples", (write_nquads, write_ntriples, write_canonical)),
    ("Turtle and TriG", (write_turtle, write_trig)),
    ("JSON-LD", (write_jsonld,)),
    ("edges", (write_edges, write_lineage, write_links)),
    ("texts and schemas", (write_texts, write_schemas)),
)
"""What writes the data, in the order of writing, under the names of its steps."""


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

    `parts` are its files, but for all pages of the site beside the first: `pages` is the number
    of those. `counts` has the numbers of release.json.
    """

    release: Release
    folder: Path
    parts: tuple[Part, ...]
    violations: tuple[Violation, ...]
    counts: Mapping[str, int]
    pages: int = 0

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
            "pages": self.pages,
            "files": [part.name for part in self.parts if part.role != "page"],
        }


def publish(graph: Graph, out: Path, wishes: Wishes, told: Told | None = None) -> PublishReport:
    """Write a release of a graph.

    Args:
        graph: The graph.
        out: The folder of the release; an earlier release in it is replaced when all is done.
        wishes: What the release is to be.
        told: Told which step begins.

    Raises:
        UsageError: When a wish cannot be fulfilled as it stands.
        InputError: When `out` holds other things than a release, or cannot be written to.
        ComityError: When an IRI of the release before would vanish, or the graph is damaged.
    """
    tell = told or (lambda step: None)
    release = _release(graph, wishes)
    with writing(out) as folder, TemporaryDirectory(prefix="comity-publish-") as room:
        tell("content")
        content = prepare(graph, release, Path(room))
        parts: list[Part] = []
        for step, writers in DATA:
            tell(step)
            for write in writers:
                parts += write(content, folder)
        tell("shapes")
        violations = check_release(content)
        parts += write_report(violations, content, folder)
        tell("metadata")
        parts += _metadata(content, folder, parts)
        if wishes.site:
            tell("pages")
            parts += write_site(content, folder, parts=parts)
        tell("checksums")
        parts += _around(content, folder, parts)
        told_of = json.loads((folder / RELEASE).read_text("utf-8"))
    return PublishReport(
        release, out, tuple(parts), tuple(violations), told_of["counts"], told_of["pages"]
    )


def _release(graph: Graph, wishes: Wishes) -> Release:
    about: About | None = None
    if isinstance(wishes.about, Path):
        about = read_about(wishes.about)
    elif wishes.about is not None:
        about = about_from(wishes.about, "about")
    return make_release(
        wishes.release,
        graph.namespaces,
        about=about,
        issued=wishes.issued,
        epoch=os.environ.get("SOURCE_DATE_EPOCH"),
        url=wishes.url,
        quotes=wishes.quotes,
        site=wishes.site,
    )


def _metadata(content: Content, folder: Path, parts: list[Part]) -> list[Part]:
    """What describes the data: each may describe what was written before it."""
    written = list(parts)
    for write in (write_void, write_catalogue, write_provenance, write_readme, write_license):
        written += write(content, folder, written)
    written += write_citation(content, folder)
    written += write_linkset(content, folder, written)
    return written[len(parts) :]


def _around(content: Content, folder: Path, parts: list[Part]) -> list[Part]:
    """What is written last: it tells of everything else."""
    written = list(parts)
    if content.release.site:
        pages = [*list_pages(), *(page for _, page in site_pages(content))]
        written += write_sitemap(content, folder, pages)
    written += write_htaccess(content, folder, written)
    html = sum(1 for _ in folder.rglob("*.html"))
    written += write_release(content, folder, written, pages=html)
    written += write_sums(folder)
    return written[len(parts) :]
