"""Down into archives: the members of one as items, and the members of those among them that are archives."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import NamedTuple, Self, cast

import msgspec

from kavalan.sandbox import Limits, Stream, Streamer
from kavalan.sources.archive.container import container_in
from kavalan.sources.archive.member import Allowance, Dialogue, Member
from kavalan.sources.archive.records import After, Begin, Format, Record, Request, Rest, Told
from kavalan.sources.chosen import Chosen
from kavalan.sources.diskimage import Beside, readable, segments_of
from kavalan.sources.item import Ending, Item
from kavalan.sources.limits import SourceLimits
from kavalan.sources.place import Part, Place, below, rest_of
from kavalan.sources.trace import Mention

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TASK = "kavalan.sources.archive.task:read"
_DISK_TASK = "kavalan.sources.diskimage.task:read"
_DISK_FILES = 4200
_ENDINGS = (b".gz", b".bz2", b".xz", b".zst", b".lzma")
_REASONS = 5
# A union of structs is as good as one to msgspec; the language of types has no word for it yet.
_RECORD = cast("type[Record]", Record)


class Archive(NamedTuple):
    """An archive that is about to be read.

    Attributes:
        path: of its item.
        name: its own, for what it may have to name.
        descriptor: of its bytes; the caller closes it.
        depth: 1 for one that is in no other.
        beside: opens what lies beside it, for an image in segments; None for what is in another archive.
    """

    path: bytes
    name: bytes
    descriptor: int
    depth: int
    beside: Beside | None = None


class Descent:
    """Readers of archives, one for each level of archives inside archives; each is a confined process."""

    def __init__(self, limits: SourceLimits) -> None:
        self._limits = limits
        self._streamers: dict[tuple[str, int], Streamer[Request, Record]] = {}
        self._mentions: list[Mention] = []

    def __enter__(self) -> Self:
        """Readers start as they are needed."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the readers."""
        for streamer in self._streamers.values():
            streamer.__exit__(kind, error, trace)

    def mentions(self) -> list[Mention]:
        """What databases have said of other files since this was last asked."""
        said, self._mentions = self._mentions, []
        return said

    def items(self, archive: Archive, after: Place | None = None, chosen: Chosen | None = None) -> Iterator[Item]:
        """Everything in an archive, in its order, each followed by what is in it; nothing where it is no archive.

        Args:
            archive: in no other archive.
            after: resume behind this place below the archive.
            chosen: which of its members are wanted, each with all that is in it; None for all.
        """
        size = os.fstat(archive.descriptor).st_size
        allowance = Allowance(self._limits.allowance(size), self._limits.members, self._limits.checked(size))
        for item in self._items(archive, allowance, after, chosen):
            # What could not be read is no member: it comes once, with the last part.
            if chosen is None or chosen.last or item.path != rest_of(archive.path):
                yield item

    def _items(
        self, archive: Archive, allowance: Allowance, after: Place | None, chosen: Chosen | None = None
    ) -> Iterator[Item]:
        try:
            container = container_in(archive.descriptor)
        except OSError as error:
            yield _rest(archive, f"cannot be read again: {error.strerror}")
            return
        if container is None:
            return
        if container.format is None:
            yield _rest(archive, f"an archive of a kind that is not read: {container.unread}")
        elif archive.depth > self._limits.depth:
            yield _rest(archive, f"refused: deeper than {self._limits.depth} archives inside one another")
        else:
            request = self._request(archive, container.format, allowance, after, chosen)
            if container.image is not None:
                yield from self._image(archive, container.image, request, allowance, after)
            else:
                stream = self._streamer(_TASK, archive.depth).stream(archive.descriptor, request)
                yield from self._members(archive, stream, allowance, after)

    def _image(
        self, archive: Archive, kind: str, request: Request, allowance: Allowance, after: Place | None
    ) -> Iterator[Item]:
        """What is on a disk image, with the segments of it that lie beside it."""
        if not readable():
            yield _rest(archive, f"a disk image ({kind}): install kavalan[diskimage] to read it")
            return
        with ExitStack() as held:
            name = archive.name.rsplit(b"/", 1)[-1]
            further = segments_of(name, kind, archive.descriptor, archive.beside, held) if archive.beside else []
            if further:
                size = sum(os.fstat(each).st_size for each in (archive.descriptor, *(f.fileno() for f in further)))
                allowance.bytes, allowance.medium = self._limits.allowance(size), self._limits.checked(size)
                request = msgspec.structs.replace(request, allowance=allowance.bytes, beside=len(further))
            request = msgspec.structs.replace(request, medium=max(0, allowance.medium))
            stream = self._streamer(_DISK_TASK, archive.depth).stream(archive.descriptor, request, further)
            yield from self._members(archive, stream, allowance, after)

    def _members(
        self, archive: Archive, stream: Stream[Record], allowance: Allowance, after: Place | None
    ) -> Iterator[Item]:
        dialogue = Dialogue(stream, allowance)
        before = _state(archive.descriptor)
        reasons: list[str] = []
        while (said := dialogue.next()) is not None:
            if isinstance(said, Rest):
                reasons.append(said.reason)
            elif isinstance(said, Told):
                self._mentions.append(Mention(archive.path, said.subject, said.trace))
            elif isinstance(said, Begin):
                yield from self._member(archive, said, dialogue, allowance, after)
                after = None
        if dialogue.failure is not None:
            reasons.append(dialogue.failure)
        if _state(archive.descriptor) != before:
            reasons.append("it changed while it was read")
        if reasons:
            yield _rest(archive, _joined(reasons))

    def _member(
        self, archive: Archive, begin: Begin, dialogue: Dialogue, allowance: Allowance, after: Place | None
    ) -> Iterator[Item]:
        """A member and what is in it; the one that `after` leads to was yielded before."""
        path = below(archive.path, Part(begin.name, begin.again))
        if begin.refusal is not None:
            if after is None:
                yield _item(path, archive, begin)
            return
        member = Member(dialogue, 0 if begin.opaque else self._limits.spool)
        try:
            if after is None:
                yield _item(path, archive, begin, member)
            member.settle()
            further = after and Place(after.parts[1:], after.rest)
            if not begin.opaque and not (further and further.rest and not further.parts):
                yield from self._inside(Archive(path, begin.name, -1, archive.depth + 1), member, allowance, further)
        finally:
            member.close()

    def _inside(self, archive: Archive, member: Member, allowance: Allowance, after: Place | None) -> Iterator[Item]:
        if member.whole is not None:
            opened = archive._replace(descriptor=member.whole.fileno())
            yield from self._items(opened, allowance, after if after and after.parts else None)
        elif _begins_archive(member.head):
            yield _rest(
                archive, f"an archive of more than the {self._limits.spool} bytes that are held of one in another"
            )

    def _request(
        self, archive: Archive, format_: Format, allowance: Allowance, after: Place | None, chosen: Chosen | None
    ) -> Request:
        size = os.fstat(archive.descriptor).st_size
        start = None
        if after is not None:
            first = after.parts[0]
            start = After(hashlib.sha256(first.name).digest(), first.again)
        most = max(0, min(self._limits.allowance(size), allowance.bytes))
        return Request(format_, _stem(archive.name), most, self._limits.ratio, self._limits.free_member, start, chosen)

    def _streamer(self, task: str, depth: int) -> Streamer[Request, Record]:
        if (task, depth) not in self._streamers:
            limits = Limits(
                memory=self._limits.memory,
                cpu_seconds=self._limits.seconds,
                wall_seconds=self._limits.seconds,
                records=4 * self._limits.members + 1000,
                answer_bytes=1 << 62,
                open_files=_DISK_FILES if task == _DISK_TASK else 64,
            )
            self._streamers[task, depth] = Streamer(task, Request, _RECORD, limits=limits)
        return self._streamers[task, depth]


def _begins_archive(head: bytes) -> bool:
    """Whether what is too large to be held begins as an archive does."""
    opened = os.memfd_create("head", os.MFD_CLOEXEC)
    try:
        os.write(opened, head)
        return container_in(opened) is not None
    finally:
        os.close(opened)


def _stem(name: bytes) -> bytes:
    """What a file that was compressed alone is called, by the name of the compressed one."""
    base = name.rsplit(b"/", 1)[-1][-255:]
    for ending in _ENDINGS:
        if base.lower().endswith(ending) and len(base) > len(ending):
            return base[: -len(ending)]
    return b"content"


def _state(descriptor: int) -> tuple[int, int, int]:
    facts = os.fstat(descriptor)
    return facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns


def _joined(reasons: list[str]) -> str:
    more = len(reasons) - _REASONS
    return "; ".join(reasons[:_REASONS]) + (f"; and {more} more" if more > 0 else "")


def _item(path: bytes, archive: Archive, begin: Begin, member: Member | None = None) -> Item:
    return Item(
        path,
        _time(begin.modified),
        member.open if member else _refuse,
        refusal=begin.refusal,
        created=_time(begin.created),
        accessed=_time(begin.accessed),
        changed=_time(begin.changed),
        clock="local" if begin.local else "utc",
        state=begin.state,
        container=archive.path,
        original=begin.original,
        digests=begin.digests,
        traces=begin.traces,
        remarks=begin.remarks,
        ending=member.ending if member else Ending,
    )


def _rest(archive: Archive, reason: str) -> Item:
    return Item(rest_of(archive.path), None, _refuse, refusal=reason, state="unknown", container=archive.path)


def _refuse() -> int:
    raise OSError("is not opened: it was refused")


def _time(microseconds: int | None) -> datetime | None:
    try:
        return None if microseconds is None else _EPOCH + timedelta(microseconds=microseconds)
    except OverflowError:  # an archive may state any year
        return None
