"""What the migrations do to a workspace that has items already."""

import importlib
from datetime import timedelta

from django.apps import apps

from kavalan.casework.exhibits.models import Item, Tally
from kavalan.casework.exhibits.rules import Seal
from kavalan.casework.guard import writing
from kavalan.casework.privilege.models import PrivilegeSeal
from kavalan.casework.privilege.services import supply_identifiers

from ..conftest import LATER, NOW
from .batches import row, unread

tallies = importlib.import_module("kavalan.casework.exhibits.migrations.0004_tallies")

ROWS = [
    row(b"inside.jpg", b"1", "image/jpeg", modified=NOW),
    row(b"adv-office/1.jpg", b"2", "image/jpeg", modified=NOW),
    row(b"adv-office/2.jpg", b"3", "image/jpeg", modified=NOW),
    row(b"adv-office/early.jpg", b"4", "image/jpeg", modified=NOW - timedelta(days=1)),
    row(b"video.mp4", b"5", "video/mp4", modified=NOW),
    unread(b"timeless", "gone"),
]


def said():
    return list(Item.objects.order_by("number").values_list("seal", flat=True)), list(
        Tally.objects.filter(items__gt=0)
        .order_by("seal", "family", "unread", "place")
        .values("seal", "family", "items")
    )


def test_items_and_counts_of_before_are_as_the_loader_would_have_made_them(people, exhibit, load):
    with writing(frozenset({"authority_authority"})):
        type(people.warrant).objects.update(dates_from=NOW, dates_until=LATER, kinds=["picture", "other"])
    load(ROWS)
    supply_identifiers(people.alice, NOW, exhibit=exhibit, identifiers=["adv-office"])
    with writing(frozenset({"exhibits_item", "exhibits_tally", "privilege_privilegeseal"})):
        PrivilegeSeal.objects.filter(item__number=3).update(opened_at=NOW, opened_by=people.alice)
        Item.objects.filter(number=3).update(seal=Seal.OPEN)
        Tally.objects.all().delete()
        tallies.tally(apps, None)
        expected = said()
        Item.objects.update(seal=Seal.OUTSIDE)
        Tally.objects.all().delete()
    tallies.seal(apps, None)
    tallies.tally(apps, None)
    assert said() == expected
    assert said()[0] == [0, 2, 0, 1, 1, 1]
