"""Paths and times as databases write them."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest

from kavalan.sources.embedded.mentions.telling import (
    apple_time,
    counted,
    subject_of,
    told,
    unix_time,
    webkit_time,
)

MOMENT = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
SECONDS = int(MOMENT.timestamp())


@pytest.mark.parametrize(
    ("path", "subject"),
    [
        ("DCIM/100APPLE/IMG_1.HEIC", b"DCIM/100APPLE/IMG_1.HEIC"),
        ("/storage/emulated/0/DCIM/a.jpg", b"DCIM/a.jpg"),
        ("/storage/0123-ABCD/DCIM/a.jpg", b"DCIM/a.jpg"),
        ("/sdcard/Download/a.jpg", b"Download/a.jpg"),
        ("/data/user/0/org.example/files/a", b"data/user/0/org.example/files/a"),
        ("C:\\Users\\x\\Downloads\\a.jpg", b"Users/x/Downloads/a.jpg"),
        ("c:/Users/x/a.jpg", b"Users/x/a.jpg"),
        ("\\\\server\\share\\a.jpg", b"server/share/a.jpg"),
        ("/home/x/a\\b.jpg", b"home/x/a\\b.jpg"),
        ("/x/പടം.jpg", "x/പടം.jpg".encode()),
    ],
)
def test_a_subject_is_the_end_of_a_path_that_every_extraction_shows(path, subject):
    assert subject_of(path) == subject


@pytest.mark.parametrize(
    "path", [None, 5, b"bytes", "", "/", "folder/", "content://media/5", "a\0b", "/" + "x" * 70_000]
)
def test_what_is_no_path_of_a_file_has_no_subject(path):
    assert subject_of(path) is None


def test_every_makers_time_is_the_same_moment():
    since_2001 = SECONDS - int(datetime(2001, 1, 1, tzinfo=UTC).timestamp())
    since_1601 = SECONDS + 11_644_473_600
    expected = SECONDS * 1_000_000
    assert apple_time(since_2001) == apple_time(float(since_2001)) == expected
    assert webkit_time(since_1601 * 1_000_000) == expected
    assert (
        unix_time(SECONDS) == unix_time(SECONDS * 1000, 1000) == unix_time(SECONDS * 1_000_000, 1_000_000) == expected
    )


@pytest.mark.parametrize("value", [None, "x", b"x", 0, -1, math.inf, math.nan, 1 << 62])
def test_what_no_clock_showed_is_no_time(value):
    assert unix_time(value) is None


@pytest.mark.parametrize(("value", "count"), [(4, 4), (0, 0), (-3, 0), (None, 0), ("4", 0), (1 << 40, 0)])
def test_counts_are_counts(value, count):
    assert counted(value) == count


def test_evidence_is_within_its_bounds():
    assert len(told(b"x", "opened", "y" * 1000).trace.evidence) == 400
