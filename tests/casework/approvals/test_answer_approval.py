"""Granting and refusing, and using what was granted."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections

from kavalan.casework.approvals.models import Approval
from kavalan.casework.approvals.services import answer_approval, use
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.guard import writing
from kavalan.casework.privilege.approval_kinds import OPEN_PRIVILEGED
from kavalan.casework.verbs import Done, house_verb

from ..conftest import NOW
from .conftest import PAYLOAD

DAY = timedelta(days=1)


@house_verb("test.use_up")
def use_up(act, *, exhibit, payload) -> Done[Exhibit]:
    """Only uses a grant up."""
    use(act.officer, act.at, kind=OPEN_PRIVILEGED, matter=exhibit, payload=payload)
    return Done(exhibit)


def answer(officer, approval, granted=True, reason="I looked at the list of numbers", at=NOW):
    return answer_approval(officer, at, approval=approval, granted=granted, reason=reason)


def both_at_once(first, second):
    """Runs two calls in threads that start together; how many were refused."""
    refused, start = [], threading.Barrier(2)

    def run(call):
        start.wait()
        try:
            call()
        except RefusedError as error:
            refused.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[call]) for call in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(refused)


def test_grant_is_used_once(filtering, exhibit, asked, last_entry):
    answer(filtering.bob, asked)
    assert last_entry()[1] == {"granted": "yes", "why": "I looked at the list of numbers"}
    use_up(filtering.dora, NOW, exhibit=exhibit, payload=PAYLOAD)
    with pytest.raises(RefusedError, match="used once"):
        use_up(filtering.dora, NOW, exhibit=exhibit, payload=PAYLOAD)


@pytest.mark.parametrize(
    ("who", "payload", "after"),
    [
        ("alice", PAYLOAD, timedelta()),
        ("dora", {"items": ["3", "7", "8"]}, timedelta()),
        ("dora", PAYLOAD, DAY),
    ],
)
def test_grant_is_for_who_asked_for_what_was_asked_and_for_a_day(filtering, exhibit, asked, who, payload, after):
    answer(filtering.bob, asked)
    with pytest.raises(RefusedError, match="exactly this"):
        use_up(getattr(filtering, who), NOW + after, exhibit=exhibit, payload=payload)
    use_up(filtering.dora, NOW + DAY - timedelta(seconds=1), exhibit=exhibit, payload=PAYLOAD)


def test_refused_or_unanswered_nothing_can_be_used(filtering, exhibit, asked):
    with pytest.raises(RefusedError):
        use_up(filtering.dora, NOW, exhibit=exhibit, payload=PAYLOAD)
    answer(filtering.bob, asked, granted=False)
    with pytest.raises(RefusedError):
        use_up(filtering.dora, NOW, exhibit=exhibit, payload=PAYLOAD)


@pytest.mark.parametrize(
    ("who", "reason", "after", "why"),
    [
        ("dora", "mine", timedelta(), "Nobody grants"),
        ("charlie", "why not", timedelta(), "does not extend"),
        ("bob", "", timedelta(), "reason is needed"),
        ("bob", "late", 7 * DAY, "lapsed"),
    ],
)
def test_own_right_reason_and_time_are_asked(filtering, asked, entries, who, reason, after, why):
    before = entries()
    with pytest.raises(RefusedError, match=why):
        answer(getattr(filtering, who), asked, reason=reason, at=NOW + after)
    assert (entries(), Approval.objects.get().granted) == (before, None)


def test_it_is_answered_once(filtering, asked):
    answer(filtering.bob, asked)
    with pytest.raises(RefusedError, match="answered already"):
        answer(filtering.alice, asked, granted=False)


def test_of_two_who_answer_at_once_one_is_refused(filtering, asked, entries):
    before = entries()
    refused = both_at_once(lambda: answer(filtering.bob, asked), lambda: answer(filtering.alice, asked, granted=False))
    assert (refused, entries()) == (1, before + 1)


def test_of_two_who_use_it_at_once_one_is_refused(filtering, exhibit, asked, entries):
    answer(filtering.bob, asked)
    before = entries()

    def once():
        use_up(filtering.dora, NOW, exhibit=exhibit, payload=PAYLOAD)

    assert (both_at_once(once, once), entries()) == (1, before + 1)


def test_database_refuses_a_grant_by_who_asked_and_a_use_without_grant(filtering, asked):
    for values in ({"answered_by": filtering.dora}, {"used_at": NOW}):
        with writing(frozenset({"approvals_approval"})), pytest.raises(IntegrityError):
            Approval.objects.update(**values)
