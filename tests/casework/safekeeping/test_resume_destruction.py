"""Going on with a destruction that did not come to its end."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.services import claim
from kavalan.casework.safekeeping.models import Way
from kavalan.casework.safekeeping.services import destroy_evidence, resume_destruction, stop_destruction

from .conftest import SOON, work


def test_destruction_that_failed_is_gone_on_with(people, image, keep, granted, monkeypatch):
    keep(image, Way.COPY)
    granted(image)
    decided = destroy_evidence(people.alice, SOON, exhibit=image)

    def refuses(*_):
        raise OSError("read-only file system")

    with monkeypatch.context() as broken:
        broken.setattr("kavalan.casework.safekeeping.destroying.destroyed_blob", refuses)
        for _ in range(3):
            work(SOON)
    decided.refresh_from_db()
    assert (decided.job.state, decided.ended_at) == (State.FAILED, None)
    resume_destruction(people.alice, SOON, destruction=decided)
    work(SOON)
    decided.refresh_from_db()
    assert decided.ended_at == SOON
    with pytest.raises(RefusedError, match="nothing to go on with"):
        resume_destruction(people.alice, SOON, destruction=decided)


@pytest.fixture
def failed(people, decided):
    job = claim("worker", SOON)
    return stop_destruction(people.alice, SOON, destruction=decided, job=job, state=State.FAILED, why="no disk")


def test_going_on_is_recorded_with_the_new_job(people, failed, last_entry):
    again = resume_destruction(people.alice, SOON, destruction=failed)
    entry, said = last_entry()
    assert (entry.verb, entry.actor) == ("evidence.destroy_again", people.alice.public_id)
    assert said == {"job": str(again.job.public_id)}
    assert Job.objects.get(state=State.WAITING) == again.job


def test_only_a_supervisor_where_it_lies_goes_on(people, failed):
    for officer in (people.bob, people.dora, people.charlie):
        with pytest.raises(RefusedError, match="A supervisor"):
            resume_destruction(officer, SOON, destruction=failed)


def test_destruction_that_waits_is_not_begun_twice(people, decided):
    with pytest.raises(RefusedError, match="nothing to go on with"):
        resume_destruction(people.alice, SOON, destruction=decided)
