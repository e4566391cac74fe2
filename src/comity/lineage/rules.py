"""The rules by which a later statement follows on an earlier one; one relation a pair at most.

Each rule has a name that stands on the links it gives. They are tried in the order of `RULES`;
the first that holds decides. Both statements are known to speak of the same matter, and the
later one to be dated after the earlier one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from comity.model import Statement

FORCE = {
    "aspiration": 1,
    "intention": 2,
    "recommendation": 2,
    "commitment": 3,
    "obligation": 4,
    "prohibition": 4,
}
"""How firmly something is undertaken, for comparing two statements of one matter only: what is
merely permitted or reported has no place in it."""
CLOSE = 0.75
"""Share of words that two undertakings must have for their force to be compared."""
_UNDONE = frozenset({"introduce", "strengthen", "maintain"})
"""Directions that nothing is left of when the measure is abolished."""
_AGAIN = frozenset("reaffirm reiterate restate recommit renew reconfirm".split())
_PUT_OFF = frozenset("postpone delay defer suspend".split())
_DELAY = re.compile(
    r"\b(put(ting)? off|later (dead|date|day)|postpon|delay|not (be|apply)\w* until)"
)
_NOT_YET = re.compile(r"\b(until|not before|only (as of|from|after|in)|no earlier than)\b")
_STAGES = {
    1: "sign adopt agree conclude approve pass initial endorse",
    2: "ratify accede join accept deposit",
    3: "enter into force,come into force,take effect,become effective,apply,implement,comply",
}
STAGE = {
    action: stage
    for stage, actions in _STAGES.items()
    for action in (actions.split(",") if "," in actions else actions.split())
}
"""How far an instrument has come in its life when it is signed, joined, or in force."""


@dataclass(frozen=True, slots=True)
class Side:
    """A statement with the legal force of the document that it stands in."""

    statement: Statement
    bindingness: str | None

    @property
    def binds(self) -> bool:
        """Whether it lays down law."""
        law = self.statement.modality in ("obligation", "prohibition", "permission")
        return law and self.bindingness == "binding"

    @property
    def pledges(self) -> bool:
        """Whether it undertakes or announces something."""
        return self.statement.modality in FORCE

    @property
    def sign(self) -> int:
        """1 for a measure that is taken up or kept, -1 for one that is refused or given up."""
        against = self.statement.direction in ("weaken", "abolish")
        return -1 if against != self.statement.negated else 1

    @property
    def when(self) -> str:
        """By when or from when, if that is a date of some year."""
        day = self.statement.deadline or self.statement.effective_from or ""
        return day if day[:1].isdigit() else ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A later and an earlier statement, and how far they speak of the same thing.

    `share` is that of `comity.lineage.matter.overlap`; `several` tells whether two particular
    words are shared, `named` whether a proper name is; `area` and `measure` whether target area
    and measure type agree.
    """

    later: Side
    earlier: Side
    share: float
    several: bool
    named: bool
    area: bool
    measure: bool

    @property
    def codes(self) -> bool:
        """Whether both are on the same type of measure and area."""
        return self.area and self.measure

    @property
    def close(self) -> bool:
        """Whether it is the same thing by name, or by nearly the same words and codes."""
        return self.named or (self.codes and self.share >= CLOSE)

    @property
    def aligned(self) -> bool:
        """Whether the later one goes the same way: not against it, and not merely keeping up."""
        directions = (self.earlier.statement.direction, self.later.statement.direction)
        return self.later.sign == self.earlier.sign and directions != ("strengthen", "maintain")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the relation it gives, how sure it is, and the reason it puts on a link."""

    name: str
    relation: str
    confidence: float
    reason: str
    holds: Callable[[Pair], bool]


def _opposed(pair: Pair) -> bool:
    """What was promised or done is refused or undone."""
    new, old = pair.later.statement, pair.earlier.statement
    if not pair.close or _not_yet(pair):
        return False
    if new.negated != old.negated:
        return pair.later.sign != pair.earlier.sign and new.direction != "weaken"
    return (new.direction == "abolish" and old.direction in _UNDONE) or (
        old.direction == "abolish" and new.direction in _UNDONE
    )


def _says_again(pair: Pair) -> bool:
    return pair.later.statement.action in _AGAIN and pair.aligned


def _not_yet(pair: Pair) -> bool:
    new = pair.later.statement
    return bool(_NOT_YET.search(new.quote.casefold())) and (
        new.negated or "only" in new.quote.casefold()
    )


def _put_off(pair: Pair) -> bool:
    """What was announced is to come later."""
    if not pair.earlier.pledges or not pair.close:
        return False
    if _not_yet(pair) or _delays(pair):
        return True
    ends = (pair.earlier.when, pair.later.when)
    return pair.later.pledges and _comparable(*ends) and ends[0] < ends[1]


def _delays(pair: Pair) -> bool:
    new = pair.later.statement
    return new.action in _PUT_OFF or bool(_DELAY.search(new.object.casefold()))


def _done(pair: Pair) -> bool:
    """A deed that was announced is reported as done."""
    deed = pair.later.statement.modality == "report" and pair.earlier.pledges
    same = pair.codes or pair.named or (pair.area and pair.several)
    return deed and same and pair.aligned and not _delays(pair)


def _enacted(pair: Pair) -> bool:
    """What was announced is now law."""
    promised = pair.earlier.pledges and not pair.earlier.binds
    return pair.later.binds and promised and pair.aligned and pair.codes


def _in_force(pair: Pair) -> bool:
    """An instrument has come further in its life: signed, joined, in force, complied with."""
    new, old = pair.later.statement, pair.earlier.statement
    stages = (STAGE.get(old.action, 9), STAGE.get(new.action, 0))
    done = new.modality == "report" and pair.later.sign == pair.earlier.sign == 1
    return done and (pair.named or pair.codes) and stages[0] < stages[1]


def _comparable(one: str, other: str) -> bool:
    """Whether both are there, in one precision."""
    return bool(one) and len(one) == len(other)


def _pledged_again(pair: Pair) -> bool:
    return pair.earlier.pledges and pair.later.pledges and pair.aligned and pair.codes


def _sooner(pair: Pair) -> bool:
    """An earlier date than was said."""
    ends = (pair.earlier.when, pair.later.when)
    return _pledged_again(pair) and _comparable(*ends) and ends[1] < ends[0]


def _more(pair: Pair) -> bool:
    """What was to be kept or set up is now to be strengthened."""
    directions = (pair.earlier.statement.direction, pair.later.statement.direction)
    firm = pair.later.statement.modality not in ("aspiration", "recommendation")
    more = directions in {("maintain", "strengthen"), ("introduce", "strengthen")}
    return _pledged_again(pair) and firm and more


def _force(pair: Pair) -> int:
    """How much firmer the later one is."""
    later, earlier = pair.later.statement.modality, pair.earlier.statement.modality
    return FORCE[later] - FORCE[earlier]


def _firmer(pair: Pair) -> bool:
    return _pledged_again(pair) and pair.close and _force(pair) > 0


def _softer(pair: Pair) -> bool:
    return _pledged_again(pair) and pair.close and _force(pair) < 0


def _same(pair: Pair) -> bool:
    """The same with the same force; a date that was not there before may mean more or less."""
    if not _pledged_again(pair) or pair.later.when not in ("", pair.earlier.when):
        return False
    directions = {pair.later.statement.direction, pair.earlier.statement.direction}
    return _force(pair) == 0 and len(directions) == 1


RULES = (
    Rule("said-again", "reaffirms", 0.95, "said again in so many words", _says_again),
    Rule("put-off", "weakens", 0.8, "to come later than was said", _put_off),
    Rule("opposed", "contradicts", 0.9, "the opposite of what was said on it", _opposed),
    Rule("done", "implements", 0.85, "what was announced is reported as done", _done),
    Rule("enacted", "implements", 0.85, "what was announced is now law", _enacted),
    Rule("in-force", "implements", 0.85, "an instrument has come further in its life", _in_force),
    Rule("sooner", "strengthens", 0.85, "to come sooner than was said", _sooner),
    Rule("more", "strengthens", 0.85, "more than to keep or set up", _more),
    Rule("firmer", "strengthens", 0.8, "a firmer undertaking", _firmer),
    Rule("softer", "weakens", 0.8, "a softer undertaking", _softer),
    Rule("same", "reaffirms", 0.85, "the same measure with the same force", _same),
)
