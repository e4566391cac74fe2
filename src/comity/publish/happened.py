"""What happened to documents, actors, concepts, measures, events and the rest, one by one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from comity.publish.facts import (
    REASON,
    REPLACED_BY,
    Facts,
    Thing,
    iris,
    name_of,
    text,
    values,
)
from comity.publish.told import Field, changed_facts
from comity.rdf.namespaces import COMITY, DCTERMS, SKOS

Links = Mapping[tuple[str | None, str | None], int]
"""How many mentions stood for the first actor and now stand for the second."""
_HOW = {
    "prefLabel": "renamed",
    "label": "renamed",
    "broader": "moved",
    "deprecated": "deprecated",
    "isReplacedBy": "deprecated",
}
_MIRRORED = SKOS + "narrower"
_SHARED = ("concept", "measure", "extractor")
_TEXT = (COMITY + "textSha256",)


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one thing.

    Args:
        kind: What it is: one of the words of `comity.publish.changes.KINDS`.
        change: What happened: one of the words of `comity.publish.changes.HOW`.
        iri: Its IRI; the one before, where it has another one now.
        label: What it is called; empty for statements, which have no name of their own.
        to: The IRIs that have its place now.
        fields: What it says otherwise than before.
        reason: Why it was withdrawn.
        quote: The passage of a statement, as far as it is published.
        document: The IRI of the document of a statement.
        actors: The IRIs of the actors of a statement.
        measures: The IRIs of the measures of a statement.
        count: How many mentions are concerned, where they stand for another actor now.
        place: Where it stands among its like.
    """

    kind: str
    change: str
    iri: str
    label: str = ""
    to: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    reason: str | None = None
    quote: str | None = None
    document: str | None = None
    actors: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    count: int | None = None
    place: tuple[str, int] = field(default=("", 0), compare=False, repr=False)


def gone(thing: Thing) -> bool:
    """Whether it was described and is not any more."""
    return thing.old is not None and thing.new is None


def came(thing: Thing) -> bool:
    """Whether it is described and was not before."""
    return thing.old is None and thing.new is not None


def replacements(thing: Thing) -> tuple[str, ...]:
    """What the later side says is to be used in its place."""
    return iris(thing.gone_now, REPLACED_BY) or iris(thing.new, REPLACED_BY)


def end(thing: Thing) -> str:
    """The word for the end of a thing: withdrawn where the later side says so.

    Else unused, when it is of the vocabulary and nothing names it any more; else removed.
    """
    if thing.gone_now is not None:
        return "withdrawn"
    return "unused" if _shared(thing) else "removed"


def beginning(thing: Thing) -> str:
    """The word for the beginning of a thing: restored when it had been withdrawn.

    Else used, when it is of the vocabulary; else added.
    """
    if thing.gone_before is not None:
        return "restored"
    return "used" if _shared(thing) else "added"


def _shared(thing: Thing) -> bool:
    """Whether it is of the vocabulary, and in the data only as long as something names it."""
    if thing.kind == "actor":
        return not values(thing.old or thing.new, COMITY + "candidate")
    return thing.kind in _SHARED


def told_of(thing: Thing, change: str, kind: str = "", **more: object) -> Change:
    """A change of a thing, with its name and the reason of its withdrawal."""
    label = name_of(thing.iri, thing.new or thing.old)
    reason = text(thing.gone_now, REASON)
    return Change(kind or thing.kind, change, thing.iri, label, reason=reason, **more)  # type: ignore[arg-type]


# -- any thing -------------------------------------------------------------------------------


def things_changed(things: Iterable[Thing], documents: Mapping[str, str]) -> Iterator[Change]:
    """What happened to things that are no statements, nor parts of one, nor actors gone or come.

    Args:
        things: The things.
        documents: Replaced document to the one in its place.
    """
    by_iri = {thing.iri: thing for thing in things}
    taken = set(documents.values())
    for iri, thing in by_iri.items():
        if iri in documents:
            new = by_iri[documents[iri]].new or {}
            fields = tuple(changed_facts(thing.old or {}, new, _TEXT))
            yield told_of(thing, "replaced", to=(documents[iri],), fields=fields)
        elif thing.old is not None and thing.new is not None:
            yield from lasting(thing)
        elif thing.kind != "actor" and iri not in taken:
            if gone(thing):
                yield told_of(thing, end(thing), to=replacements(thing))
            elif came(thing):
                yield told_of(thing, beginning(thing))


def lasting(thing: Thing, kind: str = "") -> Iterator[Change]:
    """What a thing that is on both sides says otherwise: renamed, moved, deprecated, updated.

    That a concept has other narrower ones is told of those.
    """
    by_how: dict[str, list[Field]] = defaultdict(list)
    for each in changed_facts(thing.old or {}, thing.new or {}, (_MIRRORED,)):
        by_how[_HOW.get(each.name, "updated")].append(each)
    for how, fields in by_how.items():
        to = iris(thing.new, REPLACED_BY) if how == "deprecated" else ()
        yield told_of(thing, how, kind, to=to, fields=tuple(fields))


# -- documents -------------------------------------------------------------------------------


def documents_replaced(things: Iterable[Thing]) -> dict[str, str]:
    """Which removed document has which added one in its place.

    The later side says so; else they are alike, as `documents_alike` has it.
    """
    described = [thing for thing in things if thing.kind == "document"]
    removed = {thing.iri: thing for thing in described if gone(thing)}
    added = {thing.iri: thing.new or {} for thing in described if came(thing)}
    found: dict[str, str] = {}
    for iri, thing in removed.items():
        other = next((each for each in replacements(thing) if each in added), None)
        if other is not None:
            found[iri] = other
    left = {iri: thing.old or {} for iri, thing in removed.items() if iri not in found}
    taken = set(found.values())
    free = {iri: facts for iri, facts in added.items() if iri not in taken}
    return found | documents_alike(left, free)


def documents_alike(removed: Mapping[str, Facts], added: Mapping[str, Facts]) -> dict[str, str]:
    """Which documents have the same source URL, or the same title and publisher, and no others.

    Args:
        removed: Documents that are gone.
        added: Documents that came.
    """
    found: dict[str, str] = {}
    for signs in ((COMITY + "sourceUrl",), (DCTERMS + "title", COMITY + "publisherName")):
        taken = set(found.values())
        before = _by_signs(((i, f) for i, f in removed.items() if i not in found), signs)
        after = _by_signs(((i, f) for i, f in added.items() if i not in taken), signs)
        for key, here in before.items():
            there = after.get(key, [])
            if len(here) == len(there) == 1:
                found[here[0]] = there[0]
    return found


def _by_signs(
    described: Iterable[tuple[str, Facts]], signs: tuple[str, ...]
) -> dict[tuple[tuple[str, ...], ...], list[str]]:
    found: dict[tuple[tuple[str, ...], ...], list[str]] = defaultdict(list)
    for iri, facts in described:
        key = tuple(values(facts, sign) for sign in signs)
        if all(key):
            found[key].append(iri)
    return found


# -- actors ----------------------------------------------------------------------------------


def instead_of(things: Iterable[Thing], links: Links) -> dict[str, tuple[str, ...]]:
    """The actors that are gone, with those that have their place.

    Those are what the later side says, else what their mentions stand for now, the most
    frequent first.

    Args:
        things: What differs.
        links: How mentions are linked otherwise.
    """
    targets: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (before, after), count in links.items():
        if before is not None and after is not None:
            targets[before].append((-count, after))
    found = {}
    for thing in things:
        if thing.kind == "actor" and gone(thing):
            linked = tuple(iri for _, iri in sorted(targets[thing.iri]))
            to = replacements(thing) or linked
            if to:
                found[thing.iri] = to
    return found


def actors_changed(
    things: Mapping[str, Thing], links: Links, instead: Mapping[str, tuple[str, ...]]
) -> Iterator[Change]:
    """Which actors are gone, and where to; which came; which mentions stand for another one.

    An actor is merged with one that was there before, or that others become too; it is replaced
    by one that is new and has its place alone.

    Args:
        things: What differs.
        links: How mentions are linked otherwise.
        instead: What `instead_of` gave.
    """
    sources = Counter(to[0] for to in instead.values() if len(to) == 1)
    new_names = set()
    for iri, to in instead.items():
        how = "split" if len(to) > 1 else "merged"
        if len(to) == 1 and sources[to[0]] == 1 and to[0] in things and came(things[to[0]]):
            how = "replaced"
            new_names.add(to[0])
        count = sum(links.get((iri, other), 0) for other in to)
        yield told_of(things[iri], how, to=to, count=count or None)
    for iri, thing in things.items():
        if thing.kind != "actor":
            continue
        if gone(thing) and iri not in instead:
            yield told_of(thing, end(thing))
        elif came(thing) and iri not in new_names:
            yield told_of(thing, beginning(thing))
    for (before, after), count in links.items():
        known = things.get(before or "")
        if before is not None and (known is None or known.new is not None):
            label = name_of(before, known.new) if known else ""
            to = () if after is None else (after,)
            yield Change("actor", "relinked", before, label, to, count=count)
