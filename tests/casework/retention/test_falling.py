"""What falls due, and when."""

from datetime import timedelta

from kavalan.casework.guard import writing
from kavalan.casework.retention.falling import due_count, due_page
from kavalan.casework.retention.rules import Held
from kavalan.casework.retention.schedules import schedules
from kavalan.casework.triage.models import Move

from ..conftest import NOW
from ..reports import lay_reports
from .conftest import LONG

DAY = timedelta(days=1)
ROWS = schedules(LONG.date())


def due(desk, name, now):
    return [one.report.reference for one in due_page(desk, ROWS[name], now).rows]


def test_report_falls_due_so_many_days_after_it_was_set_aside(people, desk):
    (report,) = lay_reports(desk, 1, standing="set_aside")
    lay_reports(desk, 1, standing="open")
    with writing(frozenset({"triage_move"})):
        Move.objects.create(report=report, before="open", after="set_aside", by=people.alice, at=NOW + 10 * DAY)
    ends = NOW + 740 * DAY
    assert due(desk, "report-set-aside", ends - timedelta(seconds=1)) == []
    (row,) = due_page(desk, ROWS["report-set-aside"], ends).rows
    assert (row.report, row.since, row.holds) == (report, ends, [])
    assert due_count(desk, ROWS["report-set-aside"], ends) == 1


def test_schedules_of_a_reporter_and_of_hashes_name_reports_that_have_them(people, desk, laid):
    laid(1)
    lay_reports(desk, 1, standing="set_aside")
    lay_reports(desk, 1, standing="handed_over")
    assert due(desk, "report-set-aside", LONG) == ["R-1", "R-2"]
    assert due(desk, "reporter-data", LONG) == ["R-1"]
    assert due(desk, "unmatched-hashes", LONG) == ["R-1"]


def test_what_holds_one_stands_beside_it(people, desk, laid):
    laid(1)
    assert [list(one.holds) for one in due_page(desk, ROWS["report-set-aside"], LONG).rows] == [[Held.CLOCK]]


def test_pages_follow_one_another(people, desk, monkeypatch):
    monkeypatch.setattr("kavalan.casework.retention.falling.MOST_AT_ONCE", 2)
    lay_reports(desk, 3, standing="set_aside")
    first = due_page(desk, ROWS["report-set-aside"], LONG)
    then = due_page(desk, ROWS["report-set-aside"], LONG, first.after)
    assert [len(first.rows), len(then.rows), then.after] == [2, 1, None]
