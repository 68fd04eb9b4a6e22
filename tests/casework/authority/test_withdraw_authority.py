"""Withdrawing an authority."""

import pytest

from kavalan.casework.authority.models import Authority
from kavalan.casework.authority.rules import Activity
from kavalan.casework.authority.selectors import ask, authorities_in_force, lapsing
from kavalan.casework.authority.services import withdraw_authority
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.services import start_scan

from ..conftest import LATER, NOW


def withdraw(people, actor=None, reason="taken back by P-17"):
    return withdraw_authority(actor or people.alice, NOW, authority=people.warrant, reason=reason)


def test_it_stops_at_once_even_for_who_holds_an_older_copy(people, exhibit, last_entry):
    withdraw(people)
    entry, said = last_entry()
    assert (entry.verb, entry.subject, said) == (
        "authority.withdraw",
        people.warrant.public_id,
        {"reason": "taken back by P-17"},
    )
    with pytest.raises(RefusedError, match="withdrawn on 2026-03-01"):
        ask(people.warrant, people.alice, Activity.EXAMINE, "E-1", NOW)
    with pytest.raises(RefusedError, match="withdrawn"):
        start_scan(people.alice, exhibit.authority, exhibit, NOW)


def test_withdrawn_authority_is_neither_in_force_nor_warned_of(people):
    withdraw(people)
    assert not authorities_in_force(people.alice, Activity.EXAMINE, NOW).exists()
    assert lapsing(people.alice, LATER.replace(hour=0), people.warrant) == []


def test_anybody_of_the_unit_records_it(people):
    assert withdraw(people, people.dora).withdrawn_at == NOW


@pytest.mark.parametrize(
    ("who", "reason", "why"), [("charlie", "no", "another unit"), ("alice", "  ", "reason is needed")]
)
def test_another_unit_or_no_reason_withdraws_nothing(people, entries, who, reason, why):
    before = entries()
    with pytest.raises(RefusedError, match=why):
        withdraw(people, getattr(people, who), reason)
    assert (entries(), Authority.objects.get().withdrawn_at) == (before, None)


def test_it_is_withdrawn_once(people):
    withdraw(people)
    with pytest.raises(RefusedError, match="withdrawn already"):
        withdraw(people)
