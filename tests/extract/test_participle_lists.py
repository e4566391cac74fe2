"""Umbrella verbs and the acts they announce."""

from __future__ import annotations

import pytest

from .reading import names, read


@pytest.mark.parametrize(
    ("sentence", "actions"),
    [
        (
            (
                "Indonesia will take a series of measures, including expanding patent training, "
                "intensifying border controls and raising penalties for piracy."
            ),
            ["expand", "intensify", "raise"],
        ),
        (
            "Chad will take steps such as simplifying trademark filing and reducing patent fees.",
            ["simplify", "reduce"],
        ),
        (
            (
                "Ireland is taking further action, including revising its copyright law and "
                "opening a "
                "patent court."
            ),
            ["revise", "open"],
        ),
    ],
)
def test_included_gerunds(sentence: str, actions: list[str]) -> None:
    """Gerunds after "including" or "such as" are the acts; the umbrella is no statement."""
    assert [s.action for s in read(sentence)] == actions


@pytest.mark.parametrize(
    ("sentence", "actor", "modality"),
    [
        (
            (
                "Indonesia will take measures, including expanding patent training and "
                "intensifying "
                "border controls."
            ),
            "Indonesia",
            "commitment",
        ),
        (
            "Members should take steps, including sharing search reports and training examiners.",
            "Members",
            "recommendation",
        ),
        (
            (
                "Hungary must take action, including closing pirate sites and raising fines for "
                "counterfeiting."
            ),
            "Hungary",
            "obligation",
        ),
    ],
)
def test_inherited(sentence: str, actor: str, modality: str) -> None:
    """The acts of a list have the actor and the force of the verb that announces them."""
    found = read(sentence)
    assert len(found) == 2
    assert {(*names(s.actors), s.modality) for s in found} == {(actor, modality)}


@pytest.mark.parametrize(
    ("sentence", "actions"),
    [
        (
            "In addition to improving its patent law, Spain will train judges.",
            ["improve", "train"],
        ),
        (
            "Besides publishing its trademark register, Croatia will cut patent fees.",
            ["publish", "cut"],
        ),
        (
            "As well as joining the Hague Agreement, Latvia will protect designs for longer.",
            ["join", "protect"],
        ),
        (
            "Cyprus will raise penalties for piracy in addition to training customs officers.",
            ["raise", "train"],
        ),
    ],
)
def test_participial_adjuncts(sentence: str, actions: list[str]) -> None:
    """What is done "in addition to" or "besides" is done as well: a statement of its own."""
    assert [s.action for s in read(sentence)] == actions


@pytest.mark.parametrize(
    ("sentence", "actions"),
    [
        ("Austria will amend its patent law in order to spur innovation.", ["amend"]),
        ("Portugal will train examiners to improve the quality of patents.", ["train"]),
        ("Greece will set up a committee to monitor trademark enforcement.", ["set up"]),
        ("Belgium cut patent fees so as to help small firms.", ["cut"]),
    ],
)
def test_purposes(sentence: str, actions: list[str]) -> None:
    """A purpose beside an act is no statement."""
    assert [s.action for s in read(sentence)] == actions


@pytest.mark.parametrize(
    ("sentence", "actions"),
    [
        (
            "Sweden made efforts to enhance patent quality.",
            ["enhance"],
        ),
        ("Jamaica will take measures to protect trade secrets.", ["protect"]),
        ("Fiji will take further steps to simplify trademark registration.", ["simplify"]),
        ("Tonga will redouble its efforts to combat counterfeiting.", ["combat"]),
        ("Much work should be done to enhance copyright enforcement.", ["enhance"]),
        ("Efforts will be made to harmonise patent procedures.", ["harmonise"]),
        ("Steps have been taken to curb online piracy.", ["curb"]),
    ],
)
def test_light_verbs(sentence: str, actions: list[str]) -> None:
    """ "Take measures to do" and "work should be done to do" give the embedded verb alone."""
    assert [s.action for s in read(sentence)] == actions


@pytest.mark.parametrize(
    ("sentence", "actions"),
    [
        (
            "Chile will protect trade secrets by raising penalties for theft.",
            ["protect"],
        ),
    ],
)
def test_announced_acts_and_means(sentence: str, actions: list[str]) -> None:
    """An announcement is an act beside what it announces; means and effects are none."""
    found = [s.action for s in read(sentence)]
    assert [a for a in found if a != "announce"] == [a for a in actions if a != "announce"]
