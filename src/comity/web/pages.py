"""The pages of a graph: which there are, and how each is headed, cited and described."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from comity.model import SCHEMES, Document, Statement
from comity.web.addresses import Place, top
from comity.web.holdings import Holdings
from comity.web.interface import Interface
from comity.web.naming import Ref, clip
from comity.web.passages import Excerpt
from comity.web.render import HOME, VOCABULARY, Page
from comity.web.views.actor import actor_view
from comity.web.views.common import title_of
from comity.web.views.concept import concept_view
from comity.web.views.document import document_views, reading
from comity.web.views.event import event_view
from comity.web.views.general import AboutView, Edition, NodeView, WithdrawnView, home_view
from comity.web.views.listing import (
    ContinuedView,
    ListView,
    actors_list,
    areas_tree,
    continuations,
    continued,
    documents_list,
    events_list,
    measures_list,
    schemes,
    years,
)
from comity.web.views.measure import measure_view
from comity.web.views.searching import search_view
from comity.web.views.statement import statement_view

References = tuple[tuple[str, str], ...]
DESCRIPTION = 200
"""Characters of the description that search engines show."""


@dataclass(frozen=True)
class Pages:
    """Makes the pages of a graph.

    Args:
        holdings: What the graph holds.
        edition: What is said of the data on every page.
        interface: The words of the pages.
        cite: Gives the styles in which a document, or a statement of it, is cited, and how.
        mention: Gives the same for something else that has an IRI, by its name and the IRI.
        data: Gives the JSON-LD about what a page is about, escaped for a script element.
    """

    holdings: Holdings
    edition: Edition
    interface: Interface
    cite: Callable[[Document, Statement | None], References]
    mention: Callable[[str, str], References]
    data: Callable[[Place], str | None]

    # -- what a document says ---------------------------------------------------------------

    def document(self, document: Document, text: str | None) -> Iterator[Page]:
        """The pages of a document and of each of its statements.

        Args:
            document: The document.
            text: Its text where it may be published, else None.
        """
        holdings = self.holdings
        place = holdings.addresses.node(document.id)
        statements = [holdings.statements[n] for n in sorted(holdings.numbers(place))]
        read = reading(text, statements)
        title = title_of(document)
        trail: tuple[Ref, ...] = (self._section("documents"),)
        for view in document_views(document, statements, holdings, read):
            yield Page(
                place.at(view.part),
                "document",
                clip(title, 120),
                view,
                "documents",
                clip(f"{document.publisher or ''} {document.date or ''}".strip(), DESCRIPTION),
                holdings.described.get(place),
                self.data(place) if view.part == 1 else None,
                True,
                trail,
                self.cite(document, None) if view.part == 1 else (),
            )
        trail = (*trail, Ref(clip(title, 80), place, document.language))
        for number in range(len(statements)):
            shown = place.at(read.shown[number])
            yield self._statement(document, statements, number, text, shown, trail)

    def _statement(
        self,
        document: Document,
        statements: Sequence[Statement],
        number: int,
        text: str | None,
        shown: Place,
        trail: tuple[Ref, ...],
    ) -> Page:
        statement = statements[number]
        view = statement_view(statement, number, statements, self.holdings, text, shown)
        place = self.holdings.addresses.node(statement.id)
        who = ", ".join(party.name.text for party in view.row.actors)
        measures = "; ".join(ref.text for ref in view.row.measures)
        said = view.excerpt.words if isinstance(view.excerpt, Excerpt) else measures
        return Page(
            place,
            "statement",
            clip(": ".join(filter(None, (who, measures))), 120),
            view,
            "statements",
            clip(" ".join(said.split()), DESCRIPTION),
            self.holdings.described.get(place),
            self.data(place),
            True,
            trail,
            self.cite(document, statement),
        )

    # -- what statements name ------------------------------------------------------------------

    def actors(self) -> Iterator[Page]:
        """The pages of all actors."""
        holdings = self.holdings
        for place, id_ in holdings.actors():
            actor = holdings.names.known_actor(id_)
            if actor is not None:
                ref = holdings.names.actor(id_)
                kind = str(self.interface.say(f"kind.{actor.kind}"))
                view = actor_view(id_, actor, holdings)
                yield self._about(place, "actor", ref, view, "actors", kind)
                yield from self._continued(place, ref, "actors", actor=id_)

    def concepts(self) -> Iterator[Page]:
        """The pages of all concepts."""
        holdings = self.holdings
        for scheme in SCHEMES:
            section = "areas" if scheme == "area" else ""
            for place in holdings.pages(scheme):
                concept = holdings.vocabulary.concepts.get((scheme, unquote(place.name)))
                if concept is None:
                    continue
                ref = holdings.names.at(place)
                view = concept_view(concept, holdings)
                yield self._about(place, "concept", ref, view, section, concept.definition or "")
                if scheme == "area":
                    yield from self._continued(place, ref, section)

    def measures(self) -> Iterator[Page]:
        """The pages of all measures."""
        holdings = self.holdings
        for place, codes in holdings.measures().items():
            ref = holdings.names.measure(codes)
            yield self._about(place, "measure", ref, measure_view(codes, holdings), "measures")
            yield from self._continued(place, ref, "measures")

    def events(self) -> Iterator[Page]:
        """The pages of all events."""
        holdings = self.holdings
        for id_, event in sorted(holdings.events.items()):
            place = holdings.addresses.node(id_)
            if place in holdings.described:
                ref = holdings.names.event(id_)
                view = event_view(event, holdings)
                note = " ".join(filter(None, (event.place, event.date)))
                yield self._about(place, "event", ref, view, "events", note)
                yield from self._continued(place, ref, "events")

    def years(self) -> Iterator[Page]:
        """The pages of the statements of each year."""
        for name in self.holdings.years():
            place = Place("statements", name)
            ref = Ref(name, place)
            first = continued(ref, place, self.holdings, 1)
            yield self._more(place, ref, "statements", first)
            yield from self._continued(place, ref, "statements")

    # -- the whole -------------------------------------------------------------------------------

    def lists(self) -> Iterator[Page]:
        """The pages that list what there is."""
        holdings = self.holdings
        makers = (documents_list, actors_list, measures_list, events_list)
        for found in (make(holdings) for make in makers):
            yield from map(self._list, found)
        yield self._top("areas", "tree", areas_tree(holdings))
        yield self._top("statements", "years", years(holdings))
        yield self._top("vocabulary", "schemes", schemes(holdings))

    def general(self, about: AboutView) -> Iterator[Page]:
        """The home page, the page about the release, and the search page."""
        described = self.edition.description
        home = home_view(self.holdings)
        yield Page(HOME, "home", self.edition.title, home, "", clip(described, DESCRIPTION))
        yield Page(
            top("about"),
            "about",
            str(self.interface.say("about.heading")),
            about,
            "about",
            clip(described, DESCRIPTION),
            self.edition.version,
            references=self.mention("", self.edition.version),
        )
        title = str(self.interface.say("search.heading"))
        yield Page(top("search"), "search", title, search_view(self.holdings))

    def missing(self) -> Page:
        """The page for addresses where there is none."""
        return Page(top("404"), "missing", str(self.interface.say("missing.heading")), None)

    def withdrawn(self, place: Place, view: WithdrawnView) -> Page:
        """The page of something that is no longer there."""
        title = str(self.interface.say("withdrawn.heading"))
        return Page(
            place, "withdrawn", title, view, iri=view.iri, data=self.data(place), files=True
        )

    def node(self, place: Place, title: str, view: NodeView) -> Page:
        """The page of a node that has none of its own kind."""
        return Page(
            place,
            "node",
            clip(title, 120),
            view,
            iri=view.iri,
            data=self.data(place),
            files=True,
            references=self.mention(clip(title, 200), view.iri),
        )

    # -- common ------------------------------------------------------------------------------------

    def _about(
        self, place: Place, template: str, ref: Ref, view: object, section: str, note: str = ""
    ) -> Page:
        """The first page of something that statements name."""
        iri = self.holdings.described[place]
        trail = (self._section(section),) if section else (self._vocabulary(),)
        return Page(
            place,
            template,
            clip(ref.text, 120),
            view,
            section,
            clip(note, DESCRIPTION),
            iri,
            self.data(place),
            True,
            trail,
            self.mention(clip(ref.text, 200), iri),
        )

    def _continued(
        self, place: Place, ref: Ref, section: str, actor: str | None = None
    ) -> Iterator[Page]:
        for part in continuations(place, self.holdings):
            view = continued(ref, place, self.holdings, part, actor)
            yield self._more(place.at(part), ref, section, view)

    def _more(self, place: Place, ref: Ref, section: str, view: ContinuedView) -> Page:
        trail = (self._section(section), *((ref,) if place.part > 1 else ()))
        return Page(place, "more", clip(ref.text, 120), view, section, trail=trail)

    def _list(self, view: ListView) -> Page:
        place = top(view.kind).at(view.part)
        title = str(self.interface.say(f"section.{view.kind}"))
        note = str(self.interface.say(f"about_list.{view.kind}"))
        return Page(place, "list", title, view, view.kind, clip(note, DESCRIPTION))

    def _top(self, name: str, template: str, view: object) -> Page:
        title = str(self.interface.say(f"section.{name}"))
        note = clip(str(self.interface.say(f"about_list.{name}")), DESCRIPTION)
        return Page(top(name), template, title, view, name, note)

    def _section(self, name: str) -> Ref:
        return Ref(str(self.interface.say(f"section.{name}")), top(name))

    def _vocabulary(self) -> Ref:
        return Ref(str(self.interface.say("section.vocabulary")), VOCABULARY)
