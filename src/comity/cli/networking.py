"""`comity network`: projections, windows of time, measures, event lists, drawings."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from comity.cli.console import GRAPH, JSON, note, out
from comity.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx

    from comity.graph import KnowledgeGraph
    from comity.networks import Measures

EXAMPLES = (
    "comity network actor-area --kg kg --out net.graphml",
    "comity network actor-actor --qualifier subtract --normalise average-activity --out net.svg",
    "comity network actor-actor --window 5y --step year --out net.gexf",
    "comity network cooperation --measures",
    "comity network area-area --backbone 0.05 --measures --format csv > areas.csv",
    "comity network events --since 2018 --out events.csv",
)


PROJECTION = Annotated[
    str,
    typer.Argument(
        help="actor-area, actor-measure, actor-issue, actor-event, actor-actor, cooperation, "
        "area-area, measure-measure, measure-area; or events for a list of statements."
    ),
]
OUT = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        help="A .graphml, .gexf, .json, .csv, .net (Pajek), .png or .svg file.",
        readable=False,
    ),
]
MODALITY = Annotated[list[str] | None, typer.Option(help="Only these; repeatable.")]
AREA = Annotated[
    list[str] | None, typer.Option(help="Only these and narrower; codes or labels; repeatable.")
]
REVIEW = Annotated[list[str] | None, typer.Option(help="Only of this review status; repeatable.")]
DUPLICATES = Annotated[
    str | None,
    typer.Option(
        help="What is said again counts: all, once a document, a day, or once.",
        show_default="once where nodes are joined by what they share, else all",
    ),
]
QUALIFIER = Annotated[str, typer.Option(help="ignore, congruence, conflict, subtract or combine.")]
NORMALISE = Annotated[
    str,
    typer.Option(
        help="One type of nodes: average-activity, jaccard, cosine, cosine-dna; "
        "two types: activity, prominence."
    ),
]
WINDOW = Annotated[
    str | None, typer.Option(help="A file a window: year, quarter, month, week, or 2y, 6m, 90d.")
]
STEP = Annotated[
    str | None, typer.Option(help="How far a window moves; by its length if not given.")
]
CUMULATIVE = Annotated[
    bool, typer.Option("--cumulative", help="Every window begins with the first.")
]
BACKBONE = Annotated[
    float | None,
    typer.Option(help="Keep the edges that the disparity filter gives a chance below this: 0.05."),
]
MEASURES = Annotated[
    bool, typer.Option("--measures", help="Print centralities, communities and brokerage.")
]
FORMAT = Annotated[
    str, typer.Option("--format", "-f", help="Of what is printed: table, csv or json.")
]
ENGINE = Annotated[str, typer.Option(help="Of the measures: auto, networkx or igraph.")]
COMMUNITIES = Annotated[str, typer.Option(help="Found by louvain or greedy.")]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command(epilog="Examples:  " + "   ".join(EXAMPLES))(network)


def network(
    projection: PROJECTION,
    out_file: OUT = None,
    kg: GRAPH = Path("kg"),
    modality: MODALITY = None,
    area: AREA = None,
    since: Annotated[str | None, typer.Option(help="From this year, month or day on.")] = None,
    until: Annotated[str | None, typer.Option(help="Up to this year, month or day.")] = None,
    min_confidence: Annotated[float, typer.Option(min=0.0, max=1.0)] = 0.0,
    review: REVIEW = None,
    duplicates: DUPLICATES = None,
    qualifier: QUALIFIER = "ignore",
    normalise: NORMALISE = "no",
    window: WINDOW = None,
    step: STEP = None,
    cumulative: CUMULATIVE = False,
    backbone: BACKBONE = None,
    measures: MEASURES = False,
    form: FORMAT = "table",
    as_json: JSON = False,
    engine: ENGINE = "auto",
    communities: COMMUNITIES = "louvain",
) -> None:
    """Write a network of actors, measures and areas, or print its measures.

    With --window, a file is written for each window, named by it: net-2019.graphml. A
    statement counts in a window if its date lies wholly in it.
    """
    from comity.graph import KnowledgeGraph

    form = "json" if as_json else form
    _check(projection, out_file, measures, form, window, step, cumulative, qualifier, duplicates)
    graph = KnowledgeGraph.open(kg)
    filters: dict[str, Any] = {
        "modality": modality or None,
        "areas": area or None,
        "since": since,
        "until": until,
        "min_confidence": min_confidence,
        "review": review or None,
    }
    if projection == "events":
        _events(graph, filters, out_file, form)
        return
    options = {"duplicates": duplicates, "qualifier": qualifier, "normalise": normalise}
    ways = {"engine": engine, "communities": communities}
    if window is None:
        found = _reduced(graph.network(projection, **filters, **options), backbone)
        _write(found, out_file)
        tables = [("", _measured(found, ways))] if measures else []
    else:
        when = {"window": window, "step": step, "cumulative": cumulative}
        asked = ways if measures else None
        tables = _slices(graph, projection, filters | options | when, backbone, out_file, asked)
    if measures:
        _show(tables, form)


def _check(
    projection: str,
    out_file: Path | None,
    measures: bool,
    form: str,
    window: str | None,
    step: str | None,
    cumulative: bool,
    qualifier: str,
    duplicates: str | None,
) -> None:
    """Refuse options that do nothing together, before anything is read.

    Raises:
        UsageError: When they do not fit.
    """
    from comity.networks import check_format

    if form not in ("table", "csv", "json"):
        raise UsageError(f"no format {form!r}", hint="one of table, csv, json")
    if window is None and (step is not None or cumulative):
        raise UsageError("--step and --cumulative need --window", hint="for example --window year")
    if projection == "events":
        if measures or window or qualifier != "ignore" or duplicates is not None:
            raise UsageError("events are a list of statements: only filters and --out fit")
        return
    if out_file is None and not measures:
        raise UsageError("say where to: --out FILE, or --measures to print a table")
    if out_file is not None:
        check_format(out_file)


def _events(
    graph: KnowledgeGraph, filters: dict[str, Any], out_file: Path | None, form: str
) -> None:
    from comity.networks import events_csv, events_json, write_events

    rows = graph.event_list(**filters)
    if out_file is None:
        sys.stdout.write(events_json(rows) if form == "json" else events_csv(rows))
    else:
        write_events(rows, out_file)
    where = f" in {out_file}" if out_file is not None else ""
    note(f"{len(rows)} {'statement' if len(rows) == 1 else 'statements'}{where}")


def _reduced(graph: nx.Graph[Any], alpha: float | None) -> nx.Graph[Any]:
    from comity.networks import backbone

    return graph if alpha is None else backbone(graph, alpha)


def _measured(graph: nx.Graph[Any], ways: dict[str, Any]) -> Measures:
    from comity.networks import network_measures

    return network_measures(graph, **ways)


def _write(graph: nx.Graph[Any], path: Path | None) -> None:
    from comity.networks import write_network

    size = f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"
    if path is not None:
        write_network(graph, path)
    note(f"{size} in {path}" if path is not None else size)
    if left_out := graph.graph.get("left_out"):
        note(f"{left_out} statements left out: their direction is not told")


def _slices(
    graph: KnowledgeGraph,
    projection: str,
    options: dict[str, Any],
    alpha: float | None,
    out_file: Path | None,
    ways: dict[str, Any] | None,
) -> list[tuple[str, Measures]]:
    slices = graph.network_slices(projection, **options)
    tables = []
    for one in slices:
        found = _reduced(one.graph, alpha)
        path = None
        if out_file is not None:
            path = out_file.with_name(f"{out_file.stem}-{one.name}{out_file.suffix}")
        _write(found, path)
        if ways is not None:
            tables.append((one.name, _measured(found, ways)))
    number = f"{len(slices)} {'window' if len(slices) == 1 else 'windows'}"
    note(
        f"{number}; left out: {slices.undated} statements without a date, "
        f"{slices.imprecise} whose date is too rough for a window"
    )
    return tables


def _show(tables: list[tuple[str, Measures]], form: str) -> None:
    """Print measures; every row names its window, where there are windows."""
    from comity.networks import table_csv

    if form == "json":
        shown = [
            {**({"window": name} if name else {}), "network": found.whole, "nodes": found.nodes}
            for name, found in tables
        ]
        whole: Any = shown if tables and tables[0][0] else shown[0]
        json.dump(whole, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    if form == "csv":
        rows = [
            {**({"window": name} if name else {}), **row}
            for name, found in tables
            for row in found.nodes
        ]
        names = list(dict.fromkeys(name for row in rows for name in row))
        sys.stdout.write(table_csv(rows, names or ["node"]))
        return
    for name, found in tables:
        if name:
            out().print(f"[bold]{name}[/]")
        _show_table(found)


def _show_table(found: Measures) -> None:
    whole = found.whole.items()
    told = [f"{key} {_cell(value)}" for key, value in whole if value is not None]
    out().print(escape(", ".join(told).replace("_", " ")), soft_wrap=True)
    if not found.nodes:
        return
    left = ("node", "type", "kind")
    names = [name for name in found.nodes[0] if name not in left]
    table = Table(box=None, pad_edge=False)
    for name in names:
        align: Any = "left" if name == "label" else "right"
        table.add_column(name.replace("_", " "), justify=align, overflow="fold")
    for row in found.nodes:
        table.add_row(*(escape(_cell(row[name])) for name in names))
    out().print(table)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
