"""Closing a hand-over by a slip that was signed on paper."""

import hashlib
from io import BytesIO

from kavalan.casework.authority.papers import Taken
from kavalan.casework.custody.models import Device
from kavalan.casework.custody.services import offer_things, receive_on_slip
from kavalan.casework.custody.telling import Party
from kavalan.casework.vault.selectors import paper_for
from kavalan.casework.vault.store import put

from ..conftest import NOW

SLIP = b"%PDF-1.7 a slip that was signed"


def test_thing_is_with_whoever_signed_and_the_slip_in_the_vault(people, seized, unlocked):
    to = Party(words="PEN 55101, Town Station")
    offer = offer_things(people.alice, NOW, devices=seized[:1], to=to, moment=NOW)
    slip = Taken(put(BytesIO(SLIP)), "application/pdf")
    event = receive_on_slip(people.alice, NOW, offer=offer, devices=seized[:1], moment=NOW, slip=slip)
    device = Device.objects.get(pk=seized[0].pk)
    assert (device.held_by, device.offer, device.gaps) == ("PEN 55101, Town Station", None, 0)
    assert event.slip.sha256_hex == hashlib.sha256(SLIP).hexdigest()
    seen = {who: paper_for(getattr(people, who), event.slip.public_id, NOW) for who in ("bob", "charlie")}
    assert seen == {"bob": event.slip, "charlie": None}
