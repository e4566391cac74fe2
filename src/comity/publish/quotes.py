"""How much of the documents' own words a release gives: all, the first 25 words, or none.

The policy holds for passages and for what else is taken from the text word for word: the wording
of action and object, principles, conditions. Names, titles and the lemma of the action stay, as
what a citation needs. A passage that is not given whole has the hash of the whole of it, so that
whoever has the text can find it by its offsets and prove it.

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
    for text in sorted(set(texts)):
        if most <= 0:
            break
        first = shortened(text, most)
        kept.add(first)
        most -= sum(1 for _ in _WORD.finditer(first))
    return tuple(sorted(kept))


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
    return replace(
        statement,
        quote=shortened(statement.quote, most),
        quote_sha256=text_sha256(statement.quote),
        action_text=shortened(statement.action_text, most),
        object=shortened(statement.object, most),
        principles=shortened_all(statement.principles, most),
        conditions=shortened_all(statement.conditions, most),
    )


def limited_lines(
    lines: Callable[[], Iterable[bytes]], namespaces: Namespaces, policy: QuotePolicy
) -> Iterator[bytes]:
    """The lines of a graph with as many of the documents' words as a release gives, in order.

    They are read twice at once: evidence comes before the quotation whose hash it gets, and both
    come in the order of their names. So no more than one subject is held in memory.

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
    hashes = _hashes(lines(), f"<{namespaces.base}quote-".encode())
    for subject, group in groupby(lines(), key=lambda line: line[: line.index(b" ") + 1]):
        found = head.fullmatch(subject)
        if found is None:
            yield from group
            continue
        quads = [parsed(line) for line in group]
        if found[1] == b"evidence":
            quote = f"<{namespaces.base}quote-{found[2].decode()}>"
            given = _evidence(quads, quote, hashes, most)
        elif found[1] == b"quote":
            given = _quotation(quads, most)
        else:
            given = _wording(quads, most)
        yield from sorted({f"{s} {p} {o} {g} .\n".encode() for s, p, o, g in given})


def _hashes(lines: Iterable[bytes], start: bytes) -> Iterator[tuple[str, str]]:
    """Each quotation with the hash of its words, in order."""
    for line in lines:
        if line.startswith(start):
            node, predicate, value, _ = parsed(line)
            if predicate == _EXACT:
                yield node, text_sha256(_text(value))


def _evidence(
    quads: Sequence[Quad], quote: str, hashes: Iterator[tuple[str, str]], most: int
) -> Iterator[Quad]:
    """Evidence with the hash of its passage, and without a quotation that is not given."""
    sha256 = next((sha256 for node, sha256 in hashes if node == quote), None)
    subject, _, _, graph = quads[0]
    if sha256 is None:
        raise GraphFolderError(
            "there are no words of this passage", where=subject[1:-1], hint="build again"
        )
    yield subject, f"<{COMITY}passageSha256>", literal_term(sha256), graph
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


def _wording(quads: Sequence[Quad], most: int) -> Iterator[Quad]:
    """A statement with the first words of each kind of wording."""
    said: dict[tuple[str, str, str | None, str], list[str]] = {}
    for subject, predicate, value, graph in quads:
        if predicate in _WORDING:
            literal = _literal(value)
            said.setdefault((subject, predicate, literal.language, graph), []).append(literal.value)
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
