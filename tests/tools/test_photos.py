"""Photographs out of Debian packages."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from tests.pictures import landscape

from tools import debian, photos


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with one picture in a Qt resource file, among other things, and one button."""
    monkeypatch.setattr(photos, "PHOTOS", tmp_path)
    held = []
    for size in ((320, 240), (16, 12)):
        stream = io.BytesIO()
        landscape(*size).save(stream, "WEBP", quality=90)
        held.append(stream.getvalue())

    def unpack(_, target):
        target.mkdir()
        (target / "things.rcc").write_bytes(b"qres" + held[0] + b"RIFF junk" + held[1])
        (target / "lang.rcc").write_bytes(held[0])

    monkeypatch.setattr(debian, "unpack", unpack)
    photos.provide("some-data")
    return tmp_path / "some-data"


def test_picture_is_taken_out_whole_and_named_by_its_place(package):
    (path,) = package.glob("*.webp")
    assert path.name == "things-000000004.webp"
    with Image.open(path) as picture:
        picture.load()
        assert picture.size == (320, 240)


def test_nothing_else_of_the_resources_is_left(package):
    assert [path.suffix for path in package.iterdir()] == [".webp"]


def test_names_come_without_their_remarks():
    assert "mate-backgrounds" in photos.packages()
    assert not any("#" in name or " " in name for name in photos.packages())
