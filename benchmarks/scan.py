"""Files and gigabytes an hour of a scan with two workers, by kind of file and for a mix, beside what only hashes.

Run: `python -m benchmarks.scan [--full]`. Files made of Debian's photographs (`benchmarks/mix.py`), read from the page
cache, by the clock. `threatexchange` hashes each tenth file of a kind, in two processes, and its seconds a file are
taken for all of that kind.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.mix import KINDS, mix
from kavalan.fingerprint import Fingerprinter
from kavalan.fingerprint.picture import hash_picture
from kavalan.scan import scan_source
from kavalan.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Callable

TENS = {"quick": 5, "full": 40}
WORKERS = 2
REPEATS = 3
REFERENCE = "threatexchange, two processes"
_ONE_IN = 10
_MEDIA_TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".heic": "image/heic"}


class Set(NamedTuple):
    """Files that are timed together."""

    name: str
    folder: Path

    @property
    def files(self) -> list[Path]:
        """All of them, in a fixed order."""
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(path.stat().st_size for path in self.files)


class Row(NamedTuple):
    """One way on one set: seconds for the whole of it, or why there are none."""

    of: Set
    way: str
    seconds: float | None
    why: str = ""


def rows(*, full: bool = False) -> list[Row]:
    """Every way on every set; a peer that is missing has rows that say so."""
    whole = mix(TENS["full" if full else "quick"])
    kinds = [Set(kind, whole / kind) for kind in KINDS]
    found = []
    with Fingerprinter(workers=WORKERS) as fingerprinter:
        for of in [*kinds, Set("jpeg, both", whole / "jpeg"), Set("the mix", whole)]:
            found += _measured(of, fingerprinter)
    return found + _reference(kinds, whole)


def main() -> None:
    """Print the table."""
    try:
        found = rows(full="--full" in sys.argv[1:])
    except FileNotFoundError as error:
        print(error)
        return
    print(f"{'set':12} {'files':>5} {'MB':>6}  {'way':42} {'files/s':>8} {'GB/h':>8}")
    for of in dict.fromkeys(row.of for row in found):
        for row in (row for row in found if row.of == of):
            _print(row)


def _print(row: Row) -> None:
    count, size = len(row.of.files), row.of.size
    beginning = f"{row.of.name:12} {count:5} {size / 1e6:6.0f}  {row.way:42}"
    if row.seconds is None:
        print(f"{beginning} {row.why}")
    else:
        print(f"{beginning} {count / row.seconds:8.1f} {size / 1e9 / row.seconds * 3600:8.0f} {row.why}")


def _measured(of: Set, fingerprinter: Fingerprinter) -> list[Row]:
    """The best of some passes by the clock; reading comes first, so that all find the files in memory."""
    return [
        Row(of, "limit: cat > /dev/null", _best(lambda: _run(["cat", *map(str, of.files)]))),
        _program(of, ["md5deep", "-r", str(of.folder)], "md5deep"),
        _program(of, ["hashdeep", "-c", "md5,sha1,sha256", "-r", str(of.folder)], "hashdeep, MD5, SHA-1, SHA-256"),
        Row(of, "limit: decoding and PDQ, two processes", _best(lambda: _in_processes("hash", of.files))),
        Row(of, f"kavalan, scan_source, {WORKERS} workers", _best(lambda: _scan(of, fingerprinter))),
    ]


def _program(of: Set, command: list[str], way: str) -> Row:
    if shutil.which(command[0]) is None:
        return Row(of, way, None, f"{command[0]} not installed: apt-get install hashdeep")
    return Row(of, way, _best(lambda: _run(command)))


def _reference(kinds: list[Set], whole: Path) -> list[Row]:
    """Some files of each kind, taken for all of them; the mix is their sum."""
    found = [_reference_of(of) for of in kinds]
    both = [row for row in found if row.of.name.startswith("jpeg")]
    return [*found, _sum(Set("jpeg, both", whole / "jpeg"), both), _sum(Set("the mix", whole), found)]


def _reference_of(of: Set) -> Row:
    if importlib.util.find_spec("threatexchange") is None:
        return Row(of, REFERENCE, None, "threatexchange not installed")
    if of.name == "heic":
        return Row(of, REFERENCE, None, "cannot open them")
    some = of.files[:: max(1, min(_ONE_IN, len(of.files) // WORKERS))]
    spent = _in_processes("reference", some)
    return Row(of, REFERENCE, spent * len(of.files) / len(some), f"from {len(some)} files")


def _sum(of: Set, parts: list[Row]) -> Row:
    timed = [row for row in parts if row.seconds is not None]
    if not timed:
        return Row(of, REFERENCE, None, parts[0].why)
    without = [row.of.name for row in parts if row.seconds is None]
    return Row(
        of, REFERENCE, sum(row.seconds or 0 for row in timed), f"{', '.join(without)} not hashed" * bool(without)
    )


def _best(way: Callable[[], float]) -> float:
    return min(way() for _ in range(REPEATS))


def _scan(of: Set, fingerprinter: Fingerprinter) -> float:
    """Walk, digests, decoding, PDQ and the batch on the disk; the workers have started before."""
    with tempfile.TemporaryDirectory() as out, open_source(of.folder) as source:
        started = time.perf_counter()
        rows = sum(batch.rows for batch in scan_source(source, Path(out, "out"), fingerprinter=fingerprinter))
        seconds = time.perf_counter() - started
    assert rows == len(of.files), f"{rows} rows of {len(of.files)} files"
    return seconds


def _run(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _in_processes(way: str, files: list[Path]) -> float:
    """Seconds from when all processes are ready until the last is done; each takes every other file."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.scan", f"--{way}", *map(str, files[part::WORKERS])],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for part in range(WORKERS)
    ]
    for process in running:
        _heard(process, "ready")
    started = time.perf_counter()
    for process in running:
        assert process.stdin is not None
        process.stdin.close()
    for process in running:
        _heard(process, "done")
    seconds = time.perf_counter() - started
    for process in running:
        process.wait()
    return seconds


def _heard(process: subprocess.Popen[bytes], word: str) -> None:
    assert process.stdout is not None
    line = process.stdout.readline().decode().strip()
    assert line == word, f"a process ended before it was {word}; what it said stands above"


def _child(way: str, files: list[str]) -> None:
    """Say when ready, wait for the word, hash."""
    hashed = _peer() if way == "--reference" else _hash
    print("ready", flush=True)
    sys.stdin.read()
    for name in files:
        hashed(Path(name))
    print("done", flush=True)


def _peer() -> Callable[[Path], object]:
    from threatexchange.signal_type.pdq.signal import PdqSignal  # noqa: PLC0415 - a peer that may be missing

    way: Callable[[Path], object] = PdqSignal.hash_from_file
    return way


def _hash(path: Path) -> None:
    with path.open("rb", buffering=0) as stream:
        assert hash_picture(stream, _MEDIA_TYPES[path.suffix]).pdq


if __name__ == "__main__":
    if sys.argv[1:2] in (["--hash"], ["--reference"]):
        _child(sys.argv[1], sys.argv[2:])
    else:
        main()
