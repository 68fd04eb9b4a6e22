"""Cancelling a rematch."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.hits.services import cancel_rematch, start_rematch
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.services import claim

from ..conftest import NOW


@pytest.fixture
def waiting(people):
    return start_rematch(people.alice, NOW)


def test_waiting_one_ends_at_once(people, waiting, last_entry):
    cancel_rematch(people.dora, NOW, rematch=waiting)
    assert (Job.objects.get().state, last_entry()[0].verb) == (State.CANCELLED, "rematch.cancel")


def test_running_one_is_asked_to_stop(people, waiting):
    claim("one", NOW)
    cancel_rematch(people.alice, NOW, rematch=waiting)
    assert (Job.objects.get().state, Job.objects.get().cancel_asked) == (State.RUNNING, True)


def test_another_unit_cancels_nothing(people, waiting, entries):
    before = entries()
    with pytest.raises(RefusedError, match="of the unit"):
        cancel_rematch(people.charlie, NOW, rematch=waiting)
    assert (Job.objects.get().state, entries()) == (State.WAITING, before)


def test_one_that_ended_is_not_cancelled(people, waiting):
    cancel_rematch(people.alice, NOW, rematch=waiting)
    with pytest.raises(RefusedError, match="has ended"):
        cancel_rematch(people.alice, NOW, rematch=waiting)
