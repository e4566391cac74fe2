"""Refusals, prohibitions and double negation."""

from __future__ import annotations

import pytest

from .reading import measure, names, one


@pytest.mark.parametrize(
    ("sentence", "action", "modality"),
    [
        ("Norway will not join the Hague Agreement.", "join", "commitment"),
        ("Chile will not extend the term of patents.", "extend", "commitment"),
        ("Fiji does not plan to amend its copyright law.", "amend", "intention"),
        ("Oman has not signed the Beijing Treaty.", "sign", "report"),
        ("Members are not obliged to protect utility models.", "protect", "permission"),
        ("Members are not required to register copyright.", "register", "permission"),
        ("The minister asked members not to raise patent fees.", "raise", "recommendation"),
    ],
)
def test_refusals(sentence: str, action: str, modality: str) -> None:
    """A measure that is refused, or that someone is freed of, is negated and keeps its force."""
    found = one(sentence)
    assert (found.action, found.negated, found.modality) == (action, True, modality)


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("No Party may force firms to hand over technology.", "prohibition"),
        ("Parties shall not require the transfer of technology.", "prohibition"),
        ("China will never allow forced technology transfer.", "commitment"),
        ("India will not tolerate online piracy.", "commitment"),
        ("The Parties shall not discriminate against foreign patent owners.", "prohibition"),
        ("Members must not impose formalities on copyright.", "prohibition"),
        ("Brazil will put an end to the sale of counterfeit goods.", "commitment"),
        ("Japan will ban the sale of counterfeit goods.", "commitment"),
        ("Members shall refrain from requiring the transfer of technology.", "obligation"),
        ("China will never engage in forced technology transfer.", "commitment"),
        ("Kenya will not engage in the theft of trade secrets.", "commitment"),
    ],
)
def test_prohibitions_of_a_practice(sentence: str, modality: str) -> None:
    """A practice that is forbidden is prohibition, abolish, and not negated."""
    found = one(sentence)
    assert (measure(found), found.negated, found.modality) == (
        "prohibition.abolish",
        False,
        modality,
    )


@pytest.mark.parametrize(
    ("sentence", "actor", "action"),
    [
        (
            "No Party shall be prevented from protecting traditional knowledge.",
            "Party",
            "protect",
        ),
        (
            "Members are not prevented from limiting copyright.",
            "Members",
            "limit",
        ),
        (
            "Nothing in this chapter prevents Members from granting compulsory licences.",
            "Members",
            "grant",
        ),
        (
            "The treaty does not prohibit Parties from extending the term of designs.",
            "Parties",
            "extend",
        ),
    ],
)
def test_double_negation(sentence: str, actor: str, action: str) -> None:
    """Whoever is not to be kept from something has leave to do it: permission, not negated."""
    found = one(sentence)
    assert (names(found.actors), found.action, found.modality, found.negated) == (
        [actor],
        action,
        "permission",
        False,
    )


@pytest.mark.parametrize(
    ("sentence", "actor", "action"),
    [
        ("Parties are prohibited from requiring source code.", "Parties", "require"),
        ("Members are barred from limiting patents.", "Members", "limit"),
        ("The law prohibits platforms from selling counterfeit goods.", "platforms", "sell"),
    ],
)
def test_bars(sentence: str, actor: str, action: str) -> None:
    """ "Prohibited from doing X" is a prohibition of X for the one who is barred."""
    found = one(sentence)
    assert (names(found.actors), found.action, found.modality) == ([actor], action, "prohibition")


@pytest.mark.parametrize(
    ("sentence", "negated"),
    [
        ("Norway will protect patents, not trademarks.", False),
        ("Norway, which is not a member, will protect patents.", False),
        ("Norway will protect patents without delay.", False),
        ("Norway will not only protect patents.", False),
    ],
)
def test_not_elsewhere(sentence: str, negated: bool) -> None:
    """A "not" that belongs to other words does not negate the measure."""
    assert one(sentence).negated is negated


@pytest.mark.parametrize(
    "sentence",
    [
        "India opposes the forced transfer of technology.",
        "Brazil opposes the abuse of patents.",
        "Kenya opposes trade secret theft.",
    ],
)
def test_oppose(sentence: str) -> None:
    """Opposition to a bad practice is an act itself, and not negated."""
    found = one(sentence)
    assert (found.action, found.negated) == ("oppose", False)


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("Norway and Chile will not join the Hague Agreement.", "join"),
        ("Neither office will raise its patent fees.", "raise"),
        ("Kenya has never extended the term of designs.", "extend"),
        ("The office won't publish trademark data.", "publish"),
    ],
)
def test_words_of_negation(sentence: str, action: str) -> None:
    """ "Not", "never", "neither" and a contraction negate alike."""
    found = one(sentence)
    assert (found.action, found.negated) == (action, True)


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("Peru refused to sign the treaty on designs.", "sign"),
        ("Kenya ruled out joining the Madrid Protocol.", "join"),
        ("Malta declined to ratify the patent treaty.", "ratify"),
        ("Serbia will refuse to extend the term of patents.", "extend"),
    ],
)
def test_verbs_of_refusal(sentence: str, action: str) -> None:
    """What is refused, declined or ruled out is the action, and negated."""
    found = one(sentence)
    assert (found.action, found.negated) == (action, True)


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("The minister said that Norway would not sign the treaty on designs.", "sign"),
        ("Fiji decided not to sign the treaty on designs.", "sign"),
        ("Neither Peru nor Chile will extend the term of patents.", "extend"),
        ("Oman will never leave the Berne Convention.", "leave"),
        ("The EU will under no circumstances join the treaty on trade secrets.", "join"),
        ("Chile no longer protects utility models.", "protect"),
        ("Samoa decided against joining the Hague Agreement.", "join"),
    ],
)
def test_roundabout_refusals(sentence: str, action: str) -> None:
    """A refusal put in other words than "not" is negated too."""
    found = one(sentence)
    assert (found.action, found.negated) == (action, True)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Members shall not lower the protection of designs.", "rights-protection.maintain"),
        ("No Party shall weaken the protection of trade secrets.", "rights-protection.maintain"),
        (
            "Parties shall not reduce the level of copyright protection.",
            "rights-protection.maintain",
        ),
    ],
)
def test_good_things_stay(sentence: str, expected: str) -> None:
    """When it is forbidden to lessen something, the net effect is that it is kept."""
    assert measure(one(sentence)) == expected
