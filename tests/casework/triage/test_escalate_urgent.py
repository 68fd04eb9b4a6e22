"""Telling on what nobody acknowledged in time."""

from datetime import timedelta

import pytest

from kavalan.casework.accounts.models import RoleHeld
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.errors import RefusedError
from kavalan.casework.triage.duty import escalate_if_due
from kavalan.casework.triage.models import Escalation
from kavalan.casework.triage.selectors.urgent import told_on_to
from kavalan.casework.triage.services import escalate_urgent
from kavalan.casework.verbs import step

from ..conftest import NOW
from .conftest import lay, tip


def after(minutes):
    return NOW + timedelta(minutes=minutes)


def told():
    return list(Escalation.objects.order_by("level").values_list("level", "to"))


def test_it_goes_from_the_desk_to_the_unit_to_the_house(urgent):
    assert escalate_if_due(after(29)) is None
    assert escalate_if_due(after(30)) == "urgent reports at 1 desks were told on"
    assert told() == [(1, "desk")]
    escalate_if_due(after(60))
    escalate_if_due(after(120))
    assert told() == [(1, "desk"), (2, "unit"), (3, "house")]
    assert escalate_if_due(after(9999)) is None


def test_after_a_night_without_a_worker_every_step_is_made_at_once(urgent):
    escalate_if_due(after(600))
    assert told() == [(1, "desk"), (2, "unit"), (3, "house")]


def test_many_are_one_entry_of_the_ledger(desk, entries, last_entry):
    lay(desk, *(tip(number, escalation="x") for number in range(5)))
    before = entries()
    escalate_urgent(None, after(31), desk=desk)
    assert entries() == before + 1
    entry, said = last_entry()
    assert (entry.verb, entry.actor, entry.subject) == ("urgent.escalate", None, desk.public_id)
    assert (said["reports"], said["steps"]) == (5, 5)


def test_nothing_late_is_refused(desk, urgent):
    with pytest.raises(RefusedError, match="Nothing at this desk"):
        escalate_urgent(None, NOW, desk=desk)


@pytest.mark.parametrize(("role", "minutes"), [(OfficerRole.SUPERVISOR, 60), (OfficerRole.ADMINISTRATOR, 120)])
def test_who_may_not_see_the_report_is_told_a_figure_and_the_unit(people, urgent, role, minutes):
    dora = people.dora
    step(RoleHeld)(RoleHeld.objects.create)(officer=dora, role=role, since=NOW)
    escalate_if_due(after(minutes - 1))
    assert list(told_on_to(dora, after(minutes))) == []
    escalate_if_due(after(minutes))
    (one,) = told_on_to(dora, after(minutes))
    assert (one.unit, one.count) == ("Coastal Unit", 1)
    assert list(told_on_to(people.bob, after(minutes))) == []
