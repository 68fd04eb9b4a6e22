"""WhatsApp's databases of an Android telephone: `msgstore.db`, what its write-ahead log still holds, and `wa.db`.

Tables and columns are those that WhatsApp itself makes (as printed in published schemas); only what is used is here.
Groups know their members by hidden numbers, of which `jid_map` knows most.
"""

from __future__ import annotations

import base64
import shutil
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chat_world.people import ADMIN, READ, Person
from chat_world.truth import Written, local, passed_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chat_world.world import Group, Happening, Said, World

_SCHEMA: Final = """
CREATE TABLE jid (_id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, server TEXT NOT NULL, agent INTEGER,
    device INTEGER, type INTEGER, raw_string TEXT);
CREATE TABLE jid_map (lid_row_id INTEGER PRIMARY KEY, jid_row_id INTEGER NOT NULL, sort_id INTEGER);
CREATE TABLE chat (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER UNIQUE, hidden INTEGER, subject TEXT,
    created_timestamp INTEGER, sort_timestamp INTEGER, group_type INTEGER NOT NULL DEFAULT 0,
    participation_status INTEGER, last_message_row_id INTEGER);
CREATE TABLE message (_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL, from_me INTEGER NOT NULL,
    key_id TEXT NOT NULL, sender_jid_row_id INTEGER, status INTEGER, broadcast INTEGER, recipient_count INTEGER,
    participant_hash TEXT, origination_flags INTEGER, origin INTEGER, timestamp INTEGER, received_timestamp INTEGER,
    receipt_server_timestamp INTEGER, message_type INTEGER, text_data TEXT, starred INTEGER, lookup_tables INTEGER,
    sort_id INTEGER NOT NULL DEFAULT 0, message_add_on_flags INTEGER);
CREATE TABLE message_forwarded (message_row_id INTEGER PRIMARY KEY, forward_score INTEGER);
CREATE TABLE message_media (message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER, transferred INTEGER,
    file_path TEXT, file_size INTEGER, media_key BLOB, width INTEGER, height INTEGER, direct_path TEXT,
    message_url TEXT, mime_type TEXT, file_length INTEGER, media_name TEXT, file_hash TEXT, media_duration INTEGER,
    enc_file_hash TEXT, original_file_hash TEXT, media_caption TEXT);
CREATE TABLE message_quoted (message_row_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL,
    parent_message_chat_row_id INTEGER NOT NULL, from_me INTEGER NOT NULL, sender_jid_row_id INTEGER,
    key_id TEXT NOT NULL, timestamp INTEGER, message_type INTEGER, origin INTEGER, text_data TEXT);
CREATE TABLE message_revoked (message_row_id INTEGER PRIMARY KEY, revoked_key_id TEXT NOT NULL,
    admin_jid_row_id INTEGER, revoke_timestamp INTEGER);
CREATE TABLE message_edit_info (message_row_id INTEGER PRIMARY KEY, original_key_id TEXT NOT NULL,
    edited_timestamp INTEGER NOT NULL, sender_timestamp INTEGER NOT NULL);
CREATE TABLE message_system (message_row_id INTEGER PRIMARY KEY, action_type INTEGER NOT NULL);
CREATE TABLE message_system_group (message_row_id INTEGER PRIMARY KEY, is_me_joined INTEGER);
CREATE TABLE message_system_chat_participant (message_row_id INTEGER, user_jid_row_id INTEGER);
CREATE TABLE message_system_value_change (message_row_id INTEGER PRIMARY KEY, old_data TEXT);
CREATE TABLE group_participant_user (_id INTEGER PRIMARY KEY AUTOINCREMENT, group_jid_row_id INTEGER NOT NULL,
    user_jid_row_id INTEGER NOT NULL, rank INTEGER, pending INTEGER, add_timestamp INTEGER, label TEXT,
    join_method INTEGER);
CREATE TABLE group_past_participant_user (_id INTEGER PRIMARY KEY AUTOINCREMENT, group_jid_row_id INTEGER NOT NULL,
    user_jid_row_id INTEGER NOT NULL, is_leave INTEGER, timestamp INTEGER);
CREATE TABLE props (_id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE, value TEXT);
"""
_CONTACTS: Final = """
CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid TEXT NOT NULL, is_whatsapp_user BOOLEAN NOT NULL,
    status TEXT, number TEXT, raw_contact_id INTEGER, display_name TEXT, phone_type INTEGER, phone_label TEXT,
    given_name TEXT, family_name TEXT, wa_name TEXT, nickname TEXT);
CREATE TABLE wa_group_admin_settings (jid TEXT PRIMARY KEY NOT NULL, restrict_mode INTEGER, announcement_group INTEGER,
    creator_jid TEXT);
"""
ACTIONS: Final = {"created": 11, "added": 12, "joined": 20, "left": 5, "removed": 14, "promoted": 15}
"""Codes that published readers agree on; of 15 they say different things. Of a demotion no code is agreed on."""
STATES: Final = ("created", "added", "joined", "left", "removed")


def write(world: World, out: Path) -> list[Written]:
    """The newest group still lies in the write-ahead log."""
    folder = out / "android"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made, closing(sqlite3.connect(Path(made) / "msgstore.db")) as base:
        base.executescript(f"PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; {_SCHEMA}")
        store = _Store(base)
        for group in world.groups:
            if group is world.groups[-1]:
                base.commit()
                base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            store.take(group)
        base.commit()
        for name in ("msgstore.db", "msgstore.db-wal"):
            shutil.copy(Path(made) / name, folder / name)
    _address_book(world, folder / "wa.db")
    seen = {group.title: visible(group) for group in world.groups}
    return [
        Written(
            "android/msgstore.db",
            "whatsapp-android",
            {title: local(those[0].at) for title, those in seen.items()},
            STATES,
            names(world),
            {title: len(those) + quoted_alone(those) for title, those in seen.items()},
            passed_on=passed_on(one for those in seen.values() for one in those),
            answers=True,
            rosters=True,
            unlisted=READ.number,
            digests=digests(one for those in seen.values() for one in those),
        )
    ]


def visible(group: Group) -> list[Happening]:
    """What was seen on the telephone, but where nobody agrees on a code for it."""
    return [one for one in group.seen_by(READ) if one.said is not None or one.act in ACTIONS]


def quoted_alone(seen: list[Happening]) -> int:
    """How many messages from before are known by a quote only."""
    here = {one.number for one in seen}
    kept = [one.said for one in seen if one.said is not None and not one.said.deleted]
    return len({said.answers for said in kept if said.answers} - here)


def digests(happenings: Iterable[Happening]) -> dict[str, int]:
    """Of the pictures, each with how often it was sent."""
    pictures = (one.said.picture for one in happenings if one.said is not None)
    return dict(Counter(picture.sha256 for picture in pictures if picture is not None))


def names(world: World) -> dict[str, int]:
    """By number, by hidden number, by name, and the owner as the one who has no number here."""
    told = {"": READ.number, "me": READ.number, "You": READ.number}
    for one in world.people():
        told |= {f"+{one.digits}": one.number, f"{one.lid}@lid": one.number, one.lid: one.number, one.name: one.number}
    return told


def group_jid(group: Group) -> str:
    """The number of a group; the first ones are of the time when it began with the founder's."""
    return f"{ADMIN.digits}-{1500000000 + group.number}" if group.number < 3 else f"1203634{group.number:011}"


class _Store:
    """A database as it grows."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._jids: dict[str, int] = {}

    def take(self, group: Group) -> None:
        """A group with its messages, and who is in it in the end."""
        jid = self._jid(group_jid(group), "g.us", 1)
        created = _ms(group.happenings[0])
        chat = self._insert("chat", jid_row_id=jid, hidden=0, subject=group.title, created_timestamp=created)
        rows: dict[int, int] = {}
        for one in visible(group):
            rows[one.number] = self._message(chat, one)
            if one.said is not None:
                self._said(chat, rows, group, one, one.said)
            else:
                self._event(rows[one.number], group, one)
        self._roster(jid, group)

    def _message(self, chat: int, one: Happening) -> int:
        said = one.said
        kind = 7 if said is None else 15 if said.deleted else 1 if said.picture else 0
        return self._insert(
            "message",
            chat_row_id=chat,
            from_me=int(one.who == READ),
            key_id=f"3EB0{chat:04X}{one.number:06X}",
            sender_jid_row_id=None if one.who == READ else self._person(one.who),
            status=6 if said is None else 0,
            timestamp=_ms(one),
            received_timestamp=_ms(one) + 700,
            message_type=kind,
            text_data=said.text if said is not None and not said.deleted and said.text else None,
            starred=0,
            sort_id=chat * 100_000 + one.number,
        )

    def _said(self, chat: int, rows: dict[int, int], group: Group, one: Happening, said: Said) -> None:
        row = rows[one.number]
        if said.notice:
            self._insert("message_forwarded", message_row_id=row, forward_score=said.hops)
        if said.picture is not None and not said.deleted:
            name = f"IMG-{one.at:%Y%m%d}-WA{said.picture.number:04}.jpg"
            self._insert(
                "message_media",
                message_row_id=row,
                chat_row_id=chat,
                transferred=int(said.picture.number % 2 == 0),
                file_path=f"Media/WhatsApp Images/{name}",
                mime_type="image/jpeg",
                file_length=len(said.picture.data),
                width=16,
                height=16,
                file_hash=base64.b64encode(bytes.fromhex(said.picture.sha256)).decode(),
            )
        if said.deleted:
            self._insert("message_revoked", message_row_id=row, revoked_key_id="0", revoke_timestamp=_ms(one) + 60_000)
        if said.edited:
            at = _ms(one) + 90_000
            key = f"3EB0{chat:04X}{one.number:06X}"
            self._insert(
                "message_edit_info", message_row_id=row, original_key_id=key, edited_timestamp=at, sender_timestamp=at
            )
        if said.answers and not said.deleted:
            self._quote(chat, row, group.happenings[said.answers - 1])

    def _quote(self, chat: int, row: int, answered: Happening) -> None:
        self._insert(
            "message_quoted",
            message_row_id=row,
            chat_row_id=chat,
            parent_message_chat_row_id=chat,
            from_me=int(answered.who == READ),
            sender_jid_row_id=None if answered.who == READ else self._person(answered.who),
            key_id=f"3EB0{chat:04X}{answered.number:06X}",
            timestamp=_ms(answered),
            message_type=0,
            text_data=answered.said.text if answered.said else None,
        )

    def _event(self, row: int, group: Group, one: Happening) -> None:
        self._insert("message_system", message_row_id=row, action_type=ACTIONS[one.act])
        if one.act == "created":
            self._base.execute("UPDATE message SET text_data = ? WHERE _id = ?", (group.title, row))
        for target in one.targets:
            self._insert("message_system_chat_participant", message_row_id=row, user_jid_row_id=self._person(target))
        if READ in one.targets:
            self._insert("message_system_group", message_row_id=row, is_me_joined=1)

    def _roster(self, jid: int, group: Group) -> None:
        """Whose telephone it is stands in no list. Who went stays in another for sixty days."""
        for one in group.members:
            if one == READ:
                continue
            rank = 2 if one == ADMIN else int(one in group.admins)
            self._insert(
                "group_participant_user", group_jid_row_id=jid, user_jid_row_id=self._person(one), rank=rank, pending=0
            )
        for one in group.gone:
            went = next(
                h for h in reversed(group.happenings) if h.act in {"left", "removed"} and one in (h.targets or (h.who,))
            )
            self._insert(
                "group_past_participant_user",
                group_jid_row_id=jid,
                user_jid_row_id=self._person(one),
                is_leave=int(went.act == "left"),
                timestamp=_ms(went),
            )

    def _person(self, one: Person) -> int:
        """By hidden number; the number itself is known of all but every tenth."""
        lid = self._jid(one.lid, "lid", 18)
        if one.number % 10 != 9:
            phone = self._jid(one.digits, "s.whatsapp.net", 0)
            self._base.execute("INSERT OR IGNORE INTO jid_map VALUES (?, ?, 0)", (lid, phone))
        return lid

    def _jid(self, user: str, server: str, kind: int) -> int:
        raw = f"{user}@{server}"
        if raw not in self._jids:
            self._jids[raw] = self._insert(
                "jid", user=user, server=server, agent=0, device=0, type=kind, raw_string=raw
            )
        return self._jids[raw]

    def _insert(self, table: str, **row: str | int | bytes | None) -> int:
        return insert(self._base, table, **row)


def insert(base: sqlite3.Connection, table: str, **row: str | float | bytes | None) -> int:
    """A row of a table of ours; its number."""
    marks = ", ".join("?" * len(row))
    made = base.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))  # noqa: S608 names are ours
    return made.lastrowid or 0


def _address_book(world: World, path: Path) -> None:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as base:
        base.executescript(_CONTACTS)
        for one in world.people():
            saved = one.name if one.saved else None
            jid = f"{one.digits}@s.whatsapp.net"
            if one != READ:
                insert(
                    base,
                    "wa_contacts",
                    jid=jid,
                    is_whatsapp_user=1,
                    number=f"+{one.digits}",
                    display_name=saved,
                    wa_name=one.name,
                )
        for group in world.groups:
            creator = f"{ADMIN.digits}@s.whatsapp.net"
            insert(
                base,
                "wa_group_admin_settings",
                jid=f"{group_jid(group)}@g.us",
                announcement_group=0,
                creator_jid=creator,
            )
        base.commit()


def _ms(one: Happening) -> int:
    return int(one.at.timestamp() * 1000)
