"""The sequence of custody of an exhibit holds what happened to the thing it was made from."""

from datetime import timedelta

import pytest

from kavalan.casework.custody.services import accept_hand_over, correct_event, draw_exhibit, offer_things, record_event
from kavalan.casework.custody.telling import Found, Party, Told
from kavalan.casework.custody.words import Part, What
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.papers.custody import custody_of

from ..conftest import LATER, NOW
from ..custody.conftest import MEMO, SEARCH, dora, draft, seized, warrant

__all__ = ["dora", "draft", "seized", "warrant"]
HOUR = timedelta(hours=1)


@pytest.fixture
def imaged(people, seized, warrant, folder):
    """E-1, made from the first of three telephones."""
    exhibit = register_exhibit(people.alice, warrant, ExhibitDraft("E-1", folder, people.compartment), NOW + 2 * HOUR)
    draw_exhibit(people.alice, NOW + 2 * HOUR, device=seized[0], exhibit=exhibit, part=Part.WHOLE)
    return exhibit


def test_events_of_the_thing_stand_in_order_with_the_ledgers_entries(people, dora, seized, imaged):
    offer = offer_things(people.alice, NOW + HOUR, devices=seized[:1], to=Party(dora), moment=NOW + HOUR)
    accept_hand_over(dora, NOW + HOUR, offer=offer, devices=seized[:1], moment=NOW + HOUR, found=Found(seal="S-1"))
    paper = custody_of(imaged, people.alice, LATER)
    assert [event.act for event in paper.events] == ["collected", "offered", "received", "collected"]
    first, offered = paper.events[:2]
    entry = LedgerEntry.objects.get(verb="seizure.enter")
    assert (first.at, first.entered, first.seal, first.entry.number) == (SEARCH, NOW, "S-1", entry.number)
    assert (offered.to.badge, offered.by.badge) == ("dora", "alice")
    assert f"from {MEMO}/1" in paper.exhibit.description
    assert paper.gaps == ()


def test_gaps_are_named(people, seized, imaged):
    told = Told(What.STORED, NOW, place="Store 2", found=Found(seal="S-99"))
    record_event(people.alice, NOW, devices=seized[:1], told=told)
    (gap,) = custody_of(imaged, people.alice, LATER).gaps
    number = LedgerEntry.objects.get(verb="custody.record").number
    assert gap == f"Another seal than the one that was put on: S-1 → S-99, entry {number}, 01/03/2026 14:30"


def test_corrected_entry_stays_and_says_which_stands_in_its_place(people, seized, imaged):
    told = Told(What.STORED, NOW, place="Store 2")
    wrong = record_event(people.alice, NOW, devices=seized[:1], told=told)
    correct_event(people.alice, NOW, event=wrong, devices=seized[:1], told=None, why="another thing")
    paper = custody_of(imaged, people.alice, LATER)
    number = LedgerEntry.objects.get(verb="custody.record").number
    assert [event.act for event in paper.events] == ["collected", "stored", "corrected", "collected"]
    assert paper.events[2].note == f"entry {number} did not happen: another thing"
