"""Saying of many reports at once that a time limit was met."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kavalan.casework.clocks.models import Clock, MetTogether
from kavalan.casework.clocks.services import MOST_TOGETHER, meet_clock, meet_together, start_clock
from kavalan.casework.errors import RefusedError

from ..conftest import NOW

HOUR = timedelta(hours=1)


def ids(name="pocso-19-6"):
    return list(Clock.objects.filter(name=name).order_by("pk").values_list("public_id", flat=True))


def meet(who, clocks, at=NOW + HOUR, note="list 7 to the committee", now=NOW + 2 * HOUR):
    return meet_together(who, now, clocks=clocks, met_at=at, note=note)


def test_three_are_met_by_one_act_and_one_entry_which_names_them(people, lay, entries, last_entry):
    lay(3)
    before, wanted = entries(), ids()
    together = meet(people.bob, wanted)
    assert entries() == before + 1
    entry, said = last_entry()
    assert (entry.verb, entry.subject, sorted(said["clocks"])) == (
        "clock.meet_together",
        together.public_id,
        sorted(map(str, wanted)),
    )
    met = Clock.objects.filter(together=together)
    assert {(one.name, one.met_at, one.met_by_id, one.met_note) for one in met} == {
        ("pocso-19-6", NOW + HOUR, people.bob.pk, "list 7 to the committee")
    }
    assert (met.count(), Clock.objects.filter(met_at=None).count(), said["late"]) == (3, 3, [])


def test_those_that_were_late_are_named(people, lay, last_entry):
    lay(1)
    lay(1, at=NOW + 3 * HOUR)
    meet(people.bob, ids(), NOW + 25 * HOUR, now=NOW + 26 * HOUR)
    assert last_entry()[1]["late"] == [str(ids()[0])]


@pytest.mark.parametrize(
    ("who", "chosen", "more", "why"),
    [
        ("dora", slice(None), {}, "not yours to keep"),
        ("charlie", slice(None), {}, "not yours to keep"),
        ("bob", slice(0), {}, "at least one"),
        ("bob", slice(None), {"at": NOW - HOUR}, "between its beginning"),
        ("bob", slice(None), {"at": NOW + 9 * HOUR}, "between its beginning"),
        ("bob", slice(None), {"note": " "}, "Say how"),
    ],
)
def test_stranger_none_impossible_moment_or_nothing_said_meets_none(people, lay, entries, who, chosen, more, why):
    lay(2)
    before = entries()
    with pytest.raises(RefusedError, match=why):
        meet(getattr(people, who), ids()[chosen], **more)
    assert (entries(), MetTogether.objects.count(), Clock.objects.exclude(met_at=None).count()) == (before, 0, 0)


def test_all_or_none(people, exhibit, lay):
    lay(2)
    wanted = ids()
    of_exhibit = start_clock(people.bob, NOW, name="pocso-19-6", matter=exhibit, started_at=NOW)
    meet_clock(people.bob, NOW + HOUR, clock=Clock.objects.get(public_id=wanted[0]), met_at=NOW, note="by hand")
    for chosen in (wanted, [wanted[1], of_exhibit.public_id], [wanted[1], uuid4()]):
        with pytest.raises(RefusedError, match="look at the list again"):
            meet(people.bob, chosen)
    with pytest.raises(RefusedError, match="one provision"):
        meet(people.bob, [wanted[1], *ids("pocso-19-5")[1:]])
    with pytest.raises(RefusedError, match="at most"):
        meet(people.bob, [uuid4() for _ in range(MOST_TOGETHER + 1)])
    meet(people.bob, wanted[1:])
