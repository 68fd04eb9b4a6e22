"""A path says what kind of place a file lay in, by rules that are named."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.scan.places import UNPLACED, PlaceKind, place_of, rules

FOLDED = {"android", "any", "macos", "windows"}
WILD = {"*": "[^/]*", "?": "[^/]", "[0-9]": "[0-9]", "[1-9]": "[1-9]"}


def kind(path, original=None, state="allocated"):
    return str(place_of(path, original, state).place)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (b"sdcard/DCIM/Camera/IMG_1.jpg", "camera"),
        (b"DCIM/100CANON/IMG_1.jpg", "camera"),
        (b"private/var/mobile/Media/DCIM/100APPLE/IMG_1.HEIC", "camera"),
        (b"CameraRollDomain/Media/DCIM/100APPLE/IMG_1.HEIC", "camera"),
        (b"CameraRollDomain/Media/PhotoData/Thumbnails/V2/DCIM/100APPLE/IMG_1.JPG/5003.JPG", "thumbnails"),
        (b"data/media/0/Android/media/com.whatsapp/WhatsApp/Media/WhatsApp Images/Sent/a.jpg", "messenger-sent"),
        (b"data/media/0/Android/media/com.whatsapp/WhatsApp/Media/WhatsApp Images/a.jpg", "messenger-received"),
        (b"data/media/0/Android/media/com.whatsapp/WhatsApp/Media/WhatsApp Images/Private/a.jpg", "messenger-received"),
        (b"sdcard/WhatsApp/Media/.Statuses/a.jpg", "messenger-auto"),
        (b"sdcard/Android/data/org.telegram.messenger/cache/1_2.jpg", "messenger-auto"),
        (b"sdcard/Telegram/Telegram Images/1_2.jpg", "messenger-received"),
        (b"sdcard/Pictures/signal-2026-04-24-153300.jpg", "messenger-received"),
        (b"sdcard/viber/media/Viber Images/a.jpg", "messenger"),
        (b"data/user/0/com.snapchat.android/files/file_manager/chat_snap/a.0", "messenger-received"),
        (b"data/data/com.example.app/cache/a.jpg", "cache"),
        (b"data/data/com.android.chrome/cache/Cache/f_0001", "browser-cache"),
        (b"Users/priya/AppData/Local/Google/Chrome/User Data/Default/Cache/f_0001", "browser-cache"),
        (b"Users/priya/AppData/Local/Microsoft/Windows/Explorer/thumbcache_96.db", "thumbnails"),
        (b"Users/priya/Pictures/Thumbs.db", "thumbnails"),
        (b"Users/priya/Pictures/a.jpg", "pictures"),
        (b"Users/priya/Desktop/a.jpg", "desktop"),
        (b"Users/priya/Documents/a.jpg", "documents"),
        (b"Users/priya/Downloads/a.jpg", "downloads"),
        (b"Users/priya/elsewhere/a.jpg", "user"),
        (b"home/priya/Downloads/a.jpg", "downloads"),
        (b"home/priya/.cache/thumbnails/normal/0123.png", "thumbnails"),
        (b"home/priya/.local/share/Trash/files/a.jpg", "trash"),
        (b"$RECYCLE.BIN/S-1-5-21-1/$R1.jpg", "trash"),
        (b"sdcard/DCIM/Camera/.trashed-1790000000-IMG_1.jpg", "trash"),
        (b"Users/priya/Library/Application Support/MobileSync/Backup/00/a", "backup"),
        (b"Windows/Web/Wallpaper/a.jpg", "system"),
        (b"usr/share/backgrounds/a.jpg", "system"),
        (b"AppDomain-org.example.app/Documents/a.jpg", "app"),
        (b"a.jpg", "unknown"),
    ],
)
def test_public_folder_names_tell_the_place(path, place):
    assert kind(path) == place


def test_case_matters_where_it_does_on_the_platform():
    assert kind(b"WINDOWS/system32/a.png") == "system"
    assert kind(b"HOME/priya/x/a.jpg") == "unknown"
    assert kind(b"sdcard/dcim/camera/a.jpg") == "camera"


def test_folder_of_a_user_cannot_pass_for_the_system():
    assert kind(b"home/priya/usr/share/a.jpg") == "user"


def test_rule_says_pattern_platform_and_certainty():
    assert place_of(b"DCIM/Camera/a.jpg", None, "allocated").rule == "DCIM/Camera/ (android, M)"
    assert place_of(b"a.jpg", None, "allocated") is UNPLACED


def test_place_on_the_device_decides_before_the_name_in_the_extraction():
    assert kind(b"phone.ufdr\0/files/Image/1.jpg", b"data/media/0/DCIM/Camera/1.jpg") == "camera"
    assert kind(b"phone.ufdr\0/DCIM/Camera/1.jpg", b"1.jpg") == "camera"


def test_member_is_judged_by_its_path_inside_and_the_place_of_the_archive_is_told():
    placed = place_of(b"Users/priya/Downloads/a.zip\0/DCIM/Camera/1.jpg", None, "allocated")
    assert placed.place is PlaceKind.CAMERA
    assert placed.rule == "DCIM/Camera/ (android, M); in a file found in: downloads of a user"


def test_member_whose_path_says_nothing_is_where_its_archive_is():
    placed = place_of(b"Users/priya/Downloads/a.zip\0/b.zip\0/1.jpg", None, "allocated")
    assert (placed.place, placed.rule) == ("downloads", "Users/*/Downloads/ (windows, M); inside a file there")


def test_marks_of_members_are_no_part_of_a_name():
    assert kind(b"a.zip\0/x/Thumbs.db\0#2") == "thumbnails"
    assert kind(b"Downloads/a.zip\0!") == "downloads"
    assert kind(b"a.zip\0/Downloads\0\0/x.jpg") == "unknown"
    assert kind(b"a.zip\0/n\0\0/DCIM/Camera/x.jpg") == "camera"


def test_deleted_is_told_by_the_state_and_the_path_is_kept():
    placed = place_of(b"DCIM/Camera/1.jpg", None, "deleted")
    assert placed.place is PlaceKind.DELETED
    assert "camera folder, by DCIM/Camera/ (android, M)" in placed.rule
    assert place_of(b"1.jpg", None, "deleted").rule == "the source no longer lists it"


def test_every_rule_has_source_and_patterns_and_every_kind_its_words():
    assert all(rule.source and rule.patterns for rule in rules())
    assert all(place.words for place in PlaceKind)
    spelled = [(pattern, rule.platform) for rule in rules() for pattern in rule.patterns]
    assert len(set(spelled)) == len(spelled)


def brute_force(path):
    """The first pattern that fits, each tried on the whole path as one expression."""
    for rule in rules():
        for pattern in rule.patterns:
            signs = (WILD.get(sign) or re.escape(sign) for sign in re.split(r"(\*|\?|\[[01]-9\])", pattern.rstrip("/")))
            expression = f"(?:^|/){''.join(signs)}{'/' if pattern.endswith('/') else '$'}"
            if re.search(expression, path, re.IGNORECASE if rule.platform in FOLDED else 0):
                return f"{pattern} ({rule.platform}, {rule.certainty})"
    return ""


def sample(pattern):
    return pattern.replace("[0-9]", "7").replace("[1-9]", "7").replace("?", "x").replace("*", "y").rstrip("/")


PIECES = sorted({sample(pattern) for rule in rules() for pattern in rule.patterns})
PARTS = sorted({part for piece in PIECES for part in piece.split("/")})


@given(st.lists(st.sampled_from(PIECES + PARTS) | st.text("ab7.", min_size=1, max_size=3), min_size=1, max_size=4))
def test_first_rule_that_fits_decides_whatever_the_path(pieces):
    path = "/".join(pieces)
    assert place_of(path.encode(), None, "allocated").rule == brute_force(path)


@given(st.sampled_from(PIECES), st.booleans())
def test_case_of_a_path_is_weighed_as_brute_force_does(piece, upper):
    path = (piece.upper() if upper else piece.lower()) + "/file.jpg"
    assert place_of(path.encode(), None, "allocated").rule == brute_force(path)


@given(st.binary(max_size=60), st.none() | st.binary(max_size=30))
def test_any_bytes_have_an_answer(path, original):
    place_of(path, original, "unknown")
