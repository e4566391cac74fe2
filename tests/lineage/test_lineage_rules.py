"""Each rule of lineage on invented statements: what it links, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.identifiers import text_sha256
from comity.lineage import RULES, Link, derive_links
from comity.lineage.matter import names, words
from comity.model import Actor, Document, Mention, Statement, Vocabulary
from comity.rdf.vocabulary import load


@cache
def vocabulary() -> Vocabulary:
    """The bundled vocabulary, with an office of Norway."""
    known = load()
    office = Actor("NIPO-test", "IPOffice", "https://example.org/nipo", acts_for=("NOR",))
    return Vocabulary(known.concepts, {**known.actors, office.id: office})


def document(number: int, bindingness: str = "statement") -> Document:
    """A document that is told apart by its number alone."""
    text = f"Text {number}."
    return Document(f"document-{number}", text_sha256(text), text, bindingness=bindingness)


BASE = Statement(
    "",
    "",
    0,
    1,
    "",
    actors=(Mention("Norway", "NOR"),),
    action="cut",
    object="the fees for small applicants",
    measure_type="administration",
    direction="weaken",
    areas=("patents",),
    modality="commitment",
)
TREATY = replace(
    BASE,
    action="join",
    object="the Treaty of Lunden on designs",
    measure_type="treaty-accession",
    direction="introduce",
    areas=("industrial-designs",),
)


def link(earlier: Statement, later: Statement, bindingness: str = "statement") -> Link | None:
    """The link between two statements of 2019 and 2021, if there is one."""
    first = replace(earlier, id="statement-a", document="document-1", date="2019-03-01")
    second = replace(later, id="statement-b", document="document-2", date="2021-06-01")
    documents = (document(1), document(2, bindingness))
    found = derive_links((second, first), documents, vocabulary())
    assert len(found) <= 1
    return found[0] if found else None


def relation(earlier: Statement, later: Statement, bindingness: str = "statement") -> str | None:
    """The relation of that link."""
    found = link(earlier, later, bindingness)
    return None if found is None else found.relation


CASES = {
    "said-again": (BASE, replace(BASE, action="reaffirm", modality="report"), "statement"),
    "put-off": (replace(BASE, deadline="2022-01-01"), replace(BASE, deadline="2024-01-01"), ""),
    "opposed": (TREATY, replace(TREATY, negated=True), ""),
    "done": (BASE, replace(BASE, modality="report"), ""),
    "enacted": (BASE, replace(BASE, modality="obligation"), "binding"),
    "in-force": (
        replace(TREATY, action="sign", modality="report", measure_type="agreement"),
        replace(TREATY, action="enter into force", modality="report", actors=()),
        "",
    ),
    "sooner": (replace(BASE, deadline="2024-01-01"), replace(BASE, deadline="2022-01-01"), ""),
    "more": (replace(BASE, direction="maintain"), replace(BASE, direction="strengthen"), ""),
    "firmer": (replace(BASE, modality="intention"), BASE, ""),
    "softer": (BASE, replace(BASE, modality="aspiration"), ""),
    "same": (BASE, BASE, ""),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_finds_its_case(rule: object) -> None:
    """For every rule there is a pair that it links, in its relation and for its reason."""
    assert isinstance(rule, type(RULES[0]))
    earlier, later, bindingness = CASES[rule.name]
    found = link(earlier, later, bindingness)
    assert found is not None
    assert (found.rule, found.relation) == (rule.name, rule.relation)
    assert found.reason.startswith(rule.reason)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        pytest.param(BASE, replace(BASE, actors=(Mention("Peru", "PER"),)), id="another actor"),
        pytest.param(BASE, replace(BASE, areas=("trademarks",)), id="another area"),
        pytest.param(BASE, replace(BASE, measure_type="funding"), id="another type of measure"),
        pytest.param(BASE, replace(BASE, object="the backlog of the court"), id="another thing"),
        pytest.param(
            TREATY, replace(TREATY, object="the Treaty of Sudmark on designs"), id="another treaty"
        ),
        pytest.param(
            replace(BASE, object="rule 12 of the fee code"),
            replace(BASE, object="rule 27 of the fee code"),
            id="another figure",
        ),
        pytest.param(
            replace(BASE, direction="strengthen"),
            replace(BASE, direction="maintain", modality="report"),
            id="merely kept up",
        ),
        pytest.param(BASE, replace(BASE, review="rejected"), id="rejected by a reader"),
        pytest.param(replace(BASE, modality="permission"), BASE, id="merely allowed before"),
        pytest.param(BASE, replace(BASE, deadline="2030-01-01"), id="a date that was not there"),
    ],
)
def test_what_is_no_lineage(earlier: Statement, later: Statement) -> None:
    """Another actor, area, type of measure or thing makes another matter."""
    assert relation(BASE, BASE) == "reaffirms"
    assert relation(earlier, later) is None


def test_appeals_of_others_are_no_undertakings() -> None:
    """What Norway was urged to do is no promise of Norway, unless its own office urged it."""
    done = replace(BASE, modality="report")
    urged = replace(BASE, modality="recommendation", speaker=Mention("Peru", "PER"))
    assert relation(urged, done) is None
    own = replace(urged, speaker=Mention("the office", "NIPO-test"))
    assert relation(own, done) == "implements"


def test_offices_act_for_their_state() -> None:
    """An office carries out what its state promised."""
    office = (Mention("the office", "NIPO-test"),)
    assert relation(BASE, replace(BASE, actors=office, modality="report")) == "implements"


def test_narrower_areas_follow_on_broader_ones() -> None:
    """What was promised for patents may be done for pharmaceutical patents, not the reverse."""
    narrow = replace(BASE, areas=("pharmaceutical-patents",), modality="report")
    assert relation(BASE, narrow) == "implements"
    assert (
        relation(replace(narrow, modality="commitment"), replace(BASE, modality="report")) is None
    )


def test_not_yet_is_no_refusal() -> None:
    """What is not to come before a day weakens a promise; it does not contradict it."""
    later = replace(TREATY, negated=True, quote="will not join the treaty until 2024")
    assert relation(TREATY, later) == "weakens"


def test_a_treaty_undone_contradicts_promise_and_deed() -> None:
    """Withdrawing contradicts the promise to join, and the joining."""
    withdrawn = replace(TREATY, action="withdraw", direction="abolish", modality="report")
    assert relation(TREATY, withdrawn) == "contradicts"
    assert relation(replace(TREATY, modality="report"), withdrawn) == "contradicts"


@pytest.mark.parametrize(
    ("one", "other", "after"),
    [
        ("2019", "2020-01-01", True),
        ("2019-05", "2019", False),
        ("2019-05-02", "2019-05", False),
        ("2019-05-02", "2019-05-03", True),
        ("--05-02", "2020", False),
    ],
)
def test_later_is_what_is_surely_later(one: str, other: str, after: bool) -> None:
    """Dates are compared as precisely as both are known."""
    first = replace(BASE, id="statement-a", document="document-1", date=one)
    second = replace(BASE, id="statement-b", document="document-2", date=other)
    found = derive_links((first, second), (document(1), document(2)), vocabulary())
    assert [(each.later, each.earlier) for each in found] == (
        [("statement-b", "statement-a")] if after else []
    )


def test_statements_of_one_document_are_not_linked() -> None:
    """A document does not follow on itself."""
    both = [
        replace(BASE, id=f"statement-{day}", document="document-1", date=f"2019-01-0{day}")
        for day in (1, 2)
    ]
    assert derive_links(both, (document(1),), vocabulary()) == ()


@given(st.permutations(range(8)), st.randoms(use_true_random=False))
def test_order_does_not_matter(order: list[int], chance: object) -> None:
    """The same statements give the same links, in whatever order they come."""
    said = [
        replace(
            TREATY if n % 2 else BASE,
            id=f"statement-{n}",
            document=f"document-{n}",
            date=f"20{10 + n}-01-01",
            modality=("report", "commitment", "intention")[n % 3],
        )
        for n in range(8)
    ]
    documents = [document(n) for n in range(8)]
    expected = derive_links(said, documents, vocabulary())
    assert expected
    assert derive_links([said[n] for n in order], documents, vocabulary()) == expected


def test_sure_links_need_sure_readings() -> None:
    """A link is no surer than the less sure of its two readings."""
    found = link(replace(BASE, confidence=0.4), replace(BASE, confidence=0.9))
    assert found is not None
    assert found.confidence < 0.4


def test_words_and_names_of_objects() -> None:
    """Endings of plurals and small words do not count; kinds of instruments are no names."""
    assert words("the Rights of breeders") == {"right", "breeder"}
    assert names("the Marrakesh Treaty and the law") == {"marrakesh"}
