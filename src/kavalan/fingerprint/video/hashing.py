"""Decode a video once, on one thread, and hash a frame every so often.

Nothing but the given stream is read: the demuxer is chosen from the content and is one that refers to no other file,
and libav may open no protocol. What a damaged file yields is kept together with the reason why there is no more.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, BinaryIO, Final

import av
import msgspec
from av.stream import Disposition

from kavalan.fingerprint.kinds import HEAD_BYTES, kind_of
from kavalan.fingerprint.pdq import pdq_of_luma
from kavalan.fingerprint.record import Frame
from kavalan.fingerprint.video.clock import FrameClock, Sampler
from kavalan.fingerprint.video.luma import luma_of_frame

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from av import VideoFrame
    from av.container import InputContainer
    from av.video.stream import VideoStream

DEMUXERS: Final[dict[str, str]] = {
    "application/mxf": "mxf",
    "application/ogg": "ogg",
    "application/vnd.rn-realmedia": "rm",
    "audio/mp4": "mov",
    "audio/x-m4a": "mov",
    "video/3gpp": "mov",
    "video/3gpp2": "mov",
    "video/h264": "h264",
    "video/h265": "hevc",
    "video/mj2": "mov",
    "video/mp2t": "mpegts",
    "video/mp4": "mov",
    "video/mpeg": "mpeg",
    "video/mpv": "mpegvideo",
    "video/ogg": "ogg",
    "video/quicktime": "mov",
    "video/webm": "matroska",
    "video/x-amv": "avi",
    "video/x-flv": "flv",
    "video/x-ivf": "ivf",
    "video/x-m4v": "mov",
    "video/x-matroska": "matroska",
    "video/x-ms-asf": "asf",
    "video/x-msvideo": "avi",
    "video/x-yuv4mpeg": "yuv4mpegpipe",
}
"""The libavformat demuxer for each kind of video; no play lists (HLS, DASH, concat), which name other files."""

MAX_FRAMES: Final = 36_000
"""Sampled frames kept: ten hours at one a second, 1.5 MB."""

MAX_PIXELS: Final = 8192 * 4352
"""Pixels of a frame that is decoded, 8K; a decoder keeps some twenty of them."""

_MAX_STREAMS: Final = 4
_MAX_DAMAGED: Final = 10_000
_USUAL_RATE: Final = 25
_EARLY: Final = 0.5
_STEP: Final = 5.0  # seconds of processor time
_ATTACHED: Final = Disposition.attached_pic | Disposition.timed_thumbnails
_FAILURES: Final = (av.FFmpegError, OSError, MemoryError)


class VideoHashes(msgspec.Struct, frozen=True):
    """What one video yielded.

    Attributes:
        frames: sampled frames of all its video streams in order of time.
        numbers: for each frame its number in its stream, counted from 0 in order of showing.
        duration: seconds as the file declares them or up to the end of the last decoded frame, whichever is later.
        width: of the first video stream as the file declares it, in pixels as stored; None without one.
        height: likewise.
        error: why there is less than the whole; None when all of it was decoded.
    """

    frames: tuple[Frame, ...] = ()
    numbers: tuple[int, ...] = ()
    duration: float | None = None
    width: int | None = None
    height: int | None = None
    error: str | None = None


def hash_video(
    stream: BinaryIO,
    *,
    interval: float = 1.0,
    keyframes: bool = False,
    max_frames: int = MAX_FRAMES,
    max_pixels: int = MAX_PIXELS,
) -> VideoHashes:
    """Hash the first frame and then one every ``interval`` seconds of presentation time.

    Args:
        stream: the file, seekable, at its beginning.
        interval: seconds between sampled frames; 0 hashes every frame.
        keyframes: decode only frames that stand by themselves, an order of magnitude faster, for a first look; the
            interval still holds, but between two keyframes there is nothing to sample.
        max_frames: sampled frames after which the reading stops with a reason.
        max_pixels: width × height above which nothing is decoded.

    Returns:
        Everything that decodes; a file that is no video, or broken, or without pictures has no frames and an error.

    Raises:
        ValueError: ``interval`` is negative or ``max_frames`` is not positive.
    """
    steps = hash_video_in_steps(
        stream, interval=interval, keyframes=keyframes, max_frames=max_frames, max_pixels=max_pixels
    )
    while True:
        try:
            next(steps)
        except StopIteration as end:
            whole: VideoHashes = end.value
            return whole


def hash_video_in_steps(
    stream: BinaryIO,
    *,
    interval: float = 1.0,
    keyframes: bool = False,
    max_frames: int = MAX_FRAMES,
    max_pixels: int = MAX_PIXELS,
) -> Generator[tuple[Frame, ...], None, VideoHashes]:
    """As `hash_video`, stopping every few seconds of processor time to say that it goes on.

    Yields:
        The frames sampled since the last time, perhaps none: what is left should the rest never come.

    Returns:
        The whole, those frames included.

    Raises:
        ValueError: as `hash_video`.
    """
    if interval < 0 or max_frames < 1:
        refused = f"interval {interval} must not be negative and max_frames {max_frames} must be positive"
        raise ValueError(refused)
    kind = kind_of(stream.read(HEAD_BYTES))
    stream.seek(0)
    if kind not in DEMUXERS:
        return VideoHashes(error=f"{kind} is not a video")
    try:
        with _open(stream, DEMUXERS[kind], max_pixels) as container:
            reading = _Reading(container, interval, max_frames, max_pixels, keyframes=keyframes)
            return (yield from reading.run())
    except _FAILURES as failure:
        return VideoHashes(error=f"cannot be opened: {_reason(failure)}")


def _open(stream: BinaryIO, demuxer: str, max_pixels: int) -> InputContainer:
    options = {
        "format_whitelist": demuxer,
        "protocol_whitelist": "",
        "max_pixels": str(max_pixels),  # libav decodes a little to learn what it has before it, already here
        "ignore_editlist": "1",  # frames that a player skips are in the file all the same
    }
    return av.open(stream, "r", format=demuxer, options=options, metadata_errors="replace")


def _reason(failure: BaseException) -> str:
    return getattr(failure, "strerror", None) or str(failure) or type(failure).__name__


class _Track:
    """One video stream while it is read."""

    def __init__(self, stream: VideoStream, interval: float) -> None:
        rates = (stream.guessed_rate, stream.average_rate, _USUAL_RATE)
        rate = next(rate for rate in rates if rate and rate > 0)
        self.stream = stream
        self.clock = FrameClock(float(1 / rate))
        self.sampler = Sampler(interval)
        self.seen = 0
        self.end = 0.0

    def sample(self, frame: VideoFrame, *, keyframes: bool) -> tuple[Frame, int] | None:
        """The frame's hash and number where it is due."""
        moment = self.clock.tick(frame.time)
        lasts = float(frame.duration * frame.time_base) if frame.duration and frame.time_base else self.clock.step
        self.end = moment + lasts
        number = round(moment / self.clock.step) if keyframes else self.seen
        self.seen += 1
        if not self.sampler.wants(moment):
            return None
        found = pdq_of_luma(luma_of_frame(frame))
        return Frame(time=moment, pdq=found.hash, quality=found.quality), number

    def declared(self) -> float | None:
        """Seconds that the file says this stream lasts."""
        if self.stream.duration and self.stream.time_base:
            return float(self.stream.duration * self.stream.time_base)
        return None


class _Reading:
    """One pass over an open container."""

    def __init__(
        self, container: InputContainer, interval: float, max_frames: int, max_pixels: int, *, keyframes: bool
    ) -> None:
        self._container = container
        self._max_frames = max_frames
        self._keyframes = keyframes
        self._samples: list[tuple[Frame, int]] = []
        self._reasons: list[str] = []
        self._damaged = 0
        self._size: tuple[int, int] | tuple[None, None] = (None, None)
        self._whole = max(container.duration or 0, 0) / av.time_base
        self._tracks = self._usable_tracks(interval, max_pixels)

    def run(self) -> Generator[tuple[Frame, ...], None, VideoHashes]:
        if self._tracks:
            try:
                yield from self._decode()
            except IndexError:  # PyAV 18 looks for it in its list at the end, where it is not
                self._reasons.append("a stream that begins after the others was left out")
            except _FAILURES as failure:
                self._reasons.append(f"reading stopped: {_reason(failure)}")
            self._note_losses()
        return self._result()

    def _usable_tracks(self, interval: float, max_pixels: int) -> dict[int, _Track]:
        """The video streams that will be decoded, by index; a reason for each that will not."""
        streams = [one for one in self._container.streams.video if not one.disposition & _ATTACHED]
        if not streams:
            self._reasons.append("no video stream" + (", only sound" if self._container.streams.audio else ""))
        if len(streams) > _MAX_STREAMS:
            self._reasons.append(f"{len(streams) - _MAX_STREAMS} of {len(streams)} video streams left out")
        tracks = {}
        for stream in streams[:_MAX_STREAMS]:
            refusal = self._refusal(stream, max_pixels)
            if refusal is None:
                tracks[stream.index] = _Track(stream, interval)
            else:
                self._reasons.append(refusal)
        return tracks

    def _refusal(self, stream: VideoStream, max_pixels: int) -> str | None:
        """Open the decoder, or say why not."""
        context = stream.codec_context
        if context is None:
            return "no decoder for the video stream"
        if self._size[0] is None:
            self._size = context.width, context.height
        if context.width * context.height > max_pixels:
            return f"{context.width} × {context.height} pixels are more than {max_pixels}"
        context.thread_count = 1
        context.thread_type = "NONE"
        context.options = {"max_pixels": str(max_pixels)}  # the size may change on the way
        if self._keyframes:
            context.skip_frame = "NONKEY"
        try:
            context.open(strict=False)
        except _FAILURES as failure:
            return f"{context.name} cannot be decoded: {_reason(failure)}"
        return None

    def _decode(self) -> Iterator[tuple[Frame, ...]]:
        told, due = 0, time.process_time() + _STEP
        for packet in self._container.demux(tuple(track.stream for track in self._tracks.values())):
            try:
                frames = packet.decode()
            except av.FFmpegError:
                frames = []
                self._damaged += 1
            for frame in frames:
                self._keep(self._tracks[packet.stream.index], frame)
            if time.process_time() >= due:
                yield tuple(frame for frame, _ in self._samples[told:])
                told, due = len(self._samples), time.process_time() + _STEP
            if len(self._samples) >= self._max_frames:
                self._reasons.append(f"stopped after {self._max_frames} sampled frames")
                return
            if self._damaged > _MAX_DAMAGED:
                self._reasons.append("given up")
                return

    def _keep(self, track: _Track, frame: VideoFrame) -> None:
        self._damaged += frame.is_corrupt
        sample = track.sample(frame, keyframes=self._keyframes)
        if sample is not None:
            self._samples.append(sample)

    def _note_losses(self) -> None:
        if self._damaged:
            self._reasons.append(f"{self._damaged} damaged packets or frames")
        for track in self._tracks.values():
            declared = track.declared() or (self._whole if len(self._container.streams) == 1 else None)
            if not track.seen:
                self._reasons.append("no frame could be decoded")
            elif declared and track.end < declared - max(_EARLY, 2 * track.clock.step) and not self._keyframes:
                self._reasons.append(f"ends at {track.end:.1f} s of {declared:.1f} s")

    def _result(self) -> VideoHashes:
        samples = sorted(self._samples, key=lambda sample: sample[0].time)[: self._max_frames]
        ends = [track.end for track in self._tracks.values() if track.seen]
        if self._whole:
            ends.append(self._whole)
        return VideoHashes(
            frames=tuple(frame for frame, _ in samples),
            numbers=tuple(number for _, number in samples),
            duration=max(ends, default=None),
            width=self._size[0],
            height=self._size[1],
            error="; ".join(self._reasons) or None,
        )
