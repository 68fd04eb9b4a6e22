"""Lifting a hold."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.retention.models import Hold
from kavalan.casework.retention.services import hold_report, lift_hold

from ..conftest import NOW


@pytest.fixture
def hold(people, laid):
    hold_report(people.bob, NOW, report=laid(1)[0], reason="the court")
    return Hold.objects.get()


def test_supervisor_lifts_it_with_a_reason_and_it_stays_readable(people, hold, last_entry):
    lift_hold(people.alice, NOW, hold=hold, reason="order of 7 May")
    hold.refresh_from_db()
    assert (hold.lifted_by, hold.lifted_at, hold.lifted_why) == (people.alice, NOW, "order of 7 May")
    assert last_entry()[0].verb == "report.lift_hold"
    with pytest.raises(RefusedError, match="lifted already"):
        lift_hold(people.alice, NOW, hold=hold, reason="again")


@pytest.mark.parametrize(("who", "reason", "why"), [("bob", "r", "Only a supervisor"), ("alice", " ", "reason")])
def test_nobody_else_and_not_without_a_reason(people, hold, entries, who, reason, why):
    before = entries()
    with pytest.raises(RefusedError, match=why):
        lift_hold(getattr(people, who), NOW, hold=hold, reason=reason)
    assert (entries(), Hold.objects.get().lifted_at) == (before, None)
