"""Digests outside the sandbox, decoding inside, in one order."""

from __future__ import annotations

import hashlib
import os
import random
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from tests.pictures import landscape, write_clip, write_photo

from kavalan.fingerprint import Fingerprinter, Frame, fingerprint_file
from kavalan.fingerprint import reading as reading_module
from kavalan.fingerprint.decoding import Decoded
from kavalan.sandbox import Failure, Outcome


@dataclass
class Named:
    path: Path
    refusal: str | None = None
    open: object = field(init=False)

    def __post_init__(self):
        self.open = partial(os.open, self.path, os.O_RDONLY)


@pytest.fixture(scope="module")
def fingerprinter():
    with Fingerprinter(workers=2) as entered:
        yield entered


def read(fingerprinter, *paths):
    return list(fingerprinter.read([Named(path) for path in paths]))


def test_digests_are_those_of_hashlib_at_every_size_around_a_chunk(fingerprinter, tmp_path):
    noise = random.Random(5)  # noqa: S311 - bytes to digest
    paths = []
    for size in (0, 1, 4095, 4096, 4097, (1 << 20) - 1, (1 << 20) + 4097):
        path = tmp_path / str(size)
        path.write_bytes(noise.randbytes(size))
        paths.append(path)
    for path, reading in zip(paths, read(fingerprinter, *paths), strict=True):
        content = path.read_bytes()
        found = reading.fingerprint
        assert (found.size, found.md5, found.sha1, found.sha256) == (
            len(content),
            hashlib.md5(content, usedforsecurity=False).digest(),
            hashlib.sha1(content, usedforsecurity=False).digest(),
            hashlib.sha256(content).digest(),
        )


def test_picture_has_the_pdq_of_the_reference(fingerprinter, tmp_path):
    pdqhash = pytest.importorskip("pdqhash", reason="the reference, pdqhash, is not installed")
    import numpy as np

    path = write_photo(tmp_path / "photo.png")
    bits, quality = pdqhash.compute(np.asarray(landscape()))
    (reading,) = read(fingerprinter, path)
    apart = sum(a != b for a, b in zip(_bits(reading.fingerprint.pdq), bits, strict=True))
    assert apart <= 2
    assert abs(reading.fingerprint.pdq_quality - quality) <= 1
    assert (reading.fingerprint.kind, reading.fingerprint.orientation, reading.error) == ("image/png", "stored", None)


def _bits(packed: bytes) -> list[int]:
    number = int.from_bytes(packed, "big")
    return [number >> (255 - place) & 1 for place in range(256)]


def test_video_has_a_frame_a_second(fingerprinter, tmp_path):
    (reading,) = read(fingerprinter, write_clip(tmp_path / "clip.mp4", seconds=3))
    assert [round(frame.time) for frame in reading.fingerprint.frames] == [0, 1, 2]
    assert reading.fingerprint.pdq is None


def test_interval_is_honoured(tmp_path):
    with Fingerprinter(workers=1, interval=0.5) as fingerprinter:
        (reading,) = read(fingerprinter, write_clip(tmp_path / "clip.mp4", seconds=3))
    assert len(reading.fingerprint.frames) == 6


def test_orientation_is_applied_and_named_when_asked_for(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    landscape().save(tmp_path / "turned.jpg", exif=exif, quality=95)
    landscape().transpose(Image.Transpose.ROTATE_270).save(tmp_path / "upright.png")
    with Fingerprinter(workers=1, orient=True) as fingerprinter:
        turned, upright = read(fingerprinter, tmp_path / "turned.jpg", tmp_path / "upright.png")
    assert turned.fingerprint.orientation == "exif 6"
    apart = int.from_bytes(turned.fingerprint.pdq, "big") ^ int.from_bytes(upright.fingerprint.pdq, "big")
    assert apart.bit_count() <= 10


def test_all_eight_rotations_come_when_asked_for(tmp_path):
    with Fingerprinter(workers=1, rotations=True) as fingerprinter:
        (reading,) = read(fingerprinter, write_photo(tmp_path / "photo.png"))
    assert len(set(reading.fingerprint.rotations)) == 8
    assert reading.fingerprint.rotations[0] == reading.fingerprint.pdq


def test_truncated_picture_has_digests_a_pdq_and_the_reason(fingerprinter, tmp_path):
    whole = write_photo(tmp_path / "whole.jpg").read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole[: len(whole) * 2 // 3])
    (reading,) = read(fingerprinter, tmp_path / "cut.jpg")
    assert reading.fingerprint.pdq is not None
    assert reading.error.startswith("truncated")


def test_broken_picture_costs_only_itself(fingerprinter, tmp_path):
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 500)
    before, broken, after = read(
        fingerprinter, write_photo(tmp_path / "a.png"), tmp_path / "broken.png", write_photo(tmp_path / "b.png")
    )
    assert before.error is None
    assert after.error is None
    assert broken.fingerprint.pdq is None
    assert broken.error


def test_file_that_is_gone_is_answered_with_the_reason(fingerprinter, tmp_path):
    (reading,) = read(fingerprinter, tmp_path / "gone")
    assert (reading.fingerprint, reading.error) == (None, "cannot be read: No such file or directory")


def test_refused_item_is_not_opened(fingerprinter, tmp_path):
    item = Named(tmp_path / "gone", refusal="symbolic link, not followed")
    (reading,) = fingerprinter.read([item])
    assert (reading.item, reading.fingerprint, reading.error) == (item, None, "symbolic link, not followed")


def test_readings_come_in_the_order_of_the_items(fingerprinter, tmp_path):
    paths = []
    for number in range(30):
        path = tmp_path / f"{number}.png" if number % 3 else tmp_path / f"{number}.txt"
        if number % 3:
            write_photo(path, 64 + number, 48)
        else:
            path.write_text(str(number))
        paths.append(path)
    assert [reading.item.path for reading in read(fingerprinter, *paths)] == paths


def test_no_descriptor_is_left_behind(fingerprinter, tmp_path):
    paths = [write_photo(tmp_path / f"{number}.jpg", 80, 60) for number in range(20)]
    paths += [write_clip(tmp_path / "clip.mp4", seconds=1), tmp_path / "gone"]
    read(fingerprinter, *paths)
    before = len(list(Path("/proc/self/fd").iterdir()))
    read(fingerprinter, *paths)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_items_are_taken_only_as_they_are_needed(fingerprinter, tmp_path):
    path = tmp_path / "note"
    path.write_text("note")
    taken = []

    def endless():
        while True:
            taken.append(None)
            yield Named(path)

    readings = fingerprinter.read(endless())
    for _ in range(3):
        next(readings)
    readings.close()
    assert len(taken) < 1000


def test_picture_too_large_to_hold_is_read_through_its_descriptor(fingerprinter, tmp_path, monkeypatch):
    monkeypatch.setattr(reading_module, "HELD_BYTES", 1000)
    (reading,) = read(fingerprinter, write_photo(tmp_path / "photo.png"))
    assert reading.fingerprint.pdq is not None
    assert reading.error is None


@pytest.fixture
def decodes(fingerprinter, monkeypatch):
    """Which sources reach the pool."""
    given = []
    real = fingerprinter._pool.map

    def watched(items):
        return real((given.append(source is not None) or source, request) for source, request in items)

    monkeypatch.setattr(fingerprinter._pool, "map", watched)
    return given


def test_equal_contents_are_decoded_once_and_answered_alike(fingerprinter, decodes, tmp_path):
    paths = [write_photo(tmp_path / "a.jpg", 90, 70), write_clip(tmp_path / "b.mp4", seconds=2)]
    alone = [read(fingerprinter, path)[0].fingerprint for path in paths]
    decodes.clear()
    copies = [tmp_path / f"copy {n}" for n in range(6)]
    for n, copy in enumerate(copies):
        copy.write_bytes(paths[n % 2].read_bytes())
        (tmp_path / f"note {n}").write_text(f"note {n}")
    mixed = [path for n, copy in enumerate(copies) for path in (copy, tmp_path / f"note {n}")]
    found = [reading.fingerprint for reading in read(fingerprinter, *mixed) if reading.fingerprint.kind != "text/plain"]
    assert found == alone * 3
    assert sum(decodes) < 6


def test_what_failed_is_tried_again_and_what_did_not_decode_is_said_again(fingerprinter, decodes, tmp_path):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    first, second = read(fingerprinter, broken, broken)
    assert first.error
    assert first.error == second.error
    assert first.fingerprint == second.fingerprint


def test_what_is_known_elsewhere_is_not_decoded(fingerprinter, decodes, tmp_path):
    path = write_photo(tmp_path / "a.jpg", 90, 70)
    known = Decoded(pdq=bytes(32), pdq_quality=7, orientation="stored")
    asked = []

    def ask(sha256):
        asked.append(sha256)
        return known

    (reading,) = fingerprinter.read([Named(path)], ask)
    assert asked == [hashlib.sha256(path.read_bytes()).digest()]
    assert (reading.fingerprint.pdq, reading.fingerprint.pdq_quality) == (bytes(32), 7)
    assert not any(decodes)


def test_video_that_changes_while_it_is_decoded_is_said_to_have_changed(fingerprinter, tmp_path):
    path = write_clip(tmp_path / "clip.mp4", seconds=1)

    def items():
        yield Named(path)
        os.utime(path, (1, 1))  # asked for the next item: the first is digested and on its way
        yield Named(path)

    first, second = fingerprinter.read(items())
    assert first.error == "changed while it was read"
    assert second.error is None


def test_kernel_grants_are_told(fingerprinter):
    assert str(fingerprinter.confinement)


def test_one_file_is_fingerprinted_in_one_call(tmp_path):
    assert fingerprint_file(write_photo(tmp_path / "photo.jpg")).kind == "image/jpeg"


def test_one_call_for_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(OSError, match="gone: cannot be read: No such file"):
        fingerprint_file(tmp_path / "gone")


def test_frames_that_came_before_a_crash_are_kept(fingerprinter, tmp_path, monkeypatch):
    frames = [Frame(float(second), bytes([second]) * 32, 90) for second in range(3)]
    records = (Decoded(frames=tuple(frames[:2])), Decoded(frames=tuple(frames[2:])))
    crash = Outcome(records, Failure("crash", "worker ended by SIGSEGV"))
    monkeypatch.setattr(fingerprinter._pool, "map", lambda items: [crash for _ in items])
    (reading,) = read(fingerprinter, write_clip(tmp_path / "clip.mp4", seconds=1))
    assert reading.fingerprint.frames == tuple(frames)
    assert reading.error == "crash: worker ended by SIGSEGV"
