"""The end of a purge."""

import pytest

from kavalan.casework.jobs.models import Job
from kavalan.casework.jobs.services import LeaseLostError
from kavalan.casework.retention.services import finish_purge

from .conftest import LONG, work


def test_only_who_holds_the_job_says_that_it_is_gone(people, decided, entries, last_entry):
    before = entries()
    with pytest.raises(LeaseLostError):
        finish_purge(people.bob, LONG, purge=decided, job=Job.objects.get(purge=decided))
    assert entries() == before
    work()
    entry, said = last_entry()
    report = decided.tombstones.get().report
    assert (entry.verb, said["reports"]) == ("retention.purged", [str(report.public_id)])
