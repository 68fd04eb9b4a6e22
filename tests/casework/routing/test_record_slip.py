"""Recording that an office outside signed for a report."""

from datetime import timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.routing.services import offer_transfer, record_slip
from kavalan.casework.routing.services.transfers import Receiver
from kavalan.casework.vault.selectors import paper_for

from ..conftest import NOW
from .conftest import fresh

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def outside(people, report, unlocked):
    return offer_transfer(people.bob, NOW, report=report, to=Receiver("Hill station"), reason="theirs")


def sign(officer, transfer, slip, **more):
    said = {"received_by": "SHO, Hill station", "received_at": NOW + timedelta(hours=1), **more}
    return record_slip(officer, LATER, transfer=transfer, slip=slip, **said)


def test_the_report_is_handed_over_and_the_slip_is_kept(people, report, outside, a_slip, last_entry):
    slip = a_slip()
    done = sign(people.bob, outside, slip)
    assert (done.outcome, done.received_by) == ("accepted", "SHO, Hill station")
    assert bytes(done.slip.sha256) == slip.stored.sha256
    assert fresh(report).standing == "handed_over"
    assert fresh(report).desk == report.desk
    assert last_entry()[1]["slip"] == slip.stored.sha256.hex()


def test_the_slip_is_the_senders_desks(people, outside, a_slip):
    done = sign(people.bob, outside, a_slip())
    assert paper_for(people.alice, done.slip.public_id, LATER) == done.slip
    assert paper_for(people.charlie, done.slip.public_id, LATER) is None


@pytest.mark.parametrize("moment", [NOW - timedelta(seconds=1), LATER + timedelta(seconds=1)])
def test_it_was_received_between_the_offer_and_now(people, outside, a_slip, moment):
    with pytest.raises(RefusedError, match="between the offer and now"):
        sign(people.bob, outside, a_slip(), received_at=moment)


def test_somebody_signed(people, outside, a_slip):
    with pytest.raises(RefusedError, match="Say who signed"):
        sign(people.bob, outside, a_slip(), received_by=" ")


def test_a_desk_here_signs_nothing(people, report, hill, unlocked, a_slip):
    made = offer_transfer(people.bob, NOW, report=report, to=Receiver("Hill Unit", hill), reason="theirs")
    with pytest.raises(RefusedError, match="accept it themselves"):
        sign(people.bob, made, a_slip())


def test_others_record_nothing(people, outside, a_slip):
    with pytest.raises(RefusedError, match="Only who works"):
        sign(people.dora, outside, a_slip())
