"""Where each thing has its page: a tree of files that mirrors the IRIs.

``https://w3id.org/comity/actor/CHN`` is at ``actor/CHN.html``, a node under the base IRI at
``id/statement-….html``. A concept or actor with an IRI of its own lies where its code puts it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote, unquote

from comity.identifiers import digest, measure_code
from comity.model import SCHEMES, Vocabulary
from comity.rdf.namespaces import ACTOR, MEASURE, ROOT, Namespaces, local_name

DATA = "id"
"""The folder of what lives under the base IRI."""
LONGEST = 180
"""Bytes of a file's name, without its ending; file systems know 255."""
_UNFIT = re.compile(r"[^\w .~-]")
PARTS = re.compile(r"(?:evidence|position|quote|mention)-([0-9A-Za-z]+)(?:-[0-9]+)?")
"""Nodes that belong to a statement and are told of on its page, by their local names."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """The place of a page: a folder, a name in it, and which part of a long page it is.

    `folder` is empty for the pages at the top; `name` is a local name, as it ends an IRI.
    """

    folder: str
    name: str
    part: int = 1

    @property
    def page(self) -> str:
        """The path of the page below the site, with forward slashes."""
        if self.part == 1:
            return self.file("html")
        return "/".join(filter(None, ("more", self.folder, _file_name(self.name), self._number)))

    def file(self, ending: str) -> str:
        """The path of a file beside the first part of the page."""
        name = f"{_file_name(self.name)}.{ending}"
        return f"{self.folder}/{name}" if self.folder else name

    def at(self, part: int) -> Place:
        """Another part of the same page, counted from one."""
        return replace(self, part=part)

    @property
    def _number(self) -> str:
        return f"{self.part}.html"


def top(name: str) -> Place:
    """One of the pages at the top of the site."""
    return Place("", name)


@lru_cache(maxsize=65536)
def quoted(path: str) -> str:
    """A path as it stands in a link."""
    return quote(path)


def relative(here: Place, path: str) -> str:
    """The link from a page to a file of the site, relative, so that it opens from disk.

    >>> relative(Place("actor", "CHN"), "area/patents.html")
    '../area/patents.html'
    """
    return "../" * here.page.count("/") + quoted(path)


@lru_cache(maxsize=65536)
def _file_name(name: str) -> str:
    """What a file is called by a local name: its characters, as a server decodes them.

    What no file's name may hold stays encoded; what is too long is cut, and ends in its hash.
    """
    text = _UNFIT.sub(lambda found: quote(found[0], safe=""), unquote(name))
    if len(text.encode()) <= LONGEST:
        return text
    head = text.encode()[: LONGEST - 30].decode(errors="ignore")
    return f"{head}-{digest(name)}"


class Addresses:
    """The places of everything that a graph may name.

    Args:
        vocabulary: The concepts and actors in use.
        namespaces: Where the data live.
    """

    def __init__(self, vocabulary: Vocabulary, namespaces: Namespaces) -> None:
        self._namespaces = namespaces
        self._base = namespaces.base
        self._own = {c.iri: self.concept(*key) for key, c in vocabulary.concepts.items()}
        self._own |= {actor.iri: self.actor(id_) for id_, actor in vocabulary.actors.items()}

    @staticmethod
    def node(identifier: str) -> Place:
        """The place of a statement, document or event."""
        return Place(DATA, local_name(identifier))

    @staticmethod
    def actor(identifier: str) -> Place:
        """The place of an actor; candidates live with the data."""
        folder = DATA if identifier.startswith("actor-") else "actor"
        return Place(folder, local_name(identifier))

    @staticmethod
    def concept(scheme: str, code: str) -> Place:
        """The place of a concept."""
        return Place(scheme, local_name(code))

    @staticmethod
    def measure(measure_type: str, direction: str, area: str | None) -> Place:
        """The place of a measure."""
        return Place("measure", measure_code(measure_type, direction, area))

    def extractor(self, name: str) -> Place:
        """The place of the activity of an extractor, by its name and version."""
        return Place(DATA, self._namespaces.activity(name).removeprefix(self._base))

    def of(self, iri: str) -> Place | None:
        """The place of the page that tells of an IRI; None where there is none.

        What belongs to a statement, its evidence and its mentions, is told of on its page.
        """
        known = self._own.get(iri)
        if known is not None:
            return known
        for namespace, folder in ((self._base, DATA), (ACTOR, "actor"), (MEASURE, "measure")):
            if iri.startswith(namespace):
                return _within(folder, iri[len(namespace) :])
        folder, slash, name = iri.removeprefix(ROOT).partition("/")
        return _within(folder, name) if slash and folder in SCHEMES else None


def _within(folder: str, name: str) -> Place | None:
    part = PARTS.fullmatch(name) if folder == DATA else None
    if part:
        return Place(DATA, f"statement-{part[1]}")
    if not name or re.search(r"[/?#]", name) or name in (".", ".."):
        return None
    return Place(folder, local_name(unquote(name)))
