"""The worker's own program: import the task, lock the door, answer one item after another.

Whatever it imports, it imports before it is confined and before it sees a hostile byte.
"""

from __future__ import annotations

import importlib
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

import msgspec

from kavalan.sandbox.confinement import confine, die_with
from kavalan.sandbox.wire import (
    BESIDE_DESCRIPTORS,
    CONTENT_BYTES,
    HEADER,
    NOTE_BYTES,
    REQUEST_BYTES,
    Frames,
    Kind,
    Problem,
    Setup,
    frame,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    # The parent's `Pool` carries the real types; here they are known only at run time.
    Task: TypeAlias = Callable[..., msgspec.Struct | Iterator[msgspec.Struct | bytes]]

_HEARD: dict[int, int] = {Kind.SETUP: NOTE_BYTES, Kind.BESIDE: 0, Kind.REQUEST: REQUEST_BYTES}
_DONE = frame(Kind.DONE)
# Made ahead: when it is needed there may be no memory to make it.
_MEMORY = frame(Kind.MEMORY)


def _named(address: str) -> Any:  # noqa: ANN401 - an import finds whatever the name holds
    module, _, name = address.partition(":")
    found: Any = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return found


def _problem(error: BaseException) -> bytes:
    problem = Problem(type(error).__name__[:100], str(error)[:1000].encode("utf-8", "backslashreplace").decode())
    return msgspec.msgpack.encode(problem)


class Worker:
    """One end of the socket, and the task."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._frames = Frames()
        self._encode = msgspec.msgpack.Encoder().encode
        self._content = bytearray()

    def _receive(self) -> tuple[bytes, list[int]] | None:
        """The next frame's payload, and the descriptors up to it, its own last; None when the parent is gone."""
        held: list[int] = []
        while (taken := self._frames.next(_HEARD)) is None or taken[0] == Kind.BESIDE:
            if taken is not None:
                continue
            piece, descriptors, _, _ = socket.recv_fds(self._channel, HEADER.size + REQUEST_BYTES, BESIDE_DESCRIPTORS)
            if not piece:
                return None
            held += descriptors
            self._frames.feed(piece)
        return taken[1], held

    def _ready(self, setup: Setup) -> tuple[Task, msgspec.msgpack.Decoder[msgspec.Struct]]:
        """Import, then lock the door."""
        die_with(setup.parent)
        task: Task = _named(setup.task)
        requests = msgspec.msgpack.Decoder(_named(setup.request_type))
        granted = confine(setup.limits)
        self._channel.sendall(frame(Kind.HELLO, self._encode(granted)))
        return task, requests

    def _answer(self, task: Task, sources: Sequence[BinaryIO], request: msgspec.Struct) -> None:
        answer = task(sources[-1], request, *sources[:-1])
        if not isinstance(answer, Iterator):
            self._channel.sendall(frame(Kind.RECORD, self._encode(answer)) + _DONE)
            return
        self._content.clear()
        for said in answer:
            if isinstance(said, bytes):
                self._pour(said)
            else:
                self._flush()
                self._channel.sendall(frame(Kind.RECORD, self._encode(said)))
        self._flush()
        self._channel.sendall(_DONE)

    def _pour(self, content: bytes) -> None:
        """Send content in full pieces and keep what does not fill one."""
        self._content += content
        while len(self._content) >= CONTENT_BYTES:
            self._channel.sendall(frame(Kind.CONTENT, bytes(self._content[:CONTENT_BYTES])))
            del self._content[:CONTENT_BYTES]

    def _flush(self) -> None:
        if self._content:
            self._channel.sendall(frame(Kind.CONTENT, bytes(self._content)))
            self._content.clear()

    def serve(self) -> None:
        """Answer until the parent closes the socket."""
        first = self._receive()
        if first is None:
            return
        try:
            task, requests = self._ready(msgspec.msgpack.decode(first[0], type=Setup))
        except Exception as error:  # noqa: BLE001 - whatever an import raises, the parent raises StartError
            self._channel.sendall(frame(Kind.UNFIT, _problem(error)))
            return
        while (item := self._receive()) is not None:
            payload, descriptors = item
            if not descriptors:
                return
            try:
                with ExitStack() as opened:
                    sources = [opened.enter_context(os.fdopen(each, "rb")) for each in descriptors]
                    self._answer(task, sources, requests.decode(payload))
            except MemoryError:
                self._channel.sendall(_MEMORY)
            except Exception as error:  # noqa: BLE001 - whatever a decoder raises is this item's outcome
                self._channel.sendall(frame(Kind.ERROR, _problem(error)))


def main(descriptor: int) -> None:
    """Serve the parent at the other end of a socket that was inherited."""
    with socket.socket(fileno=descriptor) as channel:
        Worker(channel).serve()
