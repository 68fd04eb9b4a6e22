"""Writing down what somebody says against a report."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.retention.holding import holds_of
from kavalan.casework.retention.models import By, Challenge
from kavalan.casework.retention.rules import Held
from kavalan.casework.retention.schedules import Of
from kavalan.casework.retention.services import record_challenge

from ..conftest import NOW
from .conftest import LONG, work

SAID = {"by": By.CONCERNED, "where": "date of birth", "received": "2 March", "asked": "it is the 3rd, says Quillanthe"}


def test_report_stays_as_it_was_received_and_the_ledger_is_told_no_word_of_it(people, laid, last_entry):
    (report,) = laid(1)
    before = Report.objects.filter(pk=report.pk).values().get()
    record_challenge(people.bob, NOW, report=report, **SAID)
    assert Report.objects.filter(pk=report.pk).values().get() == before
    one = Challenge.objects.get()
    assert (one.where, one.received, one.asked, one.decision) == (*list(SAID.values())[1:], "")
    assert last_entry()[1] == {"challenge": str(one.public_id), "by": "concerned"}
    assert Held.CHALLENGE in holds_of([report], Of.REPORT)[report.pk]


@pytest.mark.parametrize(
    ("who", "more", "why"),
    [
        ("charlie", {}, "Only who works"),
        ("bob", {"where": " "}, "which place"),
        ("bob", {"asked": " "}, "what they ask"),
    ],
)
def test_nobody_else_and_not_without_place_and_request(people, laid, entries, who, more, why):
    (report,) = laid(1)
    before = entries()
    with pytest.raises(RefusedError, match=why):
        record_challenge(getattr(people, who), NOW, report=report, **(SAID | more))
    assert (entries(), Challenge.objects.count()) == (before, 0)


def test_there_is_nothing_to_challenge_once_it_was_purged(people, decided):
    work()
    with pytest.raises(RefusedError, match="was purged"):
        record_challenge(people.bob, LONG, report=decided.tombstones.get().report, **SAID)
