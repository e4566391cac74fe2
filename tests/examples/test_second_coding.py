"""Ten texts that were coded twice, and what the guidelines say of the agreement."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from comity.agreement import Agreement, agreement
from comity.extract.records import RecordsExtractor
from comity.pipeline import read
from comity.rdf.vocabulary import load

ROOT = Path(__file__).parents[2]
SECOND = ROOT / "examples" / "gold" / "second"
FIRST = {"dev": ROOT / "examples" / "gold" / "dev", "corpus": ROOT / "examples" / "corpus"}
TEXTS = sorted(path.stem for path in SECOND.glob("*.md") if path.name != "README.md")
PAGE = (ROOT / "docs" / "annotation-guidelines.md").read_text("utf-8")


def agreed(name: str) -> Agreement:
    """How far the second reader agrees with the codings of a folder."""
    paths = [FIRST[name] / f"{text}.md" for text in TEXTS]
    documents, rejected = read([path for path in paths if path.exists()], load())
    assert not rejected
    coders = {
        folder.name: [s for d in documents for s in RecordsExtractor([folder]).extract(d)]
        for folder in (FIRST[name], SECOND)
    }
    return agreement(coders, documents)


@pytest.mark.parametrize("name", TEXTS)
def test_the_texts_are_those_of_the_first_coding(name: str) -> None:
    """A text that is coded twice is the same to the last character."""
    text = (SECOND / f"{name}.md").read_bytes()
    first = [folder / f"{name}.md" for folder in FIRST.values()]
    assert [path.read_bytes() for path in first if path.exists()] == [text]


def test_the_guidelines_tell_the_agreement() -> None:
    """Alpha and F1 in the guidelines are what is measured."""
    found = agreed("dev")
    alphas = dict(re.findall(r"^\| ([a-z ]+?)(?: \(.*\))? \| \d+ \| (\d\.\d\d) \|", PAGE, re.M))
    assert {name.replace(" ", "_"): value for name, value in alphas.items()} == {
        name: f"{alpha.value:.2f}" for name, alpha in found.alphas.items()
    }
    total = found.scores.total()
    for field in ("joint", "detection", "object", "actor", "modality", "speaker", "areas"):
        low, high = found.scores.interval(field)
        assert f"| {field} | {total[field].f1:.2f} | {low:.2f}–{high:.2f} |" in PAGE
    assert found.statements == {"dev": 59, "second": 59}


def test_the_guidelines_tell_of_the_text_of_the_corpus() -> None:
    """The one text of the corpus differs in measure type and direction alone."""
    alphas = {name: alpha.value for name, alpha in agreed("corpus").alphas.items()}
    apart = {name: f"{value:.2f}" for name, value in alphas.items() if value not in {1.0, None}}
    assert apart == {"measure_type": "0.88", "direction": "0.67"}
    assert "measure type has alpha 0.88, direction 0.67" in PAGE
