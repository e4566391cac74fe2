"""What a model says of a passage → statements anchored in the text, or what is wrong with it.

Nothing reaches a record but words that stand in the text, codes of the vocabulary, dates, and the
dictionary form of a verb. Offsets are ours:

*Evidence* must be part of the passage. Where it occurs more than once, the words that the model
gives in front of it decide; without them (or when they do not stand there) it is the first place at
or after the evidence of the entry before, as entries come in the order of the text, and the next
free one when an entry is repeated. *Names* are those nearest before the evidence; of counterparts,
beneficiaries and the constrained those within it come first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from comity.extract.llm.answers import Malformed, Reading
from comity.extract.llm.passages import Passage
from comity.extract.plain import plain
from comity.identifiers import statement_id
from comity.model import Document, Mention, Statement

CONFIDENCE = 0.5
"""What every statement of a model bears. It is no estimate: nobody has measured one."""
_UNPARTED = re.compile(
    "[\u0e00-\u0eff\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Thai, Lao, Khmer, Chinese, Japanese, Korean: letters between which words may end anywhere."""
_LEMMA = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+){0,3}")


class NotAnchored(Exception):
    """An entry that does not hold; the message says why."""


class Repeated(NotAnchored):
    """An entry that says again what another has said of the same words."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry that was not taken: its evidence, as the model gave it, and the reason."""

    evidence: str
    reason: str
    repeats: bool = False

    def __str__(self) -> str:
        return f"“{plain(self.evidence, 80)}”: {plain(self.reason)}"


@dataclass(frozen=True, slots=True)
class Anchored:
    """The statements of a passage, in the order of the text, and the entries that do not hold."""

    statements: tuple[Statement, ...]
    faults: tuple[Fault, ...] = ()


def anchor(
    document: Document,
    passage: Passage,
    readings: Sequence[Reading | Malformed],
    extractor: str,
) -> Anchored:
    """The statements that some entries make.

    Args:
        document: The document.
        passage: The passage that they are about.
        readings: The entries, in the order in which the model gave them.
        extractor: Name of the extractor.
    """
    statements: list[Statement] = []
    faults: list[Fault] = []
    seen: set[tuple[int, int, str, str]] = set()
    ordinals: Counter[tuple[int, int]] = Counter()
    cursor = passage.start
    for reading in readings:
        if isinstance(reading, Malformed):
            faults.append(Fault(reading.evidence, reading.reason))
            continue
        try:
            start, end = _evidence(document.text, passage, reading, cursor, seen)
            made = _statement(document, passage, reading, (start, end), extractor)
        except NotAnchored as problem:
            again = isinstance(problem, Repeated)
            faults.append(Fault(reading.evidence, str(problem), again))
            continue
        seen.add((start, end, reading.action, reading.object))
        cursor = start
        number = ordinals[start, end]
        ordinals[start, end] += 1
        statements.append(replace(made, id=statement_id(document.id, start, end, number)))
    ordered = sorted(statements, key=lambda s: (s.start, s.end, s.id))
    return Anchored(tuple(ordered), tuple(faults))


def _evidence(
    text: str,
    passage: Passage,
    reading: Reading,
    cursor: int,
    seen: set[tuple[int, int, str, str]],
) -> tuple[int, int]:
    words = reading.evidence.strip()
    if not words:
        raise NotAnchored("there is no evidence")
    places = _places(text, words, passage.start, passage.end)
    if not places:
        raise NotAnchored("the passage does not have these words, character for character")
    free = [p for p in places if (*p, reading.action, reading.object) not in seen]
    if not free:
        raise Repeated("this repeats an entry")
    lead = reading.before.strip()
    led = [p for p in free if lead and _follows(text, p[0], lead)]
    later = [p for p in free if p[0] >= cursor]
    return (led or later or free)[0]


def _places(text: str, words: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where words stand; places that cut a word in two only when there is no other."""
    found: list[tuple[int, int]] = []
    at = text.find(words, start, end)
    while at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1, end)
    whole = [place for place in found if not (_inside(text, place[0]) or _inside(text, place[1]))]
    return whole or found


def _follows(text: str, at: int, lead: str) -> bool:
    """Whether these words stand directly in front of a place, white space aside."""
    return text[max(0, at - len(lead) - 20) : at].rstrip().endswith(lead)


def _inside(text: str, at: int) -> bool:
    """Whether this is the middle of a word, in a script that parts words."""
    around = text[at - 1 : at + 1] if 0 < at < len(text) else ""
    return around.isalnum() and not _UNPARTED.search(around)


def _statement(
    document: Document,
    passage: Passage,
    reading: Reading,
    span: tuple[int, int],
    extractor: str,
) -> Statement:
    start, end = span
    action = " ".join(reading.action.split()).casefold()
    if not _LEMMA.fullmatch(action) or len(action) > 60:
        raise NotAnchored(f"action {reading.action[:60]!r} is no verb in its dictionary form")
    return Statement(
        id="",
        document=document.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        actors=_mentions(document.text, "actor", reading.actors, span),
        speaker=next(iter(_mentions(document.text, "speaker", _one(reading.speaker), span)), None),
        action=action,
        action_text=_words(document.text, "action_text", reading.action_text, span),
        object=_words(document.text, "object", reading.object, (passage.start, passage.end)),
        measure_type=reading.measure_type,
        direction=reading.direction,
        areas=tuple(sorted(set(reading.areas))),
        modality=reading.modality,
        negated=reading.negated,
        counterparts=_mentions(document.text, "counterpart", reading.counterparts, span),
        beneficiaries=_mentions(document.text, "beneficiary", reading.beneficiaries, span),
        constrained=_mentions(document.text, "constrained", reading.constrained, span),
        principles=_phrases(document.text, "principle", reading.principles, passage),
        conditions=_phrases(document.text, "condition", reading.conditions, passage),
        deadline=_day("deadline", reading.deadline),
        effective_from=_day("effective_from", reading.effective_from),
        effective_to=_day("effective_to", reading.effective_to),
        date=document.date,
        event=document.event,
        place=document.place,
        confidence=CONFIDENCE,
        extractor=extractor,
    )


def _one(name: str | None) -> list[str]:
    return [name] if name and name.strip() else []


def _mentions(
    text: str, role: str, names: Iterable[str], span: tuple[int, int]
) -> tuple[Mention, ...]:
    found = {_mention(text, role, name.strip(), span) for name in names if name.strip()}
    return tuple(sorted(found, key=lambda m: (m.start or 0, m.text)))


def _mention(text: str, role: str, name: str, span: tuple[int, int]) -> Mention:
    """A name in the place that is nearest to the evidence."""
    start, end = span
    orders = (_last_before(text, name, start), _places(text, name, start, end)[:1])
    if role not in {"actor", "speaker"}:
        orders = (orders[1], orders[0])
    for places in (*orders, _places(text, name, end, len(text))[:1]):
        for begin, stop in places:
            return Mention(text[begin:stop], None, begin, stop)
    raise NotAnchored(f"the text does not have its {role} {name[:60]!r}")


def _last_before(text: str, name: str, end: int) -> list[tuple[int, int]]:
    at = text.rfind(name, 0, end)
    while at >= 0 and (_inside(text, at) or _inside(text, at + len(name))):
        at = text.rfind(name, 0, at + len(name) - 1)
    return [(at, at + len(name))] if at >= 0 else []


def _words(text: str, field: str, words: str, span: tuple[int, int]) -> str:
    words = words.strip()
    if words and text.find(words, *span) < 0:
        raise NotAnchored(f"{field} {words[:60]!r} does not stand there")
    return words


def _phrases(text: str, field: str, phrases: Iterable[str], passage: Passage) -> tuple[str, ...]:
    span = passage.start, passage.end
    found = {_words(text, field, phrase, span) for phrase in phrases}
    return tuple(sorted(found - {""}))


def _day(field: str, value: str | None) -> str | None:
    """A date, when the calendar has it."""
    if value is None or not value.strip():
        return None
    if value.strip() not in set(_spellings(value.strip())):
        raise NotAnchored(f"{field} {value[:30]!r} is no date")
    return value.strip()


def _spellings(value: str) -> Iterator[str]:
    """The date that the digits of a value stand for, as it has to be written."""
    digits = [int(part) for part in re.findall(r"\d+", value, re.ASCII)]
    try:
        if value.startswith("--"):
            yield f"--{date(2000, *digits):%m-%d}"
        elif 1 <= len(digits) <= 3 and digits[0] >= 1000:
            whole = date(*digits, *([1] * (3 - len(digits)))).isoformat()
            yield whole[: (4, 7, 10)[len(digits) - 1]]
    except (ValueError, TypeError):
        return
