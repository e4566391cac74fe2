"""Whatever a model says, only words of the text, known codes and dates become a statement."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.extract.reading import document

from comity.extract.llm.anchors import Anchored, anchor
from comity.extract.llm.answers import Reading
from comity.extract.llm.passages import Passage, passages
from comity.model import Statement

TEXT = """Norland will protect patents. Sudmark, at the request of Norland, will protect patents.

Sudmark said that Norland would cut fees by May 2025, on a voluntary basis, for inventors.
"""


def reading(evidence: str, **fields: Any) -> Reading:
    """An entry of an answer, with what a model leaves out filled in."""
    lists = ("actors", "areas", "counterparts", "beneficiaries", "constrained")
    known: dict[str, Any] = {
        "evidence": evidence,
        "before": "",
        "speaker": None,
        "action": "protect",
        "action_text": "",
        "object": "",
        "measure_type": "unspecified",
        "direction": "unspecified",
        "modality": "commitment",
        "negated": False,
        **dict.fromkeys((*lists, "principles", "conditions"), ()),
        **dict.fromkeys(("deadline", "effective_from", "effective_to")),
    }
    return cast("Reading", SimpleNamespace(**{**known, **fields}))


def held(*readings: Reading, text: str = TEXT) -> Anchored:
    """What becomes of some entries about a whole text."""
    return anchor(document(text), Passage(0, len(text)), readings, "llm/1+toy")


def one(*readings: Reading, text: str = TEXT) -> Statement:
    """The only statement that some entries make."""
    found = held(*readings, text=text)
    assert not found.faults
    (statement,) = found.statements
    return statement


def fault(*readings: Reading) -> str:
    """Why the only entry at fault was not taken."""
    (found,) = held(*readings).faults
    return found.reason


# -- evidence --------------------------------------------------------------------------------


def test_evidence_is_found_in_the_text() -> None:
    """Offsets are computed; white space around the words does not matter."""
    found = one(reading(" cut fees by May 2025\n"))
    assert found.quote == TEXT[found.start : found.end] == "cut fees by May 2025"


@pytest.mark.parametrize("words", ["cut fee by May", "Cut fees by May", "cut  fees", "", "  "])
def test_evidence_must_be_exact(words: str) -> None:
    """Other letters, case or spaces than the text has: the entry does not hold."""
    assert "these words" in fault(reading(words)) or "no evidence" in fault(reading(words))


def test_evidence_must_be_of_the_passage() -> None:
    """Words of another passage do not count."""
    first, second = passages(TEXT, 90)
    found = anchor(document(TEXT), first, [reading("cut fees by May 2025")], "llm/1+toy")
    assert not found.statements and len(found.faults) == 1
    assert anchor(document(TEXT), second, [reading("cut fees")], "llm/1+toy").statements


def test_entries_come_in_the_order_of_the_text() -> None:
    """Of several places the first after the entry before is meant."""
    found = held(reading("at the request of Norland"), reading("protect patents"))
    assert [s.start for s in found.statements] == [TEXT.index("at the"), TEXT.rindex("protect")]


def test_what_stands_before_decides() -> None:
    """Words in front of the evidence tell one place from another."""
    lead = "at the request of Norland, will"
    assert one(reading("protect patents", before=lead)).start == TEXT.rindex("protect")
    assert one(reading("protect patents", before="no such words")).start == TEXT.index("protect")


def test_the_same_words_twice_are_two_places() -> None:
    """An entry that is given again stands for the next place, until there is none."""
    again = reading("protect patents", object="patents")
    found = held(again, again, again)
    assert [s.start for s in found.statements] == [TEXT.index("protect"), TEXT.rindex("protect")]
    assert [(f.reason, f.repeats) for f in found.faults] == [("this repeats an entry", True)]


def test_two_acts_in_one_clause_have_two_ids() -> None:
    """The same words may carry two statements, each with an id of its own."""
    first, second = reading("cut fees"), reading("cut fees", action="reduce")
    found = held(first, second).statements
    assert found[0].start == found[1].start and found[0].id != found[1].id


def test_whole_words_come_first() -> None:
    """A place that cuts a word in two is taken only when there is no other."""
    text = "They will repatent it. Norland will patent it."
    assert one(reading("patent it"), text=text).start == text.rindex("patent")


# -- names and words -------------------------------------------------------------------------


def test_the_nearest_name_before_is_the_actor() -> None:
    """A name that stands in several places is the one before the verb."""
    found = one(reading("cut fees", actors=["Norland"], speaker="Sudmark"))
    assert [m.start for m in found.actors] == [TEXT.rindex("Norland")]
    assert found.speaker is not None and found.speaker.start == TEXT.rindex("Sudmark")


def test_others_are_sought_in_the_clause_first() -> None:
    """Those for whom it is done stand in the clause, if they can."""
    evidence = "cut fees by May 2025, on a voluntary basis, for inventors"
    found = one(reading(evidence, beneficiaries=["inventors"]))
    assert [m.text for m in found.beneficiaries] == ["inventors"]


def test_a_name_is_a_whole_word() -> None:
    """ "Nor" is not found in "Norland"."""
    assert fault(reading("cut fees", actors=["Nor"])) == "the text does not have its actor 'Nor'"


def test_scripts_without_spaces() -> None:
    """In Chinese a word may end between any two letters."""
    text = "中国将加强专利保护，日本将加强商标保护。"
    found = one(reading("加强商标保护", actors=["日本"], action="加强"), text=text)
    assert [(m.text, m.start) for m in found.actors] == [("日本", 10)]


def test_mentions_have_no_ids() -> None:
    """Who a name stands for is the linker's to say."""
    found = one(reading("cut fees", actors=["Norland"], speaker="Sudmark"))
    assert {m.id for _, m in found.mentions()} == {None}


UNANCHORED: dict[str, tuple[dict[str, Any], str]] = {
    "an actor": ({"actors": ["Ruritania"]}, "actor 'Ruritania'"),
    "a speaker": ({"speaker": "Xi"}, "speaker 'Xi'"),
    "an object": ({"object": "tariffs"}, "object 'tariffs' does not stand there"),
    "a verb of another clause": ({"action_text": "protect"}, "action_text 'protect'"),
    "a principle": ({"principles": ["by law"]}, "principle 'by law'"),
    "a condition": ({"conditions": ["if asked"]}, "condition 'if asked'"),
    "a day in words": ({"deadline": "May 2025"}, "deadline 'May 2025' is no date"),
    "a day that is none": ({"deadline": "2025-02-30"}, "is no date"),
    "a month that is none": ({"effective_from": "2025-13"}, "is no date"),
    "a short year": ({"effective_to": "25"}, "is no date"),
    "no verb": ({"action": ""}, "is no verb in its dictionary form"),
    "an address for a verb": ({"action": "https://example.org"}, "is no verb"),
    "a sentence for a verb": ({"action": "cut all the fees at once"}, "is no verb"),
}


@pytest.mark.parametrize("what", UNANCHORED)
def test_what_is_not_in_the_text(what: str) -> None:
    """Names, phrases and dates that the text or the calendar lacks: the entry does not hold."""
    fields, reason = UNANCHORED[what]
    assert reason in fault(reading("cut fees", **fields))


@pytest.mark.parametrize("day", ["2025", "2025-05", "2025-05-09", "--05-09"])
def test_dates(day: str) -> None:
    """A date is as precise as it is."""
    assert one(reading("cut fees", deadline=day)).deadline == day


def test_verbs_have_particles_and_any_letters() -> None:
    """ "step up", "co-operate" and verbs of other languages are dictionary forms."""
    for verb in ("step up", "co-operate", "protéger", "保护"):
        assert one(reading("cut fees", action=verb)).action == verb


# -- whatever a model says -------------------------------------------------------------------

SCRAPS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(("Norland", "cut fees", "protect patents", "on a voluntary basis", "\ud800")),
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, 30)).map(lambda p: TEXT[p[0] : sum(p)]),
)
LISTS = st.lists(SCRAPS, max_size=2)
MAYBE = st.none() | SCRAPS
READINGS = st.builds(
    reading,
    evidence=SCRAPS,
    before=SCRAPS,
    actors=LISTS,
    speaker=MAYBE,
    action=st.sampled_from(("cut", "step up")) | SCRAPS,
    action_text=SCRAPS,
    object=SCRAPS,
    counterparts=LISTS,
    beneficiaries=LISTS,
    constrained=LISTS,
    principles=LISTS,
    conditions=LISTS,
    deadline=MAYBE | st.just("2025-05"),
)


@given(st.lists(READINGS, max_size=4))
def test_nothing_but_words_of_the_text(readings: list[Reading]) -> None:
    """Every word of every statement stands in the text, at the place that it names."""
    found = held(*readings)
    assert len(found.statements) + len(found.faults) == len(readings)
    for statement in found.statements:
        assert statement.quote == TEXT[statement.start : statement.end] != ""
        for _, mention in statement.mentions():
            assert mention.text == TEXT[mention.start : mention.end] and mention.id is None
        for words in (
            statement.object,
            statement.action_text,
            *statement.principles,
            *statement.conditions,
        ):
            assert words in TEXT
        assert statement.action.replace(" ", "").replace("-", "").replace("'", "").isalpha()
    assert len({s.id for s in found.statements}) == len(found.statements)


# -- passages --------------------------------------------------------------------------------


@given(
    st.lists(
        st.text("ab. \n中", max_size=80) | st.just("\n\n") | st.just("Norland will act. "),
        max_size=30,
    ).map("".join),
    st.integers(20, 200),
)
def test_passages_hold_every_word_once(text: str, longest: int) -> None:
    """Passages do not overlap, none is too long, and what they leave out has no letter."""
    found = passages(text, longest)
    ends = [place for p in found for place in (p.start, p.end)]
    assert ends == sorted(ends) and all(0 < p.end - p.start <= longest for p in found)
    left = [text[a:b] for a, b in zip([0, *ends[1::2]], [*ends[::2], len(text)], strict=True)]
    assert not any(char.isalpha() for part in left for char in part)


def test_paragraphs_stay_whole_where_they_can() -> None:
    """Short paragraphs are put together; a long one is cut between sentences."""
    long = "One is here. Two is there. Three is nowhere. "
    text = f"Title\n\nShort.\n\n{long * 3}"
    assert next(text[p.start : p.end] for p in passages(text, 60)) == "Title\n\nShort."
    assert all(text[p.start : p.end].endswith(".") for p in passages(text, 60))


def test_a_passage_knows_what_stands_before() -> None:
    """A piece of the text before is shown with a passage, so that "it" can be understood."""
    first, second = passages(TEXT, 90)
    assert first.before == "" and second.before == TEXT[: first.end]


def test_documents_without_letters_have_no_passages() -> None:
    """Nobody is asked about figures."""
    assert passages("1 2 3\n\n—\n", 100) == [] and passages("", 100) == []
