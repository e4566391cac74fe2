"""The verb and the object → measure type and direction. What cannot be told is unspecified."""

from __future__ import annotations

import re

from comity.lexicon import Lexicon, Match
from comity.model import UNSPECIFIED

_PREPOSITION = re.compile(
    r"\s(?:of|for|in|on|with|to|between|among|against|by|at|from|under|through|that|which)\s"
)
WEAK = frozenset({"facilitation", "implementation", "position", "unspecified"})
"""Types that a verb alone gives only where the object names nothing better."""
_MORE = re.compile(
    r"\b(?:better|more|further|harder|stricter|closer|wider|greater|stronger|deeper|faster|higher|"
    r"broader|larger|increased|enhanced|improved|strengthened)\b",
    re.IGNORECASE,
)
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
    "legislation": "introduce",
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


def measure_of(action: str, words: str, quote: str, lexicon: Lexicon) -> tuple[str, str]:
    """Measure type and direction.

    Args:
        action: Lemma of the verb, with its particle.
        words: The object phrase.
        quote: The clause and a few words in front of it, for the comparatives in it.
        lexicon: The vocabulary's words.
    """
    kind = _type_of(action, words, lexicon)
    direction = _direction_of(action, kind, lexicon)
    if direction not in {"abolish", "weaken"} and _MORE.search(quote):
        direction = "strengthen"
    return kind, direction


def _type_of(action: str, words: str, lexicon: Lexicon) -> str:
    verb = _verb_type(action, lexicon)
    head, rest = head_and_rest(words)
    noun = _noun_type(head, rest, lexicon)
    if verb == "implementation" and _names_agreement(words, lexicon):
        return "treaty-implementation"
    if verb is not None and (verb not in WEAK or verb == "implementation"):
        return verb
    if verb == "facilitation" and noun in {None, "facilitation"}:
        return verb
    return noun or verb or UNSPECIFIED


def _verb_type(action: str, lexicon: Lexicon) -> str | None:
    codes = lexicon.measure_verbs.codes(action)
    return codes[0] if codes else None


def head_and_rest(words: str) -> tuple[str, str]:
    """An object phrase up to its first preposition, and what follows.

    >>> head_and_rest("protection of trade secrets")
    ('protection', 'of trade secrets')
    """
    match = _PREPOSITION.search(words)
    return (words[: match.start()], words[match.start() + 1 :]) if match else (words, "")


def _noun_type(head: str, rest: str, lexicon: Lexicon) -> str | None:
    for part in (head, rest):
        nouns = lexicon.measure_nouns.find(part) + lexicon.measure_phrases.find(part)
        areas = lexicon.areas.find(part)
        nouns = [n for n in nouns if not any(a.start <= n.start and n.end < a.end for a in areas)]
        if nouns:
            return _last(nouns).code if part is head else min(nouns, key=lambda m: m.start).code
    return None


def _last(matches: list[Match]) -> Match:
    return max(matches, key=lambda m: (m.end, m.words))


def _names_agreement(words: str, lexicon: Lexicon) -> bool:
    head, rest = head_and_rest(words)
    return any(m.code == "agreement" for m in lexicon.measure_nouns.find(head + " , " + rest))


def _direction_of(action: str, kind: str, lexicon: Lexicon) -> str:
    if kind == "prohibition":
        return "abolish"
    codes = lexicon.direction_verbs.codes(action)
    return codes[0] if codes else _DIRECTION_OF.get(kind, UNSPECIFIED)
