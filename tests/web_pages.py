"""Pages in memory, and what a browser reads from them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import chain
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urldefrag, urlsplit

from comity.lineage import Link
from comity.model import Actor, Document, Event, Label, Statement, Vocabulary
from comity.rdf.catalogue import catalogue_triples
from comity.rdf.namespaces import COMITY, Namespaces
from comity.rdf.terms import RDF_TYPE, Triple
from comity.rdf.write import document_triples
from comity.web.addresses import Addresses, Place
from comity.web.holdings import Holdings, gather
from comity.web.interface import interface
from comity.web.pages import Pages
from comity.web.render import Renderer, StaticRoutes
from comity.web.views.general import AboutView, Edition

SPACES = Namespaces()
EDITION = Edition(
    "Statements",
    "2026.11",
    "2026-11-24",
    "https://creativecommons.org/licenses/by/4.0/",
    "The publisher",
    SPACES.node("dataset"),
    SPACES.node("dataset-2026.11"),
    "https://example.org/site/",
    "What is said.",
)
ABOUT = AboutView(EDITION, (), "", None, None, (), "full", None, (), (), 0, 0, (), (), 0)
VOID = set("area base br col embed hr img input link meta source track wbr path rect".split())


@dataclass
class Element:
    """An element of a page, with its text and that of what it holds."""

    name: str
    attributes: dict[str, str]
    within: tuple[str, ...]
    text: str = ""


class Reader(HTMLParser):
    """Every element of a page, in order; what is not closed, or closed twice, is an error."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(page)
        self.close()
        assert self._open == [], self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and that it is open."""
        assert len(dict(attrs)) == len(attrs), f"{tag} has an attribute twice"
        given = {name: value or "" for name, value in attrs}
        element = Element(tag, given, tuple(each.name for each in self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that ends where it starts."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element."""
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop().name == tag

    def handle_data(self, data: str) -> None:
        """Note text, in everything that is open."""
        for element in self._open:
            element.text += data

    def all(self, name: str, **attributes: str) -> list[Element]:
        """The elements of a name with these attributes; ``class_`` stands for class."""
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        return [
            each
            for each in self.elements
            if each.name == name
            and all(value in each.attributes.get(key, "").split() for key, value in wanted.items())
        ]

    def ids(self) -> list[str]:
        """The ids of the page."""
        return [each.attributes["id"] for each in self.elements if "id" in each.attributes]

    def links(self) -> Iterator[tuple[str, str]]:
        """What the page leads to or loads: the element's name, and the address."""
        for each in self.elements:
            for key in ("href", "src", "action"):
                if key in each.attributes:
                    yield each.name, each.attributes[key]


def inside(page: str, link: str) -> tuple[str, str] | None:
    """The path and fragment that a link leads to in the site; None when it leads elsewhere.

    Args:
        page: The path of the page below the site.
        link: What stands in the link.
    """
    if urlsplit(link).scheme:
        return None
    address, fragment = urldefrag(link)
    path = unquote(address.partition("?")[0])
    target = normpath(PurePosixPath(page).parent / path) if path else page
    return target, unquote(fragment)


@dataclass
class Made:
    """Pages, by their paths, with what they were made from."""

    holdings: Holdings
    html: dict[str, str] = field(default_factory=dict)

    def read(self, path: str) -> Reader:
        """A page, read."""
        return Reader(self.html[path])


def described(triples: Iterable[Triple], addresses: Addresses) -> dict[Place, str]:
    """The places of everything that triples describe and that has a page of its own kind."""
    found = {}
    for subject in dict.fromkeys(triple[0] for triple in triples):
        place = addresses.of(subject[1:-1])
        if place is None or place.name.startswith("activity-"):
            continue
        if place.folder != "id" or subject.endswith(f"/{place.name}>"):
            found[place] = subject[1:-1]
    return found


def holdings_of(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    vocabulary: Vocabulary,
    links: Iterable[Link] = (),
) -> Holdings:
    """What the pages are made from, with candidates and events as the catalogue has them."""
    catalogue = catalogue_triples(statements, documents, vocabulary, SPACES)
    by_document: defaultdict[str, list[Statement]] = defaultdict(list)
    for each in statements:
        by_document[each.document].append(each)
    headers = (document_triples(d, by_document[d.id], vocabulary, SPACES) for d in documents)
    triples = [*chain(*headers), *catalogue]
    words: dict[str, str] = {}
    for each in statements:
        for _, mention in each.mentions():
            for id_ in (mention.id, mention.on_behalf_of):
                if id_ and id_ not in vocabulary.actors:
                    words[id_] = min(words.get(id_, mention.text), mention.text)
    candidates = {
        id_: Actor(id_, "Actor", SPACES.actor(id_), (Label(text),), candidate=True)
        for id_, text in words.items()
    }
    kinds = {s for s, p, o in triples if p == RDF_TYPE and o == f"<{COMITY}Event>"}
    names = {SPACES.local(each[1:-1]) for each in kinds}
    events = {name: Event(name, name) for name in names}
    return gather(
        statements,
        documents,
        vocabulary,
        SPACES,
        described(triples, Addresses(vocabulary, SPACES)),
        candidates=candidates,
        events=events,
        links=links,
    )


def make(holdings: Holdings, texts: Mapping[str, str | None]) -> Made:
    """Every page of a graph.

    Args:
        holdings: What the graph holds.
        texts: Id of a document to its text, where it may be published.
    """
    pages = Pages(
        holdings,
        EDITION,
        interface(),
        lambda document, statement: (("APA", (statement or document).id),),
        lambda name, iri: (("APA", f"{name} {iri}"),),
        lambda place: None,
    )
    render = Renderer(EDITION, interface(), StaticRoutes()).render
    made = Made(holdings)
    of_documents = (pages.document(d, texts.get(id_)) for id_, d in holdings.documents.items())
    every = (pages.actors(), pages.concepts(), pages.measures(), pages.events(), pages.years())
    for page in chain(*of_documents, *every, pages.lists(), pages.general(ABOUT)):
        assert page.place.page not in made.html, page.place
        made.html[page.place.page] = render(page)
    return made


def words(text: str) -> str:
    """A text as a browser shows it: control characters replaced, as the pages do."""
    return re.sub("[\x00-\x08\x0b-\x1f]", "\ufffd", text)
