"""The eight modalities, tense and aspect."""

from __future__ import annotations

import pytest

from .reading import one, read


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Each Party shall protect trade secrets.", "obligation"),
        ("Members must publish patent applications.", "obligation"),
        ("The offices are required to share search reports.", "obligation"),
        ("Each Party shall endeavour to simplify trademark procedures.", "obligation"),
        ("No Party may require the registration of copyright.", "prohibition"),
        ("Parties shall not discriminate between patents by field of technology.", "prohibition"),
        ("No Member shall impose formalities on copyright.", "prohibition"),
        ("The Parties must not disclose trade secrets.", "prohibition"),
        ("Members may limit the term of designs.", "permission"),
        ("Members are free to protect utility models.", "permission"),
        ("A Member may exclude plants from patent protection.", "permission"),
        ("Members have the right to grant compulsory licences.", "permission"),
        ("Kenya will amend its patent law.", "commitment"),
        ("Chile agreed to share search reports.", "commitment"),
        ("Brazil is going to reduce trademark fees.", "commitment"),
        ("We reaffirm our commitment to strengthening patent quality.", "commitment"),
        ("India plans to digitise its patent files.", "intention"),
        ("Peru intends to join the Hague Agreement.", "intention"),
        ("Fiji would like to expand patent training.", "intention"),
        ("Our aim is to improve copyright enforcement.", "intention"),
        ("Members should raise penalties for piracy.", "recommendation"),
        ("The minister called for strengthening copyright enforcement.", "recommendation"),
        ("WIPO proposes to simplify trademark filing.", "recommendation"),
        ("Japan looks forward to expanding patent training.", "aspiration"),
        ("Mexico is expected to ratify the Beijing Treaty.", "aspiration"),
        ("Malta amended its patent law.", "report"),
        ("Qatar has ratified the Marrakesh Treaty.", "report"),
        ("Canada is training customs officers in trademarks.", "report"),
        ("Customs officers are to seize counterfeit goods.", "obligation"),
        ("We support the protection of traditional knowledge.", "commitment"),
        ("Norway hopes to deepen cooperation in patents.", "aspiration"),
    ],
)
def test_each_of_eight(sentence: str, modality: str) -> None:
    """The modality is the strongest reading that the words bear."""
    assert one(sentence).modality == modality


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Spain raised penalties for piracy.", "report"),
        ("Spain has raised penalties for piracy.", "report"),
        ("Spain had raised penalties for piracy.", "report"),
        ("Spain is raising penalties for piracy.", "report"),
        ("Spain has been raising penalties for piracy.", "report"),
        ("Spain raises penalties for piracy every year.", "report"),
        ("Spain will raise penalties for piracy.", "commitment"),
        ("Spain will be raising penalties for piracy.", "commitment"),
        ("Spain will have raised penalties for piracy by 2030.", "commitment"),
        ("Spain is to raise penalties for piracy.", "obligation"),
    ],
)
def test_tense_and_aspect(sentence: str, modality: str) -> None:
    """Past, perfect and progressive report; the future commits."""
    found = one(sentence)
    assert (found.action, found.modality) == ("raise", modality)


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("The minister said that Iceland would cut patent fees.", "commitment"),
        ("Malawi said it would amend its trademark law.", "commitment"),
        ("The director announced that the office would publish patent data.", "commitment"),
        (
            "The spokesperson said that Tunisia would protect geographical indications.",
            "commitment",
        ),
        ("The minister said that Tunisia would like to join the Lisbon Agreement.", "intention"),
    ],
)
def test_would(sentence: str, modality: str) -> None:
    """ "Would" after "said" is the "will" of direct speech; "would like to" stays an intention."""
    assert one(sentence).modality == modality


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("The ministers agreed that Kenya will share patent data.", "commitment"),
        ("The minister stressed that members must protect trade secrets.", "obligation"),
        ("The director said that offices should publish search reports.", "recommendation"),
        ("The commissioner said that Serbia has amended its copyright law.", "report"),
    ],
)
def test_innermost_force(sentence: str, modality: str) -> None:
    """Below a verb of saying or agreeing, the force of the inner clause counts."""
    assert one(sentence).modality == modality


@pytest.mark.parametrize(
    "sentence",
    [
        "Copyright training may help small firms.",
        "Patents might matter more in future.",
        "The pact may bring benefits to inventors.",
    ],
)
def test_mere_chance(sentence: str) -> None:
    """What only may or could happen is no statement."""
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "action", "modality"),
    [
        (
            "Each Party shall, in accordance with its laws, protect undisclosed information.",
            "protect",
            "obligation",
        ),
        (
            "The Contracting States undertake, as far as possible, to harmonise trademark law.",
            "harmonise",
            "commitment",
        ),
        (
            "The offices should, whenever practicable, publish search reports.",
            "publish",
            "recommendation",
        ),
        (
            "Kenya has, for its part, amended its patent law.",
            "amend",
            "report",
        ),
    ],
)
def test_insertions(sentence: str, action: str, modality: str) -> None:
    """Words between the modal and its verb change nothing."""
    found = one(sentence)
    assert (found.action, found.modality) == (action, modality)


@pytest.mark.parametrize(
    ("sentence", "action", "modality"),
    [
        (
            "The ministers reaffirmed their determination to protect copyright.",
            "protect",
            "commitment",
        ),
        (
            "The delegations expressed their willingness to share search reports.",
            "share",
            "intention",
        ),
        ("The parties have an obligation to enforce trademarks.", "enforce", "obligation"),
        ("Members have the freedom to exclude plants from patents.", "exclude", "permission"),
        ("The office has a duty to publish patent applications.", "publish", "obligation"),
        (
            "The purpose of the agreement is to strengthen trademark protection.",
            "strengthen",
            "intention",
        ),
        ("The aim of the project is to digitise patent files.", "digitise", "intention"),
    ],
)
def test_nouns_of_force(sentence: str, action: str, modality: str) -> None:
    """A noun of will, duty or leave gives its force to the act that follows it."""
    found = one(sentence)
    assert (found.action, found.modality) == (action, modality)
