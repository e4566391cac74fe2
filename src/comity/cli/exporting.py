"""`comity export`: the statements of a graph for spreadsheets and other tools."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from comity.cli.console import GRAPH, note
from comity.errors import InputError, UsageError

if TYPE_CHECKING:
    from comity.model import Document, Statement, Vocabulary

FORMATS = ("jsonl", "csv", "dna")


def add_to(app: typer.Typer) -> None:
    """Register the commands of this group."""
    app.command(
        epilog="Examples:  comity export kg --format csv --out codings.csv --excel   "
        "comity export kg --format dna > events.csv"
    )(export)


def export(
    graph: Annotated[
        Path | None, typer.Argument(help="The graph folder; else --kg.", readable=False)
    ] = None,
    kg: GRAPH = Path("kg"),
    form: Annotated[
        str,
        typer.Option("--format", "-f", help="jsonl (records), csv (a spreadsheet) or dna."),
    ] = "jsonl",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write to this file.", readable=False)
    ] = None,
    excel: Annotated[
        bool, typer.Option("--excel", help="Begin with a byte order mark, so that Excel reads it.")
    ] = False,
) -> None:
    """Print the statements of a graph: as records, a table, or an event list.

    csv has one row a statement and a column a field; `comity import` takes it back, with all
    that was changed, and loses nothing. dna is the event list of the Discourse Network
    Analyzer: one row an actor and area; force, wording and roles are not in it.
    """
    from comity.graph import KnowledgeGraph

    check_format(form)
    opened = KnowledgeGraph.open(graph or kg)
    documents, statements = list(opened.documents()), list(opened.records())
    written = io.StringIO(newline="")
    written.write("\ufeff" if excel else "")
    write(statements, documents, opened.vocabulary, form, written)
    if out is None:
        sys.stdout.write(written.getvalue())
        return
    try:
        out.write_bytes(written.getvalue().encode())
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=str(out)) from error
    note(f"{len(statements)} statements in {out}")


def check_format(form: str) -> None:
    """Refuse a format that there is not.

    Raises:
        UsageError: When there is no such format.
    """
    if form not in FORMATS:
        raise UsageError(f"no format {form!r}", hint=f"one of {', '.join(FORMATS)}")


def write(
    statements: Iterable[Statement],
    documents: Sequence[Document],
    vocabulary: Vocabulary,
    form: str,
    stream: IO[str],
) -> None:
    """Write statements in one of `FORMATS`.

    Args:
        statements: The statements.
        documents: Their documents, with their texts.
        vocabulary: The names of concepts and actors.
        form: The format.
        stream: Where to write.
    """
    from comity.rdf.catalogue import measure_labels
    from comity.records import dump_lines, statement_to_record
    from comity.review.dna import write_event_list
    from comity.review.sheets import write_sheet

    if form == "csv":
        write_sheet(statements, documents, stream)
    elif form == "dna":

        def label(kind: str, direction: str, area: str | None) -> str:
            return measure_labels((kind, direction, area), vocabulary)["en"]

        write_event_list(statements, documents, vocabulary, label, stream)
    else:
        dump_lines((statement_to_record(s) for s in statements), stream)
