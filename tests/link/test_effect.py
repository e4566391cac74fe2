"""Bans, refusals and the end of obstacles → the net effect."""

from __future__ import annotations

import pytest

from comity.link.effect import Effect, net_effect


def effect(
    kind: str, direction: str, action: str, words: str, before: str, *areas: str, **told: bool
) -> str:
    """Type, direction and negation that a clause comes to."""
    found = net_effect(
        Effect(kind, direction, told.get("negated", False)),
        action=action,
        words=words,
        areas=areas,
        before=before,
        forbids=told.get("forbids", False),
    )
    return f"{found.kind}.{found.direction}{' not' if found.negated else ''}"


@pytest.mark.parametrize("action", ["lower", "weaken", "reduce", "undermine"])
def test_good_things_stay(action: str) -> None:
    """Who must not lessen protection keeps it, and the measure is not refused."""
    for told in ({"forbids": True}, {"negated": True}):
        words = "the protection of designs"
        found = effect("rights-protection", "weaken", action, words, "Kenya will not ", **told)
        assert found == "rights-protection.maintain"


@pytest.mark.parametrize(
    ("action", "words", "before", "area"),
    [
        ("engage", "forced technology transfer", "We will never ", "forced-technology-transfer"),
        ("force", "firms to share secrets", "Nor will Kenya ", "trade-secrets"),
        ("introduce", "customs duties on films", "We refrain from ", "tariffs"),
        ("tolerate", "online piracy", "Kenya will not ", "online-enforcement"),
    ],
)
def test_practices_end(action: str, words: str, before: str, area: str) -> None:
    """A bad practice that is not to go on is prohibited."""
    found = effect("unspecified", "introduce", action, words, before, area, negated=True)
    assert found == "prohibition.abolish"


@pytest.mark.parametrize(
    ("kind", "action", "words"),
    [
        ("treaty-accession", "join", "the treaty"),
        ("administration", "raise", "its fees"),
        ("rights-protection", "introduce", "protection for test data"),
    ],
)
def test_refusals(kind: str, action: str, words: str) -> None:
    """A measure that is refused stays what it is, refused."""
    found = effect(kind, "introduce", action, words, "Kenya will not ", negated=True)
    assert found == f"{kind}.introduce not"


@pytest.mark.parametrize(
    ("action", "words", "area", "expected"),
    [
        ("remove", "barriers to trade", "economic-opening", "market-opening.strengthen"),
        ("abolish", "the need to prove losses", "criminal-enforcement", "enforcement.strengthen"),
        (
            "lift",
            "restrictions on foreign shares",
            "foreign-investment",
            "market-opening.strengthen",
        ),
    ],
)
def test_obstacles(action: str, words: str, area: str, expected: str) -> None:
    """Who ends an obstacle furthers what it stood in the way of."""
    assert effect("prohibition", "abolish", action, words, "Kenya will ", area) == expected


def test_infringement_taken_down() -> None:
    """To block infringing offers is stricter enforcement."""
    found = effect("prohibition", "abolish", "block", "pirate sites", "", "online-enforcement")
    assert found == "enforcement.strengthen"
