"""Stopping scans."""

import hashlib

from kavalan.casework.exhibits.models import Item
from kavalan.casework.exhibits.services import stop_scan
from kavalan.casework.jobs.models import Job, State

from ..conftest import LATER, NOW
from .batches import row


def test_stop_keeps_what_was_loaded_and_says_why(people, exhibit, job, load, last_entry):
    batch = load([row(b"a")])
    stop_scan(people.alice, LATER, exhibit=exhibit, job=job, state=State.REFUSED, why="lapsed")
    kept = Job.objects.get()
    assert (kept.state, kept.fault, kept.ended_at, Item.objects.count()) == (State.REFUSED, "lapsed", LATER, 1)
    entry, said = last_entry()
    assert (entry.verb, entry.authority, said["why"]) == ("scan.stop", None, "lapsed")
    assert said["sha256"] == hashlib.sha256(batch.sha256).hexdigest()


def test_stop_before_the_first_batch_is_recorded(people, exhibit, job, last_entry):
    stop_scan(people.alice, NOW, exhibit=exhibit, job=job, state=State.FAILED, why="")
    assert last_entry()[1]["batches"] == 0
