"""Old Office documents, Thumbs.db and embedded objects: what of them are files."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.archives import contents, members, zip_of
from tests.sources.embedded.compounds import blip, compound, native
from tests.sources.embedded.gradients import gradient, opened, picture

JPEG, PNG = 0xF01D, 0xF01E


def document(tmp_path, files):
    (tmp_path / "a.doc").write_bytes(compound(files))
    return tmp_path / "a.doc"


def test_pictures_of_a_presentation_come_out_byte_for_byte(tmp_path):
    jpeg, png = picture("JPEG"), picture("PNG", size=(300, 200))
    pictures = blip(JPEG, 0x46A, jpeg) + blip(PNG, 0x6E1, png, digests=2) + blip(0xF02A, 0x6E2, picture("JPEG", "CMYK"))
    found = contents(document(tmp_path, {"Pictures": pictures, "PowerPoint Document": b"text" * 100}))
    assert found == {
        b"Pictures/picture 1.jpg": jpeg,
        b"Pictures/picture 2.png": png,
        b"Pictures/picture 3.jpg": picture("JPEG", "CMYK"),
    }


def test_pictures_between_other_bytes_are_found_wherever_they_lie(tmp_path):
    """Word's `Data`: behind structures of another length each time, and across the reader's own blocks."""
    jpeg = picture("JPEG", size=(200, 200))
    for before in (0, 68, (1 << 17) - 5, (1 << 17) - 1, 1 << 17, (1 << 17) + 3):
        found = contents(document(tmp_path, {"Data": b"\x44" * before + blip(JPEG, 0x46A, jpeg) + b"\x44" * 700}))
        assert found == {b"Data/picture 1.jpg": jpeg}, before


def test_metafile_is_unpacked_and_bitmap_gets_its_header(tmp_path):
    emf = b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(5000)
    packed = zlib.compress(emf)
    metafile = bytes(16) + struct.pack("<L24xLBB", len(emf), len(packed), 0, 0xFE) + packed
    record = struct.pack("<HHL", 0x3D4 << 4, 0xF01A, len(metafile)) + metafile
    bitmap = picture("BMP")
    found = members(document(tmp_path, {"Data": record + blip(0xF01F, 0x7A8, bitmap[14:])}))
    assert found[b"Data/picture 1.emf"][0] == emf
    content, item, _ = found[b"Data/picture 2.bmp"]
    assert opened(content).tobytes() == gradient().tobytes()
    assert item.remarks == ("the header of a bitmap's file was put before it",)


def test_drawings_of_a_book_are_put_together_from_their_records(tmp_path):
    """Excel cuts its drawings into records of 8,224 bytes."""
    png = picture("PNG", size=(200, 150)) + b"\0" * 20_000
    drawings = b"\x0f\0\0\xf0" + struct.pack("<L", 60_000) + blip(PNG, 0x6E0, png)
    pieces = [drawings[at : at + 8224] for at in range(0, len(drawings), 8224)]
    records = struct.pack("<HH", 0x809, 16) + bytes(16)
    records += struct.pack("<HH", 0xEB, len(pieces[0])) + pieces[0]
    records += b"".join(struct.pack("<HH", 0x3C, len(piece)) + piece for piece in pieces[1:])
    records += struct.pack("<HH", 0xFC, 8) + bytes(8) + struct.pack("<HH", 0x3C, 4) + b"text"
    assert contents(document(tmp_path, {"Workbook": records})) == {b"Workbook/picture 1.png": png}


def test_packaged_file_has_its_label_and_where_it_came_from(tmp_path):
    wrapped = native(b"clip.jpg", b"C:\\Users\\invented\\clip.jpg", picture())
    found = members(document(tmp_path, {"ObjectPool/_1/\x01Ole10Native": wrapped}))
    content, item, _ = found[b"ObjectPool/_1/clip.jpg"]
    assert (content, item.original) == (picture(), b"C:/Users/invented/clip.jpg")


def test_native_data_without_a_package_are_said_as_they_are(tmp_path):
    bitmap = picture("BMP")
    stream = struct.pack("<L", len(bitmap)) + bitmap
    assert contents(document(tmp_path, {"o/\x01Ole10Native": stream})) == {b"o/\x01Ole10Native": bitmap}


def test_streams_that_are_files_are_said_and_opened(tmp_path):
    inner = zip_of(tmp_path / "x.docx", {"word/media/image1.jpg": picture()}).read_bytes()
    found = contents(
        document(
            tmp_path,
            {"ObjectPool/_1/Package": inner, "ObjectPool/_2/CONTENTS": picture("PNG"), "Text": b"no picture " * 900},
        )
    )
    assert found == {
        b"ObjectPool/_1/Package": inner,
        b"word/media/image1.jpg": picture(),
        b"ObjectPool/_2/CONTENTS": picture("PNG"),
    }


def test_embedded_object_of_a_presentation_is_opened(tmp_path):
    inner = compound({"CONTENTS": picture()})
    packed = struct.pack("<L", len(inner)) + zlib.compress(inner)
    record = struct.pack("<HHL", 0x10, 0x1011, len(packed)) + packed
    found = contents(document(tmp_path, {"PowerPoint Document": b"\0" * 99 + record}))
    assert found == {b"PowerPoint Document/picture 1.ole": inner, b"CONTENTS": picture()}


def test_thumbnail_says_of_which_file_it_was_made(tmp_path):
    name = "beach.jpg\0".encode("utf-16-le")
    catalog = struct.pack("<HHLLL", 16, 7, 1, 96, 96)
    catalog += struct.pack("<LLQ", 16 + len(name) + 4, 12, 127_490_112_000_000_000) + name + bytes(4)
    small = struct.pack("<LLL", 12, 1, len(picture())) + picture()
    content, item, ending = members(document(tmp_path, {"Catalog": catalog, "21": small}))[b"21"]
    assert (content, item.original, ending.error) == (picture(), b"beach.jpg", None)
    assert item.modified == datetime(2005, 1, 1, tzinfo=UTC)
    assert "a small picture" in item.remarks[0]


def test_thumbnail_of_the_oldest_kind_is_said_not_to_be_read(tmp_path):
    bare = struct.pack("<LLL", 12, 1, 500) + b"\1\0\0\0" + bytes(12) + b"\xff\xd8\xff\xe0" + bytes(300)
    ((_, (_, item, _)),) = members(document(tmp_path, {"1": bare})).items()
    assert "without its tables" in item.refusal


@pytest.mark.parametrize(
    "files",
    [
        {"EncryptedPackage": b"x" * 5000},
        {"WordDocument": b"\xec\xa5" + bytes(8) + b"\0\1" + bytes(4090)},
        {"Workbook": struct.pack("<HH16xHH54x", 0x809, 16, 0x2F, 54) + bytes(4096)},
    ],
)
def test_document_with_a_password_is_said_to_need_it(tmp_path, files):
    (_, item, _) = members(document(tmp_path, files))[b"\0rest"]
    assert item.refusal == "encrypted: it needs its password"


def test_stream_that_is_cut_off_says_so(tmp_path):
    whole = bytearray(compound({"CONTENTS": picture(size=(400, 300), form="BMP")}))
    # The table's first entry says that the stream ends with its first sector.
    table = len(whole) - 512 * -(-(len(whole) // 512 - 1) // 128)
    whole[table : table + 4] = b"\xfe\xff\xff\xff"
    (tmp_path / "a.doc").write_bytes(whole)
    content, _, ending = members(tmp_path / "a.doc")[b"CONTENTS"]
    assert len(content) == 512
    assert "are stated" in ending.error


def test_what_begins_like_a_compound_file_and_is_none_is_said(tmp_path):
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000))
    assert "cannot be read as a compound file" in members(tmp_path / "a.doc")[b"\0rest"][1].refusal


def test_zip_behind_a_compound_file_is_not_lost(tmp_path):
    path = document(tmp_path, {"CONTENTS": picture()})
    path.write_bytes(path.read_bytes() + zip_of(tmp_path / "z.zip", {"hidden.txt": b"hidden"}).read_bytes())
    assert contents(path) == {b"CONTENTS": picture(), b"hidden.txt": b"hidden"}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=6)), min_size=1, max_size=20)
)
def test_damage_never_crashes_the_reader(tmp_path, damages):
    whole = bytearray(
        compound(
            {
                "Data": blip(JPEG, 0x46A, picture()) * 3,
                "o/\x01Ole10Native": native(b"a", b"b", picture()),
                "Workbook": b"\xeb\0\x10\0" * 99,
            }
        )
    )
    for place, data in damages:
        at = int(place * len(whole))
        whole[at : at + len(data)] = data
    (tmp_path / "a.doc").write_bytes(whole)
    reasons = [item.refusal for _, item, _ in members(tmp_path / "a.doc").values() if item.refusal]
    assert not [
        reason for reason in reasons if any(word in reason for word in ("error:", "crash:", "hang:", "memory:"))
    ]
