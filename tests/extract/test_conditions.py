"""Conditions, exceptions and principles."""

from __future__ import annotations

import pytest

from .reading import names, one


@pytest.mark.parametrize(
    ("sentence", "condition", "actor"),
    [
        (
            "If the council agrees, the EU will extend the protection of designs.",
            "If the council agrees",
            "EU",
        ),
        (
            "Kenya will join the Madrid Protocol if parliament agrees.",
            "if parliament agrees",
            "Kenya",
        ),
        (
            "Norway will cut trademark fees unless costs rise.",
            "unless costs rise",
            "Norway",
        ),
        (
            "Members may limit patents, provided that owners are paid.",
            "provided that owners are paid",
            "Members",
        ),
        (
            "Subject to available funds, WIPO will train patent examiners.",
            "Subject to available funds",
            "WIPO",
        ),
        (
            "On request, Members shall provide training in patents.",
            "On request",
            "Members",
        ),
    ],
)
def test_conditions(sentence: str, condition: str, actor: str) -> None:
    """A condition is kept in the words of the text; who acts is told by the main clause."""
    found = one(sentence)
    assert (found.conditions, names(found.actors)) == ((condition,), [actor])


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("If trade secrets are stolen, the EU will raise penalties.", "raise"),
        ("If Norland improves its patent law, Japan will fund training in patents.", "fund"),
        ("Once the treaty is ratified, Peru will protect designs for longer.", "protect"),
        ("When examiners are trained, Fiji will speed up patent examination.", "speed up"),
    ],
)
def test_condition_is_no_statement(sentence: str, action: str) -> None:
    """What stands in a condition is not stated by anyone."""
    assert one(sentence).action == action


@pytest.mark.parametrize(
    ("sentence", "words", "areas"),
    [
        (
            "Members shall protect all trademarks except for domain names.",
            "all trademarks",
            ("trademarks",),
        ),
        (
            "Chile will publish all patents except for those on weapons.",
            "all patents",
            ("patents",),
        ),
        (
            "Oman will digitise its registers except for plant varieties.",
            "its registers",
            (),
        ),
    ],
)
def test_exceptions(sentence: str, words: str, areas: tuple[str, ...]) -> None:
    """What is excepted is no part of the object and lends it no area."""
    found = one(sentence)
    assert (found.object, found.areas) == (words, areas)


@pytest.mark.parametrize(
    ("sentence", "principle", "words"),
    [
        (
            "China will protect trade secrets in accordance with the law.",
            "in accordance with the law",
            "trade secrets",
        ),
        (
            "The offices will exchange patent data on the basis of mutual respect.",
            "on the basis of mutual respect",
            "patent data",
        ),
        (
            "Members shall enforce trademarks in line with their international obligations.",
            "in line with their international obligations",
            "trademarks",
        ),
        (
            "Brazil will share search reports on mutually agreed terms.",
            "on mutually agreed terms",
            "search reports",
        ),
        (
            "Peru will grant access to genetic resources in keeping with national law.",
            "in keeping with national law",
            "access to genetic resources",
        ),
        (
            "The parties will protect designs without prejudice to the Hague Agreement.",
            "without prejudice to the Hague Agreement",
            "designs",
        ),
        (
            "Kenya will amend its patent law consistent with the TRIPS Agreement.",
            "consistent with the TRIPS Agreement",
            "its patent law",
        ),
    ],
)
def test_principles(sentence: str, principle: str, words: str) -> None:
    """A principle is kept in the words of the text and is no part of the object."""
    found = one(sentence)
    assert (found.principles, found.object) == ((principle,), words)


@pytest.mark.parametrize(
    "sentence",
    [
        "Japan will protect designs in order to spur innovation.",
        "Japan will protect designs effectively.",
        "Japan will protect designs with care.",
        "Japan will protect designs in the coming years.",
    ],
)
def test_neither(sentence: str) -> None:
    """Purposes, manner and time are neither principle nor condition."""
    found = one(sentence)
    assert (found.principles, found.conditions) == ((), ())


@pytest.mark.parametrize(
    ("sentence", "principles"),
    [
        (
            "In line with the TRIPS Agreement, Kenya will protect trade secrets.",
            ("In line with the TRIPS Agreement",),
        ),
        (
            "Guided by mutual respect, Peru and Chile will share patent data.",
            ("Guided by mutual respect",),
        ),
        (
            "On an equal footing, the parties will harmonise trademark procedures.",
            ("On an equal footing",),
        ),
    ],
)
def test_places_of_a_principle(sentence: str, principles: tuple[str, ...]) -> None:
    """A principle may stand first, and there may be several."""
    assert one(sentence).principles == principles


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        (
            "Kenya will join the Hague Agreement as long as fees stay low.",
            "as long as fees stay low",
        ),
        ("Once the law is adopted, Peru will cut trademark fees.", "Once the law is adopted"),
        (
            "Members may exclude plants from patents only in certain fields.",
            "only in certain fields",
        ),
        (
            "The office may extend the term of designs at the request of the owner.",
            "at the request of the owner",
        ),
        ("Members shall share patent data to the extent possible.", "to the extent possible"),
    ],
)
def test_other_conditions(sentence: str, condition: str) -> None:
    """When, or within what limits, an act is owed or allowed is a condition."""
    assert one(sentence).conditions == (condition,)
