"""Entering what touches the evidence: on the authority alone."""

from datetime import timedelta

import pytest

from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority
from kavalan.casework.custody.models import Device
from kavalan.casework.custody.services import Things, examine_things
from kavalan.casework.custody.telling import Found, Party, Told
from kavalan.casework.custody.words import What, Where
from kavalan.casework.errors import RefusedError
from kavalan.casework.mydesk.sort import Shelf

from ..conftest import NOW, grounds
from ..waiting import waiting
from .conftest import MEMO

LAB = Party(words="FSL, invented")


@pytest.fixture
def sent(people, warrant, seized):
    """All three are at the laboratory."""
    told = Told(What.LAB_OUT, NOW, Party(people.alice), LAB, reference="F 1", found=Found(seal="S-1"))
    return examine_things(people.alice, warrant, Things(seized[:1]), NOW, told=told)


def test_thing_that_was_sent_is_at_the_laboratory_and_late_after_ninety_days(people, sent):
    device = Device.objects.get(seal="S-1")
    assert (device.where, device.held_by, device.due_at) == (Where.LAB, LAB.words, NOW + timedelta(days=90))
    assert waiting(people.alice, NOW, shelf=Shelf.DUE) == []
    (late,) = waiting(people.alice, NOW + timedelta(days=90), shelf=Shelf.DUE)
    assert (late.what, [way.text for way in late.ways]) == ("A laboratory that is late", [device.reference])


def test_things_on_other_authorities_are_entered_apart(people, warrant, seized):
    other = record_authority(people.alice, NOW, kind=Kind.WARRANT, reference="W 10/2026", grounds=grounds(MEMO))
    with pytest.raises(RefusedError, match="different authorities"):
        examine_things(people.alice, other, Things(seized), NOW, told=Told(What.UNSEALED, NOW))
