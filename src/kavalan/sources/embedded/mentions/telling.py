"""The words and units that the readers of known databases share."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import TypeAlias

from kavalan.sources.archive.records import NAME_BYTES, Told
from kavalan.sources.embedded.database import Value
from kavalan.sources.trace import Act, Trace

Telling: TypeAlias = "Iterator[Told | None]"
"""What is told; None from time to time, so that whoever asks can say that it goes on."""

_APPLE = 978_307_200  # 2001-01-01
_WEBKIT = -11_644_473_600  # 1601-01-01
_LATEST = 4_102_444_800  # 2100-01-01
# Where Android shows its shared storage; on a device's own file system the same files lie elsewhere.
_SHARED = re.compile(r"(?:storage/emulated/\d+|storage/[0-9A-F]{4}-[0-9A-F]{4}|sdcard|mnt/sdcard)/")
_DRIVE = re.compile(r"[A-Za-z]:/")


def subject_of(path: Value) -> bytes | None:
    """The end of a path as `Mention.subject` has it; None where it is no path of a file.

    What precedes the folder that every extraction shows is left out: the drive, or the volume of Android's storage.
    """
    if not isinstance(path, str) or "://" in path or "\0" in path:
        return None
    if _DRIVE.match(path.replace("\\", "/")) or path.startswith("\\\\"):
        path = path.replace("\\", "/")[2:]
    plain = path.lstrip("/")
    shared = _SHARED.match(plain)
    subject = (plain[shared.end() :] if shared else plain).encode("utf-8", "surrogateescape")
    return subject if 0 < len(subject) <= NAME_BYTES and not subject.endswith(b"/") else None


def told(subject: bytes, act: Act, evidence: str, at: int | None = None, count: int | None = None) -> Told:
    """One record of use.

    Args:
        subject: of `subject_of`.
        act: what happened.
        evidence: file, table, field, and what it says.
        at: microseconds from 1970.
        count: how often.
    """
    return Told(subject, Trace(act, evidence[:400], at, count))


def counted(value: Value) -> int:
    """A count; 0 where there is none."""
    return value if isinstance(value, int) and 0 < value < 1 << 31 else 0


def unix_time(value: Value, unit: int = 1) -> int | None:
    """Microseconds from 1970 of a time from 1970 in so many parts of a second."""
    return _moment(value, unit, 0)


def apple_time(value: Value) -> int | None:
    """The same of seconds from 2001, as Core Data keeps them."""
    return _moment(value, 1, _APPLE)


def webkit_time(value: Value) -> int | None:
    """The same of microseconds from 1601, as Chrome keeps them."""
    return _moment(value, 1_000_000, _WEBKIT)


def _moment(value: Value, unit: int, origin: int) -> int | None:
    """None for what lies outside the years 1970 to 2100: it is no time, or none that anything happened."""
    if not isinstance(value, int | float) or not math.isfinite(value):
        return None
    moment = value * 1_000_000 // unit + origin * 1_000_000
    return int(moment) if 0 < moment < _LATEST * 1_000_000 else None
