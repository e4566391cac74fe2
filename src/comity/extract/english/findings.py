"""What the rules pass to each other while they read one sentence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from comity.extract.english.grammar import STRENGTH
from comity.extract.english.tree import Sentence, Word
from comity.model import Mention


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody named in the text: the mention and what kind of expression it is.

    `fresh` tells that it is brought in as somebody new: "a spokesperson".

    `kind` is ``named``, ``described``, ``pronoun``, ``self`` (we, our), ``instrument`` or
    ``other``. `owner` is the possessive before it, in lower case: "their countries".
    """

    mention: Mention
    kind: str
    plural: bool = False
    person: bool = False
    owner: str = ""
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a clause inherits from the clauses around it."""

    parties: tuple[Party, ...] = ()
    speaker: Party | None = None
    modality: str | None = None
    locked: bool = False
    negated: bool = False
    forbids: bool = False
    trail: tuple[str, ...] = ()

    def stronger(self, modality: str | None) -> Context:
        """The same context under the stronger of two readings, unless the outer one rules."""
        if modality is None or self.locked:
            return self
        if self.modality is None or STRENGTH.index(modality) > STRENGTH.index(self.modality):
            return replace(self, modality=modality)
        return self

    def ruled(self, modality: str) -> Context:
        """The same context with a reading that what is inside cannot change."""
        if self.locked:
            return self
        return replace(self, modality=modality, locked=True)

    def via(self, step: str) -> Context:
        """The same context with one more step on its trail, for confidence and debugging."""
        return replace(self, trail=(*self.trail, step))


@dataclass(slots=True)
class Finding:
    """A course of action found in a sentence, still as words."""

    sentence: Sentence
    verb: Word
    action: str
    action_words: list[Word]
    object_words: list[Word]
    clause: list[Word]
    context: Context
    modality: str
    passive: bool = False
    negated: bool = False
    counterparts: list[Party] = field(default_factory=list)
    beneficiaries: list[Party] = field(default_factory=list)
    constrained: list[Party] = field(default_factory=list)
    principles: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    due: str = ""
    """Words of the text that say by when, outside the clause."""
