"""The passive: who acts, what is acted on, and where the span begins."""

from __future__ import annotations

import pytest

from .reading import names, one, read


@pytest.mark.parametrize(
    "sentence",
    [
        "Controls on counterfeit goods will be tightened.",
        "Fees for patent applications will be cut in half.",
        "Efforts to protect copyright will be intensified.",
        "A joint patent database will be set up next year.",
        "The penalties for trademark infringement were raised in March.",
        "Training in patent examination should be expanded.",
        "Trade secrets must be protected.",
    ],
)
def test_no_agent(sentence: str) -> None:
    """A passive without "by" has no actor, whoever may be meant."""
    assert names(one(sentence).actors) == []


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("The patent treaty was ratified by Mongolia.", ["Mongolia"]),
        (
            (
                "Search reports will be shared by the Japan Patent Office and the European Patent "
                "Office."
            ),
            ["Japan Patent Office", "European Patent Office"],
        ),
        ("A memorandum on trade secrets was signed by Laos and Cambodia.", ["Laos", "Cambodia"]),
        ("Copyright enforcement must be stepped up by all members.", ["members"]),
        ("New guidelines on patent examination were published by WIPO.", ["WIPO"]),
    ],
)
def test_agent(sentence: str, actors: list[str]) -> None:
    """The agent after "by" is the actor of a passive."""
    assert names(one(sentence).actors) == actors


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "The term of protection for designs will be extended.",
            "The term of protection for designs",
        ),
        ("Cooperation in patent training will be deepened.", "Cooperation in patent training"),
        ("The Copyright Act was amended by Malta in June.", "The Copyright Act"),
        ("Penalties for piracy shall be increased.", "Penalties for piracy"),
    ],
)
def test_object_is_the_subject(sentence: str, words: str) -> None:
    """The grammatical subject of a passive is the object, and the span begins with it."""
    found = one(sentence)
    assert found.object == words
    assert found.quote.startswith(words)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        (
            "Fees for small firms will be cut in half.",
            "Fees for small firms will be cut in half",
        ),
        (
            "Patent data shall be exchanged every month.",
            "Patent data shall be exchanged every month",
        ),
        (
            "The trademark law was revised by Oman in 2020.",
            "The trademark law was revised by Oman in 2020",
        ),
        (
            "Copyright exceptions should be harmonised.",
            "Copyright exceptions should be harmonised",
        ),
    ],
)
def test_span(sentence: str, quote: str) -> None:
    """The span of a passive runs from its subject to its end, without the full stop."""
    assert one(sentence).quote == quote


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The Patent Law Treaty enters into force on 1 March 2024.", "The Patent Law Treaty"),
        ("The amended copyright act took effect in July.", "The amended copyright act"),
        ("Cooperation in trademark matters has deepened.", "Cooperation in trademark matters"),
        ("The protocol on designs came into force in 2019.", "The protocol on designs"),
        (
            "The agreement on geographical indications will enter into force in May.",
            "The agreement on geographical indications",
        ),
    ],
)
def test_verbs_of_change(sentence: str, words: str) -> None:
    """With a verb whose subject is what changes, the subject is the object and nobody the actor."""
    found = one(sentence)
    assert (found.object, names(found.actors)) == (words, [])


@pytest.mark.parametrize(
    ("sentence", "actions"),
    [
        (
            "The patent register will be digitised and the copyright law will be revised.",
            ["digitise", "revise"],
        ),
        (
            "Trademark fees were cut and patent examination was sped up.",
            ["cut", "speed up"],
        ),
        (
            "Trade secrets must be protected, and penalties for piracy must be raised.",
            ["protect", "raise"],
        ),
        ("Patent training will be expanded and will be funded by WIPO.", ["expand", "fund"]),
        (
            "Patent fees will be reduced and trademark procedures simplified.",
            ["reduce", "simplify"],
        ),
        (
            "Counterfeit goods shall be seized and destroyed.",
            ["seize", "destroy"],
        ),
        ("Copyright exceptions should be reviewed and harmonised.", ["review", "harmonise"]),
    ],
)
def test_coordinated(sentence: str, actions: list[str]) -> None:
    """Coordinated passives are a statement each."""
    assert [s.action for s in read(sentence)] == actions
