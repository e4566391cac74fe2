"""Pages lie where their IRIs say, and no name leads out of the site."""

from __future__ import annotations

from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import VOCABULARY, texts

from comity.errors import RecordError
from comity.rdf.namespaces import Namespaces
from comity.web.addresses import Addresses, Place, relative, top

SPACES = Namespaces()
ADDRESSES = Addresses(VOCABULARY, SPACES)


@pytest.mark.parametrize(
    ("iri", "page"),
    [
        ("https://w3id.org/comity/actor/CHN", "actor/CHN.html"),
        ("https://w3id.org/comity/area/patents", "area/patents.html"),
        ("https://w3id.org/comity/measure/a.b.c", "measure/a.b.c.html"),
        ("https://w3id.org/comity/id/event-0f", "id/event-0f.html"),
        ("https://w3id.org/comity/id/actor-0f", "id/actor-0f.html"),
        ("https://w3id.org/comity/id/statement-0f", "id/statement-0f.html"),
        ("https://w3id.org/comity/id/evidence-0f", "id/statement-0f.html"),
        ("https://w3id.org/comity/id/position-0f", "id/statement-0f.html"),
        ("https://w3id.org/comity/id/quote-0f", "id/statement-0f.html"),
        ("https://w3id.org/comity/id/mention-0f-02", "id/statement-0f.html"),
        ("https://w3id.org/comity/actor/a%2Fb", "actor/a%2Fb.html"),
        ("https://w3id.org/comity/actor/%E4%B8%AD", "actor/中.html"),
        ("https://example.org/terms#seeds", "area/seed-banks.html"),
        ("https://example.org/council", "actor/seed-council.html"),
    ],
)
def test_pages_mirror_iris(iri: str, page: str) -> None:
    """The path of a page is that of the IRI below its root; what has its own lies by its code."""
    place = ADDRESSES.of(iri)
    assert place is not None
    assert place.page == page


@pytest.mark.parametrize(
    "iri",
    [
        "https://w3id.org/comity/id/",
        "https://w3id.org/comity/id/..",
        "https://w3id.org/comity/actor/a/b",
        "https://w3id.org/comity/actor/a?b",
        "https://w3id.org/comity/ontology#Actor",
        "https://w3id.org/comity/area",
        "https://example.org/elsewhere",
    ],
)
def test_what_is_elsewhere_has_no_page(iri: str) -> None:
    """An IRI that is neither the data's nor the vocabulary's leads to no page."""
    assert ADDRESSES.of(iri) is None


@given(texts(max_size=400))
def test_no_name_leads_out(name: str) -> None:
    """Whatever an actor is called by, its file lies in its folder, under a name that files have."""
    try:
        place = ADDRESSES.actor(name)
    except RecordError:
        assert name in (".", "..")
        return
    folder, slash, file = place.page.rpartition("/")
    assert slash
    assert folder in ("actor", "id")
    assert normpath(place.page) == place.page
    assert len(file.encode()) < 255
    assert not set(file) & set('/\\:*?"<>|\0\n')


@given(st.lists(texts(max_size=300), min_size=2, max_size=2, unique=True))
def test_other_names_are_other_files(names: list[str]) -> None:
    """Two actors never share a page."""
    if not {".", ".."} & set(names):
        one, other = (ADDRESSES.actor(name).page for name in names)
        assert one != other


@given(texts(), texts())
def test_links_are_relative(here: str, there: str) -> None:
    """A link from any page leads to the file meant, whatever its name, from disk as from a host."""
    if {".", ".."} & {here, there}:
        return
    page, target = ADDRESSES.actor(here).at(3), ADDRESSES.actor(there)
    link = relative(page, target.page)
    assert not link.startswith("/")
    assert normpath(PurePosixPath(page.page).parent / unquote(link)) == target.page


def test_further_parts_lie_apart() -> None:
    """The second page of a list cannot be taken for the page of something else."""
    place = Place("actor", "CHN")
    assert place.at(2).page == "more/actor/CHN/2.html"
    assert place.at(2).file("ttl") == place.file("ttl") == "actor/CHN.ttl"
    assert top("about").page == "about.html"
