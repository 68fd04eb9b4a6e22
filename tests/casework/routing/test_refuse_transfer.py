"""Refusing a report."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.routing.services import offer_transfer, refuse_transfer
from kavalan.casework.routing.services.transfers import Receiver

from ..conftest import NOW
from .conftest import fresh


def test_it_stays_the_senders_and_may_be_offered_again(people, report, hill):
    to = Receiver("Hill Unit", hill)
    made = offer_transfer(people.bob, NOW, report=report, to=to, reason="theirs")
    done = refuse_transfer(people.charlie, NOW, transfer=made, reason="it lies on the coast")
    assert (done.outcome, done.why, done.ended_by) == ("refused", "it lies on the coast", people.charlie)
    assert fresh(report).desk == report.desk
    assert offer_transfer(people.bob, NOW, report=report, to=to, reason="look again").is_open


def test_the_sender_records_that_an_office_outside_refused(people, report, hill):
    made = offer_transfer(people.bob, NOW, report=report, to=Receiver("Hill station"), reason="theirs")
    with pytest.raises(RefusedError, match="Only who works"):
        refuse_transfer(people.charlie, NOW, transfer=made, reason="by telephone")
    assert refuse_transfer(people.bob, NOW, transfer=made, reason="by telephone").outcome == "refused"


def test_the_sender_does_not_refuse_for_another_desk(people, report, hill):
    made = offer_transfer(people.bob, NOW, report=report, to=Receiver("Hill Unit", hill), reason="theirs")
    with pytest.raises(RefusedError, match="Only who works"):
        refuse_transfer(people.bob, NOW, transfer=made, reason="no")


def test_a_refusal_has_a_reason(people, report, hill):
    made = offer_transfer(people.bob, NOW, report=report, to=Receiver("Hill Unit", hill), reason="theirs")
    with pytest.raises(RefusedError, match="reason"):
        refuse_transfer(people.charlie, NOW, transfer=made, reason=" ")
