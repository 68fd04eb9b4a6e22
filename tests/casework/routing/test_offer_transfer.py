"""Offering a report to another office."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.routing.models import Transfer
from kavalan.casework.routing.services import offer_transfer, record_slip
from kavalan.casework.routing.services.transfers import Receiver
from kavalan.casework.vault.models import Kept

from ..conftest import NOW
from .conftest import fresh

OUTSIDE = Receiver("Hill station, invented", None, "Kavalan: kerala-ccse, 2018-12-14")


def test_it_stays_where_it_was_and_says_by_which_row_it_is_offered(people, report, last_entry):
    made = offer_transfer(people.bob, NOW, report=report, to=OUTSIDE, reason="it lies in the hills")
    assert (fresh(report).desk, fresh(report).standing) == (report.desk, "open")
    assert (made.office, made.row, made.is_open) == (OUTSIDE.office, OUTSIDE.row, True)
    entry, said = last_entry()
    assert (entry.verb, entry.subject, said["report"]) == ("report.transfer", made.public_id, str(report.public_id))


def test_who_does_not_work_at_the_desk_offers_nothing(people, report, hill):
    for officer in (people.dora, people.charlie):
        with pytest.raises(RefusedError, match="Only who works at that intake desk"):
            offer_transfer(officer, NOW, report=report, to=OUTSIDE, reason="mine")


def test_what_is_offered_is_not_offered_again(people, report):
    offer_transfer(people.bob, NOW, report=report, to=OUTSIDE, reason="theirs")
    with pytest.raises(RefusedError, match="already"):
        offer_transfer(people.alice, NOW, report=report, to=OUTSIDE, reason="theirs")


@pytest.mark.parametrize(
    ("to", "reason", "why"), [(OUTSIDE, " ", "reason"), (Receiver(" "), "theirs", "Name the office")]
)
def test_an_offer_has_a_receiver_and_a_reason(people, report, to, reason, why):
    with pytest.raises(RefusedError, match=why):
        offer_transfer(people.bob, NOW, report=report, to=to, reason=reason)
    assert not Transfer.objects.exists()


def test_nobody_hands_over_to_themselves(people, report):
    with pytest.raises(RefusedError, match="another office"):
        offer_transfer(people.bob, NOW, report=report, to=Receiver("us", report.desk), reason="ours")


def test_what_was_handed_over_is_not_offered_again(people, report, unlocked, a_slip):
    made = offer_transfer(people.bob, NOW, report=report, to=OUTSIDE, reason="theirs")
    record_slip(people.bob, NOW, transfer=made, received_by="SHO", received_at=NOW, slip=a_slip())
    with pytest.raises(RefusedError, match="already"):
        offer_transfer(people.bob, NOW, report=fresh(report), to=OUTSIDE, reason="theirs")
    assert Kept.objects.count() == 1
