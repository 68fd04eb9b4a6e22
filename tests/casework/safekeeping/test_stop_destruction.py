"""A destruction that could not be brought to its end."""

from kavalan.casework.jobs.models import State
from kavalan.casework.jobs.services import claim
from kavalan.casework.safekeeping.services import stop_destruction
from kavalan.casework.vault.models import Kept

from .conftest import SOON


def stop(people, decided):
    job = claim("worker", SOON)
    stop_destruction(people.alice, SOON, destruction=decided, job=job, state=State.FAILED, why="no disk")
    decided.refresh_from_db()


def test_what_is_to_be_destroyed_stays_so(people, decided):
    stop(people, decided)
    assert (decided.job.state, decided.job.fault, decided.ended_at) == (State.FAILED, "no disk", None)
    kept = Kept.objects.get()
    assert (kept.doomed_at, kept.destroyed_at) == (SOON, None)


def test_stop_says_why_and_claims_nothing_that_is_not_gone(people, decided, last_entry):
    stop(people, decided)
    entry, said = last_entry()
    assert (entry.verb, entry.subject) == ("evidence.destruction_stopped", decided.public_id)
    assert said == {"kept": [], "sha256": [], "remains": [], "state": "failed", "why": "no disk"}
