"""Labels of concepts and actors → patterns that find them in words.

The patterns come from the vocabulary's labels alone, so that a scholar who adds an
``skos:altLabel`` in Turtle improves the extraction with no code. Matching ignores case,
plural, British or American spelling, and the difference between a hyphen and a space; the
longest match wins. This module knows no Turtle and no parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from comity.model import Actor, Vocabulary

_INTELLECTUAL = re.compile(
    r"intellectual property|\bIPRs?\b|\bIP\b|\bpatent|\btrade ?marks?\b|\bcopyright|"
    r"\bcounterfeit|\bpira(?:cy|ted)\b|geographical indication|trade secret|plant variet|"
    r"\bdesigns\b|traditional knowledge|genetic resources",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_IRREGULAR = {
    "indices": "index",
    "criteria": "criterion",
    "premises": "premise",
    "bases": "basis",
    "licence": "license",
    "defence": "defense",
    "programme": "program",
    "centre": "center",
    "judgement": "judgment",
    "countries": "country",
    "gis": "gi",
}
_ONE_WORD = (
    ("intellectual property right", "ip"),
    ("intellectual property", "ip"),
    ("industrial property right", "ip"),
    ("industrial property", "ip"),
    ("ip right", "ip"),
    ("ipr", "ip"),
    ("trade mark", "trademark"),
    ("geographical indication", "gi"),
    ("geographic indication", "gi"),
    ("patent prosecution highway", "pph"),
    ("least developed country", "ldc"),
    ("small and medium sized", "sme"),
    ("small and medium size", "sme"),
    ("small and medium", "sme"),
    ("small and mid sized", "sme"),
    ("micro small and medium sized", "sme"),
    ("micro small and medium", "sme"),
    ("non discriminatory", "nondiscriminatory"),
    ("co operation", "cooperation"),
    ("co ordination", "coordination"),
    ("e commerce", "ecommerce"),
    ("electronic commerce", "ecommerce"),
    ("bad faith", "badfaith"),
    ("well known", "wellknown"),
    ("anti counterfeiting", "anticounterfeiting"),
    ("work sharing", "worksharing"),
    ("policy maker", "policymaker"),
    ("data base", "database"),
    ("know how", "knowhow"),
    ("start up", "startup"),
    ("road map", "roadmap"),
    ("multi lateral", "multilateral"),
)
"""Spellings and short forms of one term: whichever a label uses, it finds the others too."""
_NOT_PLURAL = frozenset({"series", "species", "goods", "news", "means", "is", "has", "was", "as"})


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without case, plural ending and British spelling; no dictionary is used.

    >>> [stem(w) for w in ("Policies", "trademarks", "Harmonisation", "business", "programmes")]
    ['policy', 'trademark', 'harmonization', 'business', 'program']
    """
    low = word.casefold().replace("’", "'")
    if low.endswith("'s"):
        low = low[:-2]
    elif low.endswith("'"):
        low = low[:-1]
    low = _IRREGULAR.get(low, low)
    if len(low) > 3 and low not in _NOT_PLURAL:
        low = _singular(low)
    low = _IRREGULAR.get(low, low)
    low = re.sub(r"is(e|ed|ing|ation|er)$", r"iz\1", low) if len(low) > 6 else low
    return re.sub(r"(lab|fav|hon|harb|behavi|col)our", r"\1or", low)


def _singular(low: str) -> str:
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "xes", "ches", "shes")):
        return low[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return low[:-1]
    return low


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text with its place and stem."""

    text: str
    stem: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text, in order; punctuation is left out."""
    return [Token(m.group(), stem(m.group()), m.start(), m.end()) for m in WORD.finditer(text)]


_TERMS: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    first: tuple(
        (tuple(phrase.split()), term)
        for phrase, term in sorted(_ONE_WORD, key=lambda entry: -len(entry[0].split()))
        if phrase.split()[0] == first
    )
    for first in {phrase.split()[0] for phrase, _ in _ONE_WORD}
}


def joined(words: list[Token]) -> list[Token]:
    """The words without articles, spellings and short forms of one term made one token.

    >>> [t.stem for t in joined(tokens("the Intellectual Property Rights in trade marks"))]
    ['ip', 'in', 'trademark']
    """
    words = [word for word in words if word.stem not in _ARTICLES]
    found: list[Token] = []
    at = 0
    while at < len(words):
        word, length = words[at], 1
        for parts, term in _TERMS.get(word.stem, ()):
            if tuple(w.stem for w in words[at : at + len(parts)]) == parts:
                length = len(parts)
                word = Token(word.text, term, word.start, words[at + length - 1].end)
                break
        found.append(word)
        at += length
    return found


_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: the code it stands for, where (code points) and over how many words."""

    code: str
    start: int
    end: int
    words: int


@dataclass(slots=True)
class _Node:
    codes: tuple[str, ...] = ()
    next: dict[str, _Node] = field(default_factory=dict)


class Phrases:
    """A set of phrases, each standing for one or more codes, found by longest match.

    Args:
        entries: The phrases with their codes.
        terms: Whether the spellings and short forms of one term ("intellectual property",
            "IPR") are to be one word, in the phrases as in the text.
    """

    def __init__(self, entries: Iterable[tuple[str, str]], *, terms: bool = False) -> None:
        self._root = _Node()
        self._terms = terms
        for phrase, code in sorted(set(entries)):
            node = self._root
            for token in self._cut(phrase):
                node = node.next.setdefault(token.stem, _Node())
            if node is not self._root and code not in node.codes:
                node.codes = (*node.codes, code)

    def find(self, text: str) -> list[Match]:
        """The longest matches in `text`, left to right, none overlapping another."""
        return self.find_in(self._cut(text))

    def find_in(self, words: list[Token]) -> list[Match]:
        """As `find`, over words that were cut already."""
        found: list[Match] = []
        at = 0
        while at < len(words):
            length, codes = self._longest(words, at)
            found.extend(
                Match(code, words[at].start, words[at + length - 1].end, length) for code in codes
            )
            at += max(length, 1)
        return found

    def codes(self, phrase: str) -> tuple[str, ...]:
        """The codes of exactly this phrase, none when it is not in the set."""
        node: _Node | None = self._root
        for token in self._cut(phrase):
            node = node.next.get(token.stem) if node else None
        return node.codes if node else ()

    def _cut(self, text: str) -> list[Token]:
        return joined(tokens(text)) if self._terms else tokens(text)

    def _longest(self, words: list[Token], at: int) -> tuple[int, tuple[str, ...]]:
        node = self._root
        best: tuple[int, tuple[str, ...]] = (0, ())
        for place in range(at, len(words)):
            following = node.next.get(words[place].stem)
            if following is None:
                break
            node = following
            if node.codes:
                best = (place - at + 1, node.codes)
        return best


class ActorNames:
    """Names of actors. Names in capitals or of three letters and fewer match case and all.

    A name that several actors bear stands for none of them: it is never forced.
    """

    def __init__(self, actors: Mapping[str, Actor]) -> None:
        entries = list(_english(actors, "pref", "alt", "hidden"))
        exact = [(text, code) for text, code in entries if _is_exact(text)]
        self._folded = Phrases((text, code) for text, code in entries if not _is_exact(text))
        self._exact: dict[str, set[str]] = {}
        for text, code in exact:
            self._exact.setdefault(text.replace(".", ""), set()).add(code)
        self._demonyms = Phrases(_english(actors, "noun"))
        self._capitals = Phrases(_english(actors, "trigger"))

    def identify(self, name: str) -> str | None:
        """The id of the one actor of this name; None when there is none, or several."""
        bare = re.sub(r"^(?:[Tt]he|[Ii]ts|[Oo]ur)\s+", "", name.strip()).removesuffix("'s")
        bare = bare.removesuffix("’s").strip()
        codes = self._exact.get(bare.replace(".", ""), set())
        codes = codes or set(self._folded.codes(bare) if bare[:1].isupper() else ())
        return min(codes) if len(codes) == 1 else None

    def all_named(self, name: str) -> frozenset[str]:
        """The ids of every actor of this name, when several bear it."""
        return frozenset(self._folded.codes(name)) | self._exact.get(name.replace(".", ""), set())

    def find(self, text: str) -> list[Match]:
        """Every actor named in `text`, longest names first to win, in order of place."""
        words = tokens(text)
        found = [m for m in self._folded.find_in(words) if text[m.start].isupper()]
        taken = {at for m in found for at in range(m.start, m.end)}
        for start, word in _short_names(text):
            codes = self._exact.get(word.replace(".", ""), set())
            if len(codes) == 1 and start not in taken:
                found.append(Match(min(codes), start, start + len(word), 1))
            elif not codes and "-" in word:
                for part in re.finditer(r"[^-]+", word):
                    codes = self._exact.get(part.group().replace(".", ""), set())
                    if len(codes) == 1 and part.group().isupper() and start not in taken:
                        at = start + part.start()
                        found.append(Match(min(codes), at, at + len(part.group()), 1))
        return sorted(_unambiguous(found), key=lambda m: (m.start, -m.end))

    def state_of_adjective(self, word: str) -> str | None:
        """The state whose adjective this is: "Chinese" → CHN; None when unknown or shared."""
        codes = self._demonyms.codes(word) if word[:1].isupper() else ()
        return codes[0] if len(codes) == 1 else None

    def state_of_capital(self, word: str) -> str | None:
        """The state whose capital this is, for a capital that stands for its government."""
        codes = self._capitals.codes(word) if word[:1].isupper() else ()
        return codes[0] if len(codes) == 1 else None


def _short_names(text: str) -> Iterator[tuple[int, str]]:
    """The words of a text that may be short names ("U.S.", "EU"), with their places."""
    for match in re.finditer(r"(?<![\w.])(?:[A-Z]\.){2,}|\b[\w][\w\-.]*\w\b|\b\w\b", text):
        yield match.start(), match.group()


def _english(actors: Mapping[str, Actor], *roles: str) -> Iterator[tuple[str, str]]:
    """The English labels of these roles, with the id of the actor that each stands for now."""
    for actor in actors.values():
        if actor.current:
            for label in actor.labels:
                if label.role in roles and label.language == "en":
                    yield label.text, actor.current


def _is_exact(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return len(letters) <= 3 or all(c.isupper() for c in letters)


def _unambiguous(found: list[Match]) -> list[Match]:
    places: dict[tuple[int, int], set[str]] = {}
    for match in found:
        places.setdefault((match.start, match.end), set()).add(match.code)
    return [m for m in dict.fromkeys(found) if len(places[m.start, m.end]) == 1]


class Lexicon:
    """Everything that extraction and linking look words up in, built from a Vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.actors = ActorNames(vocabulary.actors)
        self.areas = self._phrases("area", {"pref", "alt", "hidden", "trigger"})
        self.areas_in_context = self._phrases(
            "area", {"pref", "alt", "hidden", "trigger", "context"}
        )
        self.measure_phrases = self._phrases("measure-type", {"trigger"})
        self.measure_nouns = self._phrases("measure-type", {"noun"})
        self.measure_verbs = self._phrases("measure-type", {"verb"})
        self.direction_verbs = self._phrases("direction", {"verb"})
        self.modality_verbs = self._phrases("modality", {"verb"})

    def _phrases(self, scheme: str, roles: set[str]) -> Phrases:
        entries = (
            (label.text, concept.current)
            for concept in self.vocabulary.scheme(scheme).values()
            for label in concept.labels
            if label.language == "en" and label.role in roles and concept.current
        )
        return Phrases(entries, terms=True)

    def is_about_ip(self, text: str) -> bool:
        """Whether a text is about intellectual property: its words then need no "IP" beside."""
        return bool(_INTELLECTUAL.search(text))

    def is_action(self, verb: str) -> bool:
        """Whether a verb lemma names a course of action: it has a direction or measure type."""
        return bool(self.direction_verbs.codes(verb) or self.measure_verbs.codes(verb))

    def modality(self, verb: str) -> str | None:
        """The modality that a verb of speech or will gives its complement, if any."""
        codes = self.modality_verbs.codes(verb)
        return codes[0] if codes else None
