"""Going beyond an authority in an emergency."""

from datetime import timedelta

import pytest

from kavalan.casework.authority.models import Override
from kavalan.casework.authority.rules import Activity
from kavalan.casework.authority.selectors import ask
from kavalan.casework.authority.services import declare_override, review_override, withdraw_authority
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.services import start_scan

from ..conftest import LATER, NOW

DAY = timedelta(days=1)


def declare(actor, exhibit, at, activity=Activity.EXAMINE, reason="a child in danger"):
    return declare_override(actor, at, exhibit=exhibit, activity=activity, reason=reason)


def test_verb_is_done_under_it_and_the_entry_says_so(two, exhibit, override, last_entry):
    start_scan(two.alice, two.warrant, exhibit, LATER)
    entry, said = last_entry()
    assert (entry.verb, said["override"]) == ("scan.start", str(override.public_id))


def test_entry_of_a_verb_that_the_authority_permits_names_no_override(two, exhibit, last_entry):
    declare(two.alice, exhibit, NOW)
    start_scan(two.alice, two.warrant, exhibit, NOW)
    assert "override" not in last_entry()[1]


def test_ledger_is_told_who_declared_it_on_what(two, exhibit, override, last_entry):
    entry, said = last_entry()
    assert (entry.verb, entry.actor, entry.subject) == ("override.declare", two.alice.public_id, override.public_id)
    assert (said["activity"], said["exhibit"]) == ("examine", str(exhibit.public_id))


def test_it_lets_one_activity_be_done_on_one_exhibit_for_a_day(two, override):
    assert ask(two.warrant, two.alice, Activity.EXAMINE, "E-1", LATER) == override
    for activity, exhibit, at in [
        (Activity.COLLECT, "E-1", LATER),
        (Activity.EXAMINE, "E-2", LATER),
        (Activity.EXAMINE, "E-1", LATER + DAY),
    ]:
        with pytest.raises(RefusedError):
            ask(two.warrant, two.alice, activity, exhibit, at)


@pytest.mark.parametrize("who", ["dora", "charlie"])
def test_who_is_no_supervisor_there_declares_none(people, exhibit, who):
    with pytest.raises(RefusedError, match="Only a supervisor"):
        declare(getattr(people, who), exhibit, LATER)
    assert not Override.objects.exists()


def test_one_in_force_is_not_declared_again(two, exhibit, override):
    with pytest.raises(RefusedError, match="is in force"):
        declare(two.bob, exhibit, LATER)


def test_no_reason_no_override(two, exhibit):
    with pytest.raises(RefusedError, match="reason is needed"):
        declare(two.alice, exhibit, LATER, reason=" ")


def test_none_reaches_past_a_withdrawal(two, exhibit, override):
    withdraw_authority(two.dora, LATER, authority=two.warrant, reason="taken back")
    with pytest.raises(RefusedError, match="withdrawn"):
        ask(two.warrant, two.alice, Activity.EXAMINE, "E-1", LATER)
    with pytest.raises(RefusedError, match="no override reaches past that"):
        declare(two.alice, exhibit, LATER, Activity.COLLECT)


def test_unreviewed_for_three_days_it_stops_all_of_the_unit_until_it_is_reviewed(two, exhibit, override):
    almost, stopped = LATER + 3 * DAY - timedelta(seconds=1), LATER + 3 * DAY
    other = declare(two.alice, exhibit, almost)
    assert ask(two.warrant, two.alice, Activity.EXAMINE, "E-1", almost) == other
    with pytest.raises(RefusedError, match="ended on"):
        ask(two.warrant, two.alice, Activity.EXAMINE, "E-1", stopped)
    with pytest.raises(RefusedError, match="not reviewed for 3 days"):
        declare(two.alice, exhibit, stopped, Activity.COLLECT)
    review_override(two.bob, stopped, override=override, approved=True, reason="the child was found")
    assert ask(two.warrant, two.alice, Activity.EXAMINE, "E-1", stopped) == other
