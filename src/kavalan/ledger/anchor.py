"""The anchor: a file outside the database to which every checkpoint is appended, best on another machine or medium.

It is text: one signed note after another, an empty line between them. A write that was cut off leaves the beginning of
a note; the next one begins on a line of its own, and a reader passes over the rest of what was written whole later.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from kavalan.ledger.checkpoint import notes_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kavalan.ledger.checkpoint import Note

# A checkpoint has about 250 bytes: one an hour for a century.
_MOST_BYTES = 256 << 20


class AnchorError(Exception):
    """The anchor's file cannot be written or read; the text says which and why."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")


class Anchor(msgspec.Struct, frozen=True):
    """What an anchor's file holds.

    Attributes:
        notes: the checkpoints, in their order.
        strays: text that is no checkpoint, nor the beginning of one that stands there whole.
    """

    notes: tuple[Note, ...]
    strays: tuple[str, ...]


def read_anchor(path: Path) -> Anchor | None:
    """Read an anchor's file; None where there is none.

    Raises:
        AnchorError: it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise AnchorError(path, f"cannot be read ({error.strerror})") from error
    if len(data) > _MOST_BYTES:
        raise AnchorError(path, "is too large to be an anchor's file")
    notes, strays = notes_in(data.decode("utf-8", "surrogateescape"))
    return Anchor(tuple(notes), tuple(stray for stray in strays if not _begins_one_of(notes, stray)))


@contextmanager
def anchoring(path: Path) -> Iterator[None]:
    """Within, no other process of this machine makes a checkpoint for this anchor.

    Raises:
        AnchorError: the file cannot be opened for writing.
    """
    descriptor = _opened(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def append_notes(path: Path, notes: Iterable[Note]) -> None:
    """Append notes and see them onto the disk.

    Raises:
        AnchorError: they cannot be written.
    """
    text = "".join(f"{note.text}\n" for note in notes)
    if not text:
        return
    try:
        with os.fdopen(_opened(path), "ab") as stream:
            descriptor = stream.fileno()
            size = os.fstat(descriptor).st_size
            if size and os.pread(descriptor, 2, max(size - 2, 0)) != b"\n\n":
                stream.write(b"\n\n")
            stream.write(text.encode())
            stream.flush()
            os.fsync(descriptor)
        _sync(path.parent)
    except OSError as error:
        raise AnchorError(path, f"cannot be written ({error.strerror})") from error


def _begins_one_of(notes: Iterable[Note], stray: str) -> bool:
    # As bytes: a write may have been cut within a letter.
    begun = stray.encode("utf-8", "surrogateescape")
    return any(note.text.encode().startswith(begun) for note in notes)


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError as error:
        raise AnchorError(path, f"cannot be opened for writing ({error.strerror})") from error


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
