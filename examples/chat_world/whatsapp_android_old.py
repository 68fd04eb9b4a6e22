"""An old `msgstore.db`, as WhatsApp wrote it before 2021: all of a message in one wide row of `messages`.

A line of WhatsApp's own has status 6, what was done in `media_size`, and whom it concerns in tables that came later.
"""

from __future__ import annotations

import base64
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from chat_world.people import ADMIN, READ, Person
from chat_world.truth import Written, local, passed_on
from chat_world.whatsapp_android import ACTIONS, STATES, digests, group_jid, insert, names, quoted_alone, visible

if TYPE_CHECKING:
    from pathlib import Path

    from chat_world.world import Group, Happening, Said, World

CHATS: Final = 5
"""How many of the groups are in it."""
_SCHEMA: Final = """
CREATE TABLE messages (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT NOT NULL, key_from_me INTEGER,
    key_id TEXT NOT NULL, status INTEGER, needs_push INTEGER, data TEXT, timestamp INTEGER, media_url TEXT,
    media_mime_type TEXT, media_wa_type TEXT, media_size INTEGER, media_name TEXT, media_caption TEXT, media_hash TEXT,
    media_duration INTEGER, origin INTEGER, latitude REAL, longitude REAL, thumb_image TEXT, remote_resource TEXT,
    received_timestamp INTEGER, send_timestamp INTEGER, receipt_server_timestamp INTEGER,
    receipt_device_timestamp INTEGER, read_device_timestamp INTEGER, played_device_timestamp INTEGER, raw_data BLOB,
    recipient_count INTEGER, participant_hash TEXT, starred INTEGER, quoted_row_id INTEGER, mentioned_jids TEXT,
    multicast_id TEXT, edit_version INTEGER, media_enc_hash TEXT, payment_transaction_id TEXT, forwarded INTEGER,
    preview_type INTEGER, send_count INTEGER);
CREATE TABLE messages_quotes (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT NOT NULL,
    key_from_me INTEGER, key_id TEXT NOT NULL, status INTEGER, data TEXT, timestamp INTEGER, media_wa_type TEXT,
    remote_resource TEXT);
CREATE TABLE chat_list (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT UNIQUE, message_table_id INTEGER,
    subject TEXT, creation INTEGER, archived INTEGER, sort_timestamp INTEGER);
CREATE TABLE group_participants (_id INTEGER PRIMARY KEY AUTOINCREMENT, gjid TEXT NOT NULL, jid TEXT NOT NULL,
    admin INTEGER, pending INTEGER, sent_sender_key INTEGER);
CREATE TABLE jid (_id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, server TEXT NOT NULL, agent INTEGER,
    type INTEGER, raw_string TEXT, device INTEGER);
CREATE TABLE message_system (message_row_id INTEGER PRIMARY KEY, action_type INTEGER NOT NULL);
CREATE TABLE message_system_chat_participant (message_row_id INTEGER, user_jid_row_id INTEGER);
"""


def write(world: World, out: Path) -> list[Written]:
    """The first groups."""
    path = out / "old android" / "msgstore.db"
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    groups = world.groups[:CHATS]
    with closing(sqlite3.connect(path)) as base:
        base.executescript(_SCHEMA)
        for group in groups:
            _group(base, group)
        base.commit()
    seen = {group.title: visible(group) for group in groups}
    return [
        Written(
            "old android/msgstore.db",
            "whatsapp-android",
            {title: local(those[0].at) for title, those in seen.items()},
            STATES,
            names(world),
            {title: len(those) + quoted_alone(those) for title, those in seen.items()},
            passed_on=passed_on(one for those in seen.values() for one in those),
            answers=True,
            rosters=True,
            digests=digests(one for those in seen.values() for one in those),
            kind="(old)",
        )
    ]


def _group(base: sqlite3.Connection, group: Group) -> None:
    jid = f"{group_jid(group)}@g.us"
    insert(base, "chat_list", key_remote_jid=jid, subject=group.title, creation=_ms(group.happenings[0]))
    for one in visible(group):
        row = _message(base, jid, group, one)
        if one.said is None:
            insert(base, "message_system", message_row_id=row, action_type=ACTIONS[one.act])
            for target in one.targets:
                person = _person(base, target)
                insert(base, "message_system_chat_participant", message_row_id=row, user_jid_row_id=person)
    for who in group.members:
        # Whose telephone it is has no name here.
        member = "" if who == READ else _jid(who)
        admin = 2 if who == ADMIN else int(who in group.admins)
        insert(base, "group_participants", gjid=jid, jid=member, admin=admin, pending=0)


def _message(base: sqlite3.Connection, jid: str, group: Group, one: Happening) -> int:
    told: dict[str, str | int | None] = {
        "key_remote_jid": jid,
        "key_from_me": int(one.who == READ),
        "key_id": f"{group.number:04X}{one.number:06X}",
        "timestamp": _ms(one),
        "received_timestamp": _ms(one) + 700,
        "remote_resource": None if one.who == READ else _jid(one.who),
        "media_wa_type": "0",
        "status": 0,
        "forwarded": 0,
    }
    if one.said is not None:
        return insert(base, "messages", **told | _said(base, jid, group, one, one.said))
    about = {"status": 6, "media_size": ACTIONS[one.act], "data": group.title if one.act == "created" else None}
    return insert(base, "messages", **told | about)


def _said(base: sqlite3.Connection, jid: str, group: Group, one: Happening, said: Said) -> dict[str, str | int | None]:
    if said.deleted:
        return {"media_wa_type": "15"}
    quoted = _quoted(base, jid, group, group.happenings[said.answers - 1]) if said.answers else 0
    told: dict[str, str | int | None] = {"data": said.text or None, "forwarded": said.hops, "quoted_row_id": quoted}
    if said.picture is not None:
        told |= {
            "media_wa_type": "1",
            "media_mime_type": "image/jpeg",
            "media_size": len(said.picture.data),
            "media_hash": base64.b64encode(bytes.fromhex(said.picture.sha256)).decode(),
            "media_name": f"IMG-{one.at:%Y%m%d}-WA{said.picture.number:04}.jpg",
        }
    return told


def _quoted(base: sqlite3.Connection, jid: str, group: Group, answered: Happening) -> int:
    return insert(
        base,
        "messages_quotes",
        key_remote_jid=jid,
        key_from_me=int(answered.who == READ),
        key_id=f"{group.number:04X}{answered.number:06X}",
        data=answered.said.text if answered.said else None,
        timestamp=_ms(answered),
        media_wa_type="0",
        remote_resource=None if answered.who == READ else _jid(answered.who),
    )


def _person(base: sqlite3.Connection, one: Person) -> int:
    found = base.execute("SELECT _id FROM jid WHERE raw_string = ?", (_jid(one),)).fetchone()
    if found:
        return int(found[0])
    return insert(
        base, "jid", user=one.digits, server="s.whatsapp.net", agent=0, type=0, device=0, raw_string=_jid(one)
    )


def _jid(one: Person) -> str:
    return f"{one.digits}@s.whatsapp.net"


def _ms(one: Happening) -> int:
    return int(one.at.timestamp() * 1000)
