"""Which pictures are looked into, and at what price."""

from __future__ import annotations

import io
import os

import pytest
from PIL import Image
from tests.sources.embedded.pictures import box, directory, heic, jpeg, mp4, samsung, with_segment, xmp

from kavalan.sources.embedded import trailermark
from kavalan.sources.embedded.trailermark import boxes, has_trailer


def asked(content: bytes) -> bool:
    held = os.memfd_create("x")
    try:
        os.write(held, content)
        return has_trailer(held, content[:4096], len(content))
    finally:
        os.close(held)


def mpo() -> bytes:
    held = io.BytesIO()
    Image.linear_gradient("L").save(held, "MPO", save_all=True, append_images=[Image.linear_gradient("L")])
    return held.getvalue()


MARKED = {
    "google": with_segment(jpeg(), 0xE1, xmp(directory(("MotionPhoto", 9, 0)))),
    "google behind much exif": with_segment(
        with_segment(jpeg(), 0xE1, xmp(directory(("MotionPhoto", 9, 0)))), 0xE1, b"Exif\0\0" + bytes(60_000)
    ),
    "google before": with_segment(jpeg(), 0xE1, xmp('GCamera:MicroVideo="1" GCamera:MicroVideoOffset="9"/>')),
    "mpf": mpo(),
    "mpf behind much exif": with_segment(mpo(), 0xE1, b"Exif\0\0" + bytes(60_000)),
    "samsung": jpeg() + samsung((0xA30, b"MotionPhoto_Data", mp4())),
    "heic": heic(box(b"mpvd", mp4())),
    "heic samsung": heic(box(b"sefd", samsung((0xA30, b"MotionPhoto_Data", mp4())))),
}


@pytest.mark.parametrize("name", MARKED)
def test_pictures_with_something_behind_are_told(name):
    assert asked(MARKED[name])


@pytest.mark.parametrize(
    "content",
    [jpeg(), jpeg(exif=60_000), heic(), heic(meta=100), mp4(), b"text", b"\xff\xd8\xff", jpeg() + mp4()],
    ids=["jpeg", "exif", "heic", "small heic", "mp4", "text", "short", "unmarked"],
)
def test_others_are_not(content):
    assert not asked(content)


@pytest.mark.parametrize("content", [*MARKED.values(), jpeg(exif=60_000), heic()])
def test_at_most_three_small_reads_are_made(content, monkeypatch):
    read, real = [], os.pread

    def counted(descriptor, count, at):
        read.append(count)
        return real(descriptor, count, at)

    monkeypatch.setattr(trailermark.os, "pread", counted)
    asked(content)
    assert len(read) <= 3
    assert sum(read) <= 8196


def test_boxes_are_told_with_their_contents():
    content = box(b"ftyp", b"heic") + b"\0\0\0\1wide" + (20).to_bytes(8, "big") + b"1234" + b"\0\0\0\0last" + bytes(9)
    held = os.memfd_create("x")
    os.write(held, content)
    found = [(kind, content[start:end]) for kind, start, end in boxes(held, len(content))]
    os.close(held)
    assert found == [(b"ftyp", b"heic"), (b"wide", b"1234"), (b"last", bytes(9))]
