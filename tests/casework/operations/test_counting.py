"""The figures of an operation, and its board."""

from collections import Counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kavalan.casework.operations.figures import FIGURES, total_of
from kavalan.casework.operations.models import Site
from kavalan.casework.operations.rules import State
from kavalan.casework.operations.selectors.counting import counted
from kavalan.casework.operations.selectors.operations import board_of
from kavalan.casework.operations.services import correct_state, take_sites

from ..conftest import NOW
from .conftest import row, table_of


def test_figures_count_what_officers_told(operation, searched):
    totals = {figure.id: total_of(counted(operation), figure.id) for figure in FIGURES}
    assert totals == {
        "sites": 3,
        "waiting": 1,
        "searched": 2,
        "nothing": 1,
        "seized": 1,
        "with_arrest": 1,
        "arrests": 2,
        "seizures": 0,
        "things": 0,
        "no_warrant": 1,
        "warrants": 2,
        "warrants_recorded": 0,
        "teams": 1,
        "cases": 0,
        "dropped": 0,
        "corrected": 1,
        "late": 1,
    }


def test_every_figure_that_is_counted_has_a_definition(operation, searched):
    assert counted(operation).keys() == {figure.id for figure in FIGURES}
    assert all(str(figure.definition) for figure in FIGURES)


def test_board_has_a_line_for_each_district_by_name(operation, searched):
    board = board_of(operation)
    told = {line.name: {figure.id: count for figure, count in line.told if count} for line in board.lines}
    assert told == {
        "Kollam": {"sites": 1, "waiting": 1},
        "Thrissur": {"sites": 2, "searched": 2, "nothing": 1, "seized": 1, "with_arrest": 1, "arrests": 2},
    }
    assert [(one.site.reference, one.what) for one in board.newest][:2] == [("S-2", "nothing"), ("S-1", "arrested")]


def test_board_takes_as_many_statements_for_500_sites_in_14_districts_as_for_three(people, operation, sites):
    with CaptureQueriesContext(connection) as few:
        board_of(operation)
    rows = [row(number, str(588 + number % 14)) for number in range(10, 507)]
    take_sites(people.alice, NOW, operation=operation, text=table_of(*rows))
    with CaptureQueriesContext(connection) as many:
        board = board_of(operation)
    assert len(few) == len(many) == 4
    # By hand: the districts of all rows.
    expected = Counter(Site.objects.values_list("district", flat=True))
    assert {line.district: line.counts[0] for line in board.lines} == expected


def test_site_that_was_taken_back_is_counted_apart(people, operation, sites):
    plan = sites[2].entries.get()
    correct_state(people.alice, NOW, entry=plan, what=State.TAKEN_BACK, moment=NOW, reason="the wrong street")
    counts = counted(operation)
    assert [total_of(counts, name) for name in ("sites", "waiting", "no_warrant", "dropped")] == [2, 2, 0, 1]
