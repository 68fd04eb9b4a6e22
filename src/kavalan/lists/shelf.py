"""The directory of one list: generations, their journals, and the one step by which a new one takes over.

CURRENT      "gen-3": the generation in force, replaced by renaming
gen-3/       immutable
journal-3    what has changed since, append-only
lock         held by whoever changes the list
partial-*/   a generation that is being compiled; without a holder of its lock it is left over from a crash
"""

from __future__ import annotations

import re
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kavalan.lists import disk, journal
from kavalan.lists.errors import BusyError
from kavalan.lists.live import CURRENT, current_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_OURS: Final = re.compile(r"(gen|journal)-[0-9]+|\.CURRENT\.[0-9]+")


@contextmanager
def staging(shelf: Path) -> Iterator[Path]:
    """An empty directory beside the generations, gone when the block ends unless it was committed."""
    name = f"partial-{secrets.token_hex(8)}"
    lock = shelf / f"{name}.lock"
    with disk.locked(lock, 0):
        directory = shelf / name
        directory.mkdir()
        try:
            yield directory
        finally:
            disk.remove(directory)
            disk.remove(lock)


def commit(shelf: Path, directory: Path, operations: Sequence[journal.Operation]) -> int:
    """Make a compiled directory the generation in force; its number is returned. Call with the list's lock held.

    Until `CURRENT` is renamed the old generation is in force, from then on the new one; a crash leaves one or the
    other, and what is left over is removed by the next change.

    Args:
        shelf: the directory of the list.
        directory: compiled and synchronised.
        operations: to stand in the new journal from the beginning.
    """
    sweep(shelf)
    number = (current_number(shelf) or 0) + 1
    path = shelf / f"journal-{number}"
    journal.create(path, number)
    if operations:
        writer = journal.JournalWriter(path, number)
        try:
            writer.append(operations)
        finally:
            writer.close()
    disk.sync_file(path)
    disk.rename(directory, shelf / f"gen-{number}")
    disk.write_atomic(shelf / CURRENT, f"gen-{number}\n".encode())
    sweep(shelf)
    return number


def sweep(shelf: Path) -> None:
    """Remove generations and journals that are not in force, and what crashes left. Call with the list's lock held."""
    number = current_number(shelf)
    kept = {f"gen-{number}", f"journal-{number}"}
    for path in sorted(shelf.iterdir()):
        if _OURS.fullmatch(path.name) and path.name not in kept:
            disk.remove(path)
        elif path.suffix == ".lock" and path.name.startswith("partial-"):
            _remove_orphan(path)


def _remove_orphan(lock: Path) -> None:
    try:
        with disk.locked(lock, 0):
            disk.remove(lock.with_suffix(""))
            disk.remove(lock)
    except BusyError:
        return  # somebody is compiling
