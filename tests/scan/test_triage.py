"""Which places a triage looks at first."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from tests.lists.invented import NOW

from kavalan.scan.triage import passes, places


@pytest.mark.parametrize(
    "path",
    [
        b"DCIM/Camera/a.jpg",
        b"private/var/mobile/Media/DCIM/100APPLE/IMG_0001.HEIC",
        b"sdcard/Download/a.pdf",
        b"WhatsApp/Media/WhatsApp Images/IMG-1.jpg",
        b"Pictures/Screenshots/a.png",
    ],
)
def test_camera_messengers_downloads_and_screenshots_come_first(path):
    assert re.search(places(), b"/" + path)


@pytest.mark.parametrize("path", [b"Windows/System32/a.dll", b"docs/DCIM.txt", b"system/app/a.apk", b"xDCIM/a.jpg"])
def test_other_places_do_not(path):
    assert not re.search(places(), b"/" + path)


def test_full_scan_is_one_pass_over_everything():
    assert passes("full", NOW) == (None,)


def test_newest_is_what_was_changed_within_90_days_before_the_first_start():
    second, third = passes("triage", NOW)[1:]
    for days, part in ((1, second), (89, second), (91, third), (-1, third)):
        moment = int((NOW - timedelta(days=days)).timestamp() * 1_000_000)
        assert part.takes(b"x", None, moment)
    assert third.takes(b"x", None, None)


def test_every_path_and_time_is_in_one_pass():
    moments = [None, *(int((NOW - timedelta(days=days)).timestamp() * 1e6) for days in (-5, 5, 500))]
    for path in (b"DCIM/a", b"x/y"):
        for moment in moments:
            assert sum(part.takes(path, None, moment) for part in passes("triage", NOW)) == 1


def test_path_on_the_device_counts_where_an_extraction_states_one():
    first = passes("triage", NOW)[0]
    assert first.takes(b"files/0001", b"storage/emulated/0/DCIM/Camera/a.jpg", None)
