"""Linking a document's statements, and what a changed vocabulary changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from comity.extract.english import EnglishExtractor
from comity.lexicon import Lexicon
from comity.link.linker import Linker
from comity.model import Mention, Statement
from comity.rdf.vocabulary import load
from extract.reading import document, extract, lexicon, link

PREFIXES = """
@prefix actor: <https://w3id.org/comity/actor/> .
@prefix area: <https://w3id.org/comity/area/> .
@prefix comity: <https://w3id.org/comity/ontology#> .
@prefix direction: <https://w3id.org/comity/direction/> .
@prefix measure-type: <https://w3id.org/comity/measure-type/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def read_with(turtle: str, text: str, folder: Path) -> list[Statement]:
    """The statements of a text under Comity's vocabulary and a user's own Turtle."""
    file = folder / "own.ttl"
    file.write_text(PREFIXES + turtle, encoding="utf-8")
    own = Lexicon(load([file]))
    found = document(text)
    return list(Linker(own).link(found, EnglishExtractor(own).extract(found)).statements)


@pytest.mark.parametrize(
    ("turtle", "sentence", "area"),
    [
        (
            'area:trade-secrets skos:altLabel "grandmother recipes"@en .',
            "Kenya will protect grandmother recipes.",
            "trade-secrets",
        ),
        (
            'area:copyright comity:trigger "lullabies"@en .',
            "Kenya will protect lullabies.",
            "copyright",
        ),
        (
            'area:plant-varieties skos:altLabel "seed lines"@en .',
            "Kenya will protect its seed lines.",
            "plant-varieties",
        ),
    ],
)
def test_own_label(turtle: str, sentence: str, area: str, tmp_path: Path) -> None:
    """A label or trigger that a user adds to an area is found in objects."""
    (before,) = link(sentence).statements
    (after,) = read_with(turtle, sentence, tmp_path)
    assert area not in before.areas
    assert after.areas == (area,)


@pytest.mark.parametrize(
    ("turtle", "sentence", "actor"),
    [
        (
            'actor:KEN skos:altLabel "Land of Lakes"@en .',
            "Land of Lakes will protect designs.",
            "KEN",
        ),
        (
            'actor:WIPO skos:altLabel "Guild of Marks"@en .',
            "The Guild of Marks will train examiners in patents.",
            "WIPO",
        ),
        ('actor:PER skos:altLabel "PQR"@en .', "PQR will protect trade secrets.", "PER"),
    ],
)
def test_own_name(turtle: str, sentence: str, actor: str, tmp_path: Path) -> None:
    """A name that a user gives an actor is linked to it."""
    (found,) = read_with(turtle, sentence, tmp_path)
    assert [m.id for m in found.actors] == [actor]


@pytest.mark.parametrize(
    ("turtle", "sentence", "expected"),
    [
        (
            (
                'measure-type:awareness-raising comity:verbTrigger "drum up"@en .\n'
                'direction:introduce comity:verbTrigger "drum up"@en .'
            ),
            "Kenya will drum up interest in patents.",
            ("awareness-raising", "introduce"),
        ),
        (
            'direction:strengthen comity:verbTrigger "turbocharge"@en .',
            "Kenya will turbocharge the protection of designs.",
            ("rights-protection", "strengthen"),
        ),
        (
            'measure-type:capacity-building comity:nounTrigger "bootcamp"@en .',
            "Kenya will launch a bootcamp on patents.",
            ("capacity-building", "introduce"),
        ),
    ],
)
def test_own_verb(turtle: str, sentence: str, expected: tuple[str, str], tmp_path: Path) -> None:
    """A verb or noun that a user gives a measure type or direction decides the codes."""
    (found,) = read_with(turtle, sentence, tmp_path)
    assert (found.measure_type, found.direction) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kenya will protect trade secrets.",
        "The minister said that Norland would cut patent fees. It will also train judges.",
        "Brazil urged its partners to share search reports.",
    ],
)
def test_ids_and_words_stay(text: str) -> None:
    """Linking adds codes and ids; place, words and id of a statement stay as they were."""
    for before, after in zip(extract(text), link(text).statements, strict=True):
        assert (before.id, before.start, before.end, before.quote) == (
            after.id,
            after.start,
            after.end,
            after.quote,
        )
        assert (before.action, before.object, before.modality) == (
            after.action,
            after.object,
            after.modality,
        )


@pytest.mark.parametrize(
    ("measure_type", "direction", "areas"),
    [
        ("dialogue", "weaken", ("patents",)),
        ("unspecified", "unspecified", ()),
        ("funding", "abolish", ("domain-names", "smes")),
    ],
)
def test_codings_by_hand_are_kept(
    measure_type: str, direction: str, areas: tuple[str, ...]
) -> None:
    """What people coded passes through unchanged, also where they left something open."""
    text = "Kenya will protect trade secrets."
    (found,) = extract(text)
    coded = replace(
        found,
        extractor="hand/1",
        measure_type=measure_type,
        direction=direction,
        areas=areas,
        actors=(Mention("Kenya", "PER", 0, 5),),
    )
    (linked,) = Linker(lexicon()).link(document(text), [coded]).statements
    assert linked == coded


@pytest.mark.parametrize(
    "text",
    [
        "Kenya will protect trade secrets.",
        "Norland and Sudmark will share patent data with partners.",
        "The minister hopes for the best; WIPO will train examiners in patents.",
    ],
)
def test_twice(text: str) -> None:
    """Linking what is linked changes nothing."""
    once = link(text)
    again = Linker(lexicon()).link(document(text), once.statements)
    assert again.statements == once.statements


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Norland will protect trade secrets.", ["Norland"]),
        ("Norland and Sudmark will share patent data.", ["Norland", "Sudmark"]),
        ("Kenya will protect trade secrets.", []),
        ("The two offices will share patent data.", ["two offices"]),
    ],
)
def test_candidates(text: str, names: list[str]) -> None:
    """The candidates of a document are the actors that the vocabulary does not have."""
    linked = link(text)
    assert sorted(a.name() for a in linked.candidates.values()) == names
    used = {m.id for s in linked.statements for _, m in s.mentions()}
    assert set(linked.candidates) <= used


def test_a_candidate_whose_id_is_given_keeps_its_kind() -> None:
    """Statements that were linked before describe their candidates as when they were minted."""
    found = document("The Ministry of Seeds will protect trade secrets.")
    linker = Linker(lexicon())
    minted = linker.link(found, extract("The Ministry of Seeds will protect trade secrets."))
    assert [actor.kind for actor in minted.candidates.values()] == ["GovernmentBody"]
    assert linker.name(found, minted.statements) == minted
