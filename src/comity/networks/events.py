"""The statements as a list of events: who said what when, one row a statement."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from comity.errors import UsageError
from comity.model import Document, Mention, Statement, Vocabulary
from comity.networks.files import write_bytes
from comity.networks.filters import Filters
from comity.networks.nodes import Names, View, stance
from comity.rdf.namespaces import Namespaces

EVENT_FORMATS = (".csv", ".json")


def event_list(
    statements: Iterable[Statement],
    *,
    vocabulary: Vocabulary,
    namespaces: Namespaces | None = None,
    modality: Collection[str] | str | None = None,
    areas: Collection[str] | str | None = None,
    since: str | int | date | None = None,
    until: str | int | date | None = None,
    min_confidence: float = 0.0,
    review: Collection[str] | str | None = None,
    documents: Iterable[Document] = (),
) -> list[dict[str, Any]]:
    """One row a statement, in the order of dates; for models of events, or a spreadsheet.

    Statements of every modality have a row, negated ones too: columns tell. A statement without
    a date comes last, one that is dated by year or month before the days in it.

    Args:
        statements: The statements, linked.
        vocabulary: Names of actors and concepts.
        namespaces: Where data IRIs live.
        modality: As for `comity.networks.network`; all by default.
        areas: As for `comity.networks.network`.
        since: As for `comity.networks.network`.
        until: As for `comity.networks.network`.
        min_confidence: As for `comity.networks.network`.
        review: As for `comity.networks.network`.
        documents: The documents of the statements; they tell titles, and the year of events.

    Returns:
        Rows with equal keys. `actors`, `counterparts`, `areas`, `measures` and `issues` are tuples
        of nodes as in networks, `…_labels` their names; `stance` is 1 where the statement
        supports its issue, -1 where it is against it, else 0.

    Raises:
        UnknownNameError: When there is no such modality, area or status.
        UsageError: When `since` or `until` is no date.
    """
    filters = Filters.of(modality, areas, since, until, min_confidence, review)
    filters.check(vocabulary)
    known = {d.id: d for d in documents}
    names = Names(vocabulary, namespaces or Namespaces(), known)
    seen = {s.id: s for s in filters.counting(statements, negated=True)}
    views = {s.id: names.view(s, filters.areas) for s in seen.values()}
    kept = [s for s in seen.values() if filters.areas is None or views[s.id].measures]
    return [
        _row(statement, views[statement.id], names, known.get(statement.document))
        for statement in sorted(kept, key=_order)
    ]


def _order(statement: Statement) -> tuple[bool, str, str, int, int, str]:
    dated = statement.date is not None and statement.date[:1].isdigit()
    place = (statement.document, statement.start, statement.end, statement.id)
    return (not dated, statement.date or "", *place)


def _row(
    statement: Statement, view: View, names: Names, document: Document | None
) -> dict[str, Any]:
    measures = tuple(dict.fromkeys(measure for measure, _ in view.measures))
    return {
        "date": statement.date,
        "actors": view.actors,
        "actors_labels": names.label(view.actors) or _texts(statement.actors),
        "counterparts": view.counterparts,
        "counterparts_labels": names.label(view.counterparts) or _texts(statement.counterparts),
        "measures": measures,
        "measures_labels": names.label(measures),
        "areas": view.areas,
        "areas_labels": names.label(view.areas),
        "issues": tuple(dict.fromkeys(view.issues)),
        "stance": stance(statement),
        "modality": statement.modality,
        "negated": statement.negated,
        "event": view.event,
        "event_label": statement.event,
        "confidence": statement.confidence,
        "review": statement.review,
        "document": statement.document,
        "title": document.title if document is not None else None,
        "statement": statement.id,
        "quote": statement.quote,
    }


def _texts(mentions: Iterable[Mention]) -> str:
    return "; ".join(mention.text for mention in mentions)


def write_events(rows: list[dict[str, Any]], path: Path) -> None:
    """Write an event list to a ``.csv`` or ``.json`` file; in CSV, tuples are words with spaces.

    Args:
        rows: What `event_list` gave.
        path: The file.

    Raises:
        UsageError: When the file is of another format.
        InputError: When it cannot be written.
    """
    form = path.suffix.lower()
    if form not in EVENT_FORMATS:
        raise UsageError(
            f"no format for event lists ends in {form!r}",
            where=str(path),
            hint=f"one of {', '.join(EVENT_FORMATS)}",
        )
    text = events_csv(rows) if form == ".csv" else events_json(rows)
    write_bytes(text.encode(), path)


def events_csv(rows: list[dict[str, Any]]) -> str:
    """An event list as CSV."""
    return table_csv(rows, list(rows[0]) if rows else ["date"])


def events_json(rows: list[dict[str, Any]]) -> str:
    """An event list as JSON."""
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def table_csv(rows: Iterable[dict[str, Any]], columns: list[str]) -> str:
    """Rows as CSV with a head; missing values are empty, tuples words joined by spaces.

    Args:
        rows: The rows.
        columns: The columns, in order.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        cells = (row.get(column) for column in columns)
        writer.writerow([" ".join(c) if isinstance(c, tuple) else c for c in cells])
    return out.getvalue()
