"""An exhibit that was asked to be kept is kept: once, and said with its digest."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.services import claim
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.safekeeping.models import Way
from kavalan.casework.safekeeping.services import finish_keeping
from kavalan.casework.safekeeping.work import Keeping
from kavalan.casework.vault.models import Kept
from kavalan.casework.vault.store import vault

from ..conftest import LATER, NOW
from .conftest import source_of, work


def test_beginning_and_end_are_in_the_ledger_with_the_digest(image, keep, last_entry):
    keeping = keep(image, Way.COPY)
    entry, payload = last_entry()
    assert (entry.verb, payload["sha256"]) == ("keeping.finish", keeping.content.sha256_hex)
    assert LedgerEntry.objects.filter(verb="exhibit.keep").count() == 1


def test_copy_whose_worker_died_before_it_was_entered_is_made_again_once(waiting):
    list(Keeping().batches(waiting.job, lambda: NOW))
    assert work().state == State.DONE
    assert len(list(vault().names())) == Kept.objects.count() == 1


def test_copy_whose_worker_died_after_it_was_entered_is_not_made_again(image, waiting):
    with writing(frozenset({"jobs_job"})):
        Job.objects.update(state=State.RUNNING, worker="dead", lease_until=NOW)
    job = Job.objects.get()
    (taken,) = Keeping().batches(job, lambda: NOW)
    Keeping().load(job, taken, NOW)
    source_of(image).unlink()
    with writing(frozenset({"jobs_job"})):
        Job.objects.update(state=State.WAITING)
    assert work().state == State.DONE
    waiting.refresh_from_db()
    assert Kept.objects.get() == waiting.content


def test_end_asks_role_and_authority_again(people, waiting):
    job = claim("worker", NOW)
    with pytest.raises(RefusedError, match="Your role"):
        finish_keeping(people.bob, people.warrant, waiting, NOW, job=job)
    with pytest.raises(RefusedError, match="ended"):
        finish_keeping(people.alice, people.warrant, waiting, LATER, job=job)
    assert Job.objects.get().state == State.RUNNING
