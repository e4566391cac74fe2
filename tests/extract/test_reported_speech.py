"""Who says it, and who is to do it."""

from __future__ import annotations

import pytest

from .reading import names, one, read


@pytest.mark.parametrize(
    ("sentence", "speaker", "actor"),
    [
        (
            "Daren Tang said that Brazil will modernise its patent office.",
            "Daren Tang",
            "Brazil",
        ),
        (
            "Xi Jinping announced that China would open its market to foreign patents.",
            "Xi Jinping",
            "China",
        ),
        (
            "The minister stated that Ghana will protect geographical indications.",
            "minister",
            "Ghana",
        ),
        (
            (
                "Ursula von der Leyen indicated that the European Union would expand training for "
                "patent examiners."
            ),
            "Ursula von der Leyen",
            "European Union",
        ),
        (
            "The spokesperson added that Egypt has amended its copyright law.",
            "spokesperson",
            "Egypt",
        ),
        (
            "A senior official noted that Singapore plans to speed up trademark examination.",
            "senior official",
            "Singapore",
        ),
    ],
)
def test_speaker_and_actor(sentence: str, speaker: str, actor: str) -> None:
    """In "X said that Y will …" the speaker is X and the actor Y."""
    found = one(sentence)
    assert found.speaker is not None
    assert (found.speaker.text, names(found.actors)) == (speaker, [actor])


@pytest.mark.parametrize(
    ("sentence", "speaker", "actor"),
    [
        (
            "Malta will simplify trademark filing, the minister said.",
            "minister",
            "Malta",
        ),
        (
            "India will open a patent court in Chennai, Daren Tang said.",
            "Daren Tang",
            "India",
        ),
        (
            "Norway will train customs officers, the director added.",
            "director",
            "Norway",
        ),
        (
            "According to WIPO, Kenya will join the Hague Agreement.",
            "WIPO",
            "Kenya",
        ),
        (
            '"Malaysia will protect plant varieties," the minister said.',
            "minister",
            "Malaysia",
        ),
    ],
)
def test_source_beside_the_sentence(sentence: str, speaker: str, actor: str) -> None:
    """A source that is put behind, inside or before the sentence counts too."""
    found = one(sentence)
    assert found.speaker is not None
    assert (found.speaker.text, names(found.actors)) == (speaker, [actor])


@pytest.mark.parametrize(
    ("sentence", "speaker", "actor", "modality"),
    [
        ("Norway urged Peru to protect trade secrets.", "Norway", "Peru", "recommendation"),
        (
            "WIPO called on its members to ratify the Riyadh Design Law Treaty.",
            "WIPO",
            "its members",
            "recommendation",
        ),
        (
            "The European Union asked Turkey to amend its patent law.",
            "European Union",
            "Turkey",
            "recommendation",
        ),
        (
            "Japan invited the two offices to share search reports.",
            "Japan",
            "two offices",
            "recommendation",
        ),
        (
            "Switzerland encouraged developing countries to join the Madrid Protocol.",
            "Switzerland",
            "developing countries",
            "recommendation",
        ),
        (
            "Canada expects Jordan to strengthen copyright enforcement.",
            "Canada",
            "Jordan",
            "aspiration",
        ),
        (
            "We call on all members to respect geographical indications.",
            "We",
            "members",
            "recommendation",
        ),
        (
            "The minister hopes that partners will expand cooperation in patent training.",
            "minister",
            "partners",
            "aspiration",
        ),
    ],
)
def test_appeals(sentence: str, speaker: str, actor: str, modality: str) -> None:
    """Whoever is asked is the actor, whoever asks the speaker, and the force is that of asking."""
    found = one(sentence)
    assert found.speaker is not None
    assert found.speaker.text == speaker
    assert (names(found.actors), found.modality) == ([actor], modality)


@pytest.mark.parametrize(
    ("sentence", "speaker", "actor", "modality"),
    [
        (
            "The minister said that Norway had urged Peru to protect trade secrets.",
            "Norway",
            "Peru",
            "recommendation",
        ),
        (
            "The spokesperson said that WIPO called on members to ratify the treaty on designs.",
            "WIPO",
            "members",
            "recommendation",
        ),
        (
            "Daren Tang recalled that Japan agreed to fund training in patent law.",
            "Daren Tang",
            "Japan",
            "commitment",
        ),
        (
            (
                "The director said that the commissioner had announced that Estonia would cut "
                "trademark fees."
            ),
            "commissioner",
            "Estonia",
            "commitment",
        ),
    ],
)
def test_nested(sentence: str, speaker: str, actor: str, modality: str) -> None:
    """In speech within speech the innermost source is the speaker, the innermost force counts."""
    found = one(sentence)
    assert found.speaker is not None
    assert (found.speaker.text, names(found.actors), found.modality) == (
        speaker,
        [actor],
        modality,
    )


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            (
                "Daren Tang said that WIPO will expand training. WIPO will also publish a guide to "
                "trade secrets."
            ),
            ["Daren Tang", "Daren Tang"],
        ),
        (
            (
                "Xi Jinping announced that China will protect trademarks. The country will also "
                "reduce patent fees."
            ),
            ["Xi Jinping", "Xi Jinping"],
        ),
        (
            (
                '"Chile will join the treaty on designs," the minister said. "It will cut '
                "trademark "
                'fees as well."'
            ),
            ["minister", "minister"],
        ),
        (
            (
                "The minister indicated that Oman will amend its patent law. "
                "Judges will be trained in copyright. Penalties for piracy will be raised."
            ),
            ["minister", "minister", "minister"],
        ),
    ],
)
def test_goes_on_in_the_paragraph(text: str, speakers: list[str]) -> None:
    """Sentences after "X said that …" in the same paragraph are X's words too."""
    assert [s.speaker.text for s in read(text) if s.speaker] == speakers


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            (
                "Daren Tang said that WIPO will expand patent training.\n\nKenya will join the "
                "Hague "
                "Agreement."
            ),
            ["Daren Tang", None],
        ),
        (
            (
                "The minister said that Oman will amend its patent law.\n\nThe trademark office "
                "will "
                "publish guidelines."
            ),
            ["minister", None],
        ),
        (
            (
                "Peru will protect plant varieties.\n\nThe director added that Chile will cut "
                "patent "
                "fees."
            ),
            [None, "director"],
        ),
    ],
)
def test_ends_with_the_paragraph(text: str, speakers: list[str | None]) -> None:
    """A new paragraph without a source is the document's own voice again."""
    assert [s.speaker.text if s.speaker else None for s in read(text)] == speakers


@pytest.mark.parametrize(
    "sentence",
    [
        "Brazil agreed to share search reports.",
        "Japan and Laos decided to set up a patent hotline.",
        "Bolivia pledged to protect traditional knowledge.",
        "Kuwait vowed to eradicate counterfeiting.",
        "Panama will modernise its trademark register.",
    ],
)
def test_agreeing_is_not_saying(sentence: str) -> None:
    """Whoever agrees, decides, pledges or vows is an actor, not a speaker."""
    assert one(sentence).speaker is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The report says that Kenya will amend its patent law.",
        "The report recommends that members protect trade secrets.",
        "The treaty states that members shall protect designs.",
    ],
)
def test_texts_do_not_speak(sentence: str) -> None:
    """A source that is a text is no speaker."""
    assert one(sentence).speaker is None


@pytest.mark.parametrize(
    ("sentence", "speaker", "behalf"),
    [
        ("Xi Jinping said that China will protect trademarks.", "xi-jinping", "CHN"),
        ("President Xi Jinping said that China will protect trademarks.", "xi-jinping", "CHN"),
        ("Daren Tang said that members will share patent data.", "daren-tang", "WIPO"),
        (
            "WIPO Director General Daren Tang said that members will share patent data.",
            "daren-tang",
            "WIPO",
        ),
        ("WIPO said that members will share patent data.", "WIPO", None),
    ],
)
def test_on_behalf_of(sentence: str, speaker: str, behalf: str | None) -> None:
    """An officeholder speaks for the state or body, a body in its own name."""
    found = one(sentence)
    assert found.speaker is not None
    assert (found.speaker.id, found.speaker.on_behalf_of) == (speaker, behalf)
