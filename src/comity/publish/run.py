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
from comity.errors import UsageError
from comity.model import Violation
from comity.publish.catalogue import write_catalogue
from comity.publish.changefiles import write_files
from comity.publish.changes import Changes, compare
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
from comity.publish.reasons import read_reasons
from comity.publish.release import About, Release, about_from, make_release, read_about
from comity.publish.report import check_release, write_report
from comity.publish.schemas import write_schemas
from comity.publish.sides import Side, open_side, side_of
from comity.publish.signposts import write_linkset, write_sitemap
from comity.publish.site import list_pages, site_pages, write_site
from comity.publish.tables import write_tables
from comity.publish.target import writing
from comity.publish.telling import feed_entries, said
from comity.publish.texts import write_texts
from comity.publish.void import write_void
from comity.publish.withdrawals import plan_withdrawals, with_withdrawals

Told = Callable[[str], None]
"""Told which step begins."""
Writer = Callable[[Content, Path], list[Part]]

DATA: tuple[tuple[str, tuple[Writer, ...]], ...] = (
    ("N-Quads and N-Triples", (write_nquads, write_ntriples, write_canonical)),
    ("Turtle and TriG", (write_turtle, write_trig)),
    ("JSON-LD", (write_jsonld,)),
    ("tables", (write_tables,)),
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
    with writing(out) as folder, TemporaryDirectory(prefix="comity-publish-") as name:
        room = Path(name)
        old = _before(wishes, room)
        release = _release(graph, wishes, old)
        tell("content")
        content = prepare(graph, release, _made(room / "content"))
        parts: list[Part] = []
        changes: Changes | None = None
        if old is not None:
            tell("changes")
            content = _with_all_before(content, old, wishes, room)
            changes = compare(old, side_of(content), _made(room / "changes"))
            parts += write_files(changes, folder, release.quotes)
        for step, writers in DATA:
            tell(step)
            for write in writers:
                parts += write(content, folder)
        tell("shapes")
        violations = check_release(content)
        parts += write_report(violations, content, folder)
        tell("metadata")
        parts += _metadata(content, folder, parts, changes)
        if wishes.site:
            tell("pages")
            news = list(feed_entries(changes, release.quotes)) if changes else []
            parts += write_site(content, folder, parts=parts, news=news)
        tell("checksums")
        parts += _around(content, folder, parts)
        told_of = json.loads((folder / RELEASE).read_text("utf-8"))
    return PublishReport(
        release, out, tuple(parts), tuple(violations), told_of["counts"], told_of["pages"]
    )


def _before(wishes: Wishes, room: Path) -> Side | None:
    """The release before, which may lie where the new one will be."""
    if wishes.previous is None:
        if wishes.withdrawn is not None:
            raise UsageError(
                "reasons are for what the release before had", hint="name it with --previous"
            )
        return None
    side = open_side(wishes.previous, _made(room / "before"))
    if side.label is None:
        raise UsageError(
            "this is no release", where=str(wishes.previous), hint="name a folder with release.json"
        )
    return side


def _with_all_before(content: Content, old: Side, wishes: Wishes, room: Path) -> Content:
    """The content, with what it keeps of the release before: no IRI of that may vanish."""
    reasons = read_reasons(wishes.withdrawn, content.namespaces) if wishes.withdrawn else {}
    plan = plan_withdrawals(old, content, reasons, _made(room / "plan"))
    return with_withdrawals(content, plan, _made(room / "kept"))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _release(graph: Graph, wishes: Wishes, old: Side | None) -> Release:
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
        previous=old.label if old else None,
        site=wishes.site,
    )


def _metadata(
    content: Content, folder: Path, parts: list[Part], changes: Changes | None
) -> list[Part]:
    """What describes the data: each may describe what was written before it."""
    written = list(parts)
    written += write_void(content, folder, written)
    written += write_catalogue(content, folder, written, notes=_notes(changes))
    for write in (write_provenance, write_readme, write_license):
        written += write(content, folder, written)
    written += write_citation(content, folder)
    written += write_linkset(content, folder, written)
    return written[len(parts) :]


def _notes(changes: Changes | None) -> str:
    """What changed since the release before, in a sentence for each kind of thing."""
    if changes is None:
        return ""
    told = (
        f"{kind}: " + ", ".join(f"{number:,} {said(kind, how)}" for how, number in counts.items())
        for kind, counts in changes.counts.items()
    )
    return f"Since {changes.old.label}: {'; '.join(told) or 'no change'}."


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
