"""The baseline that reads the main verb of each sentence with its subject and object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from readings import Reading, is_passive, objects_of, subjects_of


def read(doc: Any) -> Iterator[Reading]:
    """The root of each sentence, when it is a verb with a subject and an object."""
    for sentence in doc.sents:
        verb = sentence.root
        subjects, objects = subjects_of(verb), objects_of(verb)
        if verb.pos_ == "VERB" and subjects and (objects or is_passive(verb)):
            yield Reading(verb, subjects, objects)
