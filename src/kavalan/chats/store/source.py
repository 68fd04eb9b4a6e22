"""What a store says of its source, and of who had it read."""

from __future__ import annotations

import msgspec

from kavalan.chats.request import Piece


class Source(msgspec.Struct):
    """A source, and under what it was read.

    Attributes:
        sha256: of the bytes that were read, in hexadecimal digits: of the chat's text, in an archive too; of a source
            of several files, of all of them one after another.
        size: of them, in bytes.
        name: of the file, as given.
        form: by which reader it was read.
        authority: reference of the authority under which it was read.
        examiner: who had it read.
        read_at: when, ISO 8601 in UTC.
        reader: version of Kavalan.
        container_sha256: of the archive in which it lies; empty for none.
        container_name: of that archive.
        zone: in which it was written, where the examiner said so.
        pieces: its files, where it has several.
    """

    sha256: str
    size: int
    name: str
    form: str
    authority: str
    examiner: str
    read_at: str
    reader: str
    container_sha256: str = ""
    container_name: str = ""
    zone: str = ""
    pieces: tuple[Piece, ...] = ()


class Media(msgspec.Struct, gc=False):
    """A file that came with an export.

    Attributes:
        name: by which messages name it: its path from the folder of the chat's text.
        sha256: in hexadecimal digits; empty where it could not be read.
        size: in bytes.
        fault: why not all of it could be read.
    """

    name: str
    sha256: str
    size: int
    fault: str = ""
