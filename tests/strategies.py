"""Hypothesis strategies named by the domain: documents, mentions, statements and corpora.

Codes and ids are those of `VOCABULARY`, which is a small part of Comity's own, together with
a concept and an actor such as a user adds, whose IRIs lie elsewhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

from hypothesis import strategies as st

from comity.identifiers import candidate_id, document_id, statement_id, text_sha256
from comity.model import Actor, Concept, Document, Label, Mention, Statement, Vocabulary
from comity.rdf.namespaces import ACTOR, ROOT

CODES = {
    "area": ["ip-rights", "patents", "trade-secrets", "border-measures"],
    "measure-type": ["enforcement", "cooperation", "unspecified"],
    "direction": ["introduce", "strengthen", "unspecified"],
    "modality": ["commitment", "obligation", "report"],
    "bindingness": ["binding", "political"],
    "document-type": ["speech", "treaty"],
    "event-type": ["forum", "signing"],
    "review-status": ["unreviewed", "accepted"],
}
BROADER = {("area", "patents"): ("ip-rights",), ("area", "trade-secrets"): ("ip-rights",)}


def concept(scheme: str, code: str, iri: str | None = None) -> Concept:
    """A concept with an English label made of its code."""
    label = Label(code.replace("-", " ").capitalize())
    broader = BROADER.get((scheme, code), ())
    return Concept(scheme, code, iri or f"{ROOT}{scheme}/{code}", (label,), broader)


CONCEPTS = [concept(scheme, code) for scheme, codes in CODES.items() for code in codes]
OWN_CONCEPT = concept("area", "seed-banks", "https://example.org/terms#seeds")
ACTORS = [
    Actor("CHN", "State", ACTOR + "CHN", (Label("China"), Label("中国", "zh-Hans"))),
    Actor("WIPO", "InternationalOrganization", ACTOR + "WIPO", (Label("WIPO"),)),
    Actor("CNIPA", "IPOffice", ACTOR + "CNIPA", (Label("CNIPA"),), ("CHN",)),
    Actor("xi-jinping", "Person", ACTOR + "xi-jinping", (Label("Xi Jinping"),), ("CHN",)),
    Actor("seed-council", "StakeholderGroup", "https://example.org/council", (Label("Council"),)),
]
VOCABULARY = Vocabulary(
    {(c.scheme, c.code): c for c in [*CONCEPTS, OWN_CONCEPT]}, {actor.id: actor for actor in ACTORS}
)
CANDIDATES = [candidate_id(name) for name in ("Ruritanian Seed Office", "partners")]


def texts(min_size: int = 1, max_size: int = 40) -> st.SearchStrategy[str]:
    """Any NFC text that RDF can hold: control characters and rare planes, no lone surrogates."""
    characters = st.characters(exclude_categories=["Cs"])
    return (
        st.text(characters, min_size=min_size, max_size=max_size)
        .map(lambda text: unicodedata.normalize("NFC", text))
        .filter(lambda text: len(text) >= min_size)
    )


def days() -> st.SearchStrategy[str]:
    """Full dates."""
    return st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(date.isoformat)


def dates() -> st.SearchStrategy[str]:
    """Dates of each precision: day, month, year."""
    return st.one_of(days(), days().map(lambda day: day[:7]), days().map(lambda day: day[:4]))


def deadlines() -> st.SearchStrategy[str]:
    """Dates of each precision, and days of any year."""
    return st.one_of(dates(), days().map(lambda day: f"-{day[4:]}"))


def codes(scheme: str) -> st.SearchStrategy[str]:
    """Codes of one scheme of `VOCABULARY`."""
    return st.sampled_from(sorted(VOCABULARY.scheme(scheme)))


def actor_ids() -> st.SearchStrategy[str]:
    """Ids of actors of the vocabulary, and of candidates."""
    return st.sampled_from([*sorted(VOCABULARY.actors), *CANDIDATES])


def optional(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    """None, or what the strategy gives."""
    return st.one_of(st.none(), strategy)


@st.composite
def documents(draw: st.DrawFn, max_size: int = 120) -> Document:
    """A document with any part of its metadata."""
    text = draw(texts(max_size=max_size))
    sha256 = text_sha256(text)
    return Document(
        id=document_id(sha256),
        sha256=sha256,
        text=text,
        title=draw(optional(texts())),
        type=draw(optional(codes("document-type"))),
        bindingness=draw(optional(codes("bindingness"))),
        publisher=draw(optional(texts())),
        date=draw(optional(dates())),
        language=draw(optional(st.sampled_from(["en", "fr", "pt-BR", "zh-Hans"]))),
        url=draw(optional(texts())),
        event=draw(optional(texts(max_size=3))),
        place=draw(optional(texts())),
        license=draw(optional(texts())),
        file=draw(optional(texts())),
    )


@st.composite
def mentions(draw: st.DrawFn, *, linked: bool | None = None, speaker: bool = False) -> Mention:
    """A mention, with offsets or without.

    Args:
        draw: Hypothesis' own.
        linked: Whether it has the id of an actor; either when None.
        speaker: Whether it may speak on behalf of another.
    """
    start = draw(st.one_of(st.none(), st.integers(0, 10_000)))
    has_id = draw(st.booleans()) if linked is None else linked
    return Mention(
        text=draw(texts()),
        id=draw(actor_ids()) if has_id else None,
        start=start,
        end=None if start is None else start + draw(st.integers(1, 40)),
        on_behalf_of=draw(optional(actor_ids())) if speaker else None,
    )


@st.composite
def statements(
    draw: st.DrawFn, document: Document | None = None, *, linked: bool | None = None
) -> Statement:
    """A statement of a document, of one that is drawn when none is given.

    Args:
        draw: Hypothesis' own.
        document: The document that makes the statement.
        linked: Whether its mentions have ids; either when None.
    """
    document = document or draw(documents())
    start = draw(st.integers(0, len(document.text) - 1))
    end = draw(st.integers(start + 1, len(document.text)))
    several = st.lists(mentions(linked=linked), max_size=3).map(tuple)
    words = st.lists(texts(), max_size=3, unique=True).map(lambda each: tuple(sorted(each)))
    return Statement(
        id=statement_id(document.id, start, end, draw(st.integers(0, 3))),
        document=document.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        actors=draw(several),
        speaker=draw(st.one_of(st.none(), mentions(linked=linked, speaker=True))),
        action=draw(texts(min_size=0)),
        action_text=draw(texts(min_size=0)),
        object=draw(texts(min_size=0)),
        measure_type=draw(codes("measure-type")),
        direction=draw(codes("direction")),
        areas=tuple(sorted(draw(st.sets(codes("area"), max_size=3)))),
        modality=draw(codes("modality")),
        negated=draw(st.booleans()),
        counterparts=draw(several),
        beneficiaries=draw(several),
        constrained=draw(several),
        principles=draw(words),
        conditions=draw(words),
        deadline=draw(optional(deadlines())),
        effective_from=draw(optional(deadlines())),
        effective_to=draw(optional(deadlines())),
        date=draw(optional(deadlines())),
        event=draw(optional(texts(max_size=3))),
        place=draw(optional(texts())),
        confidence=draw(st.floats(0, 1)),
        extractor=draw(texts(min_size=0)),
        review=draw(codes("review-status")),
    )


@st.composite
def corpora(
    draw: st.DrawFn, max_documents: int = 2
) -> tuple[Sequence[Document], Sequence[Statement]]:
    """Documents with their statements, each id once."""
    made = draw(
        st.lists(documents(), min_size=1, max_size=max_documents, unique_by=lambda each: each.id)
    )
    found: list[Statement] = []
    for document in made:
        found += draw(st.lists(statements(document), max_size=2, unique_by=lambda each: each.id))
    return made, found
