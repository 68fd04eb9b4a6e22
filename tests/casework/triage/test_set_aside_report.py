"""Setting a report aside."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.rules import Standing
from kavalan.casework.intake.selectors import visible_reports
from kavalan.casework.triage.services import acknowledge_urgent, set_aside_report, take_report

from ..conftest import NOW


def test_it_stays_where_it_is_seen_with_the_reason(people, report, last_entry):
    set_aside_report(people.bob, NOW, report=report, reason="landscapes only")
    assert visible_reports(people.bob, NOW).get().standing == Standing.SET_ASIDE
    _, said = last_entry()
    assert said == {"before": "open", "after": "set_aside", "reason": "landscapes only"}


def test_urgent_report_is_acknowledged_first(people, urgent):
    with pytest.raises(RefusedError, match="nobody has acknowledged"):
        set_aside_report(people.bob, NOW, report=urgent.report, reason="x")
    acknowledge_urgent(people.bob, NOW, urgent=urgent)
    assert set_aside_report(people.bob, NOW, report=urgent.report, reason="x").standing == Standing.SET_ASIDE


def test_what_somebody_else_works_on_is_left_to_them(people, report):
    take_report(people.alice, NOW, report=report)
    with pytest.raises(RefusedError, match="Somebody else"):
        set_aside_report(people.bob, NOW, report=report, reason="x")


def test_it_needs_a_reason_and_is_not_done_twice(people, report):
    with pytest.raises(RefusedError, match="A reason"):
        set_aside_report(people.bob, NOW, report=report, reason="")
    set_aside_report(people.bob, NOW, report=report, reason="x")
    with pytest.raises(RefusedError, match="Only a report that is open"):
        set_aside_report(people.bob, NOW, report=report, reason="x")
