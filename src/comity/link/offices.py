"""For whom an officeholder speaks: "Lao minister X", "Y, director of the patent office of Z"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from comity.lexicon import Lexicon, Match
from comity.model import Actor, Document, Mention

_TITLE = re.compile(
    r"\b(?:vice[- ])?(?:president|premier|prime minister|minister|secretary[- ]general|secretary|"
    r"councill?or|commissioner|director[- ]general|director|head|chairman|chairwoman|chairperson|"
    r"chair|chancellor|ambassador|spokes(?:man|woman|person)|official|representative|"
    r"undersecretary|deputy|chief|governor|king|queen)\b",
    re.IGNORECASE,
)
_BODIES = frozenset(
    """State CustomsTerritory GovernmentBody IPOffice Court InternationalOrganization
    RegionalOrganization""".split()
)
_STOP = re.compile(r"[.;:?!\n]\s|\n")
_WORD = re.compile(r"[A-Z][\w-]+")
WINDOW = 90
"""As many characters on either side of a name are read for the office of its bearer."""


FAR = 8000
"""As many characters before a title alone the person may be named whom it stands for."""


def holder(mention: Mention, document: Document, lexicon: Lexicon) -> str | None:
    """The state or body that the person speaks for, by the words around the name.

    Args:
        mention: The speaker; a name, or a title alone.
        document: The document, whose every mention of the name is looked at.
        lexicon: The vocabulary's words.
    """
    for start, end in _places(mention, document.text):
        text = document.text
        front = _STOP.split(text[max(0, start - WINDOW) : start])[-1]
        behind = _STOP.split(text[end : end + WINDOW])[0]
        found = _in_front(front, mention.text, lexicon) or _behind(behind, mention.text, lexicon)
        if found:
            return found
    return None


def person_of_title(mention: Mention, document: Document, lexicon: Lexicon) -> str | None:
    """The known person that "the president" stands for: the one so called before it."""
    if mention.start is None or not _TITLE.fullmatch(mention.text.strip()):
        return None
    title = re.escape(mention.text.strip().split()[-1])
    before = document.text[max(0, mention.start - FAR) : mention.start]
    found = None
    for match in lexicon.actors.find(before):
        actor = lexicon.vocabulary.actors.get(match.code)
        near = before[max(0, match.start - 40) : match.end + 40]
        if _is(actor, "Person") and re.search(rf"\b{title}\b", near, re.IGNORECASE):
            found = match.code
    return found


def _places(mention: Mention, text: str) -> Iterator[tuple[int, int]]:
    """Where the name stands: at the mention first, then from the start of the text on."""
    if mention.start is not None and mention.end is not None:
        yield mention.start, mention.end
    last = re.findall(r"[\w'’-]+", mention.text)
    if not last or not (last[-1][:1].isupper() or _TITLE.fullmatch(mention.text.strip())):
        return
    yield from _first_places(last[-1], text)


@lru_cache(maxsize=256)
def _first_places(word: str, text: str) -> tuple[tuple[int, int], ...]:
    """The first six places of a word."""
    found = re.finditer(rf"\b{re.escape(word)}\b", text)
    return tuple(match.span() for match in islice(found, 6))


def _in_front(words: str, name: str, lexicon: Lexicon) -> str | None:
    """ "Lao minister of science X", "WIPO Director General X"."""
    titles = list(_TITLE.finditer(words))
    if titles and not re.search(r",\s*$", words):
        found = [m for m in _bodies(words, lexicon) if abs(m.end - titles[-1].start()) < 60]
        return found[-1].code if found else None
    if _TITLE.fullmatch(name.strip()):
        found = [m for m in _bodies(words, lexicon) if len(words) - m.end <= 24]
        return found[-1].code if found else None
    return None


def _behind(words: str, name: str, lexicon: Lexicon) -> str | None:
    """ "X, director of the patent office of Z", "the minister of Z"."""
    appositive = re.match(r"^[\w .'’-]{0,30}?,\s*(?:(?:the|an?)\s+)?(.+)$", words)
    own = _TITLE.fullmatch(name.strip())
    rest = appositive.group(1) if appositive else words if own else ""
    title = _TITLE.search(rest)
    if not rest or (not own and (title is None or title.start() > 40)):
        return None
    if own and not re.match(r"^\s+(?:of|for|at|from)\b", rest) and not appositive:
        return None
    found = [m for m in _bodies(rest, lexicon) if m.start < 70]
    return found[0].code if found else None


def _bodies(words: str, lexicon: Lexicon) -> list[Match]:
    """The states and bodies named in some words, by name or by adjective."""
    actors = lexicon.vocabulary.actors
    found = [
        m
        for m in lexicon.actors.find(words)
        if (actor := actors.get(m.code)) is not None and actor.kind in _BODIES
    ]
    for match in _WORD.finditer(words):
        code = lexicon.actors.state_of_adjective(match.group())
        if code and not any(m.start <= match.start() < m.end for m in found):
            found.append(Match(code, match.start(), match.end(), 1))
    return sorted(found, key=lambda m: m.start)


def _is(actor: Actor | None, kind: str) -> bool:
    return actor is not None and actor.kind == kind
