"""The words of an object → the target areas they support, the most specific ones.

Areas are sought in the object's own phrase, first in front of any relative clause; words
of the clause outside it are used only where the object is a pronoun or empty.
"""

from __future__ import annotations

import re

from comity.lexicon import Lexicon, Match

_CUT = re.compile(
    r"\b(?:that|which|who|whose|where|when|so that|in order to|with a view to|including|"
    r"such as|as well as by)\b"
)
_INFINITIVE = re.compile(r"\bto ([a-z]+)\b")
_GENERIC = ("ip-rights", "ip-protection", "ip-system", "ip-cooperation")


def areas_of(words: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Codes of the areas that the words of an object support, sorted; none when none.

    Args:
        words: The object phrase.
        lexicon: The vocabulary's words.
    """
    own = _own_part(words, lexicon)
    found = lexicon.areas.find(own) or lexicon.areas.find(words)
    return select(found, lexicon)


def select(found: list[Match], lexicon: Lexicon) -> tuple[str, ...]:
    """The areas of some matches without those that a narrower one makes superfluous."""
    codes = list(dict.fromkeys(m.code for m in found))
    broader = {a for c in codes for a in lexicon.vocabulary.ancestors("area", c)}
    kept = [c for c in codes if c not in broader]
    if len(kept) > 1:
        specific = [c for c in kept if c not in _GENERIC]
        if any(_is_intellectual(c, lexicon) for c in specific):
            kept = specific
        elif specific and "ip-cooperation" in kept:
            kept = [c for c in kept if c != "ip-cooperation"]
    return tuple(sorted(kept))


def _is_intellectual(code: str, lexicon: Lexicon) -> bool:
    return bool({"ip-rights", "ip-system"} & lexicon.vocabulary.ancestors("area", code))


def _own_part(words: str, lexicon: Lexicon) -> str:
    """The words before a relative clause or an infinitive that says what for."""
    ends = [m.start() for m in (_CUT.search(words),) if m]
    ends += [m.start() for m in _INFINITIVE.finditer(words) if lexicon.is_action(m.group(1))]
    end = min((e for e in ends if e > 8), default=len(words))
    return words[:end]
