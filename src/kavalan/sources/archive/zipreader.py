"""A ZIP member by member, for whoever needs nothing but that: given as a descriptor, or lent by what can be read."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from types import TracebackType
from typing import NamedTuple, Self, cast

from kavalan.sandbox import Limits, Stream, Streamer
from kavalan.sources.archive.lent import Lendable, Lender
from kavalan.sources.archive.member import Allowance, Dialogue, Member
from kavalan.sources.archive.records import Begin, Record, Request, Rest
from kavalan.sources.limits import SourceLimits

_TASK = "kavalan.sources.archive.ziptask:read"
# A union of structs is as good as one to msgspec; the language of types has no word for it yet.
_RECORD = cast("type[Record]", Record)


class ZipMember(NamedTuple):
    """A member.

    Attributes:
        begin: what is known of it before its bytes.
        content: its bytes, until the next member is asked for; None where it is refused.
    """

    begin: Begin
    content: Member | None


class ZipReader:
    """Reads ZIPs one after another, each in a confined process.

        with ZipReader(limits) as reader:
            for member in reader.members(file, allowance):
                ...
            print(reader.reasons)

    Attributes:
        reasons: what of the last one could not be read, and why.
    """

    def __init__(self, limits: SourceLimits) -> None:
        self.reasons: list[str] = []
        self._limits = limits
        self._streamer = self._new()

    def __enter__(self) -> Self:
        """Nothing starts before it is needed."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the reader."""
        self._streamer.__exit__(kind, error, trace)

    def members(self, source: int | Lendable, allowance: Allowance) -> Iterator[ZipMember]:
        """The files of a ZIP in its order.

        Args:
            source: its descriptor, or what else can be read at any place; nobody else may read the latter meanwhile.
            allowance: what may still come out of it; counted down.

        Raises:
            StartError: no reader can be started.
        """
        self.reasons = []
        if isinstance(source, int):
            size = os.fstat(source).st_size
            yield from self._said(self._streamer.stream(source, self._request(size, allowance, lent=0)), allowance)
            return
        size = source.seek(0, io.SEEK_END)
        lender = Lender(source)
        with lender.lend() as loan:
            request, whole = self._request(size, allowance, lent=size), False
            try:
                stream = self._streamer.stream(loan.answers, request, [loan.questions])
                loan.given()
                yield from self._said(stream, allowance)
                whole = True
            finally:
                if not whole or self.reasons:
                    # The loan lasts as long as its reader may still ask.
                    self._streamer.__exit__(None, None, None)
        if lender.failure is not None:
            self.reasons.append(f"{type(lender.failure).__name__}: {lender.failure}")

    def _said(self, stream: Stream[Record], allowance: Allowance) -> Iterator[ZipMember]:
        dialogue = Dialogue(stream, allowance)
        while (said := dialogue.next()) is not None:
            if isinstance(said, Rest):
                self.reasons.append(said.reason)
            elif isinstance(said, Begin):
                yield from self._member(said, dialogue)
        if dialogue.failure is not None:
            self.reasons.append(dialogue.failure)

    def _member(self, begin: Begin, dialogue: Dialogue) -> Iterator[ZipMember]:
        if begin.refusal is not None:
            yield ZipMember(begin, None)
            return
        member = Member(dialogue, self._limits.spool)
        try:
            yield ZipMember(begin, member)
            member.settle()
        finally:
            member.close()

    def _request(self, size: int, allowance: Allowance, *, lent: int) -> Request:
        most = max(0, min(self._limits.allowance(size), allowance.bytes))
        return Request("zip", b"", most, self._limits.ratio, self._limits.free_member, lent=lent)

    def _new(self) -> Streamer[Request, Record]:
        limits = Limits(
            memory=self._limits.memory,
            cpu_seconds=self._limits.seconds,
            wall_seconds=self._limits.seconds,
            records=4 * self._limits.members + 1000,
            answer_bytes=1 << 62,
        )
        return Streamer(_TASK, Request, _RECORD, limits=limits)
