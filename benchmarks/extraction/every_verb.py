"""The baseline that reads every verb with an object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from readings import Reading, is_passive, objects_of, subjects_of


def read(doc: Any) -> Iterator[Reading]:
    """Every verb that has an object, a prepositional object or a passive subject."""
    for token in doc:
        if token.pos_ != "VERB" or token.dep_ in {"aux", "auxpass", "amod", "compound"}:
            continue
        objects, subjects = objects_of(token), subjects_of(token)
        if objects or (is_passive(token) and subjects):
            yield Reading(token, subjects, objects)
