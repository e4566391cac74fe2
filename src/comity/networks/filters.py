"""Which statements count in a network."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from comity.dates import is_iso_date
from comity.errors import UnknownNameError, UsageError
from comity.model import Statement, Vocabulary

UNDERTAKINGS = ("commitment", "obligation", "prohibition", "report")
"""The modalities under which an actor undertakes a measure: to be urged is no undertaking."""


@dataclass(frozen=True)
class Filters:
    """Which statements count; rejected ones do only where that status is asked for.

    Attributes:
        modality: Codes; None for those the projection takes by default.
        areas: Codes; narrower areas are included. None for all.
        since: The first date that counts, ``2019``, ``2019-04`` or ``2019-04-26``.
        until: The last date that counts.
        min_confidence: The least confidence, from 0 to 1.
        review: Codes of review statuses; None for all but ``rejected``.
    """

    modality: Collection[str] | None = None
    areas: Collection[str] | None = None
    since: str | None = None
    until: str | None = None
    min_confidence: float = 0.0
    review: Collection[str] | None = None

    @classmethod
    def of(
        cls,
        modality: Collection[str] | str | None = None,
        areas: Collection[str] | str | None = None,
        since: str | int | date | None = None,
        until: str | int | date | None = None,
        min_confidence: float = 0.0,
        review: Collection[str] | str | None = None,
    ) -> Filters:
        """Filters as a script gives them: one word or several, years as numbers, dates as such."""
        first, last = (None if limit is None else str(limit) for limit in (since, until))
        words = (several(modality), several(areas))
        return cls(*words, first, last, min_confidence, several(review))

    def check(self, vocabulary: Vocabulary) -> None:
        """Refuse codes and dates that do not exist.

        Raises:
            UnknownNameError: When a modality, area or status is not in the vocabulary.
            UsageError: When a date is none of the calendar.
        """
        asked = (("modality", self.modality), ("area", self.areas), ("review-status", self.review))
        for scheme, codes in asked:
            for code in codes or ():
                if (scheme, code) not in vocabulary.concepts:
                    known = ", ".join(vocabulary.scheme(scheme))
                    raise UnknownNameError(f"there is no {scheme} {code!r}", hint=f"one of {known}")

        for name, limit in (("since", self.since), ("until", self.until)):
            if limit is not None and not is_iso_date(limit):
                raise UsageError(
                    f"{limit!r} is no date of the calendar",
                    where=name,
                    hint="write YYYY, YYYY-MM or YYYY-MM-DD",
                )

    def dated(self, statement: Statement) -> bool:
        """Whether its date lies between the two; without a date it counts if none is asked."""
        if self.since is None and self.until is None:
            return True
        if statement.date is None or not statement.date[:1].isdigit():
            return False
        late = self.since is None or statement.date >= self.since[: len(statement.date)]
        return late and (self.until is None or statement.date[: len(self.until)] <= self.until)

    def counting(
        self,
        statements: Iterable[Statement],
        *,
        undertakings: bool = False,
        negated: bool = False,
    ) -> Iterator[Statement]:
        """The statements that count.

        Args:
            statements: Any statements.
            undertakings: Whether only undertakings count where no modality is asked for.
            negated: Whether negated statements count.
        """
        wanted = UNDERTAKINGS if self.modality is None and undertakings else self.modality
        for statement in statements:
            if statement.negated and not negated:
                continue
            if not self._reviewed(statement.review):
                continue
            if wanted is not None and statement.modality not in wanted:
                continue
            if statement.confidence >= self.min_confidence and self.dated(statement):
                yield statement

    def _reviewed(self, status: str) -> bool:
        return status != "rejected" if self.review is None else status in self.review


def several(words: Collection[str] | str | None) -> Collection[str] | None:
    """Words as a collection, where one word may stand alone.

    Args:
        words: Any number of words; None where none were given.

    >>> several("trade-secrets")
    ('trade-secrets',)
    """
    return (words,) if isinstance(words, str) else words
