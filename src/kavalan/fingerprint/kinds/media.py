"""Pictures, video and sound whose kind stands deeper than the first bytes. Sources are in the table of signatures."""

from __future__ import annotations

import re
import struct
from typing import Final

# ISO/IEC 14496-12 brands (mp4ra.org/registered-types/brands); anything else under `ftyp` is read as an MP4.
_BRANDS: Final[dict[bytes, str]] = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"hevc": "image/heic-sequence",
    b"hevx": "image/heic-sequence",
    b"hevm": "image/heic-sequence",
    b"hevs": "image/heic-sequence",
    b"mif1": "image/heif",
    b"mif2": "image/heif",
    b"msf1": "image/heif-sequence",
    b"crx ": "image/x-canon-cr3",
    b"jp2 ": "image/jp2",
    b"jpx ": "image/jpx",
    b"mjp2": "video/mj2",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/x-m4a",
    b"M4B ": "audio/mp4",
    b"F4A ": "audio/mp4",
    b"M4V ": "video/x-m4v",
    b"M4VH": "video/x-m4v",
    b"M4VP": "video/x-m4v",
}
# QuickTime files older than `ftyp` begin with one of these atoms (QuickTime File Format, 2001).
_QUICKTIME_ATOMS: Final = frozenset({b"moov", b"mdat", b"wide", b"pnot", b"skip", b"free"})
_RIFF_FORMS: Final[dict[bytes, str]] = {
    b"WEBP": "image/webp",
    b"AVI ": "video/x-msvideo",
    b"AMV ": "video/x-amv",
    b"WAVE": "audio/x-wav",
    b"RMID": "audio/midi",
    b"ACON": "application/x-navi-animation",
}
_BMP_HEADERS: Final = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
_PNM: Final = re.compile(rb"P([1-6])\s(?:\s|#[^\n]*\n)*+\d++\s")
_PNM_KINDS: Final = {
    b"1": "image/x-portable-bitmap",
    b"2": "image/x-portable-greymap",
    b"3": "image/x-portable-pixmap",
    b"4": "image/x-portable-bitmap",
    b"5": "image/x-portable-greymap",
    b"6": "image/x-portable-pixmap",
}
_TS_PACKET: Final = 188
_TS_PACKETS_CHECKED: Final = 3


def png_kind(head: bytes) -> str:
    """PNG, or APNG where the animation control chunk comes before the first image data."""
    animation, data = head.find(b"acTL"), head.find(b"IDAT")
    return "image/apng" if animation >= 0 and (data < 0 or animation < data) else "image/png"


def bmp_kind(head: bytes) -> str | None:
    """BMP where the size of its second header is one that exists: two letters alone are a word."""
    if len(head) < 18:
        return None
    return "image/bmp" if int.from_bytes(head[14:18], "little") in _BMP_HEADERS else None


def icon_kind(head: bytes) -> str | None:
    """An icon or cursor whose first entry makes sense: reserved byte zero, data not empty and after the directory."""
    if len(head) < 22:
        return None
    _, form, count, _, _, _, reserved, _, bits, size, offset = struct.unpack_from("<HHHBBBBHHII", head)
    if not count or reserved not in {0, 255} or not size or offset < 6 + 16 * count:
        return None
    if form == 1:
        return "image/vnd.microsoft.icon" if bits <= 32 else None
    return "image/x-win-bitmap"


def pnm_kind(head: bytes) -> str | None:
    """A Netpbm picture: the letter, the digit, and a width after white space and comments."""
    match = _PNM.match(head)
    return _PNM_KINDS[match[1]] if match else None


def pcx_kind(head: bytes) -> str | None:
    """PCX with a version, encoding and depth that exist."""
    known = len(head) >= 128 and head[1] in {0, 2, 3, 4, 5} and head[2] == 1 and head[3] in {1, 2, 4, 8}
    return "image/x-pcx" if known else None


def jp2_kind(head: bytes) -> str:
    """JPEG 2000 by the brand of its `ftyp` box; JP2 where the box is missing or the brand is unknown."""
    return _BRANDS.get(head[20:24], "image/jpm" if head[20:24] == b"jpm " else "image/jp2")


def riff_kind(head: bytes) -> str | None:
    """The form of a RIFF file; None for a form that is not listed."""
    return _RIFF_FORMS.get(head[8:12])


def isobmff_kind(head: bytes) -> str | None:
    """ISO base media by its major brand, QuickTime without one, None for anything else."""
    size, box = int.from_bytes(head[:4], "big"), head[4:8]
    if box == b"ftyp" and (size >= 12 or size in {0, 1}):
        return _brand_kind(head, size)
    if box in _QUICKTIME_ATOMS and (size >= 8 or size in {0, 1}):
        return "video/quicktime"
    return None


def _brand_kind(head: bytes, size: int) -> str:
    major = head[8:12]
    if major[:3] in {b"3gp", b"3gr", b"3gs", b"3ge", b"3gg"}:
        return "video/3gpp"
    if major[:3] == b"3g2":
        return "video/3gpp2"
    compatible = {head[at : at + 4] for at in range(16, min(size, len(head), 256) - 3, 4)}
    if major in {b"mif1", b"msf1"} and compatible & {b"avif", b"avis"}:
        return "image/avif"  # AV1 Image File Format 6.2: readers look among the compatible brands as well
    return _BRANDS.get(major, "video/mp4")


def ebml_kind(head: bytes) -> str:
    """WebM or Matroska by DocType, which defaults to Matroska where another EBML document is not told."""
    at = head.find(b"\x42\x82", 4, 128)
    doctype = head[at + 3 : at + 3 + (head[at + 2] & 0x7F)] if 0 <= at < len(head) - 2 else b""
    return "video/webm" if doctype.rstrip(b"\0") == b"webm" else "video/x-matroska"


def asf_kind(head: bytes) -> str:
    """ASF: video unless the only stream told within the head is sound (stream type GUIDs, ASF 10.4)."""
    video = b"\xc0\xef\x19\xbc\x4d\x5b\xcf\x11\xa8\xfd\0\x80\x5f\x5c\x44\x2b" in head
    audio = b"\x40\x9e\x69\xf8\x4d\x5b\xcf\x11\xa8\xfd\0\x80\x5f\x5c\x44\x2b" in head
    return "audio/x-ms-wma" if audio and not video else "video/x-ms-asf"


def ogg_kind(head: bytes) -> str:
    """Ogg by the first packets of its streams (RFC 5334): video if one of them is, else sound, else not told."""
    if b"\x80theora" in head or b"BBCD\0" in head or b"\x01video\0" in head:
        return "video/ogg"
    if any(mark in head for mark in (b"\x01vorbis", b"OpusHead", b"\x7fFLAC", b"Speex   ")):
        return "audio/ogg"
    return "application/ogg"


def mpeg_ts_kind(head: bytes) -> str | None:
    """MPEG transport stream: a sync byte every 188 bytes, or every 192 after a four-byte time stamp (Blu-ray M2TS)."""
    for start, step in ((0, _TS_PACKET), (4, _TS_PACKET + 4)):
        syncs = head[start : start + step * _TS_PACKETS_CHECKED : step]
        if len(syncs) == _TS_PACKETS_CHECKED and set(syncs) == {0x47}:
            return "video/mp2t"
    return None


def mpeg_audio_kind(head: bytes) -> str | None:
    """MPEG audio without ID3, or AAC in ADTS: a frame header without a forbidden value."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    if layer == 0 and head[1] & 0xF6 == 0xF0 and head[2] >> 2 & 15 < 13:
        return "audio/x-hx-aac-adts"
    rate, frequency = head[2] >> 4, head[2] >> 2 & 3
    valid = version != 1 and layer != 0 and rate not in {0, 15} and frequency != 3
    return "audio/mpeg" if valid else None


def tiff_kind(head: bytes) -> str:
    """TIFF, or the camera's raw format built on it, by the tags of the first directory."""
    if head[8:10] == b"CR":
        return "image/x-canon-cr2"
    tags = _first_directory(head)
    if 0xC612 in tags:  # DNGVersion
        return "image/x-adobe-dng"
    # A maker's name alone is in every picture that an editor saved; raw files also begin with a thumbnail
    # (NewSubfileType 1) and keep the sensor's data in a SubIFD.
    if tags.get(0xFE) == 1 and 0x14A in tags:
        maker = head[tags.get(0x10F, 0) :][:5]
        return {b"NIKON": "image/x-nikon-nef", b"SONY ": "image/x-sony-arw", b"SONY\0": "image/x-sony-arw"}.get(
            maker, "image/tiff"
        )
    return "image/tiff"


def _first_directory(head: bytes) -> dict[int, int]:
    """Tag → value or offset of the first directory, as far as it lies within the head."""
    order = "<" if head[:2] == b"II" else ">"
    if len(head) < 8:
        return {}
    (at,) = struct.unpack_from(f"{order}I", head, 4)
    if at + 2 > len(head):
        return {}
    (count,) = struct.unpack_from(f"{order}H", head, at)
    tags = {}
    for entry in range(at + 2, min(at + 2 + 12 * count, len(head) - 11), 12):
        tag, _form, _number, value = struct.unpack_from(f"{order}HHII", head, entry)
        tags[tag] = value
    return tags
