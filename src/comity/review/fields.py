"""The fields of a statement as text that people write: in a cell of a table, at a prompt.

Several values of a field are separated by ``|`` (or ``;``, but for principles and conditions,
whose words may hold one). A mention is a name, an id of the vocabulary, or both:
``the ministry <CHN>``; its place in the text follows as ``@1745-1750``, the state or body that a
speaker stands for as ``for CHN``: ``Xi <xi-jinping for CHN @12-14>``. A backslash takes the
meaning from the sign after it; ``\\n`` is a line break, ``\\u0007`` a control character. A text
that begins with ``=``, ``+``, ``-`` or ``@``, which spreadsheets take for a formula, is written
with a backslash before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from unicodedata import category

from comity.dates import is_iso_date
from comity.errors import ComityError, UsageError
from comity.model import Mention, Statement
from comity.words import Words, suggestion

SCHEMES: Mapping[str, str] = {
    "measure_type": "measure-type",
    "direction": "direction",
    "areas": "area",
    "modality": "modality",
    "review": "review-status",
}
"""Fields that hold codes, with the scheme of the codes."""
MENTIONS = ("actors", "counterparts", "beneficiaries", "constrained")
PHRASES = ("principles", "conditions")
DATES = ("deadline", "effective_from", "effective_to", "date")
READING = (
    *("actors", "speaker", "action", "action_text", "object", "measure_type", "direction"),
    *("areas", "modality", "negated", "counterparts", "beneficiaries", "constrained"),
    *("principles", "conditions", *DATES, "event", "place"),
)
"""The fields that a person decides on: all that was read into the passage."""

_TRUE = frozenset("true yes y 1 x wahr ja vrai oui sí si verdadero 是".split())
_FALSE = frozenset("false no n 0 falsch nein faux non falso 否".split())
_FORMULA = "=+-@"
_MARKED = re.compile(
    r"(?:(?P<id>[A-Za-z0-9][A-Za-z0-9._-]*)(?!\S))?\s*(?:for\s+(?P<for>[A-Za-z0-9][\w.-]*))?\s*"
    r"(?:@(?P<start>\d+)-(?P<end>\d+))?\s*",
    re.ASCII,
)
Token = tuple[str, bool]
"""A character, and whether a backslash stood before it."""


def show(field: str, value: Any) -> str:
    """The value of a field as text that `parse` reads back.

    Args:
        field: The name of a statement's field.
        value: As a `Statement` has it.
    """
    if value is None:
        return ""
    if field in MENTIONS:
        return _guarded(" | ".join(_mention(m) for m in value))
    if field == "speaker":
        return _guarded(_mention(value))
    if field == "areas":
        return " | ".join(value)
    if field in PHRASES:
        return _guarded(" | ".join(escape(words, "|") for words in value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
    return _guarded(escape(str(value)))


def parse(field: str, text: str, words: Words) -> Any:
    """The value that a text stands for, as a `Statement` has it.

    Args:
        field: One of `READING`.
        text: What a person wrote.
        words: Where names of concepts and actors are looked up.

    Raises:
        UsageError: When it is no value of that field; the hint says what may have been meant.
    """
    if field not in READING:
        raise UsageError(f"no field is named {field!r}", hint=suggestion(field, READING))
    try:
        return _parse(field, text, words)
    except ComityError as error:
        raise UsageError(error.message, where=field, hint=error.hint) from error


def _parse(field: str, text: str, words: Words) -> Any:
    if field in MENTIONS:
        mentions = [_read_mention(part, words) for part in _split(tokens(text), "|;")]
        return tuple(dict.fromkeys(mentions))
    if field == "speaker":
        parts = _split(tokens(text), "|")
        if len(parts) > 1:
            raise UsageError("there is one speaker at most")
        return _read_mention(parts[0], words) if parts else None
    if field == "areas":
        codes = {words.code("area", plain(part)) for part in _split(tokens(text), "|;")}
        return tuple(sorted(codes))
    if field in SCHEMES:
        word = plain(tokens(text))
        if not word and field == "modality":
            raise UsageError("a statement has a modality", hint="write one of its codes")
        return words.code(SCHEMES[field], word) if word else "unspecified"
    if field in PHRASES:
        return tuple(sorted({plain(part) for part in _split(tokens(text), "|")}))
    if field == "negated":
        return truth(text)
    value = plain(tokens(text))
    if field in DATES:
        return day(value) if value else None
    if field == "action" and not value:
        raise UsageError("a statement names an action", hint="write the lemma of its verb")
    return value if field in ("action", "action_text", "object") else value or None


def truth(text: str) -> bool:
    """Whether a text says yes or no, in some languages; an empty one says no.

    Raises:
        UsageError: When it says neither.
    """
    word = text.strip().casefold()
    if word in _TRUE:
        return True
    if not word or word in _FALSE:
        return False
    raise UsageError(f"{text.strip()!r} is neither true nor false")


def day(text: str) -> str:
    """A date as records have it.

    Raises:
        UsageError: When it is none, or its day cannot be told from its month.
    """
    if is_iso_date(text) or re.fullmatch(r"--\d\d-\d\d", text, re.ASCII):
        return text
    parts = [
        re.fullmatch(r"(?P<y>\d{4})[/.-](?P<m>\d{1,2})[/.-](?P<d>\d{1,2})", text, re.ASCII),
        re.fullmatch(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})", text, re.ASCII),
    ]
    for found in filter(None, parts):
        written = f"{found['y']}-{int(found['m']):02d}-{int(found['d']):02d}"
        if is_iso_date(written):
            return written
    raise UsageError(
        f"{text!r} is no date that can be told for certain",
        hint="write 2019-04-26, 2019-04, 2019 or --04-26, as text",
    )


def changed(before: Statement, after: Statement) -> tuple[str, ...]:
    """The fields of the reading in which two statements differ."""
    return tuple(f for f in READING if getattr(before, f) != getattr(after, f))


# -- signs that have a meaning ---------------------------------------------------------------


def escape(text: str, signs: str = "") -> str:
    """A text with a backslash before each of the signs, and before white space at its ends."""
    plain_text = text.isprintable() and not any(sign in text for sign in "\\" + signs)
    inner = text if plain_text else "".join(_escaped(sign, signs) for sign in text)
    if category(text[:1] or "x")[0] == "Z":
        inner = "\\" + inner
    if category(text[1:][-1:] or "x")[0] == "Z":
        inner = f"{inner[:-1]}\\{inner[-1]}"
    return inner


def _escaped(sign: str, signs: str) -> str:
    if sign in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[sign]
    if category(sign) == "Cc":
        return f"\\u{ord(sign):04x}"
    return "\\" + sign if sign == "\\" or sign in signs else sign


def _guarded(text: str) -> str:
    return "\\" + text if text[:1] in _FORMULA and text else text


def tokens(text: str) -> list[Token]:
    """The characters of a text, those that a backslash makes plain marked."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        sign, after = text[at], text[at + 1 : at + 2]
        if sign != "\\":
            found.append((sign, False))
            at += 1
            continue
        at += 2
        if after in ("n", "r", "t"):
            found.append(({"n": "\n", "r": "\r", "t": "\t"}[after], True))
        elif after == "u" and re.fullmatch("[0-9a-f]{4}", text[at : at + 4], re.ASCII):
            found.append((chr(int(text[at : at + 4], 16)), True))
            at += 4
        elif after and (after in "\\|;<>" + _FORMULA or after.isspace()):
            found.append((after, True))
        else:
            found.append(("\\", False))
            found += [(after, False)] if after else []
    return found


def plain(found: Iterable[Token]) -> str:
    """The text that characters stand for, without white space around it."""
    return "".join(sign for sign, _ in _stripped(list(found)))


def _stripped(found: list[Token]) -> list[Token]:
    kept = [i for i, (sign, escaped) in enumerate(found) if escaped or not sign.isspace()]
    return found[kept[0] : kept[-1] + 1] if kept else []


def _split(found: list[Token], separators: str) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for sign, escaped in found:
        if sign in separators and not escaped:
            parts.append([])
        else:
            parts[-1].append((sign, escaped))
    return [part for part in map(_stripped, parts) if part]


# -- mentions ----------------------------------------------------------------------------


def _mention(mention: Mention) -> str:
    marks = [mention.id or ""]
    if mention.on_behalf_of:
        marks.append(f"for {mention.on_behalf_of}")
    if mention.start is not None:
        marks.append(f"@{mention.start}-{mention.end}")
    inner = " ".join(filter(None, marks))
    text = escape(mention.text, "|;<>")
    return f"{text} <{inner}>" if inner else text + (" <>" if _looks_bare(mention.text) else "")


def _looks_bare(text: str) -> bool:
    """Whether a name without id might be taken for an id."""
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", text, re.ASCII) is not None


def _read_mention(found: list[Token], words: Words) -> Mention:
    opening = [i for i, token in enumerate(found) if token == ("<", False)]
    if not opening or found[-1] != (">", False):
        return _named(plain(found), words)
    text = plain(found[: opening[-1]])
    marks = "".join(sign for sign, _ in found[opening[-1] + 1 : -1])
    read = _MARKED.fullmatch(marks.strip())
    if not text or read is None:
        raise UsageError(
            f"{''.join(s for s, _ in found)!r} is no mention", hint="write it as the ministry <CHN>"
        )
    start, end = (int(read[name]) if read[name] else None for name in ("start", "end"))
    identifier = words.actor(read["id"]) if read["id"] else None
    behalf = words.actor(read["for"]) if read["for"] else None
    if start is not None and end is not None and start >= end:
        raise UsageError(f"@{start}-{end} is no span")
    return Mention(text, identifier, start, end, behalf)


def _named(text: str, words: Words) -> Mention:
    """A mention that is an id alone, or a name alone, which is linked later."""
    actor = words.vocabulary.actors.get(text)
    return Mention(text, None) if actor is None else Mention(actor.name(), actor.id)
