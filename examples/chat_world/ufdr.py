"""A report of Cellebrite's Physical Analyzer on the administrator's telephone: `report.xml` in a `.ufdr`.

Models, fields and their order follow published samples of such reports.
"""

from __future__ import annotations

import uuid
import zipfile
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

from chat_world.people import ADMIN, Person
from chat_world.truth import Written, local
from chat_world.whatsapp_android import digests, group_jid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from chat_world.world import Group, Happening, Said, World

_HEAD: Final = """<?xml version="1.0" encoding="utf-8"?>
<project id="7b1b4d2e-0000-4000-8000-000000000001" name="Telephone of an administrator" reportVersion="5.2.0.0"\
 licenseID="0" containsGarbage="False" extractionType="FileSystem" xmlns="http://pa.cellebrite.com/report/2.0">
<sourceExtractions><extractionInfo id="0" name="File System" type="FileSystem" /></sourceExtractions>
<metadata section="Device Info"><item name="IMEI">356938035643809</item></metadata>
<decodedData>
<modelType type="Chat">
"""
_FOOT: Final = "</modelType>\n</decodedData>\n</project>\n"
_ACTIONS: Final = {"created": "Created", "added": "Added", "joined": "Joined", "left": "Left", "removed": "Removed"}


def write(world: World, out: Path) -> list[Written]:
    """One report of all groups."""
    path = out / "telephone of the administrator.ufdr"
    shown = {group.title: _visible(group) for group in world.groups}
    said = [one.said for those in shown.values() for one in those if one.said is not None]
    with zipfile.ZipFile(path, "w") as archive:
        # Without the time of its making, so that the same seed makes the same report.
        about = zipfile.ZipInfo("report.xml")
        about.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(about, "w") as report:
            report.write(_HEAD.encode())
            for group in world.groups:
                report.write("".join(_chat(group)).encode())
            report.write(_FOOT.encode())
        for picture in dict.fromkeys(one.picture for one in said if one.picture is not None):
            archive.writestr(zipfile.ZipInfo(f"files/Image/picture{picture.number}.jpg"), picture.data)
    people = world.people()
    return [
        Written(
            path.name,
            "ufdr",
            {title: local(those[0].at) for title, those in shown.items()},
            (),
            {f"+{one.digits}": one.number for one in people} | {one.name: one.number for one in people},
            {title: len(those) for title, those in shown.items()},
            passed_on=sum(one.notice > 0 for one in said),
            rosters=True,
            digests=digests(one for those in shown.values() for one in those),
        )
    ]


def _visible(group: Group) -> list[Happening]:
    return [one for one in group.seen_by(ADMIN) if one.said is not None or one.act in _ACTIONS]


def _chat(group: Group) -> Iterator[str]:
    shown = _visible(group)
    yield _open("Chat", f"chat {group.number}")
    yield _field("Source", "WhatsApp")
    yield _field("Id", f"{group_jid(group)}@g.us")
    yield _field("Name", group.title)
    yield _field("ChatType", "Group", "ChatType")
    yield _field("Account", f"{ADMIN.digits}@s.whatsapp.net")
    yield _time("StartTime", group.happenings[0].at)
    yield _time("LastActivity", shown[-1].at)
    yield '<multiModelField name="Participants" type="Party">\n'
    for one in group.members:
        yield _party(one, admin=one in group.admins)
    yield '</multiModelField>\n<multiModelField name="Messages" type="InstantMessage">\n'
    for happening in shown:
        yield from _message(group, happening)
    yield "</multiModelField>\n</model>\n"


def _message(group: Group, one: Happening) -> Iterator[str]:
    said = one.said
    taken_back = said is not None and said.deleted
    yield _open("InstantMessage", f"message {group.number} {one.number}", "Deleted" if taken_back else "Intact")
    yield _field("Source", "WhatsApp")
    yield f'<modelField name="From" type="Party">\n{_sender(one)}</modelField>\n'
    yield '<multiModelField name="To" type="Party" />\n'
    yield _field("Body", said.text if said is not None else _line(one))
    yield _field("Identifier", f"3EB0{group.number:04X}{one.number:06X}")
    yield _time("TimeStamp", one.at)
    yield from _attachments(said)
    yield _field("Status", "Sent" if one.who == ADMIN else "Read", "MessageStatus")
    if said is not None and said.notice:
        yield '<multiModelField name="MessageExtraData" type="InstantMessageExtraData">\n'
        yield _open("MessageLabel", f"label {group.number} {one.number}") + _field("Label", "Forwarded", "Label")
        yield "</model>\n</multiModelField>\n"
    if said is None:
        yield from _activity(group, one)
    yield _field("Type", "AppMessage" if said is not None else "System", "InstantMessageType")
    yield "</model>\n"


def _sender(one: Happening) -> str:
    if one.said is None:
        return (
            _open("Party", "system")
            + _field("Identifier", "System Message")
            + _field("Role", "From", "PartyRole")
            + "</model>\n"
        )
    return _party(one.who, role="From")


def _attachments(said: Said | None) -> Iterator[str]:
    yield '<multiModelField name="Attachments" type="Attachment">\n'
    if said is not None and said.picture is not None:
        name = f"picture{said.picture.number}.jpg"
        yield _open("Attachment", name) + _field("Filename", name) + _field("ContentType", "image/jpeg")
        yield _field("attachment_extracted_path", f"files\\Image\\{name}") + "</model>\n"
    yield "</multiModelField>\n"


def _activity(group: Group, one: Happening) -> Iterator[str]:
    yield '<multiModelField name="ActivityLog" type="ChatActivity">\n'
    for target in one.targets or (one.who,):
        yield _open("ChatActivity", f"activity {group.number} {one.number} {target.number}")
        yield _field("Action", _ACTIONS[one.act], "ChatActivityType")
        yield f'<modelField name="Participant" type="Party">\n{_party(target)}</modelField>\n'
        yield "</model>\n"
    yield "</multiModelField>\n"


def _line(one: Happening) -> str:
    whom = ", ".join(target.name for target in one.targets)
    return f"{one.who.name} {_ACTIONS[one.act].lower()} {whom}".strip()


def _party(one: Person, *, admin: bool | None = None, role: str = "") -> str:
    made = _open("Party", f"party {one.number}", "Unknown") + _field("Identifier", f"{one.digits}@s.whatsapp.net")
    made += _field("Role", role, "PartyRole") if role else ""
    made += _field("Name", one.name) + _field("IsPhoneOwner", str(one == ADMIN), "Boolean")
    made += _field("IsGroupAdmin", "" if admin is None else str(admin), "Boolean")
    return made + "</model>\n"


def _open(kind: str, key: str, state: str = "Intact") -> str:
    number = uuid.uuid5(uuid.NAMESPACE_URL, key)
    about = f'deleted_state="{state}" decoding_confidence="High" isrelated="False" source_index="0" extractionId="0"'
    return f'<model type={quoteattr(kind)} id="{number}" {about}>\n'


def _field(name: str, value: str, kind: str = "String") -> str:
    inside = f'<value type="{kind}"><![CDATA[{value}]]></value>' if value else "<empty />"
    return f'<field name="{name}" type="{kind}">{inside}</field>\n'


def _time(name: str, at: datetime) -> str:
    about = f'type="TimeStamp" format="TimeStampKnown" formattedTimestamp="{at.isoformat(timespec="seconds")}"'
    value = f"<value {about}>{at.isoformat(timespec='milliseconds')}</value>"
    return f'<field name="{name}" type="TimeStamp">{value}</field>\n'
