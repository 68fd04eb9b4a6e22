"""Telephones' databases, made: columns as public schemas have them, people and numbers of fiction."""

import base64
import hashlib
import sqlite3

from kavalan.chats.request import Piece, Request

NEW = """
CREATE TABLE jid (_id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, server TEXT NOT NULL, agent INTEGER,
    device INTEGER, type INTEGER, raw_string TEXT);
CREATE TABLE jid_map (lid_row_id INTEGER PRIMARY KEY NOT NULL, jid_row_id INTEGER NOT NULL, sort_id INTEGER);
CREATE TABLE lid_display_name (lid_row_id INTEGER PRIMARY KEY NOT NULL, display_name TEXT NOT NULL, username TEXT);
CREATE TABLE chat (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER UNIQUE, hidden INTEGER, subject TEXT,
    archived INTEGER, group_type INTEGER NOT NULL DEFAULT 0, chat_lock INTEGER, group_member_count INTEGER);
CREATE TABLE message (_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL,
    from_me INTEGER NOT NULL DEFAULT 0, key_id TEXT NOT NULL, sender_jid_row_id INTEGER, status INTEGER,
    timestamp INTEGER, message_type INTEGER, text_data TEXT, sort_id INTEGER NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX message_key_index ON message (chat_row_id, from_me, key_id, sender_jid_row_id);
CREATE TABLE message_forwarded (message_row_id INTEGER PRIMARY KEY, forward_score INTEGER, forward_origin INTEGER);
CREATE TABLE forwarded_newsletter_message_info (message_row_id INTEGER PRIMARY KEY, newsletter_jid_row_id INTEGER,
    newsletter_server_message_id INTEGER, newsletter_name TEXT);
CREATE TABLE message_media (message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER, transferred INTEGER,
    file_path TEXT, mime_type TEXT, media_name TEXT, file_hash TEXT, media_caption TEXT, raw_transcription_text TEXT);
CREATE TABLE message_quoted (message_row_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL,
    parent_message_chat_row_id INTEGER NOT NULL, from_me INTEGER NOT NULL, sender_jid_row_id INTEGER,
    key_id TEXT NOT NULL, timestamp INTEGER, message_type INTEGER, text_data TEXT);
CREATE TABLE message_revoked (message_row_id INTEGER PRIMARY KEY, revoked_key_id TEXT NOT NULL,
    admin_jid_row_id INTEGER, revoke_timestamp INTEGER);
CREATE TABLE message_edit_info (message_row_id INTEGER PRIMARY KEY, original_key_id TEXT NOT NULL,
    edited_timestamp INTEGER NOT NULL, sender_timestamp INTEGER NOT NULL);
CREATE TABLE message_details (message_row_id INTEGER PRIMARY KEY, author_device_jid INTEGER);
CREATE TABLE message_mentions (_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER, jid_row_id INTEGER);
CREATE TABLE message_system (message_row_id INTEGER PRIMARY KEY, action_type INTEGER NOT NULL);
CREATE TABLE message_system_chat_participant (message_row_id INTEGER, user_jid_row_id INTEGER);
CREATE INDEX message_system_chat_participant_index ON message_system_chat_participant (message_row_id);
CREATE TABLE message_system_group (message_row_id INTEGER PRIMARY KEY, is_me_joined INTEGER);
CREATE TABLE message_system_number_change (message_row_id INTEGER PRIMARY KEY, old_jid_row_id INTEGER,
    new_jid_row_id INTEGER);
CREATE TABLE message_system_value_change (message_row_id INTEGER PRIMARY KEY, old_data TEXT);
CREATE TABLE message_add_on (_id INTEGER PRIMARY KEY AUTOINCREMENT, parent_message_row_id INTEGER,
    message_add_on_type INTEGER);
CREATE TABLE message_vcard (_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER, vcard TEXT);
CREATE TABLE message_location (message_row_id INTEGER PRIMARY KEY, latitude REAL, longitude REAL, place_name TEXT,
    place_address TEXT, url TEXT);
CREATE TABLE message_poll_option (_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER, option_name TEXT,
    vote_total INTEGER);
CREATE TABLE message_group_invite (message_row_id INTEGER PRIMARY KEY, group_jid_row_id INTEGER, group_name TEXT,
    invite_code TEXT);
CREATE TABLE pay_transaction (_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER, id TEXT,
    currency_code TEXT, amount_1000, bank_transaction_id TEXT);
CREATE TABLE call_log (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER, from_me INTEGER, call_id TEXT,
    timestamp INTEGER, video_call INTEGER, duration INTEGER, call_result INTEGER, group_jid_row_id INTEGER);
CREATE TABLE message_call_log (message_row_id INTEGER PRIMARY KEY, call_log_row_id INTEGER);
CREATE TABLE newsletter (chat_row_id INTEGER PRIMARY KEY, name TEXT NOT NULL, subscribers_count INTEGER NOT NULL);
CREATE TABLE newsletter_message (message_row_id INTEGER PRIMARY KEY, server_message_id INTEGER NOT NULL);
CREATE TABLE deleted_chat_job (_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL);
CREATE TABLE group_participant_user (_id INTEGER PRIMARY KEY AUTOINCREMENT, group_jid_row_id INTEGER NOT NULL,
    user_jid_row_id INTEGER NOT NULL, rank INTEGER, pending INTEGER, add_timestamp INTEGER, label TEXT,
    join_method INTEGER);
CREATE TABLE group_past_participant_user (_id INTEGER PRIMARY KEY AUTOINCREMENT, group_jid_row_id INTEGER NOT NULL,
    user_jid_row_id INTEGER NOT NULL, is_leave INTEGER NOT NULL, timestamp INTEGER);
"""
OLD = """
CREATE TABLE messages (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT NOT NULL, key_from_me INTEGER,
    key_id TEXT NOT NULL, status INTEGER, data TEXT, timestamp INTEGER, media_mime_type TEXT, media_wa_type TEXT,
    media_size INTEGER, media_name TEXT, media_caption TEXT, media_hash TEXT, latitude REAL, longitude REAL,
    thumb_image TEXT, remote_resource TEXT, quoted_row_id INTEGER, edit_version INTEGER, forwarded INTEGER);
CREATE TABLE messages_quotes (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT NOT NULL,
    key_from_me INTEGER, key_id TEXT NOT NULL, remote_resource TEXT, timestamp INTEGER, data TEXT);
CREATE TABLE chat_list (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT UNIQUE, subject TEXT);
CREATE TABLE group_participants (_id INTEGER PRIMARY KEY AUTOINCREMENT, gjid TEXT NOT NULL, jid TEXT NOT NULL,
    admin INTEGER, pending INTEGER);
"""
NAMES = """
CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid TEXT NOT NULL, number TEXT, display_name TEXT,
    wa_name TEXT);
CREATE TABLE wa_vnames (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid TEXT, verified_name TEXT);
CREATE TABLE wa_group_admin_settings (jid TEXT NOT NULL, creator_jid TEXT);
"""
AT = 1_743_687_309_000
"""2025-04-03T13:35:09 in UTC."""
ASHA, RAVI, MEERA = "447700900123", "447700900456", "12025550143"
GROUP = "120363020000000001"
HASH = base64.b64encode(hashlib.sha256(b"boat").digest()).decode()


def made(schema, rows):
    """A database's bytes: rows by table, each a mapping of columns."""
    base = sqlite3.connect(":memory:")
    base.executescript(schema)
    for table, many in rows.items():
        for row in many:
            marks = ", ".join(f":{name}" for name in row)
            base.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row)  # noqa: S608 the tests' own
    base.commit()
    return base.serialize()


def telephone(*messages, **more):
    """A telephone in a group of Asha, Ravi and Meera, of whom Meera's telephone is hidden and known (rows 1 to 6)."""
    jids = [
        (1, ASHA, "s.whatsapp.net"), (2, RAVI, "s.whatsapp.net"), (3, MEERA, "s.whatsapp.net"), (4, GROUP, "g.us"),
        (5, "88001", "lid"), (6, "88002", "lid"), (7, "777", "newsletter"), (8, "88001", "lid"),
    ]  # fmt: skip
    told = {
        "jid": [
            {"_id": n, "user": user, "server": server, "device": n == 8, "raw_string": f"{user}@{server}"}
            for n, user, server in jids
        ],
        "jid_map": [{"lid_row_id": 5, "jid_row_id": 3}],
        "chat": [
            {"_id": 1, "jid_row_id": 4, "subject": "Boats"},
            {"_id": 2, "jid_row_id": 1},
            {"_id": 3, "jid_row_id": 7, "subject": None},
        ],
        "message": [{"_id": 1, "chat_row_id": -1, "key_id": "-1"}],
        **more,
    }
    told["message"] = told["message"] + [
        {
            "_id": n,
            "chat_row_id": 1,
            "key_id": f"K{n}",
            "timestamp": AT + n * 60_000,
            "message_type": 0,
            "sort_id": n,
            **one,
        }
        for n, one in enumerate(messages, 2)
    ]
    return made(NEW, told)


def together(*files):
    """One source of several files, and what says where each lies."""
    pieces, data = [], b""
    for name, content in files:
        pieces.append(Piece(name, len(data), len(content)))
        data += content
    return data, {"pieces": tuple(pieces), "name": files[0][0]}


def request(data, form="whatsapp-android", **known):
    """What a worker is told."""
    return Request(form, hashlib.sha256(data).hexdigest(), **known)
