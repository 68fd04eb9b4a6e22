"""Telegram's cache of an Android telephone, `cache4.db`: tables of the program, blobs of Telegram's own schema.

Constructors and fields are those that the program's source publishes. What an account once asked for is cached: a list
of members, and how many a channel says it has.
"""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from typing import TYPE_CHECKING, Final

from chat_world.people import ADMIN, READ, Person
from chat_world.telegram_dump import came
from chat_world.telegram_json import FIRST_CHAT, STATES, visible
from chat_world.truth import Written, local, passed_on
from chat_world.whatsapp_android import insert
from chat_world.world import CHANNEL, CHANNEL_ID, NOTICES, START, STATED

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from chat_world.world import Group, Happening, Said, World

CHATS: Final = 6
"""How many of the groups are in the cache."""
_SCHEMA: Final = """
CREATE TABLE users(uid INTEGER PRIMARY KEY, name TEXT, status INTEGER, data BLOB);
CREATE TABLE chats(uid INTEGER PRIMARY KEY, name TEXT, data BLOB);
CREATE TABLE dialogs(did INTEGER PRIMARY KEY, date INTEGER, unread_count INTEGER, last_mid INTEGER, inbox_max INTEGER,
    outbox_max INTEGER, last_mid_i INTEGER, unread_count_i INTEGER, pts INTEGER, date_i INTEGER, pinned INTEGER,
    flags INTEGER, folder_id INTEGER, data BLOB);
CREATE TABLE messages_v2(mid INTEGER, uid INTEGER, read_state INTEGER, send_state INTEGER, date INTEGER, data BLOB,
    out INTEGER, ttl INTEGER, media INTEGER, replydata BLOB, imp INTEGER, mention INTEGER, forwards INTEGER,
    replies_data BLOB, thread_reply_id INTEGER, is_channel INTEGER, reply_to_message_id INTEGER, custom_params BLOB,
    group_id INTEGER, reply_to_story_id INTEGER, PRIMARY KEY(mid, uid));
CREATE TABLE chat_settings_v2(uid INTEGER PRIMARY KEY, info BLOB, pinned INTEGER, online INTEGER, inviter INTEGER,
    links INTEGER, participants_count INTEGER);
CREATE TABLE channel_users_v2(did INTEGER, uid INTEGER, date INTEGER, data BLOB, PRIMARY KEY(did, uid));
CREATE TABLE channel_admins_v3(did INTEGER, uid INTEGER, data BLOB, PRIMARY KEY(did, uid));
CREATE TABLE user_contacts_v7(key TEXT PRIMARY KEY, uid INTEGER, fname TEXT, sname TEXT, imported INTEGER);
CREATE TABLE user_phones_v7(key TEXT, phone TEXT, sphone TEXT, deleted INTEGER, PRIMARY KEY (key, phone));
"""
_VECTOR: Final = 0x1CB5C415
_PEER_USER, _PEER_CHANNEL = 0x59511722, 0xA2A5371E
_MESSAGE, _SERVICE = 0x9815CEC8, 0x2B085862
_FORWARDED, _ANSWER, _PHOTO = 0x4E4DF4BB, 0xAFBC09DB, 0x695150D7
_CREATED, _ADDED, _JOINED, _GONE = 0x95D2AC92, 0x15CEFD00, 0x031224C3, 0xA43F30CC
_CREATOR, _ADMINISTRATOR, _MEMBER, _RIGHTS = 0x2FE601D3, 0x34C3BB53, 0xC00C07C0, 0x5FB224D5
_FULL: Final = 0xE4E0B29D


def write(world: World, out: Path) -> list[Written]:
    """The first groups, and the channel whose notices are passed on."""
    path = out / "telegram" / "cache4.db"
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    groups = world.groups[:CHATS]
    with closing(sqlite3.connect(path)) as base:
        base.executescript(_SCHEMA)
        for group in groups:
            _group(base, group)
        _channel(base)
        people = {person for group in groups for one in group.happenings for person in (one.who, *one.targets)}
        for one in sorted(people, key=lambda person: person.number):
            insert(base, "users", uid=one.telegram, name=f"{one.name.lower()};;;", status=0)
            if one.saved:
                insert(base, "user_contacts_v7", key=str(one.number), uid=one.telegram, fname=one.name, sname="")
                insert(base, "user_phones_v7", key=str(one.number), phone=one.phone, sphone=one.digits, deleted=0)
        base.commit()
    seen = {group.title: visible(group) for group in groups}
    named = {f"{form}{one.telegram}": one.number for one in people for form in ("", "user")}
    passed = passed_on(one for those in seen.values() for one in those)
    return [
        Written(
            "telegram/cache4.db",
            "telegram-android",
            {title: local(those[0].at) for title, those in seen.items()},
            STATES,
            named | {one.name: one.number for one in people},
            {title: len(those) for title, those in seen.items()} | {CHANNEL: len(NOTICES)},
            passed_on=passed,
            answers=True,
            rosters=True,
        )
    ]


def _group(base: sqlite3.Connection, group: Group) -> None:
    number = FIRST_CHAT + group.number
    insert(base, "chats", uid=number, name=group.title)
    insert(base, "dialogs", did=-number, date=int(group.at.timestamp()))
    insert(base, "chat_settings_v2", uid=number, info=_counts(number, len(group.members), len(group.admins), 0))
    for one in visible(group):
        _row(base, number, one.number, one.at, _message(number, one), out=one.who == READ)
    for who in group.members:
        since = int(came(group, who).timestamp())
        insert(base, "channel_users_v2", did=-number, uid=who.telegram, date=since, data=_participant(group, who))


def _channel(base: sqlite3.Connection) -> None:
    insert(base, "chats", uid=CHANNEL_ID, name=CHANNEL)
    insert(base, "dialogs", did=-CHANNEL_ID, date=int(START.timestamp()))
    insert(base, "chat_settings_v2", uid=CHANNEL_ID, info=_counts(CHANNEL_ID, STATED, 3, 120))
    peer = _u32(_PEER_CHANNEL) + _i64(CHANNEL_ID)
    for number, text in enumerate(NOTICES, 1):
        # A post of the channel itself has no other author.
        head = _u32(_MESSAGE) + _u32(1 << 14) + _u32(0) + _i32(number) + peer
        _row(base, CHANNEL_ID, number, START, head + _i32(int(START.timestamp())) + _string(text), out=False)


def _row(base: sqlite3.Connection, chat: int, number: int, at: datetime, data: bytes, *, out: bool) -> None:
    date = int(at.timestamp())
    insert(base, "messages_v2", mid=number, uid=-chat, read_state=3, send_state=0, date=date, data=data, out=int(out))


def _counts(number: int, members: int, admins: int, online: int) -> bytes:
    """Members, administrators and who is there now, behind an empty description."""
    flags = 1 | 2 | (8192 if online else 0)
    counts = _i32(members) + _i32(admins) + (_i32(online) if online else b"")
    return _u32(_FULL) + _u32(flags) + _u32(0) + _i64(number) + _string("") + counts


def _message(chat: int, one: Happening) -> bytes:
    author, peer = _peer(one.who), _u32(_PEER_CHANNEL) + _i64(chat)
    date = _i32(int(one.at.timestamp()))
    if one.said is None:
        return _u32(_SERVICE) + _u32(256) + _i32(one.number) + author + peer + date + _action(one)
    said = one.said
    flags = 256 | (4 if said.notice else 0) | (8 if said.answers else 0) | (512 if said.picture else 0)
    head = _u32(_MESSAGE) + _u32(flags) + _u32(0) + _i32(one.number) + author + peer
    return head + _headers(said) + date + _string(said.text) + (_u32(_PHOTO) + _u32(0) if said.picture else b"")


def _headers(said: Said) -> bytes:
    made = b""
    if said.notice:
        channel = _u32(_PEER_CHANNEL) + _i64(CHANNEL_ID)
        made += _u32(_FORWARDED) + _u32(1 | 4) + channel + _i32(int(START.timestamp())) + _i32(said.notice)
    if said.answers:
        made += _u32(_ANSWER) + _u32(16) + _i32(said.answers)
    return made


def _action(one: Happening) -> bytes:
    match one.act:
        case "created":
            return _u32(_CREATED) + _string("Boats")
        case "added":
            numbers = b"".join(_i64(target.telegram) for target in one.targets)
            return _u32(_ADDED) + _u32(_VECTOR) + _i32(len(one.targets)) + numbers
        case "joined":
            return _u32(_JOINED) + _i64(ADMIN.telegram)
        case _:
            (gone,) = one.targets or (one.who,)
            return _u32(_GONE) + _i64(gone.telegram)


def _participant(group: Group, one: Person) -> bytes:
    rights = _u32(_RIGHTS) + _u32(0x3F)
    if one == ADMIN:
        return _u32(_CREATOR) + _u32(1) + _i64(one.telegram) + rights + _string("keeper")
    date = _i32(int(came(group, one).timestamp()))
    if one in group.admins:
        return _u32(_ADMINISTRATOR) + _u32(0) + _i64(one.telegram) + _i64(ADMIN.telegram) + date + rights
    return _u32(_MEMBER) + _i64(one.telegram) + date


def _peer(one: Person) -> bytes:
    return _u32(_PEER_USER) + _i64(one.telegram)


def _u32(value: int) -> bytes:
    return struct.pack("<I", value)


def _i32(value: int) -> bytes:
    return struct.pack("<i", value)


def _i64(value: int) -> bytes:
    return struct.pack("<q", value)


def _string(text: str) -> bytes:
    """A length, the bytes, and padding to four."""
    raw = text.encode()
    made = bytes([len(raw)]) + raw if len(raw) < 254 else b"\xfe" + len(raw).to_bytes(3, "little") + raw
    return made + bytes(-len(made) % 4)
