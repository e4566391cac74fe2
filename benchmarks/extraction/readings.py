"""What a peer reads, as statement records: the same help for every peer.

A peer gives a verb with the heads of its subjects and objects. What it has no notion of is added
here by one published rule each, and Comity's linker finds actors, areas and measure codes in the
words, so that a peer is not marked down for what it was never made for:

- *segments*: a text is parsed line by line, without the marks of lists and answers;
- *action*: the lemma of the verb with its particle; an infinitive takes the place of the verb
  above it ("agreed to share" is *share*), with what is coordinated with it;
- *passive*: the grammatical subject is the object, the agent is the actor;
- *object*: all that hangs on its head; *actors*: the noun phrase with its of-phrase, one for each
  coordinated noun; for a relative pronoun its antecedent;
- *modality*: see `modality_of`; *speaker*: the subject of a verb of saying whose complement holds
  the verb, else "we" or "I" when that is who acts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from comity.identifiers import statement_id
from comity.lexicon import Lexicon
from comity.link.linker import Linker
from comity.model import Document, Mention, Statement

Token = Any
"""A token of spaCy."""

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
MODALS = {
    "shall": "obligation",
    "must": "obligation",
    "may": "permission",
    "can": "permission",
    "will": "commitment",
    "'ll": "commitment",
    "would": "commitment",
    "should": "recommendation",
    "ought": "recommendation",
}
SAYING = frozenset(
    """say tell state announce declare add note explain stress indicate report confirm claim argue
    emphasize emphasise underline reiterate remark""".split()
)
_MARK = re.compile(r"\s*(?:[-*•–]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|[QA][.:])\s+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A verb with the heads of its subjects and objects."""

    verb: Token
    subjects: tuple[Token, ...] = ()
    objects: tuple[Token, ...] = ()


# -- segments ----------------------------------------------------------------------------


def segments(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text that hold words, each with its place, without marks of lists."""
    at = 0
    for line in text.splitlines(keepends=True):
        mark = _MARK.match(line)
        skip = mark.end() if mark else 0
        words = line[skip:].rstrip()
        if words:
            yield at + skip, words
        at += len(line)


# -- records -----------------------------------------------------------------------------


def statements(
    document: Document,
    parsed: Iterable[tuple[int, Iterable[Reading]]],
    linker: Linker,
    *,
    tool: str,
    only: Lexicon | None = None,
    words: Lexicon,
) -> list[Statement]:
    """The linked statements of a document.

    Args:
        document: The text.
        parsed: Where each segment starts, with what a peer read in it.
        linker: What finds actors and codes.
        tool: The name of the peer, for the records.
        only: Keep the actions that this lexicon knows; all when None.
        words: What verbs above an infinitive mean.
    """
    found: dict[tuple[int, int], Statement] = {}
    for at, readings in parsed:
        seen = set()
        for reading in unwrapped(readings):
            action = lemma_of(reading.verb)
            if reading.verb.i in seen or (only is not None and not only.is_action(action)):
                continue
            seen.add(reading.verb.i)
            statement = _statement(document, at, reading, action, words)
            found.setdefault((statement.start, statement.end), statement)
    linked = linker.link(document, [found[span] for span in sorted(found)]).statements
    return [replace(s, extractor=tool) for s in linked]


def unwrapped(readings: Iterable[Reading]) -> Iterator[Reading]:
    """The readings, with infinitives in place of the verbs above them."""
    for reading in readings:
        inner = [t for t in reading.objects if t.dep_ == "xcomp" and t.pos_ == "VERB"]
        if not inner:
            yield reading
            continue
        for verb in (inner[0], *inner[0].conjuncts):
            yield from unwrapped([Reading(verb, reading.subjects, objects_of(verb))])


def _statement(
    document: Document, at: int, reading: Reading, action: str, words: Lexicon
) -> Statement:
    verb, subjects, objects = reading.verb, reading.subjects, reading.objects
    if is_passive(verb):
        subjects, objects = agents_of(verb), subjects
    kept = [t for t in verb.subtree if not _of_another(t, verb)]
    if objects:
        kept += list(objects[0].subtree)
    start, end = _extent([t for t in kept if t.i >= verb.i or is_passive(verb)], at)
    modality, negated = modality_of(verb, words)
    speaker = speaker_of(verb) or next((t for t in subjects if t.lower_ in {"we", "i"}), None)
    return Statement(
        id=statement_id(document.id, start, end, 0),
        document=document.id,
        start=start,
        end=end,
        quote=document.quote(start, end),
        actors=tuple(_mention(document, token, at) for token in subjects),
        speaker=_mention(document, speaker, at) if speaker is not None else None,
        action=action,
        action_text=verb.text,
        object=_phrase(document, objects[0], at) if objects else "",
        modality=modality,
        negated=negated,
        date=document.date,
        event=document.event,
        place=document.place,
        extractor="english/peer",
    )


def _of_another(token: Token, verb: Token) -> bool:
    """Whether a token hangs on the subject, or on a verb coordinated with this one."""
    while token.i != verb.i:
        if token.head.i == verb.i:
            return token.dep_ in {*SUBJECTS, "conj", "cc", "punct", "ccomp", "parataxis"}
        token = token.head
    return False


def _extent(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    start = min(t.idx for t in tokens)
    end = max(t.idx + len(t.text) for t in tokens)
    return at + start, at + end


def _phrase(document: Document, head: Token, at: int) -> str:
    start, end = _extent(list(head.subtree), at)
    return document.quote(start, end)


def _mention(document: Document, head: Token, at: int) -> Mention:
    """The noun phrase of a head: what stands before it, and an of-phrase."""
    if head.tag_ in {"WDT", "WP"} and head.head.dep_ == "relcl":
        head = head.head.head
    inner = {"det", "amod", "compound", "poss", "nummod", "nmod", "case"}
    tokens = [head]
    for child in head.children:
        if child.dep_ in inner or (child.dep_ == "prep" and child.lower_ == "of"):
            tokens += list(child.subtree)
    if tokens[0].tag_ != "PRP":
        tokens = [t for t in tokens if t.dep_ != "det"] or tokens
    start, end = _extent(tokens, at)
    return Mention(document.quote(start, end), None, start, end)


# -- verbs -------------------------------------------------------------------------------


def lemma_of(verb: Token) -> str:
    """The lemma of a verb with its particle."""
    particle = next((c for c in verb.children if c.dep_ == "prt"), None)
    base = str(verb.lemma_).lower()
    return f"{base} {particle.lower_}" if particle is not None else base


def is_passive(verb: Token) -> bool:
    """Whether a verb has a passive subject or auxiliary, or shares that of the one before."""
    own = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
    shared = verb.dep_ == "conj" and verb.tag_ == verb.head.tag_ == "VBN"
    return own or (
        shared
        and not any(c.dep_ in {"aux", "nsubj", "dobj"} for c in verb.children)
        and is_passive(verb.head)
    )


def agents_of(verb: Token) -> tuple[Token, ...]:
    """Who does what a passive verb says."""
    found = [
        noun
        for child in verb.children
        if child.dep_ == "agent"
        for noun in child.children
        if noun.dep_ == "pobj"
    ]
    return coordinated(found[0]) if found else ()


def subjects_of(verb: Token) -> tuple[Token, ...]:
    """The subject of a verb: its own, else that of the verb it is coordinated with or under."""
    own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if own is not None:
        return coordinated(own)
    if verb.dep_ in {"conj", "xcomp", "advcl"} and verb.head.i != verb.i:
        return subjects_of(verb.head)
    if verb.dep_ in {"relcl", "acl"}:
        return coordinated(verb.head)
    return ()


def objects_of(verb: Token) -> tuple[Token, ...]:
    """The direct object of a verb, else its infinitive, else what its first preposition holds."""
    for wanted in ("dobj", "xcomp"):
        found = next((c for c in verb.children if c.dep_ == wanted), None)
        if found is not None:
            return coordinated(found)
    for child in verb.children:
        if child.dep_ == "prep" and child.i > verb.i:
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return coordinated(noun)
    return ()


def coordinated(head: Token) -> tuple[Token, ...]:
    """A noun and those that are coordinated with it."""
    return (head, *(t for t in head.conjuncts if t.i > head.i))


def modality_of(verb: Token, words: Lexicon) -> tuple[str, bool]:
    """Modality and negation.

    By the verb's own modal (`MODALS`; "shall", "must", "may" and "can" make a prohibition with
    "not", "no Party" or "neither Party"); "to" at the head of a sentence is a headline's
    commitment; else by the verb above an infinitive, by its own meaning (the vocabulary's: agree,
    plan, urge, hope …) or its modal; else by the verb that it is coordinated with; else report.
    """
    negated = any(c.dep_ == "neg" for c in verb.children) or any(
        c.dep_ in SUBJECTS and any(d.lower_ in {"no", "neither"} for d in c.children)
        for c in verb.children
    )
    modal = next((MODALS[c.lower_] for c in verb.children if c.lower_ in MODALS), None)
    if modal in {"obligation", "permission"} and negated:
        return "prohibition", False
    if modal is not None:
        return modal, negated
    if verb.dep_ == "ROOT":
        to = any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
        return ("commitment" if to else "report"), negated
    if verb.dep_ in {"xcomp", "ccomp"} and verb.head.pos_ in {"VERB", "AUX"}:
        meant = words.modality(lemma_of(verb.head))
        if meant is not None:
            return meant, negated
    if verb.dep_ in {"xcomp", "conj"} and verb.head.pos_ in {"VERB", "AUX"}:
        outer, refused = modality_of(verb.head, words)
        return outer, negated or refused
    return "report", negated


def speaker_of(verb: Token) -> Token | None:
    """The subject of the nearest verb of saying whose complement holds this verb."""
    token = verb
    while token.head.i != token.i:
        if token.dep_ == "ccomp" and str(token.head.lemma_).lower() in SAYING:
            found = subjects_of(token.head)
            return found[0] if found else None
        token = token.head
    return None
