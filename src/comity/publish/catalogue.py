"""``dcat.ttl``: the release in a catalogue, as DCAT 3 has it.

The data set (`Release.dataset`) is what stays over all releases: it has versions, of which this
release is the current one, and as every version is published by itself it is a series as well.
What is derived from a version (shortcuts, lineage, links) holds other data than its dumps, so it
is a data set of its own in the same catalogue, with distributions of its own. An area counts as a
theme when a measure aims at it; the places are the states that are to act, as GeoNames has them.

Sources: Data Catalog Vocabulary (DCAT) version 3, W3C Recommendation, 22 August 2024; DCMI
Metadata Terms; SPDX 2.2 for checksums; the media types registered with IANA.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from comity.publish.citation import citation
from comity.publish.content import Content, Part
from comity.publish.linksets import linksets
from comity.publish.metadata import (
    Facts,
    contact_iri,
    count,
    english,
    issued,
    landing_page,
    measured,
    save,
    say_checksum,
    say_creators,
    say_publisher,
)
from comity.publish.release import Release
from comity.publish.schemas import SHAPES, ontology_version
from comity.publish.summary import Summary, summarize
from comity.publish.void import VOID, derived_groups, derived_node, derived_title
from comity.rdf.namespaces import SKOS, scheme_iri
from comity.rdf.resolve import date_term
from comity.rdf.terms import iri_term, literal_term

DCAT = "dcat.ttl"
REPORT = "report.json"
PROFILE = "https://www.w3.org/TR/vocab-dcat-3/"
IANA = "http://www.iana.org/assignments/media-types/"
GZIP = "application/gzip"
REGISTERED = frozenset(
    {
        *("application/json", "application/ld+json", "application/n-quads"),
        *("application/n-triples", "application/trig", "application/vnd.apache.parquet"),
        *("application/xml", "text/csv", "text/plain", "text/tab-separated-values", "text/turtle"),
    }
)
"""Media types of data that IANA has registered; others are described in the file itself."""
_EXACT = f"<{SKOS}exactMatch>"


def write_catalogue(
    content: Content,
    folder: Path,
    parts: Iterable[Part],
    *,
    notes: str = "",
    endpoint: str | None = None,
) -> list[Part]:
    """Write ``dcat.ttl``.

    Args:
        content: What is published.
        folder: The release folder; the files that `parts` names are in it.
        parts: What was written before: those with the role dump, table or edges are described.
        notes: What changed since the release before, in a few sentences of English.
        endpoint: The address of a SPARQL endpoint that has the data.

    Raises:
        UsageError: if the contact is neither an e-mail address nor an IRI.
        OSError: if a file cannot be read.
    """
    parts = tuple(parts)
    facts = Facts(content.release)
    release, summary = content.release, summarize(content)
    _version(facts, content, summary, notes, conforming=_conforms(content, folder, parts))
    _series(facts, summary)
    for part in parts:
        if part.role in ("dump", "table"):
            _distribution(facts, release.version, folder, part)
    derived = [*_derived(facts, folder, parts)]
    _catalogue(facts, derived, endpoint)
    return save(facts, folder, DCAT, "Catalogue of the release (DCAT 3)", PROFILE)


def _conforms(content: Content, folder: Path, parts: Iterable[Part]) -> bool:
    """Whether nothing breaks a shape: by the report of the release, or else of the build."""
    if any(part.name == REPORT for part in parts):
        return bool(json.loads((folder / REPORT).read_text("utf-8"))["accepted"])
    return not content.graph.manifest["counts"]["violations"]


def _version(
    facts: Facts, content: Content, summary: Summary, notes: str, *, conforming: bool
) -> None:
    """The version of the data set that this release is."""
    release = facts.release
    before = _before(release)
    facts.say(
        release.version,
        ("a", "dcat:Dataset"),
        ("dcterms:title", english(f"{release.about.title}, {release.label}")),
        ("dcterms:identifier", literal_term(release.version)),
        ("dcterms:issued", issued(release)),
        ("dcterms:modified", issued(release)),
        ("dcterms:bibliographicCitation", literal_term(citation(release))),
        ("dcat:version", literal_term(release.label)),
        ("dcat:isVersionOf", iri_term(release.dataset)),
        ("dcat:inSeries", iri_term(release.dataset)),
        ("dcat:previousVersion", before),
        ("dcat:prev", before),
        ("adms:versionNotes", english(notes) if notes else None),
        *_covered(facts, content, summary),
        *_standards(facts, conforming=conforming),
    )
    _common(facts, release.version)


def _before(release: Release) -> str | None:
    """The term for the version before."""
    if release.previous is None:
        return None
    return iri_term(release.namespaces.node(f"dataset-{release.previous}"))


def _series(facts: Facts, summary: Summary) -> None:
    """The data set over all its releases."""
    release = facts.release
    before = _before(release)
    facts.say(
        release.dataset,
        ("a", "dcat:Dataset"),
        ("a", "dcat:DatasetSeries"),
        ("dcterms:title", english(release.about.title)),
        ("dcterms:identifier", literal_term(release.dataset)),
        ("dcterms:issued", issued(release) if before is None else None),
        ("dcterms:modified", issued(release)),
        ("dcat:hasVersion", iri_term(release.version)),
        ("dcat:hasVersion", before),
        ("dcat:hasCurrentVersion", iri_term(release.version)),
        ("dcat:first", iri_term(release.version) if before is None else None),
        ("dcat:last", iri_term(release.version)),
        *(("dcterms:language", _language(tag)) for tag in _languages(summary)),
    )
    _common(facts, release.dataset)


def _common(facts: Facts, node: str) -> None:
    """What holds of the data set and of each version: who made it, for what, under which terms."""
    release = facts.release
    about = release.about
    facts.say(
        node,
        ("dcterms:description", english(about.description)),
        ("dcterms:publisher", say_publisher(facts)),
        *(("dcterms:creator", creator) for creator in say_creators(facts)),
        ("dcterms:license", iri_term(about.license)),
        *(("dcat:keyword", english(word)) for word in about.keywords),
        ("dcat:contactPoint", _contact(facts)),
        ("dcat:landingPage", iri_term(landing_page(release))),
    )


def _contact(facts: Facts) -> str | None:
    release = facts.release
    if release.about.contact is None:
        return None
    iri = contact_iri(release.about.contact)
    node = release.node("contact")
    kind = "vcard:hasEmail" if iri.startswith("mailto:") else "vcard:hasURL"
    facts.say(
        node,
        ("a", "vcard:Kind"),
        ("vcard:fn", literal_term(release.about.publisher)),
        (kind, iri_term(iri)),
    )
    return iri_term(node)


def _covered(facts: Facts, content: Content, summary: Summary) -> Iterator[tuple[str, str | None]]:
    """Time, places, languages and themes."""
    release = facts.release
    if summary.earliest and summary.latest:
        period = release.node("period")
        facts.say(
            period,
            ("a", "dcterms:PeriodOfTime"),
            ("dcat:startDate", date_term(summary.earliest)),
            ("dcat:endDate", date_term(summary.latest)),
        )
        yield "dcterms:temporal", iri_term(period)
    for name, place in _places(content, summary):
        facts.say(place[1:-1], ("a", "dcterms:Location"), ("skos:prefLabel", english(name)))
        yield "dcterms:spatial", place
    for tag in _languages(summary):
        yield "dcterms:language", _language(tag)
    for area in summary.areas:
        yield "dcat:theme", iri_term(area)


def _places(content: Content, summary: Summary) -> Iterator[tuple[str, str]]:
    """The name and place of each state that is to act, where GeoNames has exactly that place."""
    names = {actor.iri: actor.name() for actor in content.vocabulary.actors.values()}
    for subject, relation, place in linksets(content).get("geonames", []):
        state = subject[1:-1]
        if relation == _EXACT and state in summary.states:
            yield names.get(state, state), place


def _languages(summary: Summary) -> list[str]:
    """The languages of titles and descriptions, English, and of the documents: main tags."""
    return sorted({"en", *(tag.partition("-")[0].lower() for tag in summary.languages)})


def _language(tag: str) -> str | None:
    """A language as the Library of Congress has it, which DCAT asks for."""
    if not re.fullmatch(r"[a-z]{2,3}", tag):
        return None
    return f"<http://id.loc.gov/vocabulary/iso639-{len(tag) - 1}/{tag}>"


def _standards(facts: Facts, *, conforming: bool) -> Iterator[tuple[str, str]]:
    """The ontology that the data use, and the shapes, if they break none of them."""
    version, number = ontology_version()
    title = english(f"Comity ontology, version {number}")
    facts.say(version, ("a", "dcterms:Standard"), ("dcterms:title", title))
    yield "dcterms:conformsTo", iri_term(version)
    if conforming:
        facts.say(
            SHAPES,
            ("a", "dcterms:Standard"),
            ("dcterms:title", english("Shapes of Comity")),
            ("dcterms:conformsTo", "<https://www.w3.org/TR/shacl/>"),
        )
        yield "dcterms:conformsTo", iri_term(SHAPES)


def _distribution(facts: Facts, dataset: str, folder: Path, part: Part) -> None:
    """A file as a distribution of a data set."""
    release = facts.release
    node = release.node("distribution", part.name)
    found = measured(folder / part.name)
    address = iri_term(release.address(part.name))
    media = part.media_type
    facts.say(dataset, ("dcat:distribution", iri_term(node)))
    facts.say(
        node,
        ("a", "dcat:Distribution"),
        ("dcterms:title", english(part.title)),
        ("dcterms:issued", issued(release)),
        ("dcterms:license", iri_term(release.about.license)),
        ("dcterms:conformsTo", iri_term(part.conforms_to) if part.conforms_to else None),
        ("dcat:accessURL", address),
        ("dcat:downloadURL", address),
        ("dcat:byteSize", count(found.size)),
        ("dcat:mediaType", f"<{IANA}{media}>" if media in REGISTERED else None),
        ("dcterms:format", None if media in REGISTERED else _format(facts, media)),
        ("dcat:compressFormat", f"<{IANA}{GZIP}>" if part.packed else None),
    )
    say_checksum(facts, node, part.name, found.sha256)


def _format(facts: Facts, media: str) -> str:
    """A media type that IANA does not have."""
    node = facts.release.node("format", media.partition("/")[2])
    facts.say(node, ("a", "dcterms:MediaTypeOrExtent"), ("rdfs:label", literal_term(media)))
    return iri_term(node)


def _derived(facts: Facts, folder: Path, parts: Iterable[Part]) -> Iterator[str]:
    """The data sets that are derived from this version."""
    release = facts.release
    for name, group in derived_groups(parts):
        node = derived_node(facts, name)
        facts.say(
            node,
            ("a", "dcat:Dataset"),
            ("dcterms:title", english(derived_title(facts, name))),
            ("dcterms:description", english(_DERIVED.get(name, "Derived from the data set."))),
            ("dcterms:identifier", literal_term(node)),
            ("dcterms:publisher", say_publisher(facts)),
            *(("dcterms:creator", creator) for creator in say_creators(facts)),
            ("dcterms:license", iri_term(release.about.license)),
            ("dcterms:issued", issued(release)),
            ("dcterms:language", _language("en")),
            ("dcterms:source", iri_term(release.version)),
            ("dcat:version", literal_term(release.label)),
            ("prov:wasDerivedFrom", iri_term(release.version)),
        )
        for part in group:
            _distribution(facts, node, folder, part)
        yield node


_DERIVED = {
    "edges": (
        "Shortcuts that follow from unrejected, un-negated statements: who undertakes which "
        "measure, which areas a measure targets, who engages in which area and cooperates with "
        "whom."
    ),
    "lineage": (
        "Which later statements reaffirm, strengthen, weaken, contradict or implement which "
        "earlier ones, each with the reason and how sure that is."
    ),
    "links": "Links from the actors and concepts of the data set to other data sets.",
}


def _catalogue(facts: Facts, derived: Iterable[str], endpoint: str | None) -> None:
    """The catalogue of all of it."""
    release = facts.release
    node = release.node("metadata")
    datasets = [release.dataset, release.version, *derived]
    facts.say(
        node,
        ("a", "dcat:Catalog"),
        ("dcterms:title", english(f"Catalogue of {release.about.title}, {release.label}")),
        (
            "dcterms:description",
            english("The data set, this version of it, and what is derived from it."),
        ),
        ("dcterms:publisher", say_publisher(facts)),
        ("dcterms:license", iri_term(release.about.license)),
        ("dcterms:issued", issued(release)),
        ("dcterms:modified", issued(release)),
        ("dcterms:language", _language("en")),
        ("dcterms:conformsTo", iri_term(PROFILE)),
        ("dcat:landingPage", iri_term(landing_page(release))),
        ("dcat:themeTaxonomy", iri_term(scheme_iri("area"))),
        *(("dcat:dataset", iri_term(each)) for each in datasets),
        ("rdfs:seeAlso", iri_term(release.address(VOID))),
    )
    facts.say(
        scheme_iri("area"),
        ("a", "skos:ConceptScheme"),
        ("dcterms:title", english("Areas of intellectual property policy")),
    )
    if endpoint:
        service = release.node("service")
        facts.say(node, ("dcat:service", iri_term(service)))
        facts.say(
            service,
            ("a", "dcat:DataService"),
            ("dcterms:title", english(f"SPARQL endpoint of {release.about.title}")),
            ("dcterms:publisher", say_publisher(facts)),
            ("dcterms:license", iri_term(release.about.license)),
            ("dcterms:conformsTo", "<https://www.w3.org/TR/sparql11-protocol/>"),
            ("dcat:endpointURL", iri_term(endpoint)),
            ("dcat:servesDataset", iri_term(release.version)),
        )
