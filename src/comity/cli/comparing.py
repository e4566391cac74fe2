"""`comity diff`: what changed between two releases, graphs or dumps."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from heapq import merge
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.padding import Padding

from comity.cli.console import JSON, note, out
from comity.errors import InputError, UsageError

if TYPE_CHECKING:
    from comity.publish.changes import Changes
    from comity.publish.difference import Difference

FORMATS = ("text", "json", "nt", "rdfpatch", "update")
_SHOWN = 5
_INDENTS = {"title": 0, "head": 0, "item": 2, "detail": 6}


def add_to(app: typer.Typer) -> None:
    """Register the commands of this group."""
    app.command(
        epilog="Examples:  comity diff dist/2026.10 dist/2026.11   "
        "comity diff dist/2026.11 kg --all   "
        "comity diff old.nq.gz new.nq.gz --format update > changes.ru"
    )(diff)


def diff(
    old: Annotated[Path, typer.Argument(help="The earlier one.", readable=False)],
    new: Annotated[Path, typer.Argument(help="The later one.", readable=False)],
    form: Annotated[
        str, typer.Option("--format", "-f", help="text, json, nt, rdfpatch or update.")
    ] = "text",
    out_dir: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write all files of changes there.", readable=False),
    ] = None,
    show_all: Annotated[
        bool, typer.Option("--all", help=f"Tell of everything, not of {_SHOWN} of a kind.")
    ] = False,
    as_json: JSON = False,
) -> None:
    """What changed: statements corrected or withdrawn, actors merged, concepts renamed.

    OLD and NEW are release folders, graph folders, or files of N-Quads (.nq, .nq.gz). rdfpatch
    (RDF Patch) and update (SPARQL Update) turn OLD into NEW; nt gives the triples, those of OLD
    after a minus, those of NEW after a plus. Ends with 1 when there is a difference, else with 0.
    """
    from comity.publish.changes import compare
    from comity.publish.sides import open_side

    if form not in FORMATS:
        raise UsageError(f"no format {form!r}", hint=f"one of {', '.join(FORMATS)}")
    with TemporaryDirectory(prefix="comity-diff-") as folder:
        room = Path(folder)
        sides = open_side(old, room / "old"), open_side(new, room / "new")
        changes = compare(*sides, room / "difference")
        if out_dir is not None:
            _write(changes, out_dir)
        _tell(changes, "json" if as_json else form, None if show_all else _SHOWN)
    raise typer.Exit(1 if changes else 0)


def _write(changes: Changes, folder: Path) -> None:
    from comity.publish.changefiles import write_files

    try:
        parts = write_files(changes, folder)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=str(folder)) from error
    note(f"{', '.join(part.name for part in parts)} in {folder}")


def _triples(difference: Difference) -> Iterator[bytes]:
    """The triples that differ in one order, each after a minus or a plus."""
    with difference.removed_triples.open("rb") as gone, difference.added_triples.open("rb") as come:
        both = merge(((line, b"- ") for line in gone), ((line, b"+ ") for line in come))
        yield from (sign + line for line, sign in both)


def _tell(changes: Changes, form: str, most: int | None) -> None:
    """Print the changes in one of `FORMATS`."""
    from comity.publish.patches import patch_lines, update_lines
    from comity.publish.telling import in_words, to_json

    if form == "text":
        console = out()
        for style, line in in_words(changes, most):
            text = f"[bold]{escape(line)}[/]" if style in ("title", "head") else escape(line)
            if style == "head":
                console.print()
            console.print(Padding(text, (0, 0, 0, _INDENTS[style]), expand=False))
    elif form == "json":
        json.dump(to_json(changes), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        writers = {"nt": _triples, "rdfpatch": patch_lines, "update": update_lines}
        lines: Iterable[bytes] = writers[form](changes.difference)
        for data in lines:
            sys.stdout.write(data.decode())
