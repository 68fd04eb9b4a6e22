"""Lists: what the database takes for the pages of an officer who may see 300 of 10,000 cases with a million items.

Run: `python -m benchmarks.lists [--full]`: 300 cases and 24,000 items, or 10,000 and 1 million, in a workspace of its
own on SQLite, or on the empty PostgreSQL that `DATABASE_URL` names. In each compartment lie a case and its exhibit.
Each page is asked for again and again, as a browser does, about cases, exhibits and places in them drawn by chance. The
time is the database's: of statements and of fetching their rows. Answers 1 if a page takes more queries than it may.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection

from kavalan.casework import workspace

if TYPE_CHECKING:
    from benchmarks.lists_desk import Asked, Desk

QUICK, FULL = 8, 60
"""How often each page is asked for."""
AIM_MS, MOST_QUERIES = 100, 12
MORE = {"case": 30, "figures": 14}
"""Pages that may take more: on a case's sixteen rooms say what they know of it, and figures are of many tables."""


def main() -> int:
    """Build the desk, ask it, print."""
    full = "--full" in sys.argv[1:]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "workspace"
        workspace.create_workspace(folder)
        workspace.configure(folder)
        workspace.migrate()
        from benchmarks.lists_desk import Desk  # noqa: PLC0415 there are no models before Django is set up
        from benchmarks.lists_world import SIZES, build  # noqa: PLC0415

        size, started = SIZES["full" if full else "quick"], time.perf_counter()
        desk = Desk(build(size), size)
        print(
            f"{connection.vendor}: {size.cases:,} cases, {desk.seen:,} of them seen, {size.items:,} items, "
            f"{size.entries:,} entries (filled in {time.perf_counter() - started:.0f} s)",
            flush=True,
        )
        chance = random.Random(5)
        found = {name: _ask(desk, name, FULL if full else QUICK, chance) for name in desk.pages}
        return _say(found)


def _ask(desk: Desk, name: str, times: int, chance: random.Random) -> list[Asked]:
    desk.ask(name, chance)
    return [desk.ask(name, chance) for _ in range(times)]


def _say(found: dict[str, list[Asked]]) -> int:
    print(f"  {'page':46} {'queries':>7} {'p50':>8} {'p95':>8} {'most':>8}  ms of the database")
    for name, asked in found.items():
        times = sorted(1000 * one.seconds for one in asked)
        queries, most = max(one.queries for one in asked), MORE.get(name, MOST_QUERIES)
        p95 = times[min(len(times) - 1, len(times) * 95 // 100)]
        marks = f"{' over the aim' if p95 > AIM_MS else ''}{' TOO MANY' if queries > most else ''}"
        print(f"  {name:46} {queries:7} {statistics.median(times):8.1f} {p95:8.1f} {times[-1]:8.1f}{marks}")
    all_times = sorted(1000 * one.seconds for asked in found.values() for one in asked)
    p95 = all_times[len(all_times) * 95 // 100]
    print(f"  p95 of all {len(all_times):,}: {p95:.1f} ms (aim: {AIM_MS} ms, {MOST_QUERIES} queries)")
    return int(any(one.queries > MORE.get(name, MOST_QUERIES) for name, asked in found.items() for one in asked))


if __name__ == "__main__":
    sys.exit(main())
