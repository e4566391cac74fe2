"""What the data rest on is in the release: ontology, vocabularies, alignments, context, shapes."""

from __future__ import annotations

from pathlib import Path

import pytest
from described import describe
from pyoxigraph import RdfFormat, parse

from comity import KnowledgeGraph
from comity.assets import path as asset
from comity.check import load_shapes
from comity.publish.content import Content, Part
from comity.publish.release import make_release
from comity.publish.schemas import OWN, ontology_version, write_schemas
from comity.rdf.vocabulary import load, read


@pytest.fixture
def parts(content: Content, tmp_path: Path) -> list[Part]:
    """What is written, in the folder ``tmp_path``."""
    return write_schemas(content, tmp_path)


def test_files_are_copied_byte_for_byte(parts: list[Part], tmp_path: Path) -> None:
    """Every file of the ontology and the shapes is there, unchanged."""
    for folder in ("ontology/vocabulary", "ontology/alignment", "shapes"):
        names = {file.name for file in asset(folder).glob("*.ttl")}
        assert names == {file.name for file in (tmp_path / folder).glob("*.ttl")}
    for part in parts:
        assert (tmp_path / part.name).read_bytes() == asset(part.name).read_bytes()
        assert part.role == "schema"
    names = [part.name for part in parts]
    assert names == sorted(names)
    assert {"ontology/comity.ttl", "ontology/context.jsonld"} <= set(names)


def test_shapes_and_vocabulary_can_be_used_from_there(parts: list[Part], tmp_path: Path) -> None:
    """The copies are read as the bundled ones are."""
    assert load_shapes(sorted((tmp_path / "shapes").glob("*.ttl"))).files
    copied = read(sorted((tmp_path / "ontology" / "vocabulary").glob("*.ttl")))
    assert copied.sha256 == load().sha256


def test_the_version_is_that_of_the_ontology() -> None:
    """The version IRI and number that the header of the ontology gives."""
    iri, number = ontology_version()
    assert iri == f"https://w3id.org/comity/ontology/{number}"
    assert f'owl:versionInfo "{number}"' in asset("ontology/comity.ttl").read_text("utf-8")


@pytest.mark.parametrize(
    ("turtle", "kept"),
    [
        (
            """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/comity/area/patents> skos:altLabel "patent papers"@en .
""",
            True,
        ),
        ('area:patents skos:altLabel "patent papers"@en .\n', False),
    ],
)
def test_a_users_vocabulary_is_published_so_that_anyone_can_read_it(
    tmp_path: Path, turtle: str, kept: bool
) -> None:
    """A file that relies on preset prefixes gets those it uses declared; another stays as it is."""
    (tmp_path / "own.ttl").write_text(turtle, encoding="utf-8")
    (tmp_path / "note.txt").write_text("Peru will examine patent papers.\n", encoding="utf-8")
    graph = KnowledgeGraph.build(
        [tmp_path / "note.txt"], tmp_path / "kg", vocabulary=tmp_path / "own.ttl"
    )
    release = make_release("2026.11", graph.namespaces)
    written = describe(graph, release, tmp_path / "room")
    (part,) = [part for part in written.parts if part.name.startswith(OWN)]
    published = (written.folder / part.name).read_text(encoding="utf-8")
    assert published.endswith(turtle) and (published == turtle) is kept
    assert published.count("@prefix") == (1 if kept else 2)
    (triple,) = parse(published, RdfFormat.TURTLE)
    assert triple.object.value == "patent papers"
