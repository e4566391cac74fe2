"""English: a Document → Statements, by rules over spaCy's dependency parse.

The route, top to bottom: `layout` cuts the text into units, `parser` parses them, `repair`
mends the trees, `clauses` reads each sentence, `lists` lets items share their lead-in,
`discourse` settles pronouns and speakers, `statements` writes what was found as records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from comity.extract.english.clauses import ClauseReader
from comity.extract.english.discourse import Discourse
from comity.extract.english.findings import Context, Finding, Party
from comity.extract.english.grammar import DEEDS, GRAMMAR_VERBS
from comity.extract.english.layout import Unit, units
from comity.extract.english.lists import Lead, announces_list, apply_lead, nominal_items, read_lead
from comity.extract.english.parser import DEFAULT_MODEL, model_identity, parse
from comity.extract.english.parties import PartyFinder
from comity.extract.english.repair import repair
from comity.extract.english.statements import to_statements
from comity.extract.english.tree import Sentence, Word
from comity.extract.options import Options
from comity.lexicon import Lexicon
from comity.model import Document, Mention, Statement

VERSION = "1"
_WORD = re.compile(r"[^\W\d_]+")
_COMMONEST = frozenset("the of and to in a for on is that with by as will shall".split())
_OPENING = 700
"""How many characters of a text are looked at for the two that it is about."""
_FOUNDING = frozenset({"set", "establish", "create", "found", "form", "launch", "appoint"})
"""Verbs whose object is a body that later sentences may speak of."""


class EnglishExtractor:
    """The extractor for English texts.

    Args:
        lexicon: The vocabulary's words; they decide which verbs name a course of action.
        model: Name of an installed spaCy pipeline with tagger, parser and lemmatizer.
    """

    def __init__(self, lexicon: Lexicon, model: str = DEFAULT_MODEL) -> None:
        self.lexicon = lexicon
        self.model = model
        self.is_verb = lru_cache(maxsize=4096)(self._is_verb)

    @property
    def name(self) -> str:
        """``english/<version>``; another model than the default is named after a plus sign."""
        return f"english/{VERSION}" + ("" if self.model == DEFAULT_MODEL else f"+{self.model}")

    def model_identity(self) -> Mapping[str, str]:
        """Name, version and SHA-256 of the spaCy pipeline."""
        return model_identity(self.model)

    def extract_all(self, documents: Iterable[Document]) -> Iterator[list[Statement]]:
        """One list of statements a document."""
        for document in documents:
            yield self.extract(document)

    def extract(self, document: Document) -> list[Statement]:
        """The statements of one document, in text order; none when it is not in English.

        Raises:
            ModelError: When the pipeline is not installed.
        """
        if not is_english(document):
            return []
        found = units(document.text, document.title, self.is_verb)
        parsed = [
            [repair(s, self.is_verb) for s in sentences] for sentences in parse(found, self.model)
        ]
        finder = PartyFinder(document.text, self.lexicon)
        findings = self._read(document, found, parsed, finder)
        return to_statements(document, findings, self.name, self.lexicon)

    def _is_verb(self, word: str) -> bool:
        """Whether a word is a form of a verb that names a course of action."""
        if word in DEEDS or word in GRAMMAR_VERBS:
            return True
        if self.lexicon.is_action(word) or self.lexicon.modality(word):
            return True
        if word.endswith("ing") and len(word) > 5:
            base = word[:-3]
            doubled = base[:-1] if base[-1:] == base[-2:-1] else base
            return any(
                self.lexicon.is_action(b) or b in GRAMMAR_VERBS | DEEDS
                for b in (base, base + "e", doubled)
            )
        return False

    def _read(
        self,
        document: Document,
        found: list[Unit],
        parsed: list[list[Sentence]],
        finder: PartyFinder,
    ) -> list[Finding]:
        discourse = Discourse(document.text, document.type, finder.body_of)
        if document.type in {"speech", "interview"}:
            discourse.opened(self._title_person(found, parsed, finder))
        discourse.coupled(finder.opening(_OPENING))
        leads: dict[int, Lead] = {}
        findings: list[Finding] = []
        for number, (unit, sentences) in enumerate(zip(found, parsed, strict=True)):
            context = discourse.enter(unit.paragraph)
            if unit.kind == "lead":
                leads[number] = read_lead(sentences, context, self.lexicon, finder)
            lead = leads.get(unit.lead) if unit.lead is not None else None
            for sentence in sentences:
                findings += self._sentence(document, unit, sentence, discourse, finder, lead)
        return findings

    def _sentence(
        self,
        document: Document,
        unit: Unit,
        sentence: Sentence,
        discourse: Discourse,
        finder: PartyFinder,
        lead: Lead | None,
    ) -> list[Finding]:
        context: Context = discourse.enter(unit.paragraph)
        if unit.source is not None:
            start, end = unit.source
            mention = Mention(document.text[start:end], None, start, end)
            context = replace(context, speaker=discourse.labelled(mention))
        elif unit.kind == "answer":
            context = discourse.answering()
        reader = ClauseReader(
            sentence,
            document.text,
            self.lexicon,
            finder,
            led=unit.virtual_subject or (unit.kind == "item" and lead is not None),
        )
        if unit.kind == "item" and lead is not None and not unit.virtual_subject:
            nominal_items(reader, sentence, lead, context)
        findings = reader.read(context)
        if unit.virtual_subject or unit.kind == "item":
            apply_lead(findings, lead)
        if unit.kind == "lead":
            findings = [f for f in findings if f.object_words and not announces_list(f)]
        self._assign(document, unit, findings)
        subjects = self._subjects(sentence, finder)
        for finding in findings:
            before = [group for word, group in subjects if word.i < finding.verb.i]
            discourse.near(before)
            discourse.settle(finding)
        discourse.near([])
        ours = next((f.context.speaker for f in findings if _is_self(f.context.speaker)), None)
        if ours is not None and reader.speaker is None:
            discourse.heard(ours)
        if unit.kind != "answer":
            discourse.heard(reader.speaker)
        self._remember(sentence, discourse, finder)
        return findings

    @staticmethod
    def _assign(document: Document, unit: Unit, findings: list[Finding]) -> None:
        """Give the measures of a plan whoever is named behind them, and the time."""
        for finding in findings:
            if unit.due is not None:
                finding.due = document.text[slice(*unit.due)]
            if unit.responsible is not None and not finding.context.parties:
                start, end = unit.responsible
                mention = Mention(document.text[start:end].strip(), None, start, end)
                finding.context = replace(finding.context, parties=(Party(mention, "named"),))

    @staticmethod
    def _subjects(sentence: Sentence, finder: PartyFinder) -> list[tuple[Word, tuple[Party, ...]]]:
        """The subjects of a sentence with the parties they name, in text order."""
        return [
            (word, finder.actors(sentence, word))
            for word in sentence.words
            if word.dep in {"nsubj", "nsubjpass"} and word.start >= 0
        ]

    @staticmethod
    def _title_person(
        found: list[Unit], parsed: list[list[Sentence]], finder: PartyFinder
    ) -> Party | None:
        """The person whom the title of a speech or interview names."""
        people = [
            party
            for unit, sentences in zip(found, parsed, strict=True)
            if unit.kind == "title"
            for sentence in sentences
            for word in sentence.words
            if word.entity == "PERSON" and (party := finder.party(sentence, word)) is not None
        ]
        return max((p for p in people if p.person), key=lambda p: len(p.mention.text), default=None)

    @staticmethod
    def _remember(sentence: Sentence, discourse: Discourse, finder: PartyFinder) -> None:
        """Subjects, pairs and the bodies behind "we", for the sentences that follow."""
        for word in sentence.words:
            if word.dep in {"nsubj", "nsubjpass"} and word.start >= 0:
                parties = finder.actors(sentence, word)
                discourse.named(parties)
                discourse.paired(parties)
            elif word.dep == "dobj" and sentence.words[word.head].lemma in _FOUNDING:
                discourse.named(finder.actors(sentence, word))
            elif word.dep == "pobj" and sentence.words[word.head].low == "between":
                discourse.paired(finder.actors(sentence, word))
            if word.low == "we":
                discourse.introduced(finder.named_in(sentence, word))


def make(lexicon: Lexicon, options: Options) -> EnglishExtractor:
    """The plug-in ``english``.

    Args:
        lexicon: The vocabulary's words.
        options: ``model``, the name of an installed spaCy pipeline.
    """
    options.only("model")
    return EnglishExtractor(lexicon, options.get("model") or DEFAULT_MODEL)


def is_english(document: Document) -> bool:
    """Whether a document is in English: by its language, else by its commonest words.

    Args:
        document: The document; without a language, one word in twenty must be an article, "of",
            "and" or the like when there are forty words or more.
    """
    if document.language:
        return document.language.lower().split("-")[0] == "en"
    words = _WORD.findall(document.text[:20_000].lower())
    return len(words) < 40 or sum(w in _COMMONEST for w in words) * 20 >= len(words)


def _is_self(speaker: Party | None) -> bool:
    """Whether the words are those of a "we" that nobody named."""
    return speaker is not None and speaker.kind == "self"
