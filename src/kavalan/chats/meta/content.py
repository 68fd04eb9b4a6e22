"""What a message of Facebook or Instagram holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kavalan.chats.further import Carried
from kavalan.chats.loose import inside, row, rows, word
from kavalan.chats.meta.mojibake import put_right
from kavalan.chats.meta.thread import plain
from kavalan.chats.model import Kind
from kavalan.sandbox import storable

if TYPE_CHECKING:
    from kavalan.chats.meta.record import Record

_ELSEWHERE: Final = ("http://", "https://")
_UNSENT: Final = "User unsent a message"


class Content(NamedTuple):
    """What a message holds.

    Attributes:
        kind: what it is.
        text: what was written and what was shared with it, a line each.
        files: that it carries.
        call: how long a call took, or that nobody answered it; empty for none.
        torn: a part of the text cannot be put right.
    """

    kind: Kind
    text: str
    files: list[Carried]
    call: str
    torn: bool


def content_of(record: Record, folder: str) -> Content:
    """Of a message in a conversation that lies in a folder."""
    written, torn = put_right(word(record.content or record.text))
    share = row(record.share)
    shared = [storable(put_right(word(share.get(name)))[0]) for name in ("link", "share_text")]
    lines = [storable(written), *(one for one in shared if one and one not in written)]
    files = [_carried(uri, folder) for uri in _addresses(record)]
    call = _call(record)
    return Content(_kind(record, files, "\n".join(lines), call), "\n".join(filter(None, lines)), files, call, torn)


def _kind(record: Record, files: list[Carried], text: str, call: str) -> Kind:
    if record.is_unsent is True or record.unsent is True or record.text == _UNSENT:
        return Kind.DELETED
    if call:
        return Kind.CALL
    if files:
        return Kind.MEDIA
    # A message of which neither text nor file was written down had something that the download leaves out.
    return Kind.TEXT if text else Kind.WITHHELD


def _call(record: Record) -> str:
    if record.type != "Call" and record.call_duration is None:
        return ""
    return "missed" if record.missed is True else f"{word(record.call_duration) or '?'} s"


def _addresses(record: Record) -> list[str]:
    holders = (record.photos, record.videos, record.audio_files, record.gifs, record.files, record.media)
    held: list[dict[str, Any]] = [one for holder in holders for one in rows(holder)]
    return [plain(one["uri"]) for one in (*held, row(record.sticker)) if one.get("uri")]


def _carried(uri: str, folder: str) -> Carried:
    """A file by its path from the conversation's folder, where it lies there; else by its path in the download."""
    if uri.lower().startswith(_ELSEWHERE):
        return Carried(uri, "not downloaded")
    path = inside(uri)
    before, found, behind = path.partition(f"/{folder}/") if folder else ("", "", "")
    return Carried(behind if found and before else path)
