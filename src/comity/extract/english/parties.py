"""Noun phrases → parties: who is named, and whether it can act at all."""

from __future__ import annotations

import re

from comity.extract.english.affiliation import people
from comity.extract.english.findings import Party
from comity.extract.english.grammar import INSTITUTION, INSTRUMENT, PLURAL_SELF, THIRD
from comity.extract.english.tree import Sentence, Word, contiguous, extent
from comity.lexicon import Lexicon, stem
from comity.model import Mention

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_CUT = ("relcl", "acl", "appos", "conj", "cc", "punct", "advcl", "preconj", "parataxis")
_ACTIVE_ENTITY = frozenset({"ORG", "GPE", "NORP", "PERSON"})
_EVENT_NOUN = frozenset(
    """forum summit meeting conference ceremony dialogue workshop seminar day
    week round talk visit speech article road belt cooperation protection partnership work trade
    relation exchange progress pilot system market infringement innovation case""".split()
)
_DETERMINERS = frozenset(
    """the a an this these that those both each either all every no neither any such""".split()
)
_BODIES = frozenset(
    "office ministry agency authority administration organization institute".split()
)
PERSONS = frozenset(
    """president premier minister spokesperson spokesman spokeswoman official commissioner
    secretary ambassador chairman chairperson director-general director governor councilor
    chancellor king leader judge expert""".split()
)
"""Nouns for people who hold an office."""
_BOTH = frozenset({"both", "each", "either", "all", "every", "no", "neither", "any"})


class PartyFinder:
    """Finds the parties a noun phrase names, in one document's text."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon
        self._everywhere: dict[str, Party] | None = None
        self._people: set[str] = set(people(text))

    def parties(self, sentence: Sentence, head: Word) -> tuple[Party, ...]:
        """The parties of a noun phrase and of what is coordinated with it, in text order."""
        head = self._antecedent(sentence, head)
        listed = self._represented(sentence, head)
        if listed:
            return listed
        heads = [head]
        for at in heads:
            heads.extend(k for k in sentence.kids(at, "conj") if not k.is_verb)
        heads = _joined(sentence, sorted(heads, key=lambda w: w.i))
        found: list[Party] = []
        while heads:
            whole = self._one_name(heads[:2])
            party = whole or self.party(sentence, heads[0])
            heads = heads[2:] if whole is not None else heads[1:]
            if party is not None:
                found.append(party)
        names = {p.mention.start for p in found}
        return tuple(p for p in found if not self._leads_to_name(p, names))

    def _one_name(self, heads: list[Word]) -> Party | None:
        """ "Saint Kitts and Nevis": what looks like two names and is one that is known."""
        if len(heads) < 2 or heads[0].tag not in {"NNP", "NNPS"}:
            return None
        end = heads[-1].end
        for match in self._lexicon.actors.find(self._text[max(0, heads[0].start - 40) : end]):
            start = max(0, heads[0].start - 40) + match.start
            if start <= heads[0].start and match.end == end - max(0, heads[0].start - 40):
                name = self._text[start:end]
                return Party(Mention(name, match.code, start, end), "named")
        return None

    def actors(self, sentence: Sentence, head: Word) -> tuple[Party, ...]:
        """As `parties`, leaving out what cannot act."""
        return tuple(
            p for p in self.parties(sentence, head) if p.kind not in {"other", "instrument"}
        )

    def _leads_to_name(self, party: Party, names: set[int | None]) -> bool:
        """ "INPI President | Jorge Avila": a title right before the name of who holds it."""
        end = party.mention.end
        return end is not None and end + 1 in names and self._text[end : end + 1] == " "

    def opening(self, length: int) -> tuple[Party, ...]:
        """The organizations that the opening of the text names, else the states."""
        found = self._known_in(0, min(length, len(self._text)))
        actors = self._lexicon.vocabulary.actors
        kinds = {p.mention.id: actors[i].kind for p in found if (i := p.mention.id or "") in actors}
        states = tuple(p for p in found if kinds.get(p.mention.id) == "State")
        bodies = tuple(p for p in found if kinds.get(p.mention.id) not in {"State", "Person"})
        return bodies if len(bodies) >= 2 else states

    def body_of(self, name: str) -> Party | None:
        """The body or state that a person of the vocabulary acts for, if the text names it."""
        actors = self._lexicon.vocabulary.actors
        person = actors.get(self._lexicon.actors.identify(name) or "")
        if person is None or person.kind != "Person":
            return None
        if self._everywhere is None:
            self._everywhere = {
                p.mention.id: p for p in self._known_in(0, len(self._text)) if p.mention.id
            }
        known = self._everywhere
        return next((known[code] for code in person.acts_for if code in known), None)

    def named_in(self, sentence: Sentence, word: Word) -> tuple[Party, ...]:
        """The actors named in what stands in apposition to a word: "We, the heads of A and B"."""
        verb = sentence.head(word)
        if verb is None or sentence.kid(word, "appos") is None:
            return ()
        span = extent(sentence.words[word.i + 1 : verb.i])
        if span is None:
            return ()
        found = self._known_in(*span)
        return found if len(found) > 1 else self._bracketed(*span)

    def _known_in(self, start: int, end: int) -> tuple[Party, ...]:
        """Every actor of the vocabulary that a stretch of the text names, each once."""
        found: dict[str, Party] = {}
        for match in self._lexicon.actors.find(self._text[start:end]):
            at, stop = start + match.start, start + match.end
            mention = Mention(self._text[at:stop], match.code, at, stop)
            found.setdefault(match.code, Party(mention, "named"))
        return tuple(found.values())

    def _bracketed(self, start: int, end: int) -> tuple[Party, ...]:
        """Names in brackets: "the Lake States (A, B and C)"."""
        bracket = re.search(r"\(([A-Z][^()]+)\)", self._text[start:end])
        if bracket is None:
            return ()
        names = re.finditer(r"(?!and\b)[A-Z][^,]*?(?=,|\s+and\s|$)", bracket.group(1))
        at = start + bracket.start(1)
        return tuple(
            Party(Mention(m.group(), None, at + m.start(), at + m.end()), "named") for m in names
        )

    def _represented(self, sentence: Sentence, head: Word) -> tuple[Party, ...]:
        """ "the ministers of A, B and C" speak for A, B and C, when all are known."""
        if head.tag != "NNS" or head.lemma not in PERSONS | {
            "head",
            "representative",
            "delegation",
        }:
            return ()
        inner = [w for w in self._named_words(sentence, head) if w.i > head.i]
        span = extent(inner)
        found = self._known_in(*span) if span is not None else ()
        if len(found) < 2:
            return ()
        bodies = next((w for w in inner if w.tag == "NNS" and w.lemma in _BODIES), None)
        body = self.party(sentence, bodies) if bodies is not None else None
        return (body,) if body is not None else found

    def _antecedent(self, sentence: Sentence, head: Word) -> Word:
        if head.low not in _RELATIVE:
            return head
        clause = next((w for w in sentence.above(head) if w.dep == "relcl"), None)
        above = sentence.head(clause) if clause else None
        return above if above is not None and above.i < head.i else head

    def party(self, sentence: Sentence, head: Word) -> Party | None:
        """The party of one noun; None for words that stand for nothing in the text."""
        head = _apposed_person(sentence, head)
        kind = self.kind(sentence, head)
        words = self._core(sentence, head)
        span = extent(words)
        if span is None:
            return None
        mention = Mention(self._text[span[0] : span[1]], None, span[0], span[1])
        plural = head.tag in {"NNS", "NNPS"} or head.low in {"they", "them", "their", "we", "us"}
        both = any(k.low in _BOTH for k in sentence.kids(head, "det", "predet", "preconj"))
        owner = sentence.kid(head, "poss")
        return Party(
            mention,
            kind,
            plural or both,
            self._is_person(head, mention.text),
            owner.low if owner is not None and owner.tag == "PRP$" else "",
            any(k.low in {"a", "an", "another"} for k in sentence.kids(head, "det")),
        )

    def _is_person(self, head: Word, name: str) -> bool:
        known = self._lexicon.actors.identify(name)
        actor = self._lexicon.vocabulary.actors.get(known or "")
        person = head.entity == "PERSON" or head.low in PERSONS or head.text in self._people
        if actor is not None:
            person = actor.kind == "Person"
        if person and head.tag.startswith("NNP"):
            self._people.update(w for w in name.split() if w[:1].isupper() and len(w) > 1)
        return person

    def kind(self, sentence: Sentence, head: Word) -> str:
        """What kind of expression a noun is: see `Party`."""
        if head.low in PLURAL_SELF or head.low == "i":
            return "self"
        if head.low in THIRD:
            return "pronoun"
        low = head.lemma if head.tag not in {"NNP", "NNPS"} else head.low
        phrase = extent(self._core(sentence, head))
        name = self._text[phrase[0] : phrase[1]] if phrase else head.text
        if self._lexicon.actors.identify(name) or self._lexicon.actors.identify(head.text):
            return "named"
        if low in INSTRUMENT or stem(low) in INSTRUMENT:
            return "instrument"
        if low in _EVENT_NOUN or stem(low) in _EVENT_NOUN:
            return "other"
        if head.tag in {"NNP", "NNPS"}:
            institutional = low in INSTITUTION or stem(low) in INSTITUTION
            institutional = institutional or head.text in self._people
            named = institutional or head.entity in _ACTIVE_ENTITY or head.text.isupper()
            return "named" if named else "other"
        if low in INSTITUTION or stem(low) in INSTITUTION:
            return "described"
        if head.low in {"all", "both", "each", "some", "others", "one", "those", "everyone"}:
            return "pronoun" if head.low == "both" else "described"
        if self._lexicon.actors.find(name) and head.tag in {"CD", "FW", "XX"}:
            return "named"
        return "other"

    def _named_words(self, sentence: Sentence, head: Word) -> list[Word]:
        """The noun and what belongs to it; names coordinated inside "of …" stay together."""
        dropped: set[int] = set()
        for word in sentence.subtree(head):
            own = word.head == head.i and word.dep in _CUT
            cut = own or word.dep in {"relcl", "acl", "appos", "advcl", "parataxis"}
            if cut and word.i != head.i:
                dropped.update(w.i for w in sentence.subtree(word))
        return [w for w in sentence.subtree(head) if w.i not in dropped]

    def _core(self, sentence: Sentence, head: Word) -> list[Word]:
        """The words of the name itself, without article and what is said about it."""
        words = contiguous(self._named_words(sentence, head), head)
        if head.entity == "PERSON" and head.tag.startswith("NNP"):
            own = contiguous([w for w in words if w.entity == "PERSON"], head)
            while len(own) > 2 and own[0].low.split("-")[-1] in PERSONS | {"general", "state"}:
                own = own[1:]
            return [w for w in own if w.tag != "POS"] or [head]
        keep = []
        for word in words:
            kept = _belongs(sentence, head, word) or _restricts(sentence, head, word)
            if word.i > head.i and word.tag in {"IN", "TO"} and not kept:
                break
            keep.append(word)
        while len(keep) > 1 and (keep[0].low in _DETERMINERS or keep[0].tag in {"RB", ",", "IN"}):
            keep = keep[1:]
        while len(keep) > 1 and keep[-1].tag in {"POS", ",", "IN", "-LRB-", ":", "CC"}:
            keep = keep[:-1]
        return keep or [head]


def _joined(sentence: Sentence, heads: list[Word]) -> list[Word]:
    """Without what a comma alone sets before the last noun: "From A to B, the C has …" is C."""
    if len(heads) < 2:
        return heads
    before, last = heads[-2], heads[-1]
    left = min(w.i for w in sentence.subtree(last, without=("conj",)))
    between = sentence.words[before.i + 1 : max(left, before.i + 1)]
    if any(w.low == "," for w in between) and not any(w.tag == "CC" for w in between):
        return [last]
    return heads


def _apposed_person(sentence: Sentence, head: Word) -> Word:
    """ "its Director General, Francis Gurry": the person named beside the office."""
    if head.low in PERSONS or head.low == "general":
        for name in sentence.kids(head, "appos"):
            if name.entity == "PERSON" or (name.tag == "NNP" and name.low not in INSTITUTION):
                return name
    return head


def _belongs(sentence: Sentence, head: Word, preposition: Word) -> bool:
    """Whether "of …" or "for …" is part of the name: "Ministry of Commerce", "heads of offices"."""
    if preposition.low == "of":
        return True
    above = sentence.head(preposition)
    return (
        preposition.low in {"for", "on", "to", "in"}
        and above is not None
        and (
            above.tag in {"NNP", "NNPS"}
            and _next_is_name(sentence, preposition)
            and preposition.low == "for"
        )
    )


def _restricts(sentence: Sentence, head: Word, preposition: Word) -> bool:
    """ "companies with fewer than fifty employees": what tells which of them acts."""
    return (
        head.dep in {"nsubj", "nsubjpass"}
        and head.tag == "NNS"
        and preposition.head == head.i
        and preposition.low in {"with", "in", "around", "among", "across", "outside", "within"}
    )


def _next_is_name(sentence: Sentence, word: Word) -> bool:
    following = [w for w in sentence.words[word.i + 1 : word.i + 3] if w.tag != "DT"]
    return bool(following) and following[0].tag in {"NNP", "NNPS"}
