"""How a release is cited, and its licence in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from comity.publish.citation import LICENCES, bibtex, citation, write_citation, write_license
from comity.publish.content import Content, Part
from comity.publish.release import About, Release, make_release
from comity.rdf.namespaces import Namespaces

KEYS = set(  # of the Citation File Format, version 1.2.0
    """abstract authors cff-version commit contact date-released doi identifiers keywords license
    license-url message preferred-citation references repository repository-artifact
    repository-code title type url version""".split()
)


def released(**values: object) -> Release:
    """A release of 2026.11 of which these things are said."""
    return make_release("2026.11", Namespaces(), about=About(**values))  # type: ignore[arg-type]


def said(content: Content, release: Release, folder: Path) -> dict[str, object]:
    """What CITATION.cff says of a release."""
    written = Content(release, content.graph, content.quads, content.statements, content.documents)
    assert [part.name for part in write_citation(written, folder)] == ["CITATION.cff"]
    found = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_the_file_is_a_citation_file(content: Content, tmp_path: Path) -> None:
    """All that version 1.2.0 requires is there, nothing else, and a version stays a text."""
    found = said(content, content.release, tmp_path)
    assert set(found) <= KEYS
    assert {"cff-version", "message", "title", "authors"} <= set(found)
    assert found["cff-version"] == "1.2.0" and found["type"] == "dataset"
    assert found["version"] == "2026.11"
    assert found["authors"] == [{"name": "The Comity contributors"}]
    assert found["license"] == "CC-BY-4.0"
    identifiers = found["identifiers"]
    assert isinstance(identifiers, list)
    assert identifiers[0]["value"] == content.release.version


@pytest.mark.parametrize(
    ("issued", "date"), [("2026-11-24", "2026-11-24"), ("2026-11", None), ("2026", None)]
)
def test_a_day_of_release_only_when_it_is_known(
    content: Content, tmp_path: Path, issued: str, date: str | None
) -> None:
    """The format wants a whole day: there is none when only month or year is known."""
    release = make_release("2026.11", Namespaces(), issued=issued)
    assert said(content, release, tmp_path).get("date-released") == date


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("data@example.org", {"name": "An institute", "email": "data@example.org"}),
        ("a+b@example.org", {"name": "An institute", "email": "a+b@example.org"}),
        ("https://example.org/us", {"name": "An institute", "website": "https://example.org/us"}),
    ],
)
def test_a_contact_is_told(
    content: Content, tmp_path: Path, contact: str, told: dict[str, str]
) -> None:
    """By e-mail address or page."""
    release = released(contact=contact, publisher="An institute")
    assert said(content, release, tmp_path)["contact"] == [told]


def test_creators_come_first_and_the_publisher_last() -> None:
    """Where creators are named the publisher is told after the title, else in their place."""
    release = released(title="Data", publisher="An institute", creators=("A. Reader", "B. Coder"))
    assert citation(release) == (
        "A. Reader; B. Coder (2026). Data, version 2026.11 [Data set]. An institute. "
        "https://w3id.org/comity/id/dataset-2026.11"
    )
    assert citation(released(title="Data")).startswith("The Comity contributors (2026). Data,")


def test_bibtex_escapes_what_tex_would_take_for_commands() -> None:
    """Every author is one name, whatever is in it; the month is a number."""
    text = bibtex(released(title="R&D at 100 %", creators=("Reader and Sons", "B. Coder")))
    assert "title = {{R\\&D at 100 \\%}}" in text
    assert "author = {{Reader and Sons} and {B. Coder}}" in text
    assert "month = {11}" in text and text.startswith("@misc{comity-2026.11,\n")


@pytest.mark.parametrize("iri", LICENCES)
def test_known_licences_are_told_in_words(content: Content, tmp_path: Path, iri: str) -> None:
    """Name, IRI and what it asks for; ``http:`` and a missing slash change nothing."""
    name = LICENCES[iri].name
    for written in (iri, iri.replace("https:", "http:"), iri.rstrip("/")):
        text = notice(content, released(license=written), tmp_path)
        assert name in text and f"    {written}\n" in text
        assert LICENCES[iri].terms in text


def test_another_licence_is_named_by_its_iri(content: Content, tmp_path: Path) -> None:
    """Nothing is said of what a licence asks for that is not known."""
    release = released(license="https://example.org/terms")
    text = notice(content, release, tmp_path)
    assert "https://example.org/terms" in text and "You may" not in text
    found = said(content, release, tmp_path)
    assert (found.get("license"), found["license-url"]) == (None, "https://example.org/terms")


def test_what_has_another_licence_is_told(content: Content, tmp_path: Path) -> None:
    """Texts and the ontology have licences of their own; of what is not there nothing is said."""
    text = Part("texts/ab.txt", "A text", "text/plain", role="text")
    shapes = Part("shapes/actor.ttl", "Shapes", "text/turtle", role="schema")
    assert "texts/README.md" in notice(content, content.release, tmp_path, text)
    assert "in ontology/ and shapes/" in notice(content, content.release, tmp_path, shapes)
    plain = notice(content, content.release, tmp_path)
    assert not re.search("texts/|shapes/", plain)


def notice(content: Content, release: Release, folder: Path, *parts: Part) -> str:
    """The text of LICENSE."""
    written = Content(release, content.graph, content.quads, content.statements, content.documents)
    (part,) = write_license(written, folder, parts)
    return (folder / part.name).read_text(encoding="utf-8")
