"""vPDQ text, as ThreatExchange's `vpdq-hash-video` writes it and its matchers read it.

One frame a line: `frame number,quality,64 hexadecimal digits,seconds with three decimals`. Source:
facebook/ThreatExchange at baefb4e, `vpdq/cpp/vpdq/cpp/io/vpdqio.cpp` (`outputVPDQFeatureToFile`,
`loadHashesFromFileOrDie`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TextIO

import msgspec

from kavalan.fingerprint.record import Frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MAX_LINE: Final = 256
"""Characters; the longest line that the program can write has 100."""

_LINE: Final = re.compile(r"(\d{1,18}),(\d{1,3}),([0-9a-fA-F]{64}),(\d{1,12}(?:\.\d{1,12})?)", re.ASCII)


class VpdqError(ValueError):
    """A line that is not vPDQ text; the message names the line and what it should look like."""


class VpdqFrame(msgspec.Struct, frozen=True):
    """One line: a hashed frame and its number in the video, from 0."""

    number: int
    frame: Frame


def read_vpdq(text: TextIO) -> Iterator[VpdqFrame]:
    """The frames of vPDQ text, one at a time, in the order of the file.

    Blank lines are skipped. Signed, infinite or exponential numbers, which the program never writes, are refused.

    Raises:
        VpdqError: at the first line that is something else, with its number.
    """
    number = 0
    while line := text.readline(_MAX_LINE):
        number += 1
        if line.strip():
            yield _parse(line, number)


def _parse(line: str, number: int) -> VpdqFrame:
    match = _LINE.fullmatch(line.strip())
    if match is None:
        found = ascii(line.strip()[:80])
        wrong = f"line {number}: expected frame number,quality,64 hex digits,seconds but found {found}"
        raise VpdqError(wrong)
    if int(match[2]) > 100:
        wrong = f"line {number}: quality {match[2]} is above 100"
        raise VpdqError(wrong)
    frame = Frame(time=float(match[4]), pdq=bytes.fromhex(match[3]), quality=int(match[2]))
    return VpdqFrame(number=int(match[1]), frame=frame)


def write_vpdq(frames: Iterable[VpdqFrame], text: TextIO) -> None:
    """Write one line a frame; times are rounded to milliseconds, as the program does."""
    text.writelines(f"{one.number},{one.frame.quality},{one.frame.pdq.hex()},{one.frame.time:.3f}\n" for one in frames)
