"""Who heads what, and who "we" are: read once from the whole text of a document.

"Teo Brandt, Director General of the Lumerian Patent Office", "We, the heads of A and B".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.extract.english.findings import Party
from comity.extract.english.grammar import INSTITUTION
from comity.lexicon import stem
from comity.model import Mention

_UPPER = r"[A-Z\u00C0-\u00DE]"
_WORD = rf"{_UPPER}[\w'’&-]*"
_NAME = rf"{_UPPER}[\w'’-]*(?: (?:(?:de|da|von|van|bin|al|el|dos|du|la) )?{_UPPER}[\w'’-]*){{1,3}}"
_TITLE = (
    r"(?:(?:acting|deputy|vice|former|executive|assistant|then)[- ])*"
    r"(?:director[- ]general|minister|director|president|commissioner|head|chief|"
    r"chair(?:man|woman|person)?|"
    r"(?:permanent )?secretary(?:[- ]general)?|administrator|comptroller|registrar|controller|"
    r"governor|leader)"
)
_BODY = rf"(?P<body>{_WORD}(?: (?:(?:of|for|and|on|the) ){{0,2}}{_WORD})*)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<name>{_NAME}),? (?:the )?(?:new )?(?i:{_TITLE}) (?:of|at|for) (?:the )?{_BODY}",
        rf"(?i:{_TITLE}) of (?:the )?{_BODY}, (?P<name>{_NAME})",
        rf"(?P<name>{_NAME}) (?:has )?(?:heads|headed|leads|led|chairs|chaired) (?:the )?{_BODY}",
        rf"{_BODY} (?i:{_TITLE}) (?P<name>{_NAME})",
        rf"(?P<name>{_NAME}) (?:has been|is|was|became) (?:the )?(?i:{_TITLE}) of (?:the )?{_BODY}",
    )
)
_WE = re.compile(
    r"\b[Ww]e(?:, (?:the )?| the )[^.;:,]{0,80}?\b(?:of|from|representing) (?=(?:the )?[A-Z])"
)
_ITEM = re.compile(
    r"(?:the )?(?P<name>(?:(?:Ministry|Department|Bureau|Directorate|Secretariat) (?:of|for) "
    rf"{_WORD}(?:, {_WORD})*(?: and {_WORD})?|{_WORD})(?: (?:(?:of|for|of the|for the) )?{_WORD})*)"
    r"(?: \([^()]*\))?"
)
_SEPARATOR = re.compile(r"(?:, (?:and |as well as )?| and )(?:of |from )?(?:the )?")


_BETWEEN = re.compile(
    r"(?:\b[Bb]etween |\b[Jj]oint (?:[Ss]tatement|[Dd]eclaration|[Cc]ommuniqu[eé]) (?:by|of|from) )"
    rf"(?:the )?(?P<one>{_WORD}(?: (?:of (?:the )?)?{_WORD})*)(?: \([^()]*\))? and "
    rf"(?:the )?(?P<two>{_WORD}(?: (?:of (?:the )?)?{_WORD})*)"
)


def couple(text: str) -> tuple[Party, ...]:
    """The two that "the agreement between A and B" names first; empty when the text has none."""
    match = _BETWEEN.search(text)
    if match is None:
        return ()
    return tuple(_party(match[name], match.start(name)) for name in ("one", "two"))


def bodies(text: str) -> dict[str, Party]:
    """The body that each person heads, by the person's last name in lower case."""
    found: dict[str, Party] = {}
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            name = match["name"].split()[-1].lower().rstrip(".")
            body, start = _own_body(match)
            if is_body(body):
                found.setdefault(name, _party(body, start))
    return found


def _own_body(match: re.Match[str]) -> tuple[str, int]:
    """The body of a match and where it begins, without another office's head before it.

    "EPO President A and INPI President B" tells of B that he heads INPI.
    """
    before, also, last = match["body"].rpartition(" and ")
    if also and re.search(rf"\b{_TITLE}\b", before, re.IGNORECASE):
        return last, match.end("body") - len(last)
    return match["body"], match.start("body")


def people(text: str) -> frozenset[str]:
    """The names, word by word, of those who head a body."""
    return frozenset(
        word
        for pattern in _PATTERNS
        for match in pattern.finditer(text)
        if is_body(match["body"])
        for word in match["name"].split()
        if word[:1].isupper() and len(word) > 1
    )


def is_body(name: str) -> bool:
    """Whether a name is that of an office, court or organization: "Economic Affairs" is not."""
    words = name.split()
    return words[-1].isupper() or any(stem(w.lower()) in INSTITUTION for w in words)


def ourselves(text: str) -> tuple[Party, ...]:
    """Those whom "We, the heads of A, B and C" names; empty when the text has no such words."""
    for match in _WE.finditer(text):
        found = tuple(_listed(text, match.end()))
        if found:
            return found
    return ()


def _listed(text: str, at: int) -> Iterator[Party]:
    """The names of a list that begins at a place; "X Patent and Trademark Office" is one."""
    while True:
        item = _ITEM.match(text, at)
        if item is None:
            return
        start, end, last = item.start("name"), item.end("name"), item
        last_word = item["name"].rpartition(" ")[2]
        if not is_body(last_word) and text.startswith(" and ", end):
            rest = _ITEM.match(text, end + len(" and "))
            if rest is not None and rest.start() == rest.start("name") and is_body(rest["name"]):
                end, last = rest.end("name"), rest
        yield _party(text[start:end], start)
        separator = _SEPARATOR.match(text, last.end())
        if separator is None:
            return
        at = separator.end()


def _party(name: str, start: int) -> Party:
    return Party(Mention(name, None, start, start + len(name)), "named")
