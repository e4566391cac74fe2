"""What might have become of what a release no longer has: told to people, never applied."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from comity.publish.content import Content, parsed
from comity.publish.difference import joined
from comity.publish.facts import Facts, Keys, iris, look_up, text
from comity.publish.happened import documents_alike
from comity.publish.reasons import Reason
from comity.publish.sides import Side
from comity.publish.told import Named, Passage, named, pairs, relinked
from comity.rdf.namespaces import COMITY, OA

SHARE = 0.5
"""How much of the shorter passage two readings of one place share; as in `comity.review.apply`."""
_SELECTORS = ("evidence", "position", "quote")


@dataclass(frozen=True, slots=True)
class Users:
    """What named a node that is gone.

    Args:
        lasting: How many of those that named it are still there.
        now: What they name in its place, with how many of them do.
    """

    lasting: int
    now: Mapping[str, int]


# -- statements ------------------------------------------------------------------------------


def passages_before(
    old: Side, statements: Mapping[str, Facts], keys: Keys
) -> dict[str, tuple[Passage, str]]:
    """Where statements stood, with the words of the passage as far as they were published.

    Args:
        old: The release before.
        statements: The statements, with what it said of them.
        keys: Tells which parts are whose.
    """
    owners = {keys.part(iri)[1]: iri for iri in statements}
    selectors: dict[str, dict[str, Facts]] = defaultdict(dict)
    for iri, facts in look_up(old.lines(), lambda iri: _selects(keys.part(iri), owners)):
        kind, key = keys.part(iri)
        selectors[owners[key]][kind] = facts
    found = {}
    for iri, facts in statements.items():
        evidence, position, quote = (selectors[iri].get(kind) for kind in _SELECTORS)
        exact = text(quote, OA + "exact")
        known = hashlib.sha256(exact.encode()).hexdigest() if exact else None
        start, end = (int(text(position, OA + name) or 0) for name in ("start", "end"))
        document = next(iter(iris(facts, COMITY + "statedIn")), "")
        sha256 = text(evidence, COMITY + "passageSha256") or known
        action = text(facts, COMITY + "action") or ""
        found[iri] = (Passage(iri, document, start, end, sha256, action), exact or "")
    return found


def _selects(part: tuple[str, str], owners: Mapping[str, str]) -> bool:
    return part[0] in _SELECTORS and part[1] in owners


def passages_now(
    content: Content, documents: Set[str], hashes: Set[str] = frozenset()
) -> dict[str, Passage]:
    """The passages of the statements of some documents, and of those with certain words.

    Args:
        content: What is to be published.
        documents: The IRIs of the documents.
        hashes: The hashes of the words of passages.
    """
    node = content.namespaces.node
    found = {}
    for each in content.graph.records() if documents or hashes else ():
        document = node(each.document)
        sha256 = hashlib.sha256(each.quote.encode()).hexdigest()
        if each.review != "rejected" and (document in documents or sha256 in hashes):
            iri = node(each.id)
            found[iri] = Passage(iri, document, each.start, each.end, sha256, each.action)
    return found


def read_again(
    before: Mapping[str, Passage], now: Mapping[str, Passage], documents: Mapping[str, str]
) -> dict[str, str]:
    """Which statement is read again, word for word, in the document that has the place of its own.

    Args:
        before: The passages of statements that are gone.
        now: The passages of statements of the new documents.
        documents: Document to the one in its place.
    """
    return pairs(before, now, documents, {})


def other_reading(before: Passage, now: Iterable[Passage]) -> Reason | None:
    """What might have the place of a statement whose document is still there.

    Args:
        before: Its passage.
        now: The passages of statements of its document, and of those with the same words.
    """
    near = [
        (each.action != before.action, -_shared(before, each), each.iri)
        for each in now
        if each.document == before.document and _shared(before, each) >= SHARE
    ]
    if near:
        return Reason("Read in another way in the same place.", (min(near)[2],))
    same = [each.iri for each in now if before.sha256 is not None and each.sha256 == before.sha256]
    if len(same) == 1:
        return Reason("The same words are read elsewhere.", (same[0],))
    return None


def _shared(one: Passage, other: Passage) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return max(0, shared) / shorter if shorter > 0 else 0.0


# -- documents -------------------------------------------------------------------------------


def documents_now(content: Content, gone: Mapping[str, Facts], came: Set[str]) -> dict[str, str]:
    """Which document might have the place of one that is gone: the same address, or title.

    Args:
        content: What is to be published.
        gone: The documents that are gone, with what was said of them.
        came: The IRIs that are described now and were not before.
    """
    fresh = dict(look_up(content.lines(), came.__contains__)) if gone else {}
    return documents_alike(gone, fresh)


# -- actors and events -----------------------------------------------------------------------


def users(old: Side, content: Content, gone: Set[str]) -> dict[str, Users]:
    """What named the nodes that are gone, and what is named in their place.

    Args:
        old: The release before.
        content: What is to be published.
        gone: The IRIs of the nodes.
    """
    lasting: Counter[str] = Counter()
    now: dict[str, Counter[str]] = defaultdict(Counter)
    terms = {f"<{iri}>" for iri in gone}
    withdrawn = f"<{old.withdrawn}>"
    for node in joined(old.lines(), content.lines()) if terms else ():
        said = {quad[1:3] for quad in map(parsed, node.old) if quad[3] != withdrawn}
        named = {(name, value) for name, value in said if value in terms}
        if not named or not node.new:
            continue
        fresh = {quad[1:3] for quad in map(parsed, node.new)} - said
        for predicate, term in sorted(named):
            lasting[term[1:-1]] += 1
            for other in {value for name, value in fresh if name == predicate}:
                now[term[1:-1]][other[1:-1]] += 1
    return {iri: Users(lasting[iri], dict(now[iri])) for iri in gone}


def actors_again(
    old: Side, content: Content, again: Mapping[str, str], keys: Keys
) -> dict[str, tuple[str, ...]]:
    """Which actor has the place of another in statements that are read again word for word.

    Args:
        old: The release before.
        content: What is to be published.
        again: Statement to the one that is read in its place.
        keys: Tells which mentions are whose.
    """
    before = _mentions(old.lines(), again, keys)
    now = _mentions(content.lines(), again.values(), keys)
    found: dict[str, set[str]] = defaultdict(set)
    for iri, other in again.items():
        if iri in before and other in now:
            for one, another in relinked(before[iri], now[other]):
                if one is not None and another is not None:
                    found[one].add(another)
    return {iri: tuple(to) for iri, to in found.items() if len(to) == 1}


def _mentions(
    lines: Iterable[bytes], statements: Iterable[str], keys: Keys
) -> dict[str, tuple[Named, ...]]:
    """The mentions of statements, in order."""
    owners = {keys.part(iri)[1]: iri for iri in statements}
    found: dict[str, tuple[Named, ...]] = {}
    wanted = look_up(lines, lambda i: _is_mention(keys.part(i), owners)) if owners else ()
    for iri, facts in wanted:
        owner = owners[keys.part(iri)[1]]
        found[owner] = (*found.get(owner, ()), named(iri, facts))
    return found


def _is_mention(part: tuple[str, str], owners: Mapping[str, str]) -> bool:
    return part[0] == "mention" and part[1] in owners


def other_name(found: Users, kind: str, names: Mapping[str, str]) -> Reason | None:
    """What might have the place of an actor or event: what those that named it name now.

    Args:
        found: What named it.
        kind: Actor or event.
        names: What IRIs are called.
    """
    if len(found.now) != 1:
        return None
    (iri,) = found.now
    return Reason(f"The {kind} is now {names.get(iri, iri)}.", (iri,))
