"""The domain model: frozen values, standard library only.

A *statement* links an actor to a measure and its target areas, anchored to the exact
characters of a document. Every offset counts Unicode code points of the document's
normalised text (NFC, LF line ends, title included).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Scheme = Literal[
    "area",
    "measure-type",
    "direction",
    "modality",
    "bindingness",
    "document-type",
    "event-type",
    "review-status",
]
SCHEMES: tuple[Scheme, ...] = (
    "area",
    "measure-type",
    "direction",
    "modality",
    "bindingness",
    "document-type",
    "event-type",
    "review-status",
)

ActorKind = Literal[
    "State",
    "CustomsTerritory",
    "GovernmentBody",
    "IPOffice",
    "Court",
    "InternationalOrganization",
    "RegionalOrganization",
    "Person",
    "StakeholderGroup",
    "Enterprise",
    "Actor",
]
UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points in a document's normalised text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span {self.start}-{self.end} is empty or negative")

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A policy text with what is known about it. `id` is made from `sha256` of `text`.

    `date` is an ISO date with no more precision than is known: ``2019-04-26``,
    ``2019-04`` or ``2019``. `type` and `bindingness` are vocabulary codes or None.
    """

    id: str
    sha256: str
    text: str = field(repr=False)
    title: str | None = None
    type: str | None = None
    bindingness: str | None = None
    publisher: str | None = None
    date: str | None = None
    language: str | None = None
    url: str | None = None
    event: str | None = None
    place: str | None = None
    license: str | None = None
    file: str | None = None

    def quote(self, start: int, end: int) -> str:
        """The characters from `start` up to `end`."""
        return self.text[start:end]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as the text gives it, and the actor it stands for (None until linked).

    `start` and `end` are None for codings that give no offsets. `on_behalf_of` is the
    actor for whom an officeholder speaks; it is used for speakers only.
    """

    text: str
    id: str | None = None
    start: int | None = None
    end: int | None = None
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Who is to do what about which target areas, as one clause of a document says it.

    The fields are those of the published record schema (`comity schema statement`).
    Set-valued fields are sorted: `areas`, `principles`, `conditions` by text, mentions by
    position. `quote` is the passage; where a release gives only its first words, or none of them,
    `quote_sha256` is the SHA-256 of the whole of it.
    """

    id: str
    document: str
    start: int
    end: int
    quote: str
    actors: tuple[Mention, ...] = ()
    speaker: Mention | None = None
    action: str = ""
    action_text: str = ""
    object: str = ""
    measure_type: str = UNSPECIFIED
    direction: str = UNSPECIFIED
    areas: tuple[str, ...] = ()
    modality: str = "report"
    negated: bool = False
    counterparts: tuple[Mention, ...] = ()
    beneficiaries: tuple[Mention, ...] = ()
    constrained: tuple[Mention, ...] = ()
    principles: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    deadline: str | None = None
    effective_from: str | None = None
    effective_to: str | None = None
    date: str | None = None
    event: str | None = None
    place: str | None = None
    confidence: float = 1.0
    extractor: str = ""
    review: str = "unreviewed"
    quote_sha256: str | None = None

    @property
    def abridged(self) -> bool:
        """Whether `quote` is less than the whole passage."""
        return len(self.quote) < self.end - self.start

    def mentions(self) -> Iterator[tuple[str, Mention]]:
        """Every mention with its role: actor, speaker, counterpart, beneficiary, constrained."""
        yield from (("actor", m) for m in self.actors)
        if self.speaker is not None:
            yield "speaker", self.speaker
        yield from (("counterpart", m) for m in self.counterparts)
        yield from (("beneficiary", m) for m in self.beneficiaries)
        yield from (("constrained", m) for m in self.constrained)


def contained(one: Statement, two: Statement) -> float:
    """How much of the shorter span lies in the longer one: 0 when they share no character."""
    shared = min(one.end, two.end) - max(one.start, two.start)
    return max(0, shared) / min(one.end - one.start, two.end - two.start)


@dataclass(frozen=True, slots=True)
class Event:
    """A forum, meeting or signing at which statements are made."""

    id: str
    name: str
    place: str | None = None
    date: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A name of a concept or actor.

    `role` is ``pref``, ``alt``, ``hidden`` (SKOS), or one of the extraction patterns:
    ``trigger`` (a phrase in the object), ``context`` (a word that stands for the concept in
    texts about intellectual property only), ``noun`` (the head noun of the object),
    ``verb`` (the lemma of the action, with its particle).
    """

    text: str
    language: str = "en"
    role: Literal["pref", "alt", "hidden", "trigger", "context", "noun", "verb"] = "pref"


@dataclass(frozen=True, slots=True)
class Concept:
    """A SKOS concept of one of the eight schemes; `code` is its skos:notation.

    A deprecated concept keeps its code and IRI; `replaced_by` is the code to use instead, if any.
    """

    scheme: str
    code: str
    iri: str
    labels: tuple[Label, ...] = ()
    broader: tuple[str, ...] = ()
    definition: str | None = None
    deprecated: bool = False
    replaced_by: str | None = None

    @property
    def current(self) -> str | None:
        """The code that its labels stand for now: its own, its replacement's, or none."""
        return self.replaced_by if self.deprecated else self.code

    def name(self, language: str = "en") -> str:
        """The preferred label in `language`, else in English, else the code."""
        for wanted in (language, "en"):
            for label in self.labels:
                if label.role == "pref" and label.language == wanted:
                    return label.text
        return self.code


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who can act or speak.

    `acts_for` holds ids of the state or body an office or officeholder acts for.
    `candidate` marks actors minted from a text, not taken from the vocabulary. A deprecated
    actor keeps its id and IRI; `replaced_by` is the id to use instead, if any.
    """

    id: str
    kind: ActorKind
    iri: str
    labels: tuple[Label, ...] = ()
    acts_for: tuple[str, ...] = ()
    candidate: bool = False
    deprecated: bool = False
    replaced_by: str | None = None

    @property
    def current(self) -> str | None:
        """The id that its names stand for now: its own, its replacement's, or none."""
        return self.replaced_by if self.deprecated else self.id

    def name(self, language: str = "en") -> str:
        """The preferred label in `language`, else in English, else the id."""
        for wanted in (language, "en"):
            for label in self.labels:
                if label.role == "pref" and label.language == wanted:
                    return label.text
        return self.id


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The concepts, keyed by (scheme, code), and actors, keyed by id, in use.

    `sha256` identifies the content: equal vocabularies have equal hashes.
    """

    concepts: Mapping[tuple[str, str], Concept]
    actors: Mapping[str, Actor]
    sha256: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "concepts", MappingProxyType(dict(self.concepts)))
        object.__setattr__(self, "actors", MappingProxyType(dict(self.actors)))

    def scheme(self, scheme: str) -> dict[str, Concept]:
        """The concepts of one scheme, by code, in code order."""
        return {
            code: concept
            for (name, code), concept in sorted(self.concepts.items())
            if name == scheme
        }

    def ancestors(self, scheme: str, code: str) -> frozenset[str]:
        """Codes of every broader concept, at any height."""
        seen: set[str] = set()
        stack = [code]
        while stack:
            concept = self.concepts.get((scheme, stack.pop()))
            for parent in concept.broader if concept else ():
                if parent not in seen:
                    seen.add(parent)
                    stack.append(parent)
        return frozenset(seen)


@dataclass(frozen=True, slots=True)
class Violation:
    """One SHACL validation result, in plain words."""

    focus: str
    path: str | None
    value: str | None
    constraint: str
    shape: str
    severity: Literal["Violation", "Warning", "Info"]
    message: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input or statement set aside, with its reason.

    `stage` is ``read``, ``extract``, ``link``, ``review``, ``check`` or ``import``; `code` is a
    short machine-readable reason such as ``empty`` or ``duplicate``.
    """

    source: str
    stage: str
    code: str
    reason: str
    statement: str | None = None
