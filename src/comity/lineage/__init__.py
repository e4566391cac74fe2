"""The lineage of commitments: which later statements follow on which earlier ones, and how.

A link is a judgement of this program, made by the rules of `comity.lineage.rules` from the
statements alone. It has its reason and a confidence, lives in a graph of its own, and is never
asserted as a fact about the world.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from comity.identifiers import digest
from comity.lineage.matter import Matter, keys, matter_of, overlap, same_area, same_name, same_party
from comity.lineage.rules import RULES, Pair, Rule, Side
from comity.model import Document, Statement, Vocabulary

__all__ = ["DERIVER", "RECENT", "RULES", "Link", "derive_links"]

DERIVER = "lineage/1"
"""Name and version of these rules, as an extractor has one."""
RECENT = 20
"""Earlier statements of one party and topic that a later one is compared with, the most recent."""


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A later statement that follows on an earlier one, with the reason and how sure it is.

    `relation` is ``reaffirms``, ``strengthens``, ``weakens``, ``contradicts`` or
    ``implements``; `rule` the name of the rule that found it.
    """

    later: str
    earlier: str
    relation: str
    rule: str
    reason: str
    confidence: float

    @property
    def id(self) -> str:
        """An id of the pair: it stays when the relation is read otherwise."""
        return f"link-{digest(f'{self.later} {self.earlier}')}"


def derive_links(
    statements: Iterable[Statement], documents: Iterable[Document], vocabulary: Vocabulary
) -> tuple[Link, ...]:
    """Every link that the rules find, sorted.

    A statement is compared with the `RECENT` latest earlier ones of other documents that share
    a party and a topic with it, so the work grows with the number of statements. Statements
    without a date, and rejected ones, have no lineage.

    Args:
        statements: The statements, linked.
        documents: Their documents, which tell what binds.
        vocabulary: Tells who acts for whom, and which areas are broader.
    """
    force = {document.id: document.bindingness for document in documents}
    filed: dict[tuple[str, str], deque[tuple[Side, Matter]]] = {}
    found: set[Link] = set()
    for statement in sorted(statements, key=_order):
        if statement.review == "rejected" or not _year(statement):
            continue
        side = Side(statement, force.get(statement.document))
        matter = matter_of(statement, vocabulary)
        places = sorted(keys(statement, matter))
        seen = set()
        for place in places:
            for earlier, about in filed.get(place, ()):
                if earlier.statement.id not in seen:
                    seen.add(earlier.statement.id)
                    link = _link(side, matter, earlier, about)
                    found.update(() if link is None else (link,))
        for place in places:
            filed.setdefault(place, deque(maxlen=RECENT)).append((side, matter))
    return tuple(sorted(found))


def _order(statement: Statement) -> tuple[str, str, int, str]:
    return statement.date or "", statement.document, statement.start, statement.id


def _year(statement: Statement) -> str:
    date = statement.date or ""
    return date[:4] if date[:4].isdigit() else ""


def _link(later: Side, matter: Matter, earlier: Side, about: Matter) -> Link | None:
    """What the first rule says that holds; None when the matter is another one."""
    new, old = later.statement, earlier.statement
    if new.document == old.document or not _after(new, old) or not (matter.own and about.own):
        return None
    share = overlap(matter, about)
    if not share:
        return None
    named = same_name(matter, about)
    nameless = not matter.parties and named
    if not (same_party(matter, about) or nameless):
        return None
    measure = new.measure_type == old.measure_type
    several = len(matter.particular & about.particular) > 1
    pair = Pair(later, earlier, share, several, named, same_area(matter, about), measure)
    rule = next((rule for rule in RULES if rule.holds(pair)), None)
    return None if rule is None else _made(rule, new, old, share)


def _after(new: Statement, old: Statement) -> bool:
    """Whether the one was surely said after the other, as precisely as both dates are known."""
    one, other = new.date or "", old.date or ""
    common = min(len(one), len(other))
    return one[:common] > other[:common]


def _made(rule: Rule, new: Statement, old: Statement, share: float) -> Link:
    sure = min(new.confidence, old.confidence) * rule.confidence * (0.75 + 0.25 * share)
    said = f"{old.action or 'said'} ({old.date}), {new.action or 'said'} ({new.date})"
    reason = f"{rule.reason}: {said}"
    return Link(new.id, old.id, rule.relation, rule.name, reason, round(sure, 2))
