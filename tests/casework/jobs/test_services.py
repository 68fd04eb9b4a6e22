"""Taking and keeping jobs."""

import threading
from datetime import timedelta

import pytest
from django.db import connections

from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit, start_scan
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.rules import LEASE
from kavalan.casework.jobs.services import LeaseLostError, beat, claim, put_back

from ..conftest import NOW


@pytest.fixture
def job(people, exhibit):
    return start_scan(people.alice, people.warrant, exhibit, NOW).scan


def test_oldest_job_is_taken_first(people, job, folder):
    draft = ExhibitDraft("E-2", folder, people.compartment)
    second = start_scan(
        people.alice, people.warrant, register_exhibit(people.alice, people.warrant, draft, NOW), NOW
    ).scan
    assert [claim("one", NOW).pk, claim("two", NOW).pk, claim("three", NOW)] == [job.pk, second.pk, None]


def test_of_many_workers_one_gets_the_job(job):
    taken = []

    def take(worker):
        got = claim(worker, NOW)
        taken.append(got and got.worker)
        connections.close_all()

    threads = [threading.Thread(target=take, args=(f"worker {number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [worker for worker in taken if worker]
    assert (len(taken), len(winners)) == (6, 1)
    assert Job.objects.get().worker == winners[0]


def test_heartbeat_renews_the_lease_and_tells_progress(job):
    held = claim("one", NOW)
    later = NOW + timedelta(minutes=4)
    beat(held, 77, later)
    kept = Job.objects.get()
    assert (kept.progress, kept.heartbeat_at, kept.lease_until) == (77, later, later + LEASE)


def test_heartbeat_of_a_worker_that_lost_the_job_is_refused(job):
    held = claim("one", NOW)
    claim("two", NOW + LEASE + timedelta(seconds=1))
    with pytest.raises(LeaseLostError):
        beat(held, 77, NOW + LEASE + timedelta(seconds=2))
    assert Job.objects.get().progress == 0


def test_job_put_back_waits_with_the_reason(job):
    put_back(claim("one", NOW), "OSError: gone")
    kept = Job.objects.get()
    assert (kept.state, kept.fault, kept.lease_until, kept.attempts) == (State.WAITING, "OSError: gone", None, 1)
