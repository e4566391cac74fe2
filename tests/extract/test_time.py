"""When it is to be done, from when it holds, when it was said."""

from __future__ import annotations

import pytest

from .reading import one


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("Kenya will amend its patent law.", "2023-05-03"),
        ("Peru has ratified the Marrakesh Treaty.", "2023-05-03"),
        ("The minister said that Oman would cut trademark fees.", "2023-05-03"),
    ],
)
def test_date(sentence: str, date: str) -> None:
    """What a document says is said on the document's date."""
    assert one(sentence, date=date).date == date


@pytest.mark.parametrize(
    "sentence",
    [
        "Kenya will amend its patent law within 30 days of signature.",
        "Peru will expand patent training over the next five years.",
        "Chile will publish its trademark register in due course.",
        "Norway will cut patent fees soon.",
    ],
)
def test_no_calendar(sentence: str) -> None:
    """What no calendar can hold sets no date."""
    found = one(sentence)
    assert (found.deadline, found.effective_from, found.effective_to) == (None, None, None)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Kenya will amend its patent law by 2025.", "its patent law"),
        ("Peru signed a treaty on designs in May.", "a treaty on designs"),
        ("Chile will publish its trademark register next year.", "its trademark register"),
        ("Norway will cut patent fees in 2026.", "patent fees"),
    ],
)
def test_time_is_no_object(sentence: str, words: str) -> None:
    """Time is no part of the object."""
    assert one(sentence).object == words


@pytest.mark.parametrize(
    ("event", "place"),
    [("Seventh Patent Forum", "Nairobi"), ("Lakeland Talks", "Lima"), ("Design Week", "Oslo")],
)
def test_event_and_place(event: str, place: str) -> None:
    """What is said at an event has the event and place of its document."""
    found = one("Kenya will protect trade secrets.", event=event, place=place)
    assert (found.event, found.place) == (event, place)


@pytest.mark.parametrize(
    ("sentence", "deadline"),
    [
        ("Kenya will amend its patent law by 2025.", "2025"),
        ("Peru will join the Hague Agreement by June 2024.", "2024-06"),
        ("Chile shall publish its trademark register by 1 March 2026.", "2026-03-01"),
        ("Norway will digitise its patent files before 2027.", "2027"),
    ],
)
def test_deadlines(sentence: str, deadline: str) -> None:
    """By, before and no later than set the deadline, no more precise than the text."""
    assert one(sentence).deadline == deadline


@pytest.mark.parametrize(
    ("sentence", "start"),
    [
        ("From 2025 Kenya will protect trade secrets.", "2025"),
        ("Norway will cut patent fees as of 1 July 2023.", "2023-07-01"),
    ],
)
def test_effective_from(sentence: str, start: str) -> None:
    """From, as of and "enters into force on" set the day from which it holds."""
    assert one(sentence).effective_from == start


@pytest.mark.parametrize(
    ("sentence", "end"),
    [
        ("Members may exclude plant varieties until 2033.", "2033"),
        ("Kenya may delay patent protection until 1 January 2030.", "2030-01-01"),
        ("Least developed countries are free to limit patents until July 2034.", "2034-07"),
    ],
)
def test_effective_to(sentence: str, end: str) -> None:
    """Until sets the day up to which it holds."""
    assert one(sentence).effective_to == end
