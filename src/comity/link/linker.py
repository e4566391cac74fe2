"""Mentions → actors, and the words of a statement → concepts of the vocabulary.

Linking looks at the record alone (its words, not at a parse), so that a changed
vocabulary re-links statements without reading the texts again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from comity.lexicon import Lexicon
from comity.link.actors import ActorLinker
from comity.link.areas import areas_of, areas_pointed_at
from comity.link.measures import measure_of
from comity.model import UNSPECIFIED, Actor, Document, Mention, Statement


@dataclass(frozen=True, slots=True)
class Linked:
    """Linked statements and the candidates (actors not in the vocabulary) they name."""

    statements: tuple[Statement, ...]
    candidates: Mapping[str, Actor] = field(default_factory=dict)


_COOPERATION = frozenset({"cooperation", "dialogue", "agreement"})
"""Measure types that, said of intellectual property at large, are about cooperation in it."""


class Linker:
    """Links statements to a vocabulary.

    Args:
        lexicon: The vocabulary's words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def link(self, document: Document, statements: Iterable[Statement]) -> Linked:
        """The statements of one document with ids of actors and codes of concepts.

        What a statement already has (an id, a code that is not ``unspecified``, areas) is
        kept: hand-made codings pass through unchanged.
        """
        actors = ActorLinker(self._lexicon, document)
        linked = tuple(self._statement(document, s, actors) for s in statements)
        return Linked(linked, dict(sorted(actors.candidates.items())))

    def _statement(
        self, document: Document, statement: Statement, actors: ActorLinker
    ) -> Statement:
        kind, direction, areas = statement.measure_type, statement.direction, statement.areas
        if statement.extractor.startswith("english/"):
            kind, direction, areas = self._codes(document, statement)
        speaker = statement.speaker
        return replace(
            statement,
            measure_type=kind,
            direction=direction,
            areas=areas,
            actors=_linked(statement.actors, actors),
            speaker=actors.link_speaker(speaker) if speaker is not None else None,
            counterparts=_linked(statement.counterparts, actors),
            beneficiaries=_linked(statement.beneficiaries, actors),
            constrained=_linked(statement.constrained, actors),
        )

    def _codes(self, document: Document, statement: Statement) -> tuple[str, str, tuple[str, ...]]:
        """Measure type, direction and areas by the words of the statement."""
        before = document.text[max(0, statement.start - 25) : statement.start]
        kind, direction = measure_of(
            statement.action, statement.object, f"{before}{statement.quote}", self._lexicon
        )
        if statement.action == "work" and statement.counterparts:
            kind, direction = "cooperation", "introduce"
        if statement.measure_type != UNSPECIFIED:
            kind = statement.measure_type
        if statement.direction != UNSPECIFIED:
            direction = statement.direction
        about_ip = self._lexicon.is_about_ip(document.text)
        areas = statement.areas or areas_of(statement.object, self._lexicon, about_ip=about_ip)
        areas = areas or areas_pointed_at(
            statement.object, document.text[: statement.start], self._lexicon
        )
        if areas == ("ip-rights",) and kind in _COOPERATION:
            areas = ("ip-cooperation",)
        return kind, direction, areas


def _linked(mentions: Iterable[Mention], actors: ActorLinker) -> tuple[Mention, ...]:
    seen: dict[str | None, Mention] = {}
    for mention in mentions:
        linked = actors.link(mention)
        seen.setdefault(linked.id, linked)
    return tuple(seen.values())
