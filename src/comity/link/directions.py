"""The verb, what stands around it and its object → the direction of a measure."""

from __future__ import annotations

import re

from comity.lexicon import Lexicon
from comity.model import UNSPECIFIED

_MORE = (
    r"better|more|harder|stricter|closer|wider|greater|stronger|deeper|faster|higher|broader|"
    r"increased|enhanced|improved|strengthened|tighter|tougher|easier|simpler|fuller|"
    r"accelerated|expedited|"
    r"more\s+\w+"
)
_MORE_BEFORE = re.compile(
    rf"\b(?:(?:{_MORE})(?:\s+(?:\w+ly|and))*|work(?:s|ed|ing)? harder(?: to)?)\s*$", re.IGNORECASE
)
_MORE_AFTER = re.compile(
    r"\b(?:better|more (?:\w+ly|closely|often|widely)|harder|faster|further|stricter|wider)\b"
    r"(?! than\b)",
    re.IGNORECASE,
)
_MORE_OF_IT = re.compile(
    rf"^(?:an?\s+|their\s+|its\s+|our\s+|the\s+protection\s+)?(?:even\s+|much\s+)?(?:{_MORE})\b"
    r"|\bgoes beyond\b",
    re.IGNORECASE,
)
_MORE_MADE = re.compile(rf"\b(?:{_MORE}|stronger|clearer|cheaper)\b", re.IGNORECASE)
_GOING_ON = re.compile(
    r"\b(?:continu(?:e|es|ed|ing)(?: to)?|go(?:es|ing)? on|went on|keeps?|kept|keeping|"
    r"remain(?:s|ed|ing)? (?:\w+ )?(?:committed|ready|determined|dedicated)(?: to)?|"
    r"carry on|carries on|still|maintain(?:s|ed)? (?:its|their|our) commitment to)"
    r"(?:\s+\w+ly)?(?:\s+to)?\s*$",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"\b(?:from today|for the first time|as of today|starting today|newly|"
    r"from the (?:date|day) of (?:its )?entry into force)\b",
    re.IGNORECASE,
)
_SLOW = re.compile(
    r"\b(?:time|times|period|backlog|pendency|delays?|waiting|burden|costs?|red tape|duration|"
    r"obstacles?|barriers?|hurdles?|restrictions?|negative list|requirements?|infring\w*|"
    r"counterfeit\w*|pira\w+|theft|abuse|disputes|gap|risks?|formalities|complexity|"
    r"bureaucracy|workload|duplication|thresholds?|export licence)\b",
    re.IGNORECASE,
)
"""What is better for being less: to shorten it furthers the matter."""
_ACCESS = re.compile(r"\b(?:access|entry|conditions|rules|procedures)\b", re.IGNORECASE)
_RELEASE = re.compile(r"\brelease of\b|\bcounterfeit|\binfring|\bpirat", re.IGNORECASE)
_CHANGE = frozenset({"amend", "revise", "change", "modify", "reform the", "alter", "adjust"})
_CARRY_OUT = frozenset({"carry out", "conduct", "perform", "undertake"})
_ACTIVITY = frozenset(
    """administration capacity-building monitoring enforcement awareness-raising dialogue
    information-exchange technical-assistance cooperation""".split()
)
_BEGIN = frozenset("""begin start commence convert""".split()) | {
    "enter into force",
    "take effect",
    "come into force",
    "go into effect",
    "become effective",
}
_PUT_OFF = re.compile(r"\b(?:transition\w*|reservations?|exemptions?|phase-in|grace|extension)\b")
_TAKE = frozenset("use seek request declare enjoy obtain claim invoke make".split()) | {"make use"}
_LATER = frozenset("delay defer postpone suspend waive exempt extend".split()) | {
    "put off",
    "phase in",
    "opt out",
}
_PLAIN = frozenset({"introduce", UNSPECIFIED})
_DIRECTION_OF = {
    "prohibition": "abolish",
    "agreement": "introduce",
    "treaty-accession": "introduce",
    "cooperation": "introduce",
    "dialogue": "introduce",
    "treaty-implementation": "maintain",
    "implementation": "maintain",
    "enforcement": "strengthen",
    "facilitation": "strengthen",
    "information-exchange": "introduce",
    "capacity-building": "introduce",
    "technical-assistance": "introduce",
    "mutual-recognition": "introduce",
    "institution-building": "introduce",
    "adjudication": "introduce",
    "funding": "introduce",
    "awareness-raising": "introduce",
    "strategy": "introduce",
    "policy-coordination": "introduce",
    "monitoring": "maintain",
    "rights-protection": "maintain",
    "harmonization": "strengthen",
    "trade-expansion": "strengthen",
    "market-opening": "strengthen",
}
"""The direction of a measure whose verb says none."""


def direction_of(
    action: str, kind: str, words: str, quote: str, lexicon: Lexicon, *, before: str = ""
) -> str:
    """Whether a measure is begun, furthered, kept, lessened or ended.

    Args:
        action: Lemma of the verb, with its particle.
        kind: The measure type.
        words: The object phrase.
        quote: The clause.
        lexicon: The vocabulary's words.
        before: The words of the sentence in front of the clause.
    """
    if kind == "prohibition":
        return "abolish"
    direction = _by_verb(action, kind, words, lexicon)
    if direction in {"abolish", "weaken"}:
        return direction
    front, _, behind = quote.partition(words) if words else ("", "", quote)
    if action in {"make", "become", "grow"} and (action == "make" or _MORE_MADE.search(quote)):
        plain = re.match(r"^\s*(?:an?\s|$)", behind) and not _MORE_MADE.search(behind)
        return "introduce" if plain else "strengthen"
    if action == "contribute" and kind == "funding":
        return "introduce"
    if (
        _MORE_BEFORE.search(before)
        or _MORE_BEFORE.search(front)
        or _MORE_AFTER.search(front)
        or _MORE_AFTER.search(behind[:30])
        or _MORE_OF_IT.search(words)
    ):
        return "strengthen"
    if direction in _PLAIN and _GOING_ON.search(before):
        return "maintain"
    if direction == "maintain" and (_NEW.search(before) or _NEW.search(quote)):
        return "introduce"
    return direction


def _by_verb(action: str, kind: str, words: str, lexicon: Lexicon) -> str:
    if action in _CHANGE:
        return UNSPECIFIED
    if kind == "treaty-implementation":
        return _of_treaty(action, words)
    if kind in _ACTIVITY and action in _CARRY_OUT:
        return "strengthen" if kind == "enforcement" else "introduce"
    codes = lexicon.direction_verbs.codes(action)
    direction = codes[0] if codes else _DIRECTION_OF.get(kind, UNSPECIFIED)
    if direction not in {"weaken", "abolish"} or not codes:
        return direction
    if _SLOW.search(words):
        return "strengthen"
    if action in {"ease", "relax"} and _ACCESS.search(words):
        return "strengthen"
    if action in {"suspend", "hold back", "block"} and _RELEASE.search(words):
        return "strengthen"
    return direction


def _of_treaty(action: str, words: str) -> str:
    """Agreements are begun, put off, or else kept."""
    if action in _BEGIN:
        return "introduce"
    if action in _LATER or (action in _TAKE and _PUT_OFF.search(words)):
        return "weaken"
    return "maintain"
