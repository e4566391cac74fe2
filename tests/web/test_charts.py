"""Counts as pictures: nothing is lost on the way from the numbers to the drawing."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from comity.web.charts import HEIGHT, SHADES, by_year, heat, tallies
from comity.web.naming import Ref

YEARS = st.one_of(st.just("undated"), st.integers(1000, 2999).map(str))
DATED = st.lists(st.tuples(YEARS, st.sampled_from("xyz")), max_size=40)
COUNTS = st.dictionaries(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz")), st.integers(1, 500)
)


@given(DATED)
def test_every_statement_is_in_a_column(dated: list[tuple[str, str]]) -> None:
    """Columns and undated ones add up to all; years are in order, without a gap."""
    drawn = by_year(dated)
    assert sum(c.count for c in drawn.columns) + drawn.undated == len(dated)
    for column in drawn.columns:
        assert sum(block.count for block in column.blocks) == column.count
        assert sum(block.height for block in column.blocks) == round(
            HEIGHT * column.count / drawn.most
        )
    steps = {b.x - a.x for a, b in zip(drawn.columns, drawn.columns[1:], strict=False)}
    assert len(steps) <= 1
    assert len(drawn.columns) <= 41


@given(DATED, st.randoms())
def test_the_order_of_statements_makes_no_difference(
    dated: list[tuple[str, str]], random: st.RandomSource
) -> None:
    """The same statements give the same columns."""
    mixed = list(dated)
    random.shuffle(mixed)
    assert by_year(mixed) == by_year(dated)


@given(COUNTS)
def test_a_table_holds_its_counts(counts: dict[tuple[str, str], int]) -> None:
    """Every cell has the count of its row and column; the largest come first."""
    drawn = heat(counts, Ref, Ref, rows=4, columns=3)
    for row, cells in drawn.rows:
        for column, cell in zip(drawn.columns, cells, strict=True):
            assert cell.count == counts.get((row.text, column.text), 0)
            assert 0 <= cell.shade <= SHADES
            assert (cell.shade == 0) == (cell.count == 0)
    down: Counter[str] = Counter()
    for (row_name, _), count in counts.items():
        down[row_name] += count
    sums = [down[row.text] for row, _ in drawn.rows]
    assert sums == sorted(down.values(), reverse=True)[:4]
    assert len(drawn.rows) + drawn.more_rows == len(down)


def test_cells_lead_to_their_statements() -> None:
    """A cell that counts something says how to find it; an empty one leads nowhere."""
    drawn = heat(
        {("a", "u"): 1, ("b", "v"): 2}, Ref, Ref, facets=lambda a, u: (("row", a), ("column", u))
    )
    cells = {cell.facets for _, row in drawn.rows for cell in row}
    assert cells == {(("row", "a"), ("column", "u")), (("row", "b"), ("column", "v")), ()}


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 1000)))
def test_tallies_go_by_size(counts: dict[str, int]) -> None:
    """The largest comes first and has the whole bar; equal ones go by name."""
    found = tallies(counts, Ref)
    assert [(-each.count, each.ref.text) for each in found] == sorted(
        (-count, name) for name, count in counts.items()
    )
    assert [each.share for each in found[:1]] == [100] * bool(found)
