"""Giving things to be handed over: open until it is answered."""

from datetime import timedelta

import pytest

from kavalan.casework.custody.models import Device
from kavalan.casework.custody.services import offer_things
from kavalan.casework.custody.telling import Party
from kavalan.casework.errors import RefusedError

from ..conftest import NOW
from ..waiting import waiting


def test_giver_answers_for_it_until_the_receiver_does(people, dora, offer):
    first, second, third = Device.objects.order_by("pk")
    assert (first.offer, second.offer, third.offer) == (offer, offer, None)
    assert first.holder == people.alice


def test_it_waits_for_the_receiver_alone_and_after_a_day_presses_the_giver(people, dora, offer):
    def told(officer, now=NOW):
        found = {wait.what: [way.text for way in wait.ways] for wait in waiting(officer, now)}
        return [found.get(words) for words in ("A hand-over that you accept", "A hand-over that nobody has accepted")]

    assert (told(dora), told(people.bob), told(people.alice)) == (
        [[f"from {people.alice}"], None],
        [None] * 2,
        [None] * 2,
    )
    assert told(people.alice, NOW + timedelta(days=1)) == [None, [f"to {dora}"]]


def test_one_entry_tells_of_all_things(offer, last_entry):
    entry, said = last_entry()
    assert (entry.verb, entry.subject, said["things"]) == ("custody.offer", offer.public_id, 2)


def test_thing_that_is_being_handed_over_is_not_given_again(people, dora, offer, seized):
    with pytest.raises(RefusedError, match="being handed over already"):
        offer_things(people.alice, NOW, devices=seized, to=Party(dora), moment=NOW)


def test_receiver_must_be_able_to_see_it(people, seized):
    with pytest.raises(RefusedError, match="lets them in first"):
        offer_things(people.alice, NOW, devices=seized, to=Party(people.charlie), moment=NOW)


@pytest.mark.parametrize("to", ["nobody", "self"])
def test_it_is_handed_to_somebody_else(people, seized, to):
    party = Party(people.alice) if to == "self" else Party(words=" ")
    with pytest.raises(RefusedError):
        offer_things(people.alice, NOW, devices=seized, to=party, moment=NOW)


def test_it_does_not_lie_ahead(people, dora, seized):
    with pytest.raises(RefusedError, match="lies ahead"):
        offer_things(people.alice, NOW, devices=seized, to=Party(dora), moment=NOW + timedelta(seconds=1))
