"""Speeches, interviews, several speakers, and quotations that go on."""

from __future__ import annotations

import pytest

from .reading import names, one, read


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Speech by Daren Tang", "We will expand training in patent law."),
        ("Opening speech by Daren Tang in Geneva", "I pledge to protect traditional knowledge."),
        ("Remarks by Daren Tang", "We must strengthen copyright enforcement."),
        ("Speech by Daren Tang", "Kenya will join the Hague Agreement."),
    ],
)
def test_speeches(title: str, text: str) -> None:
    """In a speech the person named in the title is the speaker throughout."""
    found = one(text, title=title, type="speech")
    assert found.speaker is not None
    assert found.speaker.text == "Daren Tang"


@pytest.mark.parametrize(
    ("text", "speaker", "actions"),
    [
        (
            (
                "Q: Will Latvia change its patent law?\nMinister Ozols: Latvia will amend its "
                "patent "
                "law. Fees for designs will be cut."
            ),
            "Minister Ozols",
            ["amend", "cut"],
        ),
        (
            (
                "Question: What comes next?\nMaria Tavares: The office will publish its trademark "
                "guidelines."
            ),
            "Maria Tavares",
            ["publish"],
        ),
        (
            (
                "Q: Will you raise the fees?\nMaria Tavares: We will reduce patent fees.\nQ: And "
                "training?\nMaria Tavares: We will expand training in copyright."
            ),
            "Maria Tavares",
            ["reduce", "expand"],
        ),
    ],
)
def test_interviews(text: str, speaker: str, actions: list[str]) -> None:
    """Questions hold no statements; whoever answers is the speaker of the whole answer."""
    found = read(text, type="interview")
    assert [(s.speaker.text if s.speaker else None, s.action) for s in found] == [
        (speaker, action) for action in actions
    ]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            (
                "Daren Tang said that WIPO will expand training in patents. Xi Jinping said that "
                "China "
                "will protect trademarks."
            ),
            ["Daren Tang", "Xi Jinping"],
        ),
        (
            (
                "The minister said that Malta will cut trademark fees.\n\nThe commissioner said "
                "that "
                "Cyprus will train patent judges."
            ),
            ["minister", "commissioner"],
        ),
        (
            (
                "Xi Jinping said that China will protect trademarks.\n\nChina will also cut patent "
                "fees, Daren Tang said."
            ),
            ["Xi Jinping", "Daren Tang"],
        ),
    ],
)
def test_several_speakers(text: str, speakers: list[str]) -> None:
    """Each source speaks until the next is named."""
    assert [s.speaker.text for s in read(text) if s.speaker] == speakers


@pytest.mark.parametrize(
    ("text", "actions", "speaker"),
    [
        (
            'The director said: "We will publish the trademark register. We will cut patent fees."',
            ["publish", "cut"],
            "director",
        ),
        (
            'Daren Tang said, "WIPO will expand patent training. It will share search reports."',
            ["expand", "share"],
            "Daren Tang",
        ),
        (
            (
                '"Jordan will open a patent court," the minister said. "Jordan will also protect '
                'trade secrets."'
            ),
            ["open", "protect"],
            "minister",
        ),
        (
            (
                'Daren Tang stated: "Members should join the Madrid Protocol. They should protect '
                'designs. They should publish patent data."'
            ),
            ["join", "protect", "publish"],
            "Daren Tang",
        ),
        (
            (
                '"Jordan will open a patent court," the minister said. "Judges will be trained in '
                'trade secrets."'
            ),
            ["open", "train"],
            "minister",
        ),
    ],
)
def test_quotations_across_sentences(text: str, actions: list[str], speaker: str) -> None:
    """A quotation of several sentences has one speaker throughout."""
    assert [(s.action, s.speaker.text if s.speaker else None) for s in read(text)] == [
        (action, speaker) for action in actions
    ]


@pytest.mark.parametrize(
    ("sentence", "speaker", "actor"),
    [
        (
            (
                "Speaking at a forum in Geneva on Tuesday, Daren Tang said that members will share "
                "patent data."
            ),
            "Daren Tang",
            "members",
        ),
        (
            "Xi Jinping told delegates in Shanghai that China will protect trade secrets.",
            "Xi Jinping",
            "China",
        ),
        (
            "In a statement, the commissioner said the European Union will cut trademark fees.",
            "commissioner",
            "European Union",
        ),
        (
            "The minister said Peru will publish its patent register.",
            "minister",
            "Peru",
        ),
        (
            (
                "The deputy director of the trademark office said that Chile will train customs "
                "officers."
            ),
            "deputy director of the trademark office",
            "Chile",
        ),
        (
            (
                "The prime minister pointed out that Fiji has protected traditional knowledge "
                "since "
                "2010."
            ),
            "prime minister",
            "Fiji",
        ),
    ],
)
def test_words_around_the_source(sentence: str, speaker: str, actor: str) -> None:
    """Time, place and audience of the words change nothing about who says them."""
    found = one(sentence)
    assert found.speaker is not None
    assert (found.speaker.text, names(found.actors)) == (speaker, [actor])


@pytest.mark.parametrize(
    ("sentence", "actor", "action", "modality"),
    [
        ("It was agreed that Kenya will share patent data.", "Kenya", "share", "commitment"),
        (
            "It is essential for members to publish patent data.",
            "members",
            "publish",
            "recommendation",
        ),
        (
            "Members are called upon to ratify the Beijing Treaty.",
            "Members",
            "ratify",
            "recommendation",
        ),
        (
            "The ministers stressed the need to strengthen copyright enforcement.",
            "",
            "strengthen",
            "recommendation",
        ),
    ],
)
def test_impersonal(sentence: str, actor: str, action: str, modality: str) -> None:
    """Where nobody is named who asks, who is to act is still told by the inner clause."""
    found = one(sentence)
    assert (", ".join(names(found.actors)), found.action, found.modality) == (
        actor,
        action,
        modality,
    )
