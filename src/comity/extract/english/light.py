"""Verbs that add no course of action of their own: "work to", "make efforts to", "help to"."""

from __future__ import annotations

from comity.extract.english.grammar import EFFORT, LIGHT, LIGHT_WITH_EFFORT
from comity.extract.english.steps import (
    Step,
    action_nouns,
    gerunds,
    infinitives,
    is_action_noun,
    listed_gerunds,
)
from comity.extract.english.tree import Sentence, Word
from comity.extract.english.verbs import VerbGroup, idiom
from comity.lexicon import Lexicon


def _is_effort(sentence: Sentence, noun: Word) -> bool:
    """ "efforts", "a number of measures"."""
    if noun.lemma in EFFORT:
        return True
    return noun.lemma in {"number", "series", "range", "set", "package", "host", "variety"} and any(
        k.lemma in EFFORT for p in sentence.kids(noun, "prep") for k in sentence.kids(p, "pobj")
    )


def contents(sentence: Sentence, verb: Word) -> Step | None:
    """ "The memorandum provides for the exchange of X": what a text contains is the action."""
    if verb.lemma not in {
        "include",
        "cover",
        "involve",
        "provide",
        "envisage",
        "foresee",
        "entail",
    }:
        return None
    nouns = tuple(k for k in sentence.kids(verb, "dobj") if is_action_noun(sentence, k))
    nouns = nouns or action_nouns(sentence, verb, "for")
    doing = gerunds(sentence, verb, "for") or tuple(
        k for k in sentence.kids(verb, "xcomp") if k.tag == "VBG"
    )
    targets = nouns or doing
    return Step("light", targets, None, None, True) if targets else None


_AHEAD = frozenset({"press ahead", "push ahead", "go ahead", "move ahead", "proceed", "go on"})


def light(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
    """ "work to do", "make efforts to do", "focus on doing", "help X do"."""
    noun = sentence.kid(verb, "dobj")
    if verb.lemma in {"go", "keep", "carry"} and any(k.low == "on" for k in sentence.kids(verb)):
        on = tuple(k for k in sentence.kids(verb, "xcomp", "advcl") if k.tag == "VBG")
        on = on or gerunds(sentence, verb, "on")
        if on:
            return Step("light", on)
    if verbs.lemma in _AHEAD:
        ahead = (
            gerunds(sentence, verb, "with")
            or action_nouns(sentence, verb, "with")
            or tuple(k for k in sentence.kids(verb, "xcomp", "advcl") if k.tag == "VBG")
        )
        if ahead:
            return Step("light", ahead)
    if verb.lemma in {"help", "assist"} and noun is not None:
        aided = infinitives(sentence, noun, "acl", "relcl", "xcomp")
        if aided:
            return Step("light", aided)
    fixed = idiom(sentence, verb)
    if fixed is not None and fixed[0] in {"join hands", "join forces"}:
        joined = infinitives(sentence, fixed[1]) or infinitives(sentence, verb)
        return Step("light", joined) if joined else None
    if verb.lemma in LIGHT or verbs.lemma.replace(" ", "_") in LIGHT:
        targets = tuple(
            k for k in sentence.kids(verb, "xcomp", "ccomp") if k.is_verb and k.i > verb.i
        ) or infinitives(sentence, verb, "advcl")
        targets = targets or gerunds(sentence, verb, "on", "to", "toward", "towards", "in", "by")
        targets = targets or tuple(k for k in sentence.kids(verb, "advcl") if k.tag == "VBG")
        targets = targets or action_nouns(sentence, verb, "on", "to", "toward", "towards")
        if targets and (noun is None or verb.lemma in {"help", "assist"}):
            return Step("light", targets)
    if verb.lemma == "do" and noun is not None and noun.lemma in {"work", "more", "much"}:
        targets = infinitives(sentence, noun) or infinitives(sentence, verb, "advcl", "xcomp")
        return Step("light", targets) if targets else None
    if (
        verb.lemma in {"make", "see"}
        and (sure := sentence.kid(verb, "acomp", "ccomp", "oprd"))
        and sure.low == "sure"
    ):
        inner = tuple(
            k for k in (*sentence.kids(sure, "ccomp"), *sentence.kids(verb, "ccomp")) if k.is_verb
        )
        return Step("will", inner, None, None, True) if inner else None
    if noun is not None and _is_effort(sentence, noun) and verb.lemma in LIGHT_WITH_EFFORT:
        inside = infinitives(sentence, noun, "acl", "relcl", "xcomp") or gerunds(
            sentence, noun, "at", "to", "toward", "towards", "on", "in", "for"
        )
        inside = inside or infinitives(sentence, verb, "advcl", "xcomp", "ccomp")
        inside = (*listed_gerunds(sentence, verb), *inside)
        return Step("light", inside) if inside else None
    if verb.lemma in {"focus", "concentrate", "centre", "center"}:
        targets = gerunds(sentence, verb, "on")
        return Step("light", targets) if targets else None
    return None
