"""What a release holds and covers, seen in one reading of its quads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from comity.publish.content import Content, parsed
from comity.rdf.namespaces import COMITY, DCTERMS
from comity.rdf.terms import RDF_TYPE

_DATES = (f"<{COMITY}statedOn>", f"<{DCTERMS}issued>")
_AREA = f"<{COMITY}targetArea>"
_ACTOR = f"<{COMITY}actor>"
_LANGUAGE = f"<{DCTERMS}language>"
_KINDS = {
    f"<{COMITY}{kind}>": name
    for kind, name in (
        ("Document", "documents"),
        ("Statement", "statements"),
        ("Actor", "actors"),
        ("Measure", "measures"),
        ("Event", "events"),
        ("Mention", "mentions"),
    )
}
_STATE = f"<{COMITY}State>"


@dataclass(frozen=True)
class Summary:
    """What a release holds and covers.

    Args:
        counts: How many there are: documents, statements, actors, measures, areas, events,
            mentions, quads, triples, shortcuts, links.
        earliest: The first date on which anything was stated or published, as precise as known;
            None when there is none.
        latest: The last of these dates.
        areas: The IRIs of the areas that measures aim at, in order.
        languages: The languages of the documents, as BCP 47 tags, in order.
        states: The IRIs of the states that are to act, in order.
    """

    counts: Mapping[str, int]
    earliest: str | None
    latest: str | None
    areas: tuple[str, ...]
    languages: tuple[str, ...]
    states: tuple[str, ...]


def summarize(content: Content) -> Summary:
    """Read the quads of a release once.

    Args:
        content: What is published.
    """
    counts: Counter[str] = Counter()
    found: dict[str, set[str]] = {name: set() for name in (_AREA, _ACTOR, _LANGUAGE, _STATE)}
    dates: set[str] = set()
    last: tuple[str, str, str] | None = None
    for line in content.lines():
        subject, predicate, value, _ = parsed(line)
        counts["quads"] += 1
        if (subject, predicate, value) == last:
            continue
        last = subject, predicate, value
        counts["triples"] += 1
        if predicate == RDF_TYPE and value in _KINDS:
            counts[_KINDS[value]] += 1
        elif predicate == RDF_TYPE and value == _STATE:
            found[_STATE].add(subject)
        elif predicate in found:
            found[predicate].add(value)
        elif predicate in _DATES:
            dates.add(value.partition('"')[2].partition('"')[0])
    known = [day for day in dates if day[:4].isdigit()]
    told = ("documents", "statements", "actors", "measures", "events", "mentions")
    return Summary(
        {
            **{name: counts[name] for name in told[:4]},
            "areas": len(found[_AREA]),
            **{name: counts[name] for name in told[4:]},
            "quads": counts["quads"],
            "triples": counts["triples"],
            "shortcuts": len(content.shortcuts),
            "links": len(content.links),
        },
        min(known, default=None),
        max(known, default=None, key=_end),
        tuple(sorted(term[1:-1] for term in found[_AREA])),
        tuple(sorted(term[1:-1] for term in found[_LANGUAGE])),
        tuple(sorted(term[1:-1] for term in found[_ACTOR] & found[_STATE])),
    )


def _end(day: str) -> str:
    """The order of dates by their end: a year is later than each of its days."""
    return day + "-99" * (2 - day.count("-"))
