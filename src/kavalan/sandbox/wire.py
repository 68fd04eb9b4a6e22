"""What parent and worker say to each other over their socket: frames of a length, a kind and a msgpack payload.

The parent takes every byte that comes from a worker for hostile: lengths are checked against what is still allowed
before anything is kept.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import TYPE_CHECKING

import msgspec

from kavalan.sandbox.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADER = struct.Struct("<IB")
# As many descriptors as go with one message; the kernel takes 253.
BESIDE_DESCRIPTORS = 200
# A request travels in one send and must fit the socket's buffer (208 KiB by default), so that a worker which does not
# read cannot make the parent wait.
REQUEST_BYTES = 64 * 1024
# A greeting, or what a task says about its exception.
NOTE_BYTES = 16 * 1024
# What a stream carries in one piece. Every piece but the last before a record is exactly this long, so that a worker
# cannot buy time with single bytes.
CONTENT_BYTES = 256 * 1024
# One record of a stream, which the parent holds whole; a stream has no bound on all its records but their number.
STREAM_RECORD_BYTES = 256 * 1024


class Kind(IntEnum):
    """What a frame holds."""

    SETUP = 1  # parent to worker, once: Setup
    REQUEST = 2  # parent to worker, with a descriptor: the request
    HELLO = 3  # worker to parent, once: Confinement
    UNFIT = 4  # worker to parent, instead of HELLO: Problem
    RECORD = 5  # one record
    DONE = 6  # the item is answered
    ERROR = 7  # the task raised: Problem
    MEMORY = 8  # the task ran out of memory
    CONTENT = 9  # worker to parent, in a stream: bytes as they are
    BESIDE = 10  # parent to worker, before a request that has more than one file: some of their descriptors


class Setup(msgspec.Struct, frozen=True):
    """What a worker must know before its first item.

    Attributes:
        task: `package.module:function`.
        request_type: `package.module:Name` of the struct that requests are decoded to.
        limits: of which the worker puts in force what it can before it locks itself in.
        parent: process id of the parent; a worker that has another one is orphaned.
    """

    task: str
    request_type: str
    limits: Limits
    parent: int


class Problem(msgspec.Struct, frozen=True):
    """An exception, as its type's name and its text."""

    type: str
    message: str


class MalformedError(ValueError):
    """The other side says what it may not say now."""


class OversizedError(ValueError):
    """The other side says more than it may."""


def frame(kind: Kind, payload: bytes = b"") -> bytes:
    """One frame, ready to send."""
    return HEADER.pack(len(payload), kind) + payload


class Frames:
    """Frames out of a stream that arrives in pieces."""

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, piece: bytes | memoryview) -> None:
        """Add what arrived."""
        self._held += piece

    def next(self, allowed: Mapping[int, int]) -> tuple[int, bytes] | None:
        """Take out the next frame.

        Args:
            allowed: the kinds that may come now, each with the longest payload in bytes.

        Returns:
            Kind and payload; None until all of it has arrived.

        Raises:
            MalformedError: a kind that may not come now.
            OversizedError: it announces a longer payload; nothing of it is waited for.
        """
        if len(self._held) < HEADER.size:
            return None
        length, kind = HEADER.unpack_from(self._held)
        if kind not in allowed:
            msg = f"a frame of kind {kind} has no place here"
            raise MalformedError(msg)
        if length > allowed[kind]:
            msg = f"a frame of {length} bytes where {allowed[kind]} are left"
            raise OversizedError(msg)
        end = HEADER.size + length
        if len(self._held) < end:
            return None
        with memoryview(self._held) as held:
            payload = bytes(held[HEADER.size : end])
        del self._held[:end]
        return kind, payload

    def __bool__(self) -> bool:
        return bool(self._held)
