"""Documents, statements and decisions for the tests of this folder."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from tests.strategies import codes, documents, statements, texts

from comity.identifiers import document_id, statement_id, text_sha256
from comity.model import Document, Statement
from comity.records import statement_from_record, statement_to_record
from comity.review.corrections import Correction, decide


def document_of(text: str, **values: Any) -> Document:
    """A document with this text."""
    sha256 = text_sha256(text)
    return Document(document_id(sha256), sha256, text, **values)


def statement_of(document: Document, quote: str, *, ordinal: int = 0, **values: Any) -> Statement:
    """A statement on the words of a document, a commitment to act when nothing else is said."""
    start = document.text.index(quote)
    end = start + len(quote)
    identifier = statement_id(document.id, start, end, ordinal)
    said = {"action": "act", "modality": "commitment", **values}
    return Statement(identifier, document.id, start, end, quote, **said)


@st.composite
def readable(draw: st.DrawFn, document: Document) -> Statement:
    """A statement of a document, as its record gives it back."""
    drawn = replace(draw(statements(document)), action=draw(texts().filter(str.strip)))
    return statement_from_record(statement_to_record(drawn))


@st.composite
def decided(draw: st.DrawFn, document: Document | None = None) -> Correction:
    """Any decision on any statement."""
    document = document or draw(documents())
    before = draw(readable(document))
    wanted = draw(st.sampled_from(["accept", "reject", "add", "correct"]))
    after = before
    if wanted == "correct":
        after = replace(before, modality=draw(codes("modality")), negated=not before.negated)
    return decide(
        wanted,
        after,
        document,
        before=before,
        note=draw(st.one_of(st.none(), texts())),
        reviewer=draw(st.sampled_from([None, "AB", "CD"])),
        date=draw(st.sampled_from([None, "2026-11-24", "2026-11-25"])),
    )
