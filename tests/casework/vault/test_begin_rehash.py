"""Beginning a night's reading."""

from datetime import date

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.vault.models import Rehash
from kavalan.casework.vault.services import begin_rehash

from .conftest import NIGHT, run

FIRST, SECOND = date(2100, 3, 1), date(2100, 3, 2)


def test_beginning_needs_nobody_and_is_recorded_with_what_may_be_read(people, last_entry):
    rehash = begin_rehash(None, NIGHT, night=FIRST, budget=1 << 30)
    assert (rehash.job.state, rehash.job.officer) == (State.WAITING, None)
    entry, said = last_entry()
    assert (entry.verb, entry.actor, entry.authority) == ("rehash.begin", None, None)
    assert said == {"job": str(rehash.job.public_id), "budget": 1 << 30}


def test_night_is_begun_once_even_where_it_is_done(rehash):
    run()
    with pytest.raises(RefusedError, match="or was tonight"):
        begin_rehash(None, NIGHT, night=rehash.night, budget=1)
    assert Rehash.objects.count() == 1


def test_next_night_waits_for_the_one_before(people, entries):
    begin_rehash(None, NIGHT, night=FIRST, budget=1)
    before = entries()
    with pytest.raises(RefusedError, match="is being read"):
        begin_rehash(None, NIGHT, night=SECOND, budget=1)
    assert (Job.objects.count(), entries()) == (1, before)
