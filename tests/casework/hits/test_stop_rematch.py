"""Stopping a rematch."""

from kavalan.casework.hits.services import start_rematch, stop_rematch
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.services import claim

from ..conftest import NOW


def test_stop_says_why_and_is_recorded(people, last_entry):
    rematch = start_rematch(people.alice, NOW)
    stop_rematch(people.alice, NOW, rematch=rematch, job=claim("one", NOW), state=State.FAILED, why="no disk")
    kept = Job.objects.get()
    assert (kept.state, kept.fault, kept.ended_at) == (State.FAILED, "no disk", NOW)
    entry, said = last_entry()
    assert (entry.verb, said["why"], said["state"], said["contents"]) == ("rematch.stop", "no disk", "failed", 0)
