"""One immutable, memory-mapped state of a list: `gen-N/`, written by `compile` and never changed."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec
import numpy as np

from kavalan.lists.errors import DamagedError
from kavalan.lists.indexes import WIDTHS, Column, Indexes
from kavalan.lists.info import ListInfo
from kavalan.lists.model import Category, Entry
from kavalan.lists.readers.contract import Fault
from kavalan.lists.rows import HEAP_DECODER, KINDS, NO_HEAP, ROW, Heaped, entry_of, key_hash, mapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

LAYOUT: Final = 1
_LENGTH: Final = 4


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What a generation was compiled from, and what was left behind on the way.

    Attributes:
        format: the reader's format; empty for a list that was made by hand.
        sha256: of the source file, hexadecimal.
        faulty: lines or records with faults.
        faults: the first of them.
        refused: embedded bytes passed over, by field.
        skipped: records and fingerprints of kinds that are not taken, by kind.
        withdrawn: entries that the file itself takes back.
        votes: ids of the people who voted for the delivery.
    """

    format: str = ""
    sha256: str = ""
    faulty: int = 0
    faults: tuple[Fault, ...] = ()
    refused: dict[str, int] = {}
    skipped: dict[str, int] = {}
    withdrawn: int = 0
    votes: tuple[str, ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a generation's directory.

    Attributes:
        layout: version of the layout on disk.
        info: the list's face when it was compiled.
        compiled: when, in UTC.
        rows: entries.
        counts: rows with each kind of fingerprint.
        indexed: entries of each index; for `pdq` fewer than `counts` where hashes are flat or of low quality.
        source: what it was compiled from.
        files: size and SHA-256 of every other file.
    """

    info: ListInfo
    compiled: datetime
    rows: int
    counts: dict[str, int]
    indexed: dict[str, int]
    source: Source
    files: dict[str, tuple[int, str]]
    layout: int = LAYOUT


class Keys(NamedTuple):
    """Where keys are.

    Attributes:
        hashes: (k,) uint64, ascending.
        rows: (k,) uint32.
    """

    hashes: NDArray[np.uint64]
    rows: NDArray[np.uint32]


class Generation:
    """Reads one generation.

    Args:
        directory: `gen-N`, or one that is being compiled.
        manifest: given by the compiler before it is written.

    Raises:
        DamagedError: it is not whole.
        FileNotFoundError: it is gone: a newer one stands in `CURRENT`.
    """

    def __init__(self, directory: Path, manifest: Manifest | None = None) -> None:
        self.directory = directory
        self.manifest = manifest or read_manifest(directory)
        self.rows: NDArray[np.void] = mapped(directory / "rows", ROW)
        self.columns = {kind: column(directory, kind) for kind in KINDS}
        self._heap = mapped(directory / "heap", np.uint8)
        self.keys = Keys(mapped(directory / "key.hash", "<u8"), mapped(directory / "key.rows", "<u4"))
        sets = msgspec.json.decode((directory / "categories.json").read_bytes(), type=list[tuple[Category, ...]])
        self.categories: Sequence[tuple[Category, ...]] = sets
        self.indexes = Indexes.open(directory, self.manifest.indexed)
        if len(self.rows) != self.manifest.rows:
            raise DamagedError(directory, "the rows are not as many as the manifest says; compile the list again")

    def entry(self, row: int) -> Entry:
        """The entry at a row."""
        return next(self.entries(np.array([row], np.int64)))

    def entries(self, rows: NDArray[np.int64]) -> Iterator[Entry]:
        """The entries at some rows."""
        prints = {kind: self._prints(kind, rows) for kind in KINDS}
        for number, row in enumerate(rows):
            record = self.rows[row]
            categories = self.categories[int(record["categories"])]
            yield entry_of(record, self._heaped(record), categories, {kind: prints[kind][number] for kind in KINDS})

    def pdq(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """The PDQ hashes of rows that have one, (n, 32)."""
        column = self.columns["pdq"]
        return np.asarray(column.values[np.searchsorted(column.rows, rows)])

    def with_key(self, key: str) -> list[int]:
        """Rows that have this key."""
        wanted = np.uint64(key_hash(key))
        first, last = (int(np.searchsorted(self.keys.hashes, wanted, side)) for side in ("left", "right"))
        rows = [int(row) for row in self.keys.rows[first:last]]
        return [row for row in rows if (heaped := self._heaped(self.rows[row])) and heaped.key == key]

    def heap_record(self, offset: int) -> bytes:
        """The heap record at an offset, with its length before it."""
        return self._heap[offset : offset + _LENGTH + self._length(offset)].tobytes()

    def verify(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Read every byte and compare with the manifest.

        Args:
            progress: told bytes done and bytes to do.

        Raises:
            DamagedError: a file is missing, changed or of another size.
        """
        total = sum(size for size, _ in self.manifest.files.values())
        done = 0
        for name, (size, digest) in self.manifest.files.items():
            path = self.directory / name
            if not path.exists() or path.stat().st_size != size or file_sha256(path) != digest:
                raise DamagedError(path, "not the bytes that were written; compile the list again from its source")
            done += size
            if progress:
                progress(done, total)

    def _prints(self, kind: str, rows: NDArray[np.int64]) -> list[bytes | None]:
        column = self.columns[kind]
        if not len(column.rows):
            return [None] * len(rows)
        places = np.minimum(np.searchsorted(column.rows, rows), len(column.rows) - 1)
        found = column.rows[places] == rows
        return [column.values[place].tobytes() if here else None for place, here in zip(places, found, strict=True)]

    def _heaped(self, record: np.void) -> Heaped | None:
        offset = int(record["heap"])
        if offset == NO_HEAP:
            return None
        begin = offset + _LENGTH
        try:
            return HEAP_DECODER.decode(self._heap[begin : begin + self._length(offset)].tobytes())
        except msgspec.MsgspecError as error:
            raise DamagedError(self.directory, "the heap is damaged; compile the list again from its source") from error

    def _length(self, offset: int) -> int:
        return int.from_bytes(self._heap[offset : offset + _LENGTH].tobytes(), "little")


def column(directory: Path, kind: str) -> Column:
    """One kind of fingerprint of a generation, mapped."""
    rows, values = directory / f"{kind}.rows", directory / f"{kind}.values"
    return Column(mapped(rows, "<u4"), mapped(values, np.uint8, WIDTHS[kind]))


def read_manifest(directory: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        DamagedError: it cannot be read, or is of another layout.
    """
    try:
        manifest = msgspec.json.decode((directory / "manifest.json").read_bytes(), type=Manifest)
    except msgspec.MsgspecError as error:
        raise DamagedError(directory, f"the manifest cannot be read ({error}); compile the list again") from error
    if manifest.layout != LAYOUT:
        raise DamagedError(directory, f"layout {manifest.layout} instead of {LAYOUT}; compile the list again")
    return manifest


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
