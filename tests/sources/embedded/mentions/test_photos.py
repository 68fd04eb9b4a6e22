"""What Apple's Photos.sqlite says."""

from __future__ import annotations

import pytest
from tests.sources.embedded.databases import made, told

MOMENT = 700_000_000.5  # seconds from 2001
AT = 1_678_307_200_500_000


def photos(path, asset="ZASSET", columns="", rows=(), more="", attributes=()):
    return made(
        path,
        f"CREATE TABLE {asset}(Z_PK INTEGER PRIMARY KEY, ZDIRECTORY VARCHAR, ZFILENAME VARCHAR{columns})",
        f"CREATE TABLE ZADDITIONALASSETATTRIBUTES(Z_PK INTEGER PRIMARY KEY, ZASSET INTEGER{more})",
        *[(f"INSERT INTO {asset} VALUES({','.join('?' * len(row))})", [row]) for row in rows],
        *[(f"INSERT INTO ZADDITIONALASSETATTRIBUTES VALUES({','.join('?' * len(row))})", [row]) for row in attributes],
    )


@pytest.mark.parametrize("asset", ["ZASSET", "ZGENERICASSET"])
def test_views_plays_and_shares_are_told(tmp_path, asset):
    path = photos(
        tmp_path / "Photos.sqlite",
        asset,
        ", ZLASTSHAREDDATE TIMESTAMP, ZADDITIONALATTRIBUTES INTEGER",
        [(1, "DCIM/100APPLE", "IMG_1.HEIC", MOMENT, 11), (2, "DCIM/100APPLE", "IMG_2.HEIC", None, 12)],
        ", ZVIEWCOUNT INTEGER, ZPLAYCOUNT INTEGER, ZSHARECOUNT INTEGER",
        [(11, 1, 4, 1, 2), (12, 2, 0, None, 0)],
    )
    field = "Photos.sqlite, ZADDITIONALASSETATTRIBUTES"
    assert told(path) == [
        (
            "DCIM/100APPLE/IMG_1.HEIC",
            "opened",
            None,
            4,
            f"{field}.ZVIEWCOUNT = 4: the Photos app counted 4 views",
        ),
        (
            "DCIM/100APPLE/IMG_1.HEIC",
            "opened",
            None,
            1,
            f"{field}.ZPLAYCOUNT = 1: the Photos app counted 1 play",
        ),
        (
            "DCIM/100APPLE/IMG_1.HEIC",
            "sent",
            AT,
            2,
            f"{field}.ZSHARECOUNT = 2: the Photos app counted 2 shares",
        ),
    ]


def test_what_is_in_recently_deleted_is_told_and_that_it_is_hidden(tmp_path):
    path = photos(
        tmp_path / "p",
        columns=", ZTRASHEDSTATE INTEGER, ZTRASHEDDATE TIMESTAMP, ZHIDDEN INTEGER",
        rows=[(1, "DCIM/1", "a.jpg", 1, MOMENT, 1), (2, "DCIM/1", "b.jpg", 0, None, 1)],
    )
    assert told(path) == [
        (
            "DCIM/1/a.jpg",
            "trashed",
            AT,
            None,
            (
                "Photos.sqlite, ZASSET.ZTRASHEDSTATE = 1: it is in Recently Deleted; "
                "ZHIDDEN = 1: it is in the hidden album"
            ),
        )
    ]


def test_a_date_of_sharing_without_a_count_is_told(tmp_path):
    path = photos(tmp_path / "p", columns=", ZLASTSHAREDDATE TIMESTAMP", rows=[(1, "DCIM/1", "a.jpg", MOMENT)])
    assert [one[:4] for one in told(path)] == [("DCIM/1/a.jpg", "sent", AT, None)]


def test_the_app_that_saved_a_picture_is_named(tmp_path):
    path = photos(
        tmp_path / "p",
        columns=", ZADDITIONALATTRIBUTES INTEGER, ZADDEDDATE TIMESTAMP",
        rows=[(n, "DCIM/1", f"{n}.jpg", n, MOMENT) for n in (1, 2, 3)],
        more=", ZIMPORTEDBYBUNDLEIDENTIFIER VARCHAR",
        attributes=[(1, 1, "net.example.Chat"), (2, 2, "com.apple.camera"), (3, 3, "a person's name")],
    )
    field = "ZADDITIONALASSETATTRIBUTES.ZIMPORTEDBYBUNDLEIDENTIFIER"
    assert told(path) == [
        (
            "DCIM/1/1.jpg",
            "saved",
            AT,
            None,
            f"Photos.sqlite, {field} = net.example.Chat: that app put it into the photo library",
        )
    ]


def test_attributes_that_say_they_are_anothers_are_not_taken(tmp_path):
    path = photos(
        tmp_path / "p",
        columns=", ZADDITIONALATTRIBUTES INTEGER",
        rows=[(1, "DCIM/1", "a.jpg", 5)],
        more=", ZVIEWCOUNT INTEGER",
        attributes=[(5, 99, 7)],
    )
    assert told(path) == []


def test_a_table_of_that_name_with_other_columns_says_nothing(tmp_path):
    assert told(made(tmp_path / "p", "CREATE TABLE ZASSET(a)", "INSERT INTO ZASSET VALUES('x')")) == []
