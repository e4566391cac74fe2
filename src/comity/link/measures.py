"""The verb and the object → measure type and direction. What cannot be told is unspecified.

The object decides the type where the verb is a general one (improve, publish, grant), the verb
where it names a course of action of its own (sign, train, crack down).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from comity.lexicon import Lexicon, Match
from comity.link.directions import direction_of
from comity.model import UNSPECIFIED

_PREPOSITION = re.compile(
    r"\s(?:of|for|in|on|with|to|between|among|against|by|at|from|under|through|than|that|which)\s"
)
_CLAUSE = re.compile(r"\s(?:than|that|which)\s")
_YIELDING = frozenset(
    """administration institution-building strategy market-opening
    mutual-recognition unspecified""".split()
)
"""Types that a verb alone gives only where the object names nothing better."""
_GENERAL = frozenset(
    """publish compile disclose translate disseminate conclude negotiate meet engage explore
    participate interact pass regulate secure transfer second accord make put""".split()
)
"""Verbs that say little of their own: the object's noun goes first."""
_GENERAL_PHRASES = frozenset(
    ["make available", "make public", "put together", "enter into", "take part", "lay down"]
)
_CARRY_OUT = frozenset(["carry out", "conduct", "perform", "undertake", "deliver", "execute"])
_ACTIVITY = frozenset(
    """administration capacity-building monitoring enforcement awareness-raising dialogue
    information-exchange technical-assistance cooperation""".split()
)
_NOT_FURTHERED = frozenset(
    {"institution-building", "facilitation", "adjudication", "administration", "strategy"}
)
_JOINING = frozenset(
    "join accede ratify accept adhere deposit leave exit withdraw denounce approve".split()
)
_KEEPING = frozenset(
    """implement apply observe comply abide honour honor fulfil fulfill execute deliver perform
    meet respect realize denounce""".split()
) | {
    "remain committed",
    "remain bound",
    "carry out",
    "give effect",
    "put into effect",
    "put into practice",
    "make use",
    "use",
}
_GIVING = frozenset("empower enable authorize authorise".split())
_TOLD = frozenset("strategy legislation monitoring dialogue awareness-raising funding".split())
_MAKE_KNOWN = frozenset("publish release issue".split()) | {"put together", "make public"}
_UPHOLDING = frozenset({"support", "uphold", "champion", "defend", "safeguard", "back"})
_ORDER = re.compile(
    r"\b(?:multilateral trading system|multilateralism|rules-based|free trade|open world economy)\b"
)
_TOGETHER = re.compile(r"cooperat|collaborat|partner|exchanges? and|\bties?\b|relation|joint")
_SYSTEM = re.compile(r"\b[A-Z]\w+ (?:System|Union|Act|Treaty|Convention|Protocol|Agreement)\b")
_RULES = re.compile(
    r"\b(?:Article \d|obligations?|commitments?|its rules|rules of|international rules)\b"
)
_BEGINNING = frozenset("launch start begin organize organise hold host test put make lend".split())
_PEOPLE = re.compile(
    r"^(?:\w+ ){0,2}(?:examiners|officials|experts|staff|personnel|judges|trainees)\b"
)
_LOOSE = frozenset({"strategy", "administration", "unspecified", "facilitation"})
_TALK = frozenset({"exchange", "share"})
_TYPE_OF_AREA = {
    "examination": "administration",
    "ip-administration": "administration",
    "classification": "administration",
    "ip-legislation": "legislation",
    "market-access": "market-opening",
    "tariffs": "market-opening",
    "opening-up": "market-opening",
    "foreign-investment": "market-opening",
    "trade-in-goods": "trade-expansion",
    "trade-in-services": "trade-expansion",
    "ip-awareness": "awareness-raising",
    "ip-training": "capacity-building",
    "ip-strategy": "strategy",
    "ip-adjudication": "adjudication",
    "civil-remedies": "adjudication",
    "dispute-resolution": "adjudication",
    "ip-enforcement": "enforcement",
    "border-measures": "enforcement",
    "criminal-enforcement": "enforcement",
    "online-enforcement": "enforcement",
    "counterfeiting-and-piracy": "enforcement",
    "bad-faith-trademarks": "enforcement",
    "ip-information": "information-exchange",
    "work-sharing": "mutual-recognition",
    "ip-cooperation": "cooperation",
    "technology-exchange": "cooperation",
    "ip-finance": "funding",
    "business-environment": "environment-building",
    "macroeconomic-policy": "policy-coordination",
    "ip-protection": "rights-protection",
    "rights-holders": "rights-protection",
    "foreign-rights-holders": "rights-protection",
    "ip-commercialization": "facilitation",
}
"""The type that an area suggests when neither verb nor noun tells one."""


def measure_of(
    action: str,
    words: str,
    quote: str,
    lexicon: Lexicon,
    *,
    before: str = "",
    areas: Iterable[str] = (),
) -> tuple[str, str]:
    """Measure type and direction.

    Args:
        action: Lemma of the verb, with its particle.
        words: The object phrase.
        quote: The clause.
        lexicon: The vocabulary's words.
        before: The words of the sentence in front of the clause.
        areas: The areas of the object, which tell the type where its words do not.
    """
    areas = tuple(areas)
    kind = type_of(action, words, lexicon)
    if "work-sharing" in areas and kind in _LOOSE:
        kind = "mutual-recognition"
    if action == "make available" and kind == "information-exchange":
        kind = "rights-protection" if _are_rights(areas, lexicon) else kind
    if action == "apply" and re.search(r"\bappl\w+ for\b", quote):
        kind = type_of("", words, lexicon)
    if kind == UNSPECIFIED and (action or words):
        kind = _by_area(areas, lexicon)
        if kind == "rights-protection" and action in _BEGINNING:
            kind = UNSPECIFIED
    return kind, direction_of(action, kind, words, quote, lexicon, before=before)


def type_of(action: str, words: str, lexicon: Lexicon) -> str:
    """The narrowest measure type that verb and object together bear out."""
    verb = _verb_type(action, lexicon)
    own = _CLAUSE.split(words)[0]
    nouns = _nouns(own if len(own) > 8 else words, lexicon)
    noun = _noun_type(words, nouns)
    if action in _UPHOLDING and _ORDER.search(words):
        return "position"
    if action == "conclude" and noun == "dialogue":
        return "agreement"
    if action == "examine" and re.match(
        r"^(?:whether|how|ways|the possib|questions|progress)", words
    ):
        return "monitoring"
    if action in _GIVING and (embedded := re.search(r"\bto ([a-z]+)\b", words)):
        return _verb_type(embedded.group(1), lexicon) or UNSPECIFIED
    if action == "work":
        return noun if noun in {"agreement", "dialogue"} else "cooperation"
    treaty = _of_treaty(action, words, noun, verb, nouns)
    if treaty is not None:
        return treaty
    if verb is None:
        return noun or UNSPECIFIED
    if verb == "information-exchange" and action not in _TALK:
        return noun if noun in _TOLD and action in _MAKE_KNOWN else verb
    if verb in _YIELDING or action in _GENERAL or action in _GENERAL_PHRASES:
        return noun or verb
    if verb == "implementation":
        return noun if noun in _ACTIVITY and action in _CARRY_OUT else verb
    if verb == "facilitation":
        plain = noun == "cooperation" and not _TOGETHER.search(words)
        return verb if noun is None or noun in _NOT_FURTHERED or plain else noun
    if action == "exchange" and _PEOPLE.match(words):
        return "capacity-building"
    if verb == "information-exchange" and action in _TALK:
        return noun if noun in {"dialogue", "capacity-building"} else verb
    if verb == "legislation" and action in {"amend", "revise", "overhaul"}:
        return noun if noun in {"strategy", "agreement"} else verb
    return verb


def _of_treaty(
    action: str, words: str, noun: str | None, verb: str | None, nouns: list[Match]
) -> str | None:
    """The type of what is done with an agreement, None when the object is none."""
    if verb in {"treaty-accession", "treaty-implementation"}:
        return verb
    if action in _JOINING and action != "approve" and _SYSTEM.search(words):
        return "treaty-accession"
    if action in _KEEPING and _RULES.search(words):
        return "treaty-implementation"
    if re.match(
        r"^(?:the )?(?:application|implementation) of (?:Article|this|the \w+ement)", words
    ):
        return "treaty-implementation"
    if noun == "treaty-accession":
        return None if verb in {"monitoring", "dialogue", "funding"} else noun
    if noun != "agreement" and not (
        action in _KEEPING and any(m.code == "agreement" for m in nouns)
    ):
        return None
    if action in _KEEPING:
        return "treaty-implementation"
    if action in _JOINING and not re.match(r"^(?:an?|new|\w*[^s]s)\b", words):
        return "treaty-accession"
    return None


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


def _nouns(words: str, lexicon: Lexicon) -> list[Match]:
    """The nouns of measures in an object, save those inside the name of a right ("trade")."""
    found = lexicon.measure_nouns.find(words) + lexicon.measure_phrases.find(words)
    names = [a for a in lexicon.areas.find(words) if a.code in _NAMED_RIGHTS or "trade" in a.code]
    return [n for n in found if not any(a.start < n.start and n.end < a.end for a in names)]


_NAMED_RIGHTS = frozenset(
    """trade-secrets economic-opening trade-in-goods trade-in-services forced-technology-transfer
    technology-transfer market-access industrial-designs competition""".split()
)


def _noun_type(words: str, nouns: list[Match]) -> str | None:
    """The type of the head noun: the last one before the first preposition, else the next."""
    head = len(head_and_rest(words)[0])
    ends = [m.start() for m in re.finditer(r",| and | or ", words[:head])]
    for end in [*ends, head]:
        first = [n for n in nouns if n.start < end]
        if first:
            return max(first, key=lambda m: (min(m.end, end), m.words)).code
    stop = re.search(r"\s(?:under|by|from|through|at|among|between)\s", words[head:])
    rest = [n for n in nouns if stop is None or n.start < head + stop.start()]
    return min(rest, key=lambda m: (m.start, -m.words)).code if rest else None


def _by_area(areas: tuple[str, ...], lexicon: Lexicon) -> str:
    kinds = {_TYPE_OF_AREA[a] for a in areas if a in _TYPE_OF_AREA}
    if len(kinds) == 1:
        return kinds.pop()
    return "rights-protection" if _are_rights(areas, lexicon) else UNSPECIFIED


def _are_rights(areas: tuple[str, ...], lexicon: Lexicon) -> bool:
    return bool(areas) and all(
        "ip-rights" in lexicon.vocabulary.ancestors("area", area) for area in areas
    )
