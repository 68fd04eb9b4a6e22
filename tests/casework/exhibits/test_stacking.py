"""Stacks: what is practically one picture in one line, against a comparison of every picture with every other."""

from collections import Counter, defaultdict
from itertools import combinations

import numpy as np
import pytest
from django.urls import reverse

from kavalan.casework.exhibits.loader import load_batch
from kavalan.casework.exhibits.models import Item, Stack, Stacking
from kavalan.casework.exhibits.rules import Standing
from kavalan.casework.exhibits.stacking import Piling
from kavalan.casework.exhibits.tallies import KEPT, brought_forward
from kavalan.casework.privilege.services import supply_identifiers
from kavalan.casework.verbs import step
from kavalan.casework.workspace import scans_of

from ..conftest import NOW
from .batches import row, unread, write

RADIUS = 10


@pytest.fixture
def pile(job, exhibit, workspace):
    """Loads rows as the exhibit's scan does, and puts them into stacks."""

    def do(rows, number=1):
        folder = scans_of(workspace) / str(exhibit.public_id)
        folder.mkdir(parents=True, exist_ok=True)
        batch = write(folder, number, rows)
        load_batch(job, exhibit, batch, NOW)
        Piling(workspace).after_batch(job, exhibit, batch, NOW)

    return do


def picture(path, content, pdq, quality=90):
    return row(path, content, "image/jpeg", pdq=pdq, pdq_quality=quality)


def flipped(pdq, bits):
    whole = int.from_bytes(pdq, "big")
    for bit in bits:
        whole ^= 1 << bit
    return whole.to_bytes(32, "big")


def drawn(chance, number):
    """Pictures in families whose members are a few bits apart, some of them the same content twice."""
    rows = []
    for family in range(number):
        middle = chance.bytes(32)
        for one in range(chance.integers(1, 5)):
            pdq = flipped(middle, chance.permutation(256)[: chance.choice([0, 3, 8, 14])].tolist())
            paths = [b"%d/%d/%d.jpg" % (family, one, copy) for copy in range(chance.integers(1, 3))]
            rows += [picture(path, b"%d %d" % (family, one), pdq) for path in paths]
    return rows


def by_hand(items):
    """Items in groups: each is held against each, and what is near or the same content is joined."""
    group = {item.number: item.number for item in items}

    def root(number):
        while group[number] != number:
            number = group[number]
        return number

    for left, right in combinations(items, 2):
        apart = (int.from_bytes(left.content.pdq, "big") ^ int.from_bytes(right.content.pdq, "big")).bit_count()
        if left.content_id == right.content_id or apart <= RADIUS:
            one, other = sorted((root(left.number), root(right.number)))
            group[other] = one
    return {number: root(number) for number in group}


def walked(exhibit):
    """What the stacks come to, counted item by item."""
    found = defaultdict(Counter)
    for item in exhibit.items.filter(seal=0, stack__isnull=False):
        found[item.stack, item.standing][item.content_id] += 1
    return {
        key: (max(counts.values()), sum(counts.values()) - max(counts.values()), len(counts) - 1)
        for key, counts in found.items()
    }


def kept(exhibit):
    return {(one.number, one.standing): (one.same, one.alike, one.others) for one in Stack.objects.all()}


@step(Item, *KEPT)
def stand(items, standing):
    with brought_forward([items.first().exhibit_id], items.all()):
        items.update(standing=standing)


def test_stacks_are_those_of_holding_each_against_each(exhibit, pile):
    pile(drawn(np.random.default_rng(3), 12))
    items = list(exhibit.items.select_related("content"))
    assert {item.number: item.stack for item in items} == by_hand(items)
    assert kept(exhibit) == walked(exhibit)


def test_identical_and_alike_are_never_one_figure(exhibit, pile):
    middle = bytes(range(32))
    pile(
        [
            picture(b"1.jpg", b"a", middle),
            picture(b"2.jpg", b"a", middle),
            picture(b"3.jpg", b"b", flipped(middle, [7])),
        ]
    )
    (stack,) = Stack.objects.all()
    assert (stack.same, stack.alike, stack.others, stack.bits, stack.first) == (2, 1, 1, 1, 1)


def test_pictures_of_poor_quality_are_together_only_where_they_are_identical(exhibit, pile):
    flat = bytes(32)
    pile([picture(b"%d.jpg" % number, b"%d" % (number // 2), flat, quality=10) for number in range(4)])
    assert kept(exhibit) == {(1, 0): (2, 0, 0), (3, 0): (2, 0, 0)}


def test_what_is_no_picture_or_could_not_be_read_lies_in_no_stack(exhibit, pile):
    pile([row(b"1.txt", b"1"), unread(b"2", "gone"), row(b"3.mp4", b"3", "video/mp4")])
    assert list(exhibit.items.order_by("number").values_list("stack", flat=True)) == [None, None, 3]


def test_stacks_grow_together_as_the_scan_goes_on(exhibit, pile):
    near = [flipped(bytes(range(32)), range(count)) for count in (0, 9, 18)]
    pile([picture(b"1.jpg", b"1", near[0]), picture(b"2.jpg", b"2", near[2])])
    assert set(kept(exhibit)) == {(1, 0), (2, 0)}
    pile([picture(b"3.jpg", b"3", near[1]), row(b"4.txt", b"4")], number=2)
    assert kept(exhibit) == {(1, 0): (1, 2, 2)}


def test_scan_that_has_not_loaded_twice_as_much_is_not_put_into_stacks_again(exhibit, pile):
    pile([picture(b"1.jpg", b"1", bytes(range(32))), row(b"2.txt", b"2")])
    pile([picture(b"3.jpg", b"3", bytes(range(32)))], number=2)
    assert Stacking.objects.get().items == 2
    assert exhibit.items.get(number=3).stack is None


def test_known_and_unknown_lie_in_stacks_apart_and_hits_move_them(exhibit, pile):
    pile(drawn(np.random.default_rng(5), 6))
    stand(exhibit.items.filter(number__lte=5), Standing.NEAR)
    assert kept(exhibit) == walked(exhibit)
    assert {standing for _, standing in kept(exhibit)} == {Standing.UNKNOWN, Standing.NEAR}


def test_privileged_items_leave_the_figures_and_stacks_without_any_go(people, exhibit, pile):
    middle = bytes(range(32))
    pile([picture(b"client-brief/1.jpg", b"1", middle), picture(b"adv-office/2.jpg", b"1", middle)])
    supply_identifiers(people.alice, NOW, exhibit=exhibit, identifiers=["adv-office"])
    assert kept(exhibit) == {(1, 0): (1, 0, 0)}
    supply_identifiers(people.alice, NOW, exhibit=exhibit, identifiers=["client-brief"])
    assert kept(exhibit) == {}


@pytest.fixture
def page(client, people, exhibit):
    client.force_login(people.alice)

    def read(route, **asked):
        return client.get(reverse(route, args=[exhibit.public_id]), asked)

    return read


def test_page_lists_the_largest_first_and_leads_to_the_items(exhibit, pile, page, monkeypatch):
    monkeypatch.setattr("kavalan.casework.exhibits.results.STACKS_A_PAGE", 2)
    chance = np.random.default_rng(9)
    rows = [(size, chance.bytes(32)) for size in (1, 3, 2, 1, 3)]
    pile([picture(b"%d.jpg" % at, pdq, pdq) for at, (size, pdq) in enumerate(rows) for _ in range(size)])
    listed, after = [], ""
    while after is not None:
        shown = page("stacks", after=after).context["page"]
        listed += [(one.stack.same, one.item.shown_path) for one in shown.stacks]
        after = shown.after
    assert listed == [(3, "1.jpg"), (3, "4.jpg"), (2, "2.jpg"), (1, "0.jpg"), (1, "3.jpg")]
    items = page("stacks", number=2, standing="unknown").context["page"].items
    assert [item.number for item in items] == [2, 3, 4]


def test_stack_that_is_not_there_is_not_found(page, exhibit):
    assert page("stacks", number=9, standing="unknown").status_code == 404


def test_exhibit_that_was_not_put_into_stacks_says_so(page, load):
    load([row(b"1.txt", b"1")])
    assert "Not put into stacks yet" in page("stacks").text
