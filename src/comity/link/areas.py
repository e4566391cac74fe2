"""The words of an object → the target areas they support, the most specific ones.

Areas are sought in the object's own phrase, first in front of any relative clause. An
object that only points back ("the agreement", "this treaty") takes the areas of the words
it points to.
"""

from __future__ import annotations

import re

from comity.lexicon import Lexicon, Match, Phrases

_CUT = re.compile(
    r"\b(?:that|which|who|whose|where|when|so that|in order to|with a view to|including|"
    r"such as|as well as by)\b"
)
_INFINITIVE = re.compile(r"\bto ([a-z]+)\b")
_GENERIC = ("ip-rights", "ip-protection", "ip-system", "ip-cooperation")
_BESIDE = re.compile(
    r"^[\s,]*(?:(?:and|or|as well as|but also|and other|including)\b[\s,]*)?(?:the\s+)?$"
)
_POINTER = re.compile(
    r"^(?:the|this|that|its|their|such|said)\s+(agreement|treaty|convention|protocol|memorandum|"
    r"mou|accord|pact|text|instrument)s?$",
    re.IGNORECASE,
)


def areas_of(words: str, lexicon: Lexicon, *, about_ip: bool = True) -> tuple[str, ...]:
    """Codes of the areas that the words of an object support, sorted; none when none.

    Args:
        words: The object phrase.
        lexicon: The vocabulary's words.
        about_ip: Whether the text is about intellectual property, so that "enforcement" or
            "examination" need not say of what.
    """
    phrases = lexicon.areas_in_context if about_ip else lexicon.areas
    own = _own_part(words, lexicon)
    return select(own, phrases, lexicon) or select(words, phrases, lexicon)


def areas_pointed_at(words: str, before: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The areas of what "the agreement" or "this treaty" points back to.

    Args:
        words: The object phrase.
        before: The text in front of it.
        lexicon: The vocabulary's words.
    """
    pointer = _POINTER.match(words.strip())
    if pointer is None:
        return ()
    named = re.compile(
        rf"{pointer.group(1)}\s+(?:on|concerning|regarding|for|relating to|in the field of)"
        rf"\s+[^.;,]{{3,80}}"
        rf"|[\w ]{{3,60}}\b{pointer.group(1)}\b",
        re.IGNORECASE,
    )
    for match in reversed(list(named.finditer(before))):
        found = select(match.group(), lexicon.areas, lexicon)
        if found:
            return found
    return ()


def select(words: str, phrases: Phrases, lexicon: Lexicon) -> tuple[str, ...]:
    """The areas that some words name, without those that a narrower one makes superfluous."""
    found = phrases.find(words)
    kept = [m for m in found if not _is_covered(m, found, words, lexicon)]
    codes = list(dict.fromkeys(m.code for m in kept))
    if len(codes) > 1:
        specific = [c for c in codes if c not in _GENERIC]
        if any(_is_intellectual(c, lexicon) for c in specific):
            codes = specific
        elif specific and "ip-cooperation" in codes:
            codes = [c for c in codes if c != "ip-cooperation"]
    return tuple(sorted(codes))


def _is_covered(match: Match, found: list[Match], words: str, lexicon: Lexicon) -> bool:
    """Whether a narrower area stands in the words, and not merely beside this one in a list."""
    for other in found:
        if match.code in lexicon.vocabulary.ancestors("area", other.code):
            first, second = sorted((match, other), key=lambda m: m.start)
            if match.code in _GENERIC or not _BESIDE.match(words[first.end : second.start]):
                return True
    return False


def _is_intellectual(code: str, lexicon: Lexicon) -> bool:
    return bool({"ip-rights", "ip-system"} & lexicon.vocabulary.ancestors("area", code))


def _own_part(words: str, lexicon: Lexicon) -> str:
    """The words before a relative clause or an infinitive that says what for."""
    ends = [m.start() for m in (_CUT.search(words),) if m]
    ends += [m.start() for m in _INFINITIVE.finditer(words) if lexicon.is_action(m.group(1))]
    end = min((e for e in ends if e > 8), default=len(words))
    return words[:end]
