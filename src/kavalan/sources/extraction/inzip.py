"""ZIP, and what a report among its members says of the others.

Whether there is one is seen in the directory: a block of it is searched before anything is taken apart, so that a ZIP
without one costs no more than before.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from typing import BinaryIO, NamedTuple

import msgspec

from kavalan.sources.archive.passage import CHUNK, DamagedError, Passage, Said, rest, told
from kavalan.sources.archive.records import Begin, Digest, Request, Still
from kavalan.sources.archive.zipfile import Entry, content, entries, read_zip
from kavalan.sources.archive.ziptail import Directory, find_directory
from kavalan.sources.extraction.listing import Listing, Missing
from kavalan.sources.extraction.ufdr import NoReportError, ReportReader, recognises
from kavalan.sources.item import Algorithm

_NAME = b"report.xml"
_HEAD_BYTES = 1 << 16
_TICK = 1 << 14
_TICK_BYTES = 4 << 20
_OTHERS = 3


class Report(NamedTuple):
    """A report and what it says.

    Attributes:
        name: of the member that it is.
        listing: of the other members.
        complete: all that it says is held.
        reasons: what is to be said of it in the end.
    """

    name: bytes
    listing: Listing
    complete: bool
    reasons: tuple[str, ...]

    @property
    def folder(self) -> bytes:
        """What stands before the names that it knows."""
        return self.name[: -len(_NAME)]

    def about(self, begin: Begin) -> Begin:
        """A member with what the report says of it."""
        if begin.name == self.name:
            return begin
        found = self.listing.find(_plain(begin.name, self.folder))
        if found:
            return self._described(begin, found)
        if not self.complete:
            return begin
        return msgspec.structs.replace(begin, remarks=(*begin.remarks, "its report does not list it"))

    def _described(self, begin: Begin, numbers: list[int]) -> Begin:
        first, *others = (self.listing.listed(number) for number in numbers[: _OTHERS + 1])
        remarks = (*begin.remarks, *first.remarks)
        for other in others:
            remarks += (told(f"its report lists it again as {os.fsdecode(other.original or b'')!r}"),)
        stated: list[tuple[Algorithm, Digest | None]] = [
            ("md5", first.md5),
            ("sha1", first.sha1),
            ("sha256", first.sha256),
        ]
        return msgspec.structs.replace(
            begin,
            original=first.original,
            state=first.state,
            modified=first.modified,
            created=first.created,
            accessed=first.accessed,
            changed=first.changed,
            local=False,
            digests=tuple((name, digest) for name, digest in stated if digest is not None),
            traces=tuple(trace for number in numbers for trace in self.listing.traces(number))[:100],
            remarks=remarks[:20],
        )


def read_described(source: BinaryIO, request: Request, passage: Passage) -> Iterator[Said]:
    """Say the members of a ZIP, with what a report among them says of each."""
    report = yield from _report(source.fileno(), request)
    if report is None:
        yield from read_zip(source, request, passage)
        return
    passage.describe_by(report.about)
    yield from read_zip(source, request, passage)
    for reason in report.reasons:
        yield rest(reason)


def _plain(name: bytes, folder: bytes) -> bytes:
    return name.replace(b"\\", b"/").removeprefix(folder)


def _report(descriptor: int, request: Request) -> Generator[Said, None, Report | None]:
    directory = find_directory(descriptor, os.fstat(descriptor).st_size)
    if directory is None or not _holds(descriptor, directory):
        return None
    for entry in entries(descriptor, directory):
        base = entry.name.replace(b"\\", b"/").rpartition(b"/")[2]
        if base.lower() == _NAME and recognises(_head(descriptor, entry, directory)):
            return (yield from _read(descriptor, entry, directory, request))
    return None


def _holds(descriptor: int, directory: Directory) -> bool:
    """Whether the name of a report is anywhere in the directory."""
    kept = b""
    for at in range(directory.start, directory.start + directory.size, CHUNK):
        block = kept + os.pread(descriptor, CHUNK, at).lower()
        if _NAME in block:
            return True
        kept = block[-len(_NAME) :]
    return False


def _head(descriptor: int, entry: Entry, directory: Directory) -> bytes:
    try:
        return next(content(descriptor, entry, directory), b"")[:_HEAD_BYTES]
    except DamagedError:
        return b""


def _read(
    descriptor: int, entry: Entry, directory: Directory, request: Request
) -> Generator[Said, None, Report | None]:
    listing = Listing()
    reader = ReportReader(listing)
    most, fed, reasons = request.free_member + request.ratio * entry.packed, 0, []
    try:
        for piece in _bounded(content(descriptor, entry, directory), most):
            reader.feed(piece)
            if (fed + len(piece)) // _TICK_BYTES > fed // _TICK_BYTES:
                yield Still()
            fed += len(piece)
        reader.feed(b"", last=True)
    except NoReportError:
        return None
    except DamagedError as damage:
        reasons.append(f"its report.xml could be read up to byte {fed} only, and its facts so far: {damage}")
    if listing.left_out:
        reasons.append(f"its report.xml says more than is held: {listing.left_out} facts were left out")
    complete = not reasons
    listing.settle()
    report = Report(entry.name, listing, complete, ())
    missing = yield from _missing(descriptor, directory, report)
    reasons += missing.told("its report.xml")
    if reader.unnamed:
        reasons.append(f"its report.xml lists {reader.unnamed} files without saying where they are")
    return report._replace(reasons=tuple(reasons))


def _bounded(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    for piece in pieces:
        most -= len(piece)
        if most < 0:
            raise DamagedError("refused: more comes out of it than may out of one of its size")
        yield piece


def _missing(descriptor: int, directory: Directory, report: Report) -> Generator[Said, None, Missing]:
    """The files that the report says are in members that are not there."""
    listing, there = report.listing, bytearray(report.listing.files)
    for count, entry in enumerate(entries(descriptor, directory), 1):
        for number in listing.find(_plain(entry.name, report.folder)):
            there[number] = 1
        if count % _TICK == 0:
            yield Still()
    missing, number = Missing(), -1
    while (number := there.find(0, number + 1)) >= 0:
        missing.add(listing.listed(number).name)
    return missing
