"""Saying that a time limit does not apply."""

import pytest

from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.services import give_role
from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.selectors import clock_for, running
from kavalan.casework.clocks.services import dismiss_clock, meet_clock, start_clock
from kavalan.casework.errors import RefusedError

from ..conftest import NOW


def dismiss(who, clock, reason="the search was on a warrant"):
    return dismiss_clock(who, NOW, clock=clock, reason=reason)


def test_supervisor_says_so_with_a_reason_and_it_runs_no_more(people, clock, last_entry):
    dismiss(people.alice, clock)
    assert last_entry()[1] == {"reason": "the search was on a warrant"}
    assert clock_for(people.bob, clock.public_id, NOW).state == "dismissed"
    assert running(people.bob, NOW) == []


@pytest.mark.parametrize(("who", "reason", "why"), [("bob", "r", "Only a supervisor"), ("alice", " ", "reason")])
def test_nobody_else_and_not_without_a_reason(people, clock, entries, who, reason, why):
    before = entries()
    with pytest.raises(RefusedError, match=why):
        dismiss(getattr(people, who), clock, reason)
    assert (entries(), Clock.objects.get().dismissed_at) == (before, None)


def test_limit_of_an_authority_is_put_aside_by_a_supervisor_of_the_unit(people):
    clock = start_clock(people.dora, NOW, name="bnss-105", matter=people.warrant, started_at=NOW)
    with pytest.raises(RefusedError, match="Only a supervisor"):
        dismiss(people.bob, clock)
    give_role(people.alice, NOW, officer=people.bob, role=OfficerRole.SUPERVISOR)
    dismiss(people.bob, clock)


def test_what_was_met_is_not_put_aside(people, clock):
    meet_clock(people.bob, NOW, clock=clock, met_at=NOW, note="by hand")
    with pytest.raises(RefusedError, match="met already"):
        dismiss(people.alice, clock)
