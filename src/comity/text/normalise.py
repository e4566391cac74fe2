"""The one form of text that every offset counts in.

`normalise` is what all formats pass through, and doing it twice changes nothing. `unwrap`
is for plain text alone: it joins the lines of paragraphs that an editor, a mail program or
a scanner broke at a fixed width. `plain_text` does both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SPACES = "\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile(f"[{_SPACES}]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters
    "\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # marks without width
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"  # no characters at all, tags
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# The joiners mean something between letters of Arabic, Indic and South-East Asian scripts.
_JOINED = "\u0590-\u109f\u1780-\u18af\u1900-\u1cff"
_JOINER = re.compile(f"(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])")
_VARIANTS = str.maketrans(
    {
        "\u2010": "-",
        "\u2011": "-",
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)

_WRAPPED = range(50, 101)
_SHORT = 40
_ITEM = re.compile(
    r"[-*•·‣▪◦–—] |\(?(?:\d{1,3}|[ivxl]{1,5}|[A-Za-z])[.)] |(?:Article|Section|Chapter|Annex) \d"
)
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*$")
_LONGEST_HALF = 30
_BROKEN_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]{1,30}(?=-$)")
_REST_OF_WORD = re.compile(r"[a-z]{1,30}(?![A-Za-z])")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_FIRST_HALVES = frozenset(
    {"cross", "high", "least", "long", "low", "non", "policy", "rule", "self", "short", "well"}
)
_SECOND_HALVES = frozenset(
    {"based", "free", "in", "led", "made", "of", "off", "out", "related", "the", "to", "up", "wide"}
)


def normalise(text: str) -> str:
    """NFC, LF, no invisible or control characters, single spaces and blank lines.

    Lines lose the spaces at both ends, runs of spaces and of blank lines become one, and
    there are no blank lines at the ends. Typographic ligatures and the non-breaking hyphen
    become plain letters and hyphens.

    >>> normalise("Trade\\u00a0secrets \\r\\n\\r\\n\\r\\n\\r\\nPat\\u00adents\\n")
    'Trade secrets\\n\\nPatents'
    """
    text = _SPACE.sub(" ", _BREAKS.sub("\n", text))
    text = _INVISIBLE.sub("", _SURROGATE.sub("\ufffd", text))
    text = unicodedata.normalize("NFC", text.translate(_VARIANTS))
    text = unicodedata.normalize("NFC", _JOINER.sub("", text))
    text = re.sub(" {2,}", " ", text)
    text = re.sub(" ?\n ?", "\n", text)
    return re.sub("\n{3,}", "\n\n", text).strip(" \n")


def one_line(text: str) -> str:
    """A normalised text on a single line, as titles and other metadata are kept."""
    return " ".join(normalise(text).split())


def join_lines(lines: Iterable[str]) -> str:
    """Lines of one paragraph as one line: a space between them, none between ideographs."""
    joined = ""
    for line in lines:
        if not joined or not line or (_is_wide(joined[-1]) and _is_wide(line[0])):
            joined += line
        else:
            joined += f" {line}"
    return joined


def unwrap(text: str) -> str:
    """Join the lines of hard-wrapped paragraphs; any other text comes back as it is.

    A text counts as hard-wrapped when at least three quarters of the lines that another
    line of their paragraph follows are 50 to 100 characters long and fewer than half of
    them end a sentence. List items and headings such as ``Article 3`` keep their lines,
    a short last line of a sentence ends its paragraph, and a word that was divided at the
    end of a line is put together again.

    Args:
        text: A normalised text.
    """
    paragraphs = [block.split("\n") for block in text.split("\n\n")]
    if not _is_hard_wrapped(paragraphs):
        return text
    words = frozenset(word.casefold() for word in _WORD.findall(text))
    return normalise("\n\n".join(_rejoin(lines, words) for lines in paragraphs))


def plain_text(text: str) -> str:
    """The body of a plain text: normalised, its hard-wrapped paragraphs joined."""
    return unwrap(normalise(text))


def starts_item(line: str) -> bool:
    """Whether a line looks like the start of a list item or of a numbered provision."""
    return _ITEM.match(line) is not None


def _is_hard_wrapped(paragraphs: list[list[str]]) -> bool:
    upper = [line for lines in paragraphs for line in lines[:-1]]
    wrapped = sum(len(line) in _WRAPPED for line in upper)
    ended = sum(_SENTENCE_END.search(line) is not None for line in upper)
    return len(upper) >= 2 and 4 * wrapped >= 3 * len(upper) and 2 * ended < len(upper)


def _rejoin(lines: list[str], words: frozenset[str]) -> str:
    parts = [lines[0]]
    length = len(lines[0])  # of the line that is being put together
    for line in lines[1:]:
        last = parts[-1]
        word = _broken_word(last, line, words)
        if starts_item(line):
            parts += ["\n", line]
            length = 0
        elif len(last) < _SHORT and _SENTENCE_END.search(last) and not line[0].islower():
            parts += ["\n\n", line]
            length = 0
        elif length < _SHORT:
            parts += ["\n", line]
            length = 0
        elif word:
            parts[-1] = last[: -len(word[0])]
            parts.append(word[1] + line[word[2] :])
        else:
            parts += ["" if _is_wide(last[-1]) and _is_wide(line[0]) else " ", line]
        length += len(line)
    return "".join(parts)


def _broken_word(upper: str, lower: str, words: frozenset[str]) -> tuple[str, str, int] | None:
    """A word divided between two lines: its first half, the whole, the length of its rest."""
    first = _BROKEN_WORD.search(upper, max(0, len(upper) - _LONGEST_HALF - 2))
    rest = _REST_OF_WORD.match(lower)
    if first is None or rest is None:
        return None
    hyphened, whole = f"{first[0]}-{rest[0]}", first[0] + rest[0]
    compound = first[0].casefold() in _FIRST_HALVES or rest[0] in _SECOND_HALVES
    if hyphened.casefold() in words or (compound and whole.casefold() not in words):
        whole = hyphened
    return f"{first[0]}-", whole, rest.end()


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}
