"""What is said about a release, put together node by node and written as canonical Turtle."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from comity.errors import UsageError
from comity.identifiers import digest
from comity.publish.content import Part
from comity.publish.release import Release
from comity.rdf.namespaces import shorten
from comity.rdf.resolve import date_term
from comity.rdf.terms import Triple, integer_term, iri_term, literal_term
from comity.rdf.turtle import write

OTHERS = {
    "adms": "http://www.w3.org/ns/adms#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "formats": "http://www.w3.org/ns/formats/",
}
"""Prefixes that metadata need beside those of the data."""
TURTLE = "text/turtle"
COUNT = "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"


class Facts:
    """The facts of one file of metadata.

    Args:
        release: The release that they are about.
    """

    def __init__(self, release: Release) -> None:
        self.release = release
        self.prefixes = {**release.namespaces.prefixes(), **OTHERS}
        self.triples: set[Triple] = set()

    def say(self, node: str, *facts: tuple[str, str | None]) -> None:
        """Add facts about a node.

        Args:
            node: Its IRI.
            facts: Each a property and a value: CURIEs, ``a``, or terms in N-Triples text. A value
                that is None says nothing.
        """
        subject = iri_term(node)
        for name, value in facts:
            if value is not None:
                self.triples.add((subject, self._term(name), self._term(value)))

    def write(self, path: Path) -> None:
        """Write them as canonical Turtle."""
        with path.open("w", encoding="utf-8", newline="\n") as out:
            write(self.triples, out, self.prefixes)

    def _term(self, word: str) -> str:
        if word.startswith(("<", '"')):
            return word
        prefix, _, name = ("rdf", ":", "type") if word == "a" else word.partition(":")
        return f"<{self.prefixes[prefix]}{name}>"


@dataclass(frozen=True, slots=True)
class Measured:
    """Size in bytes and SHA-256 of a file."""

    size: int
    sha256: str


def measured(path: Path) -> Measured:
    """Size and hash of a file, read bit by bit.

    Raises:
        OSError: if it cannot be read.
    """
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    return Measured(path.stat().st_size, sha256)


def english(text: str) -> str:
    """A text in English as a term."""
    return literal_term(text, "en")


def count(number: int) -> str:
    """A number of bytes as a term; VoID's counts are xsd:integer, see `integer_term`."""
    return integer_term(number, COUNT)


def short_name(iri: str, release: Release) -> str:
    """A name for the node that describes a class or property: its CURIE, with a dot.

    >>> from comity.publish.release import make_release
    >>> from comity.rdf.namespaces import Namespaces
    >>> short_name("http://www.w3.org/ns/oa#exact", make_release("2026.11", Namespaces()))
    'oa.exact'
    """
    curie = shorten(iri, release.namespaces.prefixes())
    return digest(iri) if curie == iri else curie.replace(":", ".")


def say_publisher(facts: Facts) -> str:
    """Describe the publisher; returns the term that stands for it."""
    about = facts.release.about
    facts.say(
        about.publisher_iri,
        ("a", "foaf:Agent"),
        ("a", "prov:Agent"),
        ("foaf:name", literal_term(about.publisher)),
    )
    return iri_term(about.publisher_iri)


def say_creators(facts: Facts) -> list[str]:
    """Describe who made the data; returns their terms: the publisher's when nobody is named."""
    release = facts.release
    terms = []
    for number, name in enumerate(release.about.creators, 1):
        node = release.node("creator", str(number))
        facts.say(node, ("a", "foaf:Agent"), ("a", "prov:Agent"), ("foaf:name", literal_term(name)))
        terms.append(iri_term(node))
    return terms or [say_publisher(facts)]


def say_checksum(facts: Facts, node: str, name: str, sha256: str) -> None:
    """Give a node its SHA-256, as SPDX has it.

    Args:
        facts: Where to say it.
        node: The IRI of what was hashed.
        name: What the node of the checksum is named after.
        sha256: The hash, in lower-case hexadecimal.
    """
    checksum = facts.release.node("checksum", name)
    facts.say(node, ("spdx:checksum", iri_term(checksum)))
    facts.say(
        checksum,
        ("a", "spdx:Checksum"),
        ("spdx:algorithm", "spdx:checksumAlgorithm_sha256"),
        ("spdx:checksumValue", literal_term(sha256, datatype=facts.prefixes["xsd"] + "hexBinary")),
    )


def contact_iri(contact: str) -> str:
    """The IRI of a contact: an IRI as it is, an e-mail address as ``mailto:``.

    Raises:
        UsageError: if it is neither.

    >>> contact_iri("data@example.org")
    'mailto:data@example.org'
    """
    if contact.startswith(("mailto:", "http://", "https://")):
        return contact
    name, at, host = contact.strip().rpartition("@")
    if not (name and at and "." in host) or " " in contact.strip():
        raise UsageError("a contact is an e-mail address or an IRI", where=f"contact {contact!r}")
    return f"mailto:{quote(name)}@{host}"


def issued(release: Release) -> str:
    """The date of issue as a term, with the precision it has."""
    return date_term(release.issued)


def landing_page(release: Release) -> str:
    """The address of the page that people should see first; the README where there are no pages."""
    first = "site/index.html" if release.site else "README.md"
    return release.about.landing_page or release.address(first)


def save(facts: Facts, folder: Path, name: str, title: str, profile: str) -> list[Part]:
    """Write a file of metadata into the release folder.

    Args:
        facts: What it says.
        folder: The release folder.
        name: The name of the file.
        title: What it is.
        profile: The IRI of the standard that it follows.
    """
    facts.write(folder / name)
    return [Part(name, title, TURTLE, conforms_to=profile, role="metadata")]
