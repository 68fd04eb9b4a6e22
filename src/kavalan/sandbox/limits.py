"""What one worker and one item may use."""

from __future__ import annotations

import msgspec

MIB = 1 << 20


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds on a worker and on each item it is given. Every bound is in force on every kernel.

    Attributes:
        memory: bytes of writable memory of a worker, libraries included (`RLIMIT_DATA`; see docs/sandbox.md for why not
            `RLIMIT_AS`). numpy, Pillow and PyAV together begin at about 120 MiB.
        cpu_seconds: processor seconds, on all threads, until the answer ends or its next record comes; the kernel
            counts in whole seconds, so up to one more. A long item earns its time by records, whose number is bounded.
        wall_seconds: seconds from handing an item over, or from its last record, until the worker is killed.
        open_files: descriptors a worker may hold, its own four or five included.
        written_bytes: how far a worker may write a file (`RLIMIT_FSIZE`); it is given none to write, so none.
        records: records that one item may yield.
        answer_bytes: encoded bytes of all records of one item together; of a stream, whose records are taken as they
            come, the bytes of its content.
        items: how many items a worker is given before it is replaced; the reach of a worker that one item subverted.
    """

    memory: int = 1024 * MIB
    cpu_seconds: float = 60.0
    wall_seconds: float = 120.0
    open_files: int = 64
    written_bytes: int = 0
    records: int = 100_000
    answer_bytes: int = 8 * MIB
    items: int = 10_000
