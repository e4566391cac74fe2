"""A step from one verb to those it introduces, and where these hang in the tree."""

from __future__ import annotations

from dataclasses import dataclass

from comity.extract.english.grammar import NOMINALIZATION
from comity.extract.english.tree import Sentence, Word
from comity.extract.english.verbs import has_to


@dataclass(frozen=True, slots=True)
class Step:
    """One step inwards.

    `kind` is ``speech``, ``appeal``, ``wish``, ``order``, ``allow``, ``bar``, ``will`` or
    ``light``; `refuses` tells that what is inside is refused;
    `targets` are the verbs or nouns of action inside; `addressee` is who is to act when that
    is the object; `other_actor` tells that the inner clause brings its own subject.
    """

    kind: str
    targets: tuple[Word, ...]
    modality: str | None = None
    addressee: Word | None = None
    other_actor: bool = False
    also_action: bool = False
    refuses: bool = False


def infinitives(sentence: Sentence, word: Word, *deps: str) -> tuple[Word, ...]:
    """Infinitives with "to" after a word, by the relations given or any that parsers use."""
    return tuple(
        k
        for k in sentence.kids(word, *(deps or ("xcomp", "ccomp", "advcl", "acl")))
        if k.is_verb and has_to(sentence, k) and k.i > word.i
    )


def gerunds(sentence: Sentence, word: Word, *prepositions: str) -> tuple[Word, ...]:
    """Gerunds after a preposition of the word: "committed to strengthening"."""
    found = []
    for prep in sentence.kids(word, "prep"):
        if not prepositions or prep.low in prepositions:
            found += [k for k in sentence.kids(prep, "pcomp") if k.is_verb]
            found += [k for k in sentence.kids(prep, "pobj") if k.tag == "VBG"]
    return tuple(found)


def action_nouns(sentence: Sentence, word: Word, *prepositions: str) -> tuple[Word, ...]:
    """Nouns of action after a preposition of the word: "agreed to the establishment of"."""
    return tuple(
        k
        for prep in sentence.kids(word, "prep")
        if prep.low in prepositions
        for k in sentence.kids(prep, "pobj")
        if is_action_noun(sentence, k)
    )


def is_action_noun(sentence: Sentence, noun: Word) -> bool:
    """Whether a noun stands for an action of its own: "the signing of"."""
    return noun.lemma in NOMINALIZATION and any(
        k.low == "of" or (k.low == "to" and noun.lemma == "accession")
        for k in sentence.kids(noun, "prep")
    )


def inside_noun(sentence: Sentence, noun: Word) -> tuple[Word, ...]:
    """The infinitive or gerund that says what a plan, commitment or effort is about."""
    return (
        infinitives(sentence, noun, "acl", "xcomp", "relcl", "advcl")
        or gerunds(sentence, noun, "to", "of", "for", "in", "on", "at", "towards", "toward")
        or action_nouns(sentence, noun, "to", "of", "for")
    )


def clauses(sentence: Sentence, verb: Word) -> tuple[Word, ...]:
    """The clauses that say what a verb reports."""
    return tuple(
        k
        for k in sentence.kids(verb, "ccomp", "parataxis")
        if not (k.is_verb and has_to(sentence, k) and sentence.kid(k, "nsubj") is None)
        and not (k.dep == "parataxis" and k.i > verb.i)
    )


def listed_gerunds(sentence: Sentence, verb: Word) -> tuple[Word, ...]:
    """The gerunds after "including" or "such as", wherever they hang below the verb."""
    found = []
    for word in sentence.subtree(verb, without=("conj",)):
        such = word.low == "as" and word.i and sentence.words[word.i - 1].low == "such"
        if (such or word.low == "including") and word.dep in {"prep", "prt", "advcl"}:
            kids = sentence.kids(word, "pcomp", "pobj")
            found += [k for k in kids if k.tag == "VBG"]
    return tuple(found)


def added_gerunds(sentence: Sentence, verb: Word) -> tuple[Word, ...]:
    """The gerunds of "in addition to improving", "as well as", "besides", "while"."""
    found: list[Word] = []
    for word in sentence.kids(verb, "prep", "advcl", "cc"):
        opening = word.low
        as_well = opening == "as" and any(k.low == "well" for k in sentence.kids(word))
        if opening in {"besides", "alongside"} or as_well:
            found += [k for k in sentence.kids(word, "pcomp") if k.tag == "VBG"]
        if opening == "in":
            for noun in sentence.kids(word, "pobj"):
                if noun.lemma == "addition":
                    found += gerunds(sentence, noun, "to")
        if word.dep == "advcl" and word.tag == "VBG" and word.i > verb.i:
            mark = sentence.kid(word, "mark")
            if mark is not None and mark.low in {"while", "whilst"}:
                found.append(word)
    return tuple(found)
