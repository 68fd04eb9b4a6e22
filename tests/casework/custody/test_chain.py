"""Who held a thing at each moment, against counting minute by minute."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kavalan.casework.custody.chain import Chain, Fact, Fault, chain_of
from kavalan.casework.custody.words import SealState, What, Where

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
NONE = timedelta(0)
HOUR = timedelta(hours=1)


def at(minute):
    return START + timedelta(minutes=minute)


def fact(number, what, minute, **more):
    return Fact(number, What(what), at(minute), **more)


def faults(*facts, slack=NONE):
    return [gap.fault for gap in chain_of(facts, slack).gaps]


HANDED = (
    fact(1, "collected", 0, taker="asha"),
    fact(2, "offered", 10, giver="asha", taker="leela"),
    fact(3, "accepted", 30, giver="asha", taker="leela", answers=2),
)


def test_whoever_seized_it_holds_it():
    chain = chain_of(HANDED[:1], NONE)
    assert (chain.holder, chain.where, chain.gaps) == ("asha", Where.HELD, [])


def test_hand_over_that_is_not_answered_moves_nothing():
    chain = chain_of(HANDED[:2], NONE)
    assert (chain.holder, chain.open_offer, chain.gaps) == ("asha", 2, [])


def test_time_in_which_nobody_had_signed_is_a_gap_when_it_is_longer_than_the_way():
    assert faults(*HANDED) == [Fault.NOBODY]
    assert faults(*HANDED, slack=HOUR) == []
    gap = chain_of(HANDED, NONE).gaps[0]
    assert (gap.since, gap.until) == (at(10), at(30))


def test_receiver_holds_it_once_it_was_accepted():
    chain = chain_of(HANDED, HOUR)
    assert (chain.holder, chain.open_offer) == ("leela", None)


def test_received_before_it_was_given_is_held_by_two():
    early = fact(3, "slip", 5, taker="leela", answers=2)
    gap = chain_of([*HANDED[:2], early], NONE).gaps[0]
    assert (gap.fault, gap.since, gap.until) == (Fault.SEVERAL, at(5), at(10))


def test_given_by_somebody_who_had_it_not():
    assert Fault.NOT_THEIRS in faults(HANDED[0], fact(2, "lab_out", 9, giver="ravi", taker="lab"))


def test_accepted_without_having_been_given():
    struck = fact(4, "struck", 40, corrects=2)
    assert faults(*HANDED, struck) == [Fault.SEVERAL, Fault.UNOFFERED]


def test_corrected_event_counts_no_more():
    wrong = fact(2, "lab_out", 9, giver="ravi", taker="lab")
    right = fact(3, "lab_out", 9, giver="asha", taker="lab", corrects=2)
    assert faults(HANDED[0], wrong, right) == []


def test_events_stand_in_the_order_in_which_they_happened():
    out, back = fact(2, "lab_out", 20, giver="asha", taker="lab"), fact(3, "lab_back", 50, giver="lab", taker="asha")
    late = fact(4, "observed", 10)
    chain = chain_of([late, back, HANDED[0], out], NONE)
    assert [one.number for one in chain.facts] == [1, 4, 2, 3]
    assert (chain.where, chain.holder) == (Where.HELD, "asha")


@pytest.mark.parametrize(
    ("later", "found"),
    [
        ([("unsealed", {"seal": "S-1", "state": SealState.INTACT}), ("sealed", {"seal": "S-2"})], []),
        ([("observed", {"seal": "S-1", "state": SealState.INTACT})], []),
        ([("observed", {"seal": ""})], []),
        ([("stored", {"seal": "S-9"})], [Fault.OTHER_SEAL]),
        ([("unsealed", {"seal": "S-9"})], [Fault.OTHER_SEAL]),
        ([("observed", {"state": SealState.BROKEN})], [Fault.SEAL_BROKEN]),
        ([("observed", {"state": SealState.NONE})], [Fault.SEAL_BROKEN]),
        ([("sealed", {"seal": "S-2"})], [Fault.SEALED_TWICE]),
        ([("unsealed", {}), ("observed", {"seal": "S-1"})], [Fault.OTHER_SEAL]),
        ([("observed", {"state": SealState.BROKEN}), ("sealed", {"seal": "S-2"})], [Fault.SEAL_BROKEN]),
    ],
)
def test_seals_that_do_not_fit_are_named(later, found):
    sealed = fact(1, "collected", 0, taker="asha", seal="S-1", state=SealState.INTACT)
    assert faults(sealed, *(fact(2 + n, what, 1 + n, **more) for n, (what, more) in enumerate(later))) == found


@pytest.mark.parametrize(("opened", "found"), [(True, []), (False, [Fault.OTHER_SEAL])])
def test_other_seal_from_a_laboratory_is_right_only_if_it_was_opened_there(opened, found):
    sealed = fact(1, "collected", 0, taker="asha", seal="S-1")
    out = fact(2, "lab_out", 1, giver="asha", taker="lab", seal="S-1")
    back = fact(3, "lab_back", 9, giver="lab", taker="asha", seal="L-7", opened=opened)
    chain = chain_of([sealed, out, back], NONE)
    assert ([gap.fault for gap in chain.gaps], chain.seal) == (found, "L-7")


def test_seal_of_which_nobody_said_anything_is_not_judged():
    assert faults(fact(1, "collected", 0, taker="asha"), fact(2, "observed", 1, seal="S-5")) == []


PEOPLE = st.sampled_from(["asha", "leela", "ravi", "lab"])
MINUTES = 40


@st.composite
def stories(draw):
    """Events in any disorder that people may enter, some answering or correcting others."""
    told = [fact(1, "collected", draw(st.integers(0, 5)), taker=draw(PEOPLE))]
    kinds = ["offered", "accepted", "slip", "lab_out", "lab_back", "given_back", "collected", "observed", "struck"]
    for number in range(2, draw(st.integers(2, 9))):
        what = draw(st.sampled_from(kinds))
        offers = [one.number for one in told if one.what == What.OFFERED]
        answers = draw(st.sampled_from(offers)) if offers and what in {"accepted", "slip"} else None
        earlier = st.integers(1, number - 1)
        corrects = draw(earlier) if what == "struck" else draw(st.none() | earlier)
        minute = draw(st.integers(0, MINUTES))
        told.append(
            fact(number, what, minute, giver=draw(PEOPLE), taker=draw(PEOPLE), answers=answers, corrects=corrects)
        )
    return told


def holders_by_hand(told):
    """Who holds it in each minute, by playing the events from the beginning for every minute anew."""
    wrong = [one.corrects for one in told]
    stay = [one for one in told if one.number not in wrong and one.what != What.STRUCK]
    answered = [one.answers for one in stay]
    by_minute = []
    for minute in range(MINUTES + 2):
        holders = set()
        for one in sorted(stay, key=lambda one: (one.at, one.number)):
            if one.at > at(minute):
                break
            if one.what == What.OFFERED and one.number in answered:
                holders.discard(one.giver)
            elif one.what in {What.LAB_OUT, What.LAB_BACK, What.GIVEN_BACK}:
                holders.discard(one.giver)
                holders.add(one.taker)
            elif one.what in {What.COLLECTED, What.ACCEPTED, What.SLIP}:
                holders.add(one.taker)
        by_minute.append(holders)
    return by_minute


def minutes_of(chain: Chain, fault):
    return {
        minute
        for minute in range(MINUTES + 2)
        for gap in chain.gaps
        if gap.fault == fault and gap.since <= at(minute) and (gap.until is None or at(minute) < gap.until)
    }


@settings(suppress_health_check=[HealthCheck.too_slow])  # a machine that is busy with other tests
@given(stories())
def test_gaps_and_holders_are_those_of_every_minute_counted_by_hand(told):
    chain, by_hand = chain_of(told, NONE), holders_by_hand(told)
    first = next((minute for minute, holders in enumerate(by_hand) if holders), MINUTES + 2)
    for minute, holders in enumerate(by_hand):
        held = {
            one.holder
            for one in chain.holdings
            if one.since <= at(minute) and (one.until is None or at(minute) < one.until)
        }
        assert held == holders
    assert minutes_of(chain, Fault.SEVERAL) == {minute for minute, holders in enumerate(by_hand) if len(holders) > 1}
    nobody = {minute for minute, holders in enumerate(by_hand) if minute > first and not holders}
    assert minutes_of(chain, Fault.NOBODY) == nobody
    last = by_hand[-1]
    assert chain.holder == (next(iter(last)) if len(last) == 1 else "")
