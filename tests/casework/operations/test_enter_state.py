"""Telling what happened at a site."""

from datetime import timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.models import Site
from kavalan.casework.operations.rules import State
from kavalan.casework.operations.services import correct_state, enter_state

from ..conftest import NOW

HOUR = timedelta(hours=1)


def fresh(site):
    return Site.objects.get(pk=site.pk)


def test_site_says_what_its_entries_come_to(sites, tell):
    tell(sites[0], State.SEARCHED, NOW - 2 * HOUR)
    tell(sites[0], State.SEIZED, NOW - HOUR)
    tell(sites[0], State.ARRESTED, persons=2)
    site = fresh(sites[0])
    assert (site.state, site.searched_at, site.seized, site.arrests) == ("arrested", NOW - 2 * HOUR, True, 2)


def test_entry_keeps_when_it_happened_apart_from_when_it_was_entered(sites, tell, last_entry, people):
    made = tell(sites[0], State.NOTHING, NOW - 30 * HOUR)
    assert (made.at, made.entered_at, made.late_by) == (NOW - 30 * HOUR, NOW, 30 * HOUR)
    assert last_entry()[1]["at"] == (NOW - 30 * HOUR).isoformat()


def test_telephone_whose_clock_is_a_little_ahead_is_believed_up_to_now(sites, tell):
    assert tell(sites[0], State.SEARCHED, NOW + timedelta(minutes=1)).at == NOW


@pytest.mark.parametrize(
    ("what", "hours", "why"),
    [(State.SEARCHED, 1, "lies ahead"), (State.PLANNED, 0, "not told"), (State.TAKEN_BACK, 0, "not told")],
)
def test_what_lies_ahead_or_is_none_of_the_words_is_refused(people, sites, what, hours, why):
    with pytest.raises(RefusedError, match=why):
        enter_state(people.charlie, NOW, site=sites[0], what=what, moment=NOW + hours * HOUR)


def test_double_tap_on_a_telephone_tells_nothing_twice(sites, tell):
    tell(sites[0], State.ARRESTED, persons=1)
    with pytest.raises(RefusedError, match="told already"):
        tell(sites[0], State.ARRESTED, persons=1)
    assert fresh(sites[0]).arrests == 1


@pytest.mark.parametrize("who", ["bob", "dora"])
def test_who_does_not_work_in_the_operation_tells_nothing(people, sites, tell, who):
    entry = tell(sites[0], State.SEARCHED)
    with pytest.raises(RefusedError, match="Your role in this operation"):
        enter_state(getattr(people, who), NOW, site=sites[0], what=State.NOTHING, moment=NOW)
    with pytest.raises(RefusedError, match="Your role in this operation"):
        correct_state(getattr(people, who), NOW, entry=entry, what=State.TAKEN_BACK, moment=NOW, reason="x")
