"""From a view to HTML: every value is escaped, and nothing is left out unheard.

Control characters, which HTML cannot hold, are shown as U+FFFD; each stays one character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from itertools import groupby
from typing import Protocol
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from comity.web.addresses import Place, quoted, relative, top
from comity.web.interface import Interface
from comity.web.naming import Party, Ref, clip
from comity.web.views.actor import Tie
from comity.web.views.common import MODALITIES, web_link
from comity.web.views.general import Edition

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'"
)
"""The content security policy that all pages keep; a server sends it as a header, too."""
SECTIONS = ("documents", "statements", "actors", "areas", "measures", "events", "about")
"""The pages at the top that the navigation leads to."""
STATIC = ("site.css", "site.js", "icon.svg")
"""The files that all pages share."""
NAME = 160
"""Characters of a name."""
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f]")
HOME, VOCABULARY = top("index"), top("vocabulary")
_STARTS = {
    "scholar": (
        ("read", "documents.html"),
        ("actors", "actors.html"),
        ("areas", "areas.html"),
    ),
    "publisher": (
        ("downloads", "about.html#downloads"),
        ("vocabulary", "vocabulary.html"),
        ("feed", "feed.atom"),
    ),
    "analyst": (
        ("search", "search.html"),
        ("measures", "measures.html"),
        ("tables", "about.html#downloads"),
    ),
}


class Routes(Protocol):
    """Where the pages and files are, as seen from a page."""

    def page(self, here: Place, place: Place) -> str:
        """The link from a page to another."""

    def file(self, here: Place, path: str) -> str:
        """The link from a page to a file of the site, by its path."""

    def search(self, here: Place, facets: Iterable[tuple[str, str]]) -> str:
        """The link from a page to the statements that have these facets."""


class StaticRoutes:
    """Relative links between files, so that they open from disk and from any host."""

    @staticmethod
    def page(here: Place, place: Place) -> str:
        """The relative path from one page to another."""
        return relative(here, place.page)

    @staticmethod
    def file(here: Place, path: str) -> str:
        """The relative path from a page to a file."""
        return relative(here, path)

    @staticmethod
    def search(here: Place, facets: Iterable[tuple[str, str]]) -> str:
        """The search page with its form filled in."""
        return f"{relative(here, 'search.html')}?{urlencode(list(facets))}"


class RootRoutes:
    """Links from the address of the site on, for a page that is shown at any address.

    Args:
        address: Where the site is served; ends in a slash.
    """

    def __init__(self, address: str) -> None:
        self._address = address

    def page(self, _here: Place, place: Place) -> str:
        """The whole address of a page."""
        return self._address + quoted(place.page)

    def file(self, _here: Place, path: str) -> str:
        """The whole address of a file; what a page loads stays beside it."""
        return path if path.startswith("static/") else self._address + quoted(path)

    def search(self, here: Place, facets: Iterable[tuple[str, str]]) -> str:
        """The whole address of the search page with its form filled in."""
        return f"{self.file(here, 'search.html')}?{urlencode(list(facets))}"


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be rendered.

    Args:
        place: Where it is.
        template: The name of its template.
        title: Its title, without that of the site.
        view: What it shows.
        section: The section of the navigation that it belongs to, or empty.
        description: A sentence for search engines.
        iri: What it is about.
        data: The JSON-LD of what it is about, escaped for a script element.
        files: Whether Turtle and JSON-LD lie beside it.
        trail: The pages above it.
        references: Styles and how it is cited in them.
    """

    place: Place
    template: str
    title: str
    view: object
    section: str = ""
    description: str = ""
    iri: str | None = None
    data: str | None = None
    files: bool = False
    trail: tuple[Ref, ...] = ()
    references: tuple[tuple[str, str], ...] = ()


class Words:
    """Names and dates in HTML, as seen from one page.

    Args:
        interface: The words of the page.
        href: Gives the link to a place.
    """

    def __init__(self, interface: Interface, href: Callable[[Place], str]) -> None:
        self._interface = interface
        self.href = href

    def ref(self, it: Ref) -> Markup:
        """A name, and the link to its page where it has one."""
        more = f"{language_of(it.language)}{direction_of(it.text)}>{escape(clip(it.text, NAME))}"
        if it.place is None:
            return Markup(f"<span{more}</span>")
        return Markup(f'<a href="{escape(self.href(it.place))}"{more}</a>')

    def refs(self, them: Iterable[Ref]) -> Markup:
        """Names, parted by commas."""
        return Markup(", ").join(map(self.ref, them))

    def party(self, it: Party, written: bool = False) -> Markup:
        """Someone; with the words of the text, too, where they are others."""
        if not (written and it.written):
            return self.ref(it.name)
        said = f"<q{direction_of(it.written)}>{escape(clip(it.written, NAME))}</q>"
        told = f'<span class="written">{self._interface.say("statement.written")} {said}</span>'
        return self.ref(it.name) + Markup(f" {told}")

    def parties(self, them: Iterable[Party], written: bool = False) -> Markup:
        """Several, parted by commas."""
        return Markup(", ").join(self.party(it, written) for it in them)

    def time(self, date: str, short: bool = False) -> Markup:
        """A date as people write it, and as programs read it."""
        text = self._interface.date(date, short=short)
        return Markup(f'<time datetime="{escape(date)}">{escape(text)}</time>')


def direction_of(text: str) -> Markup:
    """The attribute that lets a text run in its own direction, where it may have one."""
    return Markup("" if text.isascii() else ' dir="auto"')


def language_of(tag: str | None) -> Markup:
    """The attribute that names the language of a text, if it is not the page's."""
    return Markup(f' lang="{escape(tag)}"' if tag else "")


class Renderer:
    """Renders pages of one edition in one language.

    Args:
        edition: What is said of the data on every page.
        interface: The words of the pages.
        routes: Where the pages are.
    """

    def __init__(self, edition: Edition, interface: Interface, routes: Routes) -> None:
        self._edition = edition
        self._interface = interface
        self._routes = routes

    def render(self, page: Page) -> str:
        """The HTML of a page.

        Raises:
            UndefinedError: if the view lacks what the template shows.
        """
        here, routes = page.place, self._routes
        words = Words(self._interface, lambda place: routes.page(here, place))
        text = self._environment.get_template(f"{page.template}.html").render(
            page=page,
            view=page.view,
            href=words.href,
            ref=words.ref,
            refs=words.refs,
            party=words.party,
            parties=words.parties,
            time=words.time,
            root=lambda path: _with_fragment(routes, here, path),
            asset=lambda name: routes.file(here, f"static/{name}"),
            file=lambda ending: routes.file(here, here.at(1).file(ending)),
            search=lambda facets: routes.search(here, facets),
        )
        return _UNFIT.sub("\ufffd", text)

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=PackageLoader("comity.web", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        interface = self._interface
        environment.globals.update(
            edition=self._edition,
            language=interface.language,
            t=interface.say,
            tn=interface.count,
            policy=POLICY,
            sections=SECTIONS,
            home=HOME,
            starts=_STARTS,
            dir=direction_of,
            lang=language_of,
            vocabulary=Ref(str(interface.say("section.vocabulary")), VOCABULARY),
        )
        environment.filters.update(
            clip=clip,
            day=lambda date, short=False: interface.date(date, short=short),
            number=lambda number: f"{number:,}",
            decimal=lambda number: f"{number:.2f}",
            size=size,
            mark=mark,
            last_part=last_part,
            around=around,
            by_kind=by_kind,
            web_link=web_link,
        )
        return environment


def static_files() -> Mapping[str, bytes]:
    """The style sheet, the script and the picture that all pages share, by name."""
    folder = files("comity.web") / "static"
    return {name: (folder / name).read_bytes() for name in STATIC}


def mark(code: str) -> str:
    """The class of the style sheet for a modality.

    >>> mark("commitment"), mark("onclick=alert")
    ('m-commitment', 'm-other')
    """
    return f"m-{code}" if code in MODALITIES else "m-other"


def size(number: int) -> str:
    """A number of bytes, as people read it.

    >>> size(900), size(12345), size(7_000_000)
    ('900 B', '12.1 KiB', '6.7 MiB')
    """
    amount = float(number)
    for unit in ("B", "KiB", "MiB", "GiB"):
        if amount < 1024 or unit == "GiB":
            break
        amount /= 1024
    return f"{amount:.0f} B" if unit == "B" else f"{amount:.1f} {unit}"


def last_part(iri: str) -> str:
    """What an IRI ends with: the code or name there.

    >>> last_part("http://www.wikidata.org/entity/Q148")
    'Q148'
    """
    return clip(iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri, 80)


def around(part: int, parts: int) -> Iterator[int | None]:
    """The pages that a pager names: the first, the last and those near; None for a gap.

    >>> list(around(5, 9))
    [1, None, 4, 5, 6, None, 9]
    """
    shown = sorted({1, parts, *range(max(1, part - 1), min(parts, part + 1) + 1)})
    before = 0
    for number in shown:
        if number > before + 1:
            yield None
        yield number
        before = number


def by_kind(ties: Iterable[Tie]) -> list[tuple[str, list[Tie]]]:
    """Ties by kind, in the order in which the kinds come."""
    return [(kind, list(group)) for kind, group in groupby(ties, key=lambda tie: tie.kind)]


def _with_fragment(routes: Routes, here: Place, path: str) -> str:
    file, hash_, fragment = path.partition("#")
    return routes.file(here, file) + hash_ + fragment
