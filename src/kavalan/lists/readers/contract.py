"""What every reader of a hash list is: one pass, any length, constant memory, nothing lost silently."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, ParamSpec, Self, TypeVar

import msgspec

from kavalan.lists.errors import ListError, WrongFormatError
from kavalan.lists.model import Kind, near_refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from kavalan.lists.model import Entry

    Progress = Callable[[int, int], None]
    """Called with the bytes read so far and the bytes of the file."""

P = ParamSpec("P")
T = TypeVar("T")

HEAD: Final = 65536
SHOWN: Final = 1000
_STEP: Final = 1 << 20
_NAMES: Final = 200
_BOM: Final = b"\xef\xbb\xbf"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


class Fault(msgspec.Struct, frozen=True):
    """Something in the file that could not be taken over.

    Attributes:
        position: line or record number, from 1, as in `Entry.position`.
        reason: what was wrong, without the value itself.
    """

    position: int
    reason: str


@dataclass(slots=True)
class Report:
    """What one pass has seen besides the entries it gave out. Complete when the pass has ended.

    Attributes:
        entries: entries given out, withdrawals among them.
        withdrawals: entries that take something back.
        faults: the first 1,000 faults, in order.
        faulty: how many lines or records have faults. They may still have given an entry: a bad SHA-1 leaves the MD5.
        refused: embedded pictures and other bytes that were passed over undecoded, by field.
        skipped: well-formed records and fingerprints that a media list has no use for, by kind.
        not_near: PDQ hashes that are kept but will not be matched by distance, by reason.
    """

    entries: int = 0
    withdrawals: int = 0
    faults: list[Fault] = field(default_factory=list)
    faulty: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    not_near: Counter[str] = field(default_factory=Counter)
    _last: int = 0

    def fault(self, position: int, reason: str) -> None:
        """Record that something at `position` could not be taken over."""
        self.faulty += position != self._last
        self._last = position
        if len(self.faults) < SHOWN:
            self.faults.append(Fault(position, reason))

    def faulted(self, position: int) -> bool:
        """Whether the line or record that is being read has a fault already."""
        return self._last == position

    def refuse(self, name: str) -> None:
        """Record that embedded bytes in the field `name` were passed over."""
        self.refused[_bounded(self.refused, name)] += 1

    def skip(self, name: str) -> None:
        """Record that something well-formed of the kind `name` was left out."""
        self.skipped[_bounded(self.skipped, name)] += 1

    def attempt(self, position: int, parse: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """The parsed value, or None with a fault recorded where `parse` raises `ValueError`."""
        try:
            return parse(*args, **kwargs)
        except ValueError as error:
            self.fault(position, str(error))
            return None

    def count(self, entry: Entry) -> None:
        """Count an entry that is given out."""
        self.entries += 1
        self.withdrawals += entry.withdrawn
        if entry.pdq and not entry.withdrawn and (reason := near_refusal(entry.pdq, entry.pdq_quality)):
            self.not_near[reason] += 1


def _bounded(counter: Counter[str], name: str) -> str:
    name = name[:60]
    return name if name in counter or len(counter) < _NAMES else "(others)"


class Source:
    """A list file, read forward once, counting bytes for the progress."""

    def __init__(self, path: Path, progress: Progress | None) -> None:
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise ListError(path, f"cannot be opened: {error.strerror}") from error
        self.path = path
        self.total = path.stat().st_size
        self.done = 0
        self.opening = b""
        self._progress = progress
        self._told = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def head(self) -> bytes:
        """The first bytes without a UTF-8 byte order mark, which is skipped; call before reading.

        Raises:
            WrongFormatError: the file is UTF-16.
        """
        head = self._file.read(HEAD)
        if head[:2] in _UTF16:
            raise WrongFormatError(self.path, "the text is UTF-16; save it as UTF-8")
        start = len(_BOM) if head.startswith(_BOM) else 0
        self._file.seek(start)
        self.done = start
        self.opening = head[start:]
        return self.opening

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes."""
        return self._count(self._file.read(size))

    def readline(self, limit: int) -> bytes:
        """The rest of the line with its end, at most `limit` bytes of it."""
        return self._count(self._file.readline(limit))

    def advance(self, done: int) -> None:
        """Tell the progress for readers that let a library read the file."""
        self.done = min(done, self.total)
        if self._progress and self.done - self._told >= _STEP:
            self._told = self.done
            self._progress(self.done, self.total)

    def finish(self) -> None:
        """Tell the progress that all was read."""
        if self._progress:
            self._progress(self.total, self.total)

    def _count(self, data: bytes) -> bytes:
        self.advance(self.done + len(data))
        return data


class Reader(ABC):
    """One format of hash list. A reader holds no state between files.

    Attributes:
        format: short name, used on the command line.
        kinds: what lists may be made of this format: a victim's list is never known-good, and NSRL only that.
    """

    format: ClassVar[str]
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.POSITIVE, Kind.NEGATIVE})

    @abstractmethod
    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins with `head` (up to 64 KiB, no byte order mark) may be of this format."""

    @abstractmethod
    def entries(self, source: Source, report: Report) -> Iterator[Entry]:
        """The entries of a recognised file in its order; used by `read`."""

    def read(self, path: Path, report: Report, progress: Progress | None = None) -> Iterator[Entry]:
        """Every entry of a list file in its order, duplicates and conflicts included.

        Args:
            path: the file.
            report: filled as the pass goes on.
            progress: told about every mebibyte and at the end.

        Raises:
            ListError: the file cannot be opened, is not of this format (`WrongFormatError`), ends too early
            (`TruncatedError`) or
                would break the memory bound (`TooLargeError`). Entries before that point were given out.
        """
        with Source(path, progress) as source:
            if not self.recognises(source.head()):
                raise WrongFormatError(path, f"not a list in the format {self.format}")
            for entry in self.entries(source, report):
                report.count(entry)
                yield entry
            source.finish()


def kept(entry: Entry, report: Report) -> Iterator[Entry]:
    """The entry, or a fault where nothing in it identifies a content."""
    if entry.matchable or entry.opaque or (entry.withdrawn and entry.key):
        yield entry
    elif not report.faulted(entry.position):
        report.fault(entry.position, "no hash")
