"""Accepting a hand-over."""

from datetime import timedelta

import pytest

from kavalan.casework.custody.models import Device
from kavalan.casework.custody.services import accept_hand_over
from kavalan.casework.custody.telling import Found
from kavalan.casework.errors import RefusedError

from ..conftest import NOW

LATE = NOW + timedelta(hours=2)


def accept(who, offer, things, at=NOW):
    return accept_hand_over(who, at, offer=offer, devices=things, moment=at, found=Found(note="as given"))


def test_receiver_holds_what_was_accepted_and_the_rest_stays_open(people, dora, offer, seized):
    accept(dora, offer, seized[:1])
    first, second, _ = Device.objects.order_by("pk")
    assert (first.holder, first.offer, first.gaps) == (dora, None, 0)
    assert (second.holder, second.offer) == (people.alice, offer)


def test_way_that_took_too_long_is_a_gap(dora, offer, seized):
    accept(dora, offer, seized[:1], LATE)
    assert Device.objects.get(pk=seized[0].pk).gaps == 1


def test_nobody_else_accepts_it(people, offer, seized):
    with pytest.raises(RefusedError, match="Whoever is to receive it"):
        accept(people.bob, offer, seized[:1])


def test_what_was_not_given_or_was_accepted_already_is_refused(dora, offer, seized):
    accept(dora, offer, seized[:1])
    for things in (seized[:1], seized[2:], []):
        with pytest.raises(RefusedError):
            accept(dora, offer, things)
