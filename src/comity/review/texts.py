"""The texts that codings are about: found by what people call them, searched for passages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from comity.errors import UsageError
from comity.identifiers import fold
from comity.model import Document
from comity.text.normalise import normalise

_ALIKE = ("'’‘`´", '"“”„«»', "-‐‑–—", "…")


class Texts:
    """Some documents, with their texts.

    Args:
        documents: The documents.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = {d.id: d for d in documents}

    def document(self, name: str) -> Document:
        """The document of that id, file name (or the end of its path) or title.

        Raises:
            UsageError: When there is none, or several.
        """
        if name in self.documents:
            return self.documents[name]
        parts = PurePosixPath(name.replace("\\", "/")).parts
        by_file = [
            d
            for d in self.documents.values()
            if d.file and parts and PurePosixPath(d.file).parts[-len(parts) :] == parts
        ]
        by_title = [d for d in self.documents.values() if d.title and fold(d.title) == fold(name)]
        by_stem = [
            d for d in self.documents.values() if d.file and PurePosixPath(d.file).stem == name
        ]
        for found in (by_file, by_title, by_stem):
            if len(found) == 1:
                return found[0]
            if found:
                raise UsageError(
                    f"{name!r} fits {len(found)} documents",
                    hint=f"give the id, such as {found[0].id}",
                )
        raise UsageError(
            f"no document {name[:200]!r} is among the texts, or the text was changed",
            hint="name it by file, id or title",
        )


def locate(
    document: Document, quote: str, *, start: int | None = None, prefix: str = ""
) -> tuple[int, int]:
    """Where a passage stands, by its words.

    They may be given with other quotation marks, dashes and line breaks than the text has.

    Args:
        document: The document, with its text.
        quote: The words of the passage.
        start: Its first character, needed where the words stand several times.
        prefix: The words before it, which may be given instead.

    Returns:
        Start and end, in code points of the text.

    Raises:
        UsageError: When it stands nowhere, or it cannot be told in which place.
    """
    text = document.text
    if start is not None and text[start : start + len(quote)] == quote:
        return start, start + len(quote)
    found = _places(text, quote)
    if prefix.strip():
        before = _pattern(prefix.strip())
        found = [(s, e) for s, e in found if re.search(rf"{before}\s*\Z", text[:s])]
    if start is not None and len(found) > 1:
        found = [(s, e) for s, e in found if s == start]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"the passage stands {len(found)} times in the text", hint="give its start or prefix"
        )
    raise UsageError("the passage is not in the text", hint="copy its words from the text")


def _places(text: str, quote: str) -> list[tuple[int, int]]:
    """Every place of the words as they are; where there is none, of words that look alike."""
    exact = re.escape(quote)
    for pattern in (exact, _pattern(normalise(quote).strip())):
        if pattern:
            found = [m.span(1) for m in re.finditer(f"(?=({pattern}))", text)]
            found = [span for span in found if span[0] < span[1]]
            if found:
                return found
    return []


def _pattern(words: str) -> str:
    return r"\s+".join("".join(map(_like, word)) for word in words.split())


def _like(sign: str) -> str:
    group = next((g for g in _ALIKE if sign in g), "")
    return f"[{re.escape(group)}]" if group else re.escape(sign)
