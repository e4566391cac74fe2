"""`comity timeline`: what was said over time, and what followed on what."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from comity.cli.console import GRAPH, JSON, note, out
from comity.cli.facets import ACTOR, AREA, CONFIDENCE, MEASURE_TYPE, MODALITY, SINCE, UNTIL
from comity.cli.where import AUTH, ENDPOINT, OWN_WORDS, TIMEOUT, opened

if TYPE_CHECKING:
    from comity.lookup import Entry


def add_to(app: typer.Typer) -> None:
    """Register the commands of this group."""
    app.command(
        epilog="Examples:  comity timeline --actor CHN --area trade-secrets   "
        "comity timeline --actor EU --linked --out eu.svg"
    )(timeline)


def timeline(
    context: typer.Context,
    kg: GRAPH = Path("kg"),
    actor: ACTOR = None,
    area: AREA = None,
    measure_type: MEASURE_TYPE = None,
    modality: MODALITY = None,
    since: SINCE = None,
    until: UNTIL = None,
    min_confidence: CONFIDENCE = None,
    linked: Annotated[
        bool, typer.Option("--linked", help="Only statements that are tied to another one.")
    ] = False,
    out_file: Annotated[
        Path | None, typer.Option("--out", "-o", help="Draw it: .svg or .png.", readable=False)
    ] = None,
    as_json: JSON = False,
    endpoint: ENDPOINT = None,
    auth: AUTH = None,
    timeout: TIMEOUT = 60.0,
    vocabulary: OWN_WORDS = None,
) -> None:
    """What was said over time: which statements follow on which earlier ones, and how.

    A later statement may implement, reaffirm, strengthen, weaken or contradict an earlier
    one. Such links are derived by published rules; each has its reason and confidence.
    """
    facets: dict[str, Any] = {
        "actor": actor,
        "area": area,
        "measure_type": measure_type,
        "modality": modality,
        "since": since,
        "until": until,
        "min_confidence": min_confidence,
    }
    graph = opened(context, kg, endpoint, auth, timeout, vocabulary or ())
    entries = graph.timeline(linked=linked, **facets)
    if out_file is not None:
        from comity.lookup.picture import draw

        draw(entries, out_file, ", ".join(filter(None, (actor, area, measure_type))))
    elif as_json:
        found = [entry.describe() for entry in entries]
        json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        _show(entries)
    links = sum(len(entry.steps) for entry in entries)
    note(f"{len(entries)} statements, {links} links{f' in {out_file}' if out_file else ''}")


def _show(entries: Sequence[Entry]) -> None:
    from comity.lookup.nodes import quotation

    console = out()
    width = len(str(len(entries)))
    for entry in entries:
        head = "  ".join(filter(None, (entry.stated_on or "undated", entry.actors, entry.force)))
        console.print(f"{entry.number:>{width}}  [bold]{escape(head)}[/]", soft_wrap=True)
        said = " ".join(quotation(entry.quote, entry.end - entry.start).split())
        lines = [Text(said or entry.measures)]
        for step in entry.steps:
            earlier = step.number or step.earlier.rpartition("/")[2]
            lines.append(
                Text(f"→ {step.relation} {earlier}: {step.reason} ({step.confidence})", "italic")
            )
        lines.append(Text(f"{entry.title}, characters {entry.start}–{entry.end}", "dim"))
        for line in lines:
            console.print(Padding(line, (0, 0, 0, width + 2), expand=False))
