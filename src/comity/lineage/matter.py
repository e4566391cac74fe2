"""Whether two statements speak of the same matter: who acts, on which areas, about which thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.identifiers import fold
from comity.model import Statement, Vocabulary

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SMALL = frozenset(
    "a an and any all as at be been both by can each either every for from had has have her his how"
    " in into is it its more most new no not of on or other our own such than that the their them"
    " then these they this those to under up upon was were what when where whether which who whose"
    " will with within without".split()
)
GENERIC = frozenset(
    "act action activity aim area arrangement aspect case country development effort environment"
    " field framework goal government intellectual international issue key law legal level matter"
    " measure mechanism member national party policy practice principle programme project property"
    " protection protect provision regime regulation relevant related right role rule state step"
    " system work world agreement treaty convention accord protocol memorandum ip iprs ipr"
    " cooperation cooperate exchange implementation strategy plan".split()
)
"""Words that most objects in this field share: alone they tell of no matter in particular."""
_INSTRUMENTS = frozenset(
    "agreement treaty convention accord protocol memorandum law act statute declaration plan"
    " decision directive regulation".split()
)
SAME = 0.5
"""Share of the words of the shorter object that the longer one must have."""
ALIKE = 0.75
"""Share of all words that two objects must have in common where none of them is particular."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a statement is about.

    `parties` are the ids of its actors; `roots` those and whoever they act for. `words` are the
    content words of its object in the singular, `names` those that are proper names. `areas`
    are its target areas, `wider` those and all that are broader.
    """

    parties: frozenset[str]
    roots: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    areas: frozenset[str]
    wider: frozenset[str]

    @property
    def particular(self) -> frozenset[str]:
        """The words that tell of a matter in particular."""
        return self.words - GENERIC


def matter_of(statement: Statement, vocabulary: Vocabulary) -> Matter:
    """What a statement is about.

    Args:
        statement: The statement, linked.
        vocabulary: Tells who acts for whom, and which areas are broader.
    """
    parties = frozenset(m.id for m in statement.actors if m.id is not None)
    roots = set(parties)
    left = list(parties)
    while left:
        known = vocabulary.actors.get(left.pop())
        for principal in known.acts_for if known is not None else ():
            if principal not in roots:
                roots.add(principal)
                left.append(principal)
    areas = frozenset(statement.areas)
    above = (vocabulary.ancestors("area", area) for area in areas)
    return Matter(
        parties,
        frozenset(roots),
        words(statement.object),
        names(statement.object),
        areas,
        areas.union(*above),
    )


def words(text: str) -> frozenset[str]:
    """The content words of a text, in the singular and without case.

    >>> sorted(words("the protection of Trade Secrets"))
    ['protection', 'secret', 'trade']
    """
    return frozenset(_singular(w) for w in _WORD.findall(fold(text)) if w not in _SMALL)


def names(text: str) -> frozenset[str]:
    """The words of proper names in a text, those that only name a kind of instrument left out.

    >>> sorted(names("the Agreement on a Unified Patent Court"))
    ['court', 'patent', 'unified']
    """
    found = [m for m in _WORD.findall(text) if m[:1].isupper() and fold(m) not in _SMALL]
    return frozenset(_singular(fold(w)) for w in found) - _INSTRUMENTS


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us"))
    return word[:-1] if plural else word


def same_party(later: Matter, earlier: Matter) -> bool:
    """Whether one actor is in both, or acts for an actor of the other."""
    return bool(later.parties & earlier.roots or later.roots & earlier.parties)


def same_area(later: Matter, earlier: Matter) -> bool:
    """Whether the later one targets an area of the earlier one, or a narrower one."""
    return bool(later.wider & earlier.areas) or not (later.areas or earlier.areas)


def overlap(later: Matter, earlier: Matter) -> float:
    """How far both speak of the same thing: 0 for another one, else a share of words up to 1.

    The share is that of the shorter object's words which the longer one has (overlap
    coefficient of Szymkiewicz and Simpson), and must reach `SAME` with a word that is
    particular among them. Objects without any such word must have the share `ALIKE` of all
    words in common (coefficient of Jaccard). Two that name different things by proper names
    are never the same.
    """
    if later.names and earlier.names and not later.names & earlier.names:
        return 0.0
    shared = later.words & earlier.words
    if not shared:
        return 0.0
    if later.particular or earlier.particular:
        if not later.particular & earlier.particular:
            return 0.0
        share = len(shared) / min(len(later.words), len(earlier.words))
        return share if share >= SAME else 0.0
    share = len(shared) / len(later.words | earlier.words)
    return share if share >= ALIKE else 0.0


def keys(statement: Statement, matter: Matter) -> frozenset[tuple[str, str]]:
    """Under what a statement is filed and looked for: pairs of a party and a topic.

    A topic is a particular word of the object, or the measure where there is none. Statements
    without an actor are filed under the proper names of their object alone.

    Args:
        statement: The statement.
        matter: What it is about.
    """
    topics = matter.particular or {f"{statement.measure_type} {area}" for area in matter.wider}
    by_party = {(party, topic) for party in matter.roots for topic in topics}
    return frozenset(by_party | {("", name) for name in matter.names})
