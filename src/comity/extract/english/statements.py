"""Findings → Statement records: spans, words, parties, dates, confidence."""

from __future__ import annotations

from collections import Counter

from comity.extract.english.findings import Finding, Party
from comity.extract.english.grammar import FORBIDDING
from comity.extract.english.phrases import fronted
from comity.extract.english.times import times
from comity.extract.english.tree import extent
from comity.identifiers import statement_id
from comity.lexicon import Lexicon
from comity.model import UNSPECIFIED, Document, Mention, Statement

_PRACTICES = frozenset(
    """require impose allow permit force compel pressure discriminate restrict demand condition
    coerce oblige tolerate deny prevent disclose use accept let""".split()
)
"""Verbs that, under "will not" or "shall not", forbid a practice rather than refuse a step."""


def to_statements(
    document: Document, findings: list[Finding], extractor: str, lexicon: Lexicon
) -> list[Statement]:
    """Records of the findings, in text order, each with its own id."""
    seen: Counter[tuple[int, int]] = Counter()
    found: list[Statement] = []
    for finding in findings:
        span = extent(finding.clause) or extent([finding.verb])
        if span is None:
            continue
        ordinal = seen[span]
        seen[span] += 1
        found.append(_statement(document, finding, span, ordinal, extractor, lexicon))
    return sorted(found, key=lambda s: (s.start, s.end, s.id))


def _statement(
    document: Document,
    finding: Finding,
    span: tuple[int, int],
    ordinal: int,
    extractor: str,
    lexicon: Lexicon,
) -> Statement:
    text = document.text
    modality, negated, forbids = _force(finding)
    front = extent(fronted(finding.sentence, finding.verb))
    said = (text[front[0] : front[1]] + " " if front else "") + text[span[0] : span[1]]
    said += f" by {finding.due}" if finding.due else ""
    in_force = finding.action.endswith(("force", "effect"))
    when = times(said, document.date, in_force=in_force)
    done = modality == "report" and finding.verb.tag in {"VBD", "VBN", "NN"}
    object_span = extent(finding.object_words)
    action_span = extent(finding.action_words)
    return Statement(
        id=statement_id(document.id, span[0], span[1], ordinal),
        document=document.id,
        start=span[0],
        end=span[1],
        quote=text[span[0] : span[1]],
        actors=_mentions(finding.context.parties),
        speaker=finding.context.speaker.mention if finding.context.speaker else None,
        action=finding.action,
        action_text=text[action_span[0] : action_span[1]] if action_span else finding.action,
        object=text[object_span[0] : object_span[1]] if object_span else "",
        measure_type="prohibition" if forbids else UNSPECIFIED,
        direction="abolish" if forbids else UNSPECIFIED,
        modality=modality,
        negated=negated,
        counterparts=_mentions(tuple(finding.counterparts)),
        beneficiaries=_mentions(tuple(finding.beneficiaries)),
        constrained=_mentions(tuple(finding.constrained)),
        principles=tuple(finding.principles),
        conditions=tuple(finding.conditions),
        deadline=when.deadline,
        effective_from=when.effective_from,
        effective_to=when.effective_to,
        date=(when.on if done and when.on is not None else document.date),
        event=document.event,
        place=document.place,
        confidence=confidence(finding, lexicon),
        extractor=extractor,
    )


def _force(finding: Finding) -> tuple[str, bool, bool]:
    """Modality, negation and whether the net effect is to forbid a practice."""
    modality, lemma = finding.modality, finding.verb.lemma
    if finding.context.forbids:
        return modality, False, True
    if modality == "prohibition":
        return modality, False, True
    if not finding.negated:
        return modality, False, False
    if modality == "obligation" or (modality == "permission" and not _freed(finding)):
        return "prohibition", False, True
    if lemma in FORBIDDING or lemma in _PRACTICES:
        return modality, False, True
    return modality, True, False


def _freed(finding: Finding) -> bool:
    """ "is not obliged to": a permission not to act, no prohibition."""
    return any(step.startswith("order:") for step in finding.context.trail)


def _mentions(parties: tuple[Party, ...]) -> tuple[Mention, ...]:
    real = [p.mention for p in parties if p.mention.start is not None and p.mention.start >= 0]
    return tuple(sorted(dict.fromkeys(real), key=lambda m: (m.start or 0, m.text)))


def confidence(finding: Finding, lexicon: Lexicon) -> float:
    """How sure the rules are, from 0 to 1, in steps of a hundredth.

    It estimates how often action, object, actors and modality are all right in texts that the
    rules were not written on. Each feature that went with errors takes a fixed part away; the
    scale was set on 122 findings in fifteen hand-coded texts when they were first seen.
    """
    doubt = 0.06
    words = " ".join(w.text for w in finding.object_words)
    if not finding.object_words:
        doubt += 0.25
    elif not lexicon.areas.find(words):
        doubt += 0.14
    if not lexicon.is_action(finding.action):
        doubt += 0.12
    kinds = {p.kind for p in finding.context.parties}
    if not kinds:
        doubt += 0.06
    if "pronoun" in kinds or "self" in kinds:
        doubt += 0.05
    if finding.modality == "report":
        doubt += 0.08
    if len(finding.object_words) > 25:
        doubt += 0.08
    return round(max(0.05, 0.84 - 1.6 * doubt), 2)
