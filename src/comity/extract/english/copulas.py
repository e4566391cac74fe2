"""Copulas and passives that introduce a verb: "is to do", "is asked to do"."""

from __future__ import annotations

from comity.extract.english.grammar import (
    ADJECTIVE_MODALITY,
    AIM_NOUN,
    ALLOWING,
    BARRING,
    DIRECTIVE,
    EFFORT,
    EVENT_VERBS,
    NOUN_MODALITY,
    ORDERING,
    SPEECH,
)
from comity.extract.english.steps import (
    Step,
    action_nouns,
    clauses,
    gerunds,
    infinitives,
    is_action_noun,
)
from comity.extract.english.tree import Sentence, Word
from comity.extract.english.verbs import VerbGroup


def copula(sentence: Sentence, verb: Word) -> Step | None:
    """ "is to do", "is committed to doing", "our aim is to do"."""
    adjective = sentence.kid(verb, "acomp", "oprd")
    if adjective is not None and adjective.low in ADJECTIVE_MODALITY:
        targets = (
            infinitives(sentence, adjective, "xcomp", "acl", "ccomp", "advcl")
            or gerunds(sentence, adjective, "to", "in", "on", "at")
            or action_nouns(sentence, adjective, "to")
            or infinitives(sentence, verb, "xcomp", "advcl", "ccomp")
        )
        return Step("will", targets, ADJECTIVE_MODALITY[adjective.low]) if targets else None
    cleft = _cleft(sentence, verb)
    if cleft is not None:
        return cleft
    attribute = sentence.kid(verb, "attr")
    subject = sentence.kid(verb, "nsubj")
    inner = infinitives(sentence, verb, "xcomp", "ccomp", "advcl")
    aimed = subject is not None and subject.lemma in AIM_NOUN
    if subject is not None and aimed and inner and not _is_passive(sentence, inner[0]):
        owner = sentence.kid(subject, "poss")
        return Step("will", inner, NOUN_MODALITY[subject.lemma], owner, owner is None)
    if inner and attribute is None and adjective is None and subject is not None:
        return Step("will", inner, "obligation") if verb.lemma == "be" else None
    return None


def _cleft(sentence: Sentence, verb: Word) -> Step | None:
    """ "What I would like to do is introduce a discount": the second verb is the action."""
    subject = sentence.kid(verb, "csubj")
    target = next((k for k in sentence.kids(verb, "xcomp", "ccomp", "attr") if k.tag == "VB"), None)
    if subject is None or target is None:
        return None
    if not any(w.low == "what" for w in sentence.subtree(subject)):
        return None
    who = sentence.kid(subject, "nsubj")
    would = any(k.low in {"would", "'d"} for k in sentence.kids(subject, "aux"))
    will = any(k.low in {"will", "'ll"} for k in sentence.kids(subject, "aux"))
    modality = "intention" if would or not will else "commitment"
    return Step("will", (target,), modality, who, who is None)


def _is_passive(sentence: Sentence, verb: Word) -> bool:
    return sentence.kid(verb, "auxpass") is not None


def passive(sentence: Sentence, verb: Word, verbs: VerbGroup) -> Step | None:
    """ "is asked to do", "is prevented from doing", "was agreed to do"."""
    subject = sentence.kid(verb, "nsubjpass")
    inner = infinitives(sentence, verb, "xcomp", "ccomp", "advcl")
    doing = gerunds(sentence, verb, "to", "in", "on", "at")
    if verb.lemma in BARRING:
        targets = gerunds(sentence, verb, "from")
        if targets:
            return Step("bar", targets, "permission" if verbs.negated else "prohibition", subject)
    charged = gerunds(sentence, verb, "with") if verb.lemma in {"task", "charge", "entrust"} else ()
    if charged:
        return Step("order", charged, "obligation", subject)
    if inner and verb.lemma in ORDERING:
        return Step("order", inner, "permission" if verbs.negated else "obligation", subject)
    if inner and verb.lemma in DIRECTIVE:
        return Step("appeal", inner, "recommendation", subject)
    if inner and verb.lemma in ALLOWING:
        return Step("allow", inner, "permission", subject)
    if inner and verb.lemma in {"expect", "suppose"}:
        return Step("wish", inner, "aspiration", subject)
    if verb.low in ADJECTIVE_MODALITY and (inner or doing):
        return Step("will", inner or doing, ADJECTIVE_MODALITY[verb.low], subject)
    told = verb.lemma in EVENT_VERBS - {"complete", "support", "endorse"}
    if subject is not None and told and is_action_noun(sentence, subject):
        return Step("light", (subject,), None, None, True)
    if inner and verb.lemma in {"agree", "decide", "resolve"}:
        return Step("will", inner, "commitment", None, True)
    clause = clauses(sentence, verb)
    if clause and verb.lemma in SPEECH | {"agree", "decide", "expect", "hope"}:
        return Step("speech", clause, None)
    if subject is not None and subject.lemma in EFFORT and inner:
        return Step("light", inner)
    return None
