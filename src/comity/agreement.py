"""How far people who coded the same texts agree.

Statements are paired as in `comity.evaluate`; the pairs of all coders of a text make the units on
which the values of a field are compared. Krippendorff's alpha is 1 when all agree, 0 when they
agree as chance would have it:

    alpha = 1 - observed disagreement / expected disagreement

(Krippendorff, Content Analysis: An Introduction to Its Methodology, 4th edition, 2019, chapter 12).
Values of nominal fields differ or not; sets of actors and areas differ by

    MASI distance = 1 - Jaccard index x monotonicity,

monotonicity 1 for equal sets, 2/3 when one holds the other, 1/3 when they share members, 0 else
(Passonneau, Measuring Agreement on Set-valued Items (MASI) for Semantic and Pragmatic Annotation,
LREC 2006). For `passages`, each word of a text is a unit, with the values inside and outside a
statement: a simpler measure than Krippendorff's alpha for unitizing, which it stands for. Intervals
are percentile intervals of a bootstrap over documents.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from comity.errors import MissingExtraError, UsageError
from comity.evaluate import RESAMPLES, Evaluation, Score, align, evaluate
from comity.identifiers import fold
from comity.model import Document, Mention, Statement

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[Any, np.dtype[np.float64]]

NOMINAL = ("measure_type", "direction", "modality", "negated")
SETS = ("actors", "areas")
FIELDS = ("passages", *NOMINAL, *SETS)
"""What alpha is given for."""
Unit = Sequence[Hashable]
"""The values that the coders gave one unit."""
Distance = Callable[[Any, Any], float]
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha of a field.

    Attributes:
        value: None when it is not defined: all values are the same, or no unit has two.
        interval: The bounds that hold 95% of resampled alphas; None when not defined.
        units: How many units have the values of two coders or more.
    """

    value: float | None
    interval: tuple[float, float] | None
    units: int


@dataclass(frozen=True)
class Agreement:
    """How far coders agree.

    Attributes:
        coders: Their names, in the order in which they were given.
        alphas: Alpha of each of `FIELDS`.
        scores: F1 of every field, over all pairs of coders.
        statements: How many statements each coder coded.
    """

    coders: tuple[str, ...]
    alphas: Mapping[str, Alpha]
    scores: Evaluation
    statements: Mapping[str, int]


def agreement(
    coders: Mapping[str, Sequence[Statement]], documents: Sequence[Document]
) -> Agreement:
    """Compare what several people coded on the same texts.

    Args:
        coders: Name of each coder, two or more, to statements.
        documents: The texts that all of them coded, with their texts.

    Raises:
        UsageError: When there are fewer than two coders, or no text.
        MissingExtraError: When the package `krippendorff` is not installed.
    """
    if len(coders) < 2:
        raise UsageError("agreement needs two coders or more")
    if not documents:
        raise UsageError("there is no text that all of them coded")
    texts = sorted(documents, key=lambda d: d.id)
    by_document = {
        d.id: {name: [s for s in coded if s.document == d.id] for name, coded in coders.items()}
        for d in texts
    }
    alphas = {"passages": _alpha([_passages(d, by_document[d.id]) for d in texts], None)}
    groups = [_groups(by_document[d.id]) for d in texts]
    for name in (*NOMINAL, *SETS):
        units = [[[_value(s, name) for s in group] for group in found] for found in groups]
        alphas[name] = _alpha(units, masi if name in SETS else None)
    chosen = {d.id for d in texts}
    counts = {n: sum(s.document in chosen for s in coded) for n, coded in coders.items()}
    return Agreement(tuple(coders), alphas, _scores(coders, texts), counts)


def masi(one: frozenset[Hashable], two: frozenset[Hashable]) -> float:
    """The MASI distance of two sets, from 0 (equal) to 1.

    >>> masi(frozenset("ab"), frozenset("abc"))
    0.5555555555555556
    """
    shared, either = len(one & two), len(one | two)
    if one == two:
        return 0.0
    if not shared:
        return 1.0
    monotonicity = 2 / 3 if one <= two or two <= one else 1 / 3
    return 1 - shared / either * monotonicity


def set_alpha(units: Iterable[Unit], distance: Distance) -> float | None:
    """Krippendorff's alpha with a distance of one's own.

    Args:
        units: The values of each unit, one a coder who gave one.
        distance: How far two values differ, from 0 to 1.

    Returns:
        None when it is not defined: all values are the same, or no unit has two.
    """
    pairable = [list(unit) for unit in units if len(unit) > 1]
    domain = _domain([pairable])
    return _from_matrix(_coincidences(pairable, domain), _distances(domain, distance))


def nominal_alpha(units: Iterable[Unit]) -> float | None:
    """Krippendorff's alpha of nominal values, by the package `krippendorff`.

    Args:
        units: The values of each unit, one a coder who gave one.

    Returns:
        None when it is not defined: all values are the same, or no unit has two.

    Raises:
        MissingExtraError: When the package is not installed.
    """
    try:
        import krippendorff
    except ImportError as error:
        raise MissingExtraError(
            "Krippendorff's alpha needs a package", hint="pip install 'comity[agreement]'"
        ) from error
    pairable = [list(unit) for unit in units if len(unit) > 1]
    domain = _domain([pairable])
    if len(domain) < 2:
        return None
    counts = [[unit.count(value) for value in domain] for unit in pairable]
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


# -- units -------------------------------------------------------------------------------


def _groups(coders: Mapping[str, Sequence[Statement]]) -> list[list[Statement]]:
    """The statements of one text that are the same: at most one of each coder."""
    groups: list[list[Statement]] = []
    for coded in coders.values():
        first = {group[0].id: group for group in groups}
        heads = [group[0] for group in groups]
        matched = align(heads, coded)
        for head, statement in matched:
            first[head.id].append(statement)
        taken = {id(statement) for _, statement in matched}
        groups += [[statement] for statement in coded if id(statement) not in taken]
    return groups


def _value(statement: Statement, name: str) -> Hashable:
    if name == "areas":
        return frozenset(statement.areas)
    if name == "actors":
        return frozenset(_party(mention) for mention in statement.actors)
    value: Hashable = getattr(statement, name)
    return value


def _party(mention: Mention) -> str:
    """The id of an actor of the vocabulary; of others, the words."""
    if mention.id and not mention.id.startswith("actor-"):
        return mention.id
    return re.sub(r"^(?:the|a|an)\s+", "", fold(mention.text))


def _passages(document: Document, coders: Mapping[str, Sequence[Statement]]) -> list[Unit]:
    """For each word of the text, whether each coder has it in a statement."""
    return [
        [any(s.start < word.end() and word.start() < s.end for s in coded) for coded in spans]
        for spans in [list(coders.values())]
        for word in _WORD.finditer(document.text)
    ]


def _scores(coders: Mapping[str, Sequence[Statement]], documents: Sequence[Document]) -> Evaluation:
    """Scores of every document, summed over all pairs of coders."""
    genres = {d.id: d.type or "other" for d in documents}
    pairs = [evaluate(coders[a], coders[b], genres) for a, b in combinations(coders, 2)]
    summed = {
        document: {
            name: sum((pair.documents[document][name] for pair in pairs), Score(0, 0, 0))
            for name in pairs[0].documents[document]
        }
        for document in pairs[0].documents
    }
    return Evaluation(summed, genres, tuple(fault for pair in pairs for fault in pair.faults))


# -- alpha -------------------------------------------------------------------------------


def _alpha(documents: Sequence[Sequence[Unit]], distance: Distance | None) -> Alpha:
    """Alpha over the units of some documents, with an interval by resampling the documents."""
    pairable = [[list(unit) for unit in units if len(unit) > 1] for units in documents]
    whole = [unit for units in pairable for unit in units]
    value = nominal_alpha(whole) if distance is None else set_alpha(whole, distance)
    return Alpha(value, _interval(pairable, distance) if value is not None else None, len(whole))


def _interval(
    documents: Sequence[Sequence[Unit]], distance: Distance | None, *, seed: int = 0
) -> tuple[float, float] | None:
    domain = _domain(documents)
    distances = _distances(domain, distance or _differ)
    matrices = [_coincidences(units, domain) for units in documents]
    draw = random.Random(seed)
    values = []
    for _ in range(RESAMPLES):
        chosen = draw.choices(matrices, k=len(matrices))
        value = _from_matrix(sum(chosen[1:], chosen[0]), distances)
        if value is not None:
            values.append(value)
    if not values:
        return None
    values.sort()
    tail = round(0.025 * len(values))
    return values[tail], values[len(values) - 1 - tail]


def _differ(one: object, two: object) -> float:
    return float(one != two)


def _domain(documents: Iterable[Iterable[Unit]]) -> list[Hashable]:
    values = {value for units in documents for unit in units for value in unit}
    return sorted(values, key=lambda v: str(sorted(v) if isinstance(v, frozenset) else v))


def _distances(domain: Sequence[Hashable], distance: Distance) -> Matrix:
    import numpy as np

    return np.array([[distance(a, b) for b in domain] for a in domain], dtype=np.float64)


def _coincidences(units: Iterable[Unit], domain: Sequence[Hashable]) -> Matrix:
    """How often two values stand in one unit, each unit weighed by its number of values."""
    import numpy as np

    at = {value: i for i, value in enumerate(domain)}
    found = np.zeros((len(domain), len(domain)), dtype=np.float64)
    for unit in units:
        for i, one in enumerate(unit):
            for j, two in enumerate(unit):
                if i != j:
                    found[at[one], at[two]] += 1 / (len(unit) - 1)
    return found


def _from_matrix(coincidences: Matrix, distances: Matrix) -> float | None:
    margins = coincidences.sum(axis=0)
    total = float(margins.sum())
    expected = float(margins @ distances @ margins) if total else 0.0
    if expected <= 0:
        return None
    return 1 - (total - 1) * float((coincidences * distances).sum()) / expected
