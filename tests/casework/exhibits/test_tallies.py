"""Tallies are what counting every item says, whatever was done to the items and in which order."""

from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.approvals.services import answer_approval, ask_approval
from kavalan.casework.exhibits import selectors
from kavalan.casework.exhibits.models import Item, Tally
from kavalan.casework.exhibits.rules import PLACE_WORDS, Family, ItemFilter, Listing, Seal, Standing
from kavalan.casework.exhibits.tallies import KEPT, Sort, brought_forward
from kavalan.casework.guard import writing
from kavalan.casework.privilege.approval_kinds import OPEN_PRIVILEGED
from kavalan.casework.privilege.models import PrivilegeSeal
from kavalan.casework.privilege.services import open_privileged, opening, supply_identifiers
from kavalan.casework.verbs import step

from ..conftest import LATER, NOW
from .batches import row, unread

ROWS = [
    row(b"DCIM/Camera/1.jpg", b"1", "image/jpeg", modified=NOW),
    row(b"DCIM/Camera/adv-office.jpg", b"2", "image/jpeg", modified=NOW),
    row(b"Download/adv-office.mp4", b"3", "video/mp4", modified=LATER),
    unread(b"gone", "gone"),
    row(b"old.txt", b"5", modified=NOW - timedelta(days=1), state="deleted"),
]


def walked():
    """What counting by hand says: every item looked at, none grouped by the database."""
    return Counter(
        Sort(
            one.exhibit_id,
            one.seal,
            one.family,
            one.error != "",
            one.standing,
            one.state,
            one.place,
            one.reason,
            one.novelty,
        )
        for one in Item.objects.all()
    )


def tallied():
    return Counter({Sort(*sort): items for *sort, items in Tally.objects.values_list(*Sort._fields, "items") if items})


def test_loading_brings_them_forward_batch_by_batch(exhibit, load):
    load(ROWS[:3])
    assert tallied() == walked()
    load(ROWS[3:], number=2)
    assert tallied() == walked()
    assert sum(tallied().values()) == len(ROWS)


def test_batch_that_is_loaded_again_is_counted_once(exhibit, load):
    load(ROWS)
    load(ROWS)
    assert sum(tallied().values()) == len(ROWS)


def test_supplying_and_opening_privilege_brings_them_forward(people, exhibit, load):
    with writing(frozenset({"authority_authority"})):
        type(people.warrant).objects.update(dates_from=NOW, dates_until=LATER)
    load(ROWS)
    supply_identifiers(people.alice, NOW, exhibit=exhibit, identifiers=["adv-office"])
    # Item 3 is privileged too, and outside: it is counted as outside whatever becomes of the privilege.
    assert [item.seal for item in exhibit.items.order_by("number")] == [0, 2, 1, 1, 1]
    assert tallied() == walked()
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.FILTER_OFFICER)
    asked = ask_approval(people.dora, NOW, kind=OPEN_PRIVILEGED, matter=exhibit, payload=opening([2]), reason="no")
    answer_approval(people.alice, NOW, approval=asked, granted=True, reason="agreed")
    open_privileged(people.dora, people.warrant, exhibit, NOW, [2])
    assert [item.seal for item in exhibit.items.order_by("number")] == [0, 0, 1, 1, 1]
    assert tallied() == walked()


FIELDS = {
    "family": st.sampled_from(Family.values),
    "state": st.sampled_from(Listing.values),
    "place": st.sampled_from(["", *PLACE_WORDS]),
    "standing": st.sampled_from(Standing.values),
    "seal": st.sampled_from(Seal.values),
    "error": st.sampled_from(["", "truncated"]),
}
ITEMS = st.lists(st.fixed_dictionaries(FIELDS), max_size=12)
CHANGES = st.lists(st.tuples(st.sets(st.integers(1, 12)), st.fixed_dictionaries(FIELDS)), max_size=4)
ASKED = st.builds(
    ItemFilter,
    family=st.sampled_from([None, *Family]),
    unread_only=st.booleans(),
    known_only=st.booleans(),
    standing=st.sampled_from([None, Standing.WITHDRAWN, Standing.NEAR, Standing.IDENTICAL]),
    deleted_only=st.booleans(),
    place=st.sampled_from([None, "camera", "cache"]),
)


@step(Item, *KEPT, PrivilegeSeal)
def begin_again(exhibit, items):
    Tally.objects.all().delete()
    Item.objects.all().delete()
    made = [Item(exhibit=exhibit, number=number, path=b"", **fields) for number, fields in enumerate(items, start=1)]
    with brought_forward([exhibit.pk], exhibit.items.all()):
        Item.objects.bulk_create(made)


@step(Item, *KEPT)
def change(exhibit, numbers, fields):
    items = exhibit.items.filter(number__in=numbers)
    with brought_forward([exhibit.pk], items):
        items.update(**fields)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=ITEMS, changes=CHANGES)
def test_they_are_what_counting_says_after_any_changes(exhibit, items, changes):
    begin_again(exhibit, items)
    for numbers, fields in changes:
        change(exhibit, numbers, fields)
    assert tallied() == walked()
    kept = list(Item.objects.filter(seal=Seal.OPEN))
    assert selectors.counts(exhibit) == selectors.Counts(
        items=len(kept),
        pictures=sum(one.family == "picture" for one in kept),
        videos=sum(one.family == "video" for one in kept),
        unread=sum(one.error != "" for one in kept),
        sealed=sum(one.seal == Seal.OUTSIDE for one in Item.objects.all()),
        privileged=sum(one.seal == Seal.PRIVILEGED for one in Item.objects.all()),
    )
    listed = Counter(one.standing for one in kept if one.standing > Standing.KNOWN_GOOD)
    assert selectors.figures([exhibit]) == {exhibit.pk: listed}
    assert selectors.figures_of(selectors.tallies(exhibit)) == listed


def holds(item, asked):
    """Whether an item is asked for, said plainly."""
    return (
        item.seal == Seal.OPEN
        and asked.family in {None, item.family}
        and (not asked.unread_only or item.error != "")
        and (not asked.known_only or item.standing > Standing.KNOWN_GOOD)
        and asked.standing in {None, item.standing}
        and (not asked.deleted_only or item.state == "deleted")
        and asked.place in {None, item.place}
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=ITEMS, asked=ASKED, after=st.integers(0, 12))
def test_filters_hold_together(exhibit, items, asked, after):
    begin_again(exhibit, items)
    expected = [one.number for one in Item.objects.order_by("number") if one.number > after and holds(one, asked)]
    assert [one.number for one in selectors.item_page(exhibit, asked, after).items] == expected
