"""What begins because reports were taken in."""

from datetime import UTC, datetime, timedelta

import pytest

from kavalan.casework.accounts.models import Unit
from kavalan.casework.accounts.unit_kinds import UnitKind
from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.selectors import about, running
from kavalan.casework.clocks.starting import start_for
from kavalan.casework.guard import writing
from kavalan.casework.intake.models import Report

from ..conftest import NOW
from ..reports import lay_reports

HOUR = timedelta(hours=1)


def told():
    return set(Clock.objects.values_list("report__reference", "name", "started_at", "due_at"))


def test_each_report_has_its_own_two_of_pocso_19_from_when_it_reached_the_unit(people, lay):
    lay(2, at=NOW - HOUR)
    due = NOW + 23 * HOUR
    assert told() == {(f"R-{n}", name, NOW - HOUR, due) for n in (1, 2) for name in ("pocso-19-5", "pocso-19-6")}
    assert Clock.objects.filter(recorded_by=None, exhibit=None, authority=None).count() == 4


def test_referral_has_a_horizon_a_year_from_when_it_was_received_there(people, lay):
    received = datetime(2025, 6, 30, 20, 0, tzinfo=UTC)
    lay(1, form="cybertipline", received_at=received)
    # 20:00 UTC is 1 July in Kolkata; the year ends with that day there.
    ends = datetime(2026, 7, 1, 18, 30, tzinfo=UTC)
    assert ("R-1", "us-report-act-preservation", received, ends) in told()
    assert Clock.objects.count() == 3


@pytest.mark.parametrize(
    ("form", "received"),
    [("cybertipline", None), ("cybertipline", NOW + HOUR), ("table", NOW - HOUR), ("bundle", NOW - 800 * 24 * HOUR)],
)
def test_without_a_believable_date_or_from_another_sender_no_horizon_is_made_up(people, lay, form, received):
    lay(1, form=form, received_at=received)
    assert {name for _, name, _, _ in told()} == {"pocso-19-5", "pocso-19-6"}


@pytest.mark.parametrize("kind", [UnitKind.NGO, UnitKind.HOTLINE, UnitKind.PLATFORM])
def test_duty_of_the_police_runs_for_no_other_kind_of_unit(people, lay, kind):
    with writing(frozenset({"accounts_unit"})):
        Unit.objects.filter(pk=people.alice.unit.pk).update(kind=kind)
    lay(1, form="cybertipline", received_at=NOW - HOUR)
    assert [name for _, name, _, _ in told()] == ["us-report-act-preservation"]


def test_duplicate_keeps_its_own(people, desk, lay):
    (first,) = lay(1)
    (second,) = lay(1, duplicate_of=first)
    assert [Clock.objects.filter(report=one).count() for one in (first, second)] == [2, 2]


def test_two_hundred_take_few_questions(people, desk, django_assert_num_queries):
    lay_reports(desk, 200)
    reports = list(Report.objects.all())
    with writing(frozenset({"clocks_clock"})), django_assert_num_queries(3):
        assert start_for(reports, NOW) == 400


def test_who_sees_the_report_sees_them(people, lay):
    (report,) = lay(1)
    seen = {who: len(running(getattr(people, who), NOW)) for who in ("alice", "bob", "dora", "charlie")}
    assert seen == {"alice": 2, "bob": 2, "dora": 0, "charlie": 0}
    assert {one.clock.report_id for one in about(report, NOW)} == {report.pk}
