"""One HEIC picture, put together by hand: libheif's Python package here can read but not write.

Boxes: ISO/IEC 14496-12 (ftyp, meta, hdlr, pitm, iloc, iinf, infe) and 23008-12 (iprp, ipco, ispe, ipma).
"""

from __future__ import annotations

import io
import struct

import av


def _box(name: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), name) + content


def _full(name: bytes, *parts: bytes, version: int = 0) -> bytes:
    return _box(name, struct.pack(">B3x", version), *parts)


def _hevc(picture) -> tuple[bytes, bytes]:
    """One coded frame, and the decoder configuration that belongs to it."""
    held = io.BytesIO()
    with av.open(held, "w", format="mp4") as container:
        stream = container.add_stream("libx265", rate=1, options={"x265-params": "log-level=none"})
        stream.width, stream.height, stream.pix_fmt = picture.width, picture.height, "yuv420p"
        container.mux(stream.encode(av.VideoFrame.from_image(picture)))
        container.mux(stream.encode())
    held.seek(0)
    with av.open(held) as container:
        stream = container.streams.video[0]
        return bytes(next(container.demux(stream))), stream.codec_context.extradata


def heic(picture) -> bytes:
    """A Pillow picture as the one image of a HEIC file."""
    frame, configuration = _hevc(picture)
    kind = _box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    entry = _full(b"infe", struct.pack(">HH4s", 1, 0, b"hvc1"), b"\0", version=2)
    size = _full(b"ispe", struct.pack(">II", picture.width, picture.height))
    properties = _box(b"ipco", _box(b"hvcC", configuration), size)
    belongs = _full(b"ipma", struct.pack(">IHBBB", 1, 1, 2, 0x81, 0x02))

    def meta(offset: int) -> bytes:
        return _full(
            b"meta",
            _full(b"hdlr", struct.pack(">I4s12xB", 0, b"pict", 0)),
            _full(b"pitm", struct.pack(">H", 1)),
            _full(b"iloc", struct.pack(">BBHHHHII", 0x44, 0, 1, 1, 0, 1, offset, len(frame))),
            _full(b"iinf", struct.pack(">H", 1), entry),
            _box(b"iprp", properties, belongs),
        )

    return kind + meta(len(kind) + len(meta(0)) + 8) + _box(b"mdat", frame)
