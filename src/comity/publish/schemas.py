"""The ontology, vocabularies, alignments, context and shapes that data of a release rest on."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from comity.assets import path as asset
from comity.publish.content import Content, Part
from comity.publish.metadata import TURTLE
from comity.rdf.namespaces import OWL, ROOT, SKOS, prefixes

ONTOLOGY = ROOT + "ontology"
SHAPES = ROOT + "shapes"
"""The IRI of all shapes together."""
OWN = "ontology/own"
"""The folder of the vocabulary files that a user added."""
_OWL2 = "http://www.w3.org/TR/owl2-overview/"
_SHACL = "https://www.w3.org/TR/shacl/"
_SSSOM = "https://w3id.org/sssom/"
_TABLE = "text/tab-separated-values"


@lru_cache(maxsize=1)
def ontology_version() -> tuple[str, str]:
    """The version IRI of the ontology, and its number."""
    from pyoxigraph import NamedNode, RdfFormat, parse

    found = {
        triple.predicate.value: triple.object.value
        for triple in parse(asset("ontology/comity.ttl").read_bytes(), RdfFormat.TURTLE)
        if triple.subject == NamedNode(ONTOLOGY) and triple.predicate.value.startswith(OWL)
    }
    return found[f"{OWL}versionIRI"], found[f"{OWL}versionInfo"]


def write_schemas(content: Content, folder: Path) -> list[Part]:
    """Copy the ontology, vocabularies, alignments, context and shapes into the release folder.

    The files of Comity are copied byte for byte. A user's own file gets the prefixes of Comity that
    it uses declared at its top, when it cannot be read without them.

    Args:
        content: What is published.
        folder: The release folder.

    Returns:
        The files, in order of their names.
    """
    parts = [
        _copy(folder, "ontology/comity.ttl", "Ontology", TURTLE, _OWL2),
        _copy(
            folder,
            "ontology/context.jsonld",
            "JSON-LD context",
            "application/ld+json",
            "https://www.w3.org/TR/json-ld11/",
        ),
        _copy(folder, "ontology/CHANGELOG.md", "Changes of the ontology", "text/markdown", None),
    ]
    for name, ending, what, media, standard in (
        ("ontology/vocabulary", ".ttl", "Vocabulary", TURTLE, SKOS),
        ("ontology/alignment", ".ttl", "Alignment", TURTLE, SKOS),
        ("ontology/alignment", ".sssom.tsv", "Alignment with its sources", _TABLE, _SSSOM),
        ("shapes", ".ttl", "Shapes", TURTLE, _SHACL),
    ):
        for file in sorted(asset(name).glob(f"*{ending}")):
            title = f"{what}: {file.name.removesuffix(ending)}"
            parts.append(_copy(folder, f"{name}/{file.name}", title, media, standard))
    for file in sorted((content.graph.version / "vocabulary").glob("*.ttl")):
        (folder / OWN).mkdir(parents=True, exist_ok=True)
        (folder / OWN / file.name).write_bytes(_whole(file.read_bytes()))
        title = f"Vocabulary added to Comity's: {file.stem}"
        parts.append(Part(f"{OWN}/{file.name}", title, TURTLE, conforms_to=SKOS, role="schema"))
    return sorted(parts, key=lambda part: part.name)


def _copy(folder: Path, name: str, title: str, media: str, standard: str | None) -> Part:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(asset(name).read_bytes())
    return Part(name, title, media, conforms_to=standard, role="schema")


def _whole(turtle: bytes) -> bytes:
    """Turtle that can be read without Comity's prefixes preset."""
    from pyoxigraph import RdfFormat, parse

    try:
        for _ in parse(turtle, RdfFormat.TURTLE):
            pass
    except SyntaxError:
        known = prefixes().items()
        used = [(name, iri) for name, iri in known if f"{name}:".encode() in turtle]
        return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in used).encode() + turtle
    return turtle
