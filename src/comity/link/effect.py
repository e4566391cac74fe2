"""What a ban, a refusal or the end of an obstacle comes to: the net effect of a statement.

Codes say what is furthered, kept or ended in the end, whatever the wording. Who is forbidden to
lower protection keeps it; who abolishes an obstacle furthers what it stood in the way of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_NO = re.compile(
    r"\b(?:not(?! only)|never|nor|neither|no (?:\w+ ){1,4}(?:shall|may|will|must|can)|"
    r"(?:refrain|desist)(?:s|ed|ing)? from|(?:is|are) prohibited from|"
    r"prohibit(?:s|ed)?(?: \w+){0,4} from|won't|cannot)\b[^,;]*$",
    re.IGNORECASE,
)
_LESSEN = frozenset(
    """lower weaken reduce lessen diminish undermine erode dilute impair narrow curtail cut relax
    limit restrict decrease compromise soften downgrade derogate remove withdraw hinder""".split()
) | {"cut back", "roll back", "scale back", "water down", "take away", "cut down", "bring down"}
_ENGAGE = frozenset(
    """engage practise practice resort use allow permit tolerate support conduct impose require
    force pressure compel coerce introduce let conspire take pursue encourage accept demand oblige
    make adopt maintain condone seek steal ask request""".split()
) | {"carry out", "take part", "turn a blind eye"}
_COMPEL = frozenset("require force pressure compel coerce oblige demand impose".split())
_BAD = re.compile(
    r"\b(?:forced|compulsory|mandatory|coerc\w+|theft|stealing|misappropriat\w+|infring\w+|"
    r"counterfeit\w*|pira\w+|squatting|hoarding|bad[- ]faith|malicious|discriminat(?:ion|ory)|"
    r"protectionism|devaluation|abuse|espionage|unfair|duties|tariffs|anti-?competitive|"
    r"retaliat\w+|dumping|administrative means|transfer (?:of )?(?:their |its )?technology)\b",
    re.IGNORECASE,
)
_END = frozenset(
    """abolish remove eliminate end drop lift scrap repeal dismantle reduce overcome
    clear relax ease loosen do-away clear-away get-rid phase-out""".split()
)
_OBSTACLE = re.compile(
    r"\b(?:obstacles?|barriers?|hurdles?|impediments?|restrictions?|red tape|bottlenecks?|"
    r"(?:need|requirements?|obligation) (?:to prove|that|for proof|of proof)|burdens?|"
    r"export licen[cs]e|import licen[cs]e|caps?|limits on foreign|thresholds?|quotas?)\b",
    re.IGNORECASE,
)
_TYPE_OF_OBSTACLE = {
    "market-access": "market-opening",
    "foreign-investment": "market-opening",
    "trade-in-goods": "market-opening",
    "trade-in-services": "market-opening",
    "economic-opening": "market-opening",
    "tariffs": "market-opening",
    "criminal-enforcement": "enforcement",
    "ip-enforcement": "enforcement",
    "border-measures": "enforcement",
    "examination": "administration",
    "ip-administration": "administration",
}
_WITHHOLD = frozenset("deny refuse withhold".split())
_GRANTED = re.compile(r"\b(?:registration|protection|recognition|access|renewal|grant)\b")
_REFUSE = frozenset("refuse reject invalidate cancel deny".split())
_TAKE_DOWN = frozenset("block remove disable dismantle suspend".split()) | {
    "shut down",
    "take down",
    "close down",
    "hold back",
}
_INFRINGEMENT = frozenset(
    ["counterfeiting-and-piracy", "online-enforcement", "ip-enforcement", "border-measures"]
)
_GOOD = frozenset(
    {"rights-protection", "administration", "enforcement", "legislation", "penalties"}
)


@dataclass(frozen=True, slots=True)
class Effect:
    """Measure type, direction, and whether the measure is refused."""

    kind: str
    direction: str
    negated: bool


def net_effect(
    found: Effect,
    *,
    action: str,
    words: str,
    areas: Iterable[str],
    before: str,
    forbids: bool,
) -> Effect:
    """The effect of a statement, with bans and the end of obstacles taken into account.

    Args:
        found: What verb and object say, before that.
        action: Lemma of the verb.
        words: The object phrase.
        areas: The areas of the object.
        before: The words of the sentence in front of the clause.
        forbids: Whether the statement lays down that something must not be done.
    """
    areas = tuple(areas)
    refused = forbids or found.negated or bool(_NO.search(before))
    if refused and action in _LESSEN and not _BAD.search(words) and found.direction != "strengthen":
        kind = found.kind if found.kind in _GOOD else "rights-protection"
        return Effect(kind, "maintain", False)
    if refused and action in _WITHHOLD and _GRANTED.search(words):
        kind = found.kind if found.kind in _GOOD else "rights-protection"
        return Effect(kind, "maintain", False)
    if refused and action == "register" and areas == ("geographical-indications",):
        return Effect("rights-protection", "maintain", False)
    if action in _REFUSE and areas == ("geographical-indications",):
        return Effect("rights-protection", "maintain", found.negated)
    if action in _TAKE_DOWN and _INFRINGEMENT & set(areas) and not refused:
        return Effect("enforcement", "strengthen", found.negated)
    if forbids or (refused and _is_practice(action, words, areas)):
        return Effect("prohibition", "abolish", False)
    if action.replace(" ", "-") in _END and _OBSTACLE.search(words) and not found.negated:
        kinds = {_TYPE_OF_OBSTACLE[a] for a in areas if a in _TYPE_OF_OBSTACLE}
        if re.search(r"\b(?:ex|im)port|\btrade\b|\binvest", words):
            kinds = {"market-opening"}
        kind = found.kind if found.kind not in {"prohibition", "unspecified"} else "facilitation"
        return Effect(kinds.pop() if len(kinds) == 1 else kind, "strengthen", False)
    return found


def _is_practice(action: str, words: str, areas: tuple[str, ...]) -> bool:
    """Whether it is a bad practice that is not to go on, rather than a good thing refused."""
    if action in _COMPEL or "forced-technology-transfer" in areas:
        return True
    return action in _ENGAGE and bool(_BAD.search(words))
