"""`comity push`: a graph into a SPARQL server, or into files for its bulk loader."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from comity.cli.console import JSON, complain, err, note
from comity.cli.where import AUTH, ENDPOINT, named, warn_if_overheard
from comity.errors import GraphFolderError, UsageError

if TYPE_CHECKING:
    from comity.remote.push import PushReport

SHARD_SIZE = 64_000_000
"""Bytes of a shard, before compression."""
BATCH = 16_000_000
"""Bytes of the graphs that are in memory at once, or a quarter of the dump's, if that is more."""

GRAPH_STORE = Annotated[
    str | None,
    typer.Option("--graph-store", help="Its Graph Store address, where it cannot be told."),
]
VENDOR = Annotated[
    str,
    typer.Option(
        "--vendor",
        help="auto, oxigraph, virtuoso, fuseki, graphdb, stardog, neptune or qlever.",
    ),
]
RESUME = Annotated[
    Path | None,
    typer.Option(
        "--resume",
        help="Where is written down what arrived [KG/push.jsonl].",
        readable=False,
        show_default=False,
    ),
]
REPLACE = Annotated[bool, typer.Option("--replace", help="Load also what the server has already.")]
PRUNE = Annotated[
    bool,
    typer.Option("--prune", help="Delete graphs under the base IRI that the folder lacks."),
]
BULK = Annotated[
    Path | None,
    typer.Option("--bulk", help="Write shards for a bulk loader to this folder.", readable=False),
]
SHARD = Annotated[
    int, typer.Option("--shard-size", min=1, help="Bytes of a shard, before compression.")
]
LONG = Annotated[
    float, typer.Option("--timeout", min=0.1, help="Seconds that one request may take.")
]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this group."""
    app.command(
        epilog="Examples:  comity push kg --endpoint http://localhost:7878/query   "
        "comity push kg --endpoint http://localhost:8890/sparql --auth digest   "
        "comity push kg --bulk shards"
    )(push)


def push(
    context: typer.Context,
    kg: Annotated[Path, typer.Argument(help="The graph folder.", readable=False)],
    endpoint: ENDPOINT = None,
    graph_store: GRAPH_STORE = None,
    auth: AUTH = None,
    vendor: VENDOR = "auto",
    resume: RESUME = None,
    replace: REPLACE = False,
    prune: PRUNE = False,
    bulk: BULK = None,
    shard_size: SHARD = SHARD_SIZE,
    timeout: LONG = 600.0,
    as_json: JSON = False,
) -> None:
    """Load a graph into a SPARQL 1.1 server, one named graph a request.

    Each graph replaces the one of its name and is counted when it has arrived. What was loaded
    before and has not changed is left out, so that a push that was interrupted goes on.
    """
    if bulk is not None:
        if named(context, "endpoint") or prune or replace or resume is not None:
            raise UsageError("--bulk writes files: it goes with no endpoint and its options")
        _write_shards(kg, bulk, shard_size, as_json)
        return
    if endpoint is None:
        raise UsageError(
            "name the server with --endpoint, or a folder for shards with --bulk",
            hint="for example --endpoint http://localhost:7878/query",
        )
    warn_if_overheard(endpoint, auth)
    report = _load(
        kg,
        endpoint,
        graph_store,
        auth,
        vendor,
        resume or kg / "push.jsonl",
        replace=replace,
        prune=prune,
        timeout=timeout,
    )
    if as_json:
        json.dump(report.describe(), sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
        sys.stdout.write("\n")
    _tell(report)
    if report.failed:
        raise typer.Exit(1)


def _load(
    kg: Path,
    endpoint: str,
    graph_store: str | None,
    auth: str | None,
    vendor: str,
    journal: Path,
    *,
    replace: bool,
    prune: bool,
    timeout: float,
) -> PushReport:
    from comity.graph import KnowledgeGraph
    from comity.remote import Credentials, RemoteStore
    from comity.remote.graphstore import GraphStore
    from comity.remote.parts import shards
    from comity.remote.push import Journal
    from comity.remote.push import push as load
    from comity.remote.transport import Transport

    namespaces = KnowledgeGraph.open(kg).namespaces
    nquads, extra = _sources(kg)
    size = max(BATCH, nquads.stat().st_size // 4)
    transport = Transport(Credentials.from_environment(auth), timeout=timeout)
    store = RemoteStore(endpoint, namespaces, transport=transport)
    server = GraphStore(store, transport, url=graph_store, vendor=vendor, signed=auth is not None)
    with Progress(
        TextColumn("loading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=err(),
        transient=True,
        disable=not err().is_terminal,
    ) as bar:
        task = bar.add_task("", total=None)
        return load(
            (part for batch in shards(nquads, extra, size) for part in batch),
            server,
            Journal(journal, server.url),
            base=namespaces.base,
            replace=replace,
            prune=prune,
            told=lambda _, done: bar.update(task, completed=done),
        )


def _tell(report: PushReport) -> None:
    for graph, reason in report.failed.items():
        complain(f"{graph}: {reason}")
    parts = [
        f"{len(report.pushed)} graphs loaded ({sum(report.pushed.values()):,} triples)",
        f"{len(report.skipped)} there already",
    ]
    if report.pruned:
        parts.append(f"{len(report.pruned)} deleted")
    if report.failed:
        parts.append(f"{len(report.failed)} failed; push again to go on")
    note(", ".join(parts))


def _write_shards(kg: Path, folder: Path, size: int, as_json: bool) -> None:
    from comity.remote import bulk

    nquads, extra = _sources(kg)
    manifest = bulk.write(nquads, extra, folder, size)
    if as_json:
        json.dump(manifest, sys.stdout, indent=1, sort_keys=True)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(bulk.commands(str(folder), str(folder.resolve())))
    note(
        f"{manifest['quads']:,} quads of {manifest['graphs']} graphs in "
        f"{len(manifest['shards'])} shards in {folder}"
    )


def _sources(kg: Path) -> tuple[Path, dict[str, list[bytes]]]:
    """The dump of a graph folder, and its graph of shortcuts; both as the manifest has them."""
    from comity.build.graphfolder import GraphFolder
    from comity.build.local import derived_graph
    from comity.graph import KnowledgeGraph
    from comity.lineage.triples import lineage_graph, link_triples
    from comity.remote.parts import triples_of

    graph = KnowledgeGraph.open(kg)
    version = GraphFolder(kg).current()
    recorded: dict[str, Any] = graph.manifest["files"]
    for name in ("graph.nq.gz", "derived.ttl"):
        path = version / name
        try:
            with path.open("rb") as content:
                found = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError as error:
            raise GraphFolderError(
                f"{name} cannot be read", where=str(kg), hint="build again"
            ) from error
        if found != recorded.get(name):
            raise GraphFolderError(
                f"{name} is not as it was built", where=str(kg), hint="build again"
            )
    derived = triples_of(version / "derived.ttl")
    links = [
        " ".join((*triple, ".\n")).encode()
        for triple in link_triples(graph.lineage(), graph.namespaces)
    ]
    shortcuts = sorted({*derived} - {*links})
    apart = {derived_graph(graph.namespaces): shortcuts, lineage_graph(graph.namespaces): links}
    return version / "graph.nq.gz", {name: triples for name, triples in apart.items() if triples}
