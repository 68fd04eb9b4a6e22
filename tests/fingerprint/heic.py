"""A HEIC still written by hand around one HEVC frame (ISO/IEC 23008-12), since no free encoder wheel writes one."""

from __future__ import annotations

import struct
from fractions import Fraction

import av
import numpy as np
from numpy.typing import NDArray

_VPS, _SPS, _PPS = 32, 33, 34


def heic(rgb: NDArray[np.uint8], *, quarter_turns: int = 0, crf: int = 8) -> bytes:
    """An HEIC file of an even-sided RGB array, with an `irot` property that asks to be turned counter-clockwise.

    `crf` is x265's: the lower, the closer to the array and the larger.
    """
    height, width = rgb.shape[:2]
    units = _hevc(rgb, crf)
    sets = {kind: [unit for unit in units if _kind(unit) == kind] for kind in (_VPS, _SPS, _PPS)}
    coded = b"".join(struct.pack(">I", len(unit)) + unit for unit in units if _kind(unit) < _VPS)
    properties = [
        _configuration(sets),
        _full("ispe", struct.pack(">II", width, height)),
        _full("pixi", b"\3\x08\x08\x08"),
    ]
    if quarter_turns:
        properties.append(_box("irot", bytes([quarter_turns])))
    association = struct.pack(">IHB", 1, 1, len(properties)) + bytes(range(0x81, 0x81 + len(properties)))
    top = _box("ftyp", b"heic\0\0\0\0mif1heic")

    def meta(offset: int) -> bytes:
        return _full(
            "meta",
            _full("hdlr", b"\0\0\0\0pict" + bytes(13)),
            _full("pitm", struct.pack(">H", 1)),
            _full("iloc", struct.pack(">BBHHHHII", 0x44, 0, 1, 1, 0, 1, offset, len(coded))),
            _full("iinf", struct.pack(">H", 1), _box("infe", b"\2\0\0\0\0\1\0\0hvc1\0")),
            _box("iprp", _box("ipco", *properties), _full("ipma", association)),
        )

    return top + meta(len(top) + len(meta(0)) + 8) + _box("mdat", coded)


def _hevc(rgb: NDArray[np.uint8], crf: int) -> list[bytes]:
    """One intra frame as NAL units, parameter sets first."""
    encoder = av.CodecContext.create("libx265", "w")
    encoder.height, encoder.width = rgb.shape[:2]
    encoder.pix_fmt, encoder.time_base = "yuv420p", Fraction(1)
    encoder.options = {
        "x265-params": f"log-level=none:crf={crf}:keyint=1:pools=1:frame-threads=1",
        "preset": "ultrafast",
    }
    packets = encoder.encode(av.VideoFrame.from_ndarray(rgb, "rgb24")) + encoder.encode()
    stream = b"".join(bytes(packet) for packet in packets).replace(b"\0\0\0\1", b"\0\0\1")
    return [unit for unit in stream.split(b"\0\0\1") if unit]


def _kind(unit: bytes) -> int:
    return unit[0] >> 1 & 63


def _configuration(sets: dict[int, list[bytes]]) -> bytes:
    """The `hvcC` property: the general profile is copied from the sequence parameter set."""
    profile = sets[_SPS][0].replace(b"\0\0\3", b"\0\0")[3:15]
    head = b"\1" + profile + b"\xf0\0\xfc\xfd\xf8\xf8\0\0\x0f" + bytes([len(sets)])
    arrays = b"".join(
        struct.pack(">BH", 0x80 | kind, len(units)) + b"".join(struct.pack(">H", len(unit)) + unit for unit in units)
        for kind, units in sets.items()
    )
    return _box("hvcC", head + arrays)


def _box(name: str, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", len(body) + 8) + name.encode() + body


def _full(name: str, *content: bytes) -> bytes:
    return _box(name, bytes(4), *content)
