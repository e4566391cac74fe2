"""ClausIE's clauses (Del Corro and Gemulla, ClausIE: clause-based open information extraction,
WWW 2013) by the port `claucy` over spaCy's parse.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from readings import Reading, coordinated


def read(doc: Any) -> Iterator[Reading]:
    """The clauses of a parsed text that have a verb: object, else complement, else adverbial."""
    from claucy.claucy import extract_clauses

    for sentence in doc.sents:
        for clause in extract_clauses(sentence):
            if clause.verb is None:
                continue
            second = [clause.direct_object, clause.complement, clause.indirect_object]
            spans = [span for span in second if span is not None]
            objects = coordinated(spans[0].root) if spans else _held(clause.adverbials)
            yield Reading(clause.verb.root, coordinated(clause.subject.root), objects)


def _held(adverbials: list[Any]) -> tuple[Any, ...]:
    """What the first prepositional adverbial holds."""
    for span in adverbials:
        for child in span.root.children:
            if child.dep_ == "pobj":
                return coordinated(child)
    return ()
