"""Reads a short text as the pipeline does: the English extractor, then the linker.

Model and vocabulary are loaded once for all tests.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from comity.extract.english import EnglishExtractor
from comity.identifiers import document_id, text_sha256
from comity.lexicon import Lexicon
from comity.link.linker import Linked, Linker
from comity.model import Document, Mention, Statement
from comity.rdf.vocabulary import load


@cache
def lexicon() -> Lexicon:
    """The words of Comity's own vocabulary."""
    return Lexicon(load())


@cache
def extractor() -> EnglishExtractor:
    """The extractor that all tests share."""
    return EnglishExtractor(lexicon())


def document(text: str, **known: str) -> Document:
    """A document of this text; `known` are its metadata, a title is put before the text."""
    if "title" in known:
        text = f"{known['title']}\n\n{text}"
    sha256 = text_sha256(text)
    return Document(document_id(sha256), sha256, text, language="en", **known)


def extract(text: str, **known: str) -> list[Statement]:
    """The statements of a text, before linking."""
    return extractor().extract(document(text, **known))


def link(text: str, **known: str) -> Linked:
    """The statements of a text, linked, with the candidates they name."""
    return Linker(lexicon()).link(document(text, **known), extract(text, **known))


def read(text: str, **known: str) -> list[Statement]:
    """The statements of a text, linked."""
    return list(link(text, **known).statements)


def one(text: str, **known: str) -> Statement:
    """The only statement of a text, linked."""
    found = read(text, **known)
    assert len(found) == 1, f"{len(found)} statements: {[s.quote for s in found]}"
    return found[0]


def names(mentions: Iterable[Mention]) -> list[str]:
    """The words of some mentions."""
    return [m.text for m in mentions]


def measure(statement: Statement) -> str:
    """Measure type and direction: ``enforcement.strengthen``."""
    return f"{statement.measure_type}.{statement.direction}"
