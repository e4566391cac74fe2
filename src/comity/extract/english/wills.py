"""Verbs and nouns of will: "plans to", "reaffirmed the commitment to", "welcomed the offer of"."""

from __future__ import annotations

from comity.extract.english.grammar import (
    ALLOWING,
    DIRECTIVE,
    EVENT_VERBS,
    NEED,
    NOUN_MODALITY,
    ORDERING,
)
from comity.extract.english.steps import (
    Step,
    action_nouns,
    gerunds,
    infinitives,
    inside_noun,
    is_action_noun,
)
from comity.extract.english.tree import Sentence, Word
from comity.extract.english.verbs import VerbGroup, has_to
from comity.lexicon import Lexicon

_ABSTAINING = frozenset({"refrain", "abstain", "desist"})
_REFUSING = frozenset({"refuse", "decline", "rule out"})
"""Verbs whose complement is refused, as "will not" does."""


def will(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
    """ "plans to do", "agreed to do", "refrains from doing", "rules out doing"."""
    if verb.lemma == "go" and verb.low == "going" and infinitives(sentence, verb):
        return Step("will", infinitives(sentence, verb), "commitment")
    if verb.lemma in _ABSTAINING:
        targets = gerunds(sentence, verb, "from")
        return Step("refrain", targets) if targets else None
    if verb.lemma == "decide" and (against := gerunds(sentence, verb, "against")):
        return Step("will", against, "commitment", refuses=True)
    if verbs.lemma in _REFUSING:
        targets = infinitives(sentence, verb) or tuple(
            k for k in sentence.kids(verb, "xcomp", "ccomp", "dobj", "pcomp") if k.tag == "VBG"
        )
        return Step("will", targets, "commitment", refuses=True) if targets else None
    if verb.lemma in ORDERING | ALLOWING | DIRECTIVE:
        return None
    modality = lexicon.modality(verb.lemma)
    if verb.lemma == "like" and verbs.would:
        modality = "intention"
    if verb.lemma in {"want", "wish", "decide", "choose", "resolve", "need"}:
        modality = {"need": "recommendation", "decide": "commitment", "resolve": "commitment"}.get(
            verb.lemma, "intention"
        )
    if modality is None:
        return None
    targets = (
        infinitives(sentence, verb, "xcomp", "advcl", "ccomp")
        or gerunds(sentence, verb, "to", "on", "at")
        or tuple(k for k in sentence.kids(verb, "xcomp") if k.tag == "VBG")
        or action_nouns(sentence, verb, "to", "on")
        or tuple(k for k in sentence.kids(verb, "dobj") if is_action_noun(sentence, k))
    )
    return Step("will", targets, modality) if targets else None


_VOICING = frozenset(
    """announce affirm confirm declare demonstrate express give have make maintain outline reaffirm
    reiterate renew repeat restate set share show signal state stress unveil voice emphasise
    emphasize underline underscore highlight recall see undertake take recognise
    recognize""".split()
)
"""Verbs that only voice a will or need named by their object."""


def noun_object(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
    """ "reaffirmed their commitment to strengthening X", "announced a plan to …"."""
    noun = sentence.kid(verb, "dobj")
    if noun is None or noun.lemma not in NOUN_MODALITY | dict.fromkeys(NEED, ""):
        return None
    if verb.lemma not in _VOICING:
        return None
    owned = _owned(sentence, verb, noun)
    if owned is not None:
        return owned
    inside = inside_noun(sentence, noun)
    if not inside and NOUN_MODALITY.get(noun.lemma) == "aspiration":
        hoped = tuple(
            k for k in sentence.kids(noun, "acl", "ccomp", "relcl") if sentence.kid(k, "nsubj")
        )
        return Step("wish", hoped, "aspiration", None, True) if hoped else None
    if not inside and verb.lemma in {"express", "reiterate", "have", "make", "reaffirm"}:
        inside = infinitives(sentence, verb, "advcl", "xcomp")
    if not inside:
        return None
    if noun.lemma in NEED:
        return Step("appeal", inside, "recommendation", None, True)
    return Step("will", inside, NOUN_MODALITY[noun.lemma])


def _owned(sentence: Sentence, verb: Word, noun: Word) -> Step | None:
    """ "the commitment of X to doing Y": X is to do it."""
    of = next((k for k in sentence.kids(noun, "prep") if k.low in {"of", "by"}), None)
    owner = sentence.kid(of, "pobj") if of is not None else None
    if owner is None or noun.lemma not in NOUN_MODALITY:
        return None
    holders = (noun, owner, verb)
    inside = tuple(k for h in holders for k in gerunds(sentence, h, "to")) or tuple(
        k for h in holders for k in infinitives(sentence, h) if k.i > owner.i
    )
    nouns = tuple(k for h in holders for k in action_nouns(sentence, h, "to"))
    if not inside and not nouns:
        return None
    return Step("wish", inside or nouns, NOUN_MODALITY[noun.lemma], owner)


def event(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
    """ "announced the signing of X", "welcomed the accession of Peru to Y"."""
    noun = sentence.kid(verb, "dobj")
    if noun is None or verb.lemma not in EVENT_VERBS:
        return None
    if noun.lemma in _DECIDED:
        return _decided(sentence, verb, noun)
    if not is_action_noun(sentence, noun):
        return None
    owner = sentence.kid(noun, "poss")
    others = verb.lemma not in {"announce", "complete", "confirm", "support", "endorse"}
    return Step("light", (noun,), None, owner, others and owner is None)


_DECIDED = frozenset(
    "decision offer intention commitment plan proposal pledge readiness willingness".split()
)


def _decided(sentence: Sentence, verb: Word, noun: Word) -> Step | None:
    """ "welcomed the decision of X to do Y", "X's offer to do Y": what X is to do."""
    inside = infinitives(sentence, noun, "acl", "relcl", "xcomp") or infinitives(
        sentence, verb, "advcl", "xcomp"
    )
    if not inside:
        return None
    owner = sentence.kid(noun, "poss")
    for preposition in sentence.kids(noun, "prep"):
        if preposition.low in {"of", "by", "from"} and owner is None:
            owner = sentence.kid(preposition, "pobj")
            below = sentence.kids(owner, "acl", "relcl") if owner is not None else []
            inside = inside or tuple(k for k in below if has_to(sentence, k))
    modality = "intention" if noun.lemma == "offer" else NOUN_MODALITY.get(noun.lemma, "intention")
    return Step("wish", inside, modality, owner, owner is None)
