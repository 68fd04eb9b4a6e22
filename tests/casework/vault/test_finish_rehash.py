"""Ending a night's reading."""

from datetime import timedelta

import pytest

from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.rules import LEASE
from kavalan.casework.jobs.services import LeaseLostError, claim
from kavalan.casework.vault.services import finish_rehash
from kavalan.casework.vault.store import vault

from .conftest import NIGHT, run


def test_end_says_how_much_was_read_and_that_nothing_is_at_fault(paper, rehash, last_entry):
    run()
    entry, said = last_entry()
    assert (entry.verb, entry.actor) == ("rehash.finish", None)
    assert said == {"job": str(rehash.job.public_id), "read": paper.size, "unnamed": 0, "faults": []}


def test_end_names_what_is_at_fault(paper, rehash, last_entry):
    vault().blobs.path(paper.name).unlink()
    run()
    assert last_entry()[1]["faults"] == [paper.name]


def test_worker_that_lost_it_does_not_end_it(rehash):
    lost = claim("one", NIGHT)
    claim("two", NIGHT + LEASE + timedelta(seconds=1))
    with pytest.raises(LeaseLostError):
        finish_rehash(None, NIGHT, rehash=rehash, job=lost)
    assert Job.objects.get().state == State.RUNNING
