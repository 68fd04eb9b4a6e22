"""Entering what happens to a thing, on an authority and without."""

from datetime import timedelta

import pytest

from kavalan.casework.custody.models import Device
from kavalan.casework.custody.selectors import Asked, counts, device_page
from kavalan.casework.custody.services import Things, examine_things, record_event
from kavalan.casework.custody.telling import Found, Party, Told
from kavalan.casework.custody.words import What, Where
from kavalan.casework.errors import RefusedError

from ..conftest import LATER, NOW

LAB = Party(words="FSL, invented")


@pytest.fixture
def sent(people, warrant, seized):
    """All three are at the laboratory."""
    told = Told(What.LAB_OUT, NOW, Party(people.alice), LAB, reference="F 1", found=Found(seal="S-1"))
    return examine_things(people.alice, warrant, Things(seized[:1]), NOW, told=told)


def test_thing_comes_back_with_the_laboratorys_seal_and_its_report(people, sent, seized):
    back = Told(What.LAB_BACK, NOW, LAB, Party(people.alice), report=bytes(32), found=Found(seal="L-7", opened=True))
    event = record_event(people.alice, NOW, devices=seized[:1], told=back)
    device = Device.objects.get(pk=seized[0].pk)
    assert (device.where, device.holder, device.seal, device.gaps) == (Where.HELD, people.alice, "L-7", 0)
    assert (device.due_at, event.report_hex) == (None, "00" * 32)


def test_seal_is_opened_and_put_on_anew(people, warrant, seized):
    opened = Told(What.UNSEALED, NOW, found=Found(seal="S-1"))
    examine_things(people.alice, warrant, Things(seized[:1]), NOW, told=opened)
    assert Device.objects.get(pk=seized[0].pk).seal == ""
    record_event(people.alice, NOW, devices=seized[:1], told=Told(What.SEALED, NOW, found=Found(seal="S-1b")))
    device = Device.objects.get(pk=seized[0].pk)
    assert (device.seal, device.gaps) == ("S-1b", 0)


def test_what_touches_the_evidence_asks_the_authority_and_keeping_it_does_not(people, warrant, seized):
    told = Told(What.UNSEALED, LATER)
    with pytest.raises(RefusedError, match="ended on"):
        examine_things(people.alice, warrant, Things(seized[:1]), LATER, told=told)
    record_event(people.alice, LATER, devices=seized[:1], told=Told(What.STORED, LATER, place="Store"))
    assert Device.objects.get(pk=seized[0].pk).where == Where.STORED


def test_each_verb_takes_its_own_events_only(people, warrant, seized):
    with pytest.raises(RefusedError, match="not entered here"):
        record_event(people.alice, NOW, devices=seized, told=Told(What.UNSEALED, NOW))
    with pytest.raises(RefusedError, match="not entered here"):
        examine_things(people.alice, warrant, Things(seized), NOW, told=Told(What.STORED, NOW))


def test_whoever_takes_it_is_said(people, seized):
    with pytest.raises(RefusedError, match="who took them"):
        record_event(people.alice, NOW, devices=seized, told=Told(What.GIVEN_BACK, NOW, Party(people.alice)))


def test_late_entry_is_marked(people, seized):
    event = record_event(people.alice, NOW + timedelta(days=2), devices=seized, told=Told(What.OBSERVED, NOW))
    assert event.late_by == timedelta(days=2)


def test_lists_are_filtered_and_counted_alike(people, sent):
    for name, asked in {
        "all": Asked(),
        "lab": Asked(Where.LAB),
        "held": Asked(Where.HELD),
        "mine": Asked(mine=True),
    }.items():
        assert len(device_page(people.alice, NOW, asked).devices) == counts(people.alice, NOW)[name]
    assert counts(people.charlie, NOW)["all"] == 0
