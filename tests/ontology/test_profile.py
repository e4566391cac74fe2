"""Ontology and vocabularies against our own shapes, as `comity validate` checks them."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.check import check_file, load_shapes

ONTOLOGY = Path(__file__).parents[2] / "ontology"
FILES = [ONTOLOGY / "comity.ttl", *sorted((ONTOLOGY / "vocabulary").glob("*.ttl"))]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_our_own_files_break_no_shape(file: Path) -> None:
    """Header, terms, schemes, concepts, actors and memberships have all that shapes ask for."""
    violations, concerned = check_file(file, load_shapes(profile="ontology"))
    assert concerned
    assert violations == []


def test_a_users_vocabulary_is_checked_in_company(tmp_path: Path) -> None:
    """A file that adds to the vocabulary needs no prefixes, and may refer to what is bundled."""
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        "<https://example.org/seeds> a skos:Concept ; skos:broader area:genetic-resources ;\n"
        '    skos:prefLabel "Seeds"@en , "种子"@zh-Hans ; skos:notation "seeds" ;\n'
        '    skos:definition "Seeds."@en ; skos:scopeNote "Use for seeds."@en ;\n'
        "    rdfs:isDefinedBy <https://example.org/scheme> ;\n"
        "    skos:inScheme <https://w3id.org/comity/area> .\n",
        encoding="utf-8",
    )
    violations, concerned = check_file(mine, load_shapes(profile="ontology"))
    assert concerned
    assert [found.message for found in violations] == ["A term has an example."]
