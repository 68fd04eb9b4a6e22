"""A scan's batches are loaded while five officers work: what their verbs wait for, and that nobody is turned away.

Run: `python -m benchmarks.load [--full]`: 40,000 items, or 1 million, in made batches of 10,000, in a workspace of its
own on SQLite, or on the empty PostgreSQL that `DATABASE_URL` names. Each officer does ten verbs a second; what a verb
takes is counted from when it was due, so that one that makes the next late is not forgiven for it.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.together import Part, at_once, begin
from kavalan.casework import workspace

WRITERS, A_SECOND = 5, 10
QUICK, FULL, BATCH = 40_000, 1_000_000, 10_000
TARGET_MS = 300
"""What 95 of 100 verbs may take."""


def main() -> None:
    """Print what the verbs waited; with `--work FOLDER NAME` or `--load FOLDER ITEMS` be an officer or the loader."""
    if sys.argv[1:2] in (["--work"], ["--load"]):
        _take_part(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
        return
    items = FULL if "--full" in sys.argv[1:] else QUICK
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "workspace"
        workspace.create_workspace(folder)
        workspace.configure(folder)
        workspace.migrate()
        beside(folder, items)


def beside(folder: Path, items: int) -> None:
    """Load beside the writers, then look whether all is there."""
    from benchmarks.load_desk import Found, found  # noqa: PLC0415 there are no models before Django is set up

    found(folder)
    writers = [Part("load", "--work", str(folder), str(number)) for number in range(WRITERS)]
    loader = Part("load", "--load", str(folder), str(items))
    begin([*writers, loader])
    started = time.perf_counter()
    loads = sorted(loader.result())
    seconds = time.perf_counter() - started
    _done(folder).touch()
    waits = sorted(wait for writer in writers for wait in writer.result())
    there = Found.of_the_database()
    assert there == Found(items, items, len(waits), whole=True), there
    print(
        f"{items:,} items in batches of {BATCH:,} beside {WRITERS} writers: all there, {len(waits)} verbs, none refused"
    )
    _say("loading, with the making of the batches", f"{seconds:8.1f} s, {items / seconds:,.0f} items a second")
    _say("a batch, p50 / longest", f"{loads[len(loads) // 2]:8.2f} / {loads[-1]:.2f} s")
    for share in (50, 95, 99, 100):
        wait = waits[min(len(waits) - 1, len(waits) * share // 100)]
        _say(f"p{share} of a verb", f"{1000 * wait:8.1f} ms{f' (aim: {TARGET_MS})' if share == 95 else ''}")


def _take_part(kind: str, folder: Path, what: str) -> None:
    workspace.configure(folder)
    from benchmarks.load_desk import load, waits  # noqa: PLC0415 there are no models before Django is set up

    at_once()
    if kind == "--load":
        print(json.dumps(load(folder, int(what), BATCH)))
    else:
        print(json.dumps(waits(what, 1 / A_SECOND, _done(folder))))


def _done(folder: Path) -> Path:
    return folder / "loaded"


def _say(name: str, figure: str) -> None:
    print(f"  {name:40} {figure}", flush=True)


if __name__ == "__main__":
    main()
