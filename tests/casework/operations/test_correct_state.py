"""Correcting what is told of a site."""

from datetime import timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.models import Site, SiteEntry
from kavalan.casework.operations.rules import State
from kavalan.casework.operations.services import correct_state

from ..conftest import NOW

HOUR = timedelta(hours=1)


def fresh(site):
    return Site.objects.get(pk=site.pk)


def test_correction_is_another_row_and_the_wrong_one_stays(people, sites, tell):
    wrong = tell(sites[0], State.ARRESTED, persons=3)
    right = correct_state(
        people.charlie, NOW, entry=wrong, what=State.ARRESTED, moment=NOW, persons=1, reason="two were witnesses"
    )
    assert (right.corrects, right.why, SiteEntry.objects.get(pk=wrong.pk).persons) == (wrong, "two were witnesses", 3)
    assert fresh(sites[0]).arrests == 1


def test_what_was_not_so_is_taken_back(people, sites, tell):
    wrong = tell(sites[0], State.NOTHING)
    correct_state(people.alice, NOW, entry=wrong, what=State.TAKEN_BACK, moment=NOW, reason="the next house")
    assert fresh(sites[0]).state == "planned"


def test_entry_is_corrected_once(people, sites, tell):
    wrong = tell(sites[0], State.NOTHING)
    again = {"entry": wrong, "what": State.TAKEN_BACK, "moment": NOW, "reason": "the next house"}
    correct_state(people.charlie, NOW, **again)
    with pytest.raises(RefusedError, match="corrected already"):
        correct_state(people.charlie, NOW, **again)


def test_plan_is_taken_back_and_not_made_into_something_else(people, sites):
    plan = sites[0].entries.get()
    with pytest.raises(RefusedError, match="A plan can be taken back"):
        correct_state(people.charlie, NOW, entry=plan, what=State.SEARCHED, moment=NOW, reason="x")
    correct_state(people.charlie, NOW, entry=plan, what=State.TAKEN_BACK, moment=NOW, reason="the wrong street")
    assert fresh(sites[0]).state == "taken_back"


def test_correction_needs_a_reason(people, sites, tell):
    with pytest.raises(RefusedError, match="reason"):
        correct_state(
            people.charlie, NOW, entry=tell(sites[0], State.SEARCHED), what=State.TAKEN_BACK, moment=NOW, reason=" "
        )
