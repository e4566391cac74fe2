"""How well statements that were found agree with statements coded by hand.

Two statements of one document are the *same statement* when they name the same action and their
spans share at least half of the characters of the shorter one; pairs are formed one to one, those
that overlap most first. A field counts as right in a pair that agrees on it, so that

    precision = right / found,  recall = right / coded,  F1 = their harmonic mean,

and what was missed or invented counts against every field. *Joint* asks for action, object,
actors and modality together. Areas are scored code by code (micro-averaged). Intervals are
percentile intervals of a bootstrap over documents (Efron and Tibshirani, An Introduction to the
Bootstrap, 1993, chapter 13).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from comity.identifiers import fold
from comity.model import Mention, Statement, contained

SAME_SPAN = 0.5
SAME_OBJECT = 0.5
RESAMPLES = 1000
_DETERMINERS = re.compile(
    r"^(?:(?:the|a|an|each|every|no|all|both|any|either|neither|other|its|their|our|my|his|her)\s+)+"
)
_WORD = re.compile(r"\w+")
_AFTER = frozenset("in on of with among from at for chaired led that which who".split())
"""Words that go on after the noun that names an actor."""

Test = Callable[[Statement, Statement], bool]


def same_parties(coded: Sequence[Mention], found: Sequence[Mention]) -> bool:
    """Whether both name the same actors: by id where the coding has one, else by words."""
    if len(coded) != len(found):
        return False
    left = list(found)
    for mention in coded:
        match = next((f for f in left if same_party(mention, f)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def same_party(coded: Mention, found: Mention) -> bool:
    """Whether two mentions stand for the same actor.

    By id where the coding has one. Else by the words: number and determiners do not matter, nor
    how much of what follows the noun is taken in ("companies", "companies with few employees").
    """
    if coded.id is not None:
        return coded.id == found.id
    one, two = sorted((_name(coded.text), _name(found.text)), key=len)
    return two[: len(one)] == one and (one == two or two[len(one)] in _AFTER)


def _name(text: str) -> list[str]:
    words = _DETERMINERS.sub("", fold(text)).split()
    return [re.sub(r"ies$|y$|s$", "", word) for word in words]


def same_object(coded: Statement, found: Statement) -> bool:
    """Whether half of the words of both objects agree (F1 of their sets of words)."""
    one, two = (set(_WORD.findall(fold(s.object))) for s in (coded, found))
    if not one or not two:
        return one == two
    return 2 * len(one & two) / (len(one) + len(two)) >= SAME_OBJECT


def _same_speaker(coded: Statement, found: Statement) -> bool:
    if coded.speaker is None or found.speaker is None:
        return coded.speaker is found.speaker
    return same_party(coded.speaker, found.speaker)


def _parties(role: str) -> Test:
    return lambda coded, found: same_parties(getattr(coded, role), getattr(found, role))


def _equal(field: str) -> Test:
    return lambda coded, found: bool(getattr(coded, field) == getattr(found, field))


TESTS: Mapping[str, Test] = {
    "detection": lambda coded, found: True,
    "object": same_object,
    "actor": _parties("actors"),
    "modality": _equal("modality"),
    "speaker": _same_speaker,
    "measure_type": _equal("measure_type"),
    "direction": _equal("direction"),
    "negated": _equal("negated"),
    "counterparts": _parties("counterparts"),
    "beneficiaries": _parties("beneficiaries"),
    "constrained": _parties("constrained"),
    "deadline": _equal("deadline"),
    "effective_from": _equal("effective_from"),
    "effective_to": _equal("effective_to"),
    "date": _equal("date"),
    "event": _equal("event"),
    "place": _equal("place"),
    "principles": _equal("principles"),
    "conditions": _equal("conditions"),
}
"""What each field asks of a pair."""
_JOINT = ("object", "actor", "modality")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one field, and what follows from them."""

    right: int
    found: int
    coded: int

    @property
    def precision(self) -> float:
        """Right among the found; 1 when nothing was found and nothing coded."""
        return self._share(self.found, self.coded)

    @property
    def recall(self) -> float:
        """Right among the coded; 1 when nothing was coded and nothing found."""
        return self._share(self.coded, self.found)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.found + self.coded
        return 2 * self.right / total if total else 1.0

    def _share(self, part: int, other: int) -> float:
        if part:
            return self.right / part
        return 0.0 if other else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.found + other.found, self.coded + other.coded)


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a finding and a coding part: a statement missed, invented, or read otherwise."""

    kind: Literal["missed", "spurious", "wrong"]
    document: str
    passage: str
    field: str = ""
    coded: str = ""
    found: str = ""


@dataclass(frozen=True)
class Evaluation:
    """The scores of some documents.

    Attributes:
        documents: Document id to field to score.
        genres: Document id to genre.
        faults: Every disagreement, in the order of documents and text.
    """

    documents: Mapping[str, Mapping[str, Score]]
    genres: Mapping[str, str]
    faults: tuple[Fault, ...]

    def total(self, genre: str | None = None) -> dict[str, Score]:
        """The scores over all documents, or those of one genre."""
        chosen = [d for d in self.documents if genre is None or self.genres.get(d) == genre]
        return _sum(self.documents[d] for d in chosen)

    def interval(self, field: str, *, level: float = 0.95, seed: int = 0) -> tuple[float, float]:
        """Bounds of F1 by resampling documents; the same seed gives the same bounds."""
        scores = [self.documents[d][field] for d in sorted(self.documents)]
        if not scores:
            return 0.0, 1.0
        draw = random.Random(seed)
        values = sorted(
            sum(draw.choices(scores, k=len(scores)), Score(0, 0, 0)).f1 for _ in range(RESAMPLES)
        )
        tail = round((1 - level) / 2 * RESAMPLES)
        return values[tail], values[RESAMPLES - 1 - tail]


def evaluate(
    coded: Iterable[Statement], found: Iterable[Statement], genres: Mapping[str, str]
) -> Evaluation:
    """Score found statements against coded ones, document by document.

    Args:
        coded: Statements coded by hand.
        found: Statements to score; those of other documents than `genres` names are passed over.
        genres: The id of every document that was coded, with its genre; a document in which
            nothing was coded is named here too, so that what is found in it counts.
    """
    sides: dict[str, tuple[list[Statement], list[Statement]]] = {d: ([], []) for d in genres}
    for side, statements in enumerate((coded, found)):
        for statement in statements:
            if statement.document in sides:
                sides[statement.document][side].append(statement)
    scores, faults = {}, []
    for document, (gold, predicted) in sorted(sides.items()):
        pairs = align(gold, predicted)
        scores[document] = _score(gold, predicted, pairs)
        faults += _faults(gold, predicted, pairs)
    return Evaluation(scores, dict(genres), tuple(faults))


def judge(coded: Sequence[Statement], found: Sequence[Statement]) -> list[tuple[Statement, bool]]:
    """Each found statement with whether it is right in action, object, actors and modality.

    Args:
        coded: Statements coded by hand, of any documents.
        found: Statements to judge; in a document in which nothing was coded none is right.
    """
    judged: list[tuple[Statement, bool]] = []
    for document in sorted({s.document for s in found}):
        here = [s for s in found if s.document == document]
        pairs = align([s for s in coded if s.document == document], here)
        right = {id(two) for one, two in pairs if _is_joint(one, two)}
        judged += [(statement, id(statement) in right) for statement in here]
    return judged


def _is_joint(coded: Statement, found: Statement) -> bool:
    return all(TESTS[field](coded, found) for field in _JOINT)


def align(
    coded: Sequence[Statement], found: Sequence[Statement]
) -> list[tuple[Statement, Statement]]:
    """Pairs of the same statement, one to one, in the order of the coded ones."""
    rated = [
        (overlap(one, two), same_object(one, two), i, j)
        for i, one in enumerate(coded)
        for j, two in enumerate(found)
        if fold(one.action) == fold(two.action) and contained(one, two) >= SAME_SPAN
    ]
    rated.sort(key=lambda r: (-r[0], not r[1], r[2], r[3]))
    left, right = set(), set()
    pairs = []
    for _, _, i, j in rated:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return [(coded[i], found[j]) for i, j in sorted(pairs)]


def overlap(one: Statement, two: Statement) -> float:
    """Jaccard index of two spans: shared characters among all characters of both."""
    return _shared(one, two) / (max(one.end, two.end) - min(one.start, two.start))


def _shared(one: Statement, two: Statement) -> int:
    return max(0, min(one.end, two.end) - max(one.start, two.start))


def _score(
    coded: Sequence[Statement],
    found: Sequence[Statement],
    pairs: Sequence[tuple[Statement, Statement]],
) -> dict[str, Score]:
    scores = {
        field: Score(sum(test(*pair) for pair in pairs), len(found), len(coded))
        for field, test in TESTS.items()
    }
    scores["joint"] = Score(sum(_is_joint(*pair) for pair in pairs), len(found), len(coded))
    scores["areas"] = Score(
        sum(len(set(one.areas) & set(two.areas)) for one, two in pairs),
        sum(len(s.areas) for s in found),
        sum(len(s.areas) for s in coded),
    )
    return scores


def _sum(scores: Iterable[Mapping[str, Score]]) -> dict[str, Score]:
    total = {field: Score(0, 0, 0) for field in (*TESTS, "joint", "areas")}
    for one in scores:
        total = {field: total[field] + one[field] for field in total}
    return total


def _faults(
    coded: Sequence[Statement],
    found: Sequence[Statement],
    pairs: Sequence[tuple[Statement, Statement]],
) -> list[Fault]:
    matched = ({one.id for one, _ in pairs}, {two.id for _, two in pairs})
    listed: list[tuple[int, Fault]] = []
    for statement in coded:
        if statement.id not in matched[0]:
            listed.append((statement.start, _whole("missed", statement)))
    for statement in found:
        if statement.id not in matched[1]:
            listed.append((statement.start, _whole("spurious", statement)))
    for one, two in pairs:
        for field in (*TESTS, "areas"):
            wrong = one.areas != two.areas if field == "areas" else not TESTS[field](one, two)
            if wrong:
                shown = (_shown(one, field), _shown(two, field))
                listed.append((one.start, Fault("wrong", one.document, one.quote, field, *shown)))
    return [fault for _, fault in sorted(listed, key=lambda row: row[0])]


def _whole(kind: Literal["missed", "spurious"], statement: Statement) -> Fault:
    return Fault(kind, statement.document, statement.quote, "action", statement.action)


def _shown(statement: Statement, field: str) -> str:
    """A field in words."""
    value = getattr(statement, "actors" if field == "actor" else field)
    if value is None or value == ():
        return "none"
    parts = value if isinstance(value, tuple) else (value,)
    return ", ".join(
        f"{p.text} [{p.id or '-'}]" if isinstance(p, Mention) else str(p) for p in parts
    )
