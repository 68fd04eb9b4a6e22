"""The changes of a list since its generation was compiled: a file that only grows, read by others while it is written.

    header    8 bytes  "KVLJRNL1"
              8 bytes  number of the generation it belongs to
    record    4 bytes  length of the payload
              8 bytes  sequence number, from 1
              4 bytes  CRC-32 of the payload
              4 bytes  CRC-32 of the 16 bytes before
              payload  one operation in MessagePack

All numbers are little-endian. A file that was cut anywhere opens with the records before the cut. Records are
acknowledged after `fsync`; what is not whole at the end was never acknowledged, and the next writer cuts it off.
Damage before the end is something else: a withdrawal could be lost with it, so the list refuses to be opened.
"""

from __future__ import annotations

import os
import struct
import zlib
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from kavalan.lists.errors import DamagedError, ListError
from kavalan.lists.info import ListInfo
from kavalan.lists.model import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MAX_PAYLOAD: Final = 64 << 20
_MAGIC: Final = b"KVLJRNL1"
_HEADER: Final = struct.Struct("<8sQ")
_FRONT: Final = struct.Struct("<IQI")
_CHECK: Final = struct.Struct("<I")
HEADER_BYTES: Final = _HEADER.size
_RECORD: Final = _FRONT.size + _CHECK.size
_PIECE: Final = 8 << 20


class Add(msgspec.Struct, frozen=True, tag="add"):
    """An entry joins the list; its row is the next one.

    Attributes:
        entry: what joins.
        votes: ids of the people who voted for it; two of them where the list asks for two.
    """

    entry: Entry
    votes: tuple[str, ...] = ()


class Withdraw(msgspec.Struct, frozen=True, tag="withdraw"):
    """Rows leave the list: named by number only, so that the journal does not keep what was taken back.

    Attributes:
        rows: int64, little-endian, of this generation and the entries added to it.
        at: when, in UTC.
    """

    rows: bytes
    at: datetime


class Change(msgspec.Struct, frozen=True, tag="change"):
    """The list's face changes: an agreement is renewed or ended, say."""

    info: ListInfo


Operation = Add | Withdraw | Change
_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Operation)


class Read(NamedTuple):
    """Whole records read from some offset on.

    Attributes:
        operations: in order.
        offset: where the next record will begin.
        sequence: number of the last record, that of the caller where there was none.
        damaged: the bytes at `offset` are neither a record nor the beginning of one.
    """

    operations: list[Operation]
    offset: int
    sequence: int
    damaged: bool


def create(path: Path, generation: int) -> None:
    """Write an empty journal; not yet synchronised."""
    path.write_bytes(_HEADER.pack(_MAGIC, generation))


def encode(operation: Operation, sequence: int) -> bytes:
    """One record.

    Raises:
        ListError: the operation is larger than 64 MiB.
    """
    payload = _ENCODER.encode(operation)
    if len(payload) > MAX_PAYLOAD:
        raise ListError("journal", f"one change of {len(payload)} bytes; split it")
    front = _FRONT.pack(len(payload), sequence, zlib.crc32(payload))
    return front + _CHECK.pack(zlib.crc32(front)) + payload


def read(path: Path, generation: int, offset: int = 0, sequence: int = 0, last: int | None = None) -> Read:
    """Every whole record from an offset on.

    Args:
        path: the journal.
        generation: the one it must belong to.
        offset: 0, or where an earlier call ended.
        sequence: number of the last record before the offset.
        last: number of the last record that is wanted; None for all.

    Raises:
        DamagedError: it is no journal, or that of another generation.
        FileNotFoundError: it is gone: a newer generation stands in `CURRENT`.
    """
    with path.open("rb") as file:
        if offset == 0:
            head = file.read(_HEADER.size)
            if not _check_header(path, head, generation):
                return Read([], 0, sequence, damaged=False)
            offset = _HEADER.size
        file.seek(offset)
        data = bytearray()
        operations: list[Operation] = []
        while piece := file.read(_PIECE):
            data += piece
            used, sequence, damaged = _records(data, operations, sequence, last)
            offset += used
            del data[:used]
            if sequence == last:
                break
            if damaged and (rest := bytes(data) + file.read(_RECORD + MAX_PAYLOAD)):
                return Read(operations, offset, sequence, damaged=_is_damage(rest))
    return Read(operations, offset, sequence, damaged=False)


def _check_header(path: Path, head: bytes, generation: int) -> bool:
    """False where the header is not all written yet."""
    wanted = _HEADER.pack(_MAGIC, generation)
    if head == wanted:
        return True
    if len(head) < len(wanted) and wanted.startswith(head):
        return False
    raise DamagedError(path, f"not the journal of generation {generation}; restore the list from its source")


def _records(data: bytearray, operations: list[Operation], sequence: int, last: int | None) -> tuple[int, int, bool]:
    """Take whole records off the front: bytes used, last sequence number, whether what follows is wrong."""
    used = 0
    while len(data) - used >= _RECORD and sequence != last:
        front = bytes(data[used : used + _FRONT.size])
        length, number, check = _FRONT.unpack(front)
        if _CHECK.unpack_from(data, used + _FRONT.size)[0] != zlib.crc32(front) or number != sequence + 1:
            return used, sequence, True
        if len(data) - used < _RECORD + length:
            break
        payload = bytes(data[used + _RECORD : used + _RECORD + length])
        if zlib.crc32(payload) != check:
            return used, sequence, True
        try:
            operations.append(_DECODER.decode(payload))
        except (msgspec.MsgspecError, ListError):
            return used, sequence, True
        used += _RECORD + length
        sequence = number
    return used, sequence, False


def _is_damage(rest: bytes) -> bool:
    """Whether wrong bytes are more than a last write that did not reach the disk whole."""
    if not any(rest):
        return False
    front = rest[: _FRONT.size]
    if _CHECK.unpack_from(rest, _FRONT.size)[0] != zlib.crc32(front):
        return True
    return len(rest) != _RECORD + int(_FRONT.unpack(front)[0])


class JournalWriter:
    """Appends to a journal. Made while the list's lock is held, and closed before it is given back.

    Args:
        path: the journal.
        generation: the one it must belong to.

    Raises:
        DamagedError: it is damaged before its end.
    """

    def __init__(self, path: Path, generation: int) -> None:
        found = read(path, generation)
        if found.damaged:
            raise DamagedError(path, f"damaged at byte {found.offset}; restore the list from its source")
        self.sequence = found.sequence
        self._handle = os.open(path, os.O_RDWR)
        if found.offset == 0:
            os.pwrite(self._handle, _HEADER.pack(_MAGIC, generation), 0)
        os.ftruncate(self._handle, max(found.offset, _HEADER.size))
        os.lseek(self._handle, 0, os.SEEK_END)

    def append(self, operations: Sequence[Operation]) -> int:
        """Append operations and wait until they are on disk; the number of the last one is returned."""
        data = b"".join(encode(operation, self.sequence + n) for n, operation in enumerate(operations, 1))
        view = memoryview(data)
        while view:
            view = view[os.write(self._handle, view) :]
        os.fsync(self._handle)
        self.sequence += len(operations)
        return self.sequence

    def close(self) -> None:
        """Give the file back."""
        os.close(self._handle)
