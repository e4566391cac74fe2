"""`comity validate` and `schema`: are data and records as they should be?"""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from comity.cli.console import GRAPH, JSON, note, out
from comity.errors import InputError
from comity.identifiers import DEFAULT_BASE

if TYPE_CHECKING:
    from comity.model import Violation


def add_to(app: typer.Typer) -> None:
    """Register the commands of this group."""
    app.command(epilog="Example:  comity validate kg")(validate)
    app.command(epilog="Example:  comity schema statement > statement.schema.json")(schema)


def validate(
    target: Annotated[
        Path | None,
        typer.Argument(
            help="A graph folder, or an RDF file (.ttl .nt .nq .trig .jsonld .rdf, or any .gz).",
            readable=False,
        ),
    ] = None,
    kg: GRAPH = Path("kg"),
    profile: Annotated[str, typer.Option(help="The shapes to check with.")] = "core",
    shapes: Annotated[
        list[Path] | None,
        typer.Option("--shapes", help="Shape files instead; repeatable.", readable=False),
    ] = None,
    show_all: Annotated[
        bool, typer.Option("--all", help="List every warning and remark, not one of a kind.")
    ] = False,
    as_json: JSON = False,
) -> None:
    """Check a graph folder or an RDF file against the SHACL shapes.

    Without a target the graph of --kg is checked. Violations are listed one by one; warnings
    and remarks by kind, with their number.
    """
    from dataclasses import asdict

    from comity.check import accepted, check_file, load_shapes

    path, base = _data(target or kg)
    violations, concerned = check_file(path, load_shapes(shapes or None, profile))
    if as_json:
        json.dump([asdict(v) for v in violations], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        for line in _lines(violations, show_all, base):
            out().print(escape(line), soft_wrap=True)
    wrong = sum(v.severity == "Violation" for v in violations)
    note(f"{wrong} violations, {len(violations) - wrong} warnings and remarks")
    if not concerned:
        note(f"warning: {path}: nothing in this file is of a class that the shapes check")
    raise typer.Exit(0 if accepted(violations) else 1)


def _lines(violations: list[Violation], show_all: bool, base: str) -> Iterator[str]:
    """What to print: warnings and remarks of one kind are told once, with their number."""
    from comity.check import explain

    alike: dict[tuple[str, str], list[Violation]] = {}
    for violation in violations:
        if show_all or violation.severity == "Violation":
            yield explain(violation, base)
        else:
            alike.setdefault((violation.severity, violation.message), []).append(violation)
    for found in alike.values():
        more = f" … and {len(found) - 1} more like this" if len(found) > 1 else ""
        yield explain(found[0], base) + more


def _data(target: Path) -> tuple[Path, str]:
    """The file to check, and the base of its data as far as it is known."""
    from comity.build.graphfolder import GraphFolder
    from comity.graph import KnowledgeGraph

    try:
        folder = stat.S_ISDIR(target.stat().st_mode)
    except FileNotFoundError as error:
        raise InputError("there is no such file or folder", where=str(target)) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(target)) from error
    if not folder:
        return target, DEFAULT_BASE
    return GraphFolder(target).file("graph.ttl"), KnowledgeGraph.open(target).namespaces.base


def schema(
    kind: Annotated[str, typer.Argument(help="statement, document, correction or change.")],
) -> None:
    """Print the JSON Schema of a kind of record."""
    from comity.records import schema as schema_of

    sys.stdout.write(json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n")
