"""TAR in one pass, forward only, so that a compressed one is read as it unfolds.

The standard library knows the dialects (v7, ustar, GNU, pax, four kinds of sparse files). Its own loop is not used: it
keeps every member, ends silently at the first bad header, and follows a size below zero backwards for ever.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from functools import partial
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from kavalan.sources.archive.decoders import Squeezed
from kavalan.sources.archive.passage import CHUNK, PASSED_BYTES, DamagedError, Passage, Said, rest
from kavalan.sources.archive.records import Begin, Request, Still

if TYPE_CHECKING:
    from typing import TypeAlias

    Opened: TypeAlias = BinaryIO | Squeezed

_BLOCK = tarfile.BLOCKSIZE
# GNU tar pads to twenty blocks; a second archive behind the first one's end mark begins within these.
_END_BLOCKS = 256
_REFUSED = {
    tarfile.SYMTYPE: "symbolic link, not followed",
    tarfile.LNKTYPE: "hard link to another member, not followed",
    tarfile.CHRTYPE: "character device, not read",
    tarfile.BLKTYPE: "block device, not read",
    tarfile.FIFOTYPE: "named pipe, not read",
}
_BAD_HEADER = (tarfile.HeaderError, ValueError, OverflowError, RecursionError, IndexError, KeyError, tarfile.TarError)


class _Tar(tarfile.TarFile):
    """Only what the headers need of it."""

    def next(self) -> None:
        """No member: the constructor would read one, and fail by it."""


class _Reader:
    """The archive, and where it stands."""

    def __init__(self, opened: Opened, passage: Passage) -> None:
        self._opened = opened
        self._passage = passage
        self._tar = _Tar(fileobj=cast("IO[bytes]", opened), encoding="utf-8", errors="surrogateescape")
        self._zeros = 0
        self._bad: int | None = None
        self._late = False

    def members(self) -> Iterator[Said]:
        """Say all members, and what is between them and is none."""
        at = 0
        while True:
            yield from self._go_to(at)
            try:
                header = tarfile.TarInfo.fromtarfile(self._tar)
            except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
                at = self._opened.tell()
                self._zeros += 1
                if self._zeros < _END_BLOCKS:
                    continue
                return
            except (tarfile.EmptyHeaderError, tarfile.TruncatedHeaderError):  # type: ignore[attr-defined]
                yield from self._end()
                return
            except _BAD_HEADER as error:
                if self._zeros >= 2:
                    yield rest(f"what follows its end mark, from byte {at}, is no member and was not read")
                    return
                yield from self._damaged(at, error)
                at = max(at + _BLOCK, at)
                continue
            self._late = self._late or self._zeros >= 2
            self._zeros, self._bad = 0, None
            yield from self._member(header)
            behind = self._tar.offset
            if behind <= at:
                yield rest(f"the header at byte {at} states a length that leads backwards; the rest was not read")
                return
            at = behind

    def _go_to(self, at: int) -> Iterator[Said]:
        """Go forward, saying so now and then."""
        while at - self._opened.tell() > PASSED_BYTES:
            self._opened.seek(self._opened.tell() + PASSED_BYTES)
            yield Still()
        self._opened.seek(at)

    def _end(self) -> Iterator[Said]:
        error = getattr(self._opened, "error", None)
        if error is not None:
            yield rest(f"its compressed data: {error}")
        elif not self._zeros:
            yield rest("it ends without its end mark: it may have been cut off")

    def _damaged(self, at: int, error: BaseException) -> Iterator[Said]:
        """One word for a run of blocks that are no headers."""
        if self._bad is None:
            yield rest(f"no header where one should be, at byte {at} ({error}); read on from the next that is one")
        self._bad = at

    def _member(self, header: tarfile.TarInfo) -> Iterator[Said]:
        if header.isdir():
            return
        remarks: tuple[str, ...] = ("stands behind the archive's end mark",) if self._late else ()
        if header.type not in tarfile.SUPPORTED_TYPES:
            remarks += (f"of the unknown type {header.type!r}, read as a file",)
        begin = Begin(
            header.name.encode("utf-8", "surrogateescape"),
            modified=_moment(header.mtime),
            created=_moment(header.pax_headers.get("LIBARCHIVE.creationtime")),
            accessed=_moment(header.pax_headers.get("atime")),
            changed=_moment(header.pax_headers.get("ctime")),
            refusal=_REFUSED.get(header.type),
            remarks=remarks,
        )
        sparse = header.issparse()
        packed = self._tar.offset - header.offset_data if sparse else None
        chunks = partial(self._sparse if sparse else self._plain, header)
        yield from self._passage.member(begin, chunks, size=max(0, header.size), packed=packed)

    def _plain(self, header: tarfile.TarInfo) -> Iterator[bytes]:
        self._opened.seek(header.offset_data)
        left = header.size
        while left > 0:
            piece = self._opened.read(min(CHUNK, left))
            if not piece:
                raise DamagedError(getattr(self._opened, "error", None) or "its archive ends in the middle of it")
            yield piece
            left -= len(piece)

    def _sparse(self, header: tarfile.TarInfo) -> Iterator[bytes]:
        try:
            stream = self._tar.extractfile(header)
            while stream is not None and (piece := stream.read(CHUNK)):
                yield piece
        except (tarfile.TarError, ValueError, OverflowError) as error:
            raise DamagedError(f"its map of holes: {error}") from error


def _moment(stated: float | str | None) -> int | None:
    """Microseconds from 1970."""
    try:
        return None if stated is None else round(float(stated) * 1_000_000)
    except (ValueError, OverflowError):
        return None


def read_tar(opened: Opened, _request: Request, passage: Passage) -> Iterator[Said]:
    """Say the members in the order of the archive."""
    yield from _Reader(opened, passage).members()
