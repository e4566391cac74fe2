"""Identifiers, minted from canonical JSON of the parts, never from what was read into a statement.

Every local name is flat (no slash), starts with its kind and ends in 80 bits of SHA-256 in
hexadecimal, so that an IRI is simply the base IRI followed by the id.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata

DIGITS = 20
DEFAULT_BASE = "https://w3id.org/comity/id/"


def canonical_json(value: object) -> str:
    """JSON with sorted keys and no spaces; equal values give equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(*parts: object) -> str:
    """The first 80 bits of the SHA-256 of the parts, which stay apart: ("ab","c") != ("a","bc").

    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    return hashlib.sha256(canonical_json(parts).encode()).hexdigest()[:DIGITS]


def text_sha256(text: str) -> str:
    """SHA-256 of the UTF-8 bytes of a normalised text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def document_id(sha256: str) -> str:
    """The id of the document whose normalised text has this hash.

    >>> document_id("ab" * 32)
    'document-abababababababababab'
    """
    return f"document-{sha256[:DIGITS]}"


def statement_id(document: str, start: int, end: int, ordinal: int) -> str:
    """The id of the `ordinal`-th statement that the clause from `start` to `end` carries."""
    return f"statement-{digest(document, start, end, ordinal)}"


def event_id(name: str, date: str | None = None) -> str:
    """The id of an event, by its name and year: the yearly meetings of a body are many events."""
    return f"event-{digest(name, (date or '')[:4])}"


def candidate_id(name: str) -> str:
    """The id of a named actor that the vocabulary does not know: the same wherever it appears."""
    return f"actor-{digest(fold(name))}"


def local_actor_id(document: str, description: str) -> str:
    """The id of an actor known by description only, within one document."""
    return f"actor-{digest(document, fold(description))}"


def measure_code(measure_type: str, direction: str, area: str | None) -> str:
    """The code of a measure.

    >>> measure_code("enforcement", "strengthen", "border-measures")
    'enforcement.strengthen.border-measures'
    >>> measure_code("dialogue", "introduce", None)
    'dialogue.introduce'
    """
    return ".".join(part for part in (measure_type, direction, area) if part)


def fold(name: str) -> str:
    """A name without case, accents in compatibility form, or repeated white space."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", name)).strip().casefold()
