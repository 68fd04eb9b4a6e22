"""The folder of an iTunes or Finder backup: its files as they lie, each with what the backup's own list says of it.

List and walk have one order, that of the files' names in the backup, so that both are read once, side by side, and
nothing is held. The list is read in the sandbox.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias, cast

from kavalan.sandbox import Limits, SandboxError, Stream, Streamer
from kavalan.sources.archive.records import Rest
from kavalan.sources.extraction.listing import Missing
from kavalan.sources.extraction.manifest import Backed, Encrypted, List, Told
from kavalan.sources.item import Item
from kavalan.sources.place import rest_of

Kind: TypeAlias = Literal["plist", "db", "mbdb"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TASK = "kavalan.sources.extraction.manifest:read"
_TOLD = cast("type[Told]", Told)
_PLIST = b"Manifest.plist"
_LISTS: dict[bytes, Kind] = {b"Manifest.db": "db", b"Manifest.mbdb": "mbdb"}
_FILE = re.compile(rb"(?:([0-9a-f]{2})/(?=\1))?([0-9a-f]{40})")
_LIMITS = Limits(memory=1 << 30, records=1 << 62, answer_bytes=1 << 62)


class Backup(NamedTuple):
    """A backup that a folder is.

    Attributes:
        list: the name of its list.
    """

    list: bytes


def backup_in(names: Sequence[bytes]) -> Backup | None:
    """Which backup a folder is by the names in it, which are in order; None for none."""
    if not (_holds(names, _PLIST) and _holds(names, b"Info.plist")):
        return None
    return next((Backup(name) for name in _LISTS if _holds(names, name)), None)


def _holds(names: Sequence[bytes], name: bytes) -> bool:
    at = bisect_left(names, name)
    return at < len(names) and names[at] == name


def joined(backup: Backup, folder: bytes, prefix: bytes, walked: Iterator[Item]) -> Iterator[Item]:
    """The items of a backup's folder, and in the end one more where list and folder differ.

    Args:
        backup: which it is.
        folder: its path on this machine.
        prefix: its path in the source, with its `/`.
        walked: all its items, in order.
    """
    with Streamer(_TASK, List, _TOLD, limits=_LIMITS) as streamer:
        said = _Said(backup, folder, streamer)
        for item in walked:
            ident = _FILE.fullmatch(item.path[len(prefix) :])
            yield item if ident is None else said.about(item, bytes.fromhex(ident[2].decode()))
        reasons = said.rest()
        if reasons:
            path = rest_of(prefix.rstrip(b"/"))
            yield Item(path, None, _refuse, refusal="; ".join(reasons), state="unknown")


class _Said:
    """What the list says, taken as files come."""

    def __init__(self, backup: Backup, folder: bytes, streamer: Streamer[List, Told]) -> None:
        self._list = backup.list.decode()
        self._reasons: list[str] = []
        self._missing = Missing()
        self._complete = True
        self._stream: Iterator[Backed] = iter(())
        self._next: Backed | None = None
        if self._is_encrypted(folder, streamer):
            self._complete = False
            self._reasons.append(
                "the backup is encrypted (Manifest.plist): its files are digested as they lie, and nothing of what "
                "they hold is read without its password"
            )
            return
        if os.path.exists(os.path.join(folder, backup.list + b"-wal")):
            self._reasons.append(f"{self._list}-wal may hold changes of the list, which were not read")
        self._stream = self._backed(folder, backup.list, streamer)
        self._next = next(self._stream, None)

    def about(self, item: Item, ident: bytes) -> Item:
        """An item with what the list says of the file of that name."""
        self._go_to(ident)
        backed = self._next
        if backed is None or backed.ident != ident:
            said = f"its backup's {self._list} does not list it"
            return replace(item, remarks=(*item.remarks, said)) if self._complete else item
        self._next = next(self._stream, None)
        remarks = item.remarks
        if backed.damaged:
            remarks += (f"its record in {self._list} is damaged",)
        return replace(
            item,
            original=backed.original,
            modified=_time(backed.modified),
            created=_time(backed.created),
            changed=_time(backed.changed),
            digests=item.digests if backed.sha1 is None else (*item.digests, ("sha1", backed.sha1)),
            remarks=remarks,
        )

    def rest(self) -> list[str]:
        """What is to be said in the end."""
        self._go_to(None)
        return [*self._reasons, *self._missing.told(self._list)]

    def _go_to(self, ident: bytes | None) -> None:
        while self._next is not None and (ident is None or self._next.ident < ident):
            self._missing.add(self._next.original)
            self._next = next(self._stream, None)

    def _is_encrypted(self, folder: bytes, streamer: Streamer[List, Told]) -> bool:
        return any(isinstance(said, Encrypted) and said.is_so for said in self._told(folder, _PLIST, "plist", streamer))

    def _backed(self, folder: bytes, name: bytes, streamer: Streamer[List, Told]) -> Iterator[Backed]:
        for said in self._told(folder, name, _LISTS[name], streamer):
            if isinstance(said, Backed):
                yield said

    def _told(self, folder: bytes, name: bytes, kind: Kind, streamer: Streamer[List, Told]) -> Iterator[Told]:
        """What the reader says of one of the backup's own files; what it could not read becomes a reason."""
        who = name.decode()
        try:
            descriptor = os.open(os.path.join(folder, name), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as error:
            self._incomplete(f"{who} cannot be read: {error.strerror}")
            return
        try:
            stream: Stream[Told] = streamer.stream(descriptor, List(kind))
        except SandboxError as error:
            self._incomplete(f"{who} cannot be read: {error}")
            return
        finally:
            os.close(descriptor)
        for said in stream:
            if isinstance(said, Rest):
                self._incomplete(f"{who}: {said.reason}")
            elif not isinstance(said, bytes):
                yield said
        if stream.failure is not None:
            self._incomplete(f"{who}: {stream.failure}")

    def _incomplete(self, reason: str) -> None:
        self._complete = False
        self._reasons.append(reason)


def _refuse() -> int:
    raise OSError("is not opened: it was refused")


def _time(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else _EPOCH + timedelta(microseconds=microseconds)
