"""An index of words that a page can search by itself: scripts that lie beside it, no server.

Words are kept as `words_of` gives them, facets as ``actor:CHN``. Both point to numbered entries
in the order in which results are shown. The index is cut into files of some size by the order
of words, so that a search loads only what it needs.
"""

from __future__ import annotations

import json
import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from comity.model import Concept, Label, Statement
from comity.web.addresses import Place, quoted
from comity.web.holdings import Holdings, concepts, measures, year
from comity.web.interface import Interface
from comity.web.naming import Ref, clip
from comity.web.views.common import title_of
from comity.web.views.listing import KINDS

FILE = 250_000
"""Characters of a file of the index, beyond which a new one begins."""
PER = 400
"""Entries in one file."""
TEXT = 160
"""Characters of an entry."""
FACETS = (
    "actor", "speaker", "area", "only", "type", "direction", "modality", "measure", "event", "year",
)  # fmt: skip
"""What statements are found by: ``area`` takes in narrower areas, ``only`` does not."""
ENTRY_KINDS = ("actor", "concept", "document", "event", "measure", "statement")
_HAN = "\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af"
_RUN = re.compile(r"[^\W_]+")
_PIECE = re.compile(rf"[{_HAN}]+|[^{_HAN}]+")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: its kind, its page, what is shown of it."""

    kind: str
    page: str
    text: str
    note: str = ""
    language: str | None = None


@lru_cache(maxsize=65536)
def words_of(text: str) -> frozenset[str]:
    """The words of a text as they are indexed: without case and accents.

    Writing without spaces is cut into pairs of characters that overlap, and its last character.

    >>> sorted(words_of("Côte d’Ivoire: 商业秘密"))
    ['cote', 'd', 'ivoire', '业秘', '商业', '密', '秘密']
    """
    found: set[str] = set()
    for run in _RUN.findall(_folded(text)):
        for piece in _PIECE.findall(run):
            if re.match(f"[{_HAN}]", piece):
                found.update(piece[at : at + 2] for at in range(len(piece)))
            else:
                found.add(piece[:40])
    return frozenset(found)


def _folded(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if unicodedata.category(char)[0] != "M").lower()


class Index:
    """Entries in the order of results, and the words and facets that find them."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._found: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))

    def add(self, entry: Entry, words: Iterable[str], facets: Iterable[str] = ()) -> None:
        """Adds an entry after those that are there."""
        number = len(self.entries)
        self.entries.append(entry)
        for token in {*words, *facets}:
            self._found[token].append(number)

    def count(self, token: str) -> int:
        """How many entries a word or facet finds."""
        return len(self._found[token]) if token in self._found else 0

    def scripts(
        self, kinds: Mapping[str, str], facets: Mapping[str, str]
    ) -> Iterator[tuple[str, str]]:
        """The files of the index: name and text of each.

        Args:
            kinds: What each kind of entry is called.
            facets: What each facet is called.
        """
        firsts: list[str] = []
        batch: list[list[str]] = []
        filled = 0
        for token in sorted(self._found, key=lambda each: each.encode("utf-16-be")):
            coded = _coded(self._found[token])
            if batch and filled + len(coded) > FILE:
                yield _script(f"t{len(firsts) - 1}", batch)
                batch, filled = [], 0
            if not batch:
                firsts.append(token)
            batch.append([token, coded])
            filled += len(token) + len(coded)
        if batch:
            yield _script(f"t{len(firsts) - 1}", batch)
        order = {kind: place for place, kind in enumerate(ENTRY_KINDS)}
        for start in range(0, len(self.entries), PER):
            rows = [
                [order[each.kind], each.page, each.text, each.note, each.language or ""]
                for each in self.entries[start : start + PER]
            ]
            yield _script(f"e{start // PER}", rows)
        told = {
            "tokens": firsts,
            "per": PER,
            "first": sum(each.kind != "statement" for each in self.entries),
            "kinds": [kinds[kind] for kind in ENTRY_KINDS],
            "facets": dict(facets),
        }
        yield _script("index", told)


def _coded(numbers: Iterable[int]) -> str:
    """Ascending numbers as steps from one to the next, in base 36."""
    steps, before = [], -1
    for number in numbers:
        steps.append(_base36(number - before))
        before = number
    return " ".join(steps)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def _script(name: str, value: object) -> tuple[str, str]:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return name, f'comity("{name}",{text});\n'


def index_of(holdings: Holdings, interface: Interface) -> Index:
    """The index of all that a graph holds: concepts, actors, documents, events, then statements.

    Args:
        holdings: What the graph holds.
        interface: The words of the pages.
    """
    index = Index()
    known = _Words(holdings)
    _add_concepts(index, holdings, interface, known)
    _add_actors(index, holdings, interface)
    _add_documents(index, holdings)
    _add_events(index, holdings)
    _add_measures(index, holdings, interface, known)
    for number in _latest_first(holdings):
        _add_statement(index, holdings.statements[number], holdings, known)
    return index


def _add_concepts(index: Index, holdings: Holdings, interface: Interface, known: _Words) -> None:
    for (scheme, code), concept in sorted(holdings.vocabulary.concepts.items()):
        if holdings.addresses.concept(scheme, code) in holdings.described:
            ref = holdings.names.concept(scheme, code)
            note = str(interface.say(f"scheme_one.{scheme}"))
            _add(index, "concept", ref, note, known.concept(concept), scheme)


def _add_documents(index: Index, holdings: Holdings) -> None:
    documents = sorted(holdings.documents.values(), key=lambda each: (each.date or "", each.id))
    for document in reversed(documents):
        ref = Ref(title_of(document), holdings.addresses.node(document.id), document.language)
        note = " · ".join(filter(None, (document.date, clip(document.publisher or "", 80))))
        _add(index, "document", ref, note, words_of(clip(document.title or "", 2000)), "document")


def _add_events(index: Index, holdings: Holdings) -> None:
    events = sorted(holdings.events.values(), key=lambda each: (each.date or "", each.id))
    for event in reversed(events):
        if holdings.addresses.node(event.id) in holdings.described:
            note = " · ".join(filter(None, (event.date, event.place)))
            words = words_of(clip(event.name, 2000))
            _add(index, "event", holdings.names.event(event.id), note, words, "event")


def _add_measures(index: Index, holdings: Holdings, interface: Interface, known: _Words) -> None:
    counts = holdings.measure_counts
    for codes in sorted(counts, key=lambda codes: (-counts[codes], str(codes))):
        words = frozenset[str]().union(*(known.code(*key) for key in _parts(codes)))
        note = str(interface.count("list.statements", counts[codes]))
        _add(index, "measure", holdings.names.measure(codes), note, words, "measure")


def _latest_first(holdings: Holdings) -> Iterator[int]:
    for name in holdings.years():
        yield from holdings.numbers(Place("statements", name))


def _parts(codes: tuple[str, str, str | None]) -> list[tuple[str, str]]:
    kind, direction, area = codes
    return [("measure-type", kind), ("direction", direction), *([("area", area)] if area else [])]


def _add(index: Index, kind: str, ref: Ref, note: str, words: Iterable[str], facet: str) -> None:
    """Adds something with a page of its own; it is also found by what it is."""
    if ref.place is not None:
        entry = Entry(
            kind, quoted(ref.place.page), clip(ref.text, TEXT), clip(note, TEXT), ref.language
        )
        index.add(entry, words, [f"is:{facet}:{ref.code or ref.place.name}"])


def _add_actors(index: Index, holdings: Holdings, interface: Interface) -> None:
    order = {kind: place for place, kind in enumerate(KINDS)}
    lines = []
    for place, id_ in holdings.actors():
        actor = holdings.names.known_actor(id_)
        if actor is not None:
            lines.append((-len(holdings.numbers(place)), order[actor.kind], id_, actor))
    for _, _, id_, actor in sorted(lines, key=lambda line: line[:3]):
        note = str(interface.say(f"kind.{actor.kind}"))
        _add(index, "actor", holdings.names.actor(id_), note, _label_words(actor.labels), "actor")


def _label_words(labels: Iterable[Label]) -> frozenset[str]:
    texts = [clip(label.text, 2000) for label in labels if label.role in ("pref", "alt", "hidden")]
    return frozenset[str]().union(*map(words_of, texts))


class _Words:
    """The words of the names of actors and concepts, in all languages, remembered."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._known: dict[object, frozenset[str]] = {}

    def concept(self, concept: Concept) -> frozenset[str]:
        """The words of a concept's labels."""
        key = (concept.scheme, concept.code)
        if key not in self._known:
            self._known[key] = _label_words(concept.labels)
        return self._known[key]

    def code(self, scheme: str, code: str) -> frozenset[str]:
        """The words of the labels of a code."""
        concept = self._holdings.vocabulary.concepts.get((scheme, code))
        return self.concept(concept) if concept else frozenset()

    def actor(self, identifier: str) -> frozenset[str]:
        """The words of an actor's preferred names."""
        if identifier not in self._known:
            actor = self._holdings.names.known_actor(identifier)
            labels = [each for each in actor.labels if each.role == "pref"] if actor else []
            self._known[identifier] = _label_words(labels)
        return self._known[identifier]


def _add_statement(index: Index, statement: Statement, holdings: Holdings, known: _Words) -> None:
    names, document = holdings.names, holdings.document(statement)
    words: set[str] = set()
    for text in (statement.quote, statement.object, document.title):
        words |= words_of(clip(text or "", 2000))
    for _, mention in statement.mentions():
        words |= words_of(clip(mention.text, 200))
        for identifier in (mention.id, mention.on_behalf_of):
            words |= known.actor(identifier) if identifier else frozenset()
    for area in statement.areas:
        words |= known.code("area", area)
    words |= known.code("modality", statement.modality)
    said = statement.quote or statement.object
    text = clip(" ".join(said.split()), TEXT) or names.measure(measures(statement)[0]).text
    who = ", ".join(names.party(mention).name.text for mention in statement.actors)
    modality = names.concept("modality", statement.modality).text
    note = " · ".join(
        filter(None, (clip(who, 70), modality, statement.date, clip(title_of(document), 80)))
    )
    place = holdings.addresses.node(statement.id)
    language = document.language if said else None
    entry = Entry("statement", quoted(place.page), text, clip(note, TEXT), language)
    index.add(entry, words, _facets(statement, holdings))


def _facets(statement: Statement, holdings: Holdings) -> Iterator[str]:
    """What a statement is found by beside its words."""
    vocabulary, document = holdings.vocabulary, holdings.document(statement)
    yield from (f"actor:{mention.id}" for mention in statement.actors if mention.id)
    speaker = statement.speaker
    if speaker is not None:
        said = (speaker.id, speaker.on_behalf_of)
        yield from (f"speaker:{identifier}" for identifier in said if identifier)
    for area in statement.areas:
        yield f"only:{area}"
        yield from (f"area:{each}" for each in {area, *vocabulary.ancestors("area", area)})
    names = {"measure-type": "type", "direction": "direction", "modality": "modality"}
    for scheme, code in concepts(statement, document):
        if scheme in names:
            yield f"{names[scheme]}:{code}"
    yield from (
        f"measure:{holdings.addresses.measure(*codes).name}" for codes in measures(statement)
    )
    event = holdings.event(statement)
    if event:
        yield f"event:{event}"
    yield f"year:{year(statement.date)}"
