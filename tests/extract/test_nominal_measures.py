"""Acts that the text names by a noun."""

from __future__ import annotations

import pytest

from .reading import names, one, read


@pytest.mark.parametrize(
    ("sentence", "actor", "action", "words"),
    [
        (
            "The assembly noted the accession of Jordan to the Patent Cooperation Treaty.",
            "Jordan",
            "accede",
            "the Patent Cooperation Treaty",
        ),
        (
            "Members celebrated Chile's ratification of the Marrakesh Treaty.",
            "Chile",
            "ratify",
            "the Marrakesh Treaty",
        ),
        (
            "Australia hailed Tonga's accession to the Berne Convention.",
            "Tonga",
            "accede",
            "the Berne Convention",
        ),
        (
            "WIPO announced the accession of Peru to the Madrid Protocol.",
            "Peru",
            "accede",
            "the Madrid Protocol",
        ),
        (
            "WIPO welcomed the accession of Samoa to the Lisbon Agreement.",
            "Samoa",
            "accede",
            "the Lisbon Agreement",
        ),
    ],
)
def test_acts_of_others(sentence: str, actor: str, action: str, words: str) -> None:
    """ "The accession of Peru to X" is Peru's act, by the base verb, whoever reports it."""
    found = one(sentence)
    assert (names(found.actors), found.action, found.object) == ([actor], action, words)


@pytest.mark.parametrize(
    ("sentence", "action", "text"),
    [
        (
            "Japan and Kenya announced the signing of a memorandum on patent training.",
            "sign",
            "signing",
        ),
        ("Norway announced the launch of a trademark database.", "launch", "launch"),
        ("India announced the establishment of a patent court.", "establish", "establishment"),
        ("Canada announced the conclusion of an agreement on copyright.", "conclude", "conclusion"),
        ("Malaysia agreed to the creation of a joint patent office.", "create", "creation"),
    ],
)
def test_announced(sentence: str, action: str, text: str) -> None:
    """An act that its own actor announces by a noun keeps that noun as `action_text`."""
    found = one(sentence)
    assert (found.action, found.action_text) == (action, text)


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("Uruguay has intensified its efforts to enhance patent quality.", "enhance"),
        ("Italy will continue its efforts to combat counterfeiting.", "combat"),
        ("Iceland stepped up its efforts to protect trademarks.", "protect"),
        ("Oman launched an initiative to digitise its trademark register.", "digitise"),
        ("Nepal will join efforts to harmonise patent classification.", "harmonise"),
    ],
)
def test_efforts(sentence: str, action: str) -> None:
    """ "Efforts to enhance X" names the embedded verb."""
    assert one(sentence).action == action


@pytest.mark.parametrize(
    ("sentence", "actor", "action", "modality"),
    [
        (
            "Our vision is to build a strong patent system.",
            "Our",
            "build",
            "intention",
        ),
        ("Brazil has a plan to reduce the patent backlog.", "Brazil", "reduce", "intention"),
        (
            "Denmark reaffirmed its commitment to protecting plant varieties.",
            "Denmark",
            "protect",
            "commitment",
        ),
        (
            "Ukraine expressed its readiness to join the Hague Agreement.",
            "Ukraine",
            "join",
            "intention",
        ),
        (
            "Colombia announced its decision to ratify the Budapest Treaty.",
            "Colombia",
            "ratify",
            "commitment",
        ),
        (
            "Georgia reiterated its pledge to eradicate online piracy.",
            "Georgia",
            "eradicate",
            "commitment",
        ),
        (
            "Tunisia voiced its hope to expand cooperation in trademarks.",
            "Tunisia",
            "expand",
            "aspiration",
        ),
        (
            "Estonia's goal is to cut the time for patent examination.",
            "Estonia",
            "cut",
            "intention",
        ),
        (
            "Slovakia confirmed its intention to amend its copyright law.",
            "Slovakia",
            "amend",
            "intention",
        ),
    ],
)
def test_nouns_of_will(sentence: str, actor: str, action: str, modality: str) -> None:
    """A noun of will or duty gives its force to the act that follows it."""
    found = one(sentence)
    assert (names(found.actors), found.action, found.modality) == ([actor], action, modality)


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("The memorandum provides for the exchange of patent data.", "exchange"),
        ("The agreement includes the establishment of a trademark committee.", "establish"),
        ("The plan provides for the training of patent examiners.", "train"),
        ("The programme covers the digitisation of trademark files.", "digitise"),
    ],
)
def test_contents_of_a_text(sentence: str, action: str) -> None:
    """What an agreement provides for is an act without an actor, the base verb its action."""
    found = one(sentence)
    assert (found.action, names(found.actors)) == (action, [])


@pytest.mark.parametrize(
    ("sentence", "actions"),
    [
        ("Patent protection matters for growth.", []),
        ("The accession of new members is a historic step.", []),
        ("Cooperation between the offices is on track.", []),
        ("The exchange of ideas was lively.", []),
    ],
)
def test_bare_nouns(sentence: str, actions: list[str]) -> None:
    """A noun of action that is only talked about is no statement."""
    assert [s.action for s in read(sentence)] == actions


@pytest.mark.parametrize(
    ("sentence", "action", "words"),
    [
        (
            "The signing of the memorandum on trade secrets was announced by Japan.",
            "sign",
            "the memorandum on trade secrets",
        ),
        (
            "The plan includes the modernisation of the patent office.",
            "modernise",
            "the patent office",
        ),
        (
            "The agreement provides for the mutual recognition of geographical indications.",
            "recognize",
            "geographical indications",
        ),
        (
            "Peru completed the ratification of the Marrakesh Treaty.",
            "ratify",
            "the Marrakesh Treaty",
        ),
        (
            "Kenya announced the introduction of an opposition procedure for trademarks.",
            "introduce",
            "an opposition procedure for trademarks",
        ),
        (
            "Chile called for the strengthening of copyright enforcement.",
            "strengthen",
            "copyright enforcement",
        ),
        (
            "Members agreed on the exchange of patent data.",
            "exchange",
            "patent data",
        ),
    ],
)
def test_object_of_the_noun(sentence: str, action: str, words: str) -> None:
    """What follows "of" is the object of the act that the noun names."""
    found = one(sentence)
    assert (found.action, found.object) == (action, words)
