"""The task that runs in the sandbox: decode one picture or video and answer with its hashes. Only workers import it."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import BinaryIO

from kavalan.fingerprint.decoding import Decoded, Request
from kavalan.fingerprint.kinds import is_picture
from kavalan.fingerprint.picture import PICTURE_KINDS, hash_picture
from kavalan.fingerprint.record import Frame
from kavalan.fingerprint.video import VideoHashes, hash_video_in_steps

_ONLY_SOUND = "no video stream, only sound"


def decode(source: BinaryIO, request: Request) -> Iterator[Decoded]:
    """Hash one file; damage is an answer, not an exception. The last record is the whole answer."""
    if is_picture(request.kind):
        yield _picture(source, request)
    else:
        yield from _video(source, request)


def _picture(source: BinaryIO, request: Request) -> Decoded:
    if request.kind not in PICTURE_KINDS:
        return Decoded(error=f"no decoder for {request.kind}")
    found = hash_picture(source, request.kind, orient=request.orient, dihedral=request.rotations, exact=request.exact)
    orientation = found.orientation if found.pdq else None
    return Decoded(found.pdq, found.quality, orientation, found.dihedral, error=found.error)


def _video(source: BinaryIO, request: Request) -> Generator[Decoded, None, None]:
    found = yield from _shown(hash_video_in_steps(source, interval=request.interval))
    if found.error == _ONLY_SOUND and not request.kind.startswith("video/"):
        yield Decoded()  # a container that may hold pictures, and holds a song
    else:
        yield Decoded(frames=found.frames, error=found.error)


def _shown(steps: Generator[tuple[Frame, ...], None, VideoHashes]) -> Generator[Decoded, None, VideoHashes]:
    """The frames of each step on their way out, so that they are not lost should the decoder crash later."""
    while True:
        try:
            frames = next(steps)
        except StopIteration as end:
            whole: VideoHashes = end.value
            return whole
        yield Decoded(frames=frames)
