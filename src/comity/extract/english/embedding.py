"""Verbs, nouns and adjectives that introduce a course of action rather than name one."""

from __future__ import annotations

from comity.extract.english.appeals import appeal, ensure, exhortation, order, speech, wish
from comity.extract.english.copulas import copula, passive
from comity.extract.english.light import contents, light
from comity.extract.english.steps import Step, infinitives
from comity.extract.english.tree import Sentence, Word
from comity.extract.english.verbs import VerbGroup
from comity.extract.english.wills import event, noun_object, will
from comity.lexicon import Lexicon


def step(
    sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon, *, by_text: bool = False
) -> Step | None:
    """What the verb introduces; None when it names a course of action itself.

    `by_text` tells that the subject is a text or programme, which orders but does not act.
    """
    lemma = verb.lemma
    if lemma == "be" or (
        lemma in {"remain", "stand", "become", "feel", "get"} and not verbs.passive
    ):
        return copula(sentence, verb)
    if lemma == "have" and infinitives(sentence, verb, "xcomp"):
        owed = infinitives(sentence, verb, "xcomp")
        return Step("order", owed, "permission" if verbs.negated else "obligation")
    if verbs.passive:
        return passive(sentence, verb, verbs)
    ordered = order(sentence, verb, verbs, by_text)
    if ordered is not None:
        return ordered
    if by_text:
        contained = contents(sentence, verb)
        if contained is not None:
            return contained
    for rule in (
        exhortation,
        ensure,
        appeal,
        speech,
        wish,
        will,
        light,
        noun_object,
        event,
    ):
        found = rule(sentence, verb, verbs, lexicon)
        if found is not None:
            return found
    return None
