"""One way to use all decoders of the standard library: bytes in as they are wanted, bytes out in bounded pieces."""

from __future__ import annotations

import bz2
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

from kavalan.sources.archive.passage import CHUNK, DamagedError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# A window of 128 MiB is the most that RFC 8878 asks every decoder to allow; `zstd --long=31` uses sixteen times that.
_ZSTD_WINDOW_LOG = 30


class Decoder(Protocol):
    """What `bz2`, `lzma` and `zstd` have in common."""

    @property
    def eof(self) -> bool:
        """Its data have come to their own end."""
        ...

    @property
    def needs_input(self) -> bool:
        """It can give nothing more without more."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What came behind the end."""
        ...

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        """Take these bytes and give at most so many."""
        ...


class Inflate:
    """`zlib` in the manner of the others."""

    def __init__(self, wbits: int) -> None:
        self._decoder = zlib.decompressobj(wbits)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        """The deflated data, or the whole gzip, have ended."""
        return self._decoder.eof

    @property
    def unused_data(self) -> bytes:
        """What came behind the end."""
        return self._decoder.unused_data

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        """Take these bytes and give at most so many; what is left over of them is kept."""
        given = self._decoder.decompress(self._decoder.unconsumed_tail + data, max(0, max_length))
        self.needs_input = not self._decoder.unconsumed_tail and len(given) < max_length
        return given


class Stored:
    """No compression: every byte as it is, and no end of its own."""

    eof = False
    needs_input = True
    unused_data = b""

    def decompress(self, data: bytes, _max_length: int = -1, /) -> bytes:
        """The bytes that came in."""
        return data


def unzstd() -> zstd.ZstdDecompressor:
    """A decoder of Zstandard with a bounded window."""
    return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG})


def raw_lzma(properties: bytes) -> lzma.LZMADecompressor:
    """A decoder of LZMA without a header, by its five bytes of properties (lzma-specification.txt).

    Raises:
        DamagedError: they are none.
    """
    if len(properties) < 5 or properties[0] >= 9 * 5 * 5:
        raise DamagedError("properties of LZMA that are none")
    packed, dictionary = properties[0], int.from_bytes(properties[1:5], "little")
    return raw(
        {
            "id": lzma.FILTER_LZMA1,
            "lc": packed % 9,
            "lp": packed // 9 % 5,
            "pb": packed // 45,
            "dict_size": max(4096, dictionary),
        }
    )


def raw(*filters: dict[str, int]) -> lzma.LZMADecompressor:
    """A decoder of a chain of filters of liblzma, the last of which is LZMA.

    Raises:
        DamagedError: there is no such chain, or its dictionary does not fit into memory.
    """
    try:
        return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters)
    except (lzma.LZMAError, ValueError, OverflowError) as error:
        raise DamagedError(f"LZMA with properties that no decoder takes: {error}") from error


def decoded(decoder: Decoder, packed: Iterator[bytes]) -> Iterator[bytes]:
    """What comes out of packed bytes, in pieces of at most `CHUNK`; ends with the data's own end or with the bytes.

    Raises:
        DamagedError: the decoder cannot go on.
    """
    data = b""
    try:
        while not decoder.eof:
            if decoder.needs_input and not data:
                data = next(packed, b"")
                if not data:
                    return
            given = decoder.decompress(data, CHUNK)
            if given:
                yield given
            elif not data and not decoder.needs_input and not decoder.eof:
                raise DamagedError("the decoder goes round in circles")
            data = b""
    except (zlib.error, lzma.LZMAError, zstd.ZstdError, OSError, EOFError, ValueError) as error:
        raise DamagedError(str(error) or type(error).__name__) from error


class Squeezed:
    """The bytes of one compressed file, forward only, over all streams that it is made of.

    Attributes:
        error: why it ended too soon; None before its end and after a good one.
        ended: its end was reached.
        rest: what lies behind its last stream and is none, in words; None for nothing or zeros.
    """

    def __init__(self, packed: Iterator[bytes], make: Callable[[], Decoder], most: int) -> None:
        """Begin.

        Args:
            packed: the file.
            make: a fresh decoder.
            most: bytes that may come out of it.
        """
        self.error: str | None = None
        self.ended = False
        self.rest: str | None = None
        self._packed = packed
        self._make = make
        self._left = most
        self._given = self._streams()
        self._held = b""
        self._from = 0
        self._at = 0

    def tell(self) -> int:
        """Bytes read so far."""
        return self._at

    def read(self, size: int) -> bytes:
        """The next bytes; fewer only at the end."""
        parts, wanted = [], size
        while wanted > 0 and self._more():
            part = self._held[self._from : self._from + wanted]
            self._from += len(part)
            parts.append(part)
            wanted -= len(part)
        self._at += size - wanted
        return b"".join(parts)

    def piece(self) -> bytes:
        """The next bytes, as many as there are without work to spare; none at the end."""
        return self.read(len(self._held) - self._from if self._more() else 0)

    def seek(self, position: int, whence: int = 0) -> int:
        """Go forward.

        Raises:
            DamagedError: that would be backwards.
        """
        if whence != 0 or position < self._at:
            raise DamagedError("wants to go back in compressed data")
        while self._at < position and self.read(min(CHUNK, position - self._at)):
            pass
        return self._at

    def seekable(self) -> bool:
        """Forward only."""
        return False

    def _more(self) -> bool:
        if self._from < len(self._held):
            return True
        self._held, self._from = b"", 0
        try:
            self._held = next(self._given, b"")
        except DamagedError as damage:
            self.error = str(damage)
        self.ended = not self._held
        return bool(self._held)

    def _streams(self) -> Iterator[bytes]:
        data: Iterator[bytes] = self._packed
        while True:
            decoder = self._make()
            for given in decoded(decoder, data):
                self._left -= len(given)
                if self._left < 0:
                    raise DamagedError("refused: more comes out of it than may out of one of its size")
                yield given
            if not decoder.eof:
                raise DamagedError("it ends in the middle")
            behind = self._behind(decoder.unused_data)
            if behind is None:
                return
            data = _chained(behind, self._packed)

    def _behind(self, unused: bytes) -> bytes | None:
        """Where the next stream begins; zeros are padding."""
        while not (unused := unused.lstrip(b"\0")):
            unused = next(self._packed, b"")
            if not unused:
                return None
        try:
            probe = self._make()
            probe.decompress(unused[:4096], 1)
        except (zlib.error, lzma.LZMAError, zstd.ZstdError, OSError, EOFError, ValueError):
            self.rest = "what follows its compressed data is none and was not read"
            return None
        return unused


def _chained(first: bytes, then: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from then


def gzip_decoder() -> Decoder:
    """RFC 1952, its header and checksum included."""
    return Inflate(31)


def deflate_decoder() -> Decoder:
    """RFC 1951."""
    return Inflate(-15)


def bzip2_decoder() -> Decoder:
    """bzip2 1.0."""
    return bz2.BZ2Decompressor()


def xz_decoder() -> Decoder:
    """The .xz format, one stream."""
    return lzma.LZMADecompressor(lzma.FORMAT_XZ)
