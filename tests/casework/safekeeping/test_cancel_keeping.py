"""Cancelling the copying of an exhibit."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.safekeeping.services import cancel_keeping
from kavalan.casework.vault.models import Kept
from kavalan.casework.vault.store import vault

from ..conftest import NOW
from .conftest import work


def test_waiting_keeping_is_cancelled_at_once(people, waiting):
    cancel_keeping(people.alice, NOW, keeping=waiting)
    assert (work(), Kept.objects.count()) == (None, 0)


def test_running_keeping_that_is_cancelled_leaves_nothing(waiting, monkeypatch):
    with writing(frozenset({"jobs_job"})):
        Job.objects.update(cancel_asked=True)
    # Every piece is worth a heartbeat.
    monkeypatch.setattr("kavalan.casework.jobs.pulse.HEARTBEAT", NOW - NOW)
    assert work().state == State.CANCELLED
    assert list(vault().names()) == []


def test_only_an_examiner_where_it_lies_cancels(people, waiting, custodian):
    for officer in (people.bob, people.charlie, custodian):
        with pytest.raises(RefusedError, match="Only an examiner"):
            cancel_keeping(officer, NOW, keeping=waiting)
    assert Job.objects.get().state == State.WAITING


def test_keeping_that_is_over_is_not_cancelled(people, waiting):
    work()
    with pytest.raises(RefusedError, match="ended"):
        cancel_keeping(people.alice, NOW, keeping=waiting)


def test_cancelling_is_recorded_with_who_did_it(people, waiting, last_entry):
    cancel_keeping(people.alice, NOW, keeping=waiting)
    entry, said = last_entry()
    assert (entry.verb, entry.actor) == ("keeping.cancel", people.alice.public_id)
    assert said == {"job": str(waiting.job.public_id)}
