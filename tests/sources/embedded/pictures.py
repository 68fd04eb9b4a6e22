"""Pictures with something behind them, built by the tests as phones build them."""

from __future__ import annotations

import io
import struct

from PIL import Image


def jpeg(size: tuple[int, int] = (64, 48), exif: int = 0) -> bytes:
    """A gradient, with so many bytes of Exif before anything else."""
    held = io.BytesIO()
    Image.linear_gradient("L").resize(size).save(held, "JPEG")
    content = held.getvalue()
    return content if not exif else with_segment(content, 0xE1, b"Exif\0\0" + bytes(exif))


def with_segment(content: bytes, marker: int, segment: bytes) -> bytes:
    """A JPEG with one segment more, the first of all."""
    return content[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(segment) + 2) + segment + content[2:]


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">L", 8 + len(content)) + kind + content


def mp4(filler: int = 5000) -> bytes:
    """What begins as a video does."""
    return box(b"ftyp", b"mp42\0\0\0\0isommp42") + box(b"mdat", b"\x17" * filler) + box(b"moov", bytes(100))


def heic(*behind: bytes, meta: int = 6000) -> bytes:
    """What begins as a HEIC does, with boxes behind the picture."""
    return (
        box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", bytes(meta)) + box(b"mdat", bytes(9000)) + b"".join(behind)
    )


def xmp(text: str) -> bytes:
    """A segment of XMP with Google's names."""
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" '
        'xmlns:Container="http://ns.google.com/photos/1.0/container/" '
        f'xmlns:Item="http://ns.google.com/photos/1.0/container/item/" {text}</rdf:RDF></x:xmpmeta>'
    )
    return b"http://ns.adobe.com/xap/1.0/\0" + packet.encode()


def directory(*items: tuple[str, int, int]) -> str:
    """Google's list of what is in the file: meaning, length and padding of each item behind the picture."""
    every = [("Primary", 0, 0), *items]
    listed = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f'<Container:Item Item:Mime="x/y" Item:Semantic="{meaning}" Item:Length="{length}" Item:Padding="{padding}"/>'
        "</rdf:li>"
        for meaning, length, padding in every
    )
    return (
        f'GCamera:MotionPhoto="1"><dc:creator><rdf:Seq><rdf:li>nobody</rdf:li></rdf:Seq></dc:creator>'
        f"<Container:Directory><rdf:Seq>{listed}</rdf:Seq></Container:Directory></rdf:Description>"
    )


def samsung(*blocks: tuple[int, bytes, bytes]) -> bytes:
    """Samsung's trailer with blocks of a type, a name and bytes."""
    data, entries = b"", []
    for kind, name, content in blocks:
        block = struct.pack("<HHL", 0, kind, len(name)) + name + content
        entries.append((kind, len(data), len(block)))
        data += block
    listed = b"".join(struct.pack("<HHLL", 0, kind, len(data) - at, size) for kind, at, size in entries)
    head = b"SEFH" + struct.pack("<LL", 107, len(entries)) + listed
    return data + head + struct.pack("<L", len(head)) + b"SEFT"
