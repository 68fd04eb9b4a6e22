"""Finishing scans."""

import hashlib

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.services import finish_scan
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.services import LeaseLostError

from ..conftest import LATER, NOW
from .batches import row, unread


def test_entry_carries_the_digest_over_all_batches(people, exhibit, job, load, last_entry):
    one = load([row(b"a"), unread(b"b", "gone")])
    two = load([row(b"c")], number=2)
    finish_scan(people.alice, people.warrant, exhibit, NOW, job=job)
    assert last_entry()[1] == {
        "job": str(job.public_id),
        "batches": 2,
        "items": 3,
        "unread": 1,
        "sha256": hashlib.sha256(one.sha256 + two.sha256).hexdigest(),
    }
    assert Job.objects.get().state == State.DONE


def test_scan_is_not_finished_on_a_lapsed_authority(people, exhibit, job):
    with pytest.raises(RefusedError):
        finish_scan(people.alice, people.warrant, exhibit, LATER, job=job)
    assert Job.objects.get().state == State.RUNNING


def test_worker_without_the_lease_finishes_nothing(people, exhibit, job, entries):
    before = entries()
    job.worker = "another"
    with pytest.raises(LeaseLostError):
        finish_scan(people.alice, people.warrant, exhibit, NOW, job=job)
    assert entries() == before
