"""Opening a report again."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.rules import Standing
from kavalan.casework.triage.services import reopen_report, set_aside_report

from ..conftest import NOW


def test_it_is_open_and_all_that_was_said_stays(people, report):
    set_aside_report(people.bob, NOW, report=report, reason="nothing to go on")
    assert reopen_report(people.alice, NOW, report=report, reason="the service answered").standing == Standing.OPEN
    assert [move.reason for move in report.moves.order_by("pk")] == ["nothing to go on", "the service answered"]


@pytest.mark.parametrize(("aside", "reason", "why"), [(False, "x", "was set aside"), (True, "", "A reason")])
def test_it_is_refused(people, report, aside, reason, why):
    if aside:
        set_aside_report(people.bob, NOW, report=report, reason="x")
    with pytest.raises(RefusedError, match=why):
        reopen_report(people.bob, NOW, report=report, reason=reason)
