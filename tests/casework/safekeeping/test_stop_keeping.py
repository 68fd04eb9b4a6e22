"""A keeping that came to another end."""

from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.services import claim
from kavalan.casework.safekeeping.services import stop_keeping

from ..conftest import LATER, NOW
from .conftest import source_of, work


def test_source_that_is_gone_fails_and_says_so(image, waiting):
    source_of(image).unlink()
    for _ in range(3):
        job = work()
    assert (job.state, "FileNotFoundError" in job.fault) == (State.FAILED, True)


def test_stop_says_why_and_that_nothing_is_kept(people, waiting, last_entry):
    job = claim("worker", NOW)
    stop_keeping(people.alice, LATER, keeping=waiting, job=job, state=State.REFUSED, why="lapsed")
    kept = Job.objects.get()
    assert (kept.state, kept.fault, kept.ended_at) == (State.REFUSED, "lapsed", LATER)
    entry, said = last_entry()
    assert (entry.verb, entry.authority) == ("keeping.stop", None)
    assert (said["why"], said["state"], said["sha256"], said["size"]) == ("lapsed", "refused", None, None)
