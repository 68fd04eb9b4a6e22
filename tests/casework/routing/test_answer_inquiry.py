"""Answering a unit that asked."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.routing.rules import Reply
from kavalan.casework.routing.seen import Identifier
from kavalan.casework.routing.selectors import asked_of, inquiry_for
from kavalan.casework.routing.services import answer_inquiry, ask_others

from ..conftest import NOW
from .conftest import name_in


@pytest.fixture
def inquiry(people, hill, report):
    """Charlie asked about a number that Alice's report names."""
    name_in(report, "+447700900123")
    sought = [Identifier("phone", "+447700900123")]
    return ask_others(people.charlie, NOW, identifiers=sought, report=None, reason="the same caller")


def test_who_asked_reads_the_answer(people, inquiry):
    (asked,) = asked_of(people.bob, NOW)
    answer_inquiry(people.bob, NOW, asked=asked, reply=Reply.CONTACT)
    (told,) = inquiry_for(people.charlie, inquiry.public_id, NOW).asked.all()
    assert (told.reply, told.answered_by) == ("contact", people.bob)


def test_others_are_told_of_nothing_and_answer_nothing(people, inquiry):
    assert not asked_of(people.dora, NOW)
    assert inquiry_for(people.dora, inquiry.public_id, NOW) is None
    assert inquiry_for(people.bob, inquiry.public_id, NOW) is None
    with pytest.raises(RefusedError, match="Only who works"):
        answer_inquiry(people.dora, NOW, asked=inquiry.asked.get(), reply=Reply.NOTHING)
