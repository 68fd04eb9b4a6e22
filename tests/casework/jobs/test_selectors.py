"""Which jobs are free."""

import pytest

from kavalan.casework.guard import writing
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.rules import LEASE
from kavalan.casework.jobs.selectors import waits

from ..conftest import NOW


@pytest.mark.parametrize(
    ("state", "lease", "expected"),
    [
        (State.WAITING, None, True),
        (State.RUNNING, NOW + LEASE, False),
        (State.RUNNING, NOW - LEASE, True),
        (State.DONE, None, False),
        (State.FAILED, None, False),
    ],
)
def test_a_job_waits_while_nobody_living_holds_it(people, state, lease, expected):
    with writing(frozenset({"jobs_job"})):
        Job.objects.create(kind="k", officer=people.alice, state=state, lease_until=lease, created_at=NOW)
    assert waits(NOW) is expected
