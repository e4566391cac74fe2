"""A walk through doubtful statements: what is asked, what was decided, forwards and back.

Knows nothing of a terminal: `comity review` shows it, a page of the server may.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from comity.errors import RecordError, UsageError
from comity.model import Document, Statement, Vocabulary
from comity.records import statement_from_record, statement_to_record
from comity.review.apply import apply
from comity.review.corrections import Correction, Corrections, Decision, decide
from comity.review.fields import READING, changed, parse
from comity.words import Words, suggestion

SURROUNDINGS = 240
"""Characters that are shown on each side of a passage."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which statements are asked about.

    Attributes:
        below: Those less sure than this.
        actors: Those with one of these actors, in any role; all when empty.
        areas: Those with one of these areas, or a narrower one; all when empty.
        documents: Those of these documents, by id; all when empty.
    """

    below: float = 1.01
    actors: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()

    def takes(self, statement: Statement, vocabulary: Vocabulary) -> bool:
        """Whether a statement is asked about."""
        named = {m.id for _, m in statement.mentions()} | {
            m.on_behalf_of for _, m in statement.mentions()
        }
        wider = set(statement.areas).union(
            *(vocabulary.ancestors("area", area) for area in statement.areas)
        )
        return (
            statement.confidence < self.below
            and (not self.actors or bool(self.actors & named))
            and (not self.areas or bool(self.areas & wider))
            and (not self.documents or statement.document in self.documents)
        )


@dataclass
class Item:
    """One statement of the walk: as it was found, as it stands now, and the decision on it."""

    document: Document
    found: Statement
    draft: Statement
    decision: Correction | None = None
    note: str | None = None


@dataclass
class Walk:
    """The statements that wait for a decision, in text order; `at` is the one asked now.

    Args:
        items: The statements.
        words: Where names of concepts and actors are looked up.
        keep: Called with each decision, at once.
        reviewer: Who decides.
        date: The day of the decisions.
    """

    items: list[Item]
    words: Words
    keep: Callable[[Correction], None]
    reviewer: str | None = None
    date: str | None = None
    at: int = 0
    passed: list[str] = field(default_factory=list)

    @property
    def item(self) -> Item | None:
        """The statement that is asked now; None at the end."""
        return self.items[self.at] if self.at < len(self.items) else None

    def accept(self) -> None:
        """Decide that the statement is right as it stands, and go on."""
        item = self._asked()
        draft_differs = bool(changed(item.found, item.draft))
        self._decide(item, "correct" if draft_differs else "accept", item.draft)
        self.forward()

    def reject(self) -> None:
        """Decide that the passage carries no such statement, and go on."""
        item = self._asked()
        self._decide(item, "reject", item.found)
        self.forward()

    def correct(self, name: str, text: str) -> Any:
        """Give a field another value; the decision is kept at once.

        Args:
            name: A field, or the beginning of the name of one.
            text: Its value, written as `comity.review.fields` tells.

        Returns:
            The value.

        Raises:
            UsageError: When there is no such field or value.
        """
        item = self._asked()
        chosen = self.field(name)
        value = parse(chosen, text, self.words)
        draft = replace(item.draft, **{chosen: value})
        try:
            draft = statement_from_record(statement_to_record(draft))
        except RecordError as error:
            raise UsageError(error.message, where=chosen) from error
        item.draft = draft
        self._decide(item, "correct" if changed(item.found, draft) else "accept", draft)
        return value

    def field(self, name: str) -> str:
        """The field that a name or its beginning stands for.

        Raises:
            UsageError: When it stands for none, or several.
        """
        wanted = name.strip().casefold().replace(" ", "_").replace("-", "_")
        if wanted in READING:
            return wanted
        near = [f for f in READING if wanted and f.startswith(wanted)]
        if len(near) == 1:
            return near[0]
        hint = f"one of {', '.join(near)}" if near else suggestion(wanted, READING)
        raise UsageError(f"no field is named {name.strip()!r}", hint=hint)

    def forward(self) -> None:
        """Go on to the next statement, without a decision."""
        self.at = min(self.at + 1, len(self.items))

    def back(self) -> bool:
        """Go back to the statement before; False at the first."""
        if self.at == 0:
            return False
        self.at -= 1
        return True

    def summary(self) -> Mapping[str, int]:
        """How many statements were accepted, corrected, rejected, and are left."""
        made = Counter(i.decision.decision for i in self.items if i.decision is not None)
        told = {
            "accepted": made["accept"],
            "corrected": made["correct"],
            "rejected": made["reject"],
        }
        return {**told, "left": len(self.items) - sum(told.values())}

    def _asked(self) -> Item:
        if self.item is None:
            raise UsageError("there is no statement left")
        return self.item

    def _decide(self, item: Item, decision: Decision, statement: Statement) -> None:
        made = decide(
            decision,
            statement,
            item.document,
            before=item.found if decision == "correct" else None,
            note=item.note,
            reviewer=self.reviewer,
            date=self.date,
            supersedes=item.decision.id if item.decision is not None else None,
        )
        if item.decision is not None and _same(made, item.decision):
            return
        self.keep(made)
        if item.decision is not None:
            self.passed.append(item.decision.id)
        item.decision = made


def _same(one: Correction, two: Correction) -> bool:
    return replace(one, supersedes=None) == replace(two, supersedes=None)


def waiting(
    documents: Sequence[Document],
    statements: Iterable[Statement],
    corrections: Corrections,
    choice: Choice,
    vocabulary: Vocabulary,
) -> tuple[list[Item], int]:
    """The statements that nobody has decided on, and how many of the chosen ones have been.

    Args:
        documents: The documents, with their texts.
        statements: The statements of a graph.
        corrections: What was decided before.
        choice: Which statements are asked about.
        vocabulary: Which areas are narrower than others.
    """
    by_document: dict[str, list[Statement]] = {}
    for statement in statements:
        if choice.takes(statement, vocabulary):
            by_document.setdefault(statement.document, []).append(statement)
    laid = apply(corrections, documents, by_document)
    items: list[Item] = []
    done = 0
    for document in documents:
        for statement in laid.statements.get(document.id, ()):
            if statement.id in laid.decided or statement.review != "unreviewed":
                done += choice.takes(statement, vocabulary)
            else:
                items.append(Item(document, statement, statement))
    return items, done
