"""Every decoder gives inside a locked worker what it gives outside: the filter of system calls lets them all work."""

import io

import pytest

from kavalan.sandbox import Limits, Pool
from tests.pictures import landscape, write_clip
from tests.sandbox import decoding
from tests.sandbox.heif import heic
from tests.sandbox.tasks import Ask, Say


def answers_alike(task, path):
    with path.open("rb") as source:
        expected = getattr(decoding, task)(source, Ask())
    limits = Limits(memory=1 << 30, wall_seconds=60)
    with Pool(f"{decoding.__name__}:{task}", Ask, Say, limits=limits) as pool, path.open("rb") as source:
        assert pool.run(source, Ask()).records == (expected,)
    assert expected.number > 0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "JPEG2000"])
def test_pillow_decodes_inside(kind, tmp_path):
    path = tmp_path / "hills"
    landscape(160, 120).save(path, kind)
    answers_alike("pillow", path)


def test_a_compressed_tiff_decodes_inside(tmp_path):
    path = tmp_path / "hills"
    landscape(160, 120).save(path, "TIFF", compression="tiff_lzw")
    answers_alike("pillow", path)


def test_simplejpeg_decodes_inside(tmp_path):
    path = tmp_path / "hills"
    landscape(160, 120).save(path, "JPEG")
    answers_alike("jpeg", path)


def test_libheif_decodes_inside(tmp_path):
    path = tmp_path / "hills"
    path.write_bytes(heic(landscape(160, 128)))
    answers_alike("heif", path)


@pytest.mark.parametrize("ending", ["mp4", "mkv", "avi"])
def test_pyav_decodes_inside_on_many_threads(ending, tmp_path):
    answers_alike("video", write_clip(tmp_path / f"clip.{ending}", seconds=1, width=160, height=120))


def test_numpy_multiplies_inside(tmp_path):
    path = tmp_path / "hills"
    held = io.BytesIO()
    landscape(200, 200).save(held, "BMP")
    path.write_bytes(held.getvalue())
    answers_alike("matrices", path)
