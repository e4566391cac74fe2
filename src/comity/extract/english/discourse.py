"""Who "it", "they", "we" and "the two sides" are, and who goes on speaking.

One `Discourse` reads the sentences of one document in order and remembers the parties
that were named. What cannot be told stays as the text has it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from comity.extract.english.findings import Context, Finding, Party
from comity.extract.english.grammar import THIRD
from comity.model import Mention

_GENERIC = re.compile(
    r"^(?:the\s+)?(country|nation|agency|office|ministry|organi[sz]ation|bloc|union|commission|"
    r"company|government|body|institution|authority|association|department)$",
    re.IGNORECASE,
)
_OWN = re.compile(r"^(?:two )?(?:countries|governments|nations|states|economies|offices)$")
_PERSON_PRONOUN = frozenset({"he", "she", "him", "her"})
_JOINT = re.compile(
    r"^(?:both|(?:the\s+)?two)\s+(?:sides|parties|countries|offices|governments|bodies|"
    r"organi[sz]ations|agencies|ministries|institutions|leaders)$",
    re.IGNORECASE,
)
MEMORY = 12
"""How many named parties are remembered; older ones are out of reach of a pronoun."""


class Discourse:
    """The memory of one document."""

    def __init__(self) -> None:
        self._groups: list[tuple[Party, ...]] = []
        self._pairs: tuple[Party, ...] = ()
        self._selves: tuple[Party, ...] = ()
        self._person: Party | None = None
        self._speaker: Party | None = None
        self._paragraph = -1

    def enter(self, paragraph: int) -> Context:
        """The context a sentence of this paragraph begins with."""
        if paragraph != self._paragraph:
            self._paragraph, self._speaker = paragraph, self._person
        return Context(speaker=self._speaker)

    def opened(self, person: Party | None) -> None:
        """A speech or interview whose title names the person: "I" and "we" are their words."""
        self._person = person

    def labelled(self, mention: Mention) -> Party:
        """The speaker that a label ("Ilvane:") names."""
        return Party(mention, "named", person=True)

    def answering(self) -> Context:
        """The context of an answer in an interview: the person named last speaks."""
        if self._speaker is None:
            found = self._last(lambda g: len(g) == 1 and g[0].person)
            self._speaker = found[0] if found else None
        return Context(speaker=self._speaker)

    def heard(self, speaker: Party | None) -> None:
        """A sentence named its source: what follows in the paragraph is its words too."""
        if speaker is not None:
            self._speaker = self._source(speaker)

    def named(self, parties: tuple[Party, ...]) -> None:
        """Remember the subject of a sentence."""
        kept = tuple(p for p in parties if p.kind in {"named", "described"})
        if kept:
            self._groups = [*self._groups, kept][-MEMORY:]

    def paired(self, parties: tuple[Party, ...]) -> None:
        """Remember two names that stand together: "between A and B"."""
        if len(parties) == 2 and all(p.kind == "named" for p in parties):
            self._pairs = parties

    def introduced(self, parties: tuple[Party, ...]) -> None:
        """Remember who "we" are: "We, the heads of A, B and C, …"."""
        if parties and not self._selves:
            self._selves = parties

    def settle(self, finding: Finding) -> None:
        """Replace pronouns and general nouns in a finding by the names they stand for."""
        context = finding.context
        own: tuple[Party, ...] = tuple(p for p in context.parties if p.kind == "named")
        parties = tuple(q for p in context.parties for q in self._resolve(p, own))
        parties = tuple(p for p in parties if p.kind not in {"other", "instrument"})
        speaker = self._source(context.speaker) if context.speaker else None
        finding.context = replace(context, parties=_distinct(parties), speaker=speaker)

    def _source(self, party: Party) -> Party:
        """A speaker: "he", "the president" and "the official" are the person named last."""
        if party.kind == "self":
            return self._person or self._speaker or party
        if party.kind == "described" and party.person and not party.plural:
            found = self._last(lambda g: len(g) == 1 and g[0].kind == "named" and g[0].person)
            return found[0] if found else party
        return self._resolve(party, ())[0]

    def _resolve(self, party: Party, own: tuple[Party, ...]) -> tuple[Party, ...]:
        word = party.mention.text.lower()
        if party.kind == "self":
            return self._selves or (party,)
        if party.kind == "pronoun" and word in THIRD:
            return self._antecedent(word, party)
        if _GENERIC.match(word) and not party.plural:
            return self._last(
                lambda g: len(g) == 1 and g[0].kind == "named" and not _person(g[0])
            ) or (party,)
        if _JOINT.match(word) or word == "both":
            return self._pair() or (party,)
        if party.owner in {"their", "our"} and party.plural and _OWN.match(word):
            group = self._selves if party.owner == "our" else self._antecedent("they", party)
            return group or (party,)
        if word in {"parties", "party", "sides"} and self._pairs:
            return self._pairs
        return (party,)

    def _antecedent(self, word: str, party: Party) -> tuple[Party, ...]:
        if word in _PERSON_PRONOUN:
            found = self._last(lambda g: len(g) == 1 and _person(g[0]))
            return found or self._last(lambda g: len(g) == 1 and g[0].kind == "named") or (party,)
        if word in {"they", "them", "their"}:
            return self._last(lambda g: len(g) > 1 or g[0].plural) or (party,)
        return self._last(lambda g: len(g) == 1 and not g[0].plural and not _person(g[0])) or (
            party,
        )

    def _pair(self) -> tuple[Party, ...]:
        return (
            self._last(lambda g: len(g) == 2 and all(p.kind == "named" for p in g)) or self._pairs
        )

    def _last(self, fits: object) -> tuple[Party, ...]:
        for group in reversed(self._groups):
            if fits(group):  # type: ignore[operator]
                return group
        return ()


def _person(party: Party) -> bool:
    return party.kind == "named" and party.person


def _distinct(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    seen: dict[tuple[int | None, str], Party] = {}
    for party in parties:
        seen.setdefault((party.mention.start, party.mention.text), party)
    return tuple(seen.values())
