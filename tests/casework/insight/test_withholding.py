"""What is withheld cannot be computed from what is shown: held against trying every table there could be."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.casework.insight.withholding import FEWEST, TOTAL, with_totals, withheld

MOST = 9
COUNTS = st.sampled_from([0, 0, 1, 2, 4, 5, 6, 7])


def tables(rows, columns):
    """Small ones: each count tried below `MOST` later."""
    cells = [(row, column) for row in "ab"[:rows] for column in "xyz"[:columns]]
    return st.tuples(*[COUNTS] * len(cells)).map(
        lambda counts: with_totals(dict(zip(cells, counts, strict=True)), "ab"[:rows], "xyz"[:columns])
    )


def possible(cells, hidden):
    """Every table of small counts that agrees with all that is shown."""
    inner = [cell for cell in cells if TOTAL not in cell]
    rows, columns = sorted({cell[0] for cell in inner}), sorted({cell[1] for cell in inner})
    free = [cell for cell in inner if cell in hidden]
    known = {cell: cells[cell] for cell in inner if cell not in hidden}
    for counts in product(range(MOST), repeat=len(free)):
        tried = with_totals(known | dict(zip(free, counts, strict=True)), rows, columns)
        if all(tried[cell] == cells[cell] for cell in cells if cell not in hidden):
            yield tried


@settings(deadline=None, max_examples=60)
@given(st.one_of(tables(1, 3), tables(2, 2)))
def test_no_withheld_figure_can_be_computed_from_those_that_are_shown(cells):
    hidden = withheld(cells)
    tried = list(possible(cells, hidden))
    assert {cell for cell in hidden if len({one[cell] for one in tried}) < 2} == set()


@given(tables(2, 3))
def test_no_small_figure_is_shown(cells):
    assert {cell for cell, count in cells.items() if 0 < count < FEWEST} <= withheld(cells)


@given(tables(2, 3))
def test_a_table_without_small_figures_is_shown_whole(cells):
    large = {cell: count * FEWEST for cell, count in cells.items()}
    assert withheld(large) == frozenset()


def test_a_single_small_figure_takes_the_least_of_others_along():
    cells = with_totals({("a", "x"): 3, ("a", "y"): 7, ("b", "x"): 9, ("b", "y"): 80}, "ab", "xy")
    # Round by 7, 80 and 9: every way over a total takes more along.
    assert withheld(cells) == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}


def test_a_single_figure_is_hidden_with_its_totals_when_there_is_no_other():
    cells = with_totals({("a", "x"): 2}, "a", "xyz")
    assert withheld(cells) == {("a", "x"), ("a", TOTAL), (TOTAL, "x"), (TOTAL, TOTAL)}


def test_nought_is_shown():
    assert ("a", "y") not in withheld(with_totals({("a", "x"): 2}, "a", "xyz"))
