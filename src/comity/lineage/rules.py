"""The rules by which a later statement follows on an earlier one; one relation a pair at most.

Each rule has a name that stands on the links it gives. They are tried in the order of `RULES`;
the first that holds decides. Both statements are known to speak of the same matter, and the
later one to be dated after the earlier one.
"""

from __future__ import annotations

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
PLEDGES = frozenset(FORCE)
_OPPOSITE = frozenset(
    {
        ("introduce", "abolish"),
        ("strengthen", "weaken"),
        ("strengthen", "abolish"),
        ("maintain", "weaken"),
        ("maintain", "abolish"),
    }
)
"""Directions that cannot hold together, as in the query ``contradictions``."""
_AGAIN = frozenset("reaffirm reiterate restate recommit renew reconfirm".split())
_PUT_OFF = frozenset("postpone delay defer suspend".split())
_DELAY = ("put off", "putting off", "later deadline", "later date", "postpon", "delay")
_INSTRUMENTS = frozenset({"agreement", "treaty-accession", "treaty-implementation"})


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
    def sign(self) -> int:
        """1 for a measure that is taken up or kept, -1 for one that is refused or given up."""
        against = self.statement.direction in ("weaken", "abolish")
        return -1 if against != self.statement.negated else 1


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the relation it gives, how sure it is, and the reason it puts on a link.

    `cross` rules also hold between measures of different types; `nameless` ones between
    statements that share the proper name of an instrument, whoever acts.
    """

    name: str
    relation: str
    confidence: float
    reason: str
    holds: Callable[[Side, Side], bool]
    cross: bool = False
    nameless: bool = False


def _contradicts(later: Side, earlier: Side) -> bool:
    new, old = later.statement, earlier.statement
    if new.negated != old.negated:
        return later.sign != earlier.sign
    pair = (old.direction, new.direction)
    return pair in _OPPOSITE or pair[::-1] in _OPPOSITE


def _says_again(later: Side, earlier: Side) -> bool:
    return later.statement.action in _AGAIN and later.sign == earlier.sign


def _done(later: Side, earlier: Side) -> bool:
    """A deed that was announced is reported as done."""
    new, old = later.statement, earlier.statement
    return new.modality == "report" and old.modality in PLEDGES and later.sign == earlier.sign


def _enacted(later: Side, earlier: Side) -> bool:
    """What was announced is now law."""
    promised = earlier.statement.modality in PLEDGES and not earlier.binds
    return later.binds and promised and later.sign == earlier.sign


def _in_force(later: Side, earlier: Side) -> bool:
    """An instrument that was agreed is joined, enters into force or is carried out."""
    new, old = later.statement, earlier.statement
    return (
        new.modality == "report"
        and old.measure_type in _INSTRUMENTS
        and new.measure_type in ("treaty-accession", "treaty-implementation")
        and (old.measure_type == "agreement" or old.modality in PLEDGES)
        and later.sign == earlier.sign == 1
    )


def _put_off(later: Side, earlier: Side) -> bool:
    """What was announced is to come later."""
    new, old = later.statement, earlier.statement
    if old.modality not in PLEDGES or new.negated:
        return False
    words = new.object.casefold()
    if new.action in _PUT_OFF or any(word in words for word in _DELAY):
        return True
    return _dated(new, old) and str(new.deadline) > str(old.deadline)


def _sooner(later: Side, earlier: Side) -> bool:
    new, old = later.statement, earlier.statement
    return _pledged(later, earlier) and _dated(new, old) and str(new.deadline) < str(old.deadline)


def _dated(new: Statement, old: Statement) -> bool:
    """Whether both have a deadline of one precision that is no day of every year."""
    ends = (new.deadline, old.deadline)
    return all(e and e[:1].isdigit() for e in ends) and len(str(ends[0])) == len(str(ends[1]))


def _pledged(later: Side, earlier: Side) -> bool:
    both = (later.statement.modality, earlier.statement.modality)
    return PLEDGES.issuperset(both) and later.sign == earlier.sign


def _firmer(later: Side, earlier: Side) -> bool:
    new, old = later.statement, earlier.statement
    return _pledged(later, earlier) and FORCE[new.modality] > FORCE[old.modality]


def _more(later: Side, earlier: Side) -> bool:
    """What was to be kept or set up is now to be strengthened."""
    directions = (earlier.statement.direction, later.statement.direction)
    return (
        _pledged(later, earlier)
        and directions in {("maintain", "strengthen"), ("introduce", "strengthen")}
        and later.statement.modality not in ("aspiration", "recommendation")
    )


def _softer(later: Side, earlier: Side) -> bool:
    new, old = later.statement, earlier.statement
    return _pledged(later, earlier) and FORCE[new.modality] < FORCE[old.modality]


def _same(later: Side, earlier: Side) -> bool:
    new, old = later.statement, earlier.statement
    return (
        _pledged(later, earlier)
        and FORCE[new.modality] == FORCE[old.modality]
        and new.direction == old.direction
    )


RULES = (
    Rule("opposed", "contradicts", 0.9, "the opposite of what was said on it", _contradicts),
    Rule("said-again", "reaffirms", 0.95, "said again in so many words", _says_again, cross=True),
    Rule("put-off", "weakens", 0.8, "to come later than was said", _put_off, cross=True),
    Rule("done", "implements", 0.85, "what was announced is reported as done", _done, cross=True),
    Rule("enacted", "implements", 0.85, "what was announced is now law", _enacted),
    Rule(
        "in-force", "implements", 0.85, "an instrument that was agreed is joined or applied",
        _in_force, cross=True, nameless=True,
    ),
    Rule("sooner", "strengthens", 0.85, "an earlier deadline", _sooner),
    Rule("more", "strengthens", 0.85, "more than to keep or set up", _more),
    Rule("firmer", "strengthens", 0.85, "a firmer undertaking", _firmer),
    Rule("softer", "weakens", 0.8, "a softer undertaking", _softer),
    Rule("same", "reaffirms", 0.85, "the same measure with the same force", _same),
)  # fmt: skip
