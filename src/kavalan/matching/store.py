"""How an index lies on disk: named arrays one behind the other, then a table of contents.

    16 bytes      "kavalan index", a zero, the version as two bytes
    sections      each begins at a multiple of 4096, C order, little-endian
    contents      JSON: kind, facts, and of each section its name, type, shape, offset and CRC-32
    20 bytes      length of the contents (8), their CRC-32 (4), "KVLINDEX"

The file gets its name only when all of it has reached the disk, the end last: one that was cut short has no end, and is
refused. Opening maps the file and checks its contents, not every byte of its sections; `Store.verify` does that.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NoReturn, Self, cast

import numpy as np
from numpy.typing import NDArray

from kavalan.matching.errors import IndexFileError

VERSION = 1
_NAME = b"kavalan index\0"
_HEAD = struct.Struct("<14sH")
_TAIL = struct.Struct("<QI8s")
_END = b"KVLINDEX"
_ALIGN = 4096
_PIECE = 1 << 26

Facts = Mapping[str, Any]
"""What a writer notes beside the arrays: JSON values."""


class StoreWriter:
    """Writes one index file; used as a context manager, it leaves nothing behind when the block raises."""

    def __init__(self, path: Path, kind: str) -> None:
        self._path = path
        self._kind = kind
        self._draft = path.with_name(f"{path.name}.{os.getpid()}.part")
        self._sections: list[dict[str, object]] = []
        self._file: BinaryIO

    def __enter__(self) -> Self:
        self._file = self._draft.open("wb")
        self._file.write(_HEAD.pack(_NAME, VERSION))
        return self

    def write(self, name: str, pieces: Iterable[NDArray[Any]]) -> None:
        """Append a section: at least one piece, all of one type, put together along their first axis."""
        self._file.write(bytes(-self._file.tell() % _ALIGN))
        offset, crc, length = self._file.tell(), 0, 0
        shape: tuple[int, ...] = ()
        dtype = ""
        for piece in pieces:
            shape, dtype = piece.shape[1:], piece.dtype.newbyteorder("<").str
            length += len(piece)
            flat = np.ascontiguousarray(piece).reshape(-1).view(np.uint8)
            for first in range(0, flat.size, _PIECE):
                part = flat[first : first + _PIECE].data
                crc = zlib.crc32(part, crc)
                self._file.write(part)
        section = {"name": name, "dtype": dtype, "shape": (length, *shape), "offset": offset, "crc32": crc}
        self._sections.append(section)

    def finish(self, facts: Facts) -> None:
        """Write the end and give the file its name."""
        contents = json.dumps({"kind": self._kind, "facts": dict(facts), "sections": self._sections}).encode()
        self._file.write(contents)
        self._file.write(_TAIL.pack(len(contents), zlib.crc32(contents), _END))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._draft.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._draft.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Section:
    """Where one array lies in a file, and its CRC-32."""

    dtype: np.dtype[np.generic]
    shape: tuple[int, ...]
    offset: int
    crc32: int

    @property
    def nbytes(self) -> int:
        """How many bytes it takes."""
        return int(np.prod(self.shape, dtype=object)) * self.dtype.itemsize


class Store:
    """An index file, mapped read-only.

    Attributes:
        facts: what its writer noted.
    """

    def __init__(self, path: Path, kind: str) -> None:
        """Map a file.

        Raises:
            IndexFileError: when it is no index of this kind and version, or is not whole.
            OSError: when it cannot be read.
        """
        self._path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < _HEAD.size + _TAIL.size:
                self.refuse("is too short to be an index")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        contents = self._contents(size)
        if contents.get("kind") != kind:
            self.refuse(f"holds {contents.get('kind')!r}, not {kind!r}")
        try:
            self.facts = cast("dict[str, Any]", dict(contents["facts"]))
            self._sections = {str(entry["name"]): _section(entry) for entry in contents["sections"]}
        except (KeyError, TypeError, ValueError) as error:
            self.refuse(f"has a table of contents that cannot be read ({error})")
        for section in self._sections.values():
            if min((section.offset, *section.shape)) < 0 or section.offset + section.nbytes > size:
                self.refuse("names a section beyond its end")

    def _contents(self, size: int) -> dict[str, Any]:
        name, version = _HEAD.unpack_from(self._map, 0)
        if name != _NAME:
            self.refuse("is not a Kavalan index")
        if version != VERSION:
            self.refuse(f"has version {version}; this Kavalan reads version {VERSION}")
        length, crc, end = _TAIL.unpack_from(self._map, size - _TAIL.size)
        first = size - _TAIL.size - length
        if end != _END or first < _HEAD.size:
            self.refuse("was cut short")
        text = self._map[first : size - _TAIL.size]
        if zlib.crc32(text) != crc:
            self.refuse("was changed: its table of contents fails its checksum")
        return cast("dict[str, Any]", json.loads(text))

    def array(self, name: str, dtype: type[np.generic], columns: int = 0) -> NDArray[Any]:
        """A section as a read-only array over the map.

        Args:
            name: the section's.
            dtype: what its items must be.
            columns: how many columns it must have; none for a flat array.

        Raises:
            IndexFileError: when the file has it otherwise or not at all.
        """
        section = self._sections.get(name)
        wanted = (columns,) if columns else ()
        if section is None or section.dtype != np.dtype(dtype) or section.shape[1:] != wanted:
            self.refuse(f"lacks the section {name!r} of {np.dtype(dtype).name}")
        count = section.nbytes // section.dtype.itemsize
        if not count:
            return frozen(np.zeros(section.shape, dtype))
        return np.frombuffer(self._map, dtype, count, section.offset).reshape(section.shape)

    def verify(self) -> None:
        """Read everything and compare the checksums.

        Raises:
            IndexFileError: naming the first section that was changed.
        """
        for name, section in self._sections.items():
            crc = 0
            with memoryview(self._map) as view:
                for first in range(section.offset, section.offset + section.nbytes, _PIECE):
                    crc = zlib.crc32(view[first : min(first + _PIECE, section.offset + section.nbytes)], crc)
            if crc != section.crc32:
                self.refuse(f"was changed: its section {name!r} fails its checksum")

    def refuse(self, why: str) -> NoReturn:
        """Say that this file cannot be used, and what to do.

        Raises:
            IndexFileError: always.
        """
        message = f"{os.fspath(self._path)!a} {why}. Build the index again from its list, or fetch it again"
        raise IndexFileError(message)


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """The same array, not to be written to: kernels are compiled for read-only arrays, as a mapped file gives them."""
    view = array.view()
    view.flags.writeable = False
    return view


def _section(entry: Mapping[str, Any]) -> Section:
    shape = tuple(int(length) for length in entry["shape"])
    return Section(np.dtype(str(entry["dtype"])), shape, int(entry["offset"]), int(entry["crc32"]))
