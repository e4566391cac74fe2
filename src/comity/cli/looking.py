"""`comity find`, `show`, `cite`: reading a graph rather than querying it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from comity.cli.console import GRAPH, JSON, note, out
from comity.cli.facets import ACTOR, AREA, CONFIDENCE, MEASURE_TYPE, MODALITY, SINCE, UNTIL
from comity.cli.where import AUTH, ENDPOINT, OWN_WORDS, TIMEOUT, opened
from comity.errors import UsageError

if TYPE_CHECKING:
    from comity.answers import Rows
    from comity.asking import Asking
    from comity.lookup import Node, Passage

LIMIT = Annotated[int, typer.Option("--limit", "-n", min=0, help="The most statements; 0: all.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this group."""
    app.command(
        epilog="Examples:  comity find 'trade secrets' --actor CHN --since 2018   "
        "comity find --area patents --modality obligation --format csv"
    )(find)
    app.command(epilog="Examples:  comity show CHN   comity show statement-3f9c… --format ttl")(
        show
    )
    app.command(epilog="Example:  comity cite statement-3f9c… --style bibtex")(cite)


def find(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="Words to look for.")] = None,
    kg: GRAPH = Path("kg"),
    actor: ACTOR = None,
    area: AREA = None,
    measure_type: MEASURE_TYPE = None,
    direction: Annotated[str | None, typer.Option(help="For example strengthen.")] = None,
    modality: MODALITY = None,
    event: Annotated[str | None, typer.Option(help="The name of a meeting or signing.")] = None,
    document: Annotated[str | None, typer.Option(help="Its id or title.")] = None,
    document_type: Annotated[str | None, typer.Option(help="For example speech.")] = None,
    since: SINCE = None,
    until: UNTIL = None,
    min_confidence: CONFIDENCE = None,
    review: Annotated[
        str | None, typer.Option(help="For example accepted; rejected ones need to be asked for.")
    ] = None,
    limit: LIMIT = 20,
    form: Annotated[
        str, typer.Option("--format", "-f", help="text, csv, tsv, json or xml.")
    ] = "text",
    endpoint: ENDPOINT = None,
    auth: AUTH = None,
    timeout: TIMEOUT = 60.0,
    vocabulary: OWN_WORDS = None,
) -> None:
    """Search statements in words and facets; passages that hold all words come first.

    A word is found at the beginning of a word, in any case and number: "secret" finds
    "Secrets". It may stand in the passage, in a name, in the target area or in the title.
    """
    facets = {
        "actor": actor,
        "area": area,
        "measure_type": measure_type,
        "direction": direction,
        "modality": modality,
        "event": event,
        "document": document,
        "document_type": document_type,
        "since": since,
        "until": until,
        "min_confidence": min_confidence,
        "review": review,
    }
    graph = opened(context, kg, endpoint, auth, timeout, vocabulary or ())
    _find(graph, " ".join(words or []), facets, limit, form)


def _find(
    graph: Asking, words: str, facets: Mapping[str, str | float | None], limit: int, form: str
) -> None:
    from comity import lookup

    if form not in ("text", "csv", "tsv", "json", "xml"):
        raise UsageError(f"no format {form!r}", hint="one of text, csv, tsv, json, xml")
    found, total = lookup.find(graph, words, limit=limit or None, **facets)
    if form == "text":
        _show_found(found, graph.label)
    else:
        sys.stdout.write(found.to(form))
    shown = f"{len(found)} of {total}" if len(found) < total else str(total)
    note(f"{shown} {'statement' if total == 1 else 'statements'}")


def _show_found(found: Rows, label: Any) -> None:
    from comity.lookup.nodes import quotation

    console = out()
    for row in found.rows:
        one = {name: found.short(term) for name, term in zip(found.columns, row, strict=True)}
        modality = label(str(row[found.columns.index("modality")])) or one["modality"]
        if one["negated"] in ("true", "1"):
            modality = f"{modality}, refused"
        head = "  ".join(filter(None, (one["stated_on"], one["actors"], modality)))
        console.print(f"[bold]{escape(head)}[/]", soft_wrap=True)
        said = quotation(one["quote"], int(one["end"] or 0) - int(one["start"] or 0))
        for line in (" ".join(said.split()), one["measures"]):
            if line:
                console.print(_indented(Text(line)))
        where = f"{one['title']}, characters {one['start']}–{one['end']}"
        console.print(_indented(Text(where, style="dim")))
        console.print(_indented(Text(one["statement"].removeprefix("id:"), "dim")))


def show(
    context: typer.Context,
    node: Annotated[str, typer.Argument(help="An id, code, name, title, IRI or prefixed name.")],
    kg: GRAPH = Path("kg"),
    limit: LIMIT = 20,
    language: Annotated[str, typer.Option(help="Of names, where there is one.")] = "en",
    form: Annotated[str, typer.Option("--format", "-f", help="text, json or ttl.")] = "text",
    as_json: JSON = False,
    endpoint: ENDPOINT = None,
    auth: AUTH = None,
    timeout: TIMEOUT = 60.0,
    vocabulary: OWN_WORDS = None,
) -> None:
    """Show everything about a statement, document, actor, measure, area or event.

    With the passages of the statements that name it, the latest first.
    """
    from comity.lookup.show import triples

    if form not in ("text", "json", "ttl"):
        raise UsageError(f"no format {form!r}", hint="one of text, json, ttl")
    graph = opened(context, kg, endpoint, auth, timeout, vocabulary or ())
    found = graph.show(node, language=language, limit=limit or None)
    if form == "ttl":
        sys.stdout.write(triples(graph, found.iri).to("ttl"))
    elif as_json or form == "json":
        json.dump(found.describe(), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        _show_node(found)


def _show_node(node: Node) -> None:
    console = out()
    kinds = ", ".join(kind.removeprefix("comity:") for kind in node.kinds)
    console.print(f"[bold]{escape(node.label or node.name)}[/]  {escape(kinds)}", soft_wrap=True)
    console.print(f"[dim]{escape(node.iri)}[/]", soft_wrap=True)
    if node.passage is not None:
        console.print()
        if node.passage.quote:
            console.print(_passage(node.passage))
        console.print(Text(_place(node.passage), style="dim"), soft_wrap=True)
    rows = _facts(node)
    if rows:
        console.print()
        grid = Table.grid(padding=(0, 2))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        for name, value in rows:
            grid.add_row(escape(name), escape(value))
        console.print(grid)
    for one in node.statements:
        console.print()
        heads = ", ".join(map(_spoken, one.properties))
        name = one.passage.statement.rpartition("/")[2]
        console.print(
            f"[bold]{escape(one.stated_on or 'undated')}[/]  {escape(heads)}  [dim]{name}[/]",
            soft_wrap=True,
        )
        if one.passage.quote:
            console.print(_indented(_passage(one.passage)))
        console.print(_indented(Text(_place(one.passage), style="dim")))
    if node.total:
        counts = ", ".join(f"{_spoken(name)} {count}" for name, count in node.roles)
        shown = f"{len(node.statements)} of {node.total}"
        note(f"{shown} {'statement' if node.total == 1 else 'statements'} ({counts})")


def _facts(node: Node) -> list[tuple[str, str]]:
    """The facts in rows: a property and its values; a mention and where it stands."""
    rows: dict[str, list[str]] = {}
    for fact in node.facts:
        language = getattr(fact.value, "language", None)
        text = fact.label or str(fact.value)
        rows.setdefault(_spoken(fact.property), []).append(
            f"{text} ({language})" if language and fact.property == "skos:prefLabel" else text
        )
    for one in node.mentions:
        place = "" if one.start is None else f", characters {one.start}–{one.end}"
        named = f" = {one.actor}" if one.actor else ""
        rows.setdefault("mention", []).append(f"{one.role} “{one.text}”{named}{place}")
    return [(name, "; ".join(values)) for name, values in rows.items()]


def _spoken(name: str) -> str:
    """The name of a property in words: comity:statedOn → stated on; others keep their prefix."""
    prefix, _, local = name.partition(":")
    if prefix not in ("comity", "dcterms", "skos", "rdfs"):
        return name
    return "".join(f" {c.lower()}" if c.isupper() else c for c in local)


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2), expand=False)


def _passage(passage: Passage) -> Text:
    text = Text()
    more = " …" if len(passage.quote) < passage.end - passage.start else ""
    for words, style in (
        (f"…{passage.before}" if passage.before else "", "dim"),
        (passage.quote, "bold underline"),
        (f"{passage.after}…" if passage.after else more, "dim"),
    ):
        text.append(words.replace("\n", " "), style)
    return text


def _place(passage: Passage) -> str:
    when = f" ({passage.issued})" if passage.issued else ""
    return f"{passage.title}{when}, characters {passage.start}–{passage.end}"


def cite(
    context: typer.Context,
    node: Annotated[str, typer.Argument(help="A document or statement: its id, title or IRI.")],
    kg: GRAPH = Path("kg"),
    style: Annotated[str, typer.Option("--style", "-s", help="apa, bibtex or csl.")] = "apa",
    endpoint: ENDPOINT = None,
    auth: AUTH = None,
    timeout: TIMEOUT = 60.0,
    vocabulary: OWN_WORDS = None,
) -> None:
    """Cite a document, or a statement with its passage."""
    graph = opened(context, kg, endpoint, auth, timeout, vocabulary or ())
    sys.stdout.write(graph.cite(node, style))
