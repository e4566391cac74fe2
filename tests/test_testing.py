"""The contract tests for extractors: Comity's own pass them, and each wrong one fails its rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.extract import toys
from tests.extract.llm_stub import model
from tests.extract.toys import TEXT, Toy, each

from comity import testing
from comity.build.hiring import Hired, hire
from comity.extract import Extractor
from comity.extract.plugins import Recipe
from comity.extract.records import RecordsExtractor
from comity.lexicon import Lexicon
from comity.model import Document, Mention, Statement
from comity.pipeline import read
from comity.rdf.vocabulary import load
from comity.testing import RULES, Candidate, ContractError, ExtractorContract, document

GOLD = Path(__file__).parent.parent / "examples" / "gold" / "dev"
SPEECH = """Norway and Peru to share patent data

Norway will strengthen the protection of trade secrets by 2025, in accordance with the law and on
a voluntary basis. Peru urged Norway to publish patent data, protect designs and cut fees.
"""


class TestEnglish(ExtractorContract):
    """The extractor for English keeps to the contract."""

    extractor = "english"
    texts = (SPEECH, "The Parties shall cooperate in training examiners.\n")


class TestToy(ExtractorContract):
    """A plain extractor keeps to it too, when it is given as an object."""

    extractor = Toy()
    texts = (TEXT,)


@pytest.mark.skipif(not GOLD.is_dir(), reason="the codings are part of a checkout")
class TestRecords(ExtractorContract):
    """Codings by hand keep to it: they are handed on as they are."""

    def make(self, lexicon: Lexicon) -> Hired:
        """Codings of some texts."""
        return Hired(RecordsExtractor(sorted(GOLD.glob("*.statements.jsonl"))[:3]))

    @property
    def candidate(self) -> Candidate:
        """The texts that were coded."""
        coded = [p.name.partition(".")[0] for p in sorted(GOLD.glob("*.statements.jsonl"))[:3]]
        documents, _ = read([p for p in GOLD.iterdir() if p.stem in coded], load())
        return Candidate(self.make, documents)


class TestLlm(ExtractorContract):
    """Words of a language model keep to it, whatever the model."""

    texts = (TEXT,)
    base_url = ""

    @pytest.fixture(autouse=True)
    def _model(self) -> Any:
        pytest.importorskip("pydantic_ai", reason="the extra llm is not installed")
        with model() as server:
            self.base_url = server.base_url
            yield

    def make(self, lexicon: Lexicon) -> Hired:
        """The extractor, with a server that answers by a rule."""
        return hire("llm", lexicon, options={"model": "toy", "base_url": self.base_url})


Change = Callable[[list[Statement], Document], list[Statement]]
KNOWN = (Mention("Norway", "NOR"),)


def _twice(found: list[Statement], _: Document) -> list[Statement]:
    return [s for s in found for _ in range(2)]


def _elsewhere(found: list[Statement], one: Document) -> list[Statement]:
    return [replace(s, actors=(Mention("Norway", None, 0, len(one.text)),)) for s in found]


BROKEN: dict[str, tuple[Callable[[], Extractor], str]] = {
    "no version": (lambda: Toy(name="toy"), "name_has_a_version"),
    "another's name": (lambda: Toy(each(extractor="hand/1")), "name_has_a_version"),
    "claims to be reviewed": (lambda: Toy(each(review="accepted")), "name_has_a_version"),
    "finds nothing": (lambda: Toy(lambda *_: []), "finds_something"),
    "says less later": (toys.Forgetful, "same_text_same_statements"),
    "one list for all": (toys.Lumping, "same_text_same_statements"),
    "counts bytes": (toys.Bytes, "offsets_are_exact"),
    "misquotes": (lambda: Toy(each(quote="protect")), "offsets_are_exact"),
    "places an actor wrongly": (lambda: Toy(_elsewhere), "offsets_are_exact"),
    "last comes first": (lambda: Toy(lambda found, _: found[::-1]), "statements_are_sorted"),
    "unsorted areas": (lambda: Toy(each(areas=("patents", "copyright"))), "statements_are_sorted"),
    "one area twice": (lambda: Toy(each(areas=("patents", "patents"))), "statements_are_sorted"),
    "no verb": (lambda: Toy(each(action="")), "records_are_valid"),
    "no such day": (lambda: Toy(each(deadline="soon")), "records_are_valid"),
    "too sure": (lambda: Toy(each(confidence=1.5)), "records_are_valid"),
    "an unknown force": (lambda: Toy(each(modality="wish")), "records_are_valid"),
    "an unknown area": (lambda: Toy(each(areas=("tea",))), "records_are_valid"),
    "of another document": (
        lambda: Toy(each(document="document-" + "0" * 20)),
        "records_are_valid",
    ),
    "ids of its own": (lambda: Toy(each(id="statement-" + "0" * 20)), "ids_tell_the_place"),
    "one id twice": (lambda: Toy(_twice), "ids_tell_the_place"),
    "makes ids up": (
        lambda: Toy(each(actors=(Mention("Norway", "norway"),))),
        "linking_is_left_to_the_linker",
    ),
    "leaves the force open": (
        lambda: Toy(each(modality="unspecified")),
        "linking_is_left_to_the_linker",
    ),
    "stumbles over nothing": (toys.Delicate, "strange_texts_do_no_harm"),
    "sees things": (toys.Eager, "strange_texts_do_no_harm"),
    "cannot leave home": (lambda: Toy(lambda found, _: found), "a_worker_finds_the_same"),
    "works at home only": (toys.HomeOnly, "a_worker_finds_the_same"),
    "no such month": (lambda: Toy(each(deadline="2025-13")), "everything_can_be_built"),
    "half of a pair": (
        lambda: Toy(each(principles=("\ud800",))),
        "everything_can_be_built",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_wrong_extractor_fails_its_rule(fault: str) -> None:
    """Each way of breaking the contract is found by the rule that forbids it."""
    make, rule = BROKEN[fault]
    two = document("Chile will improve its courts. Peru will protect patents.")
    candidate = Candidate(lambda _: Hired(make()), [document(TEXT), two])
    with pytest.raises(ContractError):
        getattr(testing, rule)(candidate)


def test_every_rule_has_an_extractor_that_breaks_it() -> None:
    """No rule is there that nothing can break."""
    assert {rule.__name__ for rule in RULES} == {rule for _, rule in BROKEN.values()}


def test_every_rule_is_a_test() -> None:
    """The class for pytest runs each rule under its name."""
    tests = {name for name in vars(ExtractorContract) if name.startswith("test_")}
    assert tests == {f"test_{rule.__name__}" for rule in RULES}


def test_known_ids_are_allowed() -> None:
    """An extractor may give an id that the vocabulary has."""
    candidate = Candidate(lambda _: Hired(Toy(each(actors=KNOWN))), [document(TEXT)])
    testing.linking_is_left_to_the_linker(candidate)


def test_a_message_tells_the_statement_at_fault() -> None:
    """A failure names the words of the statement, in one line."""
    candidate = Candidate(lambda _: Hired(Toy(each(areas=("tea",)))), [document(TEXT)])
    with pytest.raises(ContractError, match="'protect patents': areas") as caught:
        testing.records_are_valid(candidate)
    assert "\n" not in str(caught.value)


def test_the_default_is_english() -> None:
    """Without a name it is the extractor that a build takes."""
    assert ExtractorContract().make(Lexicon(load())).by == Recipe()
