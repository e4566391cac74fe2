"""Mentions → actors, and the words of a statement → concepts of the vocabulary.

Linking looks at the record alone (its words, not at a parse), so that a changed
vocabulary re-links statements without reading the texts again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from comity.lexicon import Lexicon
from comity.link.actors import ActorLinker
from comity.link.areas import areas_of
from comity.link.effect import Effect, net_effect
from comity.link.measures import measure_of
from comity.link.pointers import (
    areas_by_context,
    is_pointer,
    is_pronoun,
    kind_before,
    sentence_before,
)
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
        extractor: Name of the extractor at work: what it leaves ``unspecified`` is open, so the
            words decide. In statements of others it is what a coder found, and stays.
    """

    def __init__(self, lexicon: Lexicon, extractor: str = "") -> None:
        self._lexicon = lexicon
        self._extractor = extractor

    def link(self, document: Document, statements: Iterable[Statement]) -> Linked:
        """The statements of one document with ids of actors and codes of concepts.

        What a statement already has (an id, a code that is not ``unspecified``, areas) is
        kept: hand-made codings pass through unchanged.
        """
        actors = ActorLinker(self._lexicon, document)
        linked: list[Statement] = []
        for statement in statements:
            linked.append(self._statement(document, statement, actors, linked))
        return Linked(tuple(linked), dict(sorted(actors.candidates.items())))

    def name(self, document: Document, statements: Iterable[Statement]) -> Linked:
        """As `link`, but for the actors alone: the codes stay what a person made them."""
        actors = ActorLinker(self._lexicon, document)
        named = tuple(_named(statement, actors) for statement in statements)
        return Linked(named, dict(sorted(actors.candidates.items())))

    def _statement(
        self,
        document: Document,
        statement: Statement,
        actors: ActorLinker,
        earlier: Sequence[Statement],
    ) -> Statement:
        if statement.extractor.startswith("english/"):
            statement = self._coded(document, statement, earlier)
        elif self._extractor and statement.extractor == self._extractor:
            statement = _kept(statement, self._coded(document, statement, earlier))
        return _named(statement, actors)

    def _coded(
        self, document: Document, statement: Statement, earlier: Sequence[Statement]
    ) -> Statement:
        """Measure type, direction and areas by the words of the statement."""
        areas = statement.areas or self._areas(document, statement, earlier)
        kind, direction = statement.measure_type, statement.direction
        before = sentence_before(document.text, statement.start)
        effect = Effect(kind, direction, statement.negated)
        if kind in {UNSPECIFIED, "prohibition"}:
            found = measure_of(
                statement.action,
                statement.object,
                statement.quote,
                self._lexicon,
                before=before,
                areas=areas,
            )
            if found[0] == UNSPECIFIED and is_pronoun(statement.object):
                found = (kind_before(statement, document.text, earlier), found[1])
            effect = net_effect(
                Effect(*found, statement.negated),
                action=statement.action,
                words=statement.object,
                areas=areas,
                before=before,
                forbids=kind == "prohibition" or statement.modality == "prohibition",
            )
        at_large = areas == ("ip-rights",) or (
            areas == ("ip-system",) and "cooperat" in statement.object
        )
        if at_large and effect.kind in _COOPERATION:
            areas = ("ip-cooperation",)
        return replace(
            statement,
            measure_type=effect.kind,
            direction=effect.direction if direction in {UNSPECIFIED, "abolish"} else direction,
            negated=effect.negated,
            areas=areas,
        )

    def _areas(
        self, document: Document, statement: Statement, earlier: Sequence[Statement]
    ) -> tuple[str, ...]:
        about_ip = self._lexicon.is_about_ip(document.text)
        named = areas_of(
            statement.object, self._lexicon, about_ip=about_ip, action=statement.action
        )
        if named and not is_pointer(statement.object):
            return named
        return areas_by_context(statement, document, earlier, self._lexicon) or named


def _kept(given: Statement, coded: Statement) -> Statement:
    """The statement as it was coded, but with every code that the extractor gave itself."""
    open_kind = given.measure_type == UNSPECIFIED
    return replace(
        coded,
        measure_type=coded.measure_type if open_kind else given.measure_type,
        negated=coded.negated if open_kind else given.negated,
        direction=coded.direction if given.direction == UNSPECIFIED else given.direction,
        areas=given.areas or coded.areas,
    )


def _named(statement: Statement, actors: ActorLinker) -> Statement:
    speaker = statement.speaker
    return replace(
        statement,
        actors=_linked(statement.actors, actors),
        speaker=actors.link_speaker(speaker) if speaker is not None else None,
        counterparts=_linked(statement.counterparts, actors),
        beneficiaries=_linked(statement.beneficiaries, actors),
        constrained=_linked(statement.constrained, actors),
    )


def _linked(mentions: Iterable[Mention], actors: ActorLinker) -> tuple[Mention, ...]:
    seen: dict[str | None, Mention] = {}
    for mention in mentions:
        linked = actors.link(mention)
        seen.setdefault(linked.id, linked)
    return tuple(seen.values())
