"""Verbs, nouns and adjectives that introduce a course of action rather than name one."""

from __future__ import annotations

from dataclasses import dataclass

from comity.extract.english.grammar import (
    ADJECTIVE_MODALITY,
    AIM_NOUN,
    ALLOWING,
    DIRECTIVE,
    EFFORT,
    EVENT_VERBS,
    INSTITUTION,
    LIGHT,
    LIGHT_WITH_EFFORT,
    NEED,
    NOMINALIZATION,
    NOUN_MODALITY,
    ORDERING,
    SPEECH,
    WISHING,
)
from comity.extract.english.tree import Sentence, Word
from comity.extract.english.verbs import VerbGroup, has_to, idiom
from comity.lexicon import Lexicon, stem


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
        return _copula(sentence, verb)
    if lemma == "have" and _infinitives(sentence, verb, "xcomp"):
        owed = _infinitives(sentence, verb, "xcomp")
        return Step("order", owed, "permission" if verbs.negated else "obligation")
    if verbs.passive:
        return _passive(sentence, verb, verbs)
    ordered = _order(sentence, verb, verbs, by_text)
    if ordered is not None:
        return ordered
    if by_text:
        contained = _contents(sentence, verb)
        if contained is not None:
            return contained
    for rule in (
        _exhortation,
        _ensure,
        _appeal,
        _speech,
        _wish,
        _will,
        _light,
        _noun_object,
        _event,
    ):
        found = rule(sentence, verb, verbs, lexicon)
        if found is not None:
            return found
    return None


def _infinitives(sentence: Sentence, word: Word, *deps: str) -> tuple[Word, ...]:
    """Infinitives with "to" after a word, by the relations given or any that parsers use."""
    return tuple(
        k
        for k in sentence.kids(word, *(deps or ("xcomp", "ccomp", "advcl", "acl")))
        if k.is_verb and has_to(sentence, k) and k.i > word.i
    )


def _gerunds(sentence: Sentence, word: Word, *prepositions: str) -> tuple[Word, ...]:
    """Gerunds after a preposition of the word: "committed to strengthening"."""
    found = []
    for prep in sentence.kids(word, "prep"):
        if not prepositions or prep.low in prepositions:
            found += [k for k in sentence.kids(prep, "pcomp") if k.is_verb]
            found += [k for k in sentence.kids(prep, "pobj") if k.tag == "VBG"]
    return tuple(found)


def _action_nouns(sentence: Sentence, word: Word, *prepositions: str) -> tuple[Word, ...]:
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


def _inside_noun(sentence: Sentence, noun: Word) -> tuple[Word, ...]:
    """The infinitive or gerund that says what a plan, commitment or effort is about."""
    return (
        _infinitives(sentence, noun, "acl", "xcomp", "relcl", "advcl")
        or _gerunds(sentence, noun, "to", "of", "for", "in", "on", "at", "towards", "toward")
        or _action_nouns(sentence, noun, "to", "of", "for")
    )


# -- copulas and participles -------------------------------------------------------------


def _copula(sentence: Sentence, verb: Word) -> Step | None:
    adjective = sentence.kid(verb, "acomp", "oprd")
    if adjective is not None and adjective.low in ADJECTIVE_MODALITY:
        targets = (
            _infinitives(sentence, adjective, "xcomp", "acl", "ccomp", "advcl")
            or _gerunds(sentence, adjective, "to", "in", "on", "at")
            or _action_nouns(sentence, adjective, "to")
            or _infinitives(sentence, verb, "xcomp", "advcl", "ccomp")
        )
        return Step("will", targets, ADJECTIVE_MODALITY[adjective.low]) if targets else None
    cleft = _cleft(sentence, verb)
    if cleft is not None:
        return cleft
    attribute = sentence.kid(verb, "attr")
    subject = sentence.kid(verb, "nsubj")
    infinitives = _infinitives(sentence, verb, "xcomp", "ccomp", "advcl")
    aimed = subject is not None and subject.lemma in AIM_NOUN
    if subject is not None and aimed and infinitives and not _is_passive(sentence, infinitives[0]):
        owner = sentence.kid(subject, "poss")
        return Step("will", infinitives, NOUN_MODALITY[subject.lemma], owner, owner is None)
    if infinitives and attribute is None and adjective is None and subject is not None:
        return Step("will", infinitives, "obligation")
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


def _passive(sentence: Sentence, verb: Word, verbs: VerbGroup) -> Step | None:
    subject = sentence.kid(verb, "nsubjpass")
    infinitives = _infinitives(sentence, verb, "xcomp", "ccomp", "advcl")
    gerunds = _gerunds(sentence, verb, "to", "in", "on", "at")
    if verb.lemma in _BARRING:
        targets = _gerunds(sentence, verb, "from")
        if targets:
            return Step("bar", targets, "permission" if verbs.negated else "prohibition", subject)
    charged = (
        _gerunds(sentence, verb, "with") if verb.lemma in {"task", "charge", "entrust"} else ()
    )
    if charged:
        return Step("order", charged, "obligation", subject)
    if infinitives and verb.lemma in ORDERING:
        return Step("order", infinitives, "permission" if verbs.negated else "obligation", subject)
    if infinitives and verb.lemma in DIRECTIVE:
        return Step("appeal", infinitives, "recommendation", subject)
    if infinitives and verb.lemma in ALLOWING:
        return Step("allow", infinitives, "permission", subject)
    if infinitives and verb.lemma in {"expect", "suppose"}:
        return Step("wish", infinitives, "aspiration", subject)
    if verb.low in ADJECTIVE_MODALITY and (infinitives or gerunds):
        return Step("will", infinitives or gerunds, ADJECTIVE_MODALITY[verb.low], subject)
    told = verb.lemma in EVENT_VERBS - {"complete", "support", "endorse"}
    if subject is not None and told and is_action_noun(sentence, subject):
        return Step("light", (subject,), None, None, True)
    if infinitives and verb.lemma in {"agree", "decide", "resolve"}:
        return Step("will", infinitives, "commitment", None, True)
    clause = _clauses(sentence, verb)
    if clause and verb.lemma in SPEECH | {"agree", "decide", "expect", "hope"}:
        return Step("speech", clause, None)
    if subject is not None and subject.lemma in EFFORT and infinitives:
        return Step("light", infinitives)
    return None


_BARRING = frozenset({"prevent", "prohibit", "bar", "ban", "forbid", "preclude", "stop"})
"""Verbs that keep somebody "from doing" something."""
_INSTRUCTING = frozenset({"instruct", "direct", "task", "mandate"})
"""Orders that a body gives another: what it is to do is the action, whoever orders it."""


# -- active verbs ------------------------------------------------------------------------


def _clauses(sentence: Sentence, verb: Word) -> tuple[Word, ...]:
    return tuple(
        k
        for k in sentence.kids(verb, "ccomp", "parataxis")
        if not (k.is_verb and has_to(sentence, k) and sentence.kid(k, "nsubj") is None)
        and not (k.dep == "parataxis" and k.i > verb.i)
    )


def _appeal(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
    if verb.lemma not in DIRECTIVE:
        return None
    if verb.lemma == "call" and not any(
        k.low in {"on", "upon", "for"} for k in sentence.kids(verb, "prep", "prt", "advmod")
    ):
        return None
    addressee = sentence.kid(verb, "dobj") or _called_on(sentence, verb)
    targets = _infinitives(sentence, verb, "xcomp", "ccomp", "advcl", "conj")
    if addressee is not None and not targets:
        targets = _infinitives(sentence, addressee, "acl", "relcl", "xcomp")
    if targets:
        inner_subject = sentence.kid(targets[0], "nsubj")
        return Step("appeal", targets, "recommendation", inner_subject or addressee, True)
    gerunds = tuple(k for k in sentence.kids(verb, "xcomp", "ccomp", "dobj") if k.tag == "VBG")
    gerunds = gerunds or _gerunds(sentence, verb, "for")
    clause = tuple(k for k in _clauses(sentence, verb) if k.is_verb)
    nouns = _action_nouns(sentence, verb, "for")
    targets = gerunds or clause or nouns
    return Step("appeal", targets, "recommendation", None, True) if targets else None


def _called_on(sentence: Sentence, verb: Word) -> Word | None:
    for prep in sentence.kids(verb, "prep", "prt"):
        if prep.low in {"on", "upon", "for"}:
            found = sentence.kid(prep, "pobj")
            if found is not None:
                return found
    return None


def _order(sentence: Sentence, verb: Word, verbs: VerbGroup, by_text: bool) -> Step | None:
    kinds = {"order": (ORDERING, "obligation"), "allow": (ALLOWING, "permission")}
    for kind, (verbs_of, modality) in kinds.items():
        if verb.lemma in verbs_of and (by_text or verb.lemma in _INSTRUCTING):
            targets = _infinitives(sentence, verb, "xcomp", "ccomp", "advcl")
            if verb.lemma == "let":
                targets = tuple(k for k in sentence.kids(verb, "ccomp", "xcomp") if k.is_verb)
            if not targets:
                return None
            addressee = sentence.kid(targets[0], "nsubj") or sentence.kid(verb, "dobj")
            return Step(kind, targets, modality, addressee, addressee is None)
    if verb.lemma in {"task", "charge", "entrust"}:
        charged = _gerunds(sentence, verb, "with") or _action_nouns(sentence, verb, "with")
        whom = sentence.kid(verb, "dobj")
        return Step("order", charged, "obligation", whom, whom is None) if charged else None
    if verb.lemma in _BARRING and _gerunds(sentence, verb, "from"):
        modality = "permission" if verbs.negated else "prohibition"
        return Step("bar", _gerunds(sentence, verb, "from"), modality, sentence.kid(verb, "dobj"))
    return None


def _speech(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
    modality = lexicon.modality(verb.lemma)
    saying = verb.lemma in SPEECH or verbs.lemma.replace(" ", "_") in SPEECH
    if not saying and modality not in {"commitment", "intention"}:
        return None
    noun = sentence.kid(verb, "dobj")
    if noun is not None and noun.lemma in NEED:
        inside = _inside_noun(sentence, noun)
        if inside:
            return Step("appeal", inside, "recommendation", None, True)
    clauses = tuple(k for k in _clauses(sentence, verb) if k.is_verb)
    return Step("speech", clauses, modality) if clauses else None


def _exhortation(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
    """ "Let us join hands": an appeal to those who speak and those who listen."""
    if verb.lemma != "let" or sentence.kid(verb, "nsubj") is not None:
        return None
    for inner in sentence.kids(verb, "ccomp", "xcomp"):
        subject = sentence.kid(inner, "nsubj") or sentence.kid(verb, "dobj")
        if subject is not None and subject.low == "us":
            return Step("appeal", (inner,), "recommendation", subject)
    return None


def _wish(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
    looks = verb.lemma == "look" and any(k.low == "forward" for k in sentence.kids(verb))
    if verb.lemma not in WISHING and not looks:
        return None
    infinitives = _infinitives(sentence, verb, "xcomp", "ccomp", "advcl")
    if infinitives:
        subject = sentence.kid(infinitives[0], "nsubj") or sentence.kid(verb, "dobj")
        return Step("wish", infinitives, "aspiration", subject)
    clauses = tuple(k for k in _clauses(sentence, verb) if k.is_verb)
    if clauses:
        return Step("wish", clauses, "aspiration", None, True)
    targets = _gerunds(sentence, verb, "to") or _action_nouns(sentence, verb, "to", "for")
    return Step("wish", targets, "aspiration") if targets else None


def _ensure(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
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


_ABSTAINING = frozenset({"refrain", "abstain", "desist"})
_REFUSING = frozenset({"refuse", "decline", "rule out"})
"""Verbs whose complement is refused, as "will not" does."""


def _will(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
    if verb.lemma == "go" and verb.low == "going" and _infinitives(sentence, verb):
        return Step("will", _infinitives(sentence, verb), "commitment")
    if verb.lemma in _ABSTAINING:
        targets = _gerunds(sentence, verb, "from")
        return Step("refrain", targets) if targets else None
    if verb.lemma == "decide" and (against := _gerunds(sentence, verb, "against")):
        return Step("will", against, "commitment", refuses=True)
    if verbs.lemma in _REFUSING:
        targets = _infinitives(sentence, verb) or tuple(
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
        _infinitives(sentence, verb, "xcomp", "advcl", "ccomp")
        or _gerunds(sentence, verb, "to", "on", "at")
        or tuple(k for k in sentence.kids(verb, "xcomp") if k.tag == "VBG")
        or _action_nouns(sentence, verb, "to", "on")
        or tuple(k for k in sentence.kids(verb, "dobj") if is_action_noun(sentence, k))
    )
    return Step("will", targets, modality) if targets else None


def _is_effort(sentence: Sentence, noun: Word) -> bool:
    """ "efforts", "a number of measures"."""
    if noun.lemma in EFFORT:
        return True
    return noun.lemma in {"number", "series", "range", "set", "package", "host", "variety"} and any(
        k.lemma in EFFORT for p in sentence.kids(noun, "prep") for k in sentence.kids(p, "pobj")
    )


def _contents(sentence: Sentence, verb: Word) -> Step | None:
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
    nouns = nouns or _action_nouns(sentence, verb, "for")
    gerunds = _gerunds(sentence, verb, "for") or tuple(
        k for k in sentence.kids(verb, "xcomp") if k.tag == "VBG"
    )
    targets = nouns or gerunds
    return Step("light", targets, None, None, True) if targets else None


_AHEAD = frozenset({"press ahead", "push ahead", "go ahead", "move ahead", "proceed", "go on"})


def _light(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
    noun = sentence.kid(verb, "dobj")
    if verb.lemma in {"go", "keep", "carry"} and any(k.low == "on" for k in sentence.kids(verb)):
        on = tuple(k for k in sentence.kids(verb, "xcomp", "advcl") if k.tag == "VBG")
        on = on or _gerunds(sentence, verb, "on")
        if on:
            return Step("light", on)
    if verbs.lemma in _AHEAD:
        ahead = (
            _gerunds(sentence, verb, "with")
            or _action_nouns(sentence, verb, "with")
            or tuple(k for k in sentence.kids(verb, "xcomp", "advcl") if k.tag == "VBG")
        )
        if ahead:
            return Step("light", ahead)
    if verb.lemma in {"help", "assist"} and noun is not None:
        aided = _infinitives(sentence, noun, "acl", "relcl", "xcomp")
        if aided:
            return Step("light", aided)
    fixed = idiom(sentence, verb)
    if fixed is not None and fixed[0] in {"join hands", "join forces"}:
        joined = _infinitives(sentence, fixed[1]) or _infinitives(sentence, verb)
        return Step("light", joined) if joined else None
    if verb.lemma in LIGHT or verbs.lemma.replace(" ", "_") in LIGHT:
        targets = tuple(
            k for k in sentence.kids(verb, "xcomp", "ccomp") if k.is_verb and k.i > verb.i
        ) or _infinitives(sentence, verb, "advcl")
        targets = targets or _gerunds(sentence, verb, "on", "to", "toward", "towards", "in", "by")
        targets = targets or tuple(k for k in sentence.kids(verb, "advcl") if k.tag == "VBG")
        targets = targets or _action_nouns(sentence, verb, "on", "to", "toward", "towards")
        if targets and (noun is None or verb.lemma in {"help", "assist"}):
            return Step("light", targets)
    if verb.lemma == "do" and noun is not None and noun.lemma in {"work", "more", "much"}:
        targets = _infinitives(sentence, noun) or _infinitives(sentence, verb, "advcl", "xcomp")
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
        inside = _infinitives(sentence, noun, "acl", "relcl", "xcomp") or _gerunds(
            sentence, noun, "at", "to", "toward", "towards", "on", "in", "for"
        )
        inside = inside or _infinitives(sentence, verb, "advcl", "xcomp", "ccomp")
        inside = (*listed_gerunds(sentence, verb), *inside)
        return Step("light", inside) if inside else None
    if verb.lemma in {"focus", "concentrate", "centre", "center"}:
        targets = _gerunds(sentence, verb, "on")
        return Step("light", targets) if targets else None
    return None


_VOICING = frozenset(
    """announce affirm confirm declare demonstrate express give have make maintain outline reaffirm
    reiterate renew repeat restate set share show signal state stress unveil voice emphasise
    emphasize underline underscore highlight recall see undertake take recognise
    recognize""".split()
)
"""Verbs that only voice a will or need named by their object."""


def _noun_object(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
    """ "reaffirmed their commitment to strengthening X", "announced a plan to …"."""
    noun = sentence.kid(verb, "dobj")
    if noun is None or noun.lemma not in NOUN_MODALITY | dict.fromkeys(NEED, ""):
        return None
    if verb.lemma not in _VOICING:
        return None
    owned = _owned(sentence, verb, noun)
    if owned is not None:
        return owned
    inside = _inside_noun(sentence, noun)
    if not inside and NOUN_MODALITY.get(noun.lemma) == "aspiration":
        hoped = tuple(
            k for k in sentence.kids(noun, "acl", "ccomp", "relcl") if sentence.kid(k, "nsubj")
        )
        return Step("wish", hoped, "aspiration", None, True) if hoped else None
    if not inside and verb.lemma in {"express", "reiterate", "have", "make", "reaffirm"}:
        inside = _infinitives(sentence, verb, "advcl", "xcomp")
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
    inside = tuple(k for h in holders for k in _gerunds(sentence, h, "to")) or tuple(
        k for h in holders for k in _infinitives(sentence, h) if k.i > owner.i
    )
    nouns = tuple(k for h in holders for k in _action_nouns(sentence, h, "to"))
    if not inside and not nouns:
        return None
    return Step("wish", inside or nouns, NOUN_MODALITY[noun.lemma], owner)


def _event(sentence: Sentence, verb: Word, verbs: VerbGroup, lexicon: Lexicon) -> Step | None:
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
    inside = _infinitives(sentence, noun, "acl", "relcl", "xcomp") or _infinitives(
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


# -- lists and adjuncts ------------------------------------------------------------------


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
                    found += _gerunds(sentence, noun, "to")
        if word.dep == "advcl" and word.tag == "VBG" and word.i > verb.i:
            mark = sentence.kid(word, "mark")
            if mark is not None and mark.low in {"while", "whilst"}:
                found.append(word)
    return tuple(found)
