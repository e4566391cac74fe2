"""What the ontology's files say of actors and concepts beside their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.errors import VocabularyError
from comity.rdf.background import Background, Match, Membership, Tenure, background, read
from comity.rdf.namespaces import ACTOR, ROOT


@pytest.fixture(scope="module")
def known() -> Background:
    """What Comity's own files say."""
    return background()


def test_links_come_closest_first(known: Background) -> None:
    """Alignments of an actor and of a concept, an exact match before a close one."""
    assert (
        Match("exactMatch", "http://www.wikidata.org/entity/Q148") in known.matches[ACTOR + "CHN"]
    )
    found = known.matches[ROOT + "area/patents"]
    assert "http://eurovoc.europa.eu/5042" in {match.iri for match in found}
    order = [match.relation for match in found]
    assert order == sorted(order, key=["exactMatch", "closeMatch", "broadMatch"].index)


def test_memberships_are_known_from_both_sides(known: Background) -> None:
    """A membership stands under the member and under the bloc, with its day."""
    brunei = Membership(ACTOR + "ASEAN", ACTOR + "BRN", "1984-01-07")
    assert brunei in known.memberships[ACTOR + "ASEAN"]
    assert brunei in known.memberships[ACTOR + "BRN"]


def test_offices_are_known_from_both_sides(known: Background) -> None:
    """A term of office stands under the holder and under the body; an open end is empty."""
    (held,) = [t for t in known.tenures[ACTOR + "antonio-guterres"] if not t.until]
    office = "Secretary-General of the United Nations"
    assert held == Tenure(ACTOR + "antonio-guterres", "2017-01-01", "", office, ACTOR + "UN")
    assert held in known.tenures[ACTOR + "UN"]


def test_ties_and_notes_are_read(known: Background) -> None:
    """What a body belongs to, and how a concept is to be used."""
    assert ("memberOf", ACTOR + "IP5") in known.ties[ACTOR + "CNIPA"]
    assert known.notes[ROOT + "modality/commitment"]["scope"].startswith("Use for")


def test_files_of_one_s_own_are_added(tmp_path: Path) -> None:
    """A user's file says more; Comity's prefixes need no declaration in it."""
    file = tmp_path / "ours.ttl"
    file.write_text(
        'actor:CHN skos:closeMatch <https://example.org/x> ; skos:scopeNote "Ours."@en .'
    )
    found = background([file])
    assert Match("closeMatch", "https://example.org/x") in found.matches[ACTOR + "CHN"]
    assert found.notes[ACTOR + "CHN"] == {"scope": "Ours."}


def test_what_is_no_turtle_is_named(tmp_path: Path) -> None:
    """The message has the file and the line."""
    file = tmp_path / "ours.ttl"
    file.write_text("actor:CHN skos:closeMatch .\n")
    with pytest.raises(VocabularyError, match=r"ours\.ttl, line 1"):
        read([file])
    with pytest.raises(VocabularyError, match="cannot be read"):
        read([tmp_path / "none.ttl"])
