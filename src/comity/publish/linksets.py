"""Links from what a release describes to other data sets: a file of them, and their figures.

The alignments of Comity's vocabulary (``ontology/alignment/``) tell of far more than one graph
uses. A link set of a release holds the links whose subject the release describes, and no other;
the alignments themselves are published whole beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from comity.assets import path as asset
from comity.publish.content import Content, Part
from comity.publish.metadata import TURTLE
from comity.rdf.namespaces import ROOT, SKOS
from comity.rdf.terms import Triple
from comity.rdf.turtle import write
from comity.remote.parts import triples_of

LINKS = "links.ttl"
"""The file of the links."""
RELATIONS = tuple(
    f"<{SKOS}{kind}Match>" for kind in ("exact", "close", "broad", "narrow", "related")
)


@dataclass(frozen=True, slots=True)
class Target:
    """Another data set: its title, where its IRIs live, and its page."""

    title: str
    space: str
    page: str


TARGETS: Mapping[str, Target] = {
    "eu-authority": Target(
        "Authority tables of the Publications Office of the European Union",
        "http://publications.europa.eu/resource/authority/",
        "http://publications.europa.eu/resource/authority/",
    ),
    "eurovoc": Target("EuroVoc", "http://eurovoc.europa.eu/", "http://eurovoc.europa.eu/100141"),
    "geonames": Target("GeoNames", "https://sws.geonames.org/", "https://www.geonames.org/"),
    "gnd": Target(
        "Integrated Authority File (GND)", "https://d-nb.info/gnd/", "https://d-nb.info/gnd/"
    ),
    "isni": Target(
        "International Standard Name Identifier (ISNI)",
        "https://isni.org/isni/",
        "https://isni.org/",
    ),
    "plover": Target(
        "Event types of PLOVER",
        f"{ROOT}external/plover/",
        "https://github.com/openeventdata/PLOVER",
    ),
    "polianna": Target(
        "Coding scheme of POLIANNA",
        f"{ROOT}external/polianna/",
        "https://doi.org/10.1038/s41597-023-02801-z",
    ),
    "ror": Target("Research Organization Registry (ROR)", "https://ror.org/", "https://ror.org/"),
    "stip": Target(
        "EC-OECD STIP taxonomies",
        f"{ROOT}external/stip/",
        "https://stiplab.github.io/hackathon/resources/2021%20STIP%20survey%20codebook.xlsx",
    ),
    "trips": Target(
        "TRIPS Agreement",
        f"{ROOT}external/trips/",
        "https://www.wto.org/english/docs_e/legal_e/27-trips_01_e.htm",
    ),
    "viaf": Target(
        "Virtual International Authority File (VIAF)", "http://viaf.org/viaf/", "https://viaf.org/"
    ),
    "wikidata": Target("Wikidata", "http://www.wikidata.org/entity/", "https://www.wikidata.org/"),
}
"""The data sets that the alignments lead to, by name."""


def linksets(content: Content) -> dict[str, list[Triple]]:
    """The links of a release by the name of the data set they lead to, both in order.

    Args:
        content: What is published.

    Returns:
        The names are those of `TARGETS`; a data set without links is left out.
    """
    links = _alignments()
    described = _described(content, {link[0] for link in links})
    found: dict[str, list[Triple]] = {}
    for link in links:
        if link[0] in described:
            found.setdefault(_target(link[2]), []).append(link)
    return dict(sorted(found.items()))


def write_links(content: Content, folder: Path) -> list[Part]:
    """Write the links to other data sets; nothing when there are none.

    Args:
        content: What is published.
        folder: The release folder.
    """
    links = [link for group in linksets(content).values() for link in group]
    if not links:
        return []
    with (folder / LINKS).open("w", encoding="utf-8", newline="\n") as out:
        write(links, out, content.namespaces.prefixes())
    return [Part(LINKS, "Links to other data sets", TURTLE, conforms_to=SKOS, role="edges")]


@lru_cache(maxsize=1)
def _alignments() -> tuple[Triple, ...]:
    """Every link of the bundled alignments, sorted."""
    return tuple(sorted(set(_links())))


def _links() -> Iterator[Triple]:
    for file in sorted(asset("ontology/alignment").glob("*.ttl")):
        for line in triples_of(file):
            subject, predicate, value = line.decode()[:-3].split(" ", 2)
            if predicate in RELATIONS:
                yield subject, predicate, value


def _described(content: Content, wanted: set[str]) -> set[str]:
    """Those of some terms that are subjects in the content."""
    names = {term.encode() for term in wanted}
    subjects = (line.partition(b" ")[0] for line in content.lines())
    return {subject.decode() for subject in subjects if subject in names}


def _target(term: str) -> str:
    return next(name for name, each in TARGETS.items() if term[1:].startswith(each.space))
