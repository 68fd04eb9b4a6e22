"""Writes a generation: entries come in, files and indexes go out, in bounded memory.

Entries are written as they come. What is sorted or indexed at the end (keys, digests, PDQ) is worked on one kind at a
time over the mapped columns, so the peak is one index and not the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np

from kavalan.lists import disk
from kavalan.lists.errors import TooLargeError
from kavalan.lists.generation import Generation, Manifest, Source, column, file_sha256
from kavalan.lists.indexes import Indexes
from kavalan.lists.rows import HEAP_ENCODER, KINDS, MAX_ROWS, NO_HEAP, ROW, Heaped, key_hash, mapped, row_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from numpy.typing import NDArray

    from kavalan.lists.info import ListInfo
    from kavalan.lists.model import Category, Entry

CHUNK: Final = 1 << 16
MAX_SETS: Final = 1 << 16
_KEY: Final = np.dtype([("hash", "<u8"), ("row", "<u4")])


class Compiler:
    """Fills a directory with one generation.

    Args:
        directory: empty; becomes a generation's directory by `finish`.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.rows = 0
        self._sets: dict[tuple[Category, ...], int] = {}
        self._records: list[tuple[int, ...]] = []
        self._keys: list[tuple[int, int]] = []
        self._pending: dict[str, bytearray] = {name: bytearray() for name in _names()}
        self._heap = 0
        for name in [*_names(), "rows", "keys"]:
            (directory / name).touch()

    def add(self, entry: Entry) -> int:
        """Take an entry in; its row is returned.

        Raises:
            TooLargeError: more than 2^32 entries or 65,536 different sets of categories.
        """
        row = self._next_row(1)
        heap = NO_HEAP
        if entry.key is not None or entry.opaque:
            heap = self._put_heap(entry)
        if entry.key is not None:
            self._keys.append((key_hash(entry.key), row))
        self._records.append(row_of(entry, heap, self._set(entry.categories)))
        for kind in KINDS:
            value: bytes | None = getattr(entry, kind)
            if value:
                self._pending[f"{kind}.rows"] += row.to_bytes(4, "little")
                self._pending[f"{kind}.values"] += value
        if len(self._records) >= CHUNK:
            self._flush()
        return row

    def copy(self, source: Generation, kept: NDArray[np.bool_]) -> None:
        """Take over the rows of another generation.

        Args:
            source: the other one.
            kept: (rows,) which of its rows.
        """
        self._flush()
        sets = np.array([self._set(categories) for categories in source.categories] or [0], np.uint32)
        first_row = self.rows
        for first in range(0, len(source.rows), CHUNK):
            self._copy_rows(source, kept, first, sets)
        numbers = np.cumsum(kept, dtype=np.int64) - 1 + first_row
        for kind in KINDS:
            self._copy_column(source, kind, kept, numbers)
        self._copy_keys(source, kept, numbers)

    def finish(self, info: ListInfo, compiled: datetime, source: Source) -> Generation:
        """Build the indexes, write the manifest, wait for the disk.

        Args:
            info: the list's face.
            compiled: now, in UTC.
            source: what the entries came from.
        """
        self._flush()
        self._sort_keys()
        (self.directory / "categories.json").write_bytes(msgspec.json.encode(list(self._sets)))
        columns = {kind: column(self.directory, kind) for kind in KINDS}
        records: NDArray[np.void] = mapped(self.directory / "rows", ROW)
        indexed = Indexes.write(self.directory, columns, records["quality"][columns["pdq"].rows])
        manifest = Manifest(
            info=info,
            compiled=compiled,
            rows=self.rows,
            counts={kind: len(columns[kind].rows) for kind in KINDS},
            indexed=indexed,
            source=source,
            files={path.name: (path.stat().st_size, file_sha256(path)) for path in sorted(self.directory.iterdir())},
        )
        (self.directory / "manifest.json").write_bytes(msgspec.json.encode(manifest))
        for path in self.directory.iterdir():
            disk.sync_file(path)
        disk.sync_directory(self.directory)
        return Generation(self.directory, manifest)

    def _next_row(self, count: int) -> int:
        row = self.rows
        self.rows += count
        if self.rows > MAX_ROWS:
            raise TooLargeError(self.directory.parent.name, f"more than {MAX_ROWS} entries; split the list")
        return row

    def _set(self, categories: tuple[Category, ...]) -> int:
        number = self._sets.setdefault(categories, len(self._sets))
        if len(self._sets) > MAX_SETS:
            what = (
                f"more than {MAX_SETS} different sets of categories: is a column of free text mapped as the category?"
            )
            raise TooLargeError(self.directory.parent.name, what)
        return number

    def _put_heap(self, entry: Entry) -> int:
        data = HEAP_ENCODER.encode(Heaped(entry.key, entry.opaque))
        begin = self._heap
        self._pending["heap"] += len(data).to_bytes(4, "little") + data
        self._heap += 4 + len(data)
        return begin

    def _flush(self) -> None:
        _append(self.directory / "rows", np.array(self._records, ROW).tobytes())
        _append(self.directory / "keys", np.array(self._keys, _KEY).tobytes())
        self._records.clear()
        self._keys.clear()
        for name, data in self._pending.items():
            _append(self.directory / name, data)
            data.clear()

    def _copy_rows(self, source: Generation, kept: NDArray[np.bool_], first: int, sets: NDArray[np.uint32]) -> None:
        old = source.rows[first : first + CHUNK]
        new = np.array(old[kept[first : first + CHUNK]])
        self._next_row(len(new))
        new["categories"] = sets[new["categories"]]
        with_heap = np.flatnonzero(new["heap"] != NO_HEAP)
        if len(with_heap):
            pieces = [source.heap_record(int(offset)) for offset in new["heap"][with_heap]]
            lengths = np.array([len(piece) for piece in pieces], np.uint64)
            new["heap"][with_heap] = self._heap + np.cumsum(lengths) - lengths
            _append(self.directory / "heap", b"".join(pieces))
            self._heap += int(lengths.sum())
        _append(self.directory / "rows", new.tobytes())

    def _copy_column(self, source: Generation, kind: str, kept: NDArray[np.bool_], numbers: NDArray[np.int64]) -> None:
        old = source.columns[kind]
        for first in range(0, len(old.rows), CHUNK):
            rows = np.asarray(old.rows[first : first + CHUNK])
            stays = kept[rows]
            _append(self.directory / f"{kind}.rows", numbers[rows[stays]].astype("<u4").tobytes())
            _append(self.directory / f"{kind}.values", old.values[first : first + CHUNK][stays].tobytes())

    def _copy_keys(self, source: Generation, kept: NDArray[np.bool_], numbers: NDArray[np.int64]) -> None:
        for first in range(0, len(source.keys.rows), CHUNK):
            rows = np.asarray(source.keys.rows[first : first + CHUNK])
            stays = kept[rows]
            pairs = np.empty(int(stays.sum()), _KEY)
            pairs["hash"] = source.keys.hashes[first : first + CHUNK][stays]
            pairs["row"] = numbers[rows[stays]]
            _append(self.directory / "keys", pairs.tobytes())

    def _sort_keys(self) -> None:
        staged = self.directory / "keys"
        pairs: NDArray[np.void] = mapped(staged, _KEY)
        order = np.argsort(pairs["hash"], kind="stable")
        np.asarray(pairs["hash"])[order].tofile(self.directory / "key.hash")
        np.asarray(pairs["row"])[order].tofile(self.directory / "key.rows")
        staged.unlink()


def _names() -> list[str]:
    return ["heap", *(f"{kind}.{part}" for kind in KINDS for part in ("rows", "values"))]


def _append(path: Path, data: bytes | bytearray) -> None:
    if data:
        with path.open("ab") as file:
            file.write(data)
