"""``void.ttl``: what the data of a release look like in figures, as VoID has them.

The version of the data set (`Release.version`) is what its dumps hold: the union of all named
graphs. Its subsets are the two families of them, what documents say and what statements share.
What is derived (shortcuts, lineage) and the links to other data sets are not in those dumps, so
they are data sets of their own; together they make up `Release.node("release")`.

A link set holds the links of what the release describes, not the whole alignment it is taken
from, so that it can be recomputed from `links.ttl`.

Source: Describing Linked Datasets with the VoID Vocabulary, W3C Interest Group Note, 3 March 2011.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from comity.publish.content import Content, Part, parsed
from comity.publish.counting import Figures, Partition, Usage, count
from comity.publish.linksets import LINKS, TARGETS, linksets
from comity.publish.metadata import (
    TURTLE,
    Facts,
    english,
    issued,
    landing_page,
    save,
    say_creators,
    say_publisher,
    short_name,
)
from comity.rdf.namespaces import COMITY, SKOS
from comity.rdf.terms import Triple, integer_term, iri_term, literal_term
from comity.remote.parts import triples_of

VOID = "void.ttl"
FORMATS = {
    TURTLE: "Turtle",
    "application/n-triples": "N-Triples",
    "application/n-quads": "N-Quads",
    "application/trig": "TriG",
    "application/ld+json": "JSON-LD",
}
"""Names that W3C has for the syntaxes of RDF, by media type."""
PROFILE = "http://rdfs.org/ns/void#"
_TITLES = {"edges": "Shortcuts", "lineage": "Lineage", "links": "Links to other data sets"}
_MOST_SPACES = 20
_SPECIAL = re.compile(r"[.?*+()|^$\\{}\[\]]")


def write_void(
    content: Content, folder: Path, parts: Iterable[Part], *, endpoint: str | None = None
) -> list[Part]:
    """Write ``void.ttl``.

    Args:
        content: What is published.
        folder: The release folder; the derived files that `parts` names are in it.
        parts: What was written before.
        endpoint: The address of a SPARQL endpoint that has the data.

    Raises:
        InputError: if a derived file is no Turtle.
        OSError: if there is no room to sort.
    """
    parts = tuple(parts)
    facts = Facts(content.release)
    publisher = say_publisher(facts)
    members = [
        _asserted(facts, content, parts, endpoint),
        *_derived(facts, folder, parts),
    ]
    _links(facts, content)
    _whole(facts, members, publisher)
    _document(facts, members, publisher)
    return save(facts, folder, VOID, "Figures of the data set (VoID)", PROFILE)


def derived_groups(parts: Iterable[Part]) -> Iterator[tuple[str, list[Part]]]:
    """The files that are derived from the data, by what they hold: edges, lineage, links."""
    derived = [part for part in parts if part.role == "edges"]
    for name, group in groupby(sorted(derived, key=_stem), key=_stem):
        yield name, sorted(group, key=lambda part: part.name)


def derived_node(facts: Facts, name: str) -> str:
    """The IRI of the data set that is derived from the data, by the stem of its files."""
    return facts.release.node("dataset", name)


def derived_title(facts: Facts, name: str) -> str:
    """The title of such a data set."""
    release = facts.release
    return f"{_TITLES.get(name, name)}: {release.about.title}, {release.label}"


def _stem(part: Part) -> str:
    return part.name.partition(".")[0]


def _document(facts: Facts, members: Iterable[str], publisher: str) -> None:
    release = facts.release
    facts.say(
        release.address(VOID),
        ("a", "void:DatasetDescription"),
        ("dcterms:title", english(f"VoID description of {release.about.title}, {release.label}")),
        ("dcterms:publisher", publisher),
        ("dcterms:issued", issued(release)),
        ("dcterms:license", iri_term(release.about.license)),
        ("foaf:primaryTopic", iri_term(release.node("release"))),
        *(("foaf:topic", iri_term(member)) for member in members),
    )


def _whole(facts: Facts, members: Iterable[str], publisher: str) -> None:
    """Everything in the release folder together."""
    release = facts.release
    facts.say(
        release.node("release"),
        ("a", "void:Dataset"),
        ("dcterms:title", english(f"{release.about.title}: all of release {release.label}")),
        (
            "dcterms:description",
            english("The data set, what is derived from it, and its links to other data sets."),
        ),
        ("dcterms:publisher", publisher),
        ("dcterms:license", iri_term(release.about.license)),
        ("dcterms:issued", issued(release)),
        *(("void:subset", iri_term(member)) for member in members),
    )


def _asserted(facts: Facts, content: Content, parts: tuple[Part, ...], endpoint: str | None) -> str:
    """The data set proper, with its partitions."""
    release = facts.release
    dumps = [part for part in parts if part.role == "dump" and part.media_type in FORMATS]
    figures = count(content.triples())
    facts.say(
        release.version,
        ("a", "void:Dataset"),
        ("dcterms:title", english(f"{release.about.title}, {release.label}")),
        ("dcterms:description", english(release.about.description)),
        ("dcterms:publisher", say_publisher(facts)),
        *(("dcterms:creator", creator) for creator in say_creators(facts)),
        ("dcterms:license", iri_term(release.about.license)),
        ("dcterms:issued", issued(release)),
        ("foaf:page", iri_term(landing_page(release))),
        ("void:sparqlEndpoint", iri_term(endpoint) if endpoint else None),
        *(("void:dataDump", iri_term(release.address(part.name))) for part in dumps),
        *(("void:feature", f"formats:{FORMATS[part.media_type]}") for part in dumps),
        *(("void:vocabulary", iri_term(each)) for each in vocabularies(figures)),
        *(("void:exampleResource", iri_term(each)) for each in examples(figures)),
    )
    _say_figures(facts, release.version, figures)
    _say_properties(facts, release.version, "property", "", figures.properties)
    _say_classes(facts, release.version, figures.classes)
    for name, title, belongs in _families(content):
        family = count(_union(content, belongs))
        if family.triples:
            node = release.node("subset", name)
            facts.say(release.version, ("void:subset", iri_term(node)))
            facts.say(node, ("a", "void:Dataset"), ("dcterms:title", english(title)))
            _say_figures(facts, node, family)
    return release.version


def vocabularies(figures: Figures) -> list[str]:
    """The namespaces of the classes and properties in use."""
    return sorted({_space(iri) for iri in (*figures.classes, *figures.properties)})


def examples(figures: Figures) -> list[str]:
    """One entity of each kind: the first in order of IRIs of every class that data are of.

    What was withdrawn is no example of anything.
    """
    kinds = (COMITY, f"{SKOS}Concept")
    return sorted(
        {
            each.example
            for kind, each in figures.classes.items()
            if kind.startswith(kinds) and kind != f"{COMITY}WithdrawnResource"
        }
    )


def _space(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


def _families(content: Content) -> list[tuple[str, str, Callable[[str], bool]]]:
    """The families of named graphs: name, title, and whether a graph belongs to it."""
    catalogue = f"<{content.namespaces.catalogue}>"
    documents = f"<{content.namespaces.base}graph-"
    return [
        (
            "documents",
            "What documents say: their statements, passages and mentions, one named graph each",
            lambda graph: graph.startswith(documents),
        ),
        (
            "catalogue",
            "What statements share: actors, measures, concepts, events and activities in use",
            lambda graph: graph == catalogue,
        ),
        (
            "others",
            "What other named graphs hold: resources that were withdrawn",
            lambda graph: graph != catalogue and not graph.startswith(documents),
        ),
    ]


def _union(content: Content, belongs: Callable[[str], bool]) -> Iterator[Triple]:
    """The distinct triples of some named graphs, in order of the lines."""
    last = None
    for line in content.lines():
        subject, predicate, value, graph = parsed(line)
        if belongs(graph) and (subject, predicate, value) != last:
            last = subject, predicate, value
            yield last


def _say_figures(facts: Facts, node: str, figures: Figures) -> None:
    facts.say(
        node,
        ("void:triples", integer_term(figures.triples)),
        ("void:entities", integer_term(figures.subjects)),
        ("void:distinctSubjects", integer_term(figures.subjects)),
        ("void:distinctObjects", integer_term(figures.objects)),
        ("void:properties", integer_term(len(figures.properties))),
        ("void:classes", integer_term(len(figures.classes))),
        ("void:uriSpace", _uri_space(figures.spaces)),
        ("void:uriRegexPattern", _pattern(figures.spaces)),
    )


def _uri_space(spaces: tuple[str, ...]) -> str | None:
    """What all IRIs begin with, when that is more than a host."""
    if not spaces:
        return None
    first, last = spaces[0], spaces[-1]
    same = (index for index, pair in enumerate(zip(first, last, strict=False)) if len({*pair}) > 1)
    shared = _space(first[: next(same, len(first))])
    return literal_term(shared) if re.match(r"[a-z]+://[^/]+/", shared) else None


def _pattern(spaces: tuple[str, ...]) -> str | None:
    """A regular expression, as SPARQL has them, that all IRIs match."""
    if not 0 < len(spaces) <= _MOST_SPACES:
        return None
    escaped = "|".join(_SPECIAL.sub(lambda found: f"\\{found[0]}", space) for space in spaces)
    return literal_term(f"^({escaped})[^/#]+$")


def _say_properties(
    facts: Facts, node: str, kind: str, within: str, properties: Mapping[str, Usage]
) -> None:
    """The partition of each property; `kind` and `within` name what it is a partition of."""
    for iri, usage in properties.items():
        name = ".".join(part for part in (within, short_name(iri, facts.release)) if part)
        partition = facts.release.node(kind, name)
        facts.say(node, ("void:propertyPartition", iri_term(partition)))
        facts.say(
            partition,
            ("a", "void:Dataset"),
            ("void:property", iri_term(iri)),
            ("void:triples", integer_term(usage.triples)),
            ("void:distinctSubjects", integer_term(usage.subjects)),
            ("void:distinctObjects", integer_term(usage.objects)),
        )


def _say_classes(facts: Facts, node: str, classes: Mapping[str, Partition]) -> None:
    for iri, each in classes.items():
        name = short_name(iri, facts.release)
        partition = facts.release.node("class", name)
        facts.say(node, ("void:classPartition", iri_term(partition)))
        facts.say(
            partition,
            ("a", "void:Dataset"),
            ("void:class", iri_term(iri)),
            ("void:entities", integer_term(each.entities)),
            ("void:triples", integer_term(each.triples)),
            ("void:properties", integer_term(len(each.properties))),
            ("void:exampleResource", iri_term(each.example)),
        )
        _say_properties(facts, partition, "class", name, each.properties)


def _derived(facts: Facts, folder: Path, parts: Iterable[Part]) -> Iterator[str]:
    """The data sets that were derived from the data, counted in their Turtle, unless empty."""
    release = facts.release
    for name, group in derived_groups(parts):
        turtle = next((part for part in group if part.media_type == TURTLE), None)
        if turtle is None or turtle.packed:
            continue
        node = derived_node(facts, name)
        lines = (line.decode()[:-3].split(" ", 2) for line in triples_of(folder / turtle.name))
        figures = count((subject, predicate, value) for subject, predicate, value in lines)
        if not figures.triples:
            continue
        facts.say(
            node,
            ("a", "void:Dataset"),
            ("dcterms:title", english(derived_title(facts, name))),
            ("dcterms:publisher", say_publisher(facts)),
            ("dcterms:license", iri_term(release.about.license)),
            ("dcterms:source", iri_term(release.version)),
            ("void:dataDump", iri_term(release.address(turtle.name))),
            ("void:feature", "formats:Turtle"),
            *(("void:vocabulary", iri_term(each)) for each in vocabularies(figures)),
        )
        _say_figures(facts, node, figures)
        _say_properties(facts, node, "property", name, figures.properties)
        yield node


def _links(facts: Facts, content: Content) -> None:
    """The link sets, one for each data set that is linked to."""
    release = facts.release
    whole = derived_node(facts, LINKS.partition(".")[0])
    for name, links in linksets(content).items():
        target = TARGETS[name]
        node, other = release.node("linkset", name), release.node("target", name)
        facts.say(whole, ("void:subset", iri_term(node)))
        facts.say(
            node,
            ("a", "void:Linkset"),
            ("dcterms:title", english(f"Links to {target.title}, {release.label}")),
            ("dcterms:publisher", say_publisher(facts)),
            ("dcterms:license", iri_term(release.about.license)),
            ("void:subjectsTarget", iri_term(release.version)),
            ("void:objectsTarget", iri_term(other)),
            ("void:triples", integer_term(len(links))),
            ("void:distinctSubjects", integer_term(len({link[0] for link in links}))),
            ("void:distinctObjects", integer_term(len({link[2] for link in links}))),
            *(("void:linkPredicate", predicate) for _, predicate, _ in links),
        )
        _say_properties(facts, node, "linkset", name, count(links).properties)
        facts.say(
            other,
            ("a", "void:Dataset"),
            ("dcterms:title", english(target.title)),
            ("foaf:page", iri_term(target.page)),
            ("void:uriSpace", literal_term(target.space)),
        )
