"""The event list of the Discourse Network Analyzer (DNA), written and read.

The columns are those that DNA 3.0.11 writes (``Exporter.eventCSV`` in
``dna/src/main/java/export/Exporter.java`` of github.com/leifeld/dna, tag v3.0.11): UTF-8,
semicolons, the four variables of its default statement type among them (``Sql.java``). Its texts
have ``,`` for ``;`` and ``'`` for ``"``; offsets count UTF-16 units.

A DNA statement has one value a variable, so that a statement of ours is as many rows as it has
actors times areas. What a row holds: the speaker as `person`, an actor as `organization`, the
English label of a measure as `concept`, 1 or 0 for `agreement` (0 when the measure is refused),
the day, the passage. All else is lost, see ``docs/correct-by-hand.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from comity.errors import ComityError, UnknownNameError, UsageError
from comity.identifiers import statement_id
from comity.model import UNSPECIFIED, Document, Mention, Rejection, Statement, Vocabulary
from comity.review.fields import truth
from comity.review.tables import Row, Sheet, text_of
from comity.review.texts import Texts, locate
from comity.words import Words

COLUMNS = (
    *("statement_id", "time", "person", "organization", "concept", "agreement"),
    *("start_position", "stop_position", "text", "coder", "document_id", "document_title"),
    *("document_author", "document_source", "document_section", "document_type"),
)
EXTRACTOR = "dna/3"
"""What statements that come from DNA say they were read by."""
MODALITY = "report"
"""The modality of statements that come from DNA, which knows none."""
_BARE = frozenset(
    {"statement_id", "time", "agreement", "start_position", "stop_position", "coder", "document_id"}
)
MeasureLabel = Callable[[str, str, str | None], str]
"""The English label of a measure: of measure type, direction, and area or None."""


def is_event_list(sheet: Sheet) -> bool:
    """Whether a table is an event list of DNA, by the names of its columns."""
    names = set(sheet.columns)
    return {"concept", "text"} <= names and bool(names & {"person", "organization"})


# -- writing -----------------------------------------------------------------------------


def write_event_list(
    statements: Iterable[Statement],
    documents: Iterable[Document],
    vocabulary: Vocabulary,
    label: MeasureLabel,
    stream: IO[str],
) -> None:
    """Statements as an event list; those that a person rejected are left out.

    Args:
        statements: The statements.
        documents: Their documents, with their texts.
        vocabulary: The names of actors.
        label: The English label of a measure.
        stream: A text stream opened without translation of line ends.
    """
    numbered = {d.id: (n, d) for n, d in enumerate(documents, start=1)}
    stream.write(";".join(f'"{name}"' for name in COLUMNS) + "\n")
    number = 0
    for statement in statements:
        if statement.review != "rejected":
            for row in _rows(statement, *numbered[statement.document], vocabulary, label):
                number += 1
                cells = {"statement_id": str(number), **row}
                stream.write(";".join(_cell(name, cells[name]) for name in COLUMNS) + "\n")


def _cell(name: str, text: str) -> str:
    if name in _BARE:
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _rows(
    statement: Statement,
    number: int,
    document: Document,
    vocabulary: Vocabulary,
    label: MeasureLabel,
) -> Iterator[Mapping[str, str]]:
    person = _name(statement.speaker, vocabulary) if statement.speaker is not None else ""
    actors = [_name(mention, vocabulary) for mention in statement.actors] or [""]
    areas: Sequence[str | None] = statement.areas or (None,)
    for actor in actors:
        for area in areas:
            yield {
                "time": _time(statement.date or document.date),
                "person": person,
                "organization": actor,
                "concept": label(statement.measure_type, statement.direction, area),
                "agreement": "0" if statement.negated else "1",
                "start_position": str(_units(document.text[: statement.start])),
                "stop_position": str(_units(document.text[: statement.end])),
                "text": statement.quote,
                "coder": "1",
                "document_id": str(number),
                "document_title": document.title or document.file or document.id,
                "document_author": "",
                "document_source": document.publisher or "",
                "document_section": document.file or "",
                "document_type": document.type or "",
            }


def _name(mention: Mention, vocabulary: Vocabulary) -> str:
    actor = vocabulary.actors.get(mention.id or "")
    return actor.name() if actor is not None else mention.text


def _time(day: str | None) -> str:
    """DNA has days only: the first of a month or year stands for the whole."""
    if day is None or day.startswith("-"):
        return ""
    return f"{day}{'-01-01'[len(day) - 4 :] if len(day) < 10 else ''} 00:00:00"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


# -- reading -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Event:
    """What a row says."""

    where: str
    document: Document
    start: int
    end: int
    person: str
    organization: str
    measure: tuple[str, str]
    area: str | None
    negated: bool
    date: str | None


def read_event_list(
    sheet: Sheet, texts: Texts, words: Words
) -> tuple[list[tuple[str, Statement]], list[Rejection]]:
    """The statements of an event list, each with its file and row; others are set aside.

    Rows that differ in nothing but the area, or the organization, are one statement. The concept
    is the label or code of a measure, or of an area or measure type. The action is
    ``unspecified`` and the modality ``report``: DNA knows neither.

    Args:
        sheet: The table; `is_event_list` holds.
        texts: The texts that were coded.
        words: Where names of concepts and actors are looked up.
    """
    events: list[_Event] = []
    aside: list[Rejection] = []
    for row in sheet.rows:
        where = f"{sheet.file}:{row.number}"
        try:
            events.append(_event(row, where, texts, words))
        except ComityError as error:
            reason = f"{error.where}: {error.message}" if error.where else error.message
            told = f"{reason} ({error.hint})" if error.hint else reason
            aside.append(Rejection(where, "import", "cell", told))
    return _statements(events, words), aside


def _event(row: Row, where: str, texts: Texts, words: Words) -> _Event:
    name = _text(row, "document_title") or _text(row, "document_id")
    try:
        document = texts.document(name)
    except UsageError as error:
        section = _text(row, "document_section")
        if not section:
            raise _at("document_title", error) from error
        try:
            document = texts.document(section)
        except UsageError:
            raise _at("document_title", error) from error
    start, end = _passage(row, document)
    measure, area = _concept(_text(row, "concept"), words)
    try:
        agreement = _text(row, "agreement")
        negated = bool(agreement) and not truth(agreement)
    except UsageError as error:
        raise _at("agreement", error) from error
    time = re.match(r"\d{4}-\d\d-\d\d", _text(row, "time"))
    person, organization = _text(row, "person"), _text(row, "organization")
    date = time[0] if time else None
    return _Event(where, document, start, end, person, organization, measure, area, negated, date)


def _passage(row: Row, document: Document) -> tuple[int, int]:
    quote = _text(row, "text")
    if not quote:
        raise UsageError("a statement needs the words of its passage", where="text")
    first, last = _text(row, "start_position"), _text(row, "stop_position")
    if first.isdecimal() and last.isdecimal():
        units = document.text.encode("utf-16-le")
        start = len(units[: 2 * int(first)].decode("utf-16-le", "ignore"))
        end = len(units[: 2 * int(last)].decode("utf-16-le", "ignore"))
        if _written(document.quote(start, end)) == _written(quote):
            return start, end
    try:
        return locate(document, quote)
    except UsageError as error:
        if not set(quote) & set(",'"):
            raise _at("text", error) from error
    pattern = "".join(_read_back(sign) for sign in quote)
    found = [m.span() for m in re.finditer(pattern, document.text)]
    if len(found) != 1:
        raise UsageError("the passage is not in the text, or several times", where="text")
    return found[0]


def _written(text: str) -> str:
    """A text as DNA writes it into an event list."""
    return text.replace(";", ",").replace('"', "'").strip()


def _read_back(sign: str) -> str:
    return {",": "[,;]", "'": "['\"]"}.get(sign, re.escape(sign))


def _concept(text: str, words: Words) -> tuple[tuple[str, str], str | None]:
    """Measure type and direction, and the area, that a concept names."""
    for separator in (": ", "："):
        head, found, rest = text.partition(separator)
        if found:
            kind, _, area = rest.partition(" – ")
            try:
                return _measure(kind, head, area, words)
            except UsageError:
                break
    try:
        kind, direction, area, *_ = [*text.split("."), "", ""]
        return _measure(kind, direction, area, words)
    except UsageError:
        pass
    for scheme in ("area", "measure-type"):
        try:
            code = words.code(scheme, text)
        except UnknownNameError:
            continue
        if scheme == "area":
            return (UNSPECIFIED, UNSPECIFIED), code
        return (code, UNSPECIFIED), None
    raise UsageError(
        f"{text!r} is no measure, area or measure type of the vocabulary",
        where="concept",
        hint="add it as a label with --vocabulary FILE.ttl",
    )


def _measure(
    kind: str, direction: str, area: str, words: Words
) -> tuple[tuple[str, str], str | None]:
    measure = words.code("measure-type", kind), words.code("direction", direction)
    return measure, words.code("area", area) if area else None


def _statements(events: Iterable[_Event], words: Words) -> list[tuple[str, Statement]]:
    """Rows of one passage, speaker, measure and agreement, joined."""
    joined: dict[tuple[object, ...], dict[str | None, list[_Event]]] = {}
    for event in events:
        key = (event.document.id, event.start, event.end, event.person, event.measure)
        by_area = joined.setdefault((*key, event.negated, event.date), {})
        by_area.setdefault(event.area, []).append(event)
    found: list[tuple[str, Statement]] = []
    taken: set[str] = set()
    for areas in joined.values():
        by_actors: dict[tuple[str, ...], list[_Event]] = {}
        for rows in areas.values():
            by_actors.setdefault(tuple(sorted({e.organization for e in rows})), []).extend(rows)
        for rows in by_actors.values():
            statement = _statement(rows, words, taken)
            taken.add(statement.id)
            found.append((rows[0].where, statement))
    return found


def _statement(rows: Sequence[_Event], words: Words, taken: set[str]) -> Statement:
    first = rows[0]
    document, start, end = first.document, first.start, first.end
    ids = (statement_id(document.id, start, end, n) for n in range(len(taken) + 1))
    actors = {_mention(e.organization, words) for e in rows if e.organization}
    return Statement(
        id=next(i for i in ids if i not in taken),
        document=document.id,
        start=start,
        end=end,
        quote=document.quote(start, end),
        actors=tuple(sorted(actors, key=lambda m: (m.text, m.id or ""))),
        speaker=_mention(first.person, words) if first.person else None,
        action=UNSPECIFIED,
        measure_type=first.measure[0],
        direction=first.measure[1],
        areas=tuple(sorted({e.area for e in rows if e.area})),
        modality=MODALITY,
        negated=first.negated,
        date=first.date,
        extractor=EXTRACTOR,
        review="accepted",
    )


def _mention(name: str, words: Words) -> Mention:
    try:
        return Mention(name, words.actor(name))
    except UsageError:
        return Mention(name)


def _text(row: Row, column: str) -> str:
    return text_of(row.cells.get(column)).strip()


def _at(column: str, error: ComityError) -> UsageError:
    return UsageError(error.message, where=column, hint=error.hint)
