"""Who "it", "they", "we" and "the two sides" are, and who goes on speaking.

One `Discourse` reads the sentences of one document in order and remembers the parties
that were named. What cannot be told stays as the text has it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from comity.extract.english.affiliation import bodies, couple, is_body, ourselves
from comity.extract.english.findings import Context, Finding, Party
from comity.extract.english.grammar import THIRD
from comity.model import Mention

_GENERIC = re.compile(
    r"^(?:the\s+)?(country|nation|agency|office|organi[sz]ation|bloc|union|commission|"
    r"company|body|institution|authority|association|department)$",
    re.IGNORECASE,
)
_OWN = re.compile(r"^(?:two )?(?:countries|governments|nations|states|economies)$")
_PERSON_PRONOUN = frozenset({"he", "she", "him", "her"})
_JOINT = re.compile(
    r"^(?:both|(?:the\s+)?two)\s+(?:sides|parties|countries|offices|governments|bodies|nations|"
    r"organi[sz]ations|agencies|ministries|institutions|leaders|partners|ministers|presidents|"
    r"economies|states|delegations|heads|teams|authorities|administrations|services|customs|"
    r"neighbours|neighbors)$",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_COUNTED = re.compile(
    r"^(?:the\s+)?(three|four|five|six|seven)\s+(?:sides|parties|countries|offices|governments|"
    r"bodies|organi[sz]ations|agencies|ministries|institutions|states|nations|partners)$",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"^(?:the\s+)?(?P<noun>offices|countries|leaders|sides|governments|partners|organi[sz]ations|"
    r"ministers|delegations|authorities|agencies|ministries|institutions|heads)$",
    re.IGNORECASE,
)
_SIGNING = frozenset({"sign", "conclude", "initial", "enter into"})
_BODY_NOUNS = frozenset(
    """offices bodies organizations organisations agencies ministries institutions authorities
    administrations services customs""".split()
)
_OWNED = re.compile(r"^(?:its|their|our|my|his|her) ")
_HOUSE = frozenset({"government", "office", "ministry", "administration", "agency", "country"})
_SPOKEN = frozenset({"communique", "declaration", "treaty", "speech", "interview", "news-report"})
"""Documents in which "we" is not the office that the document is about."""
MEMORY = 12
"""How many named parties are remembered; older ones are out of reach of a pronoun."""


class Discourse:
    """The memory of one document.

    Args:
        text: The whole text, where "we" and the bodies that people head are introduced.
        kind: The type of the document, a vocabulary code.
        body_of: Gives the body or state that a person known by name acts for, where the text
            names it.
    """

    def __init__(
        self,
        text: str = "",
        kind: str | None = None,
        body_of: Callable[[str], Party | None] = lambda name: None,
    ) -> None:
        self._body_of = body_of
        self._first_person = kind in {"speech", "interview"}
        self._counts: Counter[str] = Counter()
        self._groups: list[tuple[Party, ...]] = []
        self._near: list[tuple[Party, ...]] = []
        self._bodies = bodies(text)
        self._declared = ourselves(text)
        self._house: Party | None = None
        self._institutions: dict[str, Party] = {}
        self._impersonal = kind not in _SPOKEN
        self._pairs: tuple[Party, ...] = couple(text)
        self._selves: tuple[Party, ...] = ()
        self._person: Party | None = None
        self._speaker: Party | None = None
        self._paragraph = -1
        self._asked: int | None = None

    def enter(self, paragraph: int) -> Context:
        """The context a sentence of this paragraph begins with."""
        if paragraph != self._paragraph:
            self._paragraph, self._speaker = paragraph, self._person
        return Context(speaker=self._speaker)

    def opened(self, person: Party | None) -> None:
        """A speech or interview whose title names the person: "I" and "we" are their words."""
        self._person = person

    def labelled(self, mention: Mention) -> Party:
        """The speaker that a label ("Ilvane:") names: "I" and "we" are their words."""
        self._speaker = Party(mention, "named", person=True)
        return self._speaker

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
        kept = _lasting(tuple(q for p in parties for q in self._named(p)))
        if kept:
            self._groups = [*self._groups, kept][-MEMORY:]
        for party in kept:
            words = _OWNED.sub("", party.mention.text.lower())
            if party.owner in {"my", "our"} and words in _HOUSE:
                self._house = self._house or party
            elif party.kind == "named" and not party.person and not party.plural:
                self._institutions[party.mention.text] = party
                self._counts[party.mention.text] += 1

    def _named(self, party: Party) -> tuple[Party, ...]:
        """A party as it is remembered: "the two offices" as those whom it stands for."""
        if party.kind == "described" and party.plural:
            return self._resolve(party, None)
        return (party,)

    def near(self, groups: list[tuple[Party, ...]]) -> None:
        """The subjects of the sentence that is being read, in the order of the text."""
        self._near = [kept for group in groups if (kept := _lasting(group))]

    def coupled(self, parties: tuple[Party, ...]) -> None:
        """The two that a document is about, when its opening names no more than two."""
        if len(parties) == 2 and not self._pairs:
            self._pairs = parties

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
        speaker = self._source(context.speaker) if context.speaker else None
        asked = finding.modality == "recommendation"
        parties = tuple(
            q
            for p in context.parties
            for q in ((p,) if asked and self._is_everybody(p) else self._resolve(p, speaker))
        )
        parties = tuple(p for p in parties if p.kind not in {"other", "instrument"})
        if finding.action in _SIGNING:
            parties = self._represented(parties)
        finding.context = replace(context, parties=_distinct(parties), speaker=speaker)

    def _represented(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """Those for whom people sign, when the text tells it of each of them."""
        if not parties or not all(p.person and p.kind == "named" for p in parties):
            return parties
        names = [p.mention.text for p in parties]
        bodies = [self._bodies.get(n.split()[-1].lower()) or self._body_of(n) for n in names]
        return tuple(b for b in bodies if b is not None) if all(bodies) else parties

    def _is_everybody(self, party: Party) -> bool:
        """ "We should …", "let us …": those who speak and those who listen."""
        return party.kind == "self" and not (self._selves or self._declared)

    def _source(self, party: Party) -> Party:
        """A speaker: "he", "the president" and "the official" are the person named last."""
        if party.kind == "self":
            return self._speaker or self._person or party
        he = party.kind == "pronoun" and party.mention.text.lower() in _PERSON_PRONOUN
        if he and self._speaker is not None and self._speaker.person:
            return self._speaker
        if party.kind == "described" and (party.fresh or party.plural):
            return party
        if party.kind == "described" and party.person and not party.plural:
            found = self._last(lambda g: len(g) == 1 and g[0].kind == "named" and g[0].person)
            return found[0] if found else party
        return self._resolve(party, None)[0]

    def _we(self, speaker: Party | None) -> tuple[Party, ...]:
        """Who "we" are; empty when the text does not tell."""
        if speaker is not None and speaker.person:
            name = speaker.mention.text
            body = self._bodies.get(name.split()[-1].lower()) or self._body_of(name)
            if body is not None:
                return (body,)
        if self._declared and len(self._selves) < 2:
            return self._declared
        if self._selves:
            return self._selves
        if self._house is not None:
            return (self._house,)
        if self._first_person and self._counts:
            (most, times), *others = self._counts.most_common(2)
            if not others or times > others[0][1]:
                return (self._institutions[most],)
        alone = list(self._institutions.values())
        if self._impersonal and len(alone) == 1 and (speaker is None or not speaker.person):
            return (alone[0],)
        return ()

    def _resolve(self, party: Party, speaker: Party | None) -> tuple[Party, ...]:
        word = _OWNED.sub("", party.mention.text.lower())
        self._asked = party.mention.start
        if party.kind == "self":
            return self._we(speaker) or (party,)
        if party.kind == "pronoun" and word in THIRD:
            return self._antecedent(word, party)
        many = _PLURAL.match(word)
        if many and not party.owner and not party.fresh:
            return self._group(many["noun"].lower()) or (party,)
        counted = _COUNTED.match(word)
        if counted:
            size = _COUNTS[counted.group(1)]
            if len(self._declared) == size:
                return self._declared
            return self._last(lambda g: len(g) == size) or (party,)
        if _GENERIC.match(word) and not party.plural:
            return self._last(
                lambda g: len(g) == 1 and g[0].kind == "named" and not _person(g[0])
            ) or (party,)
        if _JOINT.match(word) and word.split()[-1] in _BODY_NOUNS:
            return self._two_bodies() or self._pair() or (party,)
        if _JOINT.match(word) or word == "both":
            return self._pair() or (party,)
        if party.owner in {"their", "our"} and party.plural and _OWN.match(word):
            ours = self._selves or self._declared
            group = ours if party.owner == "our" else self._antecedent("they", party)
            return group or (party,)
        if word in {"parties", "party", "sides", "side"}:
            return self._pairs or self._pair() or (party,)
        return (party,)

    def _group(self, noun: str) -> tuple[Party, ...]:
        """ "the offices", "the countries": those that were brought in together before."""
        described = self._last(
            lambda g: (
                len(g) == 1
                and g[0].plural
                and re.search(rf"\b{noun} of (?:the )?[A-Z]", g[0].mention.text) is not None
                and g[0].mention.text.lower() != noun
            )
        )
        if described:
            return described
        if noun in {"offices", "countries", "leaders", "sides", "governments", "partners"}:
            named = self._last(lambda g: len(g) > 1 and all(p.kind == "named" for p in g))
            return named or self._declared or self._pairs
        return ()

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

    def _two_bodies(self) -> tuple[Party, ...]:
        """The last two named together that are offices or the like, not states."""
        return self._last(lambda g: len(g) == 2 and all(is_body(p.mention.text) for p in g)) or (
            self._pairs if self._pairs and all(is_body(p.mention.text) for p in self._pairs) else ()
        )

    def _last(self, fits: Callable[[tuple[Party, ...]], bool]) -> tuple[Party, ...]:
        for group in reversed([*self._groups, *self._near]):
            if fits(group) and all(p.mention.start != self._asked for p in group):
                return group
        return ()


def _person(party: Party) -> bool:
    return party.kind == "named" and party.person


def _lasting(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """Those that a later pronoun can stand for."""
    return tuple(p for p in parties if p.kind in {"named", "described"})


def _distinct(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    seen: dict[tuple[int | None, str], Party] = {}
    for party in parties:
        seen.setdefault((party.mention.start, party.mention.text), party)
    return tuple(seen.values())
