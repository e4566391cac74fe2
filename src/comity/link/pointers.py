"""Objects that point back ("it", "the agreement", "its implementation") → their areas.

What they point to is the nearest text of that kind that was named before, the text itself
("this Treaty" in a treaty), or what the statement just before is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from comity.lexicon import Lexicon
from comity.link.areas import select
from comity.model import UNSPECIFIED, Document, Statement

_TEXT = (
    r"agreement|treaty|convention|protocol|memorandum|mou|accord|pact|text|instrument|document|"
    r"arrangement|declaration|framework|act|law|bill|plan|action plan|programme|program|strategy|"
    r"scheme|project|pilot|mechanism|system|platform|network|court|database|procedure|"
    r"roadmap|road map|exception|right|register|committee|fund|directive|regulation|partnership|"
    r"initiative|campaign|guidelines|amendments?|recommendations?"
)
_POINTER = re.compile(
    rf"^(?:the|this|that|these|those|its|their|such|such an?|said|our)\s+"
    rf"(?:(?:founding|existing|said|same|new)\s+)?({_TEXT})s?$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"^(?:it|them|they|this|these|those|that|one|ones|the same|the latter|the former|both|each one|"
    r"each of them|all of them)$",
    re.IGNORECASE,
)
_DEMONSTRATIVE = re.compile(r"^(?:this|these|those|such)\s+[\w -]{2,40}$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"^(?:its|their)\s+(?:[\w-]+\s+){0,2}[\w-]+$", re.IGNORECASE)
_FIELD = re.compile(
    r"\b(?:in|on|under|to|of) (?:this|that|the same|these|those) "
    r"(?:field|area|sector|regard|respect|subject|matter|topic|domain)s?\b|\bthereof\b"
    r"|\b(?:under|of|about|on|for|with) (?:it|them|this|these)$"
    r"|^(?:how|what|whether|when) the \w+ (?:is|are)\b",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"\b(?:obligation|cooperation|dialogue|information|effort|member|assistance|experience|view|"
    r"part|best|commitment|work|activit|measure|step|right|report|progress|meeting|partner|countr)\w*$",
    re.IGNORECASE,
)
_TRADE = ("economic-opening",)
_END = re.compile(r"[.;:?!]\s|\n")
_PARAGRAPH = re.compile(r"\n\n")
FAR = 8000
"""As many characters before a statement a text that it points back to may be named."""
NEAR = 400
"""As many characters before a statement the words may stand that it points back to."""


def sentence_before(text: str, start: int) -> str:
    """The words of the sentence in front of a place.

    >>> sentence_before("It is new. From today Norland protects designs", 30)
    'From today Norland '
    """
    return _END.split(text[max(0, start - NEAR) : start])[-1]


def areas_pointed_at(words: str, before: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The areas of what "the agreement" or "this treaty" points back to.

    Args:
        words: The object phrase.
        before: The text in front of it.
        lexicon: The vocabulary's words.
    """
    pointer = _POINTER.match(words.strip())
    if pointer is None:
        return ()
    noun = pointer.group(1)
    after = re.compile(
        rf"\b{noun}s?\s+(?:on|concerning|regarding|for|relating to|about|of|to|that|"
        rf"in the field of)\s+[^.;\n]{{3,100}}",
        re.IGNORECASE,
    )
    front = re.compile(rf"((?:[\w'’-]+ ){{1,6}}){noun}\b", re.IGNORECASE)
    named = [(m.start(), m.group()) for m in after.finditer(before)]
    named += [(m.start(), m.group()) for m in front.finditer(before)]
    for _, phrase in sorted(named, reverse=True):
        found = select(phrase, lexicon.areas, lexicon)
        if found:
            return found
    return ()


def areas_by_context(
    statement: Statement,
    document: Document,
    earlier: Sequence[Statement],
    lexicon: Lexicon,
) -> tuple[str, ...]:
    """The areas of an object that names none itself but points back; none when it does not.

    Args:
        statement: The statement, whose object names no area.
        document: Its document.
        earlier: The statements before it, already linked.
        lexicon: The vocabulary's words.
    """
    words = statement.object.strip()
    text, start = document.text, statement.start
    before = text[max(0, start - FAR) : start]
    found = _of_this_text(words, document, lexicon) or areas_pointed_at(words, before, lexicon)
    if found or not _points_back(words):
        return found
    same = bool(earlier) and _END.search(text, earlier[-1].end, start) is None
    near = _named_before(before, lexicon) if _PRONOUN.match(words) and not same else ()
    return (
        near
        or _just_before(statement, text, earlier)
        or (_named_before(before, lexicon, within="paragraph") if _FIELD.search(words) else ())
    )


def is_pointer(words: str) -> bool:
    """Whether the words do nothing but point: "it", "the agreement".

    >>> [is_pointer(w) for w in ("the treaty", "them", "the treaty on designs")]
    [True, True, False]
    """
    return bool(_PRONOUN.match(words.strip()) or _POINTER.match(words.strip()))


def is_pronoun(words: str) -> bool:
    """Whether the words are a pronoun, or a demonstrative with a general noun."""
    return bool(_PRONOUN.match(words.strip()) or _DEMONSTRATIVE.match(words.strip()))


def kind_before(statement: Statement, text: str, earlier: Sequence[Statement]) -> str:
    """The measure type of the statement just before, in the same paragraph."""
    for other in reversed(earlier):
        near = text.find("\n\n", other.end, statement.start) < 0
        near = near and statement.start - other.end <= NEAR
        return other.measure_type if near else UNSPECIFIED
    return UNSPECIFIED


def _named_before(before: str, lexicon: Lexicon, within: str = "sentence") -> tuple[str, ...]:
    """The area named last in the same sentence or paragraph."""
    end = _END if within == "sentence" else _PARAGRAPH
    near = end.split(before[-NEAR:])[-1]
    found = lexicon.areas.find(near)
    return tuple(sorted({m.code for m in found if m.start == found[-1].start}))


def _of_this_text(words: str, document: Document, lexicon: Lexicon) -> tuple[str, ...]:
    """ "this Treaty", "this Chapter": what the title says that the text is about."""
    title = document.title or document.text.split("\n", 1)[0]
    if re.match(r"^(?:[Tt]his|[Tt]he present) (?:\w+ )?[A-Z]\w+$", words):
        noun = words.rsplit(" ", 1)[1].lower()
        if noun in title.lower():
            found = select(title, lexicon.areas, lexicon)
            return _TRADE if _TRADE[0] in found and len(found) > 1 else found
    return ()


def _points_back(words: str) -> bool:
    if _PRONOUN.match(words) or _POINTER.match(words) or _FIELD.search(words):
        return True
    if _DEMONSTRATIVE.match(words):
        return not re.search(r"(?:country|countries|partners?|efforts?|issues?|example)$", words)
    return bool(_POSSESSIVE.match(words)) and not _EMPTY.search(words)


def _just_before(statement: Statement, text: str, earlier: Sequence[Statement]) -> tuple[str, ...]:
    """The areas of the nearest statement in front that has any, in the same paragraph."""
    for other in reversed(earlier):
        if other.end > statement.start + 1 and other.start >= statement.start:
            continue
        far = statement.start - other.end > NEAR
        if far or text.find("\n\n", other.end, statement.start) >= 0:
            return ()
        if other.areas:
            return other.areas
    return ()
