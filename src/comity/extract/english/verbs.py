"""What the words around one verb say: lemma with particle, voice, modal, negation, aspect."""

from __future__ import annotations

from dataclasses import dataclass

from comity.extract.english.grammar import MODAL, NEGATION
from comity.extract.english.tree import Sentence, Word, contiguous

_PARTICLES = frozenset({"up", "down", "out", "off", "away", "over", "back", "forward", "ahead", "in", "on"})
_PARTICLE_VERBS = frozenset(
    """step crack scale speed set carry roll draw build phase work clamp stamp wipe follow bring
    put team look open root cut ramp beef firm weed""".split()
)


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
    return f"{base} {particle.low}" if particle is not None else base


def _particle(sentence: Sentence, verb: Word) -> Word | None:
    found = sentence.kid(verb, "prt")
    if found is not None and found.i - verb.i <= 6:
        return found
    following = sentence.words[verb.i + 1 : verb.i + 2]
    if (
        following
        and verb.lemma in _PARTICLE_VERBS
        and following[0].low in {"up", "down", "out", "off"}
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
        modal = modal or "commitment"
    negated = any(
        k.low in NEGATION or (k.dep == "neg") for k in sentence.kids(verb, "neg", "advmod", "preconj")
    )
    subject = sentence.kid(verb, "nsubj", "nsubjpass")
    if subject is not None and any(
        k.low in {"no", "neither"} for k in sentence.kids(subject, "det", "cc", "preconj")
    ):
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
    finite = verb.tag in {"VBD", "VBP", "VBZ"} or any(
        w.tag in {"MD", "VBD", "VBP", "VBZ"} for w in aux
    )
    particle = _particle(sentence, verb)
    words = [verb, *( [particle] if particle is not None else [])]
    return VerbGroup(
        lemma_of(sentence, verb), tuple(words), modal, negated, passive, finite, would
    )


def _has_to(sentence: Sentence, verb: Word) -> bool:
    return any(k.tag == "TO" for k in sentence.kids(verb, "aux"))


def has_to(sentence: Sentence, verb: Word) -> bool:
    """Whether the verb is an infinitive with "to"."""
    return _has_to(sentence, verb)


def clause_words(sentence: Sentence, verb: Word, *, own_subject: bool) -> list[Word]:
    """The clause from its subject (or verb group) to the end of its own complements."""
    dropped: set[int] = set()
    for kid in sentence.kids(verb):
        if (
            kid.dep in {"conj", "cc", "parataxis", "punct", "ccomp"}
            or (kid.dep in {"advcl", "mark"} and kid.i < verb.i)
            or (kid.i < verb.i and kid.dep in {"prep", "npadvmod"})
            or (kid.dep in {"nsubj", "nsubjpass"} and not own_subject)
        ):
            dropped.update(w.i for w in sentence.subtree(kid))
    words = [w for w in sentence.subtree(verb) if w.i not in dropped]
    if not own_subject:
        words = [w for w in words if w.i >= verb.i or w.dep in {"advmod", "aux", "auxpass", "neg"}]
        words = contiguous(words, verb)
    while words and words[-1].tag in {",", ".", ":", "CC"}:
        words = words[:-1]
    return words
