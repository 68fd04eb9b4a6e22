"""What browsers say of what they saved."""

from __future__ import annotations

from tests.sources.embedded.databases import made, told

AT = 1_700_000_000_000_000
WEBKIT = AT + 11_644_473_600_000_000


def test_chrome_tells_what_was_saved_and_opened(tmp_path):
    path = made(
        tmp_path / "History",
        "CREATE TABLE downloads(id INTEGER PRIMARY KEY, target_path LONGVARCHAR, start_time INTEGER, state INTEGER,"
        " end_time INTEGER, opened INTEGER, last_access_time INTEGER, referrer VARCHAR)",
        (
            "INSERT INTO downloads VALUES(?,?,?,?,?,?,?,?)",
            [
                (1, "C:\\Users\\x\\Downloads\\a.jpg", 1, 1, WEBKIT, 1, WEBKIT + 5_000_000, "never told"),
                (2, "/home/x/b.jpg", WEBKIT, 1, 0, 0, 0, ""),
                (3, "/home/x/cut.jpg", WEBKIT, 4, 0, 0, 0, ""),
                (4, "content://media/external/7", WEBKIT, 1, WEBKIT, 0, 0, ""),
            ],
        ),
    )
    saved = "History, downloads.target_path, downloads.state = 1: a browser saved it, completely"
    assert told(path) == [
        ("Users/x/Downloads/a.jpg", "saved", AT, None, saved),
        (
            "Users/x/Downloads/a.jpg",
            "opened",
            AT + 5_000_000,
            None,
            "History, downloads.opened = 1: it was opened from the browser's list of downloads",
        ),
        ("home/x/b.jpg", "saved", AT, None, saved),
    ]


def test_firefox_tells_what_it_began_to_save(tmp_path):
    path = made(
        tmp_path / "places.sqlite",
        "CREATE TABLE moz_anno_attributes(id INTEGER PRIMARY KEY, name VARCHAR(32))",
        "CREATE TABLE moz_annos(id INTEGER PRIMARY KEY, place_id, anno_attribute_id INTEGER, content, dateAdded)",
        (
            "INSERT INTO moz_anno_attributes VALUES(?,?)",
            [(1, "downloads/destinationFileURI"), (2, "downloads/metaData")],
        ),
        (
            "INSERT INTO moz_annos VALUES(?,?,?,?,?)",
            [
                (1, 1, 1, "file:///home/x/Downloads/a%20b.jpg", AT),
                (2, 1, 2, "file:///home/x/other", AT),
                (3, 1, 1, "file:///C:/Users/x/c.jpg", AT),
                (4, 1, 1, "https://example.org/", AT),
            ],
        ),
    )
    evidence = "places.sqlite, moz_annos, downloads/destinationFileURI: Firefox began to save it"
    assert told(path) == [
        ("home/x/Downloads/a b.jpg", "saved", AT, None, evidence),
        ("Users/x/c.jpg", "saved", AT, None, evidence),
    ]
