"""Cancelling scans."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.services import cancel_scan, start_scan
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.services import claim

from ..conftest import LATER, NOW


@pytest.fixture
def waiting(people, exhibit):
    return start_scan(people.alice, people.warrant, exhibit, NOW)


def test_waiting_scan_ends_at_once(people, waiting, last_entry):
    cancel_scan(people.alice, NOW, exhibit=waiting)
    assert (Job.objects.get().state, last_entry()[0].verb) == (State.CANCELLED, "scan.cancel")


def test_running_scan_is_asked_to_stop(people, waiting):
    claim("one", NOW)
    cancel_scan(people.alice, NOW, exhibit=waiting)
    job = Job.objects.get()
    assert (job.state, job.cancel_asked) == (State.RUNNING, True)


def test_scan_whose_authority_lapsed_can_still_be_cancelled(people, waiting):
    cancel_scan(people.alice, LATER, exhibit=waiting)
    assert Job.objects.get().state == State.CANCELLED


def test_where_nothing_runs_there_is_nothing_to_cancel(people, exhibit, entries):
    before = entries()
    with pytest.raises(RefusedError, match="No scan"):
        cancel_scan(people.alice, NOW, exhibit=exhibit)
    assert entries() == before


@pytest.mark.parametrize("who", ["bob", "dora", "charlie"])
def test_who_is_no_examiner_there_cancels_nothing(people, waiting, who):
    with pytest.raises(RefusedError, match="examiner"):
        cancel_scan(getattr(people, who), NOW, exhibit=waiting)
    assert Job.objects.get().state == State.WAITING
