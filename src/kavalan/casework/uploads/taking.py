"""Taking the bytes of an upload: from a request into the vault, a piece at a time, never in clear on a disk."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kavalan.casework.errors import DeskError
from kavalan.casework.uploads.services import record_received
from kavalan.casework.vault.store import vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from django.http import HttpRequest

    from kavalan.casework.uploads.models import Upload
    from kavalan.vault import Part, Readable

CHECKSUMS: Final = ("sha1", "sha256")
MOST_CHECKED: Final = 64 << 20
"""Bytes of one request whose checksum is asked for: they are held in memory until it was compared, because a chunk that
was encrypted once is never encrypted with another content."""

_PIECE: Final = 1 << 20
_SAVED: Final = 64 << 20
_SILENCE: Final = 60.0
"""Seconds after which a sender who says nothing is taken to be gone: else the next one would find the door locked."""


class OffsetError(DeskError):
    """The sender goes on at another place than where the upload stands."""


class ChecksumError(DeskError):
    """What came is not what the sender says it sent."""


class ChecksumHeaderError(DeskError):
    """`Upload-Checksum` names an algorithm that is not known here, or the request has more than can be compared."""


def offset_of(upload: Upload) -> int:
    """How much of it is in the vault; what was received behind that is asked for again.

    Raises:
        kavalan.vault.BusyError: another request writes to it.
    """
    parts = vault().parts
    if parts.has_come(upload.number):
        return upload.size
    with parts.open(upload.number) as part:
        return min(part.size, upload.size)


def take(upload: Upload, offset: int, body: Readable, clock: Callable[[], datetime]) -> int:
    """Write what comes behind an offset, until it ends or the upload is whole; the new offset is on the disk.

    Raises:
        OffsetError: the upload stands elsewhere.
        kavalan.vault.BusyError: another request writes to it.
        kavalan.vault.StorageError: the disk refuses; what came before that stays.
    """
    parts = vault().parts
    if parts.has_come(upload.number):
        _compare(offset, upload.size)
        return upload.size
    with parts.open(upload.number) as part:
        _compare(offset, part.size)
        try:
            for _ in _written(part, upload.size, body):
                part.save()
                record_received(upload, part.size, clock())
        finally:
            # Also where the disk is full: it says how far it came, if it still can.
            part.save()
        now_at = part.size
        if now_at == upload.size:
            part.finish()
        record_received(upload, now_at, clock())
        return now_at


def _compare(offset: int, stands: int) -> None:
    if offset != stands:
        message = f"the upload stands at {stands}"
        raise OffsetError(message)


def _written(part: Part, size: int, body: Readable) -> Iterator[None]:
    """Write what comes; yields whenever enough has come to be saved."""
    saved = part.size
    while part.size < size and (piece := _read(body, min(_PIECE, size - part.size))):
        part.write(piece)
        if part.size - saved >= _SAVED:
            saved = part.size
            yield


def _read(body: Readable, size: int) -> bytes:
    """The next bytes; none where the sender has gone: what came before is kept."""
    try:
        return body.read(size)
    except OSError:
        return b""


def checked(body: Readable, length: int, header: str) -> Readable:
    """A body that was compared with `Upload-Checksum` (`sha256 BASE64`), held in memory.

    Raises:
        ChecksumHeaderError: see there.
        ChecksumError: it is another.
    """
    algorithm, _, told = header.partition(" ")
    if algorithm not in CHECKSUMS:
        raise ChecksumHeaderError("unknown algorithm; known are sha1 and sha256")
    if length > MOST_CHECKED:
        message = f"a request with a checksum has at most {MOST_CHECKED} bytes"
        raise ChecksumHeaderError(message)
    try:
        expected = base64.b64decode(told, validate=True)
    except ValueError as error:
        raise ChecksumHeaderError("the checksum is not base64") from error
    data = bytearray()
    while len(data) < length and (piece := _read(body, min(_PIECE, length - len(data)))):
        data += piece
    if not hmac.compare_digest(hashlib.new(algorithm, data).digest(), expected):
        raise ChecksumError("what came is not what was sent")
    return io.BytesIO(data)


@contextmanager
def hearing(request: HttpRequest) -> Iterator[None]:
    """A sender who falls silent does not keep the upload locked: gunicorn's own connections wait for ever."""
    connection = request.META.get("gunicorn.socket")
    if connection is None:
        yield
        return
    before = connection.gettimeout()
    connection.settimeout(_SILENCE)
    try:
        yield
    finally:
        connection.settimeout(before)
