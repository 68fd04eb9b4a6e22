"""Range search over 256-bit hashes within 31 bits, one core, beside FAISS and the default index of `threatexchange`.

Run: `python -m benchmarks.hamming [--full]`. Each way has a process of its own, pinned to one core, so that its memory
can be told; times are processor time, Python calls included. Half the queries are unrelated to the set, half are stored
hashes with 0 to 31 bits turned. Recall is counted against an exact scan. `--full` adds `threatexchange` at 10 million
hashes (three minutes, 9 GB) and ours at 100 million (16 GB).
"""

from __future__ import annotations

import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kavalan.matching import HammingIndex, warm
from kavalan.matching.kernels import kernel, prefetch, signed
from kavalan.matching.probe import distance
from kavalan.matching.store import frozen

RADIUS = 31
U8 = NDArray[np.uint8]
Single = Callable[[U8], int]
Measured = dict[str, Any]

QUICK = [
    ("1M random", ["kavalan", "kavalan, mapped", "threatexchange", "faiss MultiHash 16x16", "faiss Flat"]),
    ("1M random", ["faiss Hash 24,3 (not exact)", "limit: read every hash", "limit: as many cache lines"]),
    ("1M crowd", ["kavalan"]),
    ("1M copies", ["kavalan"]),
    ("10M random", ["kavalan", "faiss Flat", "limit: as many cache lines"]),
]
FULL = [
    ("1M zeros", ["kavalan"]),
    ("10M random", ["kavalan, mapped"]),
    ("10M crowd", ["kavalan"]),
    ("10M random", ["kavalan", "threatexchange", "faiss MultiHash 16x16"]),
    ("100M random", ["kavalan"]),
]
NEEDS = {"threatexchange": ("threatexchange", "faiss"), "faiss": ("faiss",)}
_PART = 1 << 24
SHELLS = (0, 20, 26, 32, 36, 40)
"""How far from a crowd's centre it is asked about."""


def rows(plan: list[tuple[str, list[str]]]) -> list[Measured]:
    """One row for each set and way; a peer that is not installed has a row that says so."""
    return [_measured(name, way) for name, ways in plan for way in ways]


def main() -> None:
    """Print the table."""
    warm()
    print(f"radius {RADIUS}, one core, processor time; MB: what the index adds to the process, or its file mapped")
    print(f"{'set':11} {'way':29} {'build s':>8} {'MB':>7} {'p50 ms':>8} {'p99 ms':>8} {'batch/s':>9} {'recall':>7}")
    for row in rows(FULL if "--full" in sys.argv else QUICK):
        print(f"{row['set']:11} {row['way']:29} ", end="")
        if "missing" in row:
            print(row["missing"])
            continue
        print(f"{row['build']:8.1f} {row['mb']:7.0f} {row['p50']:8.4f} {row['p99']:8.4f} ", end="")
        print(f"{row['batch']:9.0f} " if row["batch"] else f"{'-':>9} ", end="")
        print(f"{row['recall']:7.4f}" if row["recall"] is not None else f"{'-':>7}", flush=True)
        for shell, (milliseconds, matches) in row["shells"].items():
            print(f"{'':11}   {shell:>2} bits from the centre: {milliseconds:.3f} ms, {matches} matches")


def _measured(name: str, way: str) -> Measured:
    row: Measured = {"set": name, "way": way}
    lacking = [package for package in _needs(way) if importlib.util.find_spec(package) is None]
    if lacking:
        return row | {"missing": f"{', '.join(lacking)} not installed"}
    command = [sys.executable, "-m", "benchmarks.hamming", "--measure", name, way]
    done = subprocess.run(command, check=True, capture_output=True, env=os.environ | {"OMP_NUM_THREADS": "1"})
    measured: Measured = json.loads(done.stdout)
    return row | measured


def _needs(way: str) -> tuple[str, ...]:
    return next((packages for prefix, packages in NEEDS.items() if way.startswith(prefix)), ())


def _measure(name: str, way: str) -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    if way.startswith("kavalan"):
        warm()
    rng = np.random.default_rng(0)
    hashes, centre = _make_set(name, rng)
    queries = _make_queries(hashes, 2000, rng)
    before, started = _resident(), time.process_time()
    single, batch = WAYS[way](hashes)
    build, grown = time.process_time() - started, _resident() - before
    times = _times(single, queries)
    result = {
        "build": build,
        "mb": grown / 1e6,
        "p50": float(np.median(times)) * 1e3,
        "p99": float(np.percentile(times, 99)) * 1e3,
        "batch": _rate(batch, hashes, rng) if batch else None,
        "recall": None if way.startswith("limit") else _recall(single, hashes, queries[:64]),
        "shells": _shells(single, centre, rng) if centre is not None else {},
    }
    print(json.dumps(result))


def _make_set(name: str, rng: np.random.Generator) -> tuple[U8, U8 | None]:
    """Random hashes, of which some are made alike, and what they are made like."""
    size, kind = name.split(" ")
    hashes = rng.integers(0, 256, (int(size[:-1]) * 1_000_000, 32), dtype=np.uint8)
    centre = hashes[0].copy()
    if kind == "crowd":  # one in a hundred within 8 bits of a centre
        hashes[: len(hashes) // 100] = _turned(np.repeat(centre[None], len(hashes) // 100, axis=0), 8, rng)
    elif kind == "copies":
        hashes[:10_000] = centre
    elif kind == "zeros":
        centre[:] = 0
        hashes[:10_000] = 0
    return hashes, None if kind == "random" else centre


def _turned(hashes: U8, bits: int, rng: np.random.Generator) -> U8:
    """Each hash with up to so many random bits turned."""
    turned = hashes.copy()
    for _ in range(bits):
        at = rng.integers(0, 256, len(hashes))
        turned[np.arange(len(hashes)), at >> 3] ^= (rng.integers(0, 2, len(hashes)) << (at & 7)).astype(np.uint8)
    return turned


def _exactly_turned(hash_: U8, bits: int, rng: np.random.Generator) -> U8:
    pattern = np.zeros(256, np.uint8)
    pattern[rng.choice(256, bits, replace=False)] = 1
    return np.asarray(hash_ ^ np.packbits(pattern))


def _make_queries(hashes: U8, amount: int, rng: np.random.Generator) -> U8:
    queries = rng.integers(0, 256, (amount, 32), dtype=np.uint8)
    for place in range(0, amount, 2):
        queries[place] = _exactly_turned(hashes[rng.integers(0, len(hashes))], place // 2 % 32, rng)
    return queries


def _times(single: Single, queries: U8) -> list[float]:
    """Seconds for each query, for as many as half a minute allows."""
    for query in queries[:3]:
        single(query[None])
    times: list[float] = []
    for query in queries:
        started = time.process_time()
        single(query[None])
        times.append(time.process_time() - started)
        if sum(times) > 20:
            break
    return times


def _rate(batch: Callable[[U8], int], hashes: U8, rng: np.random.Generator) -> float:
    queries = _make_queries(hashes, 10_000, rng)
    started = time.process_time()
    batch(queries[:100])
    amount = 10_000 if time.process_time() - started < 0.5 else 200
    spent = []
    for _ in range(3):
        started = time.process_time()
        batch(queries[:amount])
        spent.append(time.process_time() - started)
    return amount / sorted(spent)[1]


def _recall(single: Single, hashes: U8, queries: U8) -> float:
    """Matches found of those there are; more than one would say that matches were invented."""
    words, there = hashes.view(np.uint64), 0
    for query in queries.view(np.uint64):
        for first in range(0, len(words), 1_000_000):
            apart = np.bitwise_count(words[first : first + 1_000_000] ^ query).sum(axis=1, dtype=np.uint16)
            there += int((apart <= RADIUS).sum())
    return sum(single(query[None]) for query in queries) / there


def _shells(single: Single, centre: U8, rng: np.random.Generator) -> dict[int, tuple[float, int]]:
    shells = {}
    for bits in SHELLS:
        queries = np.array([_exactly_turned(centre, bits, rng) for _ in range(20)])
        matches = int(np.median([single(query[None]) for query in queries]))
        shells[bits] = (float(np.median(_times(single, queries))) * 1e3, matches)
    return shells


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def _ids(hashes: U8) -> NDArray[np.int64]:
    return np.arange(len(hashes), dtype=np.int64)


def _ours(hashes: U8) -> tuple[Single, Single]:
    ids = _ids(hashes)
    index = HammingIndex.build(hashes[:_PART], ids[:_PART])
    for first in range(_PART, len(hashes), _PART):
        index.add(hashes[first : first + _PART], ids[first : first + _PART])
    return _asked(index)


def _ours_mapped(hashes: U8) -> tuple[Single, Single]:
    with tempfile.TemporaryDirectory() as folder:
        HammingIndex.build(hashes, _ids(hashes)).save(Path(folder, "index"))
        return _asked(HammingIndex.open(Path(folder, "index")))


def _asked(index: HammingIndex) -> tuple[Single, Single]:
    def ask(queries: U8) -> int:
        return index.range_search(queries, RADIUS).id.size

    return ask, ask


def _threatexchange(hashes: U8) -> tuple[Single, None]:
    from threatexchange.signal_type.pdq.signal import PdqSignal  # noqa: PLC0415 - a peer that may be missing

    index = PdqSignal.get_index_cls()((row.tobytes().hex(), place) for place, row in enumerate(hashes))
    return (lambda queries: len(index.query(queries[0].tobytes().hex()))), None


def _faiss_multihash(hashes: U8) -> tuple[Single, Single]:
    import faiss  # noqa: PLC0415 - a peer that may be missing

    index = faiss.IndexBinaryMultiHash(256, 16, 16)
    index.nflip = 1
    return _faiss(index, hashes)


def _faiss_flat(hashes: U8) -> tuple[Single, Single]:
    import faiss  # noqa: PLC0415 - a peer that may be missing

    return _faiss(faiss.IndexBinaryFlat(256), hashes)


def _faiss_hash(hashes: U8) -> tuple[Single, Single]:
    import faiss  # noqa: PLC0415 - a peer that may be missing

    index = faiss.IndexBinaryHash(256, 24)
    index.nflip = 3
    return _faiss(index, hashes)


def _faiss(index: Any, hashes: U8) -> tuple[Single, Single]:  # noqa: ANN401 - a package without types
    index.add(hashes)

    def ask(queries: U8) -> int:
        return int(index.range_search(queries, RADIUS + 1)[0][-1])  # FAISS finds what is nearer than its radius

    return ask, ask


def _scan_limit(hashes: U8) -> tuple[Single, None]:
    flat = frozen(hashes.view(np.uint64).reshape(-1))
    return (lambda queries: _near_rows(flat, frozen(queries.view(np.uint64).reshape(-1)))), None


@kernel
def _near_rows(hashes: NDArray[np.uint64], query: NDArray[np.uint64]) -> int:
    near = 0
    for row in range(hashes.size // 4):
        near += distance(hashes, row, query, 0) <= RADIUS
    return near


def _gather_limit(hashes: U8) -> tuple[Single, None]:
    """As many random cache lines as a question touches: a bucket for each probe, three for each candidate."""
    lines = 272 * -(-2 * len(hashes) // 65536 // 64) + 3 * (len(hashes) // 65536)
    memory = np.zeros(8 * len(hashes), np.uint64)
    at = np.random.default_rng(1).integers(0, memory.size, (64, lines))
    turn = iter(range(1 << 30))
    return (lambda _: _gather(memory, at[next(turn) % 64])), None


@kernel
def _gather(memory: NDArray[np.uint64], at: NDArray[np.int64]) -> int:
    for k in range(at.size):
        prefetch(memory, at[k])
    total = 0
    for k in range(at.size):
        total += signed(memory[at[k]])
    return total


WAYS: dict[str, Callable[[U8], tuple[Single, Single | None]]] = {
    "kavalan": _ours,
    "kavalan, mapped": _ours_mapped,
    "threatexchange": _threatexchange,
    "faiss MultiHash 16x16": _faiss_multihash,
    "faiss Flat": _faiss_flat,
    "faiss Hash 24,3 (not exact)": _faiss_hash,
    "limit: read every hash": _scan_limit,
    "limit: as many cache lines": _gather_limit,
}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        _measure(sys.argv[2], sys.argv[3])
    else:
        main()
