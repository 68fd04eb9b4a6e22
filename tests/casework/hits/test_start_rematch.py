"""Asking for a rematch."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.hits.models import Rematch
from kavalan.casework.hits.services import REMATCH, cancel_rematch, start_rematch
from kavalan.casework.jobs.models import State

from ..conftest import LATER, NOW


def test_it_waits_for_a_worker_under_the_actors_name_and_unit(people, last_entry):
    rematch = start_rematch(people.bob, NOW)
    job = rematch.job
    assert (job.kind, job.state, job.officer, job.authority) == (REMATCH, State.WAITING, people.bob, None)
    assert rematch.unit == people.bob.unit
    entry, said = last_entry()
    assert (entry.verb, entry.subject, entry.authority) == ("rematch.start", rematch.public_id, None)
    assert said == {"job": str(job.public_id), "unit": str(people.bob.unit.public_id)}


def test_it_depends_on_no_warrant(people):
    assert start_rematch(people.dora, LATER).unit == people.dora.unit


def test_one_at_a_time_for_a_unit_and_one_for_each(people, entries):
    start_rematch(people.alice, NOW)
    before = entries()
    with pytest.raises(RefusedError, match="under way"):
        start_rematch(people.dora, NOW)
    assert (entries(), Rematch.objects.count()) == (before, 1)
    start_rematch(people.charlie, NOW)


def test_after_one_that_ended_another_may_begin(people):
    cancel_rematch(people.alice, NOW, rematch=start_rematch(people.alice, NOW))
    start_rematch(people.alice, NOW)


def test_nobody_starts_none(people):
    with pytest.raises(RefusedError):
        start_rematch(None, NOW)
