"""What counts as a statement: an act or decision, no appraisal, courtesy or background."""

from __future__ import annotations

from comity.extract.english.findings import Finding
from comity.extract.english.grammar import APPRAISAL, DEEDS, FORBIDDING, SPEECH
from comity.lexicon import Lexicon

_STATIVE = frozenset("be have become remain need mean include appear exist seem matter".split())
_VAGUE = frozenset(
    """institution-building environment-building strategy trade-expansion funding monitoring
    administration facilitation position""".split()
)
"""Measure types whose nouns alone ("platform", "plan") do not make a fact a measure."""
_SOCIAL: dict[str, set[str]] = {
    "give": {"pleasure", "floor", "honour", "honor", "thanks", "joy", "notice"},
    "answer": {"question"},
    "take": {"question", "place", "note", "floor"},
    "pay": {"visit", "tribute"},
    "send": {"message", "signal"},
    "find": {"itself", "themselves", "himself"},
    "make": {"statement", "speech", "remark", "visit"},
    "deliver": {"speech", "address", "remark", "statement"},
    "share": {"you"},
    "hold": {"meeting", "talk"},
}
"""What is done in company and is no course of action."""
_NOTING = frozenset("recognise recognize acknowledge note recall underline highlight".split())
_WORTH = frozenset(
    """importance role need value challenge fact contribution effort progress achievement
    significance potential relevance urgency link impact difference diversity situation
    circumstance success""".split()
)
"""Objects that make "recognise", "note" and "recall" an appraisal."""


def is_statement(finding: Finding, lexicon: Lexicon, *, led: bool = False) -> bool:
    """Whether a finding is a course of action that the guidelines code.

    Args:
        finding: What was found.
        lexicon: The vocabulary's words.
        led: Whether a lead-in gives the sentence its actor.
    """
    if _is_talk(finding):
        return False
    lemma = finding.action
    words = " ".join(w.text for w in finding.object_words)
    deed = lemma.replace(" ", "_") in DEEDS
    known = deed or lexicon.is_action(lemma) or lemma in FORBIDDING
    about = bool(lexicon.areas.find(words) or lexicon.measure_nouns.find(words))
    kinds = {p.kind for p in finding.context.parties}
    able = bool(kinds - {"other", "instrument"})
    if kinds == {"other"}:
        return False
    in_force = lemma.endswith(("into force", "effect"))
    if finding.modality == "report":
        if in_force:
            return True
        known = known or (bool(lexicon.areas.find(words)) and lemma not in SPEECH)
        if lemma in APPRAISAL or not known:
            return False
        return able or ("instrument" in kinds and deed) or _is_weighty(words, lexicon)
    if able or led:
        return lemma not in APPRAISAL - {"meet", "visit", "gather", "hold"} or about
    return (known and (about or finding.passive)) or in_force


def _is_talk(finding: Finding) -> bool:
    """States, reports of speech, courtesies and appraisals, whoever the subject is."""
    lemma, verb = finding.action, finding.verb
    objects = [w.lemma for w in finding.object_words]
    return (
        (verb.lemma in _STATIVE and lemma == verb.lemma)
        or (verb.lemma in SPEECH - DEEDS and finding.passive)
        or (verb.tag == "VBG" and lemma in SPEECH | APPRAISAL)
        or (lemma in _NOTING and not _WORTH.isdisjoint(objects[:6]))
        or not _SOCIAL.get(lemma, set()).isdisjoint(objects)
    )


def _is_weighty(words: str, lexicon: Lexicon) -> bool:
    """Whether an object is enough for a report of a fact to be about a measure."""
    if lexicon.areas.find(words):
        return True
    return any(m.code not in _VAGUE for m in lexicon.measure_nouns.find(words))
