"""The page of an event: where and when it was, who spoke there, and what was said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from comity.model import Event
from comity.web.charts import Heat, Tally, tallies
from comity.web.holdings import Holdings
from comity.web.naming import Ref, clip
from comity.web.views.common import Rows, actor_heat, document_ref, listed


@dataclass(frozen=True, slots=True)
class EventView:
    """Everything that a page of an event shows."""

    name: str
    place: str | None
    date: str | None
    type: Ref | None
    documents: tuple[Ref, ...]
    total: int
    actors: Heat
    areas: tuple[Tally, ...]
    speakers: tuple[Tally, ...]
    rows: Rows


def event_view(event: Event, holdings: Holdings) -> EventView:
    """What the page of an event shows.

    Args:
        event: The event.
        holdings: What the graph holds.
    """
    names = holdings.names
    place = holdings.addresses.node(event.id)
    statements = list(holdings.at(place))
    documents = dict.fromkeys(each.document for each in statements)
    documents |= dict.fromkeys(holdings.documents_of_events.get(event.id, ()))
    areas = Counter(area for each in statements for area in each.areas)
    speakers = Counter(s.speaker.id for s in statements if s.speaker and s.speaker.id)
    return EventView(
        clip(event.name, 200),
        event.place,
        event.date,
        names.concept("event-type", event.type) if event.type else None,
        tuple(document_ref(holdings.documents[each], holdings) for each in documents),
        len(statements),
        actor_heat(statements, holdings, (("event", event.id),)),
        tallies(areas, lambda code: names.concept("area", code))[:12],
        tallies(speakers, names.actor)[:12],
        listed(holdings.numbers(place), holdings),
    )
