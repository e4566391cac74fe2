"""``prov.ttl``: where a release comes from, as PROV-O has it.

What happened is told in two activities. The build read the texts, extracted or took over
statements, linked them, laid corrections over them and checked them; its steps are activities of
their own, those of extraction the very nodes that the statements name. The publication made the
files of the release from the data set that the build left. Everything used is named by its hash.

Nothing is said of when or on what machine anything ran: the same input gives the same bytes.
prov:generatedAtTime is given for the release alone, and only when the full day of issue is known:
the first instant of that day in Coordinated Universal Time, as the property wants an instant.

Source: PROV-O: The PROV Ontology, W3C Recommendation, 30 April 2013.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from comity.publish.content import Content, Part, parsed
from comity.publish.metadata import (
    Facts,
    english,
    save,
    say_checksum,
    say_creators,
    say_publisher,
)
from comity.publish.schemas import SHAPES, ontology_version
from comity.publish.void import derived_groups, derived_node
from comity.rdf.namespaces import COMITY, DCTERMS
from comity.rdf.terms import from_text, iri_term, literal_term
from comity.version import __version__

PROV = "prov.ttl"
REPORT = "report.ttl"
PROFILE = "http://www.w3.org/ns/prov-o#"
RDFC = "<https://www.w3.org/TR/rdf-canon/>"
POLICIES = {
    "full": "Passages are published as the documents have them.",
    "short": "At most 25 words of a passage are published.",
    "none": "No words of a passage are published, only where it stands and its hash.",
}
"""What the policies for quotations mean."""
_GENERATED = b" <http://www.w3.org/ns/prov#wasGeneratedBy> "
_IDENTIFIER = f" <{DCTERMS}identifier> ".encode()


def write_provenance(content: Content, folder: Path, parts: Iterable[Part]) -> list[Part]:
    """Write ``prov.ttl``.

    Args:
        content: What is published.
        folder: The release folder.
        parts: What was written before: those with the role dump, table or edges are entities.
    """
    facts = Facts(content.release)
    inputs = [*_inputs(facts, content), *_corrections(facts, content.graph.manifest)]
    _build(facts, content, inputs, _means(facts, content.graph.manifest))
    _publication(facts, content)
    _published(facts, content, tuple(parts))
    return save(facts, folder, PROV, "Provenance of the release (PROV-O)", PROFILE)


def _comity(facts: Facts, version: str) -> str:
    """A version of Comity, as an agent."""
    node = facts.release.node("software", f"comity-{version}")
    facts.say(
        node,
        ("a", "prov:SoftwareAgent"),
        ("rdfs:label", literal_term(f"Comity {version}")),
        ("schema:softwareVersion", literal_term(version)),
    )
    return iri_term(node)


def _inputs(facts: Facts, content: Content) -> Iterator[str]:
    """The documents, each known by the hash of its normalised text."""
    for each in content.graph.manifest["inputs"]:
        node = content.namespaces.node(each["document"])
        facts.say(
            node, ("a", "prov:Entity"), (f"<{COMITY}textSha256>", literal_term(each["sha256"]))
        )
        yield iri_term(node)


def _corrections(facts: Facts, manifest: Mapping[str, Any]) -> Iterator[str]:
    """The files of what people decided."""
    for number, each in enumerate(manifest.get("corrections", ()), 1):
        node = facts.release.node("corrections", str(number))
        facts.say(
            node,
            ("a", "prov:Entity"),
            ("rdfs:label", english(f"{_decisions(each['decisions'])} of people on statements")),
        )
        say_checksum(facts, node, f"corrections-{number}", each["sha256"])
        yield iri_term(node)


def _decisions(number: int) -> str:
    return f"{number:,} decision{'' if number == 1 else 's'}"


def _means(facts: Facts, manifest: Mapping[str, Any]) -> dict[str, str]:
    """What the build worked with: vocabulary, ontology, shapes, the language model if any."""
    release, settings = facts.release, manifest["settings"]
    vocabulary = release.node("vocabulary")
    facts.say(
        vocabulary,
        ("a", "prov:Entity"),
        ("rdfs:label", english("Vocabulary: concepts, actors and their names")),
        ("rdfs:comment", english("The hash is that of the sorted facts of all its files.")),
    )
    say_checksum(facts, vocabulary, "vocabulary", settings["vocabulary_sha256"])
    version, number = ontology_version()
    title = english(f"Comity ontology, version {number}")
    facts.say(version, ("a", "prov:Entity"), ("rdfs:label", title))
    facts.say(
        SHAPES,
        ("a", "prov:Entity"),
        ("a", "prov:Plan"),
        ("rdfs:label", english("Shapes of Comity")),
    )
    means = {"vocabulary": vocabulary, "ontology": version}
    if settings.get("model"):
        means["model"] = _model(facts, settings["model"])
    return {name: iri_term(iri) for name, iri in means.items()}


def _model(facts: Facts, model: Mapping[str, str]) -> str:
    """The spaCy pipeline that parsed the texts."""
    node = facts.release.node("model")
    version = model.get("version")
    facts.say(
        node,
        ("a", "prov:Entity"),
        ("rdfs:label", english(f"Language model {model['name']} {version or ''}".rstrip())),
        ("rdfs:comment", english("The hash is that of its data files, with their names.")),
        ("dcterms:identifier", literal_term(model["name"])),
        ("schema:softwareVersion", literal_term(version) if version else None),
    )
    say_checksum(facts, node, "model", model["sha256"])
    return node


def _build(facts: Facts, content: Content, inputs: list[str], means: Mapping[str, str]) -> None:
    """The build: its steps, and the data set that it left."""
    release, manifest = facts.release, content.graph.manifest
    build, comity = release.node("build"), _comity(facts, manifest["comity"])
    steps = [
        *_extraction(facts, content, means),
        _linking(facts, comity, means),
        _validation(facts, comity),
    ]
    facts.say(
        build,
        ("a", "prov:Activity"),
        ("dcterms:identifier", literal_term(f"build/{manifest['comity']}")),
        ("rdfs:label", english("Building the graph from the documents")),
        ("prov:wasAssociatedWith", comity),
        *(("prov:used", each) for each in (*inputs, *means.values(), iri_term(SHAPES))),
        *(("dcterms:hasPart", iri_term(step)) for step in steps),
    )
    built = release.node("built")
    facts.say(
        built,
        ("a", "prov:Entity"),
        ("rdfs:label", english("The data set as it was built, in canonical N-Quads")),
        ("dcterms:conformsTo", RDFC),
        ("prov:wasGeneratedBy", iri_term(build)),
        *(("prov:wasDerivedFrom", each) for each in inputs),
    )
    say_checksum(facts, built, "built", manifest["canonical_sha256"])


def _extraction(facts: Facts, content: Content, means: Mapping[str, str]) -> Iterator[str]:
    """The activities that statements name: by an extractor of Comity, or taken over."""
    own = content.graph.manifest["settings"]["extractor"]
    for node, name in _activities(content):
        facts.say(node, ("a", "prov:Activity"), ("dcterms:identifier", literal_term(name)))
        if name != own:
            facts.say(node, ("rdfs:label", english(f"Coding that was taken over: {name}")))
            yield node
            continue
        agent = facts.release.node("software", name.replace("/", "-"))
        facts.say(
            agent,
            ("a", "prov:SoftwareAgent"),
            ("rdfs:label", literal_term(f"Extractor {name}")),
            ("dcterms:identifier", literal_term(name)),
            ("schema:softwareVersion", literal_term(name.rpartition("/")[2])),
        )
        facts.say(
            node,
            ("rdfs:label", english("Reading statements from the texts")),
            ("prov:wasAssociatedWith", iri_term(agent)),
            ("prov:used", means.get("model")),
            ("prov:used", means["vocabulary"]),
        )
        yield node


def _activities(content: Content) -> list[tuple[str, str]]:
    """The activities that generated statements, with their names, in order."""
    used: set[str] = set()
    names: dict[str, str] = {}
    for line in content.lines():
        if _GENERATED in line:
            used.add(parsed(line)[2])
        elif _IDENTIFIER in line:
            subject, _, value, _ = parsed(line)
            names[subject] = str(from_text(value))
    return sorted((node[1:-1], names[node]) for node in used & names.keys())


def _linking(facts: Facts, comity: str, means: Mapping[str, str]) -> str:
    node = facts.release.node("linking")
    facts.say(
        node,
        ("a", "prov:Activity"),
        ("dcterms:identifier", literal_term("linking")),
        ("rdfs:label", english("Linking names to actors, and words to areas and measures")),
        ("prov:wasAssociatedWith", comity),
        ("prov:used", means["vocabulary"]),
    )
    return node


def _validation(facts: Facts, comity: str) -> str:
    node = facts.release.node("validation")
    facts.say(
        node,
        ("a", "prov:Activity"),
        ("dcterms:identifier", literal_term("validation")),
        ("rdfs:label", english("Checking the data against the shapes")),
        ("prov:wasAssociatedWith", comity),
        ("prov:used", iri_term(SHAPES)),
    )
    _plan(facts, node, "validation", comity, SHAPES)
    return node


def _plan(facts: Facts, activity: str, name: str, agent: str, plan: str) -> None:
    """Tell by which plan an agent carried out an activity."""
    node = facts.release.node("association", name)
    facts.say(activity, ("prov:qualifiedAssociation", iri_term(node)))
    facts.say(
        node, ("a", "prov:Association"), ("prov:agent", agent), ("prov:hadPlan", iri_term(plan))
    )


def _publication(facts: Facts, content: Content) -> None:
    """The making of the release from what was built."""
    release, comity = facts.release, _comity(facts, __version__)
    node, policy = release.node("publication"), release.node("policy")
    facts.say(
        node,
        ("a", "prov:Activity"),
        ("dcterms:identifier", literal_term(f"publication/{__version__}")),
        ("rdfs:label", english(f"Publishing release {release.label}")),
        ("rdfs:comment", english("Statements that a reviewer has rejected are left out.")),
        ("prov:used", iri_term(release.node("built"))),
        ("prov:used", iri_term(SHAPES)),
        ("prov:wasInformedBy", iri_term(release.node("build"))),
        ("prov:wasAssociatedWith", comity),
        ("prov:wasAssociatedWith", say_publisher(facts)),
    )
    _plan(facts, node, "publication", comity, policy)
    facts.say(
        policy,
        ("a", "prov:Plan"),
        ("a", "prov:Entity"),
        ("rdfs:label", english(f"Quotations: {release.quotes}")),
        ("rdfs:comment", english(POLICIES[release.quotes])),
    )


def _published(facts: Facts, content: Content, parts: tuple[Part, ...]) -> None:
    """What was published: the data set, its canonical form, what is derived from it, its files."""
    release = facts.release
    before = release.previous and iri_term(release.namespaces.node(f"dataset-{release.previous}"))
    generated = ("prov:wasGeneratedBy", iri_term(release.node("publication")))
    facts.say(
        release.version,
        ("a", "prov:Entity"),
        generated,
        ("prov:generatedAtTime", _instant(facts)),
        ("prov:wasDerivedFrom", iri_term(release.node("built"))),
        ("prov:wasRevisionOf", before),
        ("prov:wasAttributedTo", say_publisher(facts)),
        *(("prov:wasAttributedTo", creator) for creator in say_creators(facts)),
    )
    canonical = release.node("canonical")
    facts.say(
        canonical,
        ("a", "prov:Entity"),
        ("rdfs:label", english("The data set in canonical N-Quads")),
        ("dcterms:conformsTo", RDFC),
        ("prov:specializationOf", iri_term(release.version)),
        generated,
    )
    say_checksum(facts, canonical, "canonical", content.canonical_sha256())
    if any(part.name == REPORT for part in parts):
        facts.say(
            release.address(REPORT),
            ("a", "prov:Entity"),
            ("rdfs:label", english("Validation report, by the shapes of the release profile")),
            ("prov:wasDerivedFrom", iri_term(canonical)),
            generated,
        )
    owners = {part.name: release.version for part in parts if part.role in ("dump", "table")}
    for name, group in derived_groups(parts):
        node = derived_node(facts, name)
        owners |= {part.name: node for part in group}
        facts.say(
            node,
            ("a", "prov:Entity"),
            generated,
            ("prov:wasDerivedFrom", iri_term(release.version)),
        )
    for name, owner in owners.items():
        facts.say(
            release.node("distribution", name),
            ("a", "prov:Entity"),
            generated,
            ("prov:specializationOf", iri_term(owner)),
        )


def _instant(facts: Facts) -> str | None:
    """The first instant of the day of issue, when the day is known."""
    day = facts.release.issued
    if len(day) != len("2026-11-24"):
        return None
    return literal_term(f"{day}T00:00:00Z", datatype=facts.prefixes["xsd"] + "dateTime")
