"""SHA-1 look-ups on one core, beside SQLite, NumPy's binary search and a Python dictionary.

Run: `python -m benchmarks.digests [--full]`. Each way has a process of its own, pinned to one core; times are processor
time, Python calls included. Half the digests asked for are in the set. `--full` takes ours to 100 million.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kavalan.matching import WIDTHS, DigestIndex, warm

U8 = NDArray[np.uint8]
Ask = Callable[[U8], int]
Measured = dict[str, Any]

QUICK = [
    ("1M sha1", ["kavalan", "Python dictionary", "sqlite3", "numpy searchsorted, mapped"]),
    ("10M sha1", ["kavalan", "numpy searchsorted, mapped"]),
    ("1M md5", ["kavalan"]),
    ("1M sha256", ["kavalan"]),
]
FULL = [("10M sha1", ["Python dictionary", "sqlite3"]), ("100M sha1", ["kavalan"])]
_BATCH = 1_000_000


def rows(plan: list[tuple[str, list[str]]]) -> list[Measured]:
    """One row for each set and way."""
    return [_measured(name, way) for name, ways in plan for way in ways]


def main() -> None:
    """Print the table."""
    warm()
    print("one core, processor time; bytes: on disk for each record (a dictionary: in memory)")
    print(f"{'set':11} {'way':27} {'build s':>8} {'bytes':>7} {'batch/s':>11} {'p50 us':>8} {'p99 us':>8} {'right':>6}")
    for row in rows(FULL if "--full" in sys.argv else QUICK):
        print(f"{row['set']:11} {row['way']:27} {row['build']:8.1f} {row['bytes']:7.1f} {row['batch']:11.0f} ", end="")
        print(f"{row['p50']:8.2f} {row['p99']:8.2f} {row['right']!s:>6}", flush=True)


def _measured(name: str, way: str) -> Measured:
    command = [sys.executable, "-m", "benchmarks.digests", "--measure", name, way]
    done = subprocess.run(command, check=True, capture_output=True)
    measured: Measured = json.loads(done.stdout)
    return {"set": name, "way": way} | measured


def _measure(name: str, way: str) -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    warm()
    amount, algorithm = name.split(" ")
    size = int(amount[:-1]) * 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        ask, stored = WAYS[way](Path(folder), algorithm, size)
        build = time.process_time() - started
        queries = _queries(algorithm, size)
        found = ask(queries)
        spent = sorted(_seconds(ask, queries) for _ in range(3))
        single = [_seconds(ask, queries[place : place + 1]) for place in range(5000)]
    result = {
        "build": build,
        "bytes": stored / size,
        "batch": len(queries) / spent[1],
        "p50": float(np.median(single)) * 1e6,
        "p99": float(np.percentile(single, 99)) * 1e6,
        "right": found == len(queries) // 2,
    }
    print(json.dumps(result))


def _seconds(ask: Ask, queries: U8) -> float:
    started = time.process_time()
    ask(queries)
    return time.process_time() - started


def _batches(algorithm: str, size: int) -> Iterator[tuple[U8, NDArray[np.int64]]]:
    """Random digests, a million at a time, the same each time."""
    for first in range(0, size, _BATCH):
        rng = np.random.default_rng(first)
        digests = rng.integers(0, 256, (_BATCH, WIDTHS[algorithm]), dtype=np.uint8)
        yield digests, np.arange(first, first + _BATCH, dtype=np.int64)


def _queries(algorithm: str, size: int) -> U8:
    """A million shuffled digests, of which every other one is in the set."""
    rng = np.random.default_rng(size + 1)
    queries = rng.integers(0, 256, (_BATCH, WIDTHS[algorithm]), dtype=np.uint8)
    stored = np.concatenate([digests[:: size // _BATCH * 2] for digests, _ in _batches(algorithm, size)])
    queries[::2] = rng.permutation(stored)[: _BATCH // 2]
    return queries


def _ours(folder: Path, algorithm: str, size: int) -> tuple[Ask, int]:
    path = folder / "index"
    DigestIndex.write(path, algorithm, _batches(algorithm, size))
    index = DigestIndex.open(path, algorithm)
    return (lambda queries: index.find(queries).id.size), path.stat().st_size


def _dictionary(_folder: Path, algorithm: str, size: int) -> tuple[Ask, int]:
    width = WIDTHS[algorithm]
    known: dict[bytes, int] = {}
    for digests, ids in _batches(algorithm, size):
        known.update(zip(_split(digests, width), ids.tolist(), strict=True))
    taken = sys.getsizeof(known) + size * (sys.getsizeof(bytes(width)) + sys.getsizeof(1 << 20))
    return (lambda queries: sum(digest in known for digest in _split(queries, width))), taken


def _sqlite(folder: Path, algorithm: str, size: int) -> tuple[Ask, int]:
    width = WIDTHS[algorithm]
    path = folder / "index.sqlite"
    base = sqlite3.connect(path)
    base.execute("PRAGMA cache_size = -1000000")
    base.execute("CREATE TABLE hash (digest BLOB PRIMARY KEY, id INTEGER) WITHOUT ROWID")
    for digests, ids in _batches(algorithm, size):
        base.executemany("INSERT INTO hash VALUES (?, ?)", zip(_split(digests, width), ids.tolist(), strict=True))
    base.commit()

    def ask(queries: U8) -> int:
        query = "SELECT id FROM hash WHERE digest = ?"
        return sum(base.execute(query, (digest,)).fetchone() is not None for digest in _split(queries, width))

    return ask, path.stat().st_size


def _searchsorted(folder: Path, algorithm: str, size: int) -> tuple[Ask, int]:
    width = WIDTHS[algorithm]
    kind = np.dtype(f"S{width}")  # compares as bytes; a digest that ends in zeros is none the worse for it here
    everything = np.concatenate([digests for digests, _ in _batches(algorithm, size)]).view(kind).reshape(-1)
    everything.sort()
    everything.tofile(folder / "sorted")
    known = np.memmap(folder / "sorted", kind, "r")

    def ask(queries: U8) -> int:
        wanted = queries.view(kind).reshape(-1)
        at = np.searchsorted(known, wanted).clip(max=size - 1)
        return int((known[at] == wanted).sum())

    return ask, (width + 8) * size


def _split(digests: U8, width: int) -> list[bytes]:
    data = digests.tobytes()
    return [data[at : at + width] for at in range(0, len(data), width)]


WAYS: dict[str, Callable[[Path, str, int], tuple[Ask, int]]] = {
    "kavalan": _ours,
    "Python dictionary": _dictionary,
    "sqlite3": _sqlite,
    "numpy searchsorted, mapped": _searchsorted,
}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        _measure(sys.argv[2], sys.argv[3])
    else:
        main()
