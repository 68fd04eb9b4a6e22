"""The worker takes it up."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.search.filling import fill_if_due
from kavalan.casework.search.services import ask_filling, finish_filling, take_up

from ..conftest import NOW


def test_the_clock_makes_a_job_of_it_once(people):
    assert fill_if_due(NOW) is None
    ask_filling(None, NOW)
    assert fill_if_due(NOW) == "all documents are made anew"
    assert fill_if_due(NOW) is None
    job = Job.objects.get()
    assert (job.kind, job.state, job.total, job.officer) == ("search.fill", State.WAITING, 1, None)


def test_what_is_done_or_being_done_is_not_taken_up(people):
    filling = ask_filling(None, NOW)
    take_up(None, NOW, filling=filling, total=1)
    with pytest.raises(RefusedError, match="nothing to take up"):
        take_up(None, NOW, filling=filling, total=1)
    finish_filling(None, NOW, filling=filling, job=None)
    with pytest.raises(RefusedError, match="nothing to take up"):
        take_up(None, NOW, filling=filling, total=1)
