"""Make a small Cellebrite UFDR: the files of an invented telephone, and the report that lists them.

The form is that of public readers of such reports (see docs/sources.md, "Phone extractions").
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "http://pa.cellebrite.com/report/2.0"
TAKEN = datetime(2024, 3, 1, 8, 30, 15, tzinfo=UTC)
"""Every time of every file on it."""


@dataclass(frozen=True)
class Filed:
    """One file of a made telephone.

    Attributes:
        device: its path on the device, absolute.
        content: its bytes.
        deleted: the state in the words of a report.
    """

    device: str
    content: bytes
    deleted: str = "Intact"


@dataclass(frozen=True)
class Shared:
    """A message of a made chat with one attachment.

    Attributes:
        file: the id of the file element that is attached.
        from_owner: whether the owner of the telephone sent it.
        forwarded: it bears the label.
    """

    file: str
    from_owner: bool
    forwarded: bool = False


def make_ufdr(path: Path, files: Sequence[Filed], messages: Sequence[Shared] = ()) -> Path:
    """Write a UFDR: its members, and the report that lists them and what was shared of them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        listed = "".join(file_element(number, filed) for number, filed in enumerate(files))
        said = "".join(message_element(number, shared) for number, shared in enumerate(messages))
        archive.writestr("report.xml", report(listed, said))
        for number, filed in enumerate(files):
            archive.writestr(local_path(number, filed).replace("\\", "/"), filed.content)
    return path


def local_path(number: int, filed: Filed) -> str:
    """Where a file lies in the ZIP, as its report spells it."""
    kind = "Text" if filed.device.endswith(".txt") else "Image"
    return f"files\\{kind}\\{number}_{filed.device.rsplit('/', 1)[1]}"


def file_element(number: int, filed: Filed, *, local: str | None = None, **changed: str) -> str:
    """One `<file>` of a report, its digests true unless they are `changed`."""
    facts = {
        "Local Path": local_path(number, filed) if local is None else local,
        "SHA256": hashlib.sha256(filed.content).hexdigest(),
        "MD5": hashlib.md5(filed.content, usedforsecurity=False).hexdigest(),
        "Tags": "Image",
    } | changed
    stamp = TAKEN.strftime("%Y-%m-%dT%H:%M:%S.000+00:00")
    times = "".join(
        f'<timestamp name="{name}" format="TimeStampKnown">{stamp}</timestamp>'
        for name in ("CreationTime", "ModifyTime", "AccessTime")
    )
    items = "".join(f'<item name="{name}"><![CDATA[{value}]]></item>' for name, value in facts.items())
    return (
        f'<file fs="Data" fsid="1" path={quoteattr(filed.device)} size="{len(filed.content)}" id="file-{number}" '
        f'extractionId="0" deleted="{filed.deleted}" embedded="false" isrelated="False">'
        f'<accessInfo>{times}</accessInfo><metadata section="File">{items}</metadata></file>\n'
    )


def message_element(number: int, shared: Shared) -> str:
    """One message of a report's chat."""
    forwarded = (
        '<multiModelField name="MessageExtraData" type="InstantMessageExtraData">'
        f'<model type="ForwardedMessageData" id="fwd-{number}"><field name="Label" type="Label">'
        '<value type="Label"><![CDATA[Forwarded]]></value></field></model></multiModelField>'
        if shared.forwarded
        else ""
    )
    return (
        f'<model type="InstantMessage" id="msg-{number}" deleted_state="Intact">'
        '<modelField name="From" type="Party"><model type="Party" id="p">'
        f'<field name="IsPhoneOwner" type="Boolean"><value type="Boolean">{shared.from_owner}</value></field>'
        "</model></modelField>"
        '<field name="TimeStamp" type="TimeStamp"><value type="TimeStamp">2024-03-02T10:00:00.000+00:00</value></field>'
        '<multiModelField name="Attachments" type="Attachment">'
        f'<model type="Attachment" id="att-{number}" file_id="{escape(shared.file)}">'
        '<field name="Filename" type="String"><value type="String">x.jpg</value></field>'
        f"</model></multiModelField>{forwarded}</model>"
    )


def report(files: str, messages: str = "", *, namespace: str = NAMESPACE, head: str = "") -> bytes:
    """The `report.xml` of these elements."""
    chats = (
        '<decodedData><modelType type="Chat"><model type="Chat" id="chat-1">'
        '<field name="Source" type="String"><value type="String">WhatsApp</value></field>'
        f'<multiModelField name="Messages" type="InstantMessage">{messages}</multiModelField>'
        "</model></modelType></decodedData>"
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n{head}<project id="p-1" name="invented" reportVersion="5.0" '
        f'xmlns="{namespace}"><caseInformation/><taggedFiles>\n{files}</taggedFiles>{chats}</project>'
    ).encode()
