"""Recording ranks."""

from datetime import date

import msgspec
import pytest

from kavalan.casework.accounts.ranks import ranks
from kavalan.casework.accounts.selectors import rank_of
from kavalan.casework.accounts.services import record_rank
from kavalan.casework.errors import RefusedError

from ..conftest import NOW

SI, INSPECTOR = ranks()["si"], ranks()["inspector"]


def test_rank_holds_from_its_day_until_the_next(people, last_entry):
    record_rank(people.alice, NOW, officer=people.bob, rank=INSPECTOR, since=date(2025, 6, 1))
    held = record_rank(people.alice, NOW, officer=people.bob, rank=SI, since=date(2020, 1, 1))
    entry, said = last_entry()
    assert (entry.verb, entry.subject) == ("officer.rank", held.public_id)
    assert said == {"officer": str(people.bob.public_id), "rank": "si", "since": "2020-01-01"}
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2025, 5, 31), date(2025, 6, 1), date(2026, 3, 1)]
    assert [rank_of(people.bob, day) for day in days] == [None, SI, SI, INSPECTOR, INSPECTOR]


def test_rank_that_is_still_to_come_is_not_recorded(people):
    with pytest.raises(RefusedError, match="to come"):
        record_rank(people.alice, NOW, officer=people.bob, rank=SI, since=date(2026, 3, 2))


def test_two_ranks_do_not_begin_on_one_day(people):
    record_rank(people.alice, NOW, officer=people.bob, rank=SI, since=date(2020, 1, 1))
    with pytest.raises(RefusedError, match="already"):
        record_rank(people.alice, NOW, officer=people.bob, rank=INSPECTOR, since=date(2020, 1, 1))


def test_rank_that_there_was_not_on_its_day_is_not_recorded(people):
    younger = msgspec.structs.replace(SI, since=date(2021, 1, 1))
    with pytest.raises(RefusedError, match="no such rank"):
        record_rank(people.alice, NOW, officer=people.bob, rank=younger, since=date(2020, 12, 31))


def test_only_an_administrator_records_ranks(people, entries):
    before = entries()
    with pytest.raises(RefusedError, match="administrator"):
        record_rank(people.bob, NOW, officer=people.bob, rank=INSPECTOR, since=date(2020, 1, 1))
    assert entries() == before
