"""What is asked of a decoder in the sandbox, and what it answers."""

from __future__ import annotations

import msgspec

from kavalan.fingerprint.record import Frame


class Request(msgspec.Struct, frozen=True):
    """What a decoder is told of a file.

    Attributes:
        kind: media type by content.
        orient: turn a picture as its EXIF asks.
        rotations: hash all eight rotations and flips of a picture.
        interval: seconds between sampled frames of a video.
        exact: decode a picture in full and in colour, as the reference does.
    """

    kind: str
    orient: bool
    rotations: bool
    interval: float
    exact: bool


class Decoded(msgspec.Struct, frozen=True):
    """What a decoder found; the fields are those of `Fingerprint`."""

    pdq: bytes | None = None
    pdq_quality: int | None = None
    orientation: str | None = None
    rotations: tuple[bytes, ...] | None = None
    frames: tuple[Frame, ...] | None = None
    error: str | None = None
