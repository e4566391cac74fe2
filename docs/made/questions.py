"""The competency questions, a page for each: with its query, how to ask it, and its answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from comity.queries import Query, bind, library
from comity.rdf import sparql
from comity.rdf.vocabulary import load
from made.terms import ROOT, cell

SHOWN = 6
"""Rows of an answer that the page shows; the file beside it holds all."""


def pages() -> dict[str, str]:
    """A page that lists the questions, and a page for each, by file name."""
    lines = [
        "# Competency questions",
        "",
        "What a scholar must be able to ask. Each question is a query of the library, with its",
        "answer on the example corpus (`examples/corpus`) as coded by hand. The texts retell real",
        "acts in our own words: cite the acts, never these texts. Run any question",
        "on your own graph: `comity query NAME --kg DIR`, or copy the SPARQL to any endpoint.",
        "",
        "| | question | query |",
        "| --- | --- | --- |",
    ]
    known = library()
    files = sorted((ROOT / "examples" / "answers").glob("*.tsv"))
    queries = [(file, known[file.stem.partition("-")[2]]) for file in files]
    for number, (_, query) in enumerate(queries, 1):
        link = f"[{query.name}](questions/{query.name}.md)"
        lines.append(f"| {number} | {cell(query.question)} | {link} |")
    names = [f"questions/{query.name}" for _, query in queries]
    lines += ["", "```{toctree}", ":hidden:", "", *names, "```"]
    found = {"questions.md": "\n".join(lines) + "\n"}
    for number, (file, query) in enumerate(queries, 1):
        found[f"questions/{query.name}.md"] = "\n".join(_question(number, file, query)) + "\n"
    return found


def _question(number: int, file: Path, query: Query) -> Iterator[str]:
    first, columns, *rows = file.read_text(encoding="utf-8").splitlines()
    given: dict[str, str] = json.loads(first.removeprefix("# "))
    yield f"(query-{query.name})="
    yield f"# {number}. {query.title}"
    yield ""
    yield query.question
    yield ""
    options = "".join(f" --param {name}={_quoted(value)}" for name, value in given.items())
    yield "```sh"
    yield f"comity query {query.name}{options} --kg DIR"
    yield "```"
    yield ""
    yield "| parameter | type | default | |"
    yield "| --- | --- | --- | --- |"
    for one in query.parameters:
        default = "must be given" if one.required else one.default or "any"
        yield f"| `{one.name}` | {one.type} | {default} | {cell(one.description)} |"
    yield ""
    bound = sparql.bind(query.text, bind(query, given, load()))
    yield "The SPARQL, with these parameters and the defaults put in; it runs as it is:"
    yield ""
    yield "```sparql"
    yield "\n".join(line for line in bound.splitlines() if not line.startswith("#")).strip()
    yield "```"
    yield ""
    yield from _answer(file, columns.split("\t"), rows, query)


def _answer(file: Path, columns: list[str], rows: list[str], query: Query) -> Iterator[str]:
    told = "no row" if not rows else "1 row" if len(rows) == 1 else f"{len(rows)} rows"
    more = f"; the first {SHOWN} of them" if len(rows) > SHOWN else ""
    yield f"Answer on the example corpus (`examples/answers/{file.name}`): {told}{more}."
    yield ""
    if rows:
        yield "| " + " | ".join(columns) + " |"
        yield "| " + " | ".join("---" for _ in columns) + " |"
        for row in rows[:SHOWN]:
            yield "| " + " | ".join(cell(value) for value in row.split("\t")) + " |"
        yield ""
    described = "; ".join(f"`{one.name}` {one.description}" for one in query.columns)
    yield f"Columns: {cell(described)}."
    yield ""


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
