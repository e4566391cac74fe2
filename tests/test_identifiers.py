from __future__ import annotations

import hashlib
import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import statements, texts

from comity.identifiers import (
    candidate_id,
    canonical_json,
    digest,
    document_id,
    event_id,
    fold,
    local_actor_id,
    measure_code,
    statement_id,
    text_sha256,
)
from comity.model import Statement

DOCUMENT = document_id(text_sha256("China will act."))
FLAT = re.compile(r"[a-z]+-[0-9a-f]{20}")


@pytest.mark.parametrize(
    "name",
    [
        DOCUMENT,
        statement_id(DOCUMENT, 0, 5, 0),
        event_id("Forum on Cooperation / 中非合作论坛", "2018"),
        candidate_id("Ruritanian Seed Office"),
        local_actor_id(DOCUMENT, "the two offices"),
    ],
)
def test_local_names_are_flat(name: str) -> None:
    """A local name is its kind and 80 bits in hexadecimal, without slash or escape."""
    assert FLAT.fullmatch(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a",), ("a", "")),
        (("1",), (1,)),
        ((None,), ("null",)),
        (("a", ("b",)), ("a", "b")),
        (('a","b',), ("a", "b")),
    ],
)
def test_parts_stay_apart(one: tuple[object, ...], other: tuple[object, ...]) -> None:
    """Other parts give another digest, even where their letters run together alike."""
    assert digest(*one) != digest(*other)


def test_digest_is_eighty_bits_of_canonical_json() -> None:
    """A digest can be computed elsewhere: SHA-256 of compact JSON in UTF-8, cut to 20 digits."""
    assert digest("é", 1, None) == hashlib.sha256('["é",1,null]'.encode()).hexdigest()[:20]


def test_canonical_json_sorts_keys() -> None:
    """Equal values give equal text, whatever the order they were put together in."""
    assert canonical_json({"b": 1, "a": [2, "é"]}) == '{"a":[2,"é"],"b":1}'


def test_document_id_is_made_of_the_text() -> None:
    """Anyone who has the normalised text can compute the id of its document."""
    hashed = hashlib.sha256("中国 will act.\n".encode()).hexdigest()
    assert text_sha256("中国 will act.\n") == hashed
    assert document_id(hashed) == f"document-{hashed[:20]}"


PLACES = [(DOCUMENT, 0, 5, 0), (DOCUMENT, 0, 5, 1), (DOCUMENT, 0, 51, 0), (DOCUMENT, 5, 10, 0)]


@pytest.mark.parametrize(("one", "other"), list(pairwise(PLACES)))
def test_statement_id_is_made_of_the_place(
    one: tuple[str, int, int, int], other: tuple[str, int, int, int]
) -> None:
    """Document, start, end and ordinal all tell statements apart."""
    assert statement_id(*one) != statement_id(*other)


@given(statements())
def test_reading_leaves_the_id_alone(statement: Statement) -> None:
    """The id depends on nothing that was read into a statement, so that correcting keeps it."""
    place = (statement.document, statement.start, statement.end)
    assert statement.id in {statement_id(*place, ordinal) for ordinal in range(4)}


@pytest.mark.parametrize(
    ("date", "same"), [("2019-04-26", True), ("2019", True), ("2018-04-26", False), (None, False)]
)
def test_yearly_events_are_many(date: str | None, same: bool) -> None:
    """An event is known by its name and year: meetings of one year are one event."""
    assert (event_id("Seed Forum", date) == event_id("Seed Forum", "2019-01")) is same


@pytest.mark.parametrize(
    "name",
    ["ruritania", "RURITANIA", "  Ruritania\n", "Ｒｕｒｉｔａｎｉａ", "Ruritania\u00a0"],
)
def test_candidates_are_known_by_their_folded_name(name: str) -> None:
    """Case, width and white space make no other actor."""
    assert candidate_id(name) == candidate_id("Ruritania")


def test_descriptions_are_known_within_their_document() -> None:
    """ "The two offices" of one document are not those of another, nor an actor of that name."""
    here, there = (local_actor_id(f"document-{n}", "the two offices") for n in "12")
    assert len({here, there, candidate_id("the two offices")}) == 3
    assert here == local_actor_id("document-1", "The  two offices")


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        (
            ("enforcement", "strengthen", "border-measures"),
            "enforcement.strengthen.border-measures",
        ),
        (("dialogue", "introduce", None), "dialogue.introduce"),
        (("unspecified", "unspecified", None), "unspecified.unspecified"),
    ],
)
def test_measure_code(codes: tuple[str, str, str | None], code: str) -> None:
    """A measure is named by the codes of type, direction and area, with a dot between."""
    assert measure_code(*codes) == code


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("  European \n Union ", "european union"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ＷＩＰＯ", "wipo"),
        ("e\u0301tat", "état"),
        ("Côte d’Ivoire", "côte d’ivoire"),
        ("", ""),
    ],
)
def test_fold(name: str, folded: str) -> None:
    """Folding levels case, width, white space and composed accents; accents themselves stay."""
    assert fold(name) == folded


@given(st.one_of(texts(), st.text(max_size=20)), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_fold_bears_every_normal_form(name: str, form: str) -> None:
    """A name folds alike in every Unicode normal form."""
    assert fold(unicodedata.normalize(form, name)) == fold(name)  # type: ignore[arg-type]


@given(st.text(max_size=20))
def test_fold_twice_is_fold_once(name: str) -> None:
    """What is folded is not changed by folding again, so that ids of folded names agree."""
    assert fold(fold(name)) == fold(name)
