"""Mend what the parser is known to get wrong: coordinated verbs in long series.

In "will improve A, step up B and crack down on C" small models hang later verbs under
nouns, or tag them as nouns. The rules look at word order, not at particular texts.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from comity.extract.english.grammar import GRAMMAR_VERBS, JOINED, LIGHT_WITH_EFFORT
from comity.extract.english.tree import SUBJECT, Sentence, Word

_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ"})
_OPENERS = frozenset(
    {"DT", "JJ", "JJR", "NN", "NNS", "NNP", "NNPS", "PRP$", "CD", "VBG", "VBN", "RP", "IN"}
)


def repair(sentence: Sentence, is_verb: Callable[[str], bool]) -> Sentence:
    """The same sentence with its verb series mended in place."""
    _mend_lemmas(sentence, is_verb)
    _mend_infinitive(sentence)
    _base_series(sentence, is_verb)
    _gerund_series(sentence, is_verb)
    _past_series(sentence, is_verb)
    _base_like_past(sentence)
    _shared_passive(sentence)
    _swallowed_subject(sentence)
    _hyphened_verb(sentence)
    _joined_preposition(sentence)
    _plural_noun(sentence)
    _object_behind_insertion(sentence)
    return sentence


def _hyphened_verb(sentence: Sentence) -> None:
    """ "co - finance": what the second part governs belongs to the verb."""
    for verb in sentence.words:
        parts = sentence.words[verb.i + 1 : verb.i + 3]
        if verb.low not in {"co", "re", "pre"} or not verb.is_verb or len(parts) != 2:
            continue
        dash, second = parts
        if dash.low == "-" and second.head == verb.i:
            for word in sentence.kids(second):
                sentence.reattach(word.i, verb.i, word.dep)


def _joined_preposition(sentence: Sentence) -> None:
    """ "pass on data", "go after counterfeiters": what looks like a preposition is a particle."""
    for verb, word in pairwise(sentence.words):
        joined = (verb.lemma, word.low) in JOINED and word.dep == "prep" and word.head == verb.i
        noun = sentence.kid(word, "pobj") if joined else None
        if noun is not None and sentence.kid(verb, "dobj") is None:
            sentence.reattach(word.i, verb.i, "prt")
            sentence.reattach(noun.i, verb.i, "dobj")


_IN_PHRASE = frozenset(
    {"DT", "JJ", "JJR", "JJS", "CD", "NN", "NNS", "NNP", "NNPS", "PRP$", "VBN", "HYPH"}
)


def _object_behind_insertion(sentence: Sentence) -> None:
    """ "destroy, in accordance with its law, labels": the object stands behind the commas."""
    words = sentence.words
    for verb in words:
        if verb.tag not in {"VB", "VBP", "VBG"} or sentence.kid(verb, "dobj", "ccomp", "xcomp"):
            continue
        at = verb.i + 1
        if at < len(words) and words[at].dep == "prt":
            at += 1
        if at + 2 >= len(words) or words[at].low != ",":
            continue
        opens = words[at + 1].tag in {"IN", "TO", "RB", "VBN", "WRB"}
        if not opens or words[at + 1].low == "including":
            continue
        commas = [w.i for w in words[at + 1 : at + 25] if w.low == ","]
        close = next((i for i in commas if _opens_phrase(sentence, i + 1)), None)
        if close is None:
            continue
        run = close + 1
        while run < len(words) and words[run].tag in _IN_PHRASE:
            run += 1
        while words[run - 1].tag == "VBN" and run - 1 > close + 1:
            run -= 1
        head = words[run - 1]
        owner = sentence.head(head)
        reduced = owner is not None and owner.i == run and owner.tag in {"VBN", "VBD", "VBG"}
        if not head.tag.startswith("NN") or (head.dep in SUBJECT and not reduced):
            continue
        if reduced and owner is not None and head.dep in SUBJECT:
            sentence.reattach(head.i, verb.i, "dobj")
            sentence.reattach(owner.i, head.i, "acl")
        sentence.reattach(head.i, verb.i, "dobj")
        for word in words[close + 1 : run - 1]:
            if not close < word.head < run:
                sentence.reattach(word.i, head.i, "det" if word.tag == "DT" else "amod")


def _plural_noun(sentence: Sentence) -> None:
    """ "shall destroy, under its law, labels that …": no third person joins a base form."""
    for word in sentence.words:
        head = sentence.head(word) if word.tag == "VBZ" and word.dep == "conj" else None
        bare = not sentence.kids(word, "nsubj", "aux", "auxpass", "dobj", "neg")
        if head is not None and head.tag == "VB" and bare and sentence.kid(word, "relcl", "acl"):
            word.tag, word.pos = "NNS", "NOUN"


def _opens_phrase(sentence: Sentence, i: int) -> bool:
    """Whether a noun phrase begins at a place, and no conjunction or clause."""
    word = sentence.words[i] if i < len(sentence.words) else None
    return word is not None and word.tag in _IN_PHRASE - {"VBN", "HYPH"}


def _swallowed_subject(sentence: Sentence) -> None:
    """ "Under the terms of the memorandum, A and B will …": A is the subject, not a third term."""
    for verb in sentence.words:
        aux = sentence.kid(verb, "aux", "auxpass")
        finite = verb.tag in {"VBD", "VBZ", "VBP"} or (aux is not None and aux.tag == "MD")
        if not verb.is_verb or not finite or _own_subject(sentence, verb) or verb.dep == "conj":
            continue
        front = [k for k in sentence.kids(verb, "prep", "advcl") if k.i < verb.i]
        inside = [w for k in front for w in sentence.subtree(k) if w.dep in {"conj", "appos"}]
        for noun in sorted(inside, key=lambda w: w.i):
            first = min(w.i for w in sentence.subtree(noun))
            noun_like = noun.tag[:2] in {"NN", "PR"}
            if noun_like and first and sentence.words[first - 1].low == ",":
                passive = sentence.kid(verb, "auxpass") is not None
                sentence.reattach(noun.i, verb.i, "nsubjpass" if passive else "nsubj")
                break


def _base_like_past(sentence: Sentence) -> None:
    """ "must accede and put in place": "put", "set", "cut" share a modal as base forms do."""
    for word in sentence.words:
        if word.tag not in {"VBD", "VBN"} or word.dep != "conj" or word.low != word.lemma:
            continue
        first = sentence.words[word.head]
        shares = _aux(sentence, first, "MD", "TO") or (first.tag == "VB" and first.dep == "conj")
        if shares and not sentence.kids(word, "nsubj", "nsubjpass", "aux", "auxpass"):
            word.tag = "VB"


def _shared_passive(sentence: Sentence) -> None:
    """ "X will be cut and Y stepped up": the second participle shares the first one's auxiliary."""
    for word in sentence.words:
        if word.dep != "conj" or word.tag not in {"VBD", "VBN"} or word.head > word.i:
            continue
        first = sentence.words[word.head]
        subject = sentence.kid(word, "nsubj")
        if (
            first.tag == "VBN"
            and sentence.kid(first, "auxpass") is not None
            and sentence.kid(word, "dobj", "ccomp", "xcomp", "aux", "auxpass") is None
            and subject is not None
            and subject.tag.startswith("NN")
        ):
            word.tag = "VBN"
            subject.dep = "nsubjpass"


def _mend_lemmas(sentence: Sentence, is_verb: Callable[[str], bool]) -> None:
    """ "hoped" is of "hope", not of "hop": a silent e that the lemmatiser lost."""
    for word in sentence.words:
        if word.tag in {"VBD", "VBN", "VBG", "VBZ", "VBP"} and not _is_known(word.lemma, is_verb):
            with_e = word.lemma + "e"
            if word.low.startswith(word.lemma) and _is_known(with_e, is_verb):
                word.lemma = with_e


def _is_known(lemma: str, is_verb: Callable[[str], bool]) -> bool:
    return lemma in GRAMMAR_VERBS or lemma in LIGHT_WITH_EFFORT or is_verb(lemma)


def _mend_infinitive(sentence: Sentence) -> None:
    """A noun tag after "to" or a modal whose parse is a verb's: the tag is the error."""
    for word in sentence.words:
        if word.tag in _NOUN_TAGS and any(
            k.i < word.i and (k.tag in {"MD", "TO"}) for k in sentence.kids(word, "aux")
        ):
            word.tag, word.pos = "VB", "VERB"
            word.lemma = word.low


def _opens_series(sentence: Sentence, word: Word) -> bool:
    """Whether a comma or conjunction, adverbs apart, stands right before the word."""
    at = word.i - 1
    while at >= 0 and sentence.words[at].tag.startswith("RB") and sentence.words[at].low != "not":
        at -= 1
    return at >= 0 and (sentence.words[at].low in {",", ";", "and", "or", "&", "but"})


def _own_subject(sentence: Sentence, word: Word) -> bool:
    return any(k.dep in SUBJECT for k in sentence.kids(word))


def _aux(sentence: Sentence, word: Word, *tags: str) -> bool:
    return any(k.tag in tags for k in sentence.kids(word, "aux"))


def _base_series(sentence: Sentence, is_verb: Callable[[str], bool]) -> None:
    last: Word | None = None
    for word in sentence.words:
        if _aux(sentence, word, "MD", "TO") and word.is_verb:
            if last is not None and _goes_on(sentence, word, last):
                sentence.reattach(word.i, last.i, "conj")
            last = word
            continue
        if last is None or not _opens_series(sentence, word):
            continue
        if not _may_be_base(sentence, word, is_verb) or _own_subject(sentence, word):
            continue
        head = sentence.head(word)
        if word.tag not in {"VB", "VBP"}:
            word.tag, word.pos, word.lemma = "VB", "VERB", word.low
        if not (head is not None and word.dep == "conj" and head.tag in {"VB", "VBP"}):
            _attach(sentence, word, last)
        last = word


def _goes_on(sentence: Sentence, word: Word, last: Word) -> bool:
    """ "to A, to B and to C": an infinitive after a comma or "and" joins the one before."""
    to = next((k for k in sentence.kids(word, "aux") if k.tag == "TO"), None)
    if to is None or not _aux(sentence, last, "TO") or word.dep == "conj":
        return False
    head = sentence.head(word)
    loose = word.dep in {"advcl", "acl", "relcl", "appos", "dep"} or (
        head is not None and not head.is_verb
    )
    return loose and _opens_series(sentence, to) and not _own_subject(sentence, word)


def _may_be_base(sentence: Sentence, word: Word, is_verb: Callable[[str], bool]) -> bool:
    if word.tag in {"VB", "VBP"} and word.pos != "AUX":
        return True
    if word.tag not in _NOUN_TAGS or word.low != word.text or not is_verb(word.low):
        return False
    following = sentence.words[word.i + 1 : word.i + 2]
    return (
        bool(following) and following[0].tag in _OPENERS and following[0].low not in {"of", "and"}
    )


def _attach(sentence: Sentence, verb: Word, last: Word) -> None:
    """Hang `verb` beside `last`, and give each the words on its own side."""
    sentence.reattach(verb.i, last.i, "conj")
    stop = _series_end(sentence, verb)
    inside = list(sentence.words[verb.i + 1 : stop])
    moved = [w for w in inside if w.head < verb.i]
    for word in moved:
        if word.dep == "punct":
            continue
        if word.tag in {"IN", "TO"}:
            sentence.reattach(word.i, verb.i, "prep")
        elif word.tag == "RP":
            sentence.reattach(word.i, verb.i, "prt")
        elif word.tag.startswith("RB"):
            sentence.reattach(word.i, verb.i, "advmod")
        elif word.tag[:2] in {"NN", "PR", "CD"} and sentence.kid(verb, "dobj") is None:
            sentence.reattach(word.i, verb.i, "dobj")
    for word in sentence.words[last.i + 1 : verb.i]:
        if word.head >= verb.i and word.dep != "punct" and word.tag != "CC":
            _leave_left(sentence, word, last, verb)


def _series_end(sentence: Sentence, verb: Word) -> int:
    for word in sentence.words[verb.i + 1 :]:
        if word.low in {",", ";", "."}:
            return word.i
    return len(sentence.words)


def _leave_left(sentence: Sentence, word: Word, last: Word, verb: Word) -> None:
    """A word before `verb` that hung under one after it goes back to its own neighbours."""
    for at in range(word.i - 1, last.i - 1, -1):
        left = sentence.words[at]
        if left.tag == "IN" and sentence.kid(left, "pobj", "pcomp") is None:
            sentence.reattach(word.i, left.i, "pobj")
            return
        if left.i == last.i:
            sentence.reattach(word.i, left.i, "advmod" if word.tag.startswith("RB") else "dobj")
            return
        if left.tag.startswith("NN") and word.tag == "IN":
            sentence.reattach(word.i, left.i, "prep")
            return
    if word.i == verb.i - 1 and word.tag.startswith("RB"):
        sentence.reattach(word.i, verb.i, "advmod")


def _gerund_series(sentence: Sentence, is_verb: Callable[[str], bool]) -> None:
    """ "including expanding A, increasing B and working on C": later gerunds join the first."""
    last: Word | None = None
    for word in sentence.words:
        if word.tag != "VBG":
            continue
        if word.dep in {"pcomp", "xcomp"} or (
            word.dep == "conj" and sentence.words[word.head].tag == "VBG"
        ):
            last = word
        elif (
            last is not None
            and _opens_series(sentence, word)
            and is_verb(word.lemma)
            and sentence.kids(word, "dobj", "prep", "prt")
            and not any(w.tag in {"VBD", "VBZ", "MD"} for w in sentence.words[last.i : word.i])
            and word.dep in {"acl", "conj", "appos", "amod", "advcl", "dep"}
        ):
            sentence.reattach(word.i, last.i, "conj")
            last = word


def _past_series(sentence: Sentence, is_verb: Callable[[str], bool]) -> None:
    """ "signed A, launched B and opened C": a past form with an object joins the verb before."""
    last: Word | None = None
    for word in sentence.words:
        if word.tag == "VBD" and (word.dep == "ROOT" or _own_subject(sentence, word)):
            last = word
        elif (
            last is not None
            and word.tag in {"VBD", "VBN"}
            and _opens_series(sentence, word)
            and not sentence.kids(word, "aux", "auxpass", "agent")
            and sentence.kid(word, "dobj") is not None
            and word.dep in {"acl", "conj", "advcl", "dep", "amod", "ccomp"}
            and not sentence.words[word.head].is_verb
            and is_verb(word.lemma)
        ):
            word.tag = "VBD"
            sentence.reattach(word.i, last.i, "conj")
            last = word
