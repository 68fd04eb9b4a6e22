"""A list against all stored fingerprints: what a rematch does a second, and how long it holds the database.

Run: `python -m benchmarks.rematch [--full]`: 50,000 contents × a list of 1 million, or 1 million × 10 million, in a
workspace of its own on SQLite, through the job as the worker runs it. All contents are pictures, each with the seven
hashes of it turned and mirrored: eight look-ups a content, the worst case. One in 500 is on the list, three bits away.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from benchmarks.rematch_hashes import CHUNK, firsts, hashes
from kavalan.casework import workspace
from kavalan.lists import Catalogue, Category, Entry, Kind, ListInfo
from kavalan.lists.readers import Reader, Report
from kavalan.matching import warm

if TYPE_CHECKING:
    from benchmarks.rematch_desk import Run
    from kavalan.lists.readers.contract import Source

QUICK = (50_000, 1_000_000)
FULL = (1_000_000, 10_000_000)
TARGET = 600
"""Seconds that the full size may take."""
ONE_IN = 500
NOISE = 1 << 40


def main() -> None:
    """Fill a workspace, match it twice, print what that took."""
    contents, entries = FULL if "--full" in sys.argv[1:] else QUICK
    print(f"{contents:,} contents, {8 * contents:,} look-ups, a list of {entries:,}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "workspace"
        workspace.create_workspace(folder)
        workspace.configure(folder)
        workspace.migrate()
        from benchmarks.rematch_desk import Desk  # noqa: PLC0415 there are no models before Django is set up

        desk = Desk(folder)
        _say("stored", _seconds(lambda: desk.store(contents)), contents)
        catalogue = Catalogue(workspace.lists_of(folder))
        _say("list compiled", _seconds(lambda: _compile(catalogue, Path(scratch), contents, entries)), entries)
        warm()
        _say_matched("matched, all hits new", desk.match(catalogue), contents)
        if contents < FULL[0]:
            _say_matched("matched again, nothing new", desk.match(catalogue), contents)
    print(f"{'resident at most':28} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


def _say_matched(what: str, run: Run, contents: int) -> None:
    _say(what, run.seconds, contents)
    longest, total = max(run.loads), sum(run.loads)
    print(f"{'':28} {run.found} hits; {len(run.loads)} transactions, {total:.1f} s in all, the longest {longest:.2f} s")
    if contents < FULL[0]:
        projected = run.seconds / contents * FULL[0]
        print(f"{'':28} projected, not measured: {projected:.0f} s for {FULL[0]:,} contents on this list")
    else:
        print(f"{'':28} target {TARGET} s: {'kept' if run.seconds <= TARGET else 'MISSED'}")


def _say(what: str, seconds: float, count: int) -> None:
    print(f"{what:28} {seconds:8.1f} s {count / seconds:12,.0f} a second", flush=True)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


class _Made(Reader):
    """An owner's file that is made as it is read: noise, then some of the contents."""

    format: ClassVar[str] = "made"

    def __init__(self, contents: int, entries: int) -> None:
        self._contents = contents
        self._entries = entries

    def recognises(self, head: bytes) -> bool:
        return not head.strip()

    def entries(self, source: Source, report: Report) -> Iterator[Entry]:  # noqa: ARG002 nothing of the file is read
        chunks = [hashes(first, min(CHUNK, self._contents - first))[::ONE_IN] for first in firsts(self._contents)]
        known = np.concatenate(chunks) ^ (np.arange(32) < 3).astype(np.uint8)
        noise = self._entries - len(known)
        for first in firsts(noise):
            for place, pdq in enumerate(hashes(NOISE + first, min(CHUNK, noise - first)), start=first):
                yield _entry(place + 1, pdq.tobytes())
        for place, pdq in enumerate(known, start=noise):
            yield _entry(place + 1, pdq.tobytes())


def _entry(position: int, pdq: bytes) -> Entry:
    return Entry(position=position, pdq=pdq, pdq_quality=90, categories=(Category("demo/1", "A"),))


def _compile(catalogue: Catalogue, folder: Path, contents: int, entries: int) -> None:
    file = folder / "list"
    file.write_text("\n")
    info = ListInfo(name="sample", owner="Nobody", version="1", kind=Kind.POSITIVE, obtained=datetime.now(UTC))
    catalogue.load(info, _Made(contents, entries), file)


if __name__ == "__main__":
    main()
