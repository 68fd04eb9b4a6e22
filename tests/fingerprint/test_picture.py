import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageFile
from tests.fingerprint.heic import heic
from tests.fingerprint.slow_pdq import distance, slow_hash
from tests.pictures import landscape

from kavalan.fingerprint.picture import PICTURE_KINDS, hash_picture
from kavalan.fingerprint.record import DIHEDRAL

SCENE = landscape(640, 480)
OTHER = SCENE.transpose(Image.Transpose.ROTATE_180)
PIXELS = np.asarray(SCENE)
LUMA = PIXELS @ [0.299, 0.587, 0.114]
GREY = LUMA.round().astype(np.uint16)
EXPECTED = slow_hash(LUMA)
LAB = ImageCms.createProfile("LAB")
SRGB = ImageCms.createProfile("sRGB")


def saved(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind.removeprefix("image/").upper(), **options)
    return file.getvalue()


def png_of_16_bit_rgb():
    """Pillow writes none, so by hand (PNG specification, 11)."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = (PIXELS.astype(">u2") * 257).reshape(480, -1)
    body = b"".join(b"\0" + row.tobytes() for row in rows)
    header = struct.pack(">IIBBBBB", 640, 480, 16, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(body)) + chunk(b"IEND", b"")


def transparent():
    """The scene under an alpha that shows none of its left half."""
    image = SCENE.convert("RGBA")
    image.putalpha(Image.fromarray(np.where(np.arange(640) < 320, 0, 255).astype(np.uint8)[None].repeat(480, axis=0)))
    return image


def without_adobe(jpeg):
    """The same CMYK planes in a file that does not say that they are inverted."""
    at = jpeg.index(b"\xff\xeeAdobe"[:2])
    return jpeg[:at] + jpeg[at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big") :]


def inverted(image):
    return Image.fromarray(255 - np.asarray(image), image.mode)


JPEG, PNG, WEBP, GIF, BMP, TIFF, AVIF, HEIC = (
    f"image/{name}" for name in ("jpeg", "png", "webp", "gif", "bmp", "tiff", "avif", "heic")
)
PICTURES = {
    "JPEG baseline": (JPEG, lambda: saved(SCENE, JPEG, quality=92)),
    "JPEG progressive": (JPEG, lambda: saved(SCENE, JPEG, quality=92, progressive=True)),
    "JPEG without subsampling": (JPEG, lambda: saved(SCENE, JPEG, quality=92, subsampling=0)),
    "JPEG coded as RGB": (JPEG, lambda: saved(SCENE, JPEG, quality=92, keep_rgb=True)),
    "JPEG grey": (JPEG, lambda: saved(SCENE.convert("L"), JPEG, quality=92)),
    "JPEG CMYK inverted by Adobe": (JPEG, lambda: saved(SCENE.convert("CMYK"), JPEG, quality=95)),
    "JPEG CMYK plain": (JPEG, lambda: without_adobe(saved(inverted(SCENE.convert("CMYK")), JPEG, quality=95))),
    "PNG RGB": (PNG, lambda: saved(SCENE, PNG)),
    "PNG grey": (PNG, lambda: saved(SCENE.convert("L"), PNG)),
    "PNG grey with alpha": (PNG, lambda: saved(SCENE.convert("LA"), PNG)),
    "PNG half transparent": (PNG, lambda: saved(transparent(), PNG)),
    "PNG 16-bit grey": (PNG, lambda: saved(Image.fromarray(GREY * 257), PNG)),
    "PNG 16-bit RGB": (PNG, png_of_16_bit_rgb),
    "PNG palette": (PNG, lambda: saved(SCENE.quantize(255), PNG)),
    "PNG palette with transparency": (PNG, lambda: saved(SCENE.quantize(255), PNG, transparency=3)),
    "APNG": ("image/apng", lambda: saved(SCENE, PNG, save_all=True, append_images=[OTHER])),
    "WebP lossy": (WEBP, lambda: saved(SCENE, WEBP, quality=95)),
    "WebP lossless": (WEBP, lambda: saved(SCENE, WEBP, lossless=True)),
    "WebP half transparent": (WEBP, lambda: saved(transparent(), WEBP, lossless=True, exact=True)),
    "WebP animated": (WEBP, lambda: saved(SCENE, WEBP, quality=95, save_all=True, append_images=[OTHER])),
    "GIF": (GIF, lambda: saved(SCENE.quantize(255), GIF)),
    "GIF animated": (GIF, lambda: saved(SCENE.quantize(255), GIF, save_all=True, append_images=[OTHER.quantize(255)])),
    "BMP": (BMP, lambda: saved(SCENE, BMP)),
    "BMP palette": (BMP, lambda: saved(SCENE.quantize(255), BMP)),
    "TIFF RGB": (TIFF, lambda: saved(SCENE, TIFF)),
    "TIFF CMYK": (TIFF, lambda: saved(SCENE.convert("CMYK"), TIFF)),
    "TIFF YCbCr": (TIFF, lambda: saved(SCENE.convert("YCbCr"), TIFF)),
    "TIFF 16-bit": (TIFF, lambda: saved(Image.fromarray(GREY * 257), TIFF)),
    "TIFF 32-bit": (TIFF, lambda: saved(Image.fromarray((LUMA * 1e6).astype(np.int32)), TIFF)),
    "TIFF float": (TIFF, lambda: saved(Image.fromarray((LUMA / 255).astype(np.float32)), TIFF)),
    "TIFF LZW": (TIFF, lambda: saved(SCENE, TIFF, compression="tiff_lzw")),
    "TIFF of two pages": (TIFF, lambda: saved(SCENE, TIFF, save_all=True, append_images=[OTHER])),
    "AVIF": (AVIF, lambda: saved(SCENE, AVIF, quality=95)),
    "AVIF half transparent": (AVIF, lambda: saved(transparent(), AVIF, quality=95)),
    "AVIF animated": (AVIF, lambda: saved(SCENE, AVIF, quality=95, save_all=True, append_images=[OTHER])),
    "HEIC": (HEIC, lambda: heic(PIXELS)),
}


def hashed(content, kind, **options):
    return hash_picture(io.BytesIO(content), kind, **options)


@pytest.mark.parametrize("name", PICTURES)
def test_every_format_and_mode_hashes_as_the_scene_it_holds(name):
    kind, make = PICTURES[name]
    picture = hashed(make(), kind)
    assert distance(picture.pdq, EXPECTED) <= 4, name
    assert (picture.width, picture.height, picture.orientation, picture.error) == (640, 480, "stored", None)


@pytest.mark.parametrize("kind", [PNG, BMP, TIFF])
def test_one_bit_is_black_and_white_not_one_and_nought(kind):
    dithered = SCENE.convert("1")
    picture = hashed(saved(dithered, kind), kind)
    assert distance(picture.pdq, slow_hash(np.asarray(dithered) * 255.0)) <= 2
    assert picture.quality > 50


def test_lab_is_hashed_by_its_lightness():
    image = ImageCms.applyTransform(SCENE, ImageCms.buildTransform(SRGB, LAB, "RGB", "LAB"))
    assert distance(hashed(saved(image, TIFF), TIFF).pdq, slow_hash(np.asarray(image)[:, :, 0])) <= 2


@pytest.mark.parametrize(("width", "height"), [(1300, 1100), (2300, 2101), (5001, 4200)])
def test_a_jpeg_decoded_small_hashes_as_at_full_resolution(width, height):
    scene = SCENE.resize((width, height), Image.Resampling.BICUBIC)
    file = saved(scene, JPEG, quality=90)
    pixels = Image.open(io.BytesIO(file)).convert("RGB").resize((width, height))
    picture = hashed(file, JPEG)
    assert distance(picture.pdq, slow_hash(np.asarray(pixels) @ [0.299, 0.587, 0.114])) <= 4
    assert (picture.width, picture.height) == (width, height)


@pytest.mark.parametrize("value", range(1, 9))
@pytest.mark.parametrize("kind", [JPEG, PNG, WEBP, AVIF])
def test_exif_turns_the_picture_on_request_only(kind, value):
    exif = Image.Exif()
    exif[0x0112] = value
    file = saved(SCENE, kind, exif=exif, quality=95)
    assert distance(hashed(file, kind).pdq, EXPECTED) <= 4
    turned = hashed(file, kind, orient=True)
    exif[0x0112] = value
    assert distance(turned.pdq, slow_hash(shown(LUMA, value))) <= 6
    assert turned.orientation == ("stored" if value == 1 else f"exif {value}")
    assert (turned.width, turned.height) == (640, 480)


def shown(pixels, value):
    """EXIF 2.32, 4.6.4 A: where row 0 and column 0 of the stored picture go."""
    mirrored = {2: np.fliplr, 3: lambda a: np.rot90(a, 2), 4: np.flipud, 5: np.transpose}
    turned = {6: lambda a: np.rot90(a, 3), 7: lambda a: np.rot90(a, 2).T, 8: np.rot90}
    return {1: lambda a: a, **mirrored, **turned}[value](pixels)


def test_what_the_format_itself_turns_is_turned_always():
    exif = Image.Exif()
    exif[0x0112] = 8
    for kind, file in ((TIFF, saved(SCENE, TIFF, exif=exif)), (HEIC, heic(PIXELS, quarter_turns=1))):
        for orient in (False, True):
            picture = hashed(file, kind, orient=orient)
            assert distance(picture.pdq, slow_hash(np.rot90(LUMA))) <= 6
            assert (picture.width, picture.height, picture.orientation) == (480, 640, "stored")


def test_nonsense_for_an_orientation_is_none():
    exif = Image.Exif()
    exif[0x0112] = 77
    assert hashed(saved(SCENE, JPEG, exif=exif), JPEG, orient=True).orientation == "stored"


def test_the_eight_hashes_come_on_request():
    file = saved(SCENE, PNG)
    assert hashed(file, PNG).dihedral is None
    eight = hashed(file, PNG, dihedral=True).dihedral
    assert eight[0] == hashed(file, PNG).pdq
    mirrored = hashed(saved(SCENE.transpose(Image.Transpose.FLIP_LEFT_RIGHT), PNG), PNG).pdq
    assert distance(eight[DIHEDRAL.index("flipy")], mirrored) < 31


@pytest.mark.parametrize("kind", [JPEG, PNG, GIF, BMP, TIFF])
def test_a_truncated_picture_is_hashed_and_named_truncated(kind):
    file = saved(SCENE, kind)
    picture = hashed(file[: len(file) * 9 // 10], kind)
    assert picture.error.startswith("truncated: ")
    assert distance(picture.pdq, EXPECTED) < 60
    assert picture.quality is not None


def test_a_truncated_cmyk_jpeg_is_hashed_and_named_truncated():
    file = saved(SCENE.convert("CMYK"), JPEG)
    picture = hashed(file[: len(file) * 9 // 10], JPEG)
    assert picture.error.startswith("truncated: ")
    assert picture.pdq is not None


def test_a_jpeg_with_a_hole_is_hashed_and_named_damaged():
    file = bytearray(saved(SCENE, JPEG, restart_marker_blocks=40))
    at = file.index(b"\xff\xd3")
    del file[at : at + 60]
    picture = hashed(bytes(file), JPEG)
    assert picture.error.startswith("damaged: ")
    assert distance(picture.pdq, EXPECTED) < 60


@pytest.mark.parametrize("kind", sorted(PICTURE_KINDS))
@pytest.mark.parametrize("content", [b"", b"\0" * 64, b"\xff\xd8\xff\xe0", b"II*\0\x08\0\0\0", b"GIF89a"])
def test_a_file_without_a_picture_says_so(kind, content):
    picture = hashed(content, kind)
    assert picture.error
    assert (picture.pdq, picture.quality, picture.dihedral) == (None, None, None)


def test_headers_that_lead_to_no_pixels_give_no_hash():
    whole = saved(SCENE, JPEG)
    picture = hashed(whole[: whole.index(b"\xff\xda") + 14], JPEG)
    assert picture.pdq is None
    assert picture.error.endswith("nothing of it decodes")
    assert (picture.width, picture.height) == (640, 480)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (4, 900), (900, 4)])
def test_below_five_pixels_a_side_there_is_no_hash_and_a_reason(width, height):
    picture = hashed(saved(SCENE.resize((width, height)), PNG), PNG)
    assert picture.pdq is None
    assert picture.error == f"no PDQ: {width} x {height} pixels, the least is 5 x 5"


def test_a_bomb_is_refused_by_its_header():
    def bomb(kind, width, height):
        if kind == JPEG:
            file = bytearray(saved(SCENE, JPEG))
            at = file.index(b"\xff\xc0") + 5
            file[at : at + 4] = struct.pack(">HH", height, width)
        elif kind == PNG:
            file = bytearray(saved(SCENE, PNG))
            file[16:24] = struct.pack(">II", width, height)
            file[29:33] = struct.pack(">I", zlib.crc32(file[12:29]))
        else:
            file = bytearray(saved(SCENE, GIF))
            file[6:10] = struct.pack("<HH", width, height)
        return bytes(file)

    for kind in (JPEG, PNG, GIF):
        picture = hashed(bomb(kind, 60_000, 60_000), kind)
        assert picture.pdq is None
        assert picture.error.startswith("refused: its header states 60000 x 60000 pixels"), kind


def test_pillow_is_left_as_it_was():
    before = (ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS)
    hashed(saved(SCENE, PNG)[:5000], PNG)
    assert before == (ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS)


def test_a_file_on_disk_hashes_as_in_memory(tmp_path):
    path = tmp_path / "scene"
    path.write_bytes(saved(SCENE, JPEG))
    with path.open("rb") as stream:
        stream.seek(100)
        assert hash_picture(stream, JPEG) == hashed(path.read_bytes(), JPEG)


SMALL = {
    kind: saved(SCENE.resize((48, 36)), kind) if kind != HEIC else heic(PIXELS[:64, :64])
    for kind in (JPEG, PNG, WEBP, GIF, BMP, TIFF, AVIF, HEIC)
}


@given(kind=st.sampled_from(sorted(SMALL)), data=st.data())
@settings(max_examples=250, deadline=None)
def test_a_damaged_file_never_raises_and_says_something_or_hashes(kind, data):
    file = bytearray(SMALL[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    picture = hashed(bytes(file[: data.draw(st.integers(0, len(file)))]), kind, orient=True, dihedral=True)
    assert picture.pdq is not None or picture.error
    assert (picture.pdq is None) == (picture.quality is None) == (picture.dihedral is None)


@pytest.mark.parametrize("size", [(640, 480), (1301, 977)])
def test_exact_hash_of_a_jpeg_is_the_reference_bit_for_bit(size):
    pdqhash = pytest.importorskip("pdqhash", reason="the reference, pdqhash, is not installed")
    stream = io.BytesIO()
    landscape(*size).save(stream, "JPEG", quality=88)
    found = hash_picture(stream, "image/jpeg", exact=True, dihedral=True)
    pixels = np.asarray(Image.open(stream).convert("RGB"))
    bits, quality = pdqhash.compute(pixels)
    assert found.pdq == np.packbits(bits).tobytes()
    assert found.quality == quality
    turned, _ = pdqhash.compute_dihedral(pixels)
    apart = [
        np.unpackbits(np.frombuffer(ours, np.uint8)) != theirs
        for ours, theirs in zip(found.dihedral, turned, strict=True)
    ]
    assert max(int(one.sum()) for one in apart) <= 2
