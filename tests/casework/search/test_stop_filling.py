"""Making all that is searched anew ended before its end."""

from kavalan.casework.jobs.models import State
from kavalan.casework.jobs.services import claim
from kavalan.casework.search.services import ask_filling, stop_filling, take_up

from ..conftest import NOW


def test_it_stays_to_be_gone_on_with(people, last_entry):
    filling = take_up(None, NOW, filling=ask_filling(None, NOW), total=1)
    job = claim("worker", NOW)
    stopped = stop_filling(None, NOW, filling=filling, job=job, state=State.FAILED, why="a disk")
    assert (stopped.done_at, last_entry()[1]) == (None, {"state": "failed", "why": "a disk"})
