"""Which bytes of a field become an item."""

from __future__ import annotations

import gzip
import io
import random
import tarfile
import zipfile

import pytest
from PIL import Image

from kavalan.sources.embedded.media import Found, media_in


def picture(form: str) -> bytes:
    held = io.BytesIO()
    Image.linear_gradient("L").resize((40, 30)).convert("RGB").save(held, form)
    return held.getvalue()


def archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as written:
        written.writestr("a", b"b")
    return held.getvalue()


def tape() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as written:
        written.addfile(tarfile.TarInfo("a"))
    return held.getvalue()


@pytest.mark.parametrize(
    ("form", "kind"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("GIF", "image/gif"), ("BMP", "image/bmp")],
)
def test_a_picture_is_told_by_its_first_bytes(form, kind):
    assert media_in(picture(form)[:4096]) == Found(kind)


def test_archives_are_told():
    assert media_in(archive()) == Found("application/zip")
    assert media_in(tape()[:4096]) == Found("application/x-tar")
    assert media_in(gzip.compress(b"x" * 100)) == Found("application/gzip")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("prefix", [1, 27, 64])
def test_a_picture_behind_a_short_prefix_is_told_with_its_length(form, prefix):
    assert media_in((b"\x02" * prefix + picture(form))[:4096]) == Found(f"image/{form.lower()}", prefix)


def test_a_picture_further_behind_is_not_looked_for():
    assert media_in(b"\x02" * 65 + picture("JPEG")) is None


@pytest.mark.parametrize("content", [b"", b"bplist00" + bytes(100), b"some text", b'{"a": 1}', b"\x01" * 500])
def test_other_bytes_are_no_media(content):
    assert media_in(content) is None


def test_bytes_by_chance_are_hardly_ever_media():
    dice = random.Random(5)  # noqa: S311 - no secret
    assert sum(media_in(dice.randbytes(60)) is not None for _ in range(20_000)) <= 3
