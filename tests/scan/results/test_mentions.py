"""What databases say of files reaches the items whose paths end so, and no others."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scan.results.made import item, lay_down, mention

from kavalan.scan.results.mentions import MOST_TRACES, told_of_items
from kavalan.scan.results.parts import Parts


def told(out, rows, mentions, wanted=None):
    parts = Parts(lay_down(out, [rows[:2], rows[2:]] if len(rows) > 2 else [rows], (), mentions))
    mask = np.array([wanted is None or number in wanted for number in range(1, len(rows) + 1)], np.bool_)
    return told_of_items(parts, mask)


def paths(found):
    return {number: sorted(one.evidence for one in told) for number, told in found.items()}


def test_item_whose_path_ends_as_the_database_spells_is_meant(tmp_path):
    rows = [item(b"data/media/0/DCIM/Camera/IMG_1.jpg"), item(b"data/media/0/DCIM/Camera/IMG_11.jpg")]
    found = told(tmp_path, rows, [mention(b"DCIM/Camera/IMG_1.jpg", at=5, count=2)])
    assert list(found) == [1]
    assert found[1] == [("opened", "table message says so", 5, 2, b"msgstore.db", 3, True, 1)]


def test_name_is_matched_on_its_borders_only(tmp_path):
    assert told(tmp_path, [item(b"a/xIMG_1.jpg")], [mention(b"IMG_1.jpg")]) == {}


def test_path_on_the_device_counts_as_well_and_once(tmp_path):
    rows = [
        item(b"files/Image/1.jpg", original=b"data/media/0/DCIM/1.jpg"),
        item(b"x/DCIM/2.jpg", original=b"DCIM/2.jpg"),
    ]
    found = told(tmp_path, rows, [mention(b"DCIM/1.jpg"), mention(b"DCIM/2.jpg")])
    assert [one.fits for number in (1, 2) for one in found[number]] == [1, 1]


def test_member_of_an_archive_ends_within_the_archive(tmp_path):
    rows = [item(b"DCIM/a.zip\0/1.jpg"), item(b"b.zip\0/DCIM/1.jpg\0#2")]
    assert list(told(tmp_path, rows, [mention(b"DCIM/1.jpg")])) == [2]


def test_ambiguous_end_is_given_to_each_with_the_number(tmp_path):
    rows = [item(b"a/WhatsApp Images/1.jpg"), item(b"b/WhatsApp Images/1.jpg"), item(b"c/1.jpg")]
    found = told(tmp_path, rows, [mention(b"WhatsApp Images/1.jpg")])
    assert {number: [one.fits for one in told] for number, told in found.items()} == {1: [2], 2: [2]}


def test_ambiguity_counts_items_that_nobody_asked_about(tmp_path):
    rows = [item(b"a/x/1.jpg"), item(b"b/x/1.jpg")]
    found = told(tmp_path, rows, [mention(b"x/1.jpg")], wanted={2})
    assert [(number, one.fits) for number, told in found.items() for one in told] == [(2, 2)]


def test_longest_end_that_any_item_has_is_taken(tmp_path):
    rows = [item(b"Camera/1.jpg"), item(b"DCIM/Camera/1.jpg")]
    found = told(tmp_path, rows, [mention(b"storage/A/DCIM/Camera/1.jpg")])
    assert [(number, one.names, one.whole) for number, told in found.items() for one in told] == [(2, 3, False)]


def test_bare_name_is_not_enough_where_more_is_spelled(tmp_path):
    assert told(tmp_path, [item(b"x/1.jpg")], [mention(b"DCIM/1.jpg")]) == {}
    assert list(told(tmp_path, [item(b"x/1.jpg")], [mention(b"1.jpg")])) == [1]


def test_better_fitting_item_takes_the_record_even_if_nobody_asked_about_it(tmp_path):
    rows = [item(b"Camera/1.jpg"), item(b"DCIM/Camera/1.jpg")]
    assert told(tmp_path, rows, [mention(b"DCIM/Camera/1.jpg")], wanted={1}) == {}


def test_what_is_said_twice_is_told_once(tmp_path):
    found = told(tmp_path, [item(b"a/1.jpg")], [mention(b"a/1.jpg"), mention(b"a/1.jpg"), mention(b"a/1.jpg", "sent")])
    assert [one.act for one in found[1]] == ["opened", "sent"]


def test_records_of_one_item_are_bounded(tmp_path):
    found = told(tmp_path, [item(b"a/1.jpg")], [mention(b"a/1.jpg", at=n) for n in range(MOST_TRACES + 9)])
    assert len(found[1]) == MOST_TRACES


def test_scan_without_mentions_tells_nothing(tmp_path):
    assert told(tmp_path, [item(b"a/1.jpg")], []) == {}


def brute_force(items, mentions):
    """For each mention the items that share its longest end, compared name by name."""
    meant = {}
    for number, subject in enumerate(mentions):
        wanted = subject.split(b"/")
        common = [shared(path.split(b"/"), wanted) for path in items]
        longest = max(common, default=0)
        if longest >= min(2, len(wanted)):
            for item_number, amount in enumerate(common, start=1):
                if amount == longest:
                    meant.setdefault(item_number, []).append(f"{number}")
    return meant


def shared(path, wanted):
    """How many names at the end are the same."""
    amount = 0
    while amount < min(len(path), len(wanted)) and path[-1 - amount] == wanted[-1 - amount]:
        amount += 1
    return amount


PATH = st.lists(st.sampled_from([b"a", b"b", b"ab"]), min_size=1, max_size=4).map(b"/".join)


@given(st.lists(PATH, max_size=6), st.lists(PATH, max_size=4))
@settings(max_examples=60, deadline=None)
def test_join_is_that_of_brute_force(tmp_path_factory, items, mentions):
    rows = [item(path) for path in items]
    said = [mention(subject, evidence=f"{number}") for number, subject in enumerate(mentions)]
    found = told(tmp_path_factory.mktemp("scan"), rows, said)
    assert paths(found) == {number: sorted(told) for number, told in brute_force(items, mentions).items()}
