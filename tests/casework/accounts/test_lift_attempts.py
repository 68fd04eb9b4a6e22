"""Failed sign-ins: counting them, waiting, and lifting the wait."""

from datetime import timedelta

import pytest

from kavalan.casework.accounts.models import Attempts
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import attempts_for
from kavalan.casework.accounts.services import count_attempt, forgive_attempt, lift_attempts
from kavalan.casework.errors import RefusedError

from ..conftest import NOW
from .conftest import HOME

STRANGE = "198.51.100.7"


def fail(badge, times, address=STRANGE, now=NOW):
    return [count_attempt(badge=badge, address=address, now=now) for _ in range(times)]


@pytest.mark.parametrize("badge", ["bob", "nobody at all"])
def test_five_attempts_are_judged_and_the_sixth_waits_whoever_it_is(people, badge):
    assert fail(badge, 5) == [None] * 5
    assert fail(badge, 1) == [NOW + timedelta(seconds=30)]


def test_attempts_while_one_waits_neither_count_nor_prolong(people):
    fail("bob", 50)
    later = NOW + timedelta(seconds=30)
    assert fail("bob", 2, now=later) == [None, later + timedelta(seconds=60)]


def test_nobody_is_kept_out_longer_than_a_quarter_of_an_hour(people):
    now, waits = NOW, []
    for _ in range(40):
        until = count_attempt(badge="bob", address=STRANGE, now=now)
        if until is not None:
            waits.append(until - now)
            now = until
    assert max(waits) == timedelta(minutes=15)


def test_failures_elsewhere_do_not_keep_an_officer_out_at_home(people, begin):
    begin(people.bob)
    fail("bob", 60)
    assert fail("bob", 1)[0] is not None
    assert fail("bob", 1, HOME.address) == [None]


def test_one_address_waits_after_twenty_failures_under_any_badge(people, begin):
    begin(people.dora)
    assert [count_attempt(badge=f"b{n}", address=HOME.address, now=NOW) for n in range(20)] == [None] * 20
    assert fail("another", 1, HOME.address)[0] is not None
    assert fail("another", 1, STRANGE) == [None]
    # Dora signed in there before: others at her address do not keep her out.
    assert fail("dora", 1, HOME.address) == [None]


def test_attempt_that_was_right_is_taken_back(people):
    for _ in range(30):
        assert count_attempt(badge="bob", address=STRANGE, now=NOW) is None
        forgive_attempt(badge="bob", address=STRANGE, now=NOW)


def test_failures_are_forgotten_after_a_day(people):
    fail("bob", 6)
    assert fail("bob", 5, now=NOW + timedelta(hours=24)) == [None] * 5


def test_what_was_typed_as_a_badge_is_not_kept(people):
    fail("my secret password", 1)
    assert b"my secret password" not in b"".join(bytes(row.key) for row in Attempts.objects.all())
    assert not Attempts.objects.filter(address__contains="secret").exists()


def test_administrator_sees_and_lifts_a_wait(people, last_entry):
    fail("bob", 6)
    (row,) = attempts_for(people.alice, NOW)
    lift_attempts(people.alice, NOW, attempts=row)
    entry, said = last_entry()
    assert (entry.verb, entry.subject, said) == ("sign_in.lift", row.public_id, {})
    assert fail("bob", 1) == [None]


def test_supervisor_lifts_in_the_own_unit_only(people, give):
    give(people.dora, OfficerRole.SUPERVISOR)
    fail("bob", 6)
    fail("charlie", 6)
    fail("nobody", 6)
    assert [row.officer for row in attempts_for(people.dora, NOW)] == [people.bob]
    (charlies,) = Attempts.objects.filter(officer=people.charlie)
    with pytest.raises(RefusedError, match="supervisor"):
        lift_attempts(people.dora, NOW, attempts=charlies)
    lift_attempts(people.dora, NOW, attempts=attempts_for(people.dora, NOW).get())


def test_others_see_nobody_waiting(people):
    fail("bob", 6)
    assert [attempts_for(who, NOW).count() for who in (people.bob, people.charlie)] == [0, 0]
