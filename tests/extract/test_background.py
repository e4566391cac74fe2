"""What is no statement: appraisals, background, courtesies, relations between texts."""

from __future__ import annotations

import pytest

from .reading import read


@pytest.mark.parametrize(
    "sentence",
    [
        "The initiative has helped improve the lives of many people.",
        "This will benefit growers.",
        "Patents matter for growth.",
        "The signing was a historic step.",
        "Cooperation in trademarks is on track.",
        "The treaty is important for inventors.",
        "Strong patents mean more innovation.",
        "The agreement reflects years of work on copyright.",
    ],
)
def test_appraisals(sentence: str) -> None:
    """Appraisals and effects are no statements."""
    assert read(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The meeting was chaired by the director.",
        "Delegates from twelve countries attended the forum on patents.",
        "The office has forty examiners.",
        "It was the second meeting of its kind.",
        "Lima lies on the coast.",
        "The workshop on copyright was held in Lagos.",
        "WIPO is a specialised agency.",
    ],
)
def test_background(sentence: str) -> None:
    """Who attended, what was held, what a body is and has: background, no statement."""
    assert read(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministers thanked WIPO for its help.",
        "Norway congratulated the new director.",
        "Members welcomed the report on patents.",
        "The assembly noted the report on trademarks.",
        "The minister stressed the importance of copyright.",
        "Delegations praised the work of the office.",
    ],
)
def test_courtesies(sentence: str) -> None:
    """Thanks, welcome, praise and taking note are no statements."""
    assert read(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The treaty replaces the accord of 1996.",
        "The convention consists of 83 articles.",
        "The memorandum remains valid for four years.",
    ],
)
def test_relations_between_texts(sentence: str) -> None:
    """How one text relates to another is no statement."""
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "actions"),
    [
        ("The treaty, signed in 1996, will be amended by Kenya.", ["amend"]),
        ("The office, which grants patents, will cut trademark fees.", ["cut"]),
        ("Chile, which joined the protocol in May, will train examiners.", ["train"]),
        ("The committee, set up in 2011, will review patent fees.", ["review"]),
    ],
)
def test_identifying_clauses(sentence: str, actions: list[str]) -> None:
    """A clause that only says which one is meant is no statement."""
    assert [s.action for s in read(sentence)] == actions


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("The ministers discussed copyright in music.", "discuss"),
        ("The offices took stock of the patent pilot.", "take stock"),
        ("Brazil and Kenya held talks on geographical indications.", "hold talks"),
        ("The delegations reviewed patent cooperation.", "review"),
    ],
)
def test_talk_is_an_act(sentence: str, action: str) -> None:
    """Acts of cooperation that consist in talk are statements."""
    (found,) = read(sentence)
    assert found.action == action


@pytest.mark.parametrize(
    "text",
    [
        "Will Kenya join the Madrid Protocol?",
        "Q: Does Peru protect trade secrets?",
        "What will WIPO do to protect traditional knowledge?",
    ],
)
def test_questions(text: str) -> None:
    """Questions hold no statements."""
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "...", "—", "42", "Contact: press office", "* * *"],
)
def test_nothing(text: str) -> None:
    """A text that says nothing holds no statements."""
    assert read(text) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister said the treaty would make it easier to trade.",
        "The pilot will run for three years.",
        "Patent filings rose by four per cent in 2019.",
        "The forum was attended by experts on copyright.",
        "Trademark counterfeiting costs the economy millions.",
        "The delegation visited the patent office in Lima.",
        "Inventors need to know their rights.",
    ],
)
def test_facts_and_effects(sentence: str) -> None:
    """Facts, effects and what has not happened are no statements."""
    assert read(sentence) == []
