"""What of routing waits for whom."""

from datetime import timedelta

import pytest

from kavalan.casework.mydesk.sort import Shelf
from kavalan.casework.routing.models import Asked
from kavalan.casework.routing.rules import Reply
from kavalan.casework.routing.seen import Identifier
from kavalan.casework.routing.services import accept_transfer, answer_inquiry, ask_others, offer_transfer
from kavalan.casework.routing.services.transfers import Receiver

from ..conftest import NOW
from ..waiting import waiting
from .conftest import name_in

COMES, WENT = "A report offered to you: accept or refuse it", "Offered to others, not accepted: still yours"
ASKS = "Another unit asks what you hold"


def told(officer):
    found = {wait.what: [way.text for way in wait.ways] for wait in waiting(officer)}
    return {what: ways for what, ways in found.items() if what in {COMES, WENT, ASKS}}


def news(officer, since):
    return {wait.what: [way.text for way in wait.ways] for wait in waiting(officer, NOW, since, Shelf.NEW)}


def test_an_offer_waits_for_both_until_it_is_accepted(people, report, hill):
    made = offer_transfer(people.bob, NOW, report=report, to=Receiver("Hill Unit", hill), reason="theirs")
    went, comes = ([f"{report.reference}, {unit} Unit"] for unit in ("Hill", "Coastal"))
    assert (told(people.alice), told(people.charlie)) == ({WENT: went}, {COMES: comes})
    assert told(people.dora) == {}
    accept_transfer(people.charlie, NOW, transfer=made)
    assert (told(people.alice), told(people.charlie)) == ({}, {})


def test_who_offered_a_report_or_asked_others_is_told_what_came_of_it(people, report, hill):
    name_in(report, "+447700900123")
    sought = [Identifier("phone", "+447700900123")]
    ask_others(people.charlie, NOW, identifiers=sought, report=None, reason="the same caller")
    answer_inquiry(people.bob, NOW, asked=Asked.objects.get(), reply=Reply.CONTACT)
    made = offer_transfer(people.bob, NOW, report=report, to=Receiver("Hill Unit", hill), reason="theirs")
    accept_transfer(people.charlie, NOW, transfer=made)
    earlier = NOW - timedelta(hours=1)
    ended, answered = "What became of reports that you offered", "What other units answered you"
    assert news(people.alice, earlier)[ended] == [f"{report.reference}, Hill Unit: accepted"]
    assert news(people.charlie, earlier)[answered] == ["Coastal Unit: yes, speak with us"]
    assert not {ended, answered} & (news(people.alice, NOW).keys() | news(people.dora, earlier).keys())


@pytest.mark.usefixtures("coast")
def test_an_inquiry_waits_for_the_desk_that_was_asked_until_it_answers(people, report, hill):
    name_in(report, "+447700900123")
    sought = [Identifier("phone", "+447700900123")]
    ask_others(people.charlie, NOW, identifiers=sought, report=None, reason="the same caller")
    assert (told(people.bob), told(people.charlie), told(people.dora)) == ({ASKS: ["Hill Unit"]}, {}, {})
    answer_inquiry(people.bob, NOW, asked=Asked.objects.get(), reply=Reply.NOTHING)
    assert told(people.bob) == {}
