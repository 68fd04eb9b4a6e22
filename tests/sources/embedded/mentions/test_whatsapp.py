"""What WhatsApp's databases say."""

from __future__ import annotations

import pytest
from tests.sources.embedded.databases import made, told

AT = 1_700_000_000_000_000
MESSAGE = (
    "CREATE TABLE message(_id INTEGER PRIMARY KEY AUTOINCREMENT, from_me INTEGER, timestamp INTEGER, text_data TEXT)"
)
MEDIA = "CREATE TABLE message_media(message_row_id INTEGER PRIMARY KEY, file_path TEXT, transferred INTEGER)"
FORWARDED = "CREATE TABLE message_forwarded(message_row_id INTEGER PRIMARY KEY, forward_score INTEGER)"
PICTURE = "Media/WhatsApp Images/IMG-20231114-WA0001.jpg"


def android(path, mine, transferred=1, score=None):
    return made(
        path,
        MESSAGE,
        MEDIA,
        FORWARDED,
        ("INSERT INTO message VALUES(?,?,?,?)", [(5, mine, 1_700_000_000_000, "never told")]),
        ("INSERT INTO message_media VALUES(?,?,?)", [(5, PICTURE, transferred), (6, PICTURE, 1), (7, None, 1)]),
        ("INSERT INTO message_forwarded VALUES(?,?)", [(5, score)] if score else []),
    )


@pytest.mark.parametrize(
    ("mine", "transferred", "score", "act", "evidence"),
    [
        (1, 1, None, "sent", "message.from_me = 1: sent from this account"),
        (1, 1, 3, "forwarded", "message.from_me = 1, message_forwarded.forward_score = 3: sent on from this account"),
        (0, 1, None, "received", "message.from_me = 0: received"),
        (
            0,
            1,
            5,
            "received",
            "message.from_me = 0, message_forwarded.forward_score = 5: received, marked as forwarded by its sender",
        ),
        (0, 0, None, "received", "message.from_me = 0: received; transferred = 0: not marked as downloaded"),
    ],
)
def test_android_tells_sent_forwarded_and_received(tmp_path, mine, transferred, score, act, evidence):
    assert told(android(tmp_path / "msgstore.db", mine, transferred, score)) == [
        (PICTURE, act, AT, None, f"msgstore.db, message_media.file_path, {evidence}")
    ]


def test_android_of_another_version_lacks_columns_and_tables(tmp_path):
    path = made(
        tmp_path / "m",
        "CREATE TABLE message(_id INTEGER PRIMARY KEY, from_me INTEGER)",
        "CREATE TABLE message_media(message_row_id INTEGER PRIMARY KEY, file_path TEXT)",
        "INSERT INTO message VALUES(1, 1)",
        ("INSERT INTO message_media VALUES(1, ?)", [("/storage/emulated/0/WhatsApp/" + PICTURE,)]),
    )
    assert [one[:4] for one in told(path)] == [("WhatsApp/" + PICTURE, "sent", None, None)]


def test_ios_tells_sent_and_received(tmp_path):
    path = made(
        tmp_path / "ChatStorage.sqlite",
        "CREATE TABLE ZWAMEDIAITEM(Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZMEDIALOCALPATH VARCHAR, ZTITLE)",
        "CREATE TABLE ZWAMESSAGE(Z_PK INTEGER PRIMARY KEY, ZISFROMME INTEGER, ZMESSAGEDATE TIMESTAMP, ZTEXT VARCHAR)",
        ("INSERT INTO ZWAMESSAGE VALUES(?,?,?,?)", [(8, 1, 721_692_800.0, "never told"), (9, 0, None, "nor this")]),
        (
            "INSERT INTO ZWAMEDIAITEM VALUES(?,?,?,?)",
            [
                (1, 8, "Media/x/a.jpg", "t"),
                (2, 9, "Media/x/b.mp4", "t"),
                (3, 77, "Media/x/c.jpg", ""),
                (4, 8, None, ""),
            ],
        ),
    )
    field = "ChatStorage.sqlite, ZWAMEDIAITEM.ZMEDIALOCALPATH, ZWAMESSAGE.ZISFROMME"
    assert told(path) == [
        ("Media/x/a.jpg", "sent", AT, None, f"{field} = 1: sent from this account"),
        ("Media/x/b.mp4", "received", None, None, f"{field} = 0: received"),
    ]
