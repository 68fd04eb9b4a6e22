"""Contents that earlier scans met: an index on disk of their digests, and of what their decoders said.

`OUT/seen/` holds, while a scan runs, an index from SHA-256 to a place in `answers`, where the answer of the decoders
lies as its length in four bytes and MessagePack; place 0 stands for a content without one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import numpy as np
import polars as pl
from numpy.typing import NDArray

from kavalan.fingerprint import Decoded, Frame
from kavalan.fingerprint.kinds import is_picture, is_video
from kavalan.matching import DigestIndex
from kavalan.scan.batch import Batch, finished_batches
from kavalan.scan.errors import RefusedError
from kavalan.scan.facts import SeenFacts
from kavalan.scan.layout import SEEN
from kavalan.scan.plan import Plan, held_plan
from kavalan.scan.tables import output_errors
from kavalan.sources import shown

_COLUMNS = ("sha256", "kind", "pdq", "pdq_quality", "orientation", "rotations", "frames", "error")
_PDQ = 32
_LENGTH = 4


def seen_facts(folder: Path, plan: Plan) -> SeenFacts:
    """An earlier scan as it is now.

    Args:
        folder: of that scan.
        plan: of the scan that is asked for.

    Raises:
        RefusedError: there is no scan.
    """
    held = held_plan(folder)
    if held is None:
        raise RefusedError(f"{folder} holds no scan that could have been seen before")
    batches = tuple(finished_batches(folder))
    asked, theirs = plan.asked, held.asked
    return SeenFacts(
        path=shown(os.fsencode(folder.resolve())),
        batches=len(batches),
        sha256=_digest(batches),
        # Without its tools a scan does not say what decoded it.
        reused=held.parameters == plan.parameters and bool(asked and theirs and asked.tools == theirs.tools),
    )


class Seen:
    """What earlier scans met.

    Args:
        out: the folder of this scan, which takes the index.
        folders: of the earlier scans.
        facts: what the plan says of each.

    Raises:
        RefusedError: an earlier scan is not what it was.
        OutputError: the index cannot be written.
    """

    def __init__(self, out: Path, folders: Sequence[Path], facts: Sequence[SeenFacts]) -> None:
        self._index: DigestIndex | None = None
        self._answers: BinaryIO | None = None
        self._folder = out / SEEN
        if folders:
            scans = [(_unchanged(folder, fact), fact.reused) for folder, fact in zip(folders, facts, strict=True)]
            with output_errors(out):
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder.mkdir()
                self._build(scans)

    def close(self) -> None:
        """Remove the index; it can be made again."""
        if self._answers is not None:
            self._answers.close()
            shutil.rmtree(self._folder, ignore_errors=True)

    def decoded(self, sha256: bytes) -> Decoded | None:
        """What decoders said of a content in an earlier scan of the same parameters and tools."""
        places = self._find([sha256])[1]
        place = int(places.max()) if len(places) else 0
        if not place or self._answers is None:
            return None
        descriptor = self._answers.fileno()
        length = int.from_bytes(os.pread(descriptor, _LENGTH, place), "little")
        return msgspec.msgpack.decode(os.pread(descriptor, length, place + _LENGTH), type=Decoded)

    def met(self, digests: Sequence[bytes | None]) -> list[bool]:
        """Which of some contents were met."""
        asked = [place for place, digest in enumerate(digests) if digest is not None]
        found = [False] * len(digests)
        for query in self._find([digest for digest in digests if digest is not None])[0].tolist():
            found[asked[query]] = True
        return found

    def _find(self, digests: Sequence[bytes]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if self._index is None or not digests:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        return self._index.find(np.frombuffer(b"".join(digests), np.uint8).reshape(-1, 32))

    def _build(self, scans: Iterable[tuple[Sequence[Batch], bool]]) -> None:
        answers = (self._folder / "answers").open("w+b")
        self._answers = answers
        answers.write(bytes(_LENGTH))  # place 0 is none
        batches = (_entries(batch, answers, reused=reused) for found, reused in scans for batch in found)
        DigestIndex.write(self._folder / "index", "sha256", batches)
        answers.flush()
        self._index = DigestIndex.open(self._folder / "index", "sha256")


def _entries(batch: Batch, answers: BinaryIO, *, reused: bool) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    rows = pl.read_parquet(batch.path, columns=list(_COLUMNS)).filter(pl.col("sha256").is_not_null())
    rows = rows.unique("sha256", keep="first", maintain_order=True)
    digests = np.frombuffer(b"".join(rows["sha256"]), np.uint8).reshape(-1, 32)
    if not reused:
        return digests, np.zeros(len(digests), np.int64)
    return digests, np.array(list(_places(rows, answers)), np.int64)


def _places(rows: pl.DataFrame, answers: BinaryIO) -> Iterator[int]:
    for row in rows.iter_rows(named=True):
        # What could not be read wholly then is tried again.
        if row["error"] is not None or not (is_picture(row["kind"]) or is_video(row["kind"])):
            yield 0
            continue
        yield answers.tell()
        data = msgspec.msgpack.encode(_decoded(row))
        answers.write(len(data).to_bytes(_LENGTH, "little") + data)


def _decoded(row: dict[str, Any]) -> Decoded:
    turned: bytes | None = row["rotations"]
    frames = row["frames"]
    return Decoded(
        pdq=row["pdq"],
        pdq_quality=row["pdq_quality"],
        orientation=row["orientation"],
        rotations=None
        if turned is None
        else (row["pdq"], *(turned[at : at + _PDQ] for at in range(0, len(turned), _PDQ))),
        frames=None if frames is None else tuple(Frame(**frame) for frame in frames),
    )


def _unchanged(folder: Path, facts: SeenFacts) -> tuple[Batch, ...]:
    batches = tuple(batch for batch in finished_batches(folder) if batch.number <= facts.batches)
    if _digest(batches) != facts.sha256:
        raise RefusedError(f"{folder} is not what it was when this scan first started; name an empty folder")
    return batches


def _digest(batches: Sequence[Batch]) -> str:
    return hashlib.sha256(b"".join(batch.sha256 for batch in batches)).hexdigest()
