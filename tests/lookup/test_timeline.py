"""What was said over time, and its picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.example_graph import lineage, statements
from tests.lookup.conftest import Corpus

from comity.errors import LimitError, UnknownNameError, UsageError
from comity.lookup.picture import MOST, draw


def test_statements_stand_in_the_order_of_time(corpus: Corpus) -> None:
    """All dated statements of the facet are there, the first of them first, numbered from 1."""
    entries = corpus.timeline(actor="CHN", area="trade-secrets")
    dates = [entry.stated_on for entry in entries]
    assert dates == sorted(dates) and len(entries) > 1
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))


def test_what_has_no_date_comes_last(corpus: Corpus) -> None:
    """Nothing is left out for want of a date."""
    entries = corpus.timeline()
    assert len(entries) == len(statements())
    undated = [not entry.stated_on[:1].isdigit() for entry in entries]
    assert undated == sorted(undated)


def test_links_are_shown_at_the_later_statement(corpus: Corpus) -> None:
    """Each link stands once, with its reason, and with the number of the earlier one."""
    entries = corpus.timeline()
    by_number = {entry.number: entry.statement for entry in entries}
    shown = {
        (entry.statement, step.relation, by_number[step.number or 0], step.reason)
        for entry in entries
        for step in entry.steps
    }
    base = "https://w3id.org/comity/id/"
    assert shown == {(base + x.later, x.relation, base + x.earlier, x.reason) for x in lineage()}


def test_linked_statements_only(corpus: Corpus) -> None:
    """On demand what is tied to nothing else shown is left out."""
    entries = corpus.timeline(linked=True)
    assert {e.statement.rpartition("/")[2] for e in entries} == {
        end for link in lineage() for end in (link.later, link.earlier)
    }


def test_an_earlier_statement_that_is_not_shown_has_no_number(corpus: Corpus) -> None:
    """The link to it is told all the same."""
    entries = corpus.timeline(since="2020")
    steps = [step for entry in entries for step in entry.steps]
    assert any(step.number is None for step in steps)


def test_what_is_refused_is_told(corpus: Corpus) -> None:
    """A refused measure is never shown as if it were undertaken."""
    refused = {s.id for s in statements() if s.negated}
    for entry in corpus.timeline():
        negated = entry.statement.rpartition("/")[2] in refused
        assert entry.force.endswith(", refused") is negated


def test_unknown_facets(corpus: Corpus) -> None:
    """A misspelt facet is refused."""
    with pytest.raises(UnknownNameError, match="did you mean"):
        corpus.timeline(actr="CHN")


@pytest.mark.parametrize("ending", [".svg", ".png"])
def test_the_same_timeline_gives_the_same_picture(
    corpus: Corpus, tmp_path: Path, ending: str
) -> None:
    """Pictures are made of the same bytes every time."""
    pytest.importorskip("matplotlib")
    entries = corpus.timeline(linked=True)
    for name in ("one", "two"):
        draw(entries, tmp_path / f"{name}{ending}", "The corpus")
    one, two = ((tmp_path / f"{name}{ending}").read_bytes() for name in ("one", "two"))
    assert one == two
    assert len(one) > 5000


def test_what_cannot_be_drawn(corpus: Corpus, tmp_path: Path) -> None:
    """Other endings, nothing at all, and more than fits are refused with advice."""
    entries = corpus.timeline()
    assert len(entries) > MOST
    with pytest.raises(UsageError, match=r"svg or \.png"):
        draw(entries, tmp_path / "x.pdf")
    with pytest.raises(UsageError, match="nothing to draw"):
        draw((), tmp_path / "x.svg")
    with pytest.raises(LimitError, match="narrow it"):
        draw(entries, tmp_path / "x.svg")
