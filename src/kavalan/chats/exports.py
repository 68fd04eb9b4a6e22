"""Opening what an examiner names: a chat's text, or the archive in which it came with its files."""

from __future__ import annotations

import hashlib
import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple, Protocol

import msgspec

from kavalan.chats.errors import ChatError
from kavalan.chats.store.source import Media
from kavalan.chats.whatsapp.title import is_export
from kavalan.sources import SourceLimits, shown
from kavalan.sources.archive import Allowance, ZipReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kavalan.sources.archive import ZipMember

_ZIP: Final = (b"PK\3\4", b"PK\5\6")
_PIECE: Final = 1 << 20
_HEAD: Final = 64
_MARKS: Final = b"\xef\xbb\xbf \t\r\n"
LIMITS: Final = SourceLimits(depth=1, members=200_000, spool=512 << 20, free_member=512 << 20)
"""Of an archive: a chat's text is held in memory while it is read; its other files pass and are digested."""


class Export(NamedTuple):
    """A chat's text, open, and what came with it.

    Attributes:
        text: the file, of which nothing has been read.
        name: of the file; in an archive, of its member.
        form: of `kavalan.chats.FORMS`.
        sha256: of the text.
        size: of it, in bytes.
        container_sha256: of the archive; empty for none.
        container_name: of it.
        media: the other files of the archive.
        beside: the folder where attachments may lie; None for an archive.
        reasons: what of the archive could not be read.
    """

    text: BinaryIO
    name: str
    form: str
    sha256: str
    size: int
    container_sha256: str = ""
    container_name: str = ""
    media: tuple[Media, ...] = ()
    beside: Path | None = None
    reasons: tuple[str, ...] = ()


class _Readable(Protocol):
    def readinto(self, buffer: memoryview, /) -> int: ...


@contextmanager
def open_exports(path: Path) -> Iterator[list[Export]]:
    """The exports in a file: one, or those of an archive.

    Raises:
        ChatError: the file cannot be read, or no chat lies in the archive.
        StartError: no confined process can be started.
    """
    with ExitStack() as held:
        try:
            file = held.enter_context(path.open("rb"))
            head = os.pread(file.fileno(), _HEAD, 0)
            digest, size = _digest(file)
        except OSError as error:
            message = f"{shown(os.fsencode(path))} cannot be read: {error.strerror}"
            raise ChatError(message) from error
        if head.startswith(_ZIP):
            yield _in_zip(file, path, digest, held)
            return
        file.seek(0)
        yield [Export(file, path.name, form_of(head), digest, size, beside=path.parent)]


def form_of(head: bytes) -> str:
    """Which form a file has, by how it begins."""
    return "telegram-json" if head.lstrip(_MARKS).startswith(b"{") else "whatsapp-text"


def media_beside(folder: Path, names: Iterator[str]) -> Iterator[Media]:
    """Attachments that lie in a folder, by the names that messages give; nothing outside of it is touched."""
    home = folder.resolve()
    for name in names:
        if "\0" in name or ".." in name.split("/"):
            continue
        file = folder / name
        try:
            # Neither an absolute name nor a link may lead elsewhere.
            if file.resolve() != home / name or not file.is_file():
                continue
            with file.open("rb") as opened:
                yield Media(name, *_digest(opened))
        except OSError as error:
            yield Media(name, "", 0, str(error.strerror))


def _in_zip(file: BinaryIO, path: Path, digest: str, held: ExitStack) -> list[Export]:
    reader = held.enter_context(ZipReader(LIMITS))
    size = os.fstat(file.fileno()).st_size
    texts: list[tuple[BinaryIO, str, str, int]] = []
    media: list[Media] = []
    for member in reader.members(file.fileno(), Allowance(LIMITS.allowance(size), LIMITS.members)):
        name = shown(member.begin.name)
        text = _text(member, name)
        if text is None:
            media.append(_passed(member, name))
        else:
            held.callback(text.close)
            texts.append((text, name, *_digest(text)))
            text.seek(0)
    if not texts:
        why = "; ".join(reader.reasons)
        message = f"{shown(os.fsencode(path))}: no exported chat lies in it{f' ({why})' if why else ''}"
        raise ChatError(message)
    return [
        Export(text, name, form_of(os.pread(text.fileno(), _HEAD, 0)), sha256, length, digest, path.name,
               tuple(_seen_from(name, media)), None, tuple(reader.reasons))
        for text, name, sha256, length in texts
    ]  # fmt: skip


def _seen_from(text: str, media: list[Media]) -> Iterator[Media]:
    """Files as a chat's text names them: by their path from its own folder."""
    folder = text.rpartition("/")[0]
    for one in media:
        inside = one.name.removeprefix(f"{folder}/") if folder else one.name
        yield msgspec.structs.replace(one, name=inside)


def _text(member: ZipMember, name: str) -> BinaryIO | None:
    """A chat's text, held; None for any other file, or one too large to be held."""
    if member.content is None or not (is_export(name) or name.rpartition("/")[2] == "result.json"):
        return None
    opened = member.content.open()
    return os.fdopen(opened, "rb") if isinstance(opened, int) else None


def _passed(member: ZipMember, name: str) -> Media:
    """A file whose bytes pass."""
    if member.content is None:
        return Media(name, "", 0, member.begin.refusal or "not read")
    try:
        opened = member.content.open()
    except OSError:
        return Media(name, "", 0, f"a chat of more than {LIMITS.spool >> 20} MiB: unpack it")
    if isinstance(opened, int):
        with os.fdopen(opened, "rb") as held:
            sha256, size = _digest(held)
    else:
        sha256, size = _digest(opened)
        opened.close()
    return Media(name, sha256, size, member.content.ending().error or "")


def _digest(stream: _Readable | BinaryIO) -> tuple[str, int]:
    digest, size, buffer = hashlib.sha256(), 0, memoryview(bytearray(_PIECE))
    while count := stream.readinto(buffer):  # type: ignore[union-attr]  # what `open` opens to read bytes has it
        digest.update(buffer[:count])
        size += count
    return digest.hexdigest(), size
