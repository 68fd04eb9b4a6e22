"""Holding a report."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.retention.holding import holds_of
from kavalan.casework.retention.rules import Held
from kavalan.casework.retention.schedules import Of
from kavalan.casework.retention.services import hold_report

from ..conftest import NOW
from .conftest import LONG, work


def test_whoever_works_there_holds_it_with_a_reason(people, laid, last_entry):
    (report,) = laid(1)
    hold_report(people.bob, NOW, report=report, reason="the court of the lake asks for it")
    assert (last_entry()[0].verb, last_entry()[1]["reason"]) == ("report.hold", "the court of the lake asks for it")
    assert Held.HOLD in holds_of([report], Of.REPORT)[report.pk]


@pytest.mark.parametrize(("who", "reason", "why"), [("dora", "r", "Only who works"), ("bob", " ", "reason is needed")])
def test_nobody_else_and_not_without_a_reason(people, laid, entries, who, reason, why):
    (report,) = laid(1)
    before = entries()
    with pytest.raises(RefusedError, match=why):
        hold_report(getattr(people, who), NOW, report=report, reason=reason)
    assert (entries(), report.holds.count()) == (before, 0)


def test_it_is_held_once_and_not_once_it_is_to_be_purged(people, laid, decided):
    (other,) = laid(1)
    hold_report(people.bob, NOW, report=other, reason="the court")
    with pytest.raises(RefusedError, match="held already"):
        hold_report(people.bob, NOW, report=other, reason="again")
    for _ in range(2):
        with pytest.raises(RefusedError, match="was purged"):
            hold_report(people.bob, LONG, report=decided.tombstones.get().report, reason="too late")
        work()
