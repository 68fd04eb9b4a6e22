"""Ending a destruction."""

from datetime import timedelta

import pytest

from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.rules import LEASE
from kavalan.casework.jobs.services import LeaseLostError, claim
from kavalan.casework.safekeeping.destroying import Destroying
from kavalan.casework.safekeeping.models import Destroyed, Way
from kavalan.casework.safekeeping.services import destroy_evidence, finish_destruction

from .conftest import SOON, destroyed, work


def test_destruction_whose_worker_died_after_the_file_was_gone_comes_to_its_end(people, image, keep, granted):
    keeping = keep(image, Way.COPY)
    granted(image)
    destroy_evidence(people.alice, SOON, exhibit=image)
    # The file is gone and nobody was told.
    list(Destroying().batches(Job.objects.get(kind="evidence.destroy"), lambda: SOON))
    assert Destroyed.objects.get().done_at is None
    assert work(SOON).state == State.DONE
    assert bytes(Destroyed.objects.get().sha256) == bytes(keeping.content.sha256)


def test_end_is_recorded_with_the_digest_of_what_is_gone(people, image, keep, granted, last_entry):
    keeping = keep(image, Way.COPY)
    granted(image)
    destroyed(people, image)
    entry, payload = last_entry()
    assert entry.verb == "evidence.destroyed"
    assert payload["sha256"] == [keeping.content.sha256_hex]


def test_worker_that_lost_it_does_not_end_it(people, decided):
    lost = claim("one", SOON)
    claim("two", SOON + LEASE + timedelta(seconds=1))
    with pytest.raises(LeaseLostError):
        finish_destruction(people.alice, SOON, destruction=decided, job=lost)
    decided.refresh_from_db()
    assert (decided.job.state, decided.ended_at) == (State.RUNNING, None)
