"""Whole videos, made here. The oracle for hashes is `pdqhash` on PyAV's RGB frames, the way the `vpdq` program goes."""

from __future__ import annotations

import io
import struct

import av
import numpy as np
import pytest
from av.stream import Disposition
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.clips import clip, faststart, pictures, sound
from tests.pictures import write_clip

from kavalan.fingerprint.video import VideoHashes, hash_video, hash_video_in_steps, hashing
from kavalan.fingerprint.video.hashing import _open

CONTAINERS = [
    ("mp4", "libx264"),
    ("mov", "libx264"),
    ("matroska", "libx264"),
    ("matroska", "mpeg4"),
    ("webm", "libvpx-vp9"),
    ("avi", "mpeg4"),
    ("mpegts", "mpeg2video"),
    ("vob", "mpeg2video"),
    ("flv", "flv"),
    ("asf", "msmpeg4"),
    ("3gp", "mpeg4"),
    ("ivf", "libvpx-vp9"),
    ("mxf", "mpeg2video"),
    ("yuv4mpegpipe", "rawvideo"),
    ("h264", "libx264"),
]
SMALL = {container: clip(container, seconds=1, size=(64, 48)) for container in ("matroska", "mp4")}


def hashed(content: bytes, **options) -> VideoHashes:
    return hash_video(io.BytesIO(content), **options)


def times(found: VideoHashes) -> list[float]:
    return [round(frame.time, 3) for frame in found.frames]


def bits_apart(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count()


def damaged(content: bytes, at: float, length: int = 1500) -> bytes:
    start = int(len(content) * at)
    noise = np.random.default_rng(3).bytes(length)
    return content[:start] + noise + content[start + length :]


@pytest.mark.parametrize(("container", "codec"), CONTAINERS)
def test_a_frame_a_second_of_every_container(container, codec):
    found = hashed(clip(container, codec, seconds=3, rate=25, size=(128, 96)))
    assert found.error is None
    assert times(found) == [0, 1, 2]
    assert found.numbers == (0, 25, 50)
    assert (found.width, found.height) == (128, 96)
    assert found.duration == pytest.approx(3, abs=0.1)


def test_hashes_are_those_of_pdqhash_on_rgb_frames():
    pdqhash = pytest.importorskip("pdqhash", reason="the oracle")
    content = clip(seconds=4, size=(320, 240))
    with av.open(io.BytesIO(content)) as source:
        expected = [pdqhash.compute(frame.to_ndarray(format="rgb24")) for frame in source.decode(video=0)]
    found = hashed(content, interval=0)
    assert len(found.frames) == len(expected) == 40
    for frame, (bits, quality) in zip(found.frames, expected, strict=True):
        assert bits_apart(frame.pdq, np.packbits(bits).tobytes()) <= 10
        assert abs(frame.quality - quality) <= 2


def test_interval_is_a_choice():
    content = clip(seconds=2)
    assert times(hashed(content, interval=0.5)) == [0, 0.5, 1, 1.5]
    assert len(hashed(content, interval=0).frames) == 20
    assert times(hashed(content, interval=60)) == [0]


@pytest.mark.parametrize("options", [{"interval": -1}, {"max_frames": 0}])
def test_senseless_options_are_refused(options):
    with pytest.raises(ValueError, match="must"):
        hashed(b"", **options)


def test_keyframes_alone_are_a_subset_of_all_frames():
    content = clip("mp4", seconds=4)
    everything = {frame.time: frame for frame in hashed(content, interval=0).frames}
    found = hashed(content, keyframes=True)
    assert times(found) == [0, 1, 2, 3]
    assert found.numbers == (0, 10, 20, 30)
    assert all(everything[frame.time] == frame for frame in found.frames)
    assert found.error is None


def test_varying_frame_rate_is_sampled_by_time():
    content = clip(stamp=lambda number: number if number < 10 else 10 + 7 * (number - 10))
    assert times(hashed(content))[:4] == [0, 1, 2.4, 3.1]


def test_time_counts_from_the_first_frame_whatever_its_stamp():
    assert times(hashed(clip("mp4", stamp=lambda number: number - 25))) == [0, 1, 2]
    assert times(hashed(clip(stamp=lambda number: number + 300))) == [0, 1, 2]


def test_stamps_that_start_again_do_not_end_the_sampling():
    once = clip("mpegts", "mpeg2video", rate=25, seconds=2)
    assert times(hashed(once + once)) == [0, 1, 2, 3]


def test_frames_that_an_edit_list_hides_are_hashed():
    whole = clip("mp4")
    hidden = bytearray(whole)
    at = hidden.index(b"elst") + 12  # ISO/IEC 14496-12, 8.6.6: segment duration, media time
    struct.pack_into(">Ii", hidden, at, 500, 2 * struct.unpack_from(">I", whole, whole.index(b"mdhd") + 16)[0])
    with av.open(io.BytesIO(bytes(hidden))) as source:
        assert sum(1 for _ in source.decode(video=0)) < 10, "a player shows half a second"
    assert hashed(bytes(hidden)).frames == hashed(whole).frames


def test_a_truncated_mp4_yields_its_beginning_and_says_where_it_ends(tmp_path):
    content = faststart(tmp_path)
    found = hashed(content[: len(content) * 2 // 3])
    assert found.frames == hashed(content).frames[: len(found.frames)]
    assert 1 <= len(found.frames) < 3
    assert "damaged" in found.error
    assert "of 3.0 s" in found.error


def test_a_truncated_matroska_yields_its_beginning_and_says_where_it_ends():
    content = clip()
    found = hashed(content[: len(content) // 2])
    assert times(found)[0] == 0
    assert len(found.frames) < 3
    assert "of 3.0 s" in found.error


def test_an_mp4_without_its_table_of_contents_is_named():
    content = clip("mp4")
    found = hashed(content[: content.index(b"moov")])
    assert found.frames == ()
    assert found.error


@pytest.mark.parametrize("container", ["mp4", "matroska"])
def test_damage_in_the_middle_costs_the_damaged_part_alone(container):
    content = clip(container, seconds=6)
    found = hashed(damaged(content, 0.5))
    whole = hashed(content).frames
    assert "damaged" in found.error
    assert found.frames[0] == whole[0]
    assert found.frames[-1].time >= 5


def test_sound_alone_is_no_video():
    for content in (sound("mp4"), sound("matroska")):
        found = hashed(content)
        assert (found.frames, found.error) == ((), "no video stream, only sound")


def test_a_cover_picture_is_no_video():
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as target:
        audio = target.add_stream("aac", rate=16_000, layout="mono")
        cover = target.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 64, 64, "yuvj420p"
        cover.disposition = Disposition.attached_pic
        frame = av.VideoFrame.from_ndarray(next(pictures(1, (64, 64))), format="rgb24").reformat(format="yuvj420p")
        frame.pts = 0
        target.mux(cover.encode(frame) + cover.encode())
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        silence.sample_rate, silence.pts = 16_000, 0
        target.mux(audio.encode(silence) + audio.encode())
    assert hashed(out.getvalue()).error == "no video stream, only sound"


def test_a_second_video_stream_is_hashed_too():
    out = io.BytesIO()
    with av.open(out, "w", format="matroska") as target:
        streams = [target.add_stream("mpeg4", rate=10) for _ in range(2)]
        for stream in streams:
            stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        for number, picture in enumerate(pictures(20)):
            for stream, seen in zip(streams, (picture, np.ascontiguousarray(picture[:, ::-1])), strict=True):
                frame = av.VideoFrame.from_ndarray(seen, format="rgb24").reformat(format="yuv420p")
                frame.pts = number
                target.mux(stream.encode(frame))
        for stream in streams:
            target.mux(stream.encode())
    found = hashed(out.getvalue())
    assert times(found) == [0, 0, 1, 1]
    assert found.frames[0].pdq != found.frames[1].pdq


def test_video_after_sound_is_read_to_its_last_frame():
    out = io.BytesIO()
    with av.open(out, "w", format="matroska") as target:
        audio = target.add_stream("aac", rate=16_000, layout="mono")
        video = target.add_stream("libx264", rate=10, options={"x264-params": "log-level=none"})
        video.width, video.height, video.pix_fmt = 160, 120, "yuv420p"
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        silence.sample_rate, silence.pts = 16_000, 0
        target.mux(audio.encode(silence) + audio.encode())
        for number, picture in enumerate(pictures(21)):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format="yuv420p")
            frame.pts = number
            target.mux(video.encode(frame))
        target.mux(video.encode())
    found = hashed(out.getvalue())
    assert times(found) == [0, 1, 2]
    assert found.error is None


def test_one_frame_is_a_video():
    found = hashed(clip(seconds=0.1))
    assert times(found) == [0]
    assert found.error is None


def test_odd_sizes_and_ten_bits_are_read():
    for content in (clip(codec="ffv1", size=(161, 123)), clip(pixels="yuv420p10le"), clip(pixels="yuvj420p")):
        found = hashed(content)
        assert (len(found.frames), found.error) == (3, None)
        assert all(frame.quality > 50 for frame in found.frames)


def test_a_frame_too_small_to_hash_is_kept_with_quality_zero():
    found = hashed(clip(codec="ffv1", size=(4, 4), seconds=1))
    assert [(frame.pdq, frame.quality) for frame in found.frames] == [(bytes(32), 0)]


def test_too_many_pixels_are_refused_before_decoding():
    found = hashed(clip("mp4"), max_pixels=160 * 120 - 1)
    assert found.frames == ()
    assert "160 × 120" in found.error
    assert (found.width, found.height) == (160, 120)


def test_sampled_frames_are_bounded_and_the_cut_is_named():
    found = hashed(clip(), interval=0, max_frames=7)
    assert len(found.frames) == 7
    assert "stopped after 7" in found.error


@pytest.mark.parametrize("content", [b"", b"green hills\n", b"\x89PNG\r\n\x1a\n", bytes(5000)])
def test_what_is_no_video_is_named_by_its_kind(content):
    found = hashed(content)
    assert found.frames == ()
    assert found.error.endswith("is not a video")


@pytest.fixture
def elsewhere(tmp_path):
    """A video that only a play list would lead to."""
    path = tmp_path / "elsewhere.ts"
    path.write_bytes(clip("mpegts", "mpeg2video", rate=25, seconds=1))
    return path


@pytest.mark.parametrize("demuxer", ["hls", "concat"])
def test_a_play_list_leads_to_no_other_file(demuxer, elsewhere):
    lists = {
        "hls": f"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{elsewhere}\n#EXT-X-ENDLIST\n",
        "concat": f"ffconcat version 1.0\nfile '{elsewhere}'\n",
    }
    content = lists[demuxer].encode()
    assert hashed(content).error.endswith("is not a video")
    with pytest.raises(av.FFmpegError):  # and if it were taken for one, libav may still open nothing
        _open(io.BytesIO(content), demuxer, 10**6)


def test_the_play_lists_would_have_led_there_otherwise(elsewhere):
    content = f"ffconcat version 1.0\nfile '{elsewhere}'\n".encode()
    with av.open(io.BytesIO(content), format="concat", options={"safe": "0"}) as source:
        assert sum(1 for _ in source.decode(video=0)) == 25


def test_a_stream_that_breaks_off_is_an_error_and_no_exception():
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 8000:
                raise OSError("the disk does not answer")
            return super().read(size)

    found = hash_video(Broken(clip(size=(320, 240))))
    assert found.error


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 6000), noise=st.binary(max_size=200), cut=st.integers(0, 6000))
@pytest.mark.parametrize("container", ["matroska", "mp4"])
def test_no_damage_raises(container, at, noise, cut):
    content = SMALL[container]
    found = hashed(content[:at] + noise + content[at + len(noise) : len(content) - cut])
    assert found.frames or found.error


def test_steps_bring_every_frame_ahead_of_the_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(hashing, "_STEP", 0.0)
    with write_clip(tmp_path / "clip.mp4", seconds=4).open("rb") as stream:
        steps = hash_video_in_steps(stream)
        ahead = []
        while True:
            try:
                ahead.extend(next(steps))
            except StopIteration as end:
                whole = end.value
                break
    assert len(whole.frames) == 4
    assert tuple(ahead) == whole.frames[: len(ahead)]
    assert len(ahead) >= 3
