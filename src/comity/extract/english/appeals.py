"""Verbs that say, ask, order, allow or hope what somebody else is to do."""

from __future__ import annotations

from comity.extract.english.grammar import (
    ALLOWING,
    BARRING,
    DIRECTIVE,
    INSTITUTION,
    NEED,
    ORDERING,
    SPEECH,
    WISHING,
)
from comity.extract.english.steps import (
    Step,
    action_nouns,
    clauses,
    gerunds,
    infinitives,
    inside_noun,
)
from comity.extract.english.tree import Sentence, Word
from comity.extract.english.verbs import VerbGroup, has_to
from comity.lexicon import Lexicon, stem

_INSTRUCTING = frozenset({"instruct", "direct", "task", "mandate"})
"""Orders that a body gives another: what it is to do is the action, whoever orders it."""


def appeal(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
    """ "urged X to do", "called for doing": what is asked of somebody."""
    if verb.lemma not in DIRECTIVE:
        return None
    if verb.lemma == "call" and not any(
        k.low in {"on", "upon", "for"} for k in sentence.kids(verb, "prep", "prt", "advmod")
    ):
        return None
    addressee = sentence.kid(verb, "dobj") or _called_on(sentence, verb)
    targets = infinitives(sentence, verb, "xcomp", "ccomp", "advcl", "conj")
    if addressee is not None and not targets:
        targets = infinitives(sentence, addressee, "acl", "relcl", "xcomp")
        below = [w for w in sentence.subtree(addressee) if w.is_verb and has_to(sentence, w)]
        targets = targets or tuple(below[-1:])
    if targets:
        inner_subject = sentence.kid(targets[0], "nsubj")
        return Step("appeal", targets, "recommendation", inner_subject or addressee, True)
    doing = tuple(k for k in sentence.kids(verb, "xcomp", "ccomp", "dobj") if k.tag == "VBG")
    doing = doing or gerunds(sentence, verb, "for")
    clause = tuple(k for k in clauses(sentence, verb) if k.is_verb)
    nouns = action_nouns(sentence, verb, "for")
    targets = doing or clause or nouns
    return Step("appeal", targets, "recommendation", None, True) if targets else None


def _called_on(sentence: Sentence, verb: Word) -> Word | None:
    for prep in sentence.kids(verb, "prep", "prt"):
        if prep.low in {"on", "upon", "for"}:
            found = sentence.kid(prep, "pobj")
            if found is not None:
                return found
    return None


def order(sentence: Sentence, verb: Word, verbs: VerbGroup, by_text: bool) -> Step | None:
    """ "requires X to do", "allows X to do", "prevents X from doing": what is laid on somebody."""
    kinds = {"order": (ORDERING, "obligation"), "allow": (ALLOWING, "permission")}
    for kind, (verbs_of, modality) in kinds.items():
        if verb.lemma in verbs_of and (by_text or verb.lemma in _INSTRUCTING):
            targets = infinitives(sentence, verb, "xcomp", "ccomp", "advcl")
            if verb.lemma == "let":
                targets = tuple(k for k in sentence.kids(verb, "ccomp", "xcomp") if k.is_verb)
            if not targets:
                return None
            addressee = sentence.kid(targets[0], "nsubj") or sentence.kid(verb, "dobj")
            return Step(kind, targets, modality, addressee, addressee is None)
    if verb.lemma in {"task", "charge", "entrust"}:
        charged = gerunds(sentence, verb, "with") or action_nouns(sentence, verb, "with")
        whom = sentence.kid(verb, "dobj")
        return Step("order", charged, "obligation", whom, whom is None) if charged else None
    if verb.lemma in BARRING and gerunds(sentence, verb, "from"):
        modality = "permission" if verbs.negated else "prohibition"
        return Step("bar", gerunds(sentence, verb, "from"), modality, sentence.kid(verb, "dobj"))
    return None


def speech(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
    """ "said that X will do", "stressed the need to do": what somebody says."""
    modality = lexicon.modality(verb.lemma)
    saying = verb.lemma in SPEECH or verbs.lemma.replace(" ", "_") in SPEECH
    if not saying and modality not in {"commitment", "intention"}:
        return None
    noun = sentence.kid(verb, "dobj")
    if noun is not None and noun.lemma in NEED:
        inside = inside_noun(sentence, noun)
        if inside:
            return Step("appeal", inside, "recommendation", None, True)
    said = tuple(k for k in clauses(sentence, verb) if k.is_verb)
    return Step("speech", said, modality) if said else None


def exhortation(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
    """ "Let us join hands": an appeal to those who speak and those who listen."""
    if verb.lemma != "let" or sentence.kid(verb, "nsubj") is not None:
        return None
    for inner in sentence.kids(verb, "ccomp", "xcomp"):
        subject = sentence.kid(inner, "nsubj") or sentence.kid(verb, "dobj")
        if subject is not None and subject.low == "us":
            return Step("appeal", (inner,), "recommendation", subject)
    return None


def wish(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
    """ "hopes to do", "looks forward to doing", "expects X to do": what is hoped for."""
    looks = verb.lemma == "look" and any(k.low == "forward" for k in sentence.kids(verb))
    if verb.lemma not in WISHING and not looks:
        return None
    inner = infinitives(sentence, verb, "xcomp", "ccomp", "advcl")
    if inner:
        subject = sentence.kid(inner[0], "nsubj") or sentence.kid(verb, "dobj")
        return Step("wish", inner, "aspiration", subject)
    said = tuple(k for k in clauses(sentence, verb) if k.is_verb)
    if said:
        return Step("wish", said, "aspiration", None, True)
    targets = gerunds(sentence, verb, "to") or action_nouns(sentence, verb, "to", "for")
    return Step("wish", targets, "aspiration") if targets else None


def ensure(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
    """ "ensure that X may Y", "see to it that", "make it clear that": what X is to do."""
    clear = sentence.kid(verb, "acomp", "ccomp", "oprd", "xcomp")
    opens = verb.lemma == "make" and clear is not None and clear.low == "clear"
    if opens:
        inner = tuple(
            k
            for holder in (verb, clear)
            if holder is not None
            for k in sentence.kids(holder, "ccomp")
            if k.is_verb
        )
        return Step("speech", inner, None) if inner else None
    sees = verb.lemma == "see" and any(k.low == "to" for k in sentence.kids(verb, "prep"))
    if verb.lemma not in {"ensure", "guarantee", "assure"} and not sees:
        return None
    inner = tuple(
        k
        for k in sentence.kids(verb, "ccomp")
        if k.is_verb
        and sentence.kid(k, "auxpass") is None
        and (subject := sentence.kid(k, "nsubj")) is not None
        and (subject.tag in {"NNP", "NNPS", "PRP"} or stem(subject.lemma) in INSTITUTION)
    )
    return Step("ensure", inner, None, None, True) if inner else None
