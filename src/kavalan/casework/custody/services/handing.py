"""Handing things over: open until the receiver signs in and accepts, or a slip that was signed on paper is scanned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.models import Compartment
from kavalan.casework.access.selectors import grants_in
from kavalan.casework.custody.models import CustodyEvent, Device
from kavalan.casework.custody.roles import require_keeper, rooms_of
from kavalan.casework.custody.services.events import done, held
from kavalan.casework.custody.telling import Found, Party, Ties, Told, tell
from kavalan.casework.custody.words import What
from kavalan.casework.errors import RefusedError
from kavalan.casework.vault.models import What as Keeping
from kavalan.casework.vault.services import enter
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kavalan.casework.authority.papers import Taken


@house_verb("custody.offer")
def offer_things(
    act: HouseAct, *, devices: Sequence[Device], to: Party, moment: datetime, place: str = ""
) -> Done[CustodyEvent]:
    """Give things to be handed over; the actor answers for them until the receiver does.

    Raises:
        RefusedError: when the actor does not work on each, nobody or the actor is to receive them, the receiver may not
            see them, one is being handed over already, or it lies ahead.
    """
    require_keeper(act.officer, devices, act.at)
    locked = held(devices)
    if to.officer is None and not to.words.strip():
        raise RefusedError("Say who is to receive them.")
    if to.officer == act.officer:
        raise RefusedError("One hands things over to somebody else.")
    if waiting := [device.reference for device in locked if device.offer_id is not None]:
        raise RefusedError("%(things)s: being handed over already.", things=", ".join(waiting))
    if to.officer is not None and not all(grants_in(to.officer, rooms, act.at) for rooms in rooms_of(locked)):
        raise RefusedError("They may not see all of this. A supervisor lets them in first.")
    told = Told(What.OFFERED, moment, giver=Party(act.officer), taker=to, place=place)
    return done(tell(act.officer, act.at, locked, told))


@house_verb("custody.accept")
def accept_hand_over(
    act: HouseAct, *, offer: CustodyEvent, devices: Sequence[Device], moment: datetime, found: Found, place: str = ""
) -> Done[CustodyEvent]:
    """Accept things that were handed over to the actor; those that were not received stay open.

    Raises:
        RefusedError: when they were handed over to somebody else, one of them is not open in this hand-over any more,
            it lies ahead, or nothing is accepted.
    """
    if offer.taker_id != act.officer.pk:
        raise RefusedError("Whoever is to receive it accepts it.")
    told = Told(What.ACCEPTED, moment, _giver(offer), Party(act.officer), place, found=found)
    return _received(act, offer, devices, told, Ties(answers=offer))


@house_verb("custody.receive")
def receive_on_slip(
    act: HouseAct, *, offer: CustodyEvent, devices: Sequence[Device], moment: datetime, slip: Taken
) -> Done[CustodyEvent]:
    """Close a hand-over by the scan of a slip that the receiver signed on paper; the vault keeps it.

    Raises:
        RefusedError: when the actor does not work on each thing, one is not open in this hand-over any more, it lies
            ahead, or nothing was received.
    """
    require_keeper(act.officer, devices, act.at)
    rooms = list(Compartment.objects.filter(pk__in=frozenset().union(*rooms_of(devices))))
    kept = enter(
        slip.stored, what=Keeping.SIGNED_SLIP, media_type=slip.media_type, by=act.officer, at=act.at, rooms=rooms
    )
    told = Told(What.SLIP, moment, _giver(offer), Party(offer.taker, offer.taker_words))
    return _received(act, offer, devices, told, Ties(answers=offer, slip=kept))


def _giver(offer: CustodyEvent) -> Party:
    return Party(offer.giver, offer.giver_words)


def _received(
    act: HouseAct, offer: CustodyEvent, devices: Sequence[Device], told: Told, ties: Ties
) -> Done[CustodyEvent]:
    locked = held(devices)
    if any(device.offer_id != offer.pk for device in locked):
        raise RefusedError("Not all of this is open in this hand-over any more: look at it again.")
    return done(tell(act.officer, act.at, locked, told, ties))
