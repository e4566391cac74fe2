"""Whether confidence means what it says: how often statements of a confidence are right.

A statement is *right* when it pairs with a coded one that agrees on action, object, actors and
modality (joint, as in `comity.evaluate`). Statements are put into ten bins of equal width by their
confidence, and

    expected calibration error = sum over bins of n/N x |share right - mean confidence|

(Naeini, Cooper and Hauskrecht, Obtaining Well Calibrated Probabilities Using Bayesian Binning, AAAI
2015). The bounds of a share are those of Wilson's score interval (Probable Inference, the Law of
Succession, and Statistical Inference, JASA 22, 1927).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from comity.evaluate import Score, judge
from comity.model import Statement

BINS = 10
_Z = 1.959964
"""The 97.5th percentile of the normal distribution, for intervals of 95%."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The statements whose confidence lies from `low` up to, without, `high` (the last: with it).

    Attributes:
        low: Least confidence.
        high: Bound of the confidence.
        count: How many statements.
        right: How many of them are right.
        confidence: Their mean confidence; 0 when there is none.
    """

    low: float
    high: float
    count: int
    right: int
    confidence: float

    @property
    def share(self) -> float:
        """Right among the statements; 0 when there is none."""
        return self.right / self.count if self.count else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The bounds that hold the share of the population in 95% of samples."""
        if not self.count:
            return 0.0, 1.0
        n, square = self.count, _Z**2
        middle = (self.share + square / (2 * n)) / (1 + square / n)
        half = _Z / (1 + square / n) * sqrt(self.share * (1 - self.share) / n + square / (4 * n**2))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Calibration:
    """How confidence and being right go together.

    Attributes:
        bins: The ten bins, by confidence.
        thresholds: The least confidence kept, with the joint score of what is then kept; the
            thresholds at which nothing is kept are left out, except 0.
    """

    bins: tuple[Bin, ...]
    thresholds: tuple[tuple[float, Score], ...]

    @property
    def error(self) -> float:
        """The expected calibration error, from 0 (calibrated) to 1; 0 when nothing was found."""
        total = sum(b.count for b in self.bins)
        return sum(b.count * abs(b.share - b.confidence) for b in self.bins) / max(1, total)


def calibrate(
    coded: Iterable[Statement], found: Iterable[Statement], documents: Iterable[str]
) -> Calibration:
    """Compare the confidence of found statements with how often they are right.

    Args:
        coded: Statements coded by hand.
        found: Statements with their confidence; those of other documents are passed over.
        documents: The id of every document that was coded.
    """
    known = set(documents)
    gold = [s for s in coded if s.document in known]
    every = [s for s in found if s.document in known]
    judged = judge(gold, every)
    bins = tuple(_bin(number, judged) for number in range(BINS))
    thresholds = []
    for number in range(BINS):
        least = number / BINS
        kept = [s for s in every if s.confidence >= least]
        if kept or not number:
            right = sum(ok for _, ok in judge(gold, kept))
            thresholds.append((least, Score(right, len(kept), len(gold))))
    return Calibration(bins, tuple(thresholds))


def _bin(number: int, judged: Sequence[tuple[Statement, bool]]) -> Bin:
    """Confidence has two digits: whole hundredths tell the bin without a doubt."""
    width = 100 // BINS
    inside = [
        (s.confidence, ok)
        for s, ok in judged
        if min(round(100 * s.confidence) // width, BINS - 1) == number
    ]
    mean = sum(confidence for confidence, _ in inside) / len(inside) if inside else 0.0
    right = sum(ok for _, ok in inside)
    return Bin(number / BINS, (number + 1) / BINS, len(inside), right, mean)
