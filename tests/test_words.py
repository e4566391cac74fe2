"""People's words for concepts and actors."""

from __future__ import annotations

import pytest

from comity.errors import UnknownNameError, UsageError
from comity.identifiers import candidate_id
from comity.model import Actor, Concept, Label, Vocabulary
from comity.rdf.vocabulary import load
from comity.words import Words, suggestion

WORDS = Words(load())


def test_codes_and_labels_of_any_language() -> None:
    """A code, a preferred and another label, in English and Chinese, stand for one concept."""
    for word in ("trade-secrets", "business secrets", "商业秘密", " Trade  Secrets "):
        assert WORDS.code("area", word) == "trade-secrets"


def test_actors_by_id_and_name() -> None:
    """An actor is found by id and names; the id of a candidate is taken as it is."""
    assert {WORDS.actor(word) for word in ("CHN", "China", "中国")} == {"CHN"}
    assert WORDS.actor(candidate_id("Seed Office")) == candidate_id("Seed Office")


def test_a_near_miss_is_told_with_its_code() -> None:
    """The hint has names like the word, each with its code."""
    with pytest.raises(UnknownNameError, match="did you mean commitment"):
        WORDS.code("modality", "comitment")
    with pytest.raises(UnknownNameError, match=r"business secrets \(trade-secrets\)"):
        WORDS.code("area", "busines secrets")


def test_a_preferred_label_goes_first() -> None:
    """A name that is one concept's label and another's byname stands for the first."""
    concepts = [
        Concept("area", "one", "urn:1", (Label("seeds"),)),
        Concept("area", "two", "urn:2", (Label("plants"), Label("seeds", role="alt"))),
        Concept("area", "three", "urn:3", (Label("trees"), Label("woods", role="alt"))),
        Concept("area", "four", "urn:4", (Label("boards"), Label("woods", role="alt"))),
    ]
    words = Words(Vocabulary({(c.scheme, c.code): c for c in concepts}, {}))
    assert words.code("area", "Seeds") == "one"
    with pytest.raises(UsageError, match="any of four, three"):
        words.code("area", "woods")


def test_ids_that_differ_by_case_alone() -> None:
    """An id that is written exactly so is meant."""
    actors = {code: Actor(code, "Actor", f"urn:{code}") for code in ("ab", "AB", "a_b")}
    words = Words(Vocabulary({}, actors))
    assert [words.actor(code) for code in actors] == list(actors)


def test_suggestions() -> None:
    """Names that are near; else those that share a word; else all, when they are few."""
    assert suggestion("patnets", ["patents", "plants"]) == "did you mean patents or plants?"
    assert suggestion("zzz", ["patents"]) == "there is patents"
    assert suggestion("zzz", []) == "there is none"
