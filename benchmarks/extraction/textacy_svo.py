"""textacy's subject-verb-object triples (`textacy.extract.subject_verb_object_triples`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from readings import Reading


def read(doc: Any) -> Iterator[Reading]:
    """The triples of a parsed text."""
    from textacy.extract import subject_verb_object_triples

    for triple in subject_verb_object_triples(doc):
        verbs = [t for t in triple.verb if t.dep_ not in {"aux", "auxpass", "neg"}]
        if verbs:
            yield Reading(verbs[-1], _heads(triple.subject), _heads(triple.object))


def _heads(tokens: list[Any]) -> tuple[Any, ...]:
    """Of some tokens, those that hang on none of the others, and what is coordinated with them."""
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if t.head.i not in inside or t.head.i == t.i]
    joined = {n.i for top in tops for n in top.conjuncts}
    return tuple(t for t in tokens if t in tops or (t.i in joined and t.dep_ == "conj"))
