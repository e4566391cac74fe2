"""Whole sentences in the manner of speeches, communiqués, treaties and news."""

from __future__ import annotations

import pytest

from .reading import names, read

Act = tuple[str, str, str]


def acts(text: str) -> list[Act]:
    """Actors, action and modality of each statement."""
    return [(", ".join(names(s.actors)), s.action, s.modality) for s in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Trade Minister Ana Vula said the government had decided to overhaul the country's "
                "trademark law and would table a bill before the end of the year."
            ),
            [("government", "overhaul", "commitment"), ("government", "table", "commitment")],
        ),
        (
            (
                "Starting next year, Thailand is going to scrap the fee for patents filed by "
                "universities."
            ),
            [("Thailand", "scrap", "commitment")],
        ),
        (
            "The cabinet on Thursday approved a plan to speed up the examination of green patents.",
            [("cabinet", "approve", "report")],
        ),
        (
            (
                "Under the deal, which took nine months to negotiate, Fiji will recognise patents "
                "granted in Singapore."
            ),
            [("Fiji", "recognise", "commitment")],
        ),
        (
            "Police seized 4,000 counterfeit phones in Lagos last week, the trademark office said.",
            [("Police", "seize", "report")],
        ),
        (
            (
                "After years of delay, parliament passed a law that makes camcording in cinemas a "
                "crime."
            ),
            [("parliament", "pass", "report")],
        ),
        (
            "Jordan's patent office is teaming up with its Omani counterpart to train examiners.",
            [("Jordan's patent office", "train", "report")],
        ),
    ],
)
def test_news(text: str, expected: list[Act]) -> None:
    """News tells who does what amid time, place and occasion."""
    assert acts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "The Lake States, recalling the Lunden Declaration, have agreed that each State "
                "shall, "
                "within the limits of its law, prevent the unauthorised use of genetic resources."
            ),
            [("State", "prevent", "obligation")],
        ),
        (
            (
                "Neither Party shall be required to disclose information which it considers "
                "contrary "
                "to its essential security interests."
            ),
            [("Party", "disclose", "permission")],
        ),
        (
            (
                "Each Contracting Party shall accord to nationals of other Contracting Parties the "
                "same protection of designs as it accords to its own nationals."
            ),
            [("Contracting Party", "accord", "obligation")],
        ),
        (
            "The term of protection of copyright shall not be less than fifty years.",
            [],
        ),
        (
            (
                "A Party may not make the grant of a patent subject to the local working of the "
                "invention."
            ),
            [("Party", "make", "prohibition")],
        ),
        (
            (
                "Except where the owner objects, the competent authorities shall publish the "
                "application after eighteen months."
            ),
            [("competent authorities", "publish", "obligation")],
        ),
        (
            (
                "No later than two years after the entry into force of this Agreement, each Party "
                "shall provide criminal penalties for the theft of trade secrets."
            ),
            [("Party", "provide", "obligation")],
        ),
        (
            (
                "Nothing in this Article shall prevent a Party from adopting measures to protect "
                "public health."
            ),
            [("Party", "protect", "permission")],
        ),
    ],
)
def test_treaties(text: str, expected: list[Act]) -> None:
    """Articles bind and free their Parties amid reservations and references."""
    assert acts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "The United States reiterated its call for Norland to end the forced transfer of "
                "technology."
            ),
            [("Norland", "end", "recommendation")],
        ),
        (
            (
                "Recognising the needs of small firms, the offices will jointly offer a course on "
                "trade secrets."
            ),
            [("offices", "offer", "commitment")],
        ),
        (
            (
                "The sides exchanged views on bad-faith trademark filings and agreed that a "
                "working "
                "group would be set up."
            ),
            [("sides", "exchange", "report"), ("", "set up", "commitment")],
        ),
        (
            (
                "The Commission was asked by the Council to explore an agreement on geographical "
                "indications with Viet Nam."
            ),
            [("Commission", "explore", "recommendation")],
        ),
    ],
)
def test_communiques(text: str, expected: list[Act]) -> None:
    """Communiqués mix decisions, appeals and hopes in one sentence."""
    assert acts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Let me be clear: we will not tolerate the theft of trade secrets.",
            [("we", "tolerate", "commitment")],
        ),
        (
            "That is why I have instructed the patent office to cut its fees by half.",
            [("patent office", "cut", "obligation")],
        ),
        (
            (
                "Ladies and gentlemen, my government stands ready to fund training in patent law "
                "for "
                "its neighbours."
            ),
            [("my government", "fund", "intention")],
        ),
        (
            "I hope that all of our partners will join the Hague Agreement.",
            [("our partners", "join", "aspiration")],
        ),
        (
            (
                "First, we will double the number of patent examiners. Second, we will publish "
                "every "
                "decision on trademarks."
            ),
            [("we", "double", "commitment"), ("we", "publish", "commitment")],
        ),
        (
            "I therefore call upon the members of this assembly to protect traditional knowledge.",
            [("members of this assembly", "protect", "recommendation")],
        ),
        (
            "Our doors are open, and we shall keep lowering the barriers to foreign patents.",
            [("we", "lower", "obligation")],
        ),
    ],
)
def test_speeches(text: str, expected: list[Act]) -> None:
    """Speeches promise and appeal in the first person."""
    assert [(a.lower(), b, c) for a, b, c in acts(text)] == expected
