"""`comity queries`, `query`, `prefixes`: asking a graph."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.cells import cell_len
from rich.markup import escape
from rich.table import Table

from comity.cli.console import GRAPH, JSON, note, out
from comity.cli.where import AUTH, ENDPOINT, OWN_WORDS, TIMEOUT, opened
from comity.errors import UsageError
from comity.identifiers import DEFAULT_BASE

if TYPE_CHECKING:
    from comity.answers import Rows
    from comity.asking import Asking
    from comity.queries import Parameter, Query
    from comity.rdf.terms import Term


def add_to(app: typer.Typer) -> None:
    """Register the commands of this group."""
    app.command(epilog="Example:  comity queries actors-by-area")(queries)
    app.command(
        epilog="Examples:  comity query actors-by-area --param area=trade-secrets --kg kg   "
        "comity query 'SELECT ?s WHERE { ?s a comity:Statement }' --kg kg --format csv   "
        "comity query passage --endpoint http://localhost:7878/query"
    )(query)
    app.command(epilog="Example:  comity prefixes > prefixes.rq")(prefixes)


def queries(
    name: Annotated[str | None, typer.Argument(help="Explain this query only.")] = None,
    as_json: JSON = False,
    sparql: Annotated[
        bool, typer.Option("--sparql", help="Print the .rq file itself, to start from.")
    ] = False,
) -> None:
    """List the query library, or explain one query of it."""
    from comity import queries as library_of

    library = library_of.library()
    if name is not None and name not in library:
        raise UsageError(f"no query is named {name!r}", hint=library_of.suggestion(name, library))
    chosen = [library[name]] if name else list(library.values())
    if as_json:
        json.dump([q.describe() for q in chosen], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    if sparql and name is None:
        raise UsageError("--sparql needs the name of a query", hint="see `comity queries`")
    if name:
        if sparql:
            sys.stdout.write(chosen[0].text.rstrip() + "\n")
        else:
            _explain(chosen[0])
        return
    table = Table("query", "question", "parameters", box=None, pad_edge=False)
    for one in chosen:
        parameters = ", ".join(map(_called, one.parameters))
        table.add_row(*map(escape, (one.name, one.question, parameters)))
    out().print(table)
    note("* = required;  `comity queries NAME` explains one")


def _called(parameter: Parameter) -> str:
    """A parameter in the list: its default, or a star when a value must be given."""
    if parameter.default is not None:
        return f"{parameter.name}={parameter.default}"
    return f"{parameter.name}{'*' if parameter.required else ''}"


def _explain(query: Query) -> None:
    """Print all that a query's header says, then its SPARQL."""
    console = out()
    console.print(f"[bold]{escape(query.name)}[/]: {escape(query.title)}", soft_wrap=True)
    console.print(escape(query.question), soft_wrap=True)
    parameters = [
        (
            p.name,
            p.type,
            p.default or ("required" if p.required else "optional"),
            p.description,
        )
        for p in query.parameters
    ]
    columns = [(column.name, column.description) for column in query.columns]
    for head, rows in (("Parameters", parameters), ("Columns", columns)):
        if rows:
            console.print(f"\n[bold]{head}[/]")
            grid = Table.grid(padding=(0, 2))
            for row in rows:
                grid.add_row(*(escape(cell) for cell in ("", *row)))
            console.print(grid)
    console.print(f"\nSince version {escape(query.since)}. [bold]SPARQL[/]\n")
    sys.stdout.write(query.sparql.rstrip() + "\n")


def query(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="A query's name, a .rq file, or SPARQL.")],
    kg: GRAPH = Path("kg"),
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="NAME=VALUE; repeatable.")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", help="table, csv, tsv, json, xml or ttl.")
    ] = "table",
    iris: Annotated[bool, typer.Option("--iris", help="Show full IRIs in the table.")] = False,
    endpoint: ENDPOINT = None,
    auth: AUTH = None,
    timeout: TIMEOUT = 60.0,
    vocabulary: OWN_WORDS = None,
) -> None:
    """Answer a query of the library, of a file, or given as SPARQL.

    The table shows names; --iris shows the IRIs that they stand for. Values of
    parameters may be codes, labels in any language, IRIs or prefixed names.
    """
    from comity.answers import FORMATS

    if form not in FORMATS:
        raise UsageError(f"no format {form!r}", hint=f"one of {', '.join(FORMATS)}")
    graph = opened(context, kg, endpoint, auth, timeout, vocabulary or ())
    parameters = _parameters(param or [])
    _tell_guesses(graph, text, parameters)
    rows = graph.query(text, **parameters)
    if form == "table":
        language = str(parameters.get("language", "en"))
        _show(rows, None if iris else partial(graph.label, language=language))
    else:
        sys.stdout.write(rows.to(form))


def _parameters(given: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name:
            raise UsageError(f"--param {one!r} is no NAME=VALUE")
        name = name.replace("-", "_")
        if name in found:
            raise UsageError(f"the parameter {name} is given twice", hint="give one value")
        found[name] = value
    return found


def _tell_guesses(graph: Asking, text: str, parameters: dict[str, str]) -> None:
    """Say how parameters are read that no header describes."""
    from comity.rdf.namespaces import shorten
    from comity.rdf.terms import IRI, to_text

    for name, term in graph.guesses(text, **parameters).items():
        known = isinstance(term, IRI)
        shown = shorten(str(term), graph.namespaces.prefixes()) if known else to_text(term)
        note(f"?{name} is read as {shown}")


def _show(rows: Rows, label: Callable[[str], str | None] | None) -> None:
    """Print an answer for people: a table where it fits, else one row below the other.

    Args:
        rows: The answer.
        label: Gives the name of what an IRI stands for; None to show the IRIs.
    """
    kept = [
        (place, name)
        for place, name in enumerate(rows.columns)
        if label is None or f"{name}_label" not in rows.columns
    ]
    heads = [name if label is None else name.removesuffix("_label") for _, name in kept]
    cells = [[_cell(rows, row[place], label) for place, _ in kept] for row in rows.rows]
    console = out()
    widths = [max(map(cell_len, column)) for column in zip(heads, *cells, strict=True)]
    if sum(widths) + 2 * len(widths) <= console.width:
        table = Table(*map(escape, heads), box=None, pad_edge=False)
        for row in cells:
            table.add_row(*map(escape, row))
        if cells:
            console.print(table)
    else:
        _show_records(heads, cells)
    note(f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}")


def _show_records(heads: list[str], cells: list[list[str]]) -> None:
    """One row below the other, for answers wider than the terminal; empty cells left out."""
    width = max(map(len, heads)) + 2
    for number, row in enumerate(cells, 1):
        out().print(f"[dim]-- {number}[/]")
        for head, cell in zip(heads, row, strict=True):
            if cell:
                grid = Table.grid()
                grid.add_column(width=width, no_wrap=True)
                grid.add_column(overflow="fold")
                grid.add_row(f"[bold]{escape(head)}[/]", escape(cell))
                out().print(grid)


def _cell(rows: Rows, term: Term | None, label: Callable[[str], str | None] | None) -> str:
    """A term for a table; line breaks inside a text become spaces."""
    from comity.rdf.terms import IRI

    if label is None:
        text = "" if term is None else str(term)
    else:
        name = label(term.value) if isinstance(term, IRI) else None
        text = rows.short(term) if name is None else name
    return " ".join(text.split())


def prefixes(
    base_iri: Annotated[str, typer.Option(help="Where data IRIs live.")] = DEFAULT_BASE,
) -> None:
    """Print the prefixes that queries may use without declaring them."""
    from comity.rdf.namespaces import Namespaces

    for prefix, namespace in Namespaces(base_iri).prefixes().items():
        sys.stdout.write(f"PREFIX {prefix}: <{namespace}>\n")
