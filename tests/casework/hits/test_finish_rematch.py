"""Finishing a rematch."""

from datetime import timedelta

import pytest

from kavalan.casework.hits.services import finish_rematch, start_rematch
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.rules import LEASE
from kavalan.casework.jobs.services import LeaseLostError, claim

from ..conftest import NOW
from ..exhibits.batches import row
from .conftest import entry


def test_end_says_how_many_on_which_lists_and_which_were_not_asked(make_list, agreed, take_in, rematch, last_entry):
    take_in([row(b"a", b"one"), row(b"b", b"two")])
    make_list("known", entry(1, b"one"))
    make_list("lapsed", entry(1, b"two"), agreement=agreed(until=NOW))
    job = rematch()
    said_entry, said = last_entry()
    assert (said_entry.verb, said_entry.subject_kind) == ("rematch.finish", "rematch")
    assert (said["contents"], said["found"], said["withdrawn"]) == (2, 1, 0)
    assert said["lists"][0].startswith("known 2026-02 gen-1+")
    assert "ended on" in said["not_asked"][0]
    assert said["job"] == str(job.public_id)


def test_worker_that_lost_it_does_not_end_it(people):
    rematch = start_rematch(people.alice, NOW)
    lost = claim("one", NOW)
    claim("two", NOW + LEASE + timedelta(seconds=1))
    with pytest.raises(LeaseLostError):
        finish_rematch(people.alice, NOW, rematch=rematch, job=lost)
    assert Job.objects.get().state == State.RUNNING


def test_rematch_of_nothing_ends_well(rematch, people):
    assert rematch().state == State.DONE
