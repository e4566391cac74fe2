"""How much of the documents' own words a release gives: all, the first 25 words, or none.

The policy holds for passages and for what else is taken from the text word for word: the wording
of action and object, principles, conditions, of each 25 words in all. Of a passage that is cut,
they are given as far as they lie within the words that are given, so that nobody can put the rest
together from them. Names, titles and the lemma of the action stay, as what a citation needs. A
passage that may not be whole has the hash of the whole, so that whoever has the text can find it by
its offsets and prove it.

A *word* is a run of characters without white space; it also ends after a dash or slash. In
scripts that are written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese, Tibetan and
the like) every character is a word, with the marks and punctuation that follow it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from comity.errors import GraphFolderError
from comity.identifiers import text_sha256
from comity.model import Statement
from comity.publish.content import parsed
from comity.publish.release import QuotePolicy
from comity.rdf.namespaces import COMITY, OA, Namespaces
from comity.rdf.terms import Literal, boolean_term, from_text, literal_term

Quad = tuple[str, str, str, str]

MOST = 25
"""Words of a text that the policy ``short`` gives."""

_UNSPACED = (
    "\u0e00-\u0fff"  # Thai, Lao, Tibetan
    "\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\uaa60-\uaadf"  # Burmese, Khmer, Tai
    "\u3005-\u3007\u3021-\u3029\u3031-\u303c\u3041-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff\uff66-\uff9f"
    "\U00016fe0-\U0001b2ff\U00020000-\U0003ffff"
)
_DASH = "\u2012-\u2015/"
_WORD = re.compile(rf"[{_UNSPACED}][^\w\s]*|[^\s{_UNSPACED}{_DASH}]+[{_DASH}]*|[{_DASH}]+")
_OPENING = {"Ps", "Pi", "Zs"}

_EXACT, _CONTEXT = f"<{OA}exact>", (f"<{OA}prefix>", f"<{OA}suffix>")
_WORDING = frozenset(
    f"<{COMITY}{name}>" for name in ("actionText", "objectText", "principle", "condition")
)


def shortened(text: str, most: int = MOST) -> str:
    """The first words of a text: all of it, or its beginning without white space at the end.

    Args:
        text: Any text.
        most: The most words, of which see the head of this module.

    >>> shortened("strengthen the protection of trade secrets", most=3)
    'strengthen the protection'
    >>> shortened("加强知识产权保护。", most=4)
    '加强知识'
    """
    last = 0
    for count, word in enumerate(_WORD.finditer(text), start=1):
        if count > most:
            return _closed(text[:last])
        last = word.end()
    return text if most > 0 else ""


def _closed(text: str) -> str:
    """A text without white space and opening brackets or quotation marks at its end."""
    kept = text.rstrip()
    while kept and unicodedata.category(kept[-1]) in _OPENING:
        kept = kept[:-1].rstrip()
    return kept or text.rstrip()


def shortened_all(texts: Iterable[str], most: int = MOST) -> tuple[str, ...]:
    """The first words of some texts taken together, in the order of the texts, sorted.

    Args:
        texts: The values of one field or property.
        most: The most words of all of them.

    >>> shortened_all(["on request", "if funds are there"], most=5)
    ('if funds are there', 'on')
    """
    kept: set[str] = set()
    for text in sorted(set(texts) - {""}):
        if most <= 0:
            break
        first = shortened(text, most)
        kept.add(first)
        most -= sum(1 for _ in _WORD.finditer(first))
    return tuple(sorted(kept))


def within(text: str, passage: str, given: str) -> str:
    """As much of a wording as lies within the words that are given of its passage.

    Args:
        text: Words taken from the passage, or from around it.
        passage: The whole passage.
        given: The beginning of it that is given.

    >>> within("trade secrets of firms", "protect trade secrets of firms", "protect trade secrets")
    'trade secrets'
    """
    place = passage.find(text)
    if given == passage or 0 <= place <= len(given) - len(text):
        return text
    return _closed(given[place:]) if 0 <= place < len(given) else ""


def limited_statement(statement: Statement, policy: QuotePolicy) -> Statement:
    """A statement with as many of the document's words as a release gives.

    Args:
        statement: A statement with its whole passage.
        policy: How much is given.

    >>> one = Statement("statement-0", "document-0", 10, 23, "protect seeds", action="protect")
    >>> limited_statement(one, "none").quote, limited_statement(one, "none").action
    ('', 'protect')
    """
    if policy == "full":
        return statement
    most = MOST if policy == "short" else 0
    passage, given = statement.quote, shortened(statement.quote, most)

    def limited(texts: Iterable[str]) -> tuple[str, ...]:
        return shortened_all((within(text, passage, given) for text in texts), most)

    return replace(
        statement,
        quote=given,
        quote_sha256=text_sha256(passage),
        action_text="".join(limited([statement.action_text])),
        object="".join(limited([statement.object])),
        principles=limited(statement.principles),
        conditions=limited(statement.conditions),
    )


def limited_lines(
    lines: Callable[[], Iterable[bytes]], namespaces: Namespaces, policy: QuotePolicy
) -> Iterator[bytes]:
    """The lines of a graph with as many of the documents' words as a release gives, in order.

    They are read several times at once: evidence comes before the quotation whose hash it gets,
    statements after the one that they must not exceed, and all come in the order of their names.
    So no more than one subject is held in memory.

    Args:
        lines: Gives sorted, distinct lines of canonical N-Quads, from the first on each time.
        namespaces: Where the data live.
        policy: How much is given.

    Raises:
        GraphFolderError: if a passage has no words, whose hash could be told.
    """
    if policy == "full":
        yield from lines()
        return
    most = MOST if policy == "short" else 0
    base = re.escape(namespaces.base.encode())
    head = re.compile(rb"<" + base + rb"(evidence|quote|statement)-([0-9A-Za-z]+)> ")
    start = f"<{namespaces.base}quote-"
    before, after = (_passages(lines(), start.encode()) for _ in range(2))
    for subject, group in groupby(lines(), key=lambda line: line[: line.index(b" ") + 1]):
        found = head.fullmatch(subject)
        if found is None:
            yield from group
            continue
        quads = [parsed(line) for line in group]
        quote = f"{start}{found[2].decode()}>"
        if found[1] == b"evidence":
            given = _evidence(quads, quote, _passage(quote, before), most)
        elif found[1] == b"quote":
            given = _quotation(quads, most)
        else:
            given = _wording(quads, _passage(quote, after), most)
        yield from sorted({f"{s} {p} {o} {g} .\n".encode() for s, p, o, g in given})


def _passages(lines: Iterable[bytes], start: bytes) -> Iterator[tuple[str, str]]:
    """Each quotation with its words, in order."""
    for line in lines:
        if line.startswith(start):
            node, predicate, value, _ = parsed(line)
            if predicate == _EXACT:
                yield node, _text(value)


def _passage(quote: str, passages: Iterator[tuple[str, str]]) -> str:
    """The words of the next quotation of that name."""
    for node, words in passages:
        if node == quote:
            return words
    raise GraphFolderError(
        "there are no words of this passage", where=quote[1:-1], hint="build again"
    )


def _evidence(quads: Sequence[Quad], quote: str, passage: str, most: int) -> Iterator[Quad]:
    """Evidence with the hash of its passage, and without a quotation that is not given."""
    subject, _, _, graph = quads[0]
    sha256 = literal_term(text_sha256(passage))
    yield subject, f"<{COMITY}passageSha256>", sha256, graph
    yield from (quad for quad in quads if most or quad[2] != quote)


def _quotation(quads: Sequence[Quad], most: int) -> Iterator[Quad]:
    """The first words of a quotation, which says when there are more; nothing for no words."""
    for subject, predicate, value, graph in quads if most else ():
        if predicate == _EXACT:
            whole = _text(value)
            first = shortened(whole, most)
            yield subject, predicate, literal_term(first), graph
            if first != whole:
                yield subject, f"<{COMITY}abridged>", boolean_term(True), graph
        elif predicate not in _CONTEXT:
            yield subject, predicate, value, graph


def _wording(quads: Sequence[Quad], passage: str, most: int) -> Iterator[Quad]:
    """A statement with the first words of each kind of wording."""
    given = shortened(passage, most)
    said: dict[tuple[str, str, str | None, str], list[str]] = {}
    for subject, predicate, value, graph in quads:
        if predicate in _WORDING:
            literal = _literal(value)
            kept = within(literal.value, passage, given)
            said.setdefault((subject, predicate, literal.language, graph), []).append(kept)
        else:
            yield subject, predicate, value, graph
    for (subject, predicate, language, graph), texts in said.items():
        for text in shortened_all(texts, most):
            yield subject, predicate, literal_term(text, language), graph


def _text(value: str) -> str:
    return _literal(value).value


def _literal(value: str) -> Literal:
    term = from_text(value)
    assert isinstance(term, Literal)
    return term
