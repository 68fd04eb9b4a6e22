"""One thing found in a source: where it was, what the source says of it, and how to read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kavalan.fingerprint import Streamed
    from kavalan.sources.trace import Trace


State = Literal["allocated", "deleted", "unknown"]
Algorithm = Literal["md5", "sha1", "sha256"]


@dataclass(frozen=True, slots=True)
class Ending:
    """What is known of an item only once its bytes have been read.

    Attributes:
        stored: the checksum that the container keeps of the item, as `crc-32 cbf43926`, or only the name of a check
            that lies within the compressed data (`gzip crc-32`); None where it keeps none.
        agrees: whether the bytes that were read have it; None where there is none or not all bytes were read.
        error: why not all of the item could be read; None when all of it was, or nothing has been asked for yet.
    """

    stored: str | None = None
    agrees: bool | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A file, or the reason why there is none to read.

    Times are UTC, as the source states them; None where it states none.

    Attributes:
        path: place below the source's root as the source spells it: bytes, separated by `/`, in no known encoding. A
            member of an archive stands below the path of the archive (`kavalan.sources.place`). No two items of a
            source have the same one.
        modified: last change of the content.
        open: opens the item for reading: a file descriptor, or a stream for what is too large to be held; the caller
            closes it. Raises OSError. An item of an archive can be opened until the next item is asked for.
        refusal: why the item is not read (a link, a device, a folder that may not be listed), else None.
        created: when the file was made.
        accessed: when it was last read.
        changed: last change of content, name or rights.
        clock: `utc`, or `local` where the times are those of the maker's clock in a zone that the source does not
            state, and are given as if it had been UTC.
        state: `allocated`: the source lists it; `deleted`: it was found where the source lists nothing any more.
        container: path of the archive it is a member of; None for what is in none.
        original: its path on the device, where the source keeps it under another name, as a backup or an extraction's
            report does; bytes separated by `/`.
        digests: what the source says its digests are, by algorithm (`md5`, `sha1`, `sha256`); checked once it is read.
        traces: what the source records of its use.
        remarks: what the source says of it that a person should know: names that disagree, paths that lead outside.
        ending: asks for what is known once the item's bytes have been read.
    """

    path: bytes
    modified: datetime | None
    open: Callable[[], int | Streamed]
    refusal: str | None = None
    created: datetime | None = None
    accessed: datetime | None = None
    changed: datetime | None = None
    clock: Literal["utc", "local"] = "utc"
    state: State = "allocated"
    container: bytes | None = None
    original: bytes | None = None
    digests: tuple[tuple[Algorithm, bytes], ...] = ()
    traces: tuple[Trace, ...] = ()
    remarks: tuple[str, ...] = ()
    ending: Callable[[], Ending] = Ending
