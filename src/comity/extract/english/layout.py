"""Lines of a document → units to parse: title, headings, paragraphs, list items.

The text given to the parser may differ from the document (a list item gets a subject put
before it, a headline in capitals loses them), so each unit carries, for every character, the
place it came from, or -1 for characters we put in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from comity.extract.english.grammar import PARTICLE_VERBS

Kind = Literal["title", "heading", "paragraph", "answer", "lead", "item"]
_ASKED = re.compile(r"^\s*(?:Q\d*|Question)\s*[:.]\s", re.IGNORECASE)
_LABEL = re.compile(r"^\s*((?:[A-Z][\w.'’-]*)(?: [A-Z][\w.'’-]*){0,4}):\s+(?=\S)")
_GENERIC_LABELS = frozenset(
    """interview speech statement update news headline communique communiqué commentary opinion
    note press release factsheet summary question answer""".split()
)
_ANSWER = re.compile(r"^\s*(?:A\d*|Answer)\s*[:.]\s+(?=\S)")
_BULLET = re.compile(
    r"^\s*(?:[-–—•*●▪·◦]\s+|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s+|\(?(?:[a-h]|[ivx]{1,4})\)\s+)"
)
_INLINE_ITEM = re.compile(
    r"(?:;|,|:)\s*(?:and\s+|or\s+)?(?=\(?(?:[a-h]|[ivx]{1,4}|\d)\)\s)|;\s*(?:and\s+|or\s+)?"
)
_ENUM = re.compile(r"^\s*\(?(?:[a-h]|[ivx]{1,4}|\d{1,2})\)\s+")
_DASH = re.compile(r" ?(?:[-–—]{1,2}|:) (?=[A-Z\"“])")
_PLACE = re.compile(r"[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3}(?: \([\w ]{2,20}\))?")
_DATE_PART = re.compile(
    r"(?:[A-Z][\w.]{2,9} \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?|\d{4})(?: \d{4})?(?: \([\w ]{2,20}\))?"
)
_DAY = re.compile(
    r"^(?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8} \d{1,2})(?:,? \d{4})? ?(?:[-–—]{1,2}|:) (?=[A-Z])"
)
_MEASURE = re.compile(
    r"^(?:Measure|Action|Step|Activity|Task|Item|Goal|Objective|Recommendation|Priority)"
    r"\s+\d{1,2}(?:\.\d{1,2})*[a-z]?[.:)]?\s+(?=[A-Z\"“])"
)
_RESPONSIBLE = re.compile(
    r"[\s.;,]*[(\[]?\b(?:responsib(?:le|ility)(?: (?:body|bodies|agency|agencies|ministry|unit|"
    r"authority|authorities|department|office|party|parties))?|lead(?:ing)?(?: (?:agency|body|"
    r"ministry|department|office|institution))?|implementing (?:agency|body|office)|"
    r"implemented by|in charge)\s*[:–—]\s*(?:the )?(?P<who>[^;.)\]]+)",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"[\s.;,(]*\b(?:deadline|timeline|time ?frame|timing|due|by when|date|target date)\s*[:–—]\s*"
    r"(?P<due>[^;.)\]]+)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:Article|Section|Chapter|Paragraph)\s+\d+[A-Za-z.]*\b[ .:–-]*")


@dataclass(frozen=True, slots=True)
class Unit:
    """Text for the parser, with the document offset of every character (-1: put in by us).

    `source` is where the text names whose words these are, before a colon; `responsible` where
    it names who is to act, and `due` where it says by when, behind a measure of a plan;
    `planned` tells that the line is such a measure.
    """

    text: str
    places: tuple[int, ...]
    kind: Kind
    paragraph: int
    virtual_subject: bool = False
    lead: int | None = None
    source: tuple[int, int] | None = None
    responsible: tuple[int, int] | None = None
    due: tuple[int, int] | None = None
    planned: bool = False

    def cut(self, start: int, end: int) -> Unit:
        """The unit from character `start` up to `end` of its own text."""
        return replace(self, text=self.text[start:end], places=self.places[start:end])

    def prefixed(self, words: str) -> Unit:
        """The unit with words of ours before it."""
        return replace(
            self,
            text=words + self.text,
            places=(-1,) * len(words) + self.places,
            virtual_subject=True,
        )


def lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line that is not empty, with its offset."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


def units(text: str, title: str | None, is_verb: Callable[[str], bool]) -> list[Unit]:
    """The units of a document, in text order.

    Args:
        text: The normalised text.
        title: The document's title; when the text begins with it, that line is a title.
        is_verb: Whether a word is the base form of a verb that names a course of action.
    """
    found: list[Unit] = []
    lead: int | None = None
    interview = _is_interview(text)
    for number, (offset, line) in enumerate(lines(text)):
        if _ASKED.match(line) or (line.rstrip().endswith("?") and len(line) < 300):
            continue
        body = _strip(Unit(line, tuple(range(offset, offset + len(line))), "paragraph", number))
        if offset == 0 and title and line.strip() == title.strip():
            found.append(headline(replace(body, kind="title"), is_verb))
            continue
        answer = _ANSWER.match(body.text) or (_LABEL.match(body.text) if interview else None)
        if answer:
            source = (offset, offset + answer.end(1)) if answer.lastindex else None
            body = replace(body.cut(answer.end(), len(body.text)), kind="answer", source=source)
        if number and (dated := _dateline(body.text)):
            body = body.cut(dated, len(body.text))
        body = _assigned(body)
        item = _item_body(body)
        if item is None and lead is not None and is_item_like(body, found[lead], is_verb):
            item = body
        if item is not None and item.text.rstrip().endswith(":") and len(item.text) > 12:
            lead = len(found)
            found.append(replace(item, kind="lead"))
            continue
        if item is not None:
            found.extend(_items(replace(item, kind="item", lead=lead), is_verb))
            continue
        lead = None
        for part in _paragraph(body, is_verb):
            if part.kind == "lead":
                lead = len(found)
            found.append(replace(part, lead=lead) if part.kind == "item" else part)
        if found and found[-1].kind == "item":
            lead = None
    return found


def _assigned(unit: Unit) -> Unit:
    """A measure of a plan without its number, and without who is responsible and by when."""
    number = _MEASURE.match(unit.text)
    if number is not None:
        unit = replace(unit.cut(number.end(), len(unit.text)), planned=True)
    who, due = _RESPONSIBLE.search(unit.text), _DUE.search(unit.text)
    tails = [m for m in (who, due) if m is not None]
    if not tails:
        return unit
    if who is not None:
        start, end = who.span("who")
        unit = replace(unit, responsible=(unit.places[start], unit.places[end - 1] + 1))
    if due is not None:
        start, end = due.span("due")
        unit = replace(unit, due=(unit.places[start], unit.places[end - 1] + 1))
    cut = min(m.start() for m in tails)
    return unit.cut(0, cut) if cut > 10 else unit


def _is_interview(text: str) -> bool:
    """Whether questions are asked, or people take turns behind their names."""
    if any(_ASKED.match(line) for _, line in lines(text)):
        return True
    labels = [m.group(1) for _, line in lines(text) if (m := _LABEL.match(line))]
    return len(labels) > 2 and len(set(labels)) < len(labels)


def _dateline(text: str) -> int:
    """Where a paragraph begins behind its dateline, "VIENTIANE, April 2 –"; 0 without one."""
    day = _DAY.match(text)
    if day is not None:
        return day.end()
    dash = _DASH.search(text, 0, 80)
    if dash is None:
        return 0
    place, *parts = (part.strip() for part in text[: dash.start()].split(","))
    dated = [part for part in parts if _DATE_PART.fullmatch(part)]
    if not _PLACE.fullmatch(place) or len(parts) > 3:
        return 0
    if any(part not in dated and not _PLACE.fullmatch(part) for part in parts):
        return 0
    return dash.end() if dated or place.split(" (")[0].isupper() else 0


def _strip(unit: Unit) -> Unit:
    left = len(unit.text) - len(unit.text.lstrip())
    return unit.cut(left, len(unit.text.rstrip()))


def _item_body(unit: Unit) -> Unit | None:
    match = _BULLET.match(unit.text)
    if match is None or len(unit.text) - match.end() < 3:
        return None
    return unit.cut(match.end(), len(unit.text))


def is_item_like(unit: Unit, lead: Unit, is_verb: Callable[[str], bool]) -> bool:
    """Whether a line without a bullet still belongs to the list that `lead` opened."""
    first = unit.text.split(" ", 1)[0]
    return lead.text.rstrip().endswith(":") and (
        unit.text.endswith(";") or first[:1].islower() or is_verb(first.lower())
    )


def _paragraph(unit: Unit, is_verb: Callable[[str], bool]) -> Iterator[Unit]:
    """A paragraph as it is, or cut into a lead-in and the items after its colon."""
    article = _ARTICLE.match(unit.text)
    if article and len(unit.text) - article.end() < 80 and not unit.text.endswith("."):
        yield replace(unit, kind="heading")
        return
    if _is_heading(unit.text):
        yield replace(headline(unit, is_verb), kind="heading")
        return
    if unit.text.endswith(":"):
        yield replace(unit, kind="lead")
        return
    colon = _inline_list(unit.text)
    if colon is None:
        numbered = re.match(r"^\d{1,2}\.\s+(?=[A-Z])", unit.text)
        bare = unit.cut(numbered.end(), len(unit.text)) if numbered else unit
        yield with_subject(bare, is_verb) if unit.responsible or unit.planned else bare
        return
    yield replace(unit.cut(0, colon + 1), kind="lead")
    at = colon + 1
    for match in [*_INLINE_ITEM.finditer(unit.text, at), None]:
        end = match.start() if match else len(unit.text)
        part = _strip(unit.cut(at, end))
        enum = _ENUM.match(part.text)
        part = part.cut(enum.end() if enum else 0, len(part.text))
        if len(part.text) > 3:
            yield from _items(replace(part, kind="item"), is_verb)
        at = match.end() if match else end


def _inline_list(text: str) -> int | None:
    colon = text.find(":")
    if colon < 0 or colon > 400:
        return None
    rest = text[colon + 1 :]
    if re.match(r"\s*\(?(?:a|i|1)\)\s", rest) or (
        rest.count(";") >= 1 and not re.search(r"[.!?]\s+[A-Z]", rest)
    ):
        return colon
    return None


def _is_heading(text: str) -> bool:
    if len(text) > 120 or text[-1] in ".;,?!:":
        return False
    words = [w for w in re.findall(r"[A-Za-z][\w'-]*", text) if len(w) > 3]
    return len(words) > 0 and len(text.split()) <= 14


def _items(unit: Unit, is_verb: Callable[[str], bool]) -> Iterator[Unit]:
    """A list item made a clause: a subject of ours goes before a verb that has none."""
    head = _label_end(unit.text)
    unit = unit.cut(head, len(unit.text))
    unit = _strip(unit)
    if not unit.text:
        return
    trimmed = re.sub(r"[;,]?\s*(?:and|or)?\s*$", "", unit.text)
    unit = unit.cut(0, max(len(trimmed), 1))
    yield with_subject(unit, is_verb)


def _label_end(text: str) -> int:
    """Where an item's own heading ends: "Border measures: strengthen …", "Training. The …"."""
    match = re.match(r"^[A-Z][\w ,&/-]{2,60}:\s+(?=\S)", text)
    return match.end() if match else 0


def with_subject(unit: Unit, is_verb: Callable[[str], bool]) -> Unit:
    """ "Strengthen X" → "They will strengthen X"; "to X" and "X-ing" likewise; else unchanged."""
    match = re.match(
        r"^(?:(?:fully|further|jointly|actively|effectively|better|also|not)\s+)?([\w-]+)",
        unit.text,
        re.I,
    )
    if match is None:
        return unit
    first = match.group(1)
    low = unit.text[:1].lower() + unit.text[1:]
    lowered = replace(unit, text=low)
    if unit.text.lower().startswith("to ") and len(unit.text) > 6:
        return replace(unit, text=low).prefixed("They agreed ")
    following = unit.text[match.end() :].lstrip().split(" ", 1)[0].lower()
    if first.lower().endswith("ing") and is_verb(first.lower()) and following != "of":
        return lowered.prefixed("They are ")
    nominal = (
        following in {"of", "between", "among", "for", "in", "to"} and first.lower() in _NOUN_TOO
    )
    if first.lower() in _NOUN_FIRST and following not in _DETERMINING:
        return unit
    particle = first.lower() in PARTICLE_VERBS and following in {"up", "down", "out", "forward"}
    if (
        (is_verb(first.lower()) or particle)
        and not nominal
        and following not in {"will", "shall", "is", "are"}
    ):
        return lowered.prefixed("They will ")
    return unit


_NOUN_TOO = frozenset(
    """exchange review support training study work share report access fight plan launch fund
    finance increase cooperation research use respect balance focus transfer aid""".split()
)
_NOUN_FIRST = frozenset(
    """accord apply act design list map order open post pool pilot present process second stage
    table test track file fine levy press market cover appeal guide""".split()
)
"""Verbs that begin a line as nouns or adjectives unless a determiner follows them."""
_DETERMINING = frozenset(
    "a an the all any its their our this these those more new every such each existing".split()
)


def headline(unit: Unit, is_verb: Callable[[str], bool]) -> Unit:
    """A headline made a sentence: capitals lowered, "to do" and "to be done" made "will"."""
    named = _LABEL.match(unit.text)
    if (
        named
        and named.group(1).lower() not in _GENERIC_LABELS
        and len(named.group(1).split()) <= 4
        and len(unit.text) - named.end() > 20
    ):
        start = unit.places[0]
        unit = replace(unit.cut(named.end(), len(unit.text)), source=(start, start + named.end(1)))
    words = re.findall(r"[A-Za-z][\w'’-]*", unit.text)
    long = [w for w in words if len(w) > 3]
    capital = [w for w in long if w[:1].isupper()]
    result = unit
    if long and len(capital) >= 0.8 * len(long) and len(long) > 3:
        result = replace(result, text=_sentence_case(result.text, is_verb))
    if not re.search(r"\b(?:will|shall|must|should|is|are|was|were|has|have)\b", result.text):
        result = _future(result)
        for colon in list(re.finditer(r"[:;–—]\s+", result.text))[:2]:
            rest = _future(result.cut(colon.end(), len(result.text)))
            head = result.cut(0, colon.end())
            result = replace(result, text=head.text + rest.text, places=head.places + rest.places)
    return with_subject(result, is_verb)


def _future(unit: Unit) -> Unit:
    """ "X to be done" → "X will be done"; "X to do" → "X will do" after a first noun phrase."""
    passive = list(re.finditer(r"\bto(?=\s+be\s+\w+(?:ed|en|d)\b)", unit.text, re.I))
    if passive:
        return _swap(unit, passive[-1], "will")
    plain = re.match(
        r"^(?:[A-Z][\w.'’&-]*(?:,?\s+(?:and|of|the|for|&)\s+|,\s+|\s+)){1,8}(to)(?=\s+[a-z])",
        unit.text,
    )
    if plain and not re.search(
        r"\b(?:\w+s|agreed?|vow(?:ed)?|pledged?|call(?:ed)?|urged?|plan(?:ned)?|committed)\s+to\b",
        unit.text,
    ):
        return _swap_at(unit, plain.start(1), plain.end(1), "will")
    return unit


def _swap(unit: Unit, match: re.Match[str], word: str) -> Unit:
    return _swap_at(unit, match.start(), match.end(), word)


def _swap_at(unit: Unit, start: int, end: int, word: str) -> Unit:
    place = unit.places[start]
    return replace(
        unit,
        text=unit.text[:start] + word + unit.text[end:],
        places=unit.places[:start] + (place,) * len(word) + unit.places[end:],
    )


_LOWER_IN_TITLE = re.compile(r"[A-Z][a-z]+(?:-[A-Za-z]+)*")


def _sentence_case(text: str, is_verb: Callable[[str], bool]) -> str:
    """Verbs, grammar words and common policy nouns of a capitalised headline in lower case."""

    def lower(match: re.Match[str]) -> str:
        word = match.group()
        low = word.lower()
        return low if is_verb(low) or low in _COMMON else word

    return _LOWER_IN_TITLE.sub(lower, text)


_COMMON = frozenset(
    """efforts to enhance international cooperation in protection be intensified and of the for on
    with by at from against under over new more better joint bilateral global national regional
    property rights right trade secrets patents patent trademarks trademark copyright enforcement
    agreement memorandum understanding treaty system framework plan action strategy program
    programme measures measure technology transfer innovation examination training capacity office
    offices between into its their will must should into through amid after before as strong
    stronger closer deeper greater commitment calls agree agrees sign signs pledge pledges vows
    vow urges urge launch launches adopt adopts ratify ratifies boost strengthened expanded
    improved established signed launched adopted says say seeks seek intellectual""".split()
)
