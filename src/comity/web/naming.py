"""What things are called on a page, and where they have their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from comity.model import Actor, Event, Label, Mention, Vocabulary
from comity.rdf.catalogue import measure_labels
from comity.web.addresses import Addresses, Place

Codes = tuple[str, str, str | None]
"""Measure type, direction, and target area or None."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A name, and the page of what it names.

    `language` is that of the name where it differs from the page's, else None; `code` that of
    a concept.
    """

    text: str
    place: Place | None = None
    language: str | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """Someone as a statement names them.

    `written` is what the text calls them, where that is not their name.
    """

    name: Ref
    written: str = ""


class Names:
    """Looks up names of actors, concepts, measures and events, and remembers them.

    Args:
        vocabulary: The concepts and actors of the vocabulary.
        addresses: Where they have their pages.
        candidates: Actors that are in no vocabulary, by id.
        events: Events, by id.
        language: The language of the page.
        apart: What tells actors of one name apart, such as the year of their document, by id.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        addresses: Addresses,
        candidates: Mapping[str, Actor],
        events: Mapping[str, Event],
        language: str = "en",
        apart: Mapping[str, str] | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self.addresses = addresses
        self.language = language
        self._candidates = candidates
        self._events = events
        self._apart = apart or {}
        self._known: dict[object, Ref] = {}

    def known_actor(self, identifier: str) -> Actor | None:
        """What is known of an actor, of the vocabulary or not."""
        return self.vocabulary.actors.get(identifier) or self._candidates.get(identifier)

    def actor(self, identifier: str, written: str = "") -> Ref:
        """The name of an actor; `written` where nothing else is known."""
        ref = self._known.get(identifier)
        if ref is None:
            place = self.addresses.actor(identifier)
            actor = self.known_actor(identifier)
            if actor is None:
                return Ref(written or identifier, place)
            ref = self._ref(actor.labels, place, identifier)
            if identifier in self._apart:
                ref = replace(ref, text=f"{ref.text} ({self._apart[identifier]})")
            self._known[identifier] = ref
        return ref

    def party(self, mention: Mention) -> Party:
        """Someone that a statement mentions."""
        if mention.id is None:
            return Party(Ref(mention.text))
        name = self.actor(mention.id, mention.text)
        plain = name.text.removesuffix(f" ({self._apart.get(mention.id, '')})")
        same = plain.casefold() == mention.text.casefold()
        return Party(name, "" if same else mention.text)

    def concept(self, scheme: str, code: str) -> Ref:
        """The name of a concept."""
        ref = self._known.get((scheme, code))
        if ref is None:
            place = self.addresses.concept(scheme, code)
            concept = self.vocabulary.concepts.get((scheme, code))
            labels = concept.labels if concept else ()
            ref = self._known[scheme, code] = self._ref(labels, place, code)
        return ref

    def at(self, place: Place) -> Ref:
        """The name of the concept that has a page at a place."""
        return self.concept(place.folder, unquote(place.name))

    def measure(self, codes: Codes) -> Ref:
        """The name of a measure."""
        ref = self._known.get(codes)
        if ref is None:
            named = measure_labels(codes, self.vocabulary)
            language = self.language if self.language in named else "en"
            place = self.addresses.measure(*codes)
            ref = Ref(named[language], place, self._other(language), place.name)
            self._known[codes] = ref
        return ref

    def event(self, identifier: str, name: str = "") -> Ref:
        """The name of an event."""
        known = self._events.get(identifier)
        return Ref(known.name if known else name or identifier, self.addresses.node(identifier))

    def _ref(self, labels: Iterable[Label], place: Place, code: str) -> Ref:
        label = preferred(labels, self.language)
        if label is None:
            return Ref(code, place, None, code)
        return Ref(label.text, place, self._other(label.language), code)

    def _other(self, language: str) -> str | None:
        return None if language == self.language else language


def preferred(labels: Iterable[Label], language: str) -> Label | None:
    """The preferred label in a language, else in English, else in any."""
    found = [label for label in labels if label.role == "pref"]
    for wanted in (language, "en"):
        for label in found:
            if label.language == wanted:
                return label
    return found[0] if found else None


def others(labels: Iterable[Label], language: str) -> tuple[Label, ...]:
    """The preferred labels in other languages, one each, in order of language."""
    shown = preferred(labels, language)
    found = {label.language: label for label in labels if label.role == "pref" and label != shown}
    return tuple(found[each] for each in sorted(found))


def clip(text: str, most: int) -> str:
    """A text, or its beginning with an ellipsis.

    >>> clip("copyright and related rights", 14)
    'copyright and…'
    """
    if len(text) <= most:
        return text
    head = text[:most]
    space = head.rfind(" ")
    return f"{(head[:space] if space > most // 2 else head[: most - 1]).rstrip()}…"
