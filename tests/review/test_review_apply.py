"""Laying decisions over statements: where each belongs, and what becomes of the statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.review.making import decided, document_of, readable, statement_of
from tests.strategies import documents

from comity.model import Document, Mention, Statement
from comity.review.apply import Applied, apply
from comity.review.corrections import Correction, Corrections, decide

TEXT = (
    "Notice\n\nPeru will strengthen the protection of trade secrets. Chile hopes to join the "
    "treaty. Both offices agreed to exchange data and to train examiners."
)
DOCUMENT = document_of(TEXT, file="notice.txt")
PERU = Mention("Peru", "PER", 8, 12)
FOUND = statement_of(
    DOCUMENT, "strengthen the protection of trade secrets", action="strengthen", actors=(PERU,)
)
JOIN = statement_of(DOCUMENT, "join the treaty", action="join", modality="aspiration")


def lay(
    made: Sequence[Correction], found: Sequence[Statement], document: Document = DOCUMENT
) -> Applied:
    """Decisions laid over the statements of one document."""
    return apply(Corrections(tuple(made)), [document], {document.id: found})


def only(applied: Applied) -> Statement:
    """The one statement there is."""
    ((statement,),) = applied.statements.values()
    return statement


def codes(applied: Applied) -> list[str]:
    """Why decisions were set aside."""
    return [r.code for r in applied.rejections]


# -- a statement that is found again ---------------------------------------------------------


def test_each_decision_gives_its_status() -> None:
    """Accepted, corrected and rejected statements say so; others are as they were."""
    corrected = decide("correct", replace(FOUND, negated=True), DOCUMENT, before=FOUND)
    for made, status in (
        (decide("accept", FOUND, DOCUMENT), "accepted"),
        (corrected, "corrected"),
        (decide("reject", FOUND, DOCUMENT), "rejected"),
    ):
        applied = lay([made], [FOUND, JOIN])
        first, second = applied.statements[DOCUMENT.id]
        assert (first.id, first.review) == (FOUND.id, status)
        assert second == JOIN and applied.decided == {FOUND.id}


def test_a_persons_reading_wins() -> None:
    """What the extractor reads now gives way to what a person decided on, in every field."""
    right = replace(FOUND, areas=("trade-secrets",), modality="intention")
    made = decide("correct", right, DOCUMENT, before=FOUND)
    now = replace(FOUND, modality="report", actors=(), areas=("patents",), confidence=0.3)
    assert only(lay([made], [now])) == replace(right, review="corrected")


def test_an_accepted_reading_stays() -> None:
    """To accept is to decide on the whole reading: a new extractor does not change it."""
    made = decide("accept", FOUND, DOCUMENT)
    now = replace(FOUND, modality="report", object="protection", extractor="english/2")
    assert only(lay([made], [now])) == replace(FOUND, review="accepted")


def test_a_statement_that_is_no_longer_found_is_put_in() -> None:
    """What a person accepted, corrected or added stands without the extractor."""
    right = replace(FOUND, negated=True)
    for made in (
        decide("accept", FOUND, DOCUMENT),
        decide("correct", right, DOCUMENT, before=FOUND),
        decide("add", FOUND, DOCUMENT),
    ):
        applied = lay([made], [])
        assert only(applied) == made.reading
        assert applied.counts == {"applied": 1, "put in": 1, "set aside": 0}


def test_a_rejected_statement_is_not_put_in() -> None:
    """What was rejected and is no longer found needs nothing done, and is no finding."""
    applied = lay([decide("reject", FOUND, DOCUMENT)], [JOIN])
    assert applied.statements[DOCUMENT.id] == (JOIN,) and not applied.rejections


@pytest.mark.parametrize("decision", ["accept", "reject"])
def test_another_cut_of_the_same_clause_is_the_same_statement(decision: str) -> None:
    """An extractor that cuts the span elsewhere finds no second statement beside a person's."""
    made = decide(decision, FOUND, DOCUMENT)  # type: ignore[arg-type]
    longer = statement_of(DOCUMENT, "will " + FOUND.quote, action="Strengthen")
    statement = only(lay([made], [longer]))
    if decision == "accept":
        assert statement == replace(FOUND, review="accepted")
    else:
        assert statement == replace(longer, review="rejected")


def test_another_action_on_overlapping_words_is_another_statement() -> None:
    """Only a statement with the same action is taken for the one decided on."""
    data = statement_of(DOCUMENT, "exchange data", action="exchange")
    both = statement_of(DOCUMENT, "exchange data and to train examiners", action="train")
    applied = lay([decide("reject", data, DOCUMENT)], [both])
    assert applied.statements[DOCUMENT.id] == (both,)


def test_statements_on_one_span_are_told_apart_by_action() -> None:
    """Ordinals may change with the extractor; the action says which statement was meant."""
    span = "exchange data and to train examiners"
    train = statement_of(DOCUMENT, span, action="train", ordinal=0)
    made = decide("correct", replace(train, negated=True), DOCUMENT, before=train)
    now = [
        statement_of(DOCUMENT, span, action="exchange", ordinal=0),
        statement_of(DOCUMENT, span, action="train", ordinal=1),
    ]
    first, second = lay([made], now).statements[DOCUMENT.id]
    assert (first, second.id, second.negated) == (now[0], now[1].id, True)


def test_a_corrected_action_is_found_by_the_action_before() -> None:
    """A correction of the action itself still meets the statement with the old one."""
    made = decide("correct", replace(FOUND, action="improve"), DOCUMENT, before=FOUND)
    longer = statement_of(DOCUMENT, "will " + FOUND.quote, action="strengthen")
    assert only(lay([made], [longer])).action == "improve"


# -- a text that has changed -----------------------------------------------------------------


def test_a_passage_in_a_changed_text_is_found_by_its_surroundings() -> None:
    """The decision goes along: offsets, ids and mentions are those of the new text."""
    now = document_of("Second edition. " + TEXT, file="notice.txt")
    made = decide("accept", FOUND, DOCUMENT)
    statement = only(lay([made], [], now))
    assert (statement.document, statement.quote) == (now.id, FOUND.quote)
    assert now.quote(statement.start, statement.end) == statement.quote
    (peru,) = statement.actors
    assert (peru.start, peru.end) == (24, 28) and now.quote(24, 28) == "Peru"
    again = statement_of(now, FOUND.quote, action="strengthen", modality="report")
    assert only(lay([made], [again], now)) == statement


def test_words_in_another_context_have_moved() -> None:
    """The same words elsewhere are not taken for the passage: this is told."""
    now = document_of("The plan is to " + FOUND.quote + ", others said.", file="plan.txt")
    applied = lay([decide("accept", FOUND, DOCUMENT)], [], now)
    assert codes(applied) == ["moved"] and not applied.statements[now.id]
    assert "plan.txt" in applied.rejections[0].reason


def test_a_passage_that_stands_twice_is_ambiguous() -> None:
    """Two texts with the same passage and surroundings: nobody guesses which was meant."""
    other = [document_of(TEXT + " First."), document_of(TEXT + " Second.")]
    applied = apply(Corrections((decide("accept", FOUND, DOCUMENT),)), other, {})
    assert codes(applied) == ["ambiguous"]


def test_a_passage_that_is_nowhere_is_gone() -> None:
    """A decision whose text is missing is told, with what was decided."""
    applied = lay([decide("reject", FOUND, DOCUMENT)], [], document_of("Nothing of it."))
    (rejection,) = applied.rejections
    assert (rejection.stage, rejection.code, rejection.statement) == ("review", "gone", FOUND.id)
    assert "reject" in rejection.reason and "strengthen" in rejection.reason


# -- several decisions -----------------------------------------------------------------------


def test_the_later_decision_counts() -> None:
    """Of two decisions on a statement that of the later day counts, and nothing is to be told."""
    first = decide("reject", FOUND, DOCUMENT, date="2026-11-24", reviewer="AB")
    second = decide("accept", FOUND, DOCUMENT, date="2026-11-25", reviewer="CD")
    applied = lay([second, first], [FOUND])
    assert only(applied).review == "accepted" and not applied.rejections


def test_corrections_of_different_fields_add_up() -> None:
    """Two people who corrected different fields are both heard."""
    one = decide("correct", replace(FOUND, negated=True), DOCUMENT, before=FOUND, reviewer="AB")
    two = decide(
        "correct", replace(FOUND, modality="report"), DOCUMENT, before=FOUND, reviewer="CD"
    )
    applied = lay([one, two], [FOUND])
    assert (only(applied).negated, only(applied).modality) == (True, "report")
    assert not applied.rejections


def test_contradictions_of_one_day_are_told() -> None:
    """Decisions of the same day that differ: one is taken, and the other is not dropped."""
    one = decide("accept", FOUND, DOCUMENT, date="2026-11-24", reviewer="AB")
    two = decide("reject", FOUND, DOCUMENT, date="2026-11-24", reviewer="CD")
    applied = lay([one, two], [FOUND])
    assert only(applied).review == "rejected" and codes(applied) == ["conflict"]


def test_a_correction_is_not_undone_by_accepting() -> None:
    """Whoever accepts a reading that another person corrected before is told of it."""
    right = replace(FOUND, modality="report")
    one = decide("correct", right, DOCUMENT, before=FOUND, date="2026-11-24", reviewer="AB")
    two = decide("accept", FOUND, DOCUMENT, date="2026-11-25", reviewer="CD")
    applied = lay([one, two], [FOUND])
    assert only(applied).modality == "report" and codes(applied) == ["conflict"]
    assert "accepts another modality" in applied.rejections[0].reason


def test_a_decision_that_is_superseded_is_past() -> None:
    """Who decides again on the same day overrules themselves."""
    one = decide("reject", FOUND, DOCUMENT, date="2026-11-24")
    two = decide("accept", FOUND, DOCUMENT, date="2026-11-24", supersedes=one.id)
    applied = lay([one, two], [FOUND])
    assert only(applied).review == "accepted" and not applied.rejections


# -- laws ------------------------------------------------------------------------------------


@st.composite
def reviewed(draw: st.DrawFn) -> tuple[Document, list[Statement], list[Correction]]:
    """A document, what was found in it, and decisions on that or on what is no longer found."""
    document = draw(documents())
    found = draw(st.lists(readable(document), max_size=3, unique_by=lambda s: s.id))
    made = draw(st.lists(decided(document), max_size=3))
    for statement in found:
        if draw(st.booleans()):
            made.append(decide(draw(st.sampled_from(["accept", "reject"])), statement, document))
    return document, found, made


@given(reviewed(), st.randoms(use_true_random=False))
def test_order_does_not_matter(
    case: tuple[Document, list[Statement], list[Correction]], draw: Random
) -> None:
    """Decisions in any order give the same statements and the same findings."""
    document, found, made = case
    shuffled = list(made)
    draw.shuffle(shuffled)
    assert lay(made, found, document) == lay(shuffled, found, document)


@given(reviewed())
def test_applying_twice_changes_nothing(
    case: tuple[Document, list[Statement], list[Correction]],
) -> None:
    """Decisions laid over their own outcome leave it as it is."""
    document, found, made = case
    once = lay(made, found, document)
    twice = lay(made, once.statements[document.id], document)
    assert twice.statements == once.statements


@given(reviewed())
def test_nothing_decided_is_lost(
    case: tuple[Document, list[Statement], list[Correction]],
) -> None:
    """Each statement has one id; what the last decision holds for right is in the graph."""
    document, found, made = case
    applied = lay(made, found, document)
    ids = [s.id for s in applied.statements[document.id]]
    assert len(ids) == len(set(ids))
    positive = {(m.start, m.end) for m in made if m.decision != "reject"}
    rejected = {(m.start, m.end) for m in made if m.decision == "reject"}
    spans = {(s.start, s.end) for s in applied.statements[document.id]}
    assert positive - rejected <= spans
