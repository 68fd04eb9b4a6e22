"""Deciding about what somebody said against a report."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.retention.models import By, Challenge, Decision
from kavalan.casework.retention.services import decide_challenge, record_challenge

from ..conftest import NOW

CORRECTED = {"decision": Decision.CORRECTED, "right": "3 March", "reason": "the certificate says so"}


@pytest.fixture
def challenge(people, laid):
    said = {"by": By.REPORTER, "where": "date", "received": "2 March", "asked": "it was the 3rd"}
    record_challenge(people.bob, NOW, report=laid(1)[0], **said)
    return Challenge.objects.get()


def test_what_is_right_stands_beside_what_was_received(people, challenge, last_entry):
    before = Report.objects.values().get()
    decide_challenge(people.alice, NOW, challenge=challenge, **CORRECTED)
    challenge.refresh_from_db()
    assert (challenge.received, challenge.right, challenge.reason) == ("2 March", "3 March", "the certificate says so")
    assert (challenge.decided_by, challenge.decided_at, Report.objects.values().get()) == (people.alice, NOW, before)
    assert last_entry()[1] == {"challenge": str(challenge.public_id), "decision": "corrected"}
    with pytest.raises(RefusedError, match="decided already"):
        decide_challenge(people.alice, NOW, challenge=challenge, **CORRECTED)


def test_what_is_refused_changes_nothing_beside_it(people, challenge):
    decide_challenge(people.alice, NOW, challenge=challenge, decision=Decision.REFUSED, right="no", reason="no ground")
    challenge.refresh_from_db()
    assert (challenge.decision, challenge.right) == ("refused", "")


@pytest.mark.parametrize(
    ("who", "more", "why"),
    [
        ("bob", {}, "An investigator or a supervisor"),
        ("alice", {"right": " "}, "what is right"),
        ("alice", {"reason": ""}, "reason is needed"),
    ],
)
def test_nobody_else_and_not_without_what_is_right_and_why(people, challenge, entries, who, more, why):
    before = entries()
    with pytest.raises(RefusedError, match=why):
        decide_challenge(getattr(people, who), NOW, challenge=challenge, **(CORRECTED | more))
    assert (entries(), Challenge.objects.get().decision) == (before, "")
