"""Thinning that comes to no good end leaves nothing out."""

from kavalan.casework.exhibits.rules import ItemFilter
from kavalan.casework.exhibits.services import THIN, thin_exhibit
from kavalan.casework.exhibits.thinning import as_may_be
from kavalan.casework.exhibits.thinning_work import ThinningWork
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.worker import run_next

from ..conftest import NOW


def test_work_that_fails_three_times_is_told_and_nothing_is_left_out(people, three, thinned, last_entry, monkeypatch):
    thin_exhibit(people.alice, NOW, exhibit=thinned, earlier=[three[0]])
    monkeypatch.setattr("kavalan.casework.exhibits.thinning_work._met", lambda *_: 1 // 0)
    for _ in range(3):
        run_next({THIN: ThinningWork()}, "worker", lambda: NOW)
    entry, said = last_entry()
    assert (entry.verb, said["state"]) == ("thinning.stop", "failed")
    assert Job.objects.get(thinning=thinned.thinning.pk).state == State.FAILED
    asked = ItemFilter(thinned=True)
    assert as_may_be(people.alice, thinned, asked, NOW) == ItemFilter()
