"""How the entries of a generation lie on disk: one fixed record a row, fingerprints in columns, the rest in one heap.

    rows            40 bytes a row, `ROW`
    heap            key and opaque fingerprints in MessagePack after 4 bytes of length, for rows that have them
    KIND.rows       4 bytes for each row that has this kind of fingerprint (md5, sha1, sha256, pdq), ascending
    KIND.values     16, 20 or 32 bytes beside it
    key.hash        8 bytes for each row that has a key, ascending: a hash of the key
    key.rows        4 bytes beside it
    categories.json the different sets of categories; a row names its set by number

So an entry with MD5, SHA-1, PDQ and a key of ten characters takes 40 + 20 + 24 + 36 + 12 + 13 = 145 bytes, besides
the indexes.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import msgspec
import numpy as np

from kavalan.lists.model import Category, Entry, Flag, Opaque

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import DTypeLike, NDArray

KINDS: Final = ("md5", "sha1", "sha256", "pdq")
KIND_BITS: Final = {kind: 1 << bit for bit, kind in enumerate(KINDS)}
MAX_ROWS: Final = 2**32 - 1
UNKNOWN: Final = -1
NO_TIME: Final = -(2**63)
NO_HEAP: Final = 2**64 - 1
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
ROW: Final = np.dtype(
    [
        ("position", "<u8"),
        ("size", "<i8"),  # -1 unknown
        ("updated", "<i8"),  # microseconds since 1970, NO_TIME unknown
        ("heap", "<u8"),  # offset, NO_HEAP for none
        ("categories", "<u4"),
        ("flags", "<u2"),
        ("quality", "i1"),  # -1 unknown
        ("kinds", "u1"),  # bit i: the row has KINDS[i]
    ]
)


class Heaped(msgspec.Struct, frozen=True, array_like=True):
    """What a row keeps in the heap."""

    key: str | None
    opaque: tuple[Opaque, ...]


HEAP_ENCODER: Final = msgspec.msgpack.Encoder()
HEAP_DECODER: Final = msgspec.msgpack.Decoder(Heaped)


def key_hash(key: str) -> int:
    """64 bits that find a key; the key itself is compared."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogateescape"), digest_size=8).digest(), "little")


def row_of(entry: Entry, heap: int, categories: int) -> tuple[int, ...]:
    """The fixed record of an entry, in the order of `ROW`.

    Args:
        entry: the entry.
        heap: offset of its heap record, `NO_HEAP` for none.
        categories: number of its set of categories.
    """
    return (
        entry.position,
        UNKNOWN if entry.size is None else entry.size,
        NO_TIME if entry.updated is None else microseconds(entry.updated),
        heap,
        categories,
        int(entry.flags),
        UNKNOWN if entry.pdq_quality is None else entry.pdq_quality,
        sum(bit for kind, bit in KIND_BITS.items() if getattr(entry, kind)),
    )


def entry_of(
    row: np.void, heaped: Heaped | None, categories: tuple[Category, ...], prints: dict[str, bytes | None]
) -> Entry:
    """The entry again.

    Args:
        row: its fixed record.
        heaped: its heap record.
        categories: its set.
        prints: its digests and PDQ, by kind.
    """
    updated = int(row["updated"])
    return Entry(
        position=int(row["position"]),
        key=heaped.key if heaped else None,
        size=None if row["size"] == UNKNOWN else int(row["size"]),
        updated=None if updated == NO_TIME else EPOCH + timedelta(microseconds=updated),
        pdq_quality=None if row["quality"] == UNKNOWN else int(row["quality"]),
        flags=Flag(int(row["flags"])),
        opaque=heaped.opaque if heaped else (),
        categories=categories,
        md5=prints["md5"],
        sha1=prints["sha1"],
        sha256=prints["sha256"],
        pdq=prints["pdq"],
    )


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970."""
    delta = moment - EPOCH
    return (delta.days * 86400 + delta.seconds) * 1_000_000 + delta.microseconds


def mapped(path: Path, dtype: DTypeLike, width: int = 0) -> NDArray[Any]:
    """A file as a read-only array, (n,) or (n, width); empty files cannot be mapped and need not."""
    kind = np.dtype(dtype)
    count = path.stat().st_size // kind.itemsize
    shape = (count // width, width) if width else (count,)
    return np.memmap(path, kind, "r", shape=shape) if count else np.empty(shape, kind)
