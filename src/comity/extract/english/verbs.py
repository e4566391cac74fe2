"""What the words around one verb say: lemma with particle, voice, modal, negation, aspect."""

from __future__ import annotations

from dataclasses import dataclass

from comity.extract.english.grammar import IDIOM, JOINED, MODAL, NEGATION, PARTICLE_VERBS
from comity.extract.english.tree import Sentence, Word, contiguous

_PARTICLES = frozenset(
    {"up", "down", "out", "off", "away", "over", "back", "forward", "ahead", "in", "on"}
)
_FAR = frozenset({"forward", "aside", "over", "down", "back", "ahead"})
"""Particles that are told from adverbs by the verb before them."""


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its particle and auxiliaries.

    `modal` is the modality its own auxiliaries give (None: none); `negated` whether it, its
    auxiliaries or a negative subject negate it.
    """

    lemma: str
    words: tuple[Word, ...]
    modal: str | None
    negated: bool
    passive: bool
    finite: bool
    would: bool = False


def lemma_of(sentence: Sentence, verb: Word) -> str:
    """The lemma with its particle: "step up", "crack down", "carry out"."""
    particle = _particle(sentence, verb)
    base = verb.lemma if verb.lemma not in {"'s"} else "be"
    hyphened = sentence.words[verb.i + 1 : verb.i + 3]
    if base in {"co", "re", "pre"} and len(hyphened) == 2 and hyphened[0].low == "-":
        base = f"{base}-{hyphened[1].lemma}"
    return f"{base} {particle.low}" if particle is not None else base


def _particle(sentence: Sentence, verb: Word) -> Word | None:
    found = sentence.kid(verb, "prt")
    if found is not None and found.i - verb.i <= 6:
        return found
    joined = next((k for k in sentence.kids(verb, "advmod", "prt") if k.low == "together"), None)
    if joined is not None and verb.lemma in {"put", "bring"}:
        return joined
    for word in sentence.kids(verb, "advmod", "prep", "advcl"):
        if (
            word.low in _FAR | {"up", "off", "out"}
            and word.i - verb.i in range(1, 7 if word.low in {"up", "down", "off", "out"} else 4)
            and verb.lemma in PARTICLE_VERBS
            and not (sentence.kids(word, "pobj"))
        ):
            return word
    following = sentence.words[verb.i + 1 : verb.i + 2]
    if following and (verb.lemma, following[0].low) in JOINED and following[0].head == verb.i:
        return following[0]
    if (
        following
        and verb.lemma in PARTICLE_VERBS
        and following[0].low in _FAR | {"up", "out", "off"}
        and (following[0].head == verb.i)
    ):
        return following[0]
    return None


def group(sentence: Sentence, verb: Word) -> VerbGroup:
    """Read the auxiliaries of a verb."""
    aux = sentence.kids(verb, "aux", "auxpass")
    modal = None
    for word in aux:
        if word.low in MODAL:
            modal = MODAL[word.low]
    would = any(w.low in {"would", "'d"} for w in aux)
    if _has_to(sentence, verb) and any(w.lemma == "be" and w.dep == "aux" for w in aux):
        modal = modal or "obligation"
    negated = _is_negated(sentence, verb)
    subject = sentence.kid(verb, "nsubj", "nsubjpass")
    if subject is not None and any(
        k.low in {"no", "neither"} for k in sentence.kids(subject, "det", "cc", "preconj")
    ):
        negated = not negated
    if subject is not None and subject.low in {"nothing", "none", "nobody"}:
        negated = not negated
    passive = verb.tag == "VBN" and (
        any(w.dep == "auxpass" for w in aux)
        or sentence.kid(verb, "nsubjpass", "agent") is not None
        or (
            verb.dep in {"acl", "relcl"}
            and sentence.kid(verb, "dobj", "nsubj") is None
            and not any(w.lemma == "have" for w in aux)
        )
    )
    if not passive and verb.tag == "VBN" and any(w.lemma == "be" for w in aux):
        passive = True
    if not passive and shares_passive(sentence, verb):
        passive = True
    finite = verb.tag in {"VBD", "VBP", "VBZ"} or any(
        w.tag in {"MD", "VBD", "VBP", "VBZ"} for w in aux
    )
    particle = _particle(sentence, verb)
    words = [verb, *([particle] if particle is not None else [])]
    return VerbGroup(lemma_of(sentence, verb), tuple(words), modal, negated, passive, finite, would)


def shares_passive(sentence: Sentence, verb: Word) -> bool:
    """ "X will be studied and improved": both participles have one subject and auxiliary."""
    first = sentence.head(verb)
    return (
        verb.dep == "conj"
        and verb.tag == "VBN"
        and first is not None
        and first.tag == "VBN"
        and sentence.kid(first, "auxpass") is not None
        and not sentence.kids(verb, "nsubj", "nsubjpass", "aux", "auxpass", "dobj")
    )


def _is_negated(sentence: Sentence, verb: Word) -> bool:
    """ "not", "no longer", "under no circumstances"; but "not only" negates nothing."""
    for word in sentence.kids(verb, "neg", "advmod", "preconj", "prep"):
        following = sentence.words[word.i + 1 : word.i + 2]
        after = following[0].low if following else ""
        if word.dep == "neg" or (word.low in NEGATION and word.dep != "prep"):
            if after in {"only", "merely", "just", "least"}:
                continue
            return True
        if word.low == "longer" and word.i and sentence.words[word.i - 1].low == "no":
            return True
        if word.low in {"under", "in", "at"} and after == "no":
            noun = sentence.kid(word, "pobj")
            if noun is not None and noun.lemma in {"circumstance", "case", "event", "time", "way"}:
                return True
    return False


def _has_to(sentence: Sentence, verb: Word) -> bool:
    return any(k.tag == "TO" for k in sentence.kids(verb, "aux"))


def has_to(sentence: Sentence, verb: Word) -> bool:
    """Whether the verb is an infinitive with "to"."""
    return _has_to(sentence, verb)


_STATES = {
    "make": frozenset({"available", "accessible", "public", "compulsory", "mandatory"}),
    "keep": frozenset({"open", "secret", "confidential"}),
    "leave": frozenset({"open"}),
}
"""Verbs and the states they bring about: "make available", "keep open"."""
_OUTSIDE = frozenset(
    "also further firmly jointly then now thus therefore however moreover furthermore still "
    "already again always first finally together both not never n't".split()
)
"""Adverbs in front of a verb that say nothing of how it is done."""


def clause_words(sentence: Sentence, verb: Word, *, subject: bool) -> list[Word]:
    """The clause from its verb to the end of its complements; with `subject`, from its subject.

    Auxiliaries and a subject that acts stay outside; the subject of a passive or of a verb of
    change is what is acted on, so the clause runs from it.
    """
    dropped: set[int] = set()
    for kid in sentence.kids(verb):
        before = kid.i < verb.i
        if kid.dep in {"conj", "cc", "parataxis"} or (
            before
            and not (subject and kid.dep in {"nsubj", "nsubjpass", "aux", "auxpass", "neg"})
            and not (kid.dep == "advmod" and kid.low not in _OUTSIDE)
        ):
            dropped.update(w.i for w in sentence.subtree(kid))
    words = [w for w in sentence.subtree(verb) if w.i not in dropped]
    if subject and shares_passive(sentence, verb):
        shared = sentence.kid(sentence.words[verb.head], "nsubjpass")
        if shared is not None:
            words = sorted([*sentence.subtree(shared), *words], key=lambda w: w.i)
    words = contiguous(words, verb) if not subject else words
    while words and words[-1].tag in {",", ".", ":", "CC", "''", "-RRB-"} and words[-1].i != verb.i:
        words = words[:-1]
    while words and words[0].tag in {",", ":", "CC"}:
        words = words[1:]
    return words


def idiom(sentence: Sentence, verb: Word) -> tuple[str, Word] | None:
    """The fixed phrase a verb makes with its noun ("take stock"), with that noun."""
    for word in sentence.kids(verb, "acomp", "oprd", "ccomp", "xcomp", "advcl", "amod", "acl"):
        state = _STATES.get(verb.lemma, frozenset())
        if word.low in state and word.i > verb.i and word.tag in {"JJ", "RB", "IN"}:
            return f"{verb.lemma} {word.low}", word
    for kid in sentence.kids(verb, "dobj", "prep", "prt"):
        if kid.dep != "dobj" and kid.low not in {"into", "in", "to", "account"}:
            continue
        nouns = [kid] if kid.dep == "dobj" else sentence.kids(kid, "pobj")
        for noun in nouns:
            name = IDIOM.get((verb.lemma, noun.lemma if noun.tag != "NNP" else noun.low))
            if name is not None:
                return name, noun
    return None
