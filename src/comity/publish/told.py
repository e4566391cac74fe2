"""Statements with their parts on two sides: what was corrected, and what was read again."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from comity.publish.facts import PARTS, TYPE, Facts, Keys, Thing, iris, look_up, text, values
from comity.publish.sides import Side
from comity.rdf.namespaces import COMITY, OA, prefixes, shorten
from comity.rdf.terms import literal_term

PARTIES = tuple(
    COMITY + name
    for name in ("actor", "speaker", "onBehalfOf", "counterpart", "beneficiary", "constrainedParty")
)
WORDING = tuple(COMITY + name for name in ("objectText", "actionText", "principle", "condition"))
"""Properties whose values are words of the text: how much of them is published may differ."""
READING = frozenset(
    (
        *(name.removeprefix(COMITY) for name in (*PARTIES, *WORDING)),
        *("measure", "modality", "negated", "action", "statedOn", "deadline", "effectiveFrom"),
        *("effectiveTo", "statedAt", "place", "mention"),
    )
)
"""What was read into the passage; the rest is how sure that is, and how it is published."""
_STRUCTURE = frozenset({TYPE, COMITY + "mention", COMITY + "evidence"})


@dataclass(frozen=True, slots=True)
class Field:
    """A property that has other values than before.

    Args:
        name: Its local name, such as modality; mention and passage stand for whole parts.
        before: The terms that it has no longer, in N-Triples text.
        after: The terms that it has now and had not before.
    """

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A mention as one side has it."""

    iri: str
    role: str
    text: str
    start: str | None
    end: str | None
    actor: str | None

    @property
    def words(self) -> tuple[str, str]:
        """What stays when the text around it changes."""
        return self.role, self.text

    def show(self, with_actor: bool) -> str:
        """The mention as a literal in N-Triples text, for people."""
        place = f", {self.start}–{self.end}" if self.start is not None else ""
        actor = f" → {_short(self.actor)}" if with_actor else ""
        return literal_term(f"{self.text} ({self.role}{place}){actor}")


def _short(iri: str | None) -> str:
    return shorten(iri, prefixes()) if iri else "nobody"


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a statement stands, and in which words.

    Args:
        iri: The statement.
        document: Its document.
        start: The first character of its passage.
        end: The character after the last.
        sha256: The hash of the words of the passage; None when they are not known.
        action: The lemma of its verb.
    """

    iri: str
    document: str
    start: int
    end: int
    sha256: str | None
    action: str

    @property
    def order(self) -> tuple[str, int, str]:
        """Its place in the order of documents and text."""
        return self.document, self.start, self.iri

    def keys(self, document: str) -> list[tuple[str, ...]]:
        """What it is found again by in a document: words and action, then words alone."""
        if self.sha256 is None:
            return []
        return [(document, self.sha256, self.action), (document, self.sha256)]


@dataclass(frozen=True, slots=True)
class Told:
    """A statement on one side, with its parts.

    Args:
        iri: Its IRI.
        facts: What is said of it.
        mentions: Its mentions, in order.
        passage: The facts of its evidence and its two selectors, by the word for each.
    """

    iri: str
    facts: Facts
    mentions: tuple[Named, ...] = ()
    passage: Mapping[str, Facts] = field(default_factory=dict)

    @property
    def document(self) -> str:
        """The IRI of its document."""
        return next(iter(iris(self.facts, COMITY + "statedIn")), "")

    @property
    def quote(self) -> str | None:
        """The words of its passage, as far as they are published."""
        return text(self.passage.get("quote"), OA + "exact")

    @property
    def where(self) -> Passage:
        """Where it stands, and in which words."""
        given = text(self.passage.get("evidence"), COMITY + "passageSha256")
        quote = self.quote
        start, end = (
            int(said) if (said or "").isdecimal() and said else 0
            for said in (text(self.passage.get("position"), OA + n) for n in ("start", "end"))
        )
        sha256 = given or (hashlib.sha256(quote.encode()).hexdigest() if quote else None)
        action = text(self.facts, COMITY + "action") or ""
        return Passage(self.iri, self.document, start, end, sha256, action)


def statements(
    things: Mapping[str, Thing], keys: Keys, new: Side
) -> dict[str, tuple[Told | None, Told | None]]:
    """Every statement that differs, itself or in its parts, as it was before and as it is now.

    Args:
        things: What differs.
        keys: Tells what belongs to a statement.
        new: The later side, where the parts that do not differ are looked up.
    """
    concerned: dict[str, dict[str, Thing]] = defaultdict(dict)
    for iri, thing in things.items():
        key = keys.part(iri)[1]
        if key:
            concerned[key][iri] = thing
    lasting = {key: _parts(members, keys) for key, members in concerned.items()}
    wanted = {key: kinds for key, kinds in lasting.items() if kinds}

    def alike_on_both(iri: str) -> bool:
        kind, key = keys.part(iri)
        return kind in wanted.get(key, ()) and iri not in things

    alike: dict[str, dict[str, Facts]] = defaultdict(dict)
    for iri, facts in look_up(new.lines(), alike_on_both) if wanted else ():
        alike[keys.part(iri)[1]][iri] = facts
    both = {}
    for key, members in concerned.items():
        old, new_parts = ({i: f for i, t in members.items() if (f := side(t))} for side in _SIDES)
        sides = (_told(old | alike[key], keys), _told(new_parts | alike[key], keys))
        latest = sides[1] or sides[0]
        if latest is not None:
            both[latest.iri] = sides
    return both


_SIDES: tuple[Callable[[Thing], Facts | None], ...] = (lambda t: t.old, lambda t: t.new)


def _parts(members: Mapping[str, Thing], keys: Keys) -> tuple[str, ...]:
    """What is needed of a statement beside what differs; nothing when it comes or goes.

    When no part of it differs, its passage names it; else everything is compared.
    """
    own = [thing for iri, thing in members.items() if keys.part(iri)[0] == "statement"]
    if own and (own[0].old is None or own[0].new is None):
        return ()
    return ("position", "quote") if len(own) == len(members) else ("statement", *PARTS.values())


def _told(parts: Mapping[str, Facts], keys: Keys) -> Told | None:
    """A statement from what is said of it and of its parts; None without the statement."""
    own = next((iri for iri in parts if keys.part(iri)[0] == "statement"), None)
    if own is None:
        return None
    mentions, passage = [], {}
    for iri, facts in sorted(parts.items()):
        kind = keys.part(iri)[0]
        if kind == MENTION:
            mentions.append(named(iri, facts))
        elif kind != "statement":
            passage[kind] = facts
    return Told(own, parts[own], tuple(mentions), passage)


MENTION = "mention"


def named(iri: str, facts: Facts) -> Named:
    """A mention from what is said of it."""
    return Named(
        iri,
        text(facts, COMITY + "role") or "",
        text(facts, COMITY + "mentionText") or "",
        text(facts, COMITY + "start"),
        text(facts, COMITY + "end"),
        next(iter(iris(facts, COMITY + "mentionedActor")), None),
    )


# -- one statement ---------------------------------------------------------------------------


def changed_facts(old: Facts, new: Facts, without: Iterable[str] = ()) -> Iterator[Field]:
    """The properties in which two descriptions differ, in order of their names."""
    for predicate in sorted({*old, *new} - {*without}, key=lambda p: (local(p), p)):
        before, after = set(values(old, predicate)), set(values(new, predicate))
        if before != after:
            gone, come = tuple(sorted(before - after)), tuple(sorted(after - before))
            yield Field(local(predicate), gone, come)


def local(predicate: str) -> str:
    """The name of a property after its namespace."""
    return predicate.replace("#", "/").rpartition("/")[2]


def corrected(old: Told, new: Told, *, moved: bool = False) -> tuple[Field, ...]:
    """The fields in which a statement differs.

    Args:
        old: The statement before.
        new: The statement after.
        moved: Whether it stands in another text now, so that its place says nothing.
    """
    without = _STRUCTURE | {COMITY + "statedIn"} if moved else _STRUCTURE
    found = list(changed_facts(old.facts, new.facts, without))
    parties = {local(predicate) for predicate in PARTIES}
    told_already = any(each.name in parties for each in found)
    found += _mentions(old.mentions, new.mentions, moved, told_already)
    if not moved:
        found += _passage(old, new)
    return tuple(sorted(found, key=lambda each: each.name))


def _mentions(
    old: Iterable[Named], new: Iterable[Named], moved: bool, told_already: bool
) -> Iterator[Field]:
    """Mentions that are other ones; those with another actor, unless a party tells it already."""
    if moved:
        old, new = ([replace(m, start=None, end=None) for m in each] for each in (old, new))
    old, new = list(old), list(new)
    for with_actor in (False, True):
        before, after = ({m.show(with_actor) for m in each} for each in (old, new))
        if before != after and not (with_actor and told_already):
            yield Field(MENTION, tuple(sorted(before - after)), tuple(sorted(after - before)))
            return


def _passage(old: Told, new: Told) -> Iterator[Field]:
    """How the passage is published, when that is another way now."""
    if old.passage != new.passage:
        exact = OA + "exact"
        before, after = (set(values(each.passage.get("quote"), exact)) for each in (old, new))
        yield Field("passage", tuple(sorted(before - after)), tuple(sorted(after - before)))


def how_changed(fields: Iterable[Field], other_policy: bool) -> str:
    """The word for a change of a statement: corrected, reviewed or updated.

    Args:
        fields: What changed.
        other_policy: Whether passages are published in another length than before.
    """
    names = {each.name for each in fields}
    reading = READING - {local(name) for name in WORDING} if other_policy else READING
    if names & reading:
        return "corrected"
    return "reviewed" if "reviewStatus" in names else "updated"


# -- statements read again -------------------------------------------------------------------


def pairs(
    removed: Mapping[str, Passage],
    added: Mapping[str, Passage],
    documents: Mapping[str, str],
    stated: Mapping[str, str],
) -> dict[str, str]:
    """Which removed statement was read again as which added one.

    What is stated goes first; then statements of a document whose text was replaced are paired
    by the words of their passage, those with the same action first, in the order of the text. A
    statement is in one pair at most.

    Args:
        removed: The passages of the removed statements, by their IRI.
        added: Those of the added ones.
        documents: Replaced document to the one in its place.
        stated: Removed statement to the one that is said to have its place.
    """
    found = {one: other for one, other in stated.items() if one in removed and other in added}
    free = added.keys() - set(found.values())
    places: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for iri in sorted(free, key=lambda iri: added[iri].order, reverse=True):
        for key in added[iri].keys(added[iri].document):
            places[key].append(iri)
    waiting = [iri for iri, each in removed.items() if each.document in documents]
    for exactly in (0, 1):
        for iri in sorted(waiting, key=lambda iri: removed[iri].order):
            keys = removed[iri].keys(documents[removed[iri].document])
            if iri in found or len(keys) <= exactly:
                continue
            fitting = places[keys[exactly]]
            while fitting and fitting[-1] not in free:
                fitting.pop()
            if fitting:
                found[iri] = fitting.pop()
                free.discard(found[iri])
    return found


def with_actors(statement: Told, renamed: Mapping[str, str]) -> Told:
    """A statement in which actors that have another IRI now are called by that.

    Args:
        statement: The statement.
        renamed: IRI before to IRI after.
    """
    facts = {
        name: tuple(sorted({_renamed(term, renamed) for term in terms}))
        if name in PARTIES
        else terms
        for name, terms in statement.facts.items()
    }
    mentions = [
        replace(m, actor=renamed.get(m.actor, m.actor) if m.actor else None)
        for m in statement.mentions
    ]
    return replace(statement, facts=facts, mentions=tuple(mentions))


def _renamed(term: str, renamed: Mapping[str, str]) -> str:
    iri = term[1:-1]
    return f"<{renamed[iri]}>" if iri in renamed else term


def relinked(old: Sequence[Named], new: Sequence[Named]) -> Counter[tuple[str | None, str | None]]:
    """How many mentions of a statement stood for one actor and now stand for another.

    Mentions are the same when their IRI is, else when role and words are, in their order.
    """
    found: Counter[tuple[str | None, str | None]] = Counter()
    by_iri = {mention.iri: mention for mention in new}
    waiting: dict[tuple[str, str], list[Named]] = {}
    for mention in reversed(new):
        waiting.setdefault(mention.words, []).append(mention)
    for mention in old:
        same = by_iri.get(mention.iri)
        if same is None or same.words != mention.words:
            fitting = waiting.get(mention.words)
            same = fitting.pop() if fitting else None
        if same is not None and same.actor != mention.actor:
            found[mention.actor, same.actor] += 1
    return found
