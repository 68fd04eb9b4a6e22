"""Old Office documents, Thumbs.db, Outlook messages: what a compound file ([MS-CFB]) holds that is media or may be.

A stream is said whole where its content is a picture, a video, an archive or a document; from others the pictures are
carved (`kavalan.sources.embedded.blips`). Text, styles and macros are not said.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from kavalan.fingerprint.kinds import is_picture, is_video, kind_of
from kavalan.sources.archive.passage import DamagedError, Passage, Said, rest
from kavalan.sources.archive.records import Begin, Request, Still
from kavalan.sources.embedded import thumbsdb
from kavalan.sources.embedded.behind import read_behind
from kavalan.sources.embedded.blips import carved, spliced_drawings
from kavalan.sources.embedded.compound import Compound, Stream
from kavalan.sources.embedded.msg import is_message, message_files
from kavalan.sources.embedded.packages import NATIVE, package_in
from kavalan.sources.embedded.spans import Spans

_HEAD = 4096
_DOCUMENTS = frozenset(
    {
        "application/pdf",
        "application/x-ole-storage",
        "application/zip",
        "application/x-7z-compressed",
        "application/x-tar",
        "application/gzip",
        "application/x-bzip2",
        "application/x-xz",
        "application/zstd",
        "application/x-rar",
        "application/vnd.ms-cab-compressed",
        "text/rtf",
    }
)
_OFFICE = ("application/vnd.openxmlformats-", "application/vnd.oasis.")
_BOOKS = frozenset({"Workbook", "Book"})
_LOCKED = "encrypted: it needs its password"
_WORD_LOCK = 0x0100
_BOOK_LOCK = 0x2F


def read_ole(source: BinaryIO, request: Request, passage: Passage) -> Iterator[Said]:
    """Say the files in a compound file in the order of its directory."""
    try:
        compound = Compound(source.fileno())
        streams = list(compound.streams())
    except DamagedError as error:
        yield rest(f"cannot be read as a compound file: {error}")
    else:
        if is_message(streams):
            yield from _message(streams, passage)
        else:
            yield from _files(streams, b"", passage)
        for reason in compound.reasons:
            yield rest(reason)
    yield from read_behind(source, request, passage)


def _message(streams: list[Stream], passage: Passage) -> Iterator[Said]:
    """An Outlook message: its attachments; an attached object is a compound file of its own within this one."""
    for attachment in message_files(streams):
        if attachment.content is None:
            yield from _files(attachment.inside, attachment.begin.name + b"/", passage)
        else:
            chunks = partial(attachment.content.chunks, 0, attachment.content.size)
            yield from passage.member(attachment.begin, chunks, size=attachment.size)


def _files(streams: list[Stream], above: bytes, passage: Passage) -> Iterator[Said]:
    names = _catalog(streams)
    for stream in streams:
        yield from _of_stream(stream, above, names, passage)
        locked = _locked(stream)
        if locked:
            yield rest(locked)


def _catalog(streams: list[Stream]) -> dict[str, thumbsdb.Named]:
    catalog = next((stream for stream in streams if stream.path == ("Catalog",)), None)
    return thumbsdb.catalog_of(catalog.content) if catalog is not None else {}


def _of_stream(stream: Stream, above: bytes, names: dict[str, thumbsdb.Named], passage: Passage) -> Iterator[Said]:
    content = stream.content
    name = above + "/".join(stream.path).encode("utf-8", "surrogatepass")
    if stream.name == NATIVE:
        yield from _native(content, name, passage)
    elif _is_wanted(content.read(0, _HEAD)):
        yield from passage.member(Begin(name), partial(content.chunks, 0, content.size), size=stream.size)
    elif thumbsdb.picture_at(content) is not None or thumbsdb.is_bare(content):
        yield from _thumbnail(stream, name, names.get(stream.name), passage)
    else:
        yield from _carved(spliced_drawings(content) if stream.name in _BOOKS else content, name, passage)


def _is_wanted(head: bytes) -> bool:
    kind = kind_of(head)
    return is_picture(kind) or is_video(kind) or kind in _DOCUMENTS or kind.startswith(_OFFICE)


def _native(content: Spans, name: bytes, passage: Passage) -> Iterator[Said]:
    package = package_in(content)
    if package is None:
        return
    label = package.label.replace(b"\\", b"/").rsplit(b"/", 1)[-1]
    folder = name.rpartition(b"/")[0]
    begin = Begin((folder + b"/" if folder else b"") + label if label else name, original=package.original)
    yield from passage.member(begin, partial(content.chunks, package.at, package.size), size=package.size)


def _thumbnail(stream: Stream, name: bytes, named: thumbsdb.Named | None, passage: Passage) -> Iterator[Said]:
    """A small picture; the name and the time are those of the file that it was made of."""
    at = thumbsdb.picture_at(stream.content)
    begin = Begin(
        name,
        modified=named.modified if named else None,
        original=named.name.replace("\\", "/").encode("utf-8", "surrogatepass") if named and named.name else None,
        remarks=("a small picture that Windows made of another file; name and time are that file's",) if named else (),
        refusal=None if at is not None else "a JPEG without its tables, as the oldest Windows kept them, not read",
    )
    start = at or 0
    size = max(0, stream.content.size - start)
    yield from passage.member(begin, partial(stream.content.chunks, start, size), size=max(0, stream.size - start))


def _carved(content: Spans, name: bytes, passage: Passage) -> Iterator[Said]:
    count = 0
    for found in carved(content):
        if found is None:
            yield Still()
            continue
        count += 1
        remarks = (found.remark,) if found.remark else ()
        begin = Begin(name + b"/picture %d" % count + found.ending, remarks=remarks)
        yield from passage.member(begin, found.chunks, packed=found.packed)


def _locked(stream: Stream) -> str | None:
    """Why a document's content cannot be read, where a password is why."""
    if stream.path in {("EncryptedPackage",), ("EncryptedSummary",)}:
        return _LOCKED
    if stream.path == ("WordDocument",):
        # FibBase.fEncrypted ([MS-DOC] 2.5.2)
        flags = int.from_bytes(stream.content.read(10, 2), "little")
        return _LOCKED if flags & _WORD_LOCK else None
    if stream.path == ("Workbook",):
        return _LOCKED if _has_lock(stream.content) else None
    return None


def _has_lock(book: Spans) -> bool:
    """Whether FilePass ([MS-XLS] 2.4.117) is among the first records of a book."""
    at = 0
    for _ in range(8):
        head = book.read(at, 4)
        if int.from_bytes(head[:2], "little") == _BOOK_LOCK:
            return len(head) == 4
        at += 4 + int.from_bytes(head[2:], "little")
    return False
