"""What the reader of an archive is asked, and what it answers: the members in their order, their bytes between."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec

from kavalan.sources.chosen import Chosen
from kavalan.sources.item import Algorithm, State
from kavalan.sources.trace import Trace

Format = Literal[
    "zip",
    "7z",
    "tar",
    "gzip",
    "bzip2",
    "xz",
    "zstd",
    "disk",
    "adb",
    "pdf",
    "ole",
    "mail",
    "mbox",
    "sqlite",
    "trailer",
    "thumbnails",
]

Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
Digest: TypeAlias = Annotated[bytes, msgspec.Meta(min_length=16, max_length=32)]
Text: TypeAlias = Annotated[str, msgspec.Meta(max_length=400)]
# A name in a ZIP ends at 64 KiB. A TAR may spell longer ones; they are cut, with a remark.
NAME_BYTES = 1 << 16


class After(msgspec.Struct, frozen=True):
    """A member, by the SHA-256 of its name and how many of that name come before it."""

    name: bytes
    again: int


class Request(msgspec.Struct, frozen=True):
    """How to read an archive.

    Attributes:
        format: by content.
        name: what a single compressed file without a name of its own is called.
        allowance: bytes that may come out of it.
        ratio: see `SourceLimits`.
        free_member: see `SourceLimits`.
        start: the first member that is wanted; those before it are passed over. None for all.
        chosen: which members are wanted; the others are passed over. None for all.
        beside: how many further files come with it.
        medium: bytes of a medium that are read once more to check the digest that its image keeps.
        lent: bytes of an archive that is lent (`kavalan.sources.archive.lent`); 0 for one that is given.
    """

    format: Format
    name: bytes
    allowance: int
    ratio: int
    free_member: int
    start: After | None = None
    chosen: Chosen | None = None
    beside: Count = 0
    medium: Count = 0
    lent: Count = 0


class Begin(msgspec.Struct, frozen=True, tag="begin"):
    """A member; unless it is refused, its bytes follow, and an `End`.

    Attributes:
        name: as the archive spells it.
        again: how many members of that name came before it.
        modified: microseconds from 1970 in UTC, as are the other times.
        created: see `Item`.
        accessed: see `Item`.
        changed: see `Item`.
        local: the times are those of a clock in an unknown zone.
        refusal: why its bytes do not follow.
        remarks: see `Item`.
        state: see `Item`.
        original: see `Item`.
        digests: see `Item`.
        traces: see `Item`.
        opaque: its bytes are digested and nothing else; they do not count against the archive.
    """

    name: Annotated[bytes, msgspec.Meta(max_length=NAME_BYTES)]
    again: Count = 0
    modified: int | None = None
    created: int | None = None
    accessed: int | None = None
    changed: int | None = None
    local: bool = False
    refusal: Text | None = None
    remarks: Annotated[tuple[Text, ...], msgspec.Meta(max_length=20)] = ()
    state: State = "allocated"
    original: Annotated[bytes, msgspec.Meta(max_length=NAME_BYTES)] | None = None
    digests: Annotated[tuple[tuple[Algorithm, Digest], ...], msgspec.Meta(max_length=3)] = ()
    traces: Annotated[tuple[Trace, ...], msgspec.Meta(max_length=100)] = ()
    opaque: bool = False


class End(msgspec.Struct, frozen=True, tag="end"):
    """The member's last byte has been said.

    Attributes:
        error: why it is not all of them.
        crc: the CRC-32 that the archive keeps of it.
        verified: the name of a check inside the compressed data that the decoder has made; it agreed unless `error`.
    """

    error: Text | None = None
    crc: Annotated[int, msgspec.Meta(ge=0, le=0xFFFFFFFF)] | None = None
    verified: Text | None = None


class Rest(msgspec.Struct, frozen=True, tag="rest"):
    """Something of the archive that could not be read, and is no member."""

    reason: Text


class Still(msgspec.Struct, frozen=True, tag="still"):
    """The reader goes on, over what nobody wants.

    Attributes:
        charged: bytes of members that it has passed over; they count as if they had been said.
    """

    charged: Count = 0


class Told(msgspec.Struct, frozen=True, tag="told"):
    """What a database says of a file that lies elsewhere in the source (`kavalan.sources.Mention`)."""

    subject: Annotated[bytes, msgspec.Meta(max_length=NAME_BYTES)]
    trace: Trace


Record: TypeAlias = Begin | End | Rest | Still | Told
