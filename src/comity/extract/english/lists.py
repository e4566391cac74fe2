"""List items take actor, speaker and modality from the line that leads into them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from comity.extract.english.clauses import ClauseReader
from comity.extract.english.findings import Context, Finding, Party
from comity.extract.english.grammar import AIM_NOUN, EFFORT, MODAL, NEGATION, NOUN_MODALITY
from comity.extract.english.parties import PartyFinder
from comity.extract.english.tree import Sentence, Word
from comity.extract.english.verbs import group
from comity.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Lead:
    """What a lead-in gives to each of its items."""

    parties: tuple[Party, ...] = ()
    speaker: Party | None = None
    modality: str | None = None
    locked: bool = False


def read_lead(
    sentences: list[Sentence], context: Context, lexicon: Lexicon, finder: PartyFinder
) -> Lead:
    """The parties and modality of the last clause of a lead-in."""
    if not sentences:
        return Lead()
    sentence = sentences[-1]
    last = next((w for w in reversed(sentence.words) if w.low not in {":", ","}), None)
    if last is not None and last.low == "we":
        return Lead(finder.actors(sentence, last), context.speaker, "commitment")
    bare = _bare_modal(sentence, context, finder)
    if bare is not None:
        return bare
    verbs = [w for w in sentence.words if w.is_verb and w.pos != "AUX"] or [
        w for w in sentence.words if w.is_verb
    ]
    if not verbs:
        return Lead(speaker=context.speaker, modality=_noun_modality(sentence))
    verb = verbs[-1]
    main = _governing(sentence, verb)
    words = group(sentence, main)
    subject = sentence.kid(main, "nsubj", "nsubjpass") or _inherited_subject(sentence, main)
    parties = finder.actors(sentence, subject) if subject is not None else ()
    modality = words.modal or lexicon.modality(main.lemma) or _noun_modality(sentence)
    speaker = context.speaker
    if modality == "recommendation" and words.modal is None and subject is not None:
        speaker = next(iter(parties), speaker)
        addressee = sentence.kid(main, "dobj")
        parties = finder.actors(sentence, addressee) if addressee is not None else ()
        for prep in sentence.kids(main, "prep"):
            pobj = sentence.kid(prep, "pobj")
            if prep.low in {"on", "upon"} and pobj is not None:
                parties = finder.actors(sentence, pobj)
    if words.negated and modality == "obligation":
        modality = "prohibition"
    return Lead(parties, speaker, modality, modality is not None)


def _bare_modal(sentence: Sentence, context: Context, finder: PartyFinder) -> Lead | None:
    """ "Each Party shall:", "Members should, where appropriate:": the modal rules the items."""
    words = sentence.words
    modal = next((w for w in reversed(words) if w.tag == "MD" and w.low in MODAL), None)
    if modal is None or any(w.is_verb and w.i > modal.i for w in words):
        return None
    before = [w for w in words[: modal.i] if w.tag[:2] in {"NN", "PR", "DT"} and w.start >= 0]
    head = sentence.kid(modal, "nsubj", "nsubjpass") or next(
        (w for w in before if w.dep in {"nsubj", "nsubjpass", "ROOT"}), None
    )
    head = head or (before[-1] if before else None)
    negated = any(w.low in NEGATION for w in words[max(0, modal.i - 4) : modal.i + 3])
    modality = MODAL[modal.low]
    if negated and modality in {"obligation", "permission"}:
        modality = "prohibition"
    parties = finder.actors(sentence, head) if head is not None else ()
    return Lead(parties, context.speaker, modality, True)


def _noun_modality(sentence: Sentence) -> str | None:
    for word in reversed(sentence.words):
        if word.lemma in AIM_NOUN or word.lemma in NOUN_MODALITY:
            return NOUN_MODALITY.get(word.lemma)
        if word.lemma in EFFORT:
            return "commitment"
    return None


def _governing(sentence: Sentence, verb: Word) -> Word:
    """The verb whose subject and auxiliaries rule the lead-in."""
    at = verb
    while sentence.kid(at, "nsubj", "nsubjpass") is None:
        above = next((w for w in sentence.above(at) if w.is_verb), None)
        if above is None:
            return at
        at = above
    return at


def _inherited_subject(sentence: Sentence, verb: Word) -> Word | None:
    for above in sentence.above(verb):
        subject = sentence.kid(above, "nsubj", "nsubjpass")
        if subject is not None:
            return subject
    return None


def apply_lead(findings: list[Finding], lead: Lead | None) -> None:
    """Give an item's findings, where they name no actor of their own, what the lead-in says."""
    if lead is None:
        return
    first = next(iter(lead.parties), lead.speaker)
    for finding in findings:
        context = finding.context
        if context.speaker is None and any(s.startswith("appeal") for s in context.trail):
            finding.context = replace(context, speaker=first)
        if context.parties or finding.passive or any(s.startswith("order") for s in context.trail):
            continue
        own = next((p for p in lead.parties if p.kind == "self"), None)
        finding.context = replace(
            finding.context, parties=lead.parties, speaker=lead.speaker or context.speaker or own
        )
        if lead.modality is not None and finding.modality in {"commitment", "report"}:
            finding.modality = lead.modality


def announces_list(finding: Finding) -> bool:
    """ "concentrate on the following:" says nothing beside its items."""
    words = {w.low for w in finding.object_words}
    return bool(words & {"following", ":"}) or all(
        w.lemma in EFFORT | AIM_NOUN or w.tag in {"DT", "JJ", "CD", "IN"}
        for w in finding.object_words
    )


def nominal_items(reader: ClauseReader, sentence: Sentence, lead: Lead, context: Context) -> None:
    """ "(a) the exchange of information": an item that is a noun of action."""
    root = sentence.root
    if not re.match(r"N", root.tag):
        return
    inner = Context(lead.parties, lead.speaker or context.speaker, lead.modality, lead.locked)
    reader.read_noun(root, inner)
