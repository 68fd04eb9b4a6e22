"""Pausing a job."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.services import cancel_scan, start_scan
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.services import claim, pause_job

from ..conftest import NOW


@pytest.fixture
def job(people, exhibit):
    return start_scan(people.alice, people.warrant, exhibit, NOW).scan


def test_paused_job_is_not_taken(people, job, last_entry):
    pause_job(people.alice, NOW, job=job)
    assert claim("one", NOW) is None
    assert last_entry()[0].verb == "job.pause"


def test_job_that_runs_may_be_paused(people, job):
    claim("one", NOW)
    pause_job(people.alice, NOW, job=job)
    assert (Job.objects.get().state, Job.objects.get().paused) == (State.RUNNING, True)


def test_paused_job_that_is_stopped_ends(people, exhibit, job):
    pause_job(people.alice, NOW, job=job)
    cancel_scan(people.alice, NOW, exhibit=exhibit)
    assert Job.objects.get().state == State.CANCELLED


@pytest.mark.parametrize("who", ["bob", "dora", "charlie"])
def test_who_does_not_examine_there_pauses_nothing(people, job, who):
    with pytest.raises(RefusedError):
        pause_job(getattr(people, who), NOW, job=job)


def test_job_that_has_ended_is_not_paused(people, exhibit, job):
    cancel_scan(people.alice, NOW, exhibit=exhibit)
    with pytest.raises(RefusedError, match="ended"):
        pause_job(people.alice, NOW, job=job)


def test_job_is_not_paused_twice(people, job):
    pause_job(people.alice, NOW, job=job)
    with pytest.raises(RefusedError, match="paused already"):
        pause_job(people.alice, NOW, job=job)
