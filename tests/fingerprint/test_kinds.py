"""Kinds by content, held against libmagic on files made here; where they differ, the difference is written out."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import plistlib
import shutil
import sqlite3
import struct
import subprocess
import tarfile
import wave
import zipfile
from email.message import EmailMessage
from pathlib import Path

import numpy._core._multiarray_umath as umath
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.clips import clip, sound

from kavalan.fingerprint.kinds import EMPTY, HEAD_BYTES, UNKNOWN, is_picture, is_video, kind_of
from kavalan.fingerprint.kinds.signatures import SIGNATURES
from kavalan.fingerprint.video import DEMUXERS

OFFICE = "application/vnd.openxmlformats-officedocument."


def picture(form: str, mode: str = "RGB", **options) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((64, 48)).convert(mode).save(out, form, **options)
    return out.getvalue()


def zipped(*members: tuple[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, packing)
    return out.getvalue()


def office(part: str) -> bytes:
    return zipped(("[Content_Types].xml", "<t/>" * 90), ("_rels/.rels", "<r/>"), (part, "<p/>" * 90))


def tarred(form: int) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        member = tarfile.TarInfo("note.txt")
        member.size = 3
        archive.addfile(member, io.BytesIO(b"abc"))
    return out.getvalue()


def waved() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(8000)
        target.writeframes(bytes(200))
    return out.getvalue()


def mail() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.invalid", "b@example.invalid", "Hills"
    message.set_content("hello")
    return message.as_bytes()


def database() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table hills (height)")
    return connection.serialize()


CORPUS = {
    "jpeg": lambda: picture("JPEG"),
    "cmyk jpeg": lambda: picture("JPEG", "CMYK"),
    "png": lambda: picture("PNG"),
    "gif": lambda: picture("GIF"),
    "bmp": lambda: picture("BMP"),
    "tiff": lambda: picture("TIFF"),
    "big tiff": lambda: picture("TIFF", big_tiff=True),
    "webp": lambda: picture("WEBP"),
    "avif": lambda: picture("AVIF"),
    "jpeg 2000": lambda: picture("JPEG2000"),
    "icon": lambda: picture("ICO"),
    "apple icon": lambda: picture("ICNS"),
    "pcx": lambda: picture("PCX"),
    "pixmap": lambda: picture("PPM"),
    "greymap": lambda: picture("PPM", "L"),
    "mp4": lambda: clip("mp4"),
    "quicktime": lambda: clip("mov"),
    "matroska": clip,
    "webm": lambda: clip("webm", "libvpx-vp9", seconds=1),
    "avi": lambda: clip("avi", "mpeg4"),
    "mpeg": lambda: clip("mpeg", "mpeg1video", rate=25),
    "dvd mpeg": lambda: clip("vob", "mpeg2video", rate=25),
    "flv": lambda: clip("flv", "flv"),
    "asf": lambda: clip("asf", "msmpeg4"),
    "3gp": lambda: clip("3gp", "mpeg4"),
    "3g2": lambda: clip("3g2", "mpeg4"),
    "m4v": lambda: clip("ipod"),
    "mxf": lambda: clip("mxf", "mpeg2video", rate=25),
    "wav": waved,
    "sound in mp4": sound,
    "sound in m4a": lambda: sound("ipod"),
    "sound in matroska": lambda: sound("matroska"),
    "aac": lambda: sound("adts"),
    "zip": lambda: zipped(("hills.txt", "green " * 20)),
    "empty zip": zipped,
    "docx": lambda: office("word/document.xml"),
    "xlsx": lambda: office("xl/workbook.xml"),
    "pptx": lambda: office("ppt/presentation.xml"),
    "odt": lambda: zipped(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>")),
    "ods": lambda: zipped(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a/>")),
    "epub": lambda: zipped(("mimetype", "application/epub+zip"), ("META-INF/container.xml", "<a/>")),
    "apk": lambda: zipped(("AndroidManifest.xml", "x" * 50), ("classes.dex", "dex\n")),
    "ustar": lambda: tarred(tarfile.USTAR_FORMAT),
    "gnu tar": lambda: tarred(tarfile.GNU_FORMAT),
    "pax tar": lambda: tarred(tarfile.PAX_FORMAT),
    "gzip": lambda: gzip.compress(b"hills" * 50),
    "bzip2": lambda: bz2.compress(b"hills" * 50),
    "xz": lambda: lzma.compress(b"hills" * 50),
    "sqlite": database,
    "xml property list": lambda: plistlib.dumps({"hills": 3}),
    "mail": mail,
    "received mail": lambda: b"Received: from a.invalid by b.invalid; Mon, 1 Jan 2024 00:00:00 +0000\n" + mail(),
    "pdf": lambda: picture("PDF"),
    "postscript": lambda: picture("EPS"),
    "tnef": lambda: b"\x78\x9f\x3e\x22\1\0\1\6\x90\x08\0\4\0\0\0\0",
    "rtf": lambda: b"{\\rtf1\\ansi hills}",
    "text": lambda: b"green hills\n",
    "malayalam text": "പച്ചക്കുന്നുകൾ\n".encode,
    "utf-16 text": lambda: "green hills\n".encode("utf-16"),
    "latin-1 text": lambda: "café au lait, déjà vu\n".encode("latin-1"),
    "json": lambda: json.dumps({"hills": [1, 2.5e3, None, {"a": "b\n"}]}, indent=1).encode(),
    "json lines": lambda: b'{"hills": 1}\n{"hills": 2}\n',
    "html": lambda: b"<!DOCTYPE html><html><head><title>Hills</title></head></html>",
    "xml": lambda: b'<?xml version="1.0"?><hills/>',
    "svg": lambda: b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "contact": lambda: b"BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n",
    "calendar": lambda: b"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n",
    "subtitles": lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\nhills\n",
    "shared library": lambda: Path(umath.__file__).read_bytes(),
    "zeros": lambda: bytes(100),
    "empty": lambda: b"",
}

# Ours, where libmagic 5.44 says something else. docs/kinds.md gives the reasons.
DIFFERENT = {
    "animated png": (lambda: picture("PNG", save_all=True, append_images=[Image.new("RGB", (64, 48))]), "image/apng"),
    "transport stream": (lambda: clip("mpegts", "mpeg2video", rate=25), "video/mp2t"),
    "elementary mpeg": (lambda: clip("mpeg1video", "mpeg1video", rate=25), "video/mpv"),
    "elementary h.264": (lambda: clip("h264"), "video/h264"),
    "ivf": (lambda: clip("ivf", "libvpx-vp9", seconds=1), "video/x-ivf"),
    "yuv4mpeg": (lambda: clip("yuv4mpegpipe", "rawvideo"), "video/x-yuv4mpeg"),
    "jar": (lambda: zipped(("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n")), "application/java-archive"),
    "kmz": (lambda: zipped(("doc.kml", "<kml/>")), "application/vnd.google-earth.kmz"),
    "property list": (lambda: plistlib.dumps({"a": 1}, fmt=plistlib.FMT_BINARY), "application/x-bplist"),
    "mailbox": (lambda: b"From a@example.invalid Mon Jan  1 00:00:00 2024\n" + mail(), "application/mbox"),
    "comma-separated": (lambda: b"hill,height\n1,2\n3,4\n", "text/plain"),
    "play list": (lambda: b"#EXTM3U\n#EXT-X-VERSION:3\na.ts\n", "application/vnd.apple.mpegurl"),
    "evidence file": (lambda: b"EVF\x09\x0d\x0a\xff\0\1\1\0\0\0", "application/x-ewf"),
    "ole": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "application/x-ole-storage"),
}


@pytest.mark.skipif(shutil.which("file") is None, reason="needs file(1) from Debian's package `file`")
@pytest.mark.parametrize("name", CORPUS)
def test_says_what_libmagic_says(name, tmp_path):
    content = CORPUS[name]()
    path = tmp_path / "without-a-name"
    path.write_bytes(content)
    peer = subprocess.run(["file", "--brief", "--mime-type", path], capture_output=True, text=True, check=True)
    assert kind_of(content[:HEAD_BYTES]) == peer.stdout.strip()


@pytest.mark.parametrize("name", DIFFERENT)
def test_differs_from_libmagic_as_documented(name):
    make, kind = DIFFERENT[name]
    assert kind_of(make()[:HEAD_BYTES]) == kind


def test_every_documented_difference_is_in_the_docs():
    page = Path(__file__).parents[2].joinpath("docs", "kinds.md").read_text()
    assert [kind for _, kind in DIFFERENT.values() if f"`{kind}`" not in page] == []


def test_heic_of_a_phone_is_a_heic_picture():
    assert kind_of(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic") == "image/heic"
    assert kind_of(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic") == "image/heif"
    assert kind_of(b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif") == "image/avif"


def test_quicktime_older_than_brands_is_known_by_its_atoms():
    assert kind_of(b"\0\0\0\x08wide\0\0\x10\0mdat") == "video/quicktime"


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ([(0xFE, 0), (0x10F, 200)], "image/tiff"),
        ([(0xFE, 1), (0x10F, 200), (0x14A, 300)], "image/x-nikon-nef"),
        ([(0xFE, 1), (0xC612, 0x01040000)], "image/x-adobe-dng"),
    ],
)
@pytest.mark.parametrize("order", ["<", ">"])
def test_raw_formats_are_told_from_tiff_by_their_directory(tags, kind, order):
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}IH", 8, len(tags))
    head += b"".join(struct.pack(f"{order}HHII", tag, 4, 1, value) for tag, value in tags)
    assert kind_of(head.ljust(200, b"\0") + b"NIKON CORPORATION\0") == kind


def test_a_tar_older_than_its_magic_is_known_by_its_checksum():
    block = bytearray(tarred(tarfile.USTAR_FORMAT)[:512])
    block[257:265] = bytes(8)
    block[148:156] = b" " * 8
    block[148:155] = b"%06o\0" % sum(block)
    assert kind_of(bytes(block)) == "application/x-tar"
    block[0] ^= 1
    assert kind_of(bytes(block)) == UNKNOWN


def test_an_archive_inside_an_archive_does_not_tell_the_outer_kind():
    inner = office("word/document.xml")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("[Content_Types].txt", inner)
    assert kind_of(out.getvalue()[:HEAD_BYTES]) == "application/zip"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (b"BMW is a maker of cars and this is a sentence about them", "text/plain"),
        (b"MZ are two letters, and this is a sentence that begins with them, as long as a DOS header is", "text/plain"),
        (b"Preface, with a capital P", "text/plain"),
        (b"[1] A footnote", "text/plain"),
        (b"[section]\nname = value\n", "text/plain"),
        (b"{ not json }", "text/plain"),
        (b'{"cut": [1, 2, {"off": "in the middle of a wo', "application/json"),
        (b'{"cut": [1, 2, {"off": tr', "application/json"),
        (b"]]", "text/plain"),
        (b"From here on it is a letter", "text/plain"),
        (b"Subject: is a word", "text/plain"),
    ],
)
def test_words_that_look_like_a_format_are_told_apart(words, kind):
    assert kind_of(words) == kind


def test_no_bytes_are_an_empty_file_and_noise_is_unknown():
    assert kind_of(b"") == EMPTY
    assert kind_of(bytes(range(256))) == UNKNOWN


def test_pictures_and_videos_are_told_apart():
    assert is_picture("image/heic")
    assert not is_picture("video/mp4")
    assert is_video("application/mxf")
    assert not is_video("image/gif")


def test_every_kind_of_video_has_a_demuxer():
    told = {kind for _, _, kind, _ in SIGNATURES if isinstance(kind, str)} | {make[1] for make in DIFFERENT.values()}
    told |= {kind_of(make()[:HEAD_BYTES]) for make in CORPUS.values()}
    assert {kind for kind in told if is_video(kind)} <= set(DEMUXERS)
    assert all(is_video(kind) for kind in DEMUXERS)


@given(st.binary(max_size=600))
def test_any_bytes_have_a_kind(head):
    assert "/" in kind_of(head)


@given(st.sampled_from([magic.rjust(offset + len(magic), b"\0") for offset, magic, _, _ in SIGNATURES]), st.binary())
def test_any_bytes_after_a_signature_have_a_kind(start, rest):
    assert "/" in kind_of(start + rest)


@given(st.text(max_size=200))
def test_utf_8_text_is_never_unknown_unless_it_holds_control_characters(text):
    controls = set(map(chr, range(32))) - set("\t\n\r\f\v\b\a\x1b") | {"\x7f"}
    if not controls & set(text) and text:
        assert kind_of(text.encode()) != UNKNOWN


@pytest.mark.parametrize("name", ["jpeg", "tiff", "docx", "ustar", "mp4", "matroska", "json", "icon", "pixmap", "mail"])
def test_a_head_cut_anywhere_still_has_a_kind(name):
    head = CORPUS[name]()[:700]
    assert all("/" in kind_of(head[:length]) for length in range(len(head)))
