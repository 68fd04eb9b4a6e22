"""A night's reading that came to another end."""

from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.services import claim
from kavalan.casework.vault.services import rehash_if_due, stop_rehash

from .conftest import NIGHT


def stop(rehash):
    return stop_rehash(None, NIGHT, rehash=rehash, job=claim("one", NIGHT), state=State.FAILED, why="no disk")


def test_stop_says_why_and_how_far_it_came(rehash, last_entry):
    stop(rehash)
    kept = Job.objects.get()
    assert (kept.state, kept.fault, kept.ended_at) == (State.FAILED, "no disk", NIGHT)
    entry, said = last_entry()
    assert (entry.verb, entry.actor) == ("rehash.stop", None)
    assert (said["why"], said["state"], said["read"]) == ("no disk", "failed", 0)


def test_night_that_was_stopped_is_not_begun_again(rehash):
    stop(rehash)
    assert rehash_if_due(NIGHT) is None
    assert Job.objects.count() == 1
