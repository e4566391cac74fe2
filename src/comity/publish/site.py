"""The static site of a release: a page for every node, and what the nodes say beside it.

It needs no server and loads nothing from elsewhere, so it opens from disk as from any host.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from comity.lookup.cite import STYLES, Reference
from comity.lookup.nodes import Passage
from comity.model import Document, Statement
from comity.publish.content import Content, Part
from comity.publish.release import Release
from comity.publish.sitenodes import Nodes, write_nodes
from comity.publish.texts import may_publish
from comity.rdf.background import Background, background
from comity.rdf.jsonld import to_json
from comity.web.addresses import Addresses, Place, quoted
from comity.web.feed import News, feed
from comity.web.holdings import Holdings, gather
from comity.web.interface import interface
from comity.web.naming import Ref, clip
from comity.web.pages import Pages, References
from comity.web.render import Page, Renderer, RootRoutes, StaticRoutes, static_files
from comity.web.search import ENTRY_KINDS, FACETS, index_of
from comity.web.views.general import (
    AboutView,
    Download,
    Downloads,
    Edition,
    NodeView,
    ShownChange,
    WithdrawnView,
)

SITE = "site"
LISTED = 60
"""Changes that the page about the release lists."""
ROLES = ("dump", "table", "edges", "change", "metadata", "schema")
"""The roles of the files that it lists, in their order."""
FILES = 100
"""Files of one role that it lists."""
_STYLES = ("apa", "bibtex")


def write_site(
    content: Content,
    folder: Path,
    *,
    parts: Sequence[Part] = (),
    news: Sequence[News] = (),
    known: Background | None = None,
) -> list[Part]:
    """Write the site of a release into ``site/``.

    Args:
        content: What is published.
        folder: The release folder, which holds the files of `parts`.
        parts: The other files of the release, to be named for download.
        news: What changed since the release before, the most important first.
        known: What the vocabulary says of actors and concepts beside their names; Comity's own
            files are read when None.

    Returns:
        The home page and the feed; every other page can be reached from the home page.

    Raises:
        OSError: if a file cannot be written.
    """
    site = folder / SITE
    site.mkdir(parents=True, exist_ok=True)
    addresses = Addresses(content.vocabulary, content.namespaces)
    nodes = write_nodes(content, site, addresses)
    holdings = _holdings(content, nodes, known)
    words = interface()
    edition = edition_of(content.release)
    pages = Pages(
        holdings,
        edition,
        words,
        lambda document, statement: _cited(document, statement, holdings, content),
        lambda name, iri: _mentioned(name, iri, content.release),
        lambda place: _data(site, place),
    )
    write = _writer(site, Renderer(edition, words, StaticRoutes()))
    for document in content.documents():
        text = document.text if may_publish(document.license) else None
        for page in pages.document(holdings.documents[document.id], text):
            write(page)
    about = _about(content, holdings, _downloads(folder, parts), news)
    every = (pages.actors(), pages.concepts(), pages.measures(), pages.events(), pages.years())
    for page in chain(*every, pages.lists(), pages.general(about), _rest(nodes, pages, holdings)):
        write(page)
    _writer(site, Renderer(edition, words, RootRoutes(edition.address)))(pages.missing())
    text = feed(edition, news, addresses, words.language)
    (site / "feed.atom").write_bytes(text.encode())
    _write_static(site, holdings)
    return [
        Part(f"{SITE}/index.html", "Pages to read and search", "text/html", role="page"),
        Part(f"{SITE}/feed.atom", "Feed of changes", "application/atom+xml", role="page"),
    ]


def site_pages(content: Content) -> Iterator[tuple[str, str]]:
    """Every page that has an IRI, as its IRI and its path below the release folder, sorted.

    It needs no site to have been written: a site map and redirects are made from it.

    Args:
        content: What is published.
    """
    addresses = Addresses(content.vocabulary, content.namespaces)
    before = ""
    for subject, _, _ in content.triples():
        if subject != before:
            before = subject
            place = addresses.of(subject[1:-1])
            if place is not None and not _is_part(subject[1:-1], place):
                yield subject[1:-1], f"{SITE}/{place.page}"


def list_pages() -> tuple[str, ...]:
    """The pages that are about no one node, as paths below the release folder."""
    names = ("index", "documents", "statements", "actors", "areas", "measures", "events")
    return tuple(f"{SITE}/{name}.html" for name in (*names, "vocabulary", "search", "about"))


def edition_of(release: Release) -> Edition:
    """What is said of a release on every page."""
    about = release.about
    return Edition(
        about.title,
        release.label,
        release.issued,
        about.license,
        about.publisher,
        release.dataset,
        release.version,
        release.address(f"{SITE}/"),
        about.description,
    )


def _is_part(iri: str, place: Place) -> bool:
    """Whether an IRI is told of on the page of another."""
    return place.name.startswith("statement-") and not iri.endswith(f"/{place.name}")


def _holdings(content: Content, nodes: Nodes, known: Background | None) -> Holdings:
    return gather(
        content.statements(),
        content.documents(),
        content.vocabulary,
        content.namespaces,
        nodes.described,
        candidates=nodes.candidates,
        events=nodes.events,
        links=content.links,
        background=background(_own_files(content)) if known is None else known,
    )


def _own_files(content: Content) -> list[Path]:
    """The vocabulary that a user built the graph with."""
    folder = content.graph.version / "vocabulary"
    return sorted(folder.glob("*.ttl")) if folder.is_dir() else []


def _writer(site: Path, renderer: Renderer) -> Callable[[Page], None]:
    """A function that renders a page into its file."""
    made: set[Path] = set()

    def write(page: Page) -> None:
        path = site / page.place.page
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(renderer.render(page).encode())

    return write


def _write_static(site: Path, holdings: Holdings) -> None:
    words = interface()
    folder = site / "static" / "search"
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in static_files().items():
        (site / "static" / name).write_bytes(data)
    kinds = {kind: str(words.say(f"found.{kind}")) for kind in ENTRY_KINDS}
    facets = {facet: str(words.say(f"search.{facet}")) for facet in FACETS}
    for name, text in index_of(holdings, words).scripts(kinds, facets):
        (folder / f"{name}.js").write_bytes(text.encode())


def _data(site: Path, place: Place) -> str | None:
    """The JSON-LD that lies beside a page, as it may stand in a script element."""
    import json

    from markupsafe import Markup

    text = (site / place.at(1).file("jsonld")).read_text("utf-8")
    return Markup(to_json(json.loads(text), script=True))


# -- citing ------------------------------------------------------------------------------------


def _cited(
    document: Document, statement: Statement | None, holdings: Holdings, content: Content
) -> References:
    """How a document, or a statement of it, is cited."""
    namespaces = content.namespaces
    kind = document.type
    iri = namespaces.node(document.id)
    passage = None
    if statement is not None:
        where = namespaces.node(statement.id)
        quote = clip(statement.quote, 1000)
        passage = Passage(where, quote, statement.start, statement.end, iri)
    reference = Reference(
        iri,
        clip(" ".join((document.title or "").split()), 500),
        clip(document.publisher or "", 300),
        document.date or "",
        document.url or "",
        kind or "",
        holdings.names.concept("document-type", kind).text if kind else "",
        document.language or "",
        clip(document.event or "", 300),
        clip(document.place or "", 200),
        passage,
    )
    return _styled(reference)


def _mentioned(name: str, iri: str, release: Release) -> References:
    """How a page of the release that is about something else is cited; the release itself."""
    about = release.about
    whole = f"{about.title} (release {release.label})"
    title = f"{name}, in {whole}" if name else whole
    reference = Reference(
        iri, title, about.publisher, release.issued, iri, "", "data set", "", "", ""
    )
    return _styled(reference)


def _styled(reference: Reference) -> References:
    words = interface()
    return tuple(
        (str(words.say(f"identity.{style}")), STYLES[style](reference).strip()) for style in _STYLES
    )


# -- about ---------------------------------------------------------------------------------------


def _downloads(folder: Path, parts: Iterable[Part]) -> Downloads:
    """The files of the release that are there, with their sizes, by role."""
    found: dict[str, list[Download]] = {role: [] for role in ROLES}
    for part in parts:
        path = folder / part.name
        if part.role in found and path.is_file():
            kind = f"{part.media_type}, gzip" if part.packed else part.media_type
            link = f"../{quoted(part.name)}"
            found[part.role].append(
                Download(part.name, link, part.title, kind, path.stat().st_size)
            )
    return tuple((role, tuple(files[:FILES])) for role, files in found.items() if files)


def _about(
    content: Content,
    holdings: Holdings,
    downloads: Downloads,
    news: Sequence[News],
) -> AboutView:
    release, names = content.release, holdings.names
    about = release.about
    extractors = Counter(each.extractor for each in holdings.statements if each.extractor)
    reviewed = Counter(each.review for each in holdings.statements)
    most = sorted(extractors.items(), key=lambda pair: (-pair[1], pair[0]))
    documents = holdings.documents.values()
    return AboutView(
        edition_of(release),
        about.creators,
        about.publisher_iri,
        about.contact,
        about.landing_page,
        about.keywords,
        release.quotes,
        release.previous,
        tuple((holdings.extractor(name), n) for name, n in most),
        tuple((names.concept("review-status", code), n) for code, n in sorted(reviewed.items())),
        sum(may_publish(each.license) for each in documents),
        len(documents),
        downloads,
        tuple(_shown(each, holdings) for each in news[:LISTED]),
        max(0, len(news) - LISTED),
    )


def _shown(news: News, holdings: Holdings) -> ShownChange:
    place = holdings.addresses.of(news.iri)
    known = place if place in holdings.described else None
    return ShownChange(Ref(clip(news.title, 200), known), news.summary)


def _rest(nodes: Nodes, pages: Pages, holdings: Holdings) -> Iterator[Page]:
    """The pages of what was withdrawn, and of nodes of other kinds."""
    for place, gone in nodes.withdrawn.items():
        others = tuple(holdings.named(iri) for iri in gone.replacements)
        yield pages.withdrawn(place, WithdrawnView(gone.iri, gone.reason, gone.since, others))
    for place, other in nodes.others.items():
        facts = tuple(
            (name, value, holdings.named(value) if is_iri else None)
            for name, value, is_iri in other.facts
        )
        title = next((value for _, value, is_iri in other.facts if not is_iri), place.name)
        yield pages.node(place, title, NodeView(other.iri, facts))
