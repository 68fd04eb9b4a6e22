"""The second look at a near hit: one full decode, as the reference does it."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from kavalan.fingerprint import DIHEDRAL, Fingerprinter
from kavalan.sources import single_file

if TYPE_CHECKING:
    import polars as pl

MOST = 500
"""Pictures of one batch that are decoded again; a flood on one entry is held for a person anyway."""


class SecondLook:
    """Decodes pictures of a batch once more: what `kavalan.lists.Matcher` calls `recompute`.

    Only files of a folder: what lies in an archive has passed and would have to be unpacked from its start. Its worker
    starts when it is first needed; close it.

    Args:
        root: the source, a folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = os.fsencode(root)
        self._stack = ExitStack()
        self._decoder: Fingerprinter | None = None
        self._files: dict[int, tuple[bytes, bytes]] = {}
        self._hashes: dict[int, tuple[bytes, ...] | None] = {}

    def close(self) -> None:
        """End its worker."""
        self._stack.close()

    def about(self, frame: pl.DataFrame, first: int) -> None:
        """Say what the numbers of the next questions stand for.

        Args:
            frame: a batch.
            first: number of its first item.
        """
        self._hashes.clear()
        rows = frame.select("path", "container", "pdq", "sha256").iter_rows()
        self._files = {
            number: (path, sha256)
            for number, (path, container, pdq, sha256) in enumerate(rows, first)
            if container is None and pdq is not None
        }

    def __call__(self, number: int, turn: str) -> bytes | None:
        """The hash of an item in one turn, 32 bytes; None where it is not decoded again, or is not what it was."""
        if number not in self._hashes:
            if number not in self._files or len(self._hashes) >= MOST:
                return None
            self._hashes[number] = self._decode(*self._files[number])
        hashes = self._hashes[number]
        return hashes[DIHEDRAL.index(turn or DIHEDRAL[0])] if hashes else None

    def _decode(self, path: bytes, sha256: bytes) -> tuple[bytes, ...] | None:
        if self._decoder is None:
            self._decoder = self._stack.enter_context(Fingerprinter(workers=1, rotations=True, exact=True))
        (reading,) = self._decoder.read([single_file(Path(os.fsdecode(self._root + b"/" + path)))])
        again = reading.fingerprint
        return again.rotations if again and again.sha256 == sha256 else None
