"""Giving a report back to the desk."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.rules import Standing
from kavalan.casework.triage.services import give_back_report, take_report

from ..conftest import NOW


def test_it_is_open_again_with_the_reason(people, report):
    take_report(people.bob, NOW, report=report)
    back = give_back_report(people.bob, NOW, report=report, reason="another district")
    assert (back.standing, back.taken_by) == (Standing.OPEN, None)
    assert report.moves.order_by("-pk").first().reason == "another district"


def test_supervisor_gives_back_what_somebody_else_took(people, report):
    take_report(people.bob, NOW, report=report)
    assert give_back_report(people.alice, NOW, report=report, reason="on leave").standing == Standing.OPEN


@pytest.mark.parametrize(
    ("taken_by", "by", "reason", "why"),
    [(None, "bob", "x", "Nobody works on"), ("alice", "bob", "x", "Somebody else"), ("bob", "bob", " ", "A reason")],
)
def test_it_is_refused(people, report, taken_by, by, reason, why):
    if taken_by:
        take_report(getattr(people, taken_by), NOW, report=report)
    with pytest.raises(RefusedError, match=why):
        give_back_report(getattr(people, by), NOW, report=report, reason=reason)
