"""Starting scans."""

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.services import SCAN, cancel_scan, finish_scan, start_scan
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.services import claim

from ..conftest import NOW, grounds


def test_scan_waits_for_a_worker_under_the_actors_name_and_authority(people, exhibit, last_entry):
    job = start_scan(people.alice, people.warrant, exhibit, NOW).scan
    assert (job.kind, job.state, job.officer, job.authority) == (SCAN, State.WAITING, people.alice, people.warrant)
    entry, said = last_entry()
    assert (entry.verb, entry.subject, said) == ("scan.start", exhibit.public_id, {"job": str(job.public_id)})


def test_authority_to_collect_is_none_to_examine(people, exhibit):
    only = record_authority(
        people.alice, NOW, kind=Kind.WARRANT, reference="W 8", grounds=grounds("E-1", activities=["collect"])
    )
    with pytest.raises(RefusedError, match="does not permit to examine"):
        start_scan(people.alice, only, exhibit, NOW)


def test_exhibit_under_scan_is_not_scanned_again(people, exhibit):
    start_scan(people.alice, people.warrant, exhibit, NOW)
    with pytest.raises(RefusedError, match="waiting"):
        start_scan(people.alice, people.warrant, exhibit, NOW)
    assert Job.objects.count() == 1


def test_exhibit_scanned_whole_is_not_scanned_again(people, exhibit):
    start_scan(people.alice, people.warrant, exhibit, NOW)
    finish_scan(people.alice, people.warrant, exhibit, NOW, job=claim("one", NOW))
    with pytest.raises(RefusedError, match="done"):
        start_scan(people.alice, people.warrant, exhibit, NOW)


def test_cancelled_scan_is_started_anew(people, exhibit):
    first = start_scan(people.alice, people.warrant, exhibit, NOW).scan
    cancel_scan(people.alice, NOW, exhibit=exhibit)
    assert start_scan(people.alice, people.warrant, exhibit, NOW).scan != first


@pytest.mark.parametrize("who", ["bob", "dora", "charlie"])
def test_who_is_no_examiner_there_starts_nothing(people, exhibit, who):
    with pytest.raises(RefusedError, match="Your role"):
        start_scan(getattr(people, who), people.warrant, exhibit, NOW)
    assert not Job.objects.exists()


def test_examiner_of_the_unit_starts_it(people, exhibit):
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.EXAMINER)
    assert start_scan(people.dora, people.warrant, exhibit, NOW).scan.officer == people.dora
