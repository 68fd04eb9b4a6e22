"""WhatsApp's databases of an iPhone, the administrator's own: `ChatStorage.sqlite` and `ContactsV2.sqlite`.

Tables and columns are those of a published test image; times are seconds since 2001.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from chat_world.people import ADMIN, Person
from chat_world.truth import Written, local
from chat_world.whatsapp_android import group_jid, insert

if TYPE_CHECKING:
    from pathlib import Path

    from chat_world.world import Group, Happening, Said, World

_SCHEMA: Final = """
CREATE TABLE Z_METADATA (Z_VERSION INTEGER PRIMARY KEY, Z_UUID VARCHAR(255), Z_PLIST BLOB);
CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZARCHIVED INTEGER, ZHIDDEN INTEGER,
    ZMESSAGECOUNTER INTEGER, ZREMOVED INTEGER, ZSESSIONTYPE INTEGER, ZGROUPINFO INTEGER, ZLASTMESSAGEDATE TIMESTAMP,
    ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR);
CREATE TABLE ZWAGROUPINFO (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZSTATE INTEGER, ZCHATSESSION INTEGER,
    ZCREATIONDATE TIMESTAMP, ZSUBJECTTIMESTAMP TIMESTAMP, ZCREATORJID VARCHAR, ZOWNERJID VARCHAR, ZPICTUREID VARCHAR,
    ZSUBJECTOWNERJID VARCHAR);
CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZISACTIVE INTEGER,
    ZISADMIN INTEGER, ZCHATSESSION INTEGER, ZCONTACTNAME VARCHAR, ZFIRSTNAME VARCHAR, ZMEMBERJID VARCHAR);
CREATE TABLE ZWAGROUPMEMBERSCHANGE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZCHANGETYPE INTEGER,
    ZCHANGEDATE TIMESTAMP, ZGROUPJID VARCHAR, ZMEMBERJIDS BLOB);
CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZFLAGS INTEGER,
    ZGROUPEVENTTYPE INTEGER, ZISFROMME INTEGER, ZMESSAGESTATUS INTEGER, ZMESSAGETYPE INTEGER, ZSORT INTEGER,
    ZSTARRED INTEGER,
    ZCHATSESSION INTEGER, ZGROUPMEMBER INTEGER, ZMEDIAITEM INTEGER, ZPARENTMESSAGE INTEGER, ZMESSAGEDATE TIMESTAMP,
    ZSENTDATE TIMESTAMP, ZFROMJID VARCHAR, ZTOJID VARCHAR, ZPUSHNAME VARCHAR, ZSTANZAID VARCHAR, ZTEXT VARCHAR);
CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZFILESIZE INTEGER, ZMESSAGE INTEGER,
    ZLATITUDE FLOAT, ZLONGITUDE FLOAT, ZMEDIALOCALPATH VARCHAR, ZMEDIAURL VARCHAR, ZTITLE VARCHAR, ZVCARDNAME VARCHAR,
    ZVCARDSTRING VARCHAR, ZMEDIAKEY BLOB, ZMETADATA BLOB);
CREATE TABLE ZWAPROFILEPUSHNAME (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZJID VARCHAR,
    ZPUSHNAME VARCHAR);
"""
_CONTACTS: Final = """
CREATE TABLE ZWAADDRESSBOOKCONTACT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZFULLNAME VARCHAR,
    ZGIVENNAME VARCHAR, ZLASTNAME VARCHAR, ZPHONENUMBER VARCHAR, ZWHATSAPPID VARCHAR, ZLID VARCHAR);
"""
_EPOCH: Final = 978_307_200
_EVENTS: Final = {"created": 12, "added": 2, "joined": 2, "left": 3, "removed": 7}
"""Which number stands for what nobody has published with authority: they are only kept, and told as numbers."""


def write(world: World, out: Path) -> list[Written]:
    """The administrator was everywhere from the first day on."""
    (out / "iphone").mkdir(exist_ok=True)
    path = out / "iphone" / "ChatStorage.sqlite"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as base:
        base.executescript(_SCHEMA)
        for group in world.groups:
            _group(base, group)
        for one in world.people():
            if one != ADMIN:
                insert(base, "ZWAPROFILEPUSHNAME", ZJID=_jid(one), ZPUSHNAME=one.name)
        base.commit()
    _address_book(world, path.with_name("ContactsV2.sqlite"))
    told = {"": ADMIN.number, "me": ADMIN.number, "You": ADMIN.number}
    for one in world.people():
        told |= {f"+{one.digits}": one.number, one.name: one.number}
    seen = {group.title: _visible(group) for group in world.groups}
    return [
        Written(
            "iphone/ChatStorage.sqlite",
            "whatsapp-ios",
            {title: local(those[0].at) for title, those in seen.items()},
            (),
            told,
            {title: len(those) for title, those in seen.items()},
            answers=True,
            rosters=True,
        )
    ]


def _visible(group: Group) -> list[Happening]:
    return [one for one in group.seen_by(ADMIN) if one.said is not None or one.act in _EVENTS]


def _group(base: sqlite3.Connection, group: Group) -> None:
    jid = f"{group_jid(group)}@g.us"
    began = _seconds(group.happenings[0])
    chat = insert(
        base, "ZWACHATSESSION", ZSESSIONTYPE=1, ZCONTACTJID=jid, ZPARTNERNAME=group.title, ZHIDDEN=0, ZREMOVED=0
    )
    info = insert(
        base, "ZWAGROUPINFO", ZCHATSESSION=chat, ZCREATIONDATE=began, ZCREATORJID=_jid(ADMIN), ZOWNERJID=_jid(ADMIN)
    )
    base.execute("UPDATE ZWACHATSESSION SET ZGROUPINFO = ? WHERE Z_PK = ?", (info, chat))
    members = {
        one: insert(
            base,
            "ZWAGROUPMEMBER",
            ZISACTIVE=int(one in group.members),
            ZISADMIN=int(one in group.admins),
            ZCHATSESSION=chat,
            ZCONTACTNAME=one.shown,
            ZMEMBERJID=_jid(one),
        )
        for one in [*group.members, *group.gone]
    }
    rows: dict[int, int] = {}
    for one in _visible(group):
        rows[one.number] = _message(base, chat, jid, members, one)
        if one.said is not None:
            _said(base, rows, one, one.said)


def _message(base: sqlite3.Connection, chat: int, jid: str, members: dict[Person, int], one: Happening) -> int:
    """Who has to do with a line of WhatsApp's own is its member: the target, where there is one."""
    mine = one.who == ADMIN and one.said is not None
    concerned = one.targets[0] if one.targets else one.who
    kind = 6 if one.said is None else 14 if one.said.deleted else 1 if one.said.picture else 0
    return insert(
        base,
        "ZWAMESSAGE",
        ZGROUPEVENTTYPE=_EVENTS[one.act] if one.said is None else 0,
        ZISFROMME=int(mine),
        ZMESSAGETYPE=kind,
        ZSORT=one.number,
        ZCHATSESSION=chat,
        ZGROUPMEMBER=None if mine else members.get(concerned),
        ZMESSAGEDATE=_seconds(one),
        ZSENTDATE=_seconds(one),
        ZFROMJID=None if mine else jid,
        ZTOJID=jid if mine else None,
        ZSTANZAID=f"3A{chat:04X}{one.number:06X}",
        ZTEXT=one.said.text if one.said is not None and one.said.text and not one.said.deleted else None,
    )


def _said(base: sqlite3.Connection, rows: dict[int, int], one: Happening, said: Said) -> None:
    row = rows[one.number]
    if said.answers:
        base.execute("UPDATE ZWAMESSAGE SET ZPARENTMESSAGE = ? WHERE Z_PK = ?", (rows.get(said.answers), row))
    if said.picture is not None and not said.deleted:
        path = f"Media/{one.number:08}-PHOTO-{one.at:%Y-%m-%d-%H-%M-%S}.jpg"
        item = insert(base, "ZWAMEDIAITEM", ZMESSAGE=row, ZFILESIZE=len(said.picture.data), ZMEDIALOCALPATH=path)
        base.execute("UPDATE ZWAMESSAGE SET ZMEDIAITEM = ? WHERE Z_PK = ?", (item, row))


def _address_book(world: World, path: Path) -> None:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as base:
        base.executescript(_CONTACTS)
        for one in world.people():
            if one.saved and one != ADMIN:
                insert(
                    base,
                    "ZWAADDRESSBOOKCONTACT",
                    ZFULLNAME=one.name,
                    ZPHONENUMBER=one.phone,
                    ZWHATSAPPID=_jid(one),
                    ZLID=f"{one.lid}@lid",
                )
        base.commit()


def _jid(one: Person) -> str:
    return f"{one.digits}@s.whatsapp.net"


def _seconds(one: Happening) -> float:
    return one.at.timestamp() - _EPOCH
