"""The task that runs in the sandbox: decode one picture or video and answer with its hashes. Only workers import it."""

from __future__ import annotations

from typing import BinaryIO

from kavalan.fingerprint.decoding import Decoded, Request
from kavalan.fingerprint.kinds import is_picture
from kavalan.fingerprint.picture import PICTURE_KINDS, hash_picture
from kavalan.fingerprint.video import hash_video

_ONLY_SOUND = "no video stream, only sound"


def decode(source: BinaryIO, request: Request) -> Decoded:
    """Hash one file; damage is an answer, not an exception."""
    if is_picture(request.kind):
        return _picture(source, request)
    return _video(source, request)


def _picture(source: BinaryIO, request: Request) -> Decoded:
    if request.kind not in PICTURE_KINDS:
        return Decoded(error=f"no decoder for {request.kind}")
    found = hash_picture(source, request.kind, orient=request.orient, dihedral=request.rotations)
    orientation = found.orientation if found.pdq else None
    return Decoded(found.pdq, found.quality, orientation, found.dihedral, error=found.error)


def _video(source: BinaryIO, request: Request) -> Decoded:
    found = hash_video(source, interval=request.interval)
    if found.error == _ONLY_SOUND and not request.kind.startswith("video/"):
        return Decoded()  # a container that may hold pictures, and holds a song
    return Decoded(frames=found.frames, error=found.error)
