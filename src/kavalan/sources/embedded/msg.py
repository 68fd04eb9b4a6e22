"""Outlook messages ([MS-OXMSG]): a compound file whose folders are attachments, some of them messages again."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kavalan.sources.archive.records import Begin
from kavalan.sources.embedded.compound import Stream
from kavalan.sources.embedded.spans import Spans
from kavalan.sources.embedded.thumbsdb import microseconds

_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_#"
_VALUE = "__substg1.0_"
_DATA, _OBJECT = "37010102", "3701000D"
# PidTagAttachLongFilename, PidTagAttachFilename, PidTagDisplayName ([MS-OXPROPS]).
_NAMES = ("3707", "3704", "3001")
_SUBJECT = ("0037",)
_WIDE, _NARROW = "001F", "001E"
_NAME_BYTES = 2048
_CREATED, _MODIFIED = 0x30070040, 0x30080040
_PROPERTIES_BYTES = 1 << 16
_DEPTH = 30


class Attachment(NamedTuple):
    """A file that a message carries.

    Attributes:
        begin: its name, with those of the messages on the way, and its times.
        content: its bytes; None for an object, whose streams are `inside`.
        size: how many bytes it should have.
        inside: streams of an object.
    """

    begin: Begin
    content: Spans | None
    size: int
    inside: list[Stream]


def is_message(streams: Sequence[Stream]) -> bool:
    """Whether a compound file is a message."""
    return any(stream.path == (_PROPERTIES,) for stream in streams) and any(
        stream.path[0].startswith((_VALUE, _ATTACHMENT)) for stream in streams
    )


def message_files(streams: Sequence[Stream], above: bytes = b"", depth: int = 0) -> Iterator[Attachment]:
    """The attachments of a message and of the messages that are attached to it.

    Args:
        streams: of the message, their paths from it on.
        above: what to put before their names.
        depth: messages that this one is inside.
    """
    for folder, held in _folders(streams).items():
        if folder.startswith(_ATTACHMENT):
            yield from _attachment(folder, held, above, depth)


def _folders(streams: Sequence[Stream]) -> dict[str, list[Stream]]:
    """Streams by the folder that they are in, their paths from there on."""
    folders: dict[str, list[Stream]] = {}
    for stream in streams:
        if len(stream.path) > 1:
            folders.setdefault(stream.path[0], []).append(stream._replace(path=stream.path[1:]))
    return folders


def _attachment(folder: str, streams: list[Stream], above: bytes, depth: int) -> Iterator[Attachment]:
    values = {stream.path[0][len(_VALUE) :]: stream for stream in streams if len(stream.path) == 1}
    inside = _folders(streams).get(_VALUE + _OBJECT, [])
    spelled = _text(values, _NAMES)
    if not spelled and inside:
        spelled = _text({stream.name[len(_VALUE) :]: stream for stream in inside if len(stream.path) == 1}, _SUBJECT)
    name = above + (spelled or b"attachment " + folder[len(_ATTACHMENT) :].encode("utf-8", "surrogatepass"))
    if is_message(inside) and depth < _DEPTH:
        yield from message_files(inside, name + b"/", depth + 1)
        return
    if inside:
        yield Attachment(Begin(name), None, 0, inside)
    data = values.get(_DATA)
    if data is not None:
        created, modified = _times(streams)
        yield Attachment(Begin(name, created=created, modified=modified), data.content, data.size, [])


def _text(values: dict[str, Stream], tags: tuple[str, ...]) -> bytes:
    """The first of these values that is there, in UTF-8, or in whatever its writer spelled it."""
    for tag in tags:
        wide, narrow = values.get(tag + _WIDE), values.get(tag + _NARROW)
        if wide is not None:
            held = wide.content.read(0, _NAME_BYTES)
            text = held[: len(held) & ~1].decode("utf-16-le", "replace").encode("utf-8", "replace")
        else:
            text = narrow.content.read(0, _NAME_BYTES) if narrow is not None else b""
        if text := text.rstrip(b"\0"):
            return text
    return b""


def _times(streams: list[Stream]) -> tuple[int | None, int | None]:
    """When an attachment was made and last changed, of its fixed properties ([MS-OXMSG] 2.4)."""
    properties = next((stream for stream in streams if stream.path == (_PROPERTIES,)), None)
    if properties is None:
        return None, None
    held = properties.content.read(8, _PROPERTIES_BYTES)
    stated = dict(struct.iter_unpack("<L4xQ", held[: len(held) & ~15]))
    created, modified = stated.get(_CREATED, 0), stated.get(_MODIFIED, 0)
    return microseconds(created), microseconds(modified)
