"""Titles and headlines, which leave out words."""

from __future__ import annotations

import pytest

from .reading import names, one, read


@pytest.mark.parametrize(
    ("title", "actor", "action"),
    [
        ("China to better protect trade secrets", "China", "protect"),
        ("Japan to open patent office in Osaka", "Japan", "open"),
        ("Kenya to join Madrid Protocol", "Kenya", "join"),
        ("Brazil vows to step up copyright enforcement", "Brazil", "step up"),
        ("India pledges to cut trademark fees", "India", "cut"),
        ("Norway agrees to share patent data", "Norway", "share"),
        ("Peru and Chile to exchange search reports", "Peru, Chile", "exchange"),
        ("EU to expand protection of geographical indications", "EU", "expand"),
    ],
)
def test_infinitives(title: str, actor: str, action: str) -> None:
    """ "X to do Y" and "X vows to do Y" in a headline are commitments of X."""
    found = one("A ceremony was held.", title=title)
    assert (", ".join(names(found.actors)), found.action, found.modality) == (
        actor,
        action,
        "commitment",
    )


@pytest.mark.parametrize(
    ("title", "action"),
    [
        ("Copyright enforcement to be intensified", "intensify"),
        ("Patent cooperation to be expanded", "expand"),
        ("Protection of trade secrets to be strengthened", "strengthen"),
    ],
)
def test_passive_infinitives(title: str, action: str) -> None:
    """ "X to be done" in a headline is a commitment without an actor."""
    found = one("A ceremony was held.", title=title)
    assert (found.action, names(found.actors), found.modality) == (action, [], "commitment")


@pytest.mark.parametrize(
    ("title", "actors", "action"),
    [
        ("Brazil signs patent agreement with Kenya", ["Brazil"], "sign"),
        ("Chile ratifies Marrakesh Treaty", ["Chile"], "ratify"),
        ("WIPO publishes guide to trade secrets", ["WIPO"], "publish"),
        ("Norway joins Hague Agreement on designs", ["Norway"], "join"),
    ],
)
def test_present_tense(title: str, actors: list[str], action: str) -> None:
    """A headline in the present tense reports."""
    found = one("A ceremony was held.", title=title)
    assert (names(found.actors), found.action, found.modality) == (actors, action, "report")


@pytest.mark.parametrize(
    ("title", "action", "modality"),
    [
        ("China To Strengthen Protection Of Trade Secrets", "strengthen", "commitment"),
        ("Kenya To Join The Madrid Protocol", "join", "commitment"),
        ("Brazil Signs Agreement On Patent Training With Peru", "sign", "report"),
        ("Japan Will Expand Training For Patent Examiners", "expand", "commitment"),
    ],
)
def test_capitals(title: str, action: str, modality: str) -> None:
    """A headline with capitals throughout is read like any other."""
    found = one("A ceremony was held.", title=title)
    assert (found.action, found.modality) == (action, modality)


@pytest.mark.parametrize(
    ("title", "speaker", "action"),
    [
        ("Daren Tang: WIPO will expand patent training", "Daren Tang", "expand"),
        ("Norway will cut trademark fees, minister says", "minister", "cut"),
        ("Kenya to join Madrid Protocol, Daren Tang says", "Daren Tang", "join"),
        ("Minister: Peru to protect geographical indications", "Minister", "protect"),
    ],
)
def test_source(title: str, speaker: str, action: str) -> None:
    """ "X: …" and "…, X says" give the speaker of a headline."""
    found = one("A ceremony was held.", title=title)
    assert found.speaker is not None
    assert (found.speaker.text, found.action) == (speaker, action)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Kenya to join Madrid Protocol", "Kenya will join the Madrid Protocol."),
        ("Japan to cut patent fees", "Japan will cut patent fees next year."),
        ("Chile ratifies Marrakesh Treaty", "Chile ratified the Marrakesh Treaty in May."),
    ],
)
def test_told_twice(title: str, text: str) -> None:
    """An act told in the headline and in the text is two statements."""
    first, second = read(text, title=title)
    assert first.action == second.action
    assert first.end <= len(title) < second.start


@pytest.mark.parametrize(
    "title",
    [
        "Forum on geographical indications",
        "Trade secrets",
        "Patents and growth",
        "Director's message",
    ],
)
def test_topics(title: str) -> None:
    """A heading that only names a topic is no statement."""
    assert read("A ceremony was held.", title=title) == []


@pytest.mark.parametrize(
    ("title", "actions"),
    [
        ("Kenya cuts patent fees, opens trademark hotline", ["cut", "open"]),
        ("Japan and India to share search reports and train examiners", ["share", "train"]),
        ("EU, Japan sign pact on geographical indications", ["sign"]),
        ("WIPO urges members to ratify Beijing Treaty", ["ratify"]),
        ("Brazil rules out leaving Madrid Protocol", ["leave"]),
    ],
)
def test_headline_style(title: str, actions: list[str]) -> None:
    """Commas for "and", missing articles and missing auxiliaries are understood."""
    assert [s.action for s in read("A ceremony was held.", title=title)] == actions
