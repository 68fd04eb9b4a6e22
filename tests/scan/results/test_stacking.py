"""Unknown pictures and videos that are the same, or practically the same, lie in one stack."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scan.results.made import SYSTEM, hit, item, lay_down, near, pdq, picture, turned, video

from kavalan.scan.results.parts import Parts
from kavalan.scan.results.stacking import stack_unknown, with_places
from kavalan.scan.results.standing import standings

BASE = pdq(b"base")


def stacked(out, rows, hits=()):
    parts = Parts(lay_down(out, [rows[:3], rows[3:]] if len(rows) > 3 else [rows], hits))
    return stack_unknown(parts, standings(parts))


def groups(found):
    """Items by stack, those in none left out."""
    sets = {}
    for number, stack in enumerate(found.of_item.tolist(), start=1):
        if stack:
            sets.setdefault(stack, set()).add(number)
    return sorted(map(sorted, sets.values()))


def test_alike_pictures_are_in_one_stack_and_others_are_not(tmp_path):
    rows = [picture(b"1", pdq=BASE), picture(b"2", pdq=turned(BASE, 10)), picture(b"3", pdq=turned(BASE, 30))]
    assert groups(stacked(tmp_path, rows)) == [[1, 2], [3]]


def test_identical_contents_are_in_one_stack_without_any_hash(tmp_path):
    rows = [picture(name, content=b"same", pdq=None, pdq_quality=None) for name in (b"1", b"2", b"3")]
    assert groups(stacked(tmp_path, [*rows, picture(b"4", pdq=None)])) == [[1, 2, 3], [4]]


def test_poor_pictures_are_not_alike(tmp_path):
    rows = [picture(b"1", pdq=BASE, pdq_quality=49), picture(b"2", pdq=BASE, pdq_quality=49), picture(b"3", pdq=BASE)]
    assert groups(stacked(tmp_path, rows)) == [[1], [2], [3]]


def test_what_lists_know_and_what_is_no_picture_is_in_none(tmp_path):
    rows = [picture(b"%d" % n, pdq=BASE) for n in range(3)] + [item(b"text"), picture(b"4", pdq=BASE)]
    found = stacked(tmp_path, rows, [hit(1, rows[0]), near(2, rows[1]), hit(5, rows[4], SYSTEM)])
    assert groups(found) == [[3]]


def test_videos_that_share_most_frames_are_in_one_stack(tmp_path):
    frames = [pdq(b"frame %d" % n) for n in range(10)]
    clip = frames[:5]
    rows = [video(b"1", frames), video(b"2", [turned(one, 6) for one in frames[:9]]), video(b"3", clip), video(b"4")]
    assert groups(stacked(tmp_path, rows)) == [[1, 2], [3], [4]]


def test_picture_and_video_are_never_in_one_stack(tmp_path):
    assert groups(stacked(tmp_path, [picture(b"1", pdq=BASE), video(b"2", [BASE])])) == [[1], [2]]


def test_largest_stack_comes_first_and_says_what_it_holds(tmp_path):
    early, late = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC)
    rows = [
        picture(b"alone", pdq=pdq(b"alone")),
        picture(b"1", pdq=turned(BASE, 4), modified=late),
        picture(b"2", pdq=BASE, pdq_quality=95, created=early),
        picture(b"3", content=b"1", pdq=turned(BASE, 4)),
    ]
    found = stacked(tmp_path, rows)
    table = with_places(found, np.array([0, 1, 0, 1], np.uint8), ["camera", "cache"])
    assert table.row(0, named=True) == {
        "stack": 1,
        "kind": "picture",
        "items": 3,
        "contents": 2,
        "representative": 3,
        "widest": 4,
        "places": [{"place": "cache", "items": 2}, {"place": "camera", "items": 1}],
        "first": early,
        "last": late,
    }
    assert table["items"].to_list() == [3, 1]


def test_scan_without_anything_has_no_stacks(tmp_path):
    found = stacked(tmp_path, [])
    assert with_places(found, np.zeros(0, np.uint8), ["camera"]).is_empty()


def brute_force(hashes):
    """Single link: whatever a chain of pairs within ten bits leads to."""
    left = set(range(len(hashes)))
    sets = []
    while left:
        found, ahead = set(), {left.pop()}
        while ahead:
            one = ahead.pop()
            found.add(one)
            close = {
                other
                for other in left
                if (int.from_bytes(hashes[one]) ^ int.from_bytes(hashes[other])).bit_count() <= 10
            }
            left -= close
            ahead |= close
        sets.append(sorted(number + 1 for number in found))
    return sorted(sets)


@given(st.lists(st.integers(0, 60), max_size=9))
@settings(max_examples=25, deadline=None)
def test_stacks_are_those_of_brute_force(tmp_path_factory, bits):
    hashes = [turned(BASE, amount) for amount in bits]
    rows = [picture(b"%d" % number, pdq=one) for number, one in enumerate(hashes)]
    assert groups(stacked(tmp_path_factory.mktemp("scan"), rows)) == brute_force(hashes)
