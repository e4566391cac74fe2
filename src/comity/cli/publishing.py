"""`comity publish`: a release of a graph, ready to be served."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.console import GRAPH, JSON, err, note

if TYPE_CHECKING:
    from comity.model import Violation
    from comity.publish.run import PublishReport, Told

RELEASE = Annotated[
    str,
    typer.Option("--release", "-r", help="Its name, such as 2026.11; files and IRIs carry it."),
]
OUT = Annotated[
    Path, typer.Option("--out", "-o", help="The folder of the release.", readable=False)
]
ABOUT = Annotated[
    Path | None,
    typer.Option("--about", help="TOML: title, description, publisher, license, …", readable=False),
]
ISSUED = Annotated[
    str | None,
    typer.Option(
        "--issued",
        help="Date of issue; else SOURCE_DATE_EPOCH, else what the name says.",
        show_default=False,
    ),
]
URL = Annotated[
    str | None,
    typer.Option(
        "--url",
        help="Where the folder will be served, with a slash at the end.",
        show_default=False,
    ),
]
QUOTES = Annotated[
    str,
    typer.Option(
        "--quotes", help="How much of a passage is published: full, short (25 words) or none."
    ),
]
PREVIOUS = Annotated[
    Path | None,
    typer.Option(
        "--previous",
        help="The folder of the release before; none of its IRIs may vanish.",
        readable=False,
    ),
]
WITHDRAWN = Annotated[
    Path | None,
    typer.Option(
        "--withdrawn", help="CSV: iri, reason, replaced_by of what is withdrawn.", readable=False
    ),
]
SITE = Annotated[bool, typer.Option("--site/--no-site", help="Write the pages, or not.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this group."""
    app.command(
        epilog="Examples:  comity publish kg --release 2026.11 --out dist   "
        "comity publish kg --release 2026.12 --out dist-12 --previous dist --quotes short"
    )(publish)


def publish(
    graph: Annotated[
        Path | None, typer.Argument(help="The graph folder; else --kg.", readable=False)
    ] = None,
    kg: GRAPH = Path("kg"),
    *,
    release: RELEASE,
    out: OUT,
    about: ABOUT = None,
    issued: ISSUED = None,
    url: URL = None,
    quotes: QUOTES = "full",
    previous: PREVIOUS = None,
    withdrawn: WITHDRAWN = None,
    site: SITE = True,
    as_json: JSON = False,
) -> None:
    """Write a release of a graph: dumps, tables, metadata, pages, checksums.

    The same graph and release give the same bytes on every machine. Source texts are published
    only where their licence allows it. When an IRI of the release before would vanish, nothing is
    written, and a table to fill in with reasons is printed, for --withdrawn.
    """
    from comity.graph import KnowledgeGraph

    opened = KnowledgeGraph.open(graph or kg)
    with _asking_why(), _telling() as tell:
        report = opened.publish(
            out,
            release,
            about=about,
            issued=issued,
            url=url,
            quotes=quotes,
            previous=previous,
            withdrawn=withdrawn,
            site=site,
            progress=tell,
        )
    if as_json:
        json.dump(report.describe(), sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
        sys.stdout.write("\n")
    _tell(report)
    raise typer.Exit(report.exit_code)


@contextmanager
def _asking_why() -> Iterator[None]:
    """Print the table to fill in when IRIs would vanish."""
    from comity.publish.reasons import reasons_table
    from comity.publish.withdrawals import VanishingError

    try:
        yield
    except VanishingError as error:
        sys.stdout.write(reasons_table(error.missing))
        raise


@contextmanager
def _telling() -> Iterator[Told]:
    """The step that is under way, on a terminal."""
    console = err()
    if not console.is_terminal:
        yield lambda step: None
        return
    with console.status("preparing") as status:
        yield status.update


def _tell(report: PublishReport) -> None:
    """What was published, and what of it breaks a shape: one line a rule."""
    from comity.check import explain

    by_rule: dict[tuple[str, str], list[Violation]] = {}
    for fault in report.violations:
        if fault.severity == "Violation":
            by_rule.setdefault((fault.shape, fault.constraint), []).append(fault)
    for faults in by_rule.values():
        more = f" (and {len(faults) - 1:,} more)" if faults[1:] else ""
        note(explain(faults[0], report.release.namespaces.base) + more)
    total = sum(map(len, by_rule.values()))
    pages = f" and {report.pages:,} pages" if report.pages else ""
    files = sum(part.role != "page" for part in report.parts)
    note(
        f"release {report.release.label}: {report.counts['statements']:,} statements, "
        f"{report.counts['quads']:,} quads; {files} files{pages} in {report.folder}; "
        f"{total:,} violations of the release profile"
    )
    if total:
        note("report.json has them all; what a document lacks can be said in --meta at the build")
