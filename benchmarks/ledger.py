"""The ledger: what a verb waits for when eight processes write, and what it takes to read all of it.

Run: `python -m benchmarks.ledger [--full]`: 8 processes × 100 verbs and 50,000 entries, or 8 × 500 and 1 million, in a
workspace of its own on SQLite, or on the empty PostgreSQL that `DATABASE_URL` names.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.together import Part, at_once, begin
from kavalan.casework import workspace
from kavalan.ledger import new_key, open_key, verifier

PROCESSES = 8
QUICK = (100, 50_000)
FULL = (500, 1_000_000)
TARGET_MS, TARGET_S = 50, 20
"""What 95 of 100 verbs may take, and the verification of a million entries."""


def main() -> None:
    """Print what writing and reading take; with `--work FOLDER NAME VERBS` be one of the writers."""
    if sys.argv[1:2] == ["--work"]:
        write(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
        return
    verbs, entries = FULL if "--full" in sys.argv[1:] else QUICK
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "workspace"
        workspace.create_workspace(folder)
        workspace.configure(folder)
        workspace.migrate()
        together(folder, verbs)
        whole(Path(scratch), entries)
    _say("resident at most", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


def write(folder: Path, name: str, verbs: int) -> None:
    """One of the writers: print the seconds that each verb took."""
    workspace.configure(folder)
    from benchmarks.ledger_desk import waits  # noqa: PLC0415 there are no models before Django is set up

    # The first one opens the connection.
    waits(f"{name} first", 1)
    at_once()
    print(json.dumps(waits(name, verbs)))


def together(folder: Path, verbs: int) -> None:
    """Several processes, each doing verbs one after another, as fast as they are answered."""
    from django.db import connection  # noqa: PLC0415 there are no models before Django is set up

    from benchmarks.ledger_desk import commits, found  # noqa: PLC0415
    from kavalan.casework.ledger.selectors import verify_ledger  # noqa: PLC0415

    found()
    before = verify_ledger().entries
    running = [Part("ledger", "--work", str(folder), str(number), str(verbs)) for number in range(PROCESSES)]
    begin(running)
    started = time.perf_counter()
    waits = sorted(wait for part in running for wait in part.result())
    seconds = time.perf_counter() - started
    verdict = verify_ledger()
    assert verdict.holds
    assert verdict.entries == before + PROCESSES * (verbs + 1) == before + PROCESSES + len(waits)
    print(f"{PROCESSES} processes × {verbs} verbs at once: {len(waits)} entries, gapless")
    _say("verbs a second", f"{len(waits) / seconds:8.0f}")
    if connection.vendor == "sqlite":
        _say("limit: commits of one row, one process", f"{commits(folder):8.0f}")
    for share in (50, 95, 99, 100):
        wait = waits[min(len(waits) - 1, len(waits) * share // 100)]
        _say(f"p{share} of a verb", f"{1000 * wait:8.1f} ms{f' (aim: {TARGET_MS})' if share == 95 else ''}")


def whole(scratch: Path, entries: int) -> None:
    """A ledger of many entries: filled, signed, verified here and by the program that stands alone."""
    from benchmarks.ledger_desk import fill, hashed  # noqa: PLC0415 there are no models before Django is set up
    from kavalan.casework.ledger.checkpoints import make_checkpoint  # noqa: PLC0415
    from kavalan.casework.ledger.proofs import export, prove  # noqa: PLC0415
    from kavalan.casework.ledger.verification import look  # noqa: PLC0415

    new_key(scratch / "ledger.pem", b"word")
    key, anchor = open_key(scratch / "ledger.pem", b"word"), scratch / "anchor"
    keys = [key.public]
    print(f"{entries:,} entries")
    _timed("filled, through the triggers", lambda: fill(entries - 100))
    _timed("first checkpoint: all entries", lambda: make_checkpoint(key, keys, anchor, datetime.now(UTC)))
    fill(entries)
    _timed("next checkpoint: a hundred entries", lambda: make_checkpoint(key, keys, anchor, datetime.now(UTC)))
    aim = f" (aim for a million: {TARGET_S})"
    _timed("kavalan ledger verify", lambda: _no_fault(look(anchor, keys, []).faults), aim)
    _timed("limit: SHA-256 of its texts and tree", lambda: hashed(entries))
    _timed("proof of one entry", lambda: prove(entries // 2, keys))
    _timed("export", lambda: export(scratch / "export", keys))
    program = [sys.executable, "-I", "-S", verifier.__file__, str(scratch / "export"), "--key", keys[0].fingerprint]
    _timed("the verifier that stands alone", lambda: subprocess.run(program, check=True, stdout=subprocess.DEVNULL))


def _no_fault(faults: tuple[str, ...]) -> None:
    assert faults == ()


def _timed(name: str, work: Callable[[], object], aim: str = "") -> None:
    started = time.perf_counter()
    work()
    _say(name, f"{time.perf_counter() - started:8.2f} s{aim}")


def _say(name: str, figure: str) -> None:
    print(f"  {name:38} {figure}", flush=True)


if __name__ == "__main__":
    main()
