"""What changed between two data sets: as triples, and as what happened to each thing in them.

Statements are added, withdrawn, corrected or read again; documents replaced; actors merged;
concepts renamed. All of it is told from the triples, so that a release, a graph folder and a
file of N-Quads can be compared with each other. Memory grows with what changed only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.publish.difference import Difference, Node, difference
from comity.publish.facts import REASON, Keys, Thing, iris, look_up, name_of, text, thing_of
from comity.publish.happened import (
    Change,
    actors_changed,
    beginning,
    documents_replaced,
    end,
    instead_of,
    replacements,
    things_changed,
)
from comity.publish.sides import Side
from comity.publish.terms import links_changed, read_terms, terms_changed
from comity.publish.told import (
    Told,
    corrected,
    how_changed,
    pairs,
    relinked,
    statements,
    with_actors,
)
from comity.rdf.namespaces import COMITY

KINDS = (
    *("statement", "document", "actor", "event", "concept", "measure", "extractor"),
    *("link", "term", "other"),
)
"""The kinds of things that changes are told of, in the order they are told."""
HOW = (
    *("added", "restored", "withdrawn", "removed", "replaced", "merged", "split", "corrected"),
    *("reviewed", "relinked", "renamed", "moved", "deprecated", "updated", "used", "unused"),
)
"""What may happen to a thing, in the order it is told."""
_ACTORS = 3
"""Actors that the title of a statement names."""


@dataclass(frozen=True)
class Changes:
    """What changed.

    Args:
        old: The earlier side.
        new: The later side.
        difference: The triples and quads that are on one side only, in files.
        changes: What happened to each thing, by kind, then by what happened.
        names: What the IRIs that the changes mention are called.
        ontology: The versions of the ontology, before and after; None where a side has none.
        withdrawals: How many IRIs are withdrawn that were not before, and how many withdrawals
            there are no more.
    """

    old: Side
    new: Side
    difference: Difference
    changes: tuple[Change, ...]
    names: Mapping[str, str]
    ontology: tuple[str | None, str | None]
    withdrawals: tuple[int, int]

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.difference or self.changes)

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How often what happened, by kind."""
        found = Counter((each.kind, each.change) for each in self.changes)
        return {
            kind: {how: found[kind, how] for how in HOW if found[kind, how]}
            for kind in KINDS
            if any(found[kind, how] for how in HOW)
        }

    def name(self, iri: str) -> str:
        """What an IRI is called."""
        return self.names.get(iri) or name_of(iri, None)

    def title(self, change: Change) -> str:
        """What the thing of a change is called; a statement by its actors and measures."""
        if change.kind != "statement":
            return change.label or self.name(change.iri)
        names = [self.name(iri) for iri in change.actors]
        actors = ", ".join(names[:_ACTORS]) or "no actor"
        if len(names) > _ACTORS:
            actors += f" and {len(names) - _ACTORS} more"
        measures = "; ".join(map(self.name, change.measures)) or "no measure"
        return f"{actors} · {measures}"


def compare(old: Side, new: Side, room: Path) -> Changes:
    """What changed from one side to another.

    Args:
        old: The earlier side.
        new: The later side.
        room: A folder for the triples and quads that differ; it must outlive the result.

    Raises:
        InputError: if a side is damaged.
    """
    things: dict[str, Thing] = {}

    def seen(node: Node) -> None:
        thing = thing_of(node, old, new)
        things[thing.iri] = thing

    found = difference(old, new, room, seen)
    changes = _happened(things, old, new)
    before, after = read_terms(old.ontology), read_terms(new.ontology)
    changes += terms_changed(before, after, changes)
    changes += links_changed(old, new)
    ordered = _ordered(changes)
    return Changes(
        old,
        new,
        found,
        ordered,
        _names(ordered, things, old, new),
        (before.version, after.version),
        (
            sum(t.gone_now is not None and t.gone_before is None for t in things.values()),
            sum(t.gone_before is not None and t.gone_now is None for t in things.values()),
        ),
    )


def _happened(things: Mapping[str, Thing], old: Side, new: Side) -> list[Change]:
    """What happened to the things that the triples describe."""
    keys = Keys(old, new)
    both = statements(things, keys, new)
    owners = {keys.part(iri)[1] for iri in both}
    others = {iri: t for iri, t in things.items() if keys.part(iri)[1] not in owners}
    documents = documents_replaced(others.values())
    again = pairs(
        {iri: one.where for iri, (one, other) in both.items() if one and not other},
        {iri: other.where for iri, (one, other) in both.items() if other and not one},
        documents,
        {iri: to for iri in both if iri in things for to in replacements(things[iri])[:1]},
    )
    links: Counter[tuple[str | None, str | None]] = Counter()
    for iri, (one, other) in both.items():
        now = both[again[iri]][1] if iri in again else other
        if one is not None and now is not None:
            links += relinked(one.mentions, now.mentions)
    instead = instead_of(others.values(), links)
    renamed = {iri: to[0] for iri, to in instead.items() if len(to) == 1}
    other_policy = (old.quotes or "full") != (new.quotes or "full")
    return [
        *_statements(both, again, things, renamed, other_policy),
        *actors_changed(others, links, instead),
        *things_changed(others.values(), documents),
    ]


def _statements(
    both: Mapping[str, tuple[Told | None, Told | None]],
    again: Mapping[str, str],
    things: Mapping[str, Thing],
    renamed: Mapping[str, str],
    other_policy: bool,
) -> Iterator[Change]:
    """What happened to statements.

    Args:
        both: Each statement before and after.
        again: Which statement was read again as which other.
        things: What differs.
        renamed: Actors that have another IRI now.
        other_policy: Whether passages are published in another length than before.
    """
    taken = set(again.values())
    for iri, (one, other) in both.items():
        if one is not None and other is not None:
            fields = corrected(one, other)
            yield _statement(other, how_changed(fields, other_policy), fields=fields)
        elif one is not None:
            reason = text(things[iri].gone_now, REASON)
            now = both[again[iri]][1] if iri in again else None
            if now is not None:
                moved = one.document != now.document
                fields = corrected(with_actors(one, renamed), now, moved=moved)
                yield _statement(one, "replaced", to=(now.iri,), fields=fields, reason=reason)
            else:
                to = replacements(things[iri])
                yield _statement(one, end(things[iri]), to=to, reason=reason)
        elif other is not None and iri not in taken:
            yield _statement(other, beginning(things[iri]))


def _statement(told: Told, change: str, **more: Any) -> Change:
    return Change(
        "statement",
        change,
        told.iri,
        quote=told.quote,
        document=told.document or None,
        actors=iris(told.facts, COMITY + "actor"),
        measures=iris(told.facts, COMITY + "measure"),
        place=told.where.order[:2],
        **more,
    )


def _ordered(changes: Iterable[Change]) -> tuple[Change, ...]:
    """By kind, what happened, place and IRI; what is read again otherwise before the rest.

    A concept that is new is not told to be used too.
    """
    kinds, hows = ({name: n for n, name in enumerate(names)} for names in (KINDS, HOW))
    found = list(changes)
    begun = {c.iri for c in found if c.kind == "concept" and c.change == "added"}
    kept = [c for c in found if not (c.change == "used" and c.iri in begun)]

    def order(c: Change) -> tuple[object, ...]:
        alike = c.change == "replaced" and not c.fields
        return kinds[c.kind], hows[c.change], alike, *c.place, c.iri, c.to

    return tuple(sorted(kept, key=order))


def _names(
    changes: Iterable[Change], things: Mapping[str, Thing], old: Side, new: Side
) -> dict[str, str]:
    """What the IRIs that changes mention are called; statements have no names."""
    keys = Keys(old, new)
    wanted: set[str] = set()
    for each in changes:
        wanted |= {*each.actors, *each.measures, *each.to, each.document or ""}
        for field in each.fields:
            terms = (*field.before, *field.after)
            wanted |= {term[1:-1] for term in terms if term.startswith("<")}
    left = {iri for iri in wanted if iri and not keys.part(iri)[1]}
    found = {}
    for iri in sorted(left & things.keys()):
        thing = things[iri]
        found[iri] = name_of(iri, thing.new or thing.old)
    for side in (new, old):
        left -= found.keys()
        if left:
            known = left
            found |= {i: name_of(i, f) for i, f in look_up(side.lines(), known.__contains__)}
    return dict(sorted(found.items()))
