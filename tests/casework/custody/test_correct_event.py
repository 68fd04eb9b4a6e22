"""Correcting an entry: a new one that names the wrong one, which stays."""

import pytest

from kavalan.casework.custody.models import CustodyEvent, Device
from kavalan.casework.custody.selectors import line_of
from kavalan.casework.custody.services import correct_event, record_event
from kavalan.casework.custody.telling import Found, Told
from kavalan.casework.custody.words import What, Where
from kavalan.casework.errors import RefusedError

from ..conftest import NOW


@pytest.fixture
def wrong(people, seized):
    """The first two are said to be in store, with another seal."""
    told = Told(What.STORED, NOW, place="Store", found=Found(seal="S-99"))
    return record_event(people.alice, NOW, devices=seized[:2], told=told)


def test_correction_stands_in_place_of_the_wrong_entry_for_its_thing_alone(people, wrong, seized):
    before = CustodyEvent.objects.filter(pk=wrong.pk).values().get()
    told = Told(What.STORED, NOW, place="Store", found=Found(seal="S-1"))
    correct_event(people.alice, NOW, event=wrong, devices=seized[:1], told=told, why="misread")
    first, second, _ = Device.objects.order_by("pk")
    assert (first.seal, first.gaps, second.seal, second.gaps) == ("S-1", 0, "S-99", 1)
    assert CustodyEvent.objects.filter(pk=wrong.pk).values().get() == before
    assert [line.share.event.what for line in line_of(first)[1]] == [What.COLLECTED, What.STORED, What.STORED]


def test_what_did_not_happen_leaves_the_thing_where_it_was(people, wrong, seized):
    correct_event(people.alice, NOW, event=wrong, devices=seized[:1], told=None, why="another thing")
    assert Device.objects.get(pk=seized[0].pk).where == Where.HELD


def test_entry_is_corrected_once(people, wrong, seized):
    correct_event(people.alice, NOW, event=wrong, devices=seized[:1], told=None, why="another thing")
    with pytest.raises(RefusedError, match="was corrected"):
        correct_event(people.alice, NOW, event=wrong, devices=seized[:1], told=None, why="again")


@pytest.mark.parametrize(
    ("thing", "told", "why"),
    [(2, None, "of another"), (0, Told(What.SEALED, NOW), "another kind"), (0, None, " ")],
)
def test_correction_is_of_the_same_thing_and_kind_and_says_why(people, wrong, seized, thing, told, why):
    with pytest.raises(RefusedError):
        correct_event(people.alice, NOW, event=wrong, devices=[seized[thing]], told=told, why=why)


def test_seizure_is_never_struck_out(people, seized):
    event = CustodyEvent.objects.get()
    with pytest.raises(RefusedError, match="from nowhere"):
        correct_event(people.alice, NOW, event=event, devices=seized, told=None, why="a mistake")
