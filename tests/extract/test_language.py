"""Only English is read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from .reading import document, extractor

SPEECH = "Peru will strengthen the protection of trade secrets."
FRENCH = "Le Pérou renforcera la protection des secrets des affaires. " * 8


@pytest.mark.parametrize(
    ("language", "count"), [("en", 1), ("en-GB", 1), ("fr", 0), ("zh-Hans", 0)]
)
def test_declared_language(language: str, count: int) -> None:
    """Nothing is extracted from a text that is said to be in another language."""
    text = document(SPEECH)
    assert len(extractor().extract(replace(text, language=language))) == count


@pytest.mark.parametrize(
    ("text", "count"), [(SPEECH, 1), (FRENCH + SPEECH, 0), ("中国将加强知识产权保护。" * 30, 0)]
)
def test_undeclared_language(text: str, count: int) -> None:
    """Without a language, a text that lacks the commonest English words is not read."""
    assert len(extractor().extract(replace(document(text), language=None))) == count
