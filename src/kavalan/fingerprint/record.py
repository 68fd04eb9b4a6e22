"""What a file is, by fingerprint: the records that leave the sandbox and travel through the house."""

from __future__ import annotations

import msgspec

MATCHABLE_QUALITY = 50
"""PDQ quality below which a hash is stored but never matched: flat pictures lie close to one another. The threshold of
PDQ's authors, also for the frames of a video."""

DIHEDRAL = (
    "original",
    "rotate90",
    "rotate180",
    "rotate270",
    "flipx",
    "flipy",
    "flipplus1",
    "flipminus1",
)
"""The order in which `pdqhash.compute_dihedral` and ThreatExchange list them.

Rotations are counter-clockwise; flipx turns a picture upside down, flipy mirrors it left to right, flipplus1 transposes
it, flipminus1 transposes it along the other diagonal."""


class Frame(msgspec.Struct, frozen=True):
    """The PDQ of one sampled video frame.

    Attributes:
        time: seconds from the start of the video.
        pdq: 32 bytes, most significant bit first, as `pdqhash` prints them.
        quality: 0-100; below 50 a frame is stored but never matched.
    """

    time: float
    pdq: bytes
    quality: int


class Fingerprint(msgspec.Struct, frozen=True):
    """One file, read once.

    Attributes:
        kind: media type told by the content, never by the name; `application/octet-stream` when unknown.
        size: bytes read.
        md5: 16 bytes.
        sha1: 20 bytes.
        sha256: 32 bytes.
        pdq: 32 bytes, or None where the file is not a picture or nothing of it decodes.
        pdq_quality: 0-100, None without `pdq`.
        orientation: how the picture was turned before hashing: `stored`, or `exif N` (2-8) when asked for; None without
            `pdq`.
        rotations: the PDQ of all eight rotations and flips where that was asked for, in the order of `DIHEDRAL`.
        frames: sampled frames of a video in order of time; None for everything else.
        error: what could not be read and why; None when all of it was read.
    """

    kind: str
    size: int
    md5: bytes
    sha1: bytes
    sha256: bytes
    pdq: bytes | None = None
    pdq_quality: int | None = None
    orientation: str | None = None
    rotations: tuple[bytes, ...] | None = None
    frames: tuple[Frame, ...] | None = None
    error: str | None = None
