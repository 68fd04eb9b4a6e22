"""Taking a report to work on it."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.rules import Standing
from kavalan.casework.triage.services import take_report

from ..conftest import NOW


def test_it_is_theirs_and_the_move_is_kept(people, report, last_entry):
    taken = take_report(people.bob, NOW, report=report)
    assert (taken.standing, taken.taken_by) == (Standing.TAKEN, people.bob)
    move = report.moves.get()
    assert (move.before, move.after, move.by) == ("open", "taken", people.bob)
    entry, said = last_entry()
    assert (entry.verb, entry.subject) == ("report.take", report.public_id)
    assert said == {"before": "open", "after": "taken", "reason": ""}


def test_two_do_not_take_the_same_one(people, report):
    take_report(people.bob, NOW, report=report)
    with pytest.raises(RefusedError, match="Only an open report"):
        take_report(people.alice, NOW, report=report)


def test_who_does_not_take_in_reports_there_takes_none(people, report):
    with pytest.raises(RefusedError, match="Only who takes in reports"):
        take_report(people.charlie, NOW, report=report)
