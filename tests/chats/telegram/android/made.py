"""A telephone's `cache4.db`, made: tables as Telegram's own program makes them, objects as its scheme writes them.

Tables: DrKLO/Telegram, MessagesStorage.java. Objects: core.telegram.org/schema.
"""

import sqlite3
import struct

TABLES = """
CREATE TABLE users(uid INTEGER PRIMARY KEY, name TEXT, status INTEGER, data BLOB);
CREATE TABLE chats(uid INTEGER PRIMARY KEY, name TEXT, data BLOB);
CREATE TABLE chat_settings_v2(uid INTEGER PRIMARY KEY, info BLOB, pinned INTEGER, online INTEGER, inviter INTEGER,
    links INTEGER, participants_count INTEGER);
CREATE TABLE channel_users_v2(did INTEGER, uid INTEGER, date INTEGER, data BLOB, PRIMARY KEY(did, uid));
CREATE TABLE messages_v2(mid INTEGER, uid INTEGER, read_state INTEGER, send_state INTEGER, date INTEGER, data BLOB,
    out INTEGER, ttl INTEGER, PRIMARY KEY(mid, uid));
"""
DATE = 1743687309


def i(*values):
    return struct.pack(f"<{len(values)}I", *(value & 0xFFFFFFFF for value in values))


def q(*values):
    return struct.pack(f"<{len(values)}q", *values)


def s(text):
    data = text.encode()
    head = bytes([len(data)]) if len(data) < 254 else b"\xfe" + len(data).to_bytes(3, "little")
    return head + data + bytes(-(len(head) + len(data)) % 4)


def peer(kind, number):
    return i({"user": 0x59511722, "chat": 0x36C6019A, "channel": 0xA2A5371E}[kind]) + q(number)


def people(*numbers):
    return i(0x1CB5C415, len(numbers)) + q(*numbers)


def user(number, first, last="", handle="", phone="", *, me=False):
    flags = 2 | 4 * bool(last) | 8 * bool(handle) | 16 * bool(phone) | 1 | me << 10
    words = b"".join(s(word) for word in (first, last, handle, phone) if word)
    return i(0x31774388, flags, 0) + q(number, 99) + words + i(0x4F11BAE1)


def channel(number, title, handle="", *, broadcast=False):
    flags = 1 << 13 | (1 << 6) * bool(handle) | (1 << 5 if broadcast else 1 << 8)
    return i(0x1C32B11C, flags, 0) + q(number, 99) + s(title) + (s(handle) if handle else b"") + i(0x37C1011C, DATE)


def chat(number, title):
    return i(0x41CBF256, 0) + q(number) + s(title) + i(0x37C1011C, 3, DATE, 1)


def channel_full(number, members, admins, removed, banned, online):
    flags = 1 | 2 | 4 | 1 << 13
    return i(0xE07429DE, flags, 0) + q(number) + s("boats") + i(members, admins, removed, banned, online, 1, 1, 0)


def chat_full(number, *rows):
    held = i(0x1CB5C415, len(rows)) + b"".join(rows)
    return i(0x2633421B, 0) + q(number) + s("boats") + i(0x3CBC93F8) + q(number) + held + i(1)


def member(number):
    return i(0x1BD54456, 4) + q(number) + i(DATE) + s("Net")


def creator(number):
    return i(0x2FE601D3, 0) + q(number) + i(0x5FB224D5, 1 << 4 | 1 << 10)


def admin(number, by, rank="Boss"):
    return i(0x34C3BB53, 4) + q(number, by) + i(DATE, 0x5FB224D5, 1 << 4) + s(rank)


def banned(number, by, restrictions=1, *, left=False):
    return i(0xD5F0AD91, int(left)) + peer("user", number) + q(by) + i(DATE, 0x9F120418, restrictions, 0)


def message(
    number, where, text, author=None, *, date=DATE, forwarded=b"", reply=b"", media=b"", form=0x9815CEC8, more=0
):
    flags = (1 << 8) * (author is not None) | 4 * bool(forwarded) | 8 * bool(reply) | (1 << 9) * bool(media) | more
    sender = b"" if author is None else peer("user", author)
    return i(form, flags, 0, number) + sender + where + forwarded + reply + i(date) + s(text) + media


def forwarded(channel_number, post, author=""):
    flags = 1 | 4 | 8 * bool(author)
    return i(0x4E4DF4BB, flags) + peer("channel", channel_number) + i(DATE, post) + (s(author) if author else b"")


def reply(number):
    return i(0x1B97DD66, 1 << 4, number)


def service(number, where, action, author=1, *, date=DATE):
    return i(0x7A800E0A, 1 << 8, number) + peer("user", author) + where + i(date) + action


def added(*numbers):
    return i(0x15CEFD00) + people(*numbers)


def created(title, *numbers):
    return i(0xBD47CBAD) + s(title) + people(*numbers)


def database(*, users=(), chats=(), full=(), members=(), messages=(), tables=TABLES):
    """The file: rows as `(number, …, object)`; a message is `(number, dialog, object)` with `out` and `date` behind."""
    base = sqlite3.connect(":memory:")
    base.executescript(tables)
    base.executemany("INSERT INTO users VALUES (?, ?, 0, ?)", users)
    if chats:
        base.executemany("INSERT INTO chats VALUES (?, ?, ?)", chats)
    base.executemany("INSERT INTO chat_settings_v2 (uid, info) VALUES (?, ?)", full)
    base.executemany("INSERT INTO channel_users_v2 VALUES (?, ?, 0, ?)", members)
    for number, dialog, data, *rest in messages:
        out, date = (*rest, *(0, DATE)[len(rest) :])
        base.execute("INSERT INTO messages_v2 VALUES (?, ?, 3, 0, ?, ?, ?, 0)", (number, dialog, date, data, out))
    base.commit()
    return base.serialize()
