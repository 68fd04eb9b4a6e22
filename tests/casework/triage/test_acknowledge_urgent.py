"""Acknowledging what is urgent, by name."""

from datetime import timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.intake.rules import Lane, Standing
from kavalan.casework.triage.duty import escalate_if_due
from kavalan.casework.triage.models import Urgent
from kavalan.casework.triage.services import acknowledge_urgent, answer_fact

from ..conftest import NOW


def test_name_stands_there_and_nothing_is_closed(people, urgent, last_entry):
    done = acknowledge_urgent(people.bob, NOW, urgent=urgent, note="called the station")
    assert (done.acknowledged_by, done.acknowledged_at, done.note) == (people.bob, NOW, "called the station")
    report = Report.objects.get(pk=urgent.report_id)
    assert (report.lane, report.standing) == (Lane.URGENT, Standing.OPEN)
    entry, said = last_entry()
    assert (entry.subject, said["floors"]) == (urgent.public_id, ["escalated_by_sender"])


def test_it_is_told_on_no_further(people, urgent):
    acknowledge_urgent(people.bob, NOW, urgent=urgent)
    assert escalate_if_due(NOW + timedelta(days=1)) is None


def test_second_officer_is_told_that_it_is_done(people, urgent):
    acknowledge_urgent(people.bob, NOW, urgent=urgent)
    with pytest.raises(RefusedError, match="acknowledged already"):
        acknowledge_urgent(people.alice, NOW, urgent=urgent)


def test_who_does_not_work_there_acknowledges_nothing(people, urgent):
    with pytest.raises(RefusedError, match="Only who takes in reports"):
        acknowledge_urgent(people.dora, NOW, urgent=urgent)


def test_new_danger_is_acknowledged_anew(people, urgent):
    acknowledge_urgent(people.bob, NOW, urgent=urgent)
    answer_fact(people.bob, NOW, report=urgent.report, fact="danger_now", answer=True, reason="the caller said so")
    assert Urgent.objects.get(acknowledged_at=None).floors == ["danger_now"]


def test_answer_takes_nothing_out_of_the_lane_that_nobody_acknowledged(people, urgent):
    said = {"fact": "escalated_by_sender", "answer": False, "reason": "a mistake of the sender"}
    answer_fact(people.bob, NOW, report=urgent.report, **said)
    assert Report.objects.get(pk=urgent.report_id).lane == Lane.URGENT
    acknowledge_urgent(people.bob, NOW, urgent=urgent)
    answer_fact(people.bob, NOW, report=urgent.report, **said)
    assert Report.objects.get(pk=urgent.report_id).lane == Lane.ORDINARY
