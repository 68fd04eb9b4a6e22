"""Cancelling a night's reading."""

from datetime import timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.vault.services import cancel_rehash, rehash_if_due

from ..conftest import NOW
from .conftest import NIGHT, night, run


def test_night_that_was_cancelled_is_over_and_the_next_one_reads(people, rehash):
    cancel_rehash(people.alice, NIGHT, rehash=rehash)
    assert (run(), rehash_if_due(NIGHT)) == (None, None)
    assert night(NIGHT + timedelta(days=1)).state == State.DONE


def test_running_night_stops_before_its_next_part(people, rehash):
    with writing(frozenset({"jobs_job"})):
        Job.objects.update(state=State.RUNNING, worker="dead", lease_until=NOW)
    cancel_rehash(people.alice, NIGHT, rehash=rehash)
    assert run().state == State.CANCELLED


def test_officer_without_such_a_role_cancels_nothing(people, rehash):
    with pytest.raises(RefusedError, match="An administrator"):
        cancel_rehash(people.bob, NIGHT, rehash=rehash)


def test_night_that_is_over_is_not_cancelled(people, rehash):
    run()
    with pytest.raises(RefusedError, match="ended"):
        cancel_rehash(people.alice, NIGHT, rehash=rehash)


def test_cancelling_is_recorded_with_who_did_it(people, rehash, last_entry):
    cancel_rehash(people.alice, NIGHT, rehash=rehash)
    entry, said = last_entry()
    assert (entry.verb, entry.actor) == ("rehash.cancel", people.alice.public_id)
    assert said == {"job": str(rehash.job.public_id)}
