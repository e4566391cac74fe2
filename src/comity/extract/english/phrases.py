"""Objects and adjuncts of a clause: what is acted on, with whom, for whom, by which rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.extract.english.findings import Finding, Party
from comity.extract.english.grammar import (
    ALLOWING,
    CONDITION_HEADS,
    EXCEPTION_HEADS,
    FORCING,
    IDIOM_KEEPS_NOUN,
    NOMINALIZATION,
    ORDERING,
    PRINCIPLE_HEADS,
)
from comity.extract.english.parties import PartyFinder
from comity.extract.english.tree import Sentence, Word, contiguous, extent
from comity.extract.english.verbs import has_to, idiom, shares_passive

_OBJECT_PREPOSITIONS = (
    "on upon in to into against for of at from towards toward about with over around out".split()
)
_TIME_NOUN = frozenset(
    """january february march april may june july august september october november december
    year month week day century today tomorrow quarter end time date stage""".split()
)
_BENEFIT_HEAD = frozenset(
    """assistance support help training aid access right interest protection benefit service
    facility treatment funding capacity opportunity""".split()
)


_OPEN_NOUN = frozenset(NOMINALIZATION) | frozenset(
    """access aid contribution help measure penalty procedure remedy right sanction action
    agreement campaign capacity dialogue exchange framework information law legislation mechanism
    negotiation partnership program programme project protection rule standard strategy
    talk tie training work""".split()
)
"""Nouns that want to be told in which field: "cooperation in", "rules on"."""
_FIELD: dict[str, frozenset[str]] = {
    "": frozenset({"in", "on", "for", "against", "of", "with", "between"}),
    **dict.fromkeys(
        ("assistance", "aid", "help", "support"), frozenset({"in", "on", "for", "to", "with"})
    ),
    **dict.fromkeys(("access", "contribution"), frozenset({"to"})),
}
"""Prepositions that lead to the field of such a noun."""


def object_words(sentence: Sentence, verb: Word, *, passive: bool) -> list[Word]:
    """The words of the object's own phrase, empty when the verb has none."""
    head = object_head(sentence, verb, passive=passive)
    if head is None:
        return []
    words = phrase_words(sentence, head, verb)
    if passive:
        return words
    ordered = _ordered(sentence, verb, head)
    return ordered or _extended(sentence, words, head, verb)


def _ordered(sentence: Sentence, verb: Word, head: Word) -> list[Word]:
    """ "require | platforms to remove fakes": the object with what it is to do; else nothing."""
    if verb.lemma not in ORDERING | ALLOWING | FORCING:
        return []
    inner = next(
        (
            k
            for k in sentence.kids(verb, "xcomp", "ccomp", "advcl")
            if k.is_verb and k.i > verb.i and (has_to(sentence, k) or verb.lemma == "let")
        ),
        None,
    )
    if inner is None:
        return []
    subject = sentence.kid(inner, "nsubj") or head
    first = min(w.i for w in sentence.subtree(subject))
    words = {w.i: w for part in (subject, inner) for w in sentence.subtree(part) if w.i >= first}
    return trimmed(contiguous([words[i] for i in sorted(words)], subject))


def _extended(sentence: Sentence, words: list[Word], head: Word, verb: Word) -> list[Word]:
    """ "strengthen cooperation | in copyright": the field, where the parser gave it to the verb."""
    if not words or head.tag == "PRP" or head.low == "other":
        return words
    if idiom(sentence, verb) is not None:
        return words
    fields = _FIELD.get(head.lemma, _FIELD[""]) if head.lemma in _OPEN_NOUN else _OWN_FIELD
    fields = fields | {"for"} if head.lemma in _PRICE else fields
    for preposition in sentence.kids(verb, "prep"):
        pobj = sentence.kid(preposition, "pobj", "pcomp")
        if (
            pobj is not None
            and preposition.i == words[-1].i + 1
            and preposition.low in fields
            and not (preposition.low == "to" and head.lemma not in _TOWARDS)
            and pobj.lemma not in _MANNER
            and not _is_time(pobj)
            and pobj.entity not in {"DATE", "GPE", "LOC", "TIME"}
            and not is_principle(sentence, preposition)
        ):
            words = [*words, *contiguous(sentence.subtree(preposition), preposition)]
    return trimmed(words)


_OWN_FIELD = frozenset({"in", "on", "to", "against", "among", "between", "of"})
"""Prepositions that go on with an object wherever the parser hung them."""


_PRICE = frozenset("charge condition cost criterion deadline fee payment price requirement".split())
"""Nouns that are told further by "for": "the filing fee for small firms"."""
_TOWARDS = frozenset(
    """access accession adherence alternative amendment answer approach barrier change
    commitment contribution damage exception limitation obstacle reference relation response right
    solution threat time transition""".split()
)
"""Nouns that are told further by "to": "exceptions to copyright"."""
_MANNER = frozenset(
    """accordance addition basis case conformity cooperation coordination manner order partnership
    principle respect spirit support term time turn view way""".split()
)
"""Nouns of phrases that say how something is done, not to what."""


def object_head(sentence: Sentence, verb: Word, *, passive: bool) -> Word | None:
    """The head noun of what is acted on."""
    if passive and shares_passive(sentence, verb):
        return sentence.kid(sentence.words[verb.head], "nsubjpass", "csubjpass")
    if passive:
        granted = sentence.kid(verb, "dobj") if verb.lemma in _GRANTING else None
        own = sentence.kid(verb, "nsubjpass", "csubjpass")
        return granted or own or _raised_subject(sentence, verb) or _head_noun(sentence, verb)
    fixed = idiom(sentence, verb)
    if fixed is not None and fixed[0] not in IDIOM_KEEPS_NOUN:
        return _after_idiom(sentence, verb, fixed[1])
    direct = [
        w for w in sentence.kids(verb, "dobj", "attr", "oprd") if not _is_bare_time(sentence, w)
    ]
    if direct:
        return direct[0]
    for preposition in sentence.kids(verb, "prep"):
        kept = (preposition.low == "by" and verb.lemma in {"abide", "stand"}) or (
            preposition.low == "as" and verb.lemma in {"serve", "act", "operate", "function"}
        )
        if (preposition.low not in _OBJECT_PREPOSITIONS and not kept) or preposition.i < verb.i:
            continue
        pobj = sentence.kid(preposition, "pobj", "pcomp")
        if pobj is None and (inner := sentence.kid(preposition, "prep")) is not None:
            pobj = sentence.kid(inner, "pobj", "pcomp")
        if pobj is None or _is_time(pobj) or is_principle(sentence, preposition):
            continue
        if preposition.low == "with":
            return _beyond_partner(sentence, verb, preposition, pobj)
        return pobj
    clause = sentence.kid(verb, "ccomp")
    return clause if clause is not None and clause.i > verb.i else None


_GRANTING = frozenset("accord afford allow award give grant offer pay promise".split())
"""Verbs whose passive may have the receiver as subject: "Performers are granted a right"."""


def _raised_subject(sentence: Sentence, verb: Word) -> Word | None:
    """ "The plan is to be evaluated", "X will continue to be promoted": the upper subject."""
    at = verb
    while at.dep == "xcomp" and (above := sentence.head(at)) is not None:
        subject = sentence.kid(above, "nsubj", "nsubjpass")
        if subject is not None:
            return subject
        at = above
    return None


def _after_idiom(sentence: Sentence, verb: Word, noun: Word) -> Word | None:
    """What a fixed phrase is about: "take stock of X", "put X into force"."""
    for holder in (noun, verb):
        for preposition in sentence.kids(holder, "prep", "dative"):
            pobj = sentence.kid(preposition, "pobj", "pcomp")
            if preposition.low not in {"of", "to", "on", "in"} or pobj is None:
                continue
            if pobj.i != noun.i and pobj.i > verb.i and not _is_time(pobj):
                return pobj
    direct = next((w for w in sentence.kids(verb, "dobj") if w.i != noun.i), None)
    if direct is not None:
        return direct
    if noun.tag in {"JJ", "RB"}:
        inner = sentence.kid(noun, "nsubj", "dobj")
        between = [w for w in sentence.words[verb.i + 1 : noun.i] if w.tag.startswith("NN")]
        return inner or (between[0] if between else None)
    return sentence.kid(verb, "nsubj") if noun.lemma in {"force", "effect"} else None


def _beyond_partner(sentence: Sentence, verb: Word, preposition: Word, partner: Word) -> Word:
    """ "work with partners on X": X, wherever the parser hung it; else the partner."""
    holders = (verb, preposition, partner)
    for holder in holders:
        for other in sentence.kids(holder, "prep"):
            if other.i > preposition.i and other.low in {"on", "in", "to", "for", "against"}:
                pobj = sentence.kid(other, "pobj", "pcomp")
                if pobj is not None and not _is_time(pobj):
                    return pobj
    return partner


def _head_noun(sentence: Sentence, verb: Word) -> Word | None:
    """The noun that a reduced relative or "to be done" hangs under."""
    above = sentence.head(verb)
    return above if verb.dep in {"acl", "relcl"} and above is not None else None


def phrase_words(sentence: Sentence, head: Word, verb: Word) -> list[Word]:
    """The object phrase around its head: without principles, conditions, times, the verb itself."""
    dropped: set[int] = set()
    for word in sentence.subtree(head):
        if word.i == verb.i or _is_adjunct(sentence, word, head):
            dropped.update(w.i for w in sentence.subtree(word))
    words = [w for w in sentence.subtree(head) if w.i not in dropped]
    words = trimmed(contiguous(words, head))
    while len(words) > 1 and words[0].low == "that" and words[0].dep == "mark":
        words = words[1:]
    return words


def trimmed(words: list[Word]) -> list[Word]:
    """The words without punctuation and connectives at either end."""
    while words and words[-1].tag in {",", ".", ":", "CC", "-LRB-", "IN", "TO"} and len(words) > 1:
        words = words[:-1]
    while words and words[0].tag in {",", ":", "CC"}:
        words = words[1:]
    return words


def _is_adjunct(sentence: Sentence, word: Word, head: Word) -> bool:
    if word.i == head.i:
        return False
    if word.dep in {"prep", "advcl", "acl", "amod", "mark", "prt", "npadvmod"} and (
        is_principle(sentence, word) or _heads_condition(sentence, word)
    ):
        return True
    if word.dep == "prep" and word.i > head.i and word.head == head.i:
        pobj = sentence.kid(word, "pobj")
        if pobj is not None and _is_time(pobj):
            return True
        if word.low in {"including", "through", "by", "via"}:
            return True
    if word.dep == "conj" and word.is_verb and word.tag != "VBG":
        return True
    above = sentence.head(word)
    if word.dep == "advcl" and above is not None and above.dep == "acl" and has_to(sentence, word):
        return False
    return word.dep in {"parataxis", "advcl"} and word.i > head.i


def _is_bare_time(sentence: Sentence, word: Word) -> bool:
    """ "meet today", but not "shorten the disposal time"."""
    return _is_time(word) and not sentence.kids(word, "prep", "compound", "amod")


def _is_time(word: Word) -> bool:
    return (
        word.low in _TIME_NOUN
        or word.lemma in _TIME_NOUN
        or re.fullmatch(r"(?:19|20)\d\d", word.text) is not None
    )


def _opening(sentence: Sentence, word: Word, length: int = 5) -> str:
    following = sentence.words[word.i : word.i + length]
    return " ".join(w.low for w in following) + " "


def is_principle(sentence: Sentence, word: Word) -> bool:
    """Whether a phrase that begins at this word says by which principle something is done."""
    return _opening(sentence, word).startswith(tuple(h + " " for h in PRINCIPLE_HEADS))


def _heads_condition(sentence: Sentence, word: Word, *, exceptions: bool = True) -> bool:
    opening = _opening(sentence, word)
    heads = (*CONDITION_HEADS, *EXCEPTION_HEADS) if exceptions else CONDITION_HEADS
    return opening.startswith(tuple(h + " " for h in heads))


def fronted(sentence: Sentence, verb: Word) -> list[Word]:
    """What stands in front of the subject that a verb shares: "By 2025, the office will …"."""
    top = verb
    while top.dep in {"conj", "xcomp"} and (above := sentence.head(top)) is not None:
        if not above.is_verb or sentence.kid(top, "nsubj", "nsubjpass") is not None:
            break
        top = above
    subject = sentence.kid(top, "nsubj", "nsubjpass")
    if subject is None:
        return []
    first = min(w.i for w in sentence.subtree(subject))
    found: set[int] = set()
    for kid in sentence.kids(top, "prep", "advcl", "npadvmod", "advmod", "amod", "mark"):
        words = sentence.subtree(kid)
        if words[-1].i < first:
            found.update(w.i for w in words)
    return [sentence.words[i] for i in sorted(found)]


def _whole_phrase(sentence: Sentence, word: Word, verb: Word, text: str) -> str:
    """The largest phrase that begins at a word, below the verb."""
    top = word
    for above in sentence.above(word):
        if above.i == verb.i or above.dep in {"ROOT", "conj"}:
            break
        if min(w.i for w in sentence.subtree(above)) != word.i:
            break
        top = above
    words = sentence.subtree(top, without=("conj",) if top.is_verb else ())
    span = extent(contiguous([w for w in words if w.i >= word.i], word))
    return text[span[0] : span[1]].rstrip(" ,.;") if span else ""


def adjuncts(finding: Finding, finder: PartyFinder, text: str) -> None:
    """Fill a finding's principles, conditions, counterparts and beneficiaries."""
    sentence = finding.sentence
    reach = sentence.subtree(finding.verb, without=("conj",))
    objects = {w.i for w in finding.object_words}
    for word in [*fronted(sentence, finding.verb), *reach]:
        if is_principle(sentence, word):
            finding.principles.append(_words_text(sentence, word, text))
        elif word.i not in objects and _heads_condition(sentence, word, exceptions=False):
            finding.conditions.append(_whole_phrase(sentence, word, finding.verb, text))
        elif word.low in {"with", "between", "among"} and word.tag == "IN" and word.dep == "prep":
            finding.counterparts.extend(_counterparts(sentence, word, finder, finding))
        elif (
            word.low in {"for", "to", "of"}
            and word.tag in {"IN", "TO"}
            and word.dep in {"prep", "dative"}
        ):
            finding.beneficiaries.extend(_beneficiaries(sentence, word, finder))
    finding.constrained.extend(_constrained(finding, finder))
    finding.principles = _distinct(finding.principles)
    finding.conditions = _distinct(finding.conditions)


def _constrained(finding: Finding, finder: PartyFinder) -> tuple[Party, ...]:
    """ "require platforms to remove fakes": whom the act burdens."""
    verb, sentence = finding.verb, finding.sentence
    if verb.lemma not in ORDERING | ALLOWING | FORCING or finding.passive or not verb.is_verb:
        return ()
    if verb.lemma in ALLOWING and not finding.negated:
        return ()
    inner = next((k for k in sentence.kids(verb, "xcomp", "ccomp", "advcl") if k.is_verb), None)
    whom = sentence.kid(inner, "nsubj") if inner is not None else None
    whom = whom or sentence.kid(verb, "dobj")
    return finder.actors(sentence, whom) if whom is not None else ()


def _distinct(phrases: list[str]) -> list[str]:
    found = sorted({p for p in phrases if p})
    return [p for p in found if not any(p != q and p in q for q in found)]


def _words_text(sentence: Sentence, word: Word, text: str) -> str:
    top = (
        sentence.words[word.head]
        if word.dep in {"mark", "amod"} and word.low in {"if", "unless"}
        else word
    )
    words = [w for w in sentence.subtree(top) if w.i >= word.i]
    span = extent(contiguous(words, word))
    return text[span[0] : span[1]].rstrip(" ,.;") if span else ""


def _counterparts(
    sentence: Sentence, preposition: Word, finder: PartyFinder, finding: Finding
) -> Iterator[Party]:
    pobj = sentence.kid(preposition, "pobj")
    if pobj is None:
        return
    own = {(p.mention.start, p.mention.end) for p in finding.context.parties}
    for party in finder.actors(sentence, pobj):
        if (party.mention.start, party.mention.end) not in own:
            yield party


def _beneficiaries(sentence: Sentence, preposition: Word, finder: PartyFinder) -> Iterator[Party]:
    pobj = sentence.kid(preposition, "pobj")
    head = sentence.head(preposition)
    if pobj is None or head is None:
        return
    if (
        preposition.low == "for"
        and preposition.dep == "prep"
        and not head.is_verb
        and head.lemma not in _BENEFIT_HEAD
    ):
        return
    if (
        preposition.low in {"of", "to"}
        and head.lemma not in _BENEFIT_HEAD
        and preposition.dep != "dative"
    ):
        return
    yield from (p for p in finder.actors(sentence, pobj) if p.kind in {"described", "named"})
