"""The pages that list what there is: documents, actors, areas, measures, events, statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from comity.model import SCHEMES, ActorKind
from comity.web.addresses import Place
from comity.web.charts import Columns, Heat, heat
from comity.web.holdings import ROOT, UNDATED, Holdings, roles
from comity.web.naming import Ref
from comity.web.views.common import Rows, Titled, document_ref, in_time, listed, pages
from comity.web.views.concept import Branch, branches

ENTRIES = 80
"""Entries on one page of a list that is not of statements."""
LATEST = 10
"""Statements that a list of years ends with."""
KINDS: tuple[ActorKind, ...] = (
    "State",
    "CustomsTerritory",
    "RegionalOrganization",
    "InternationalOrganization",
    "IPOffice",
    "GovernmentBody",
    "Court",
    "Person",
    "StakeholderGroup",
    "Enterprise",
    "Actor",
)
"""The kinds of actors in the order of their list."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of a list.

    `notes` are further columns, by name: the date, the publisher, whom an actor acts for.
    """

    ref: Ref
    statements: int
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading, which names a kind or a year, or is the name of a concept."""

    heading: str
    ref: Ref | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """A list, or one page of it. `kind` is what it lists, such as ``documents``."""

    kind: str
    groups: tuple[Group, ...]
    total: int
    part: int = 1
    parts: int = 1
    table: Heat | None = None


@dataclass(frozen=True, slots=True)
class TreeView:
    """A scheme of concepts as a tree."""

    scheme: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class SchemesView:
    """All schemes of concepts that are in use, but for the areas, which have their own page."""

    schemes: tuple[TreeView, ...]


@dataclass(frozen=True, slots=True)
class YearsView:
    """The years of the statements, each with its number, and the latest statements."""

    total: int
    columns: Columns
    years: tuple[tuple[Ref, int], ...]
    latest: Rows


@dataclass(frozen=True, slots=True)
class ContinuedView:
    """A further page of a list of statements; `of` is the page that it continues."""

    of: Ref
    rows: Rows


_Entry = tuple[str, Ref | None, Line]


def documents_list(holdings: Holdings) -> list[ListView]:
    """The pages of the list of documents by year, the latest first."""
    entries: list[_Entry] = []
    for each in holdings.documents.values():
        ref = document_ref(each, holdings)
        type_ = holdings.names.concept("document-type", each.type).text if each.type else ""
        notes = (("date", each.date or ""), ("type", type_), ("publisher", each.publisher or ""))
        line = Line(ref, len(holdings.numbers(holdings.addresses.node(each.id))), notes)
        entries.append(((each.date or "")[:4] or UNDATED, None, line))
    entries.sort(key=lambda entry: (entry[2].ref.text.casefold(), str(entry[2].ref.place)))
    entries.sort(key=lambda entry: dict(entry[2].notes)["date"], reverse=True)
    return _dealt("documents", entries)


def actors_list(holdings: Holdings) -> list[ListView]:
    """The pages of the list of actors by kind, those with most statements first."""
    acting = Counter(
        id_ for each in holdings.statements for id_, what in roles(each).items() if "actor" in what
    )
    entries: list[_Entry] = []
    for place, id_ in holdings.actors():
        actor = holdings.names.known_actor(id_)
        if actor is not None:
            behalf = sorted({holdings.names.actor(each).text for each in actor.acts_for})
            notes = (("acting", str(acting[id_])), ("for", ", ".join(behalf)))
            line = Line(holdings.names.actor(id_), len(holdings.numbers(place)), notes)
            entries.append((actor.kind, None, line))
    order = {kind: place for place, kind in enumerate(KINDS)}
    entries.sort(key=lambda entry: (order[entry[0]], *_most_first(entry[2])))  # type: ignore[index]
    return _dealt("actors", entries)


def measures_list(holdings: Holdings) -> list[ListView]:
    """The pages of the list of measures by type, those with most statements first.

    The first page has a table of types by directions.
    """
    names = holdings.names
    entries: list[_Entry] = []
    table: Counter[tuple[str, str]] = Counter()
    for codes in holdings.measures().values():
        count = holdings.measure_counts.get(codes, 0)
        table[codes[0], codes[1]] += count
        kind = names.concept("measure-type", codes[0])
        entries.append((kind.text, kind, Line(names.measure(codes), count)))
    entries.sort(key=lambda entry: (entry[0].casefold(), *_most_first(entry[2])))
    drawn = heat(
        table,
        lambda code: names.concept("measure-type", code),
        lambda code: names.concept("direction", code),
        rows=100,
        facets=lambda kind, direction: (("type", kind), ("direction", direction)),
    )
    return _dealt("measures", entries, drawn)


def events_list(holdings: Holdings) -> list[ListView]:
    """The pages of the list of events by year, the latest first."""
    entries: list[_Entry] = []
    for event in holdings.events.values():
        place = holdings.addresses.node(event.id)
        if place in holdings.described:
            line = Line(
                holdings.names.event(event.id),
                len(holdings.numbers(place)),
                (("date", event.date or ""), ("place", event.place or "")),
            )
            entries.append(((event.date or "")[:4] or UNDATED, None, line))
    entries.sort(key=lambda entry: (entry[2].ref.text.casefold(), str(entry[2].ref.place)))
    entries.sort(key=lambda entry: dict(entry[2].notes)["date"], reverse=True)
    return _dealt("events", entries)


def areas_tree(holdings: Holdings) -> TreeView:
    """The target areas as a tree."""
    return TreeView("area", tuple(branches(Place("area", ROOT), holdings)))


def schemes(holdings: Holdings) -> SchemesView:
    """Every scheme but the areas, as trees."""
    trees = (
        TreeView(name, tuple(branches(Place(name, ROOT), holdings)))
        for name in SCHEMES
        if name != "area"
    )
    return SchemesView(tuple(tree for tree in trees if tree.branches))


def years(holdings: Holdings) -> YearsView:
    """The list of years, the latest first, and the latest statements."""
    found = [(Ref(year, Place("statements", year)), year) for year in holdings.years()]
    return YearsView(
        len(holdings.statements),
        in_time(holdings.statements, whole=True),
        tuple((ref, len(holdings.numbers(Place("statements", year)))) for ref, year in found),
        latest(holdings, LATEST),
    )


def latest(holdings: Holdings, most: int) -> Rows:
    """The latest statements."""
    numbers: list[int] = []
    for year in holdings.years():
        numbers += holdings.numbers(Place("statements", year))[: most - len(numbers)]
    found = listed(numbers[:most], holdings)
    return Rows(found.rows, len(holdings.statements))


def year_view(year: str, holdings: Holdings) -> ContinuedView:
    """The first page of the statements of a year."""
    place = Place("statements", year)
    return continued(Ref(year, place), place, holdings, 1)


def continued(
    of: Ref, place: Place, holdings: Holdings, part: int, actor: str | None = None
) -> ContinuedView:
    """A further page of a list of statements.

    Args:
        of: What the list is of.
        place: Its first page.
        holdings: What the graph holds.
        part: Which page, from one on.
        actor: The id of the actor whose statements they are.
    """
    return ContinuedView(of, listed(holdings.numbers(place), holdings, part, actor, place))


def continuations(place: Place, holdings: Holdings) -> range:
    """The numbers of the further pages of a list of statements."""
    return range(2, pages(len(holdings.numbers(place))) + 1)


def titled(ref: Ref) -> Titled:
    """A name as a heading."""
    return Titled(ref.text, ref.language)


def _most_first(line: Line) -> tuple[int, str, str]:
    return -line.statements, line.ref.text.casefold(), str(line.ref.place)


def _dealt(kind: str, entries: Sequence[_Entry], table: Heat | None = None) -> list[ListView]:
    """Entries on pages, under the headings that they share with their neighbours."""
    parts = max(1, -(-len(entries) // ENTRIES))
    found = []
    for part in range(1, parts + 1):
        chosen = entries[(part - 1) * ENTRIES : part * ENTRIES]
        groups = tuple(_groups(chosen))
        shown = table if part == 1 else None
        found.append(ListView(kind, groups, len(entries), part, parts, shown))
    return found


def _groups(entries: Sequence[_Entry]) -> Iterator[Group]:
    for (heading, ref), group in groupby(entries, key=lambda entry: entry[:2]):
        yield Group(heading, ref, tuple(line for _, _, line in group))
