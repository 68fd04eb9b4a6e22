"""What Android's MediaStore says."""

from __future__ import annotations

from tests.sources.embedded.databases import made, told


def test_trash_and_downloads_are_told(tmp_path):
    path = made(
        tmp_path / "external.db",
        "CREATE TABLE files(_id INTEGER PRIMARY KEY, _data TEXT, media_type INTEGER, is_trashed INTEGER,"
        " is_download INTEGER, date_added INTEGER, owner_package_name TEXT)",
        (
            "INSERT INTO files VALUES(?,?,?,?,?,?,?)",
            [
                (1, "/storage/emulated/0/DCIM/.trashed-1702592000-a.jpg", 1, 1, 0, 1, None),
                (2, "/storage/emulated/0/Download/b.jpg", 1, 0, 1, 1_700_000_000, "org.example.browser"),
                (3, "/storage/emulated/0/Download/c.jpg", 1, 0, 1, None, "a name, with a comma"),
                (4, "/storage/emulated/0/DCIM/d.jpg", 1, 0, 0, 1, None),
            ],
        ),
    )
    assert told(path) == [
        (
            "DCIM/.trashed-1702592000-a.jpg",
            "trashed",
            None,
            None,
            "external.db, files.is_trashed = 1: it is in the trash of MediaStore",
        ),
        (
            "Download/b.jpg",
            "saved",
            1_700_000_000_000_000,
            None,
            (
                "external.db, files.is_download = 1, files.owner_package_name = org.example.browser: "
                "MediaStore lists it as a download"
            ),
        ),
        (
            "Download/c.jpg",
            "saved",
            None,
            None,
            "external.db, files.is_download = 1: MediaStore lists it as a download",
        ),
    ]


def test_a_table_called_files_of_another_program_says_nothing(tmp_path):
    path = made(tmp_path / "x", "CREATE TABLE files(_data, is_trashed)", "INSERT INTO files VALUES('/a/b', 1)")
    assert told(path) == []
