"""Making a backup: the database first, then what it speaks of."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection

from kavalan import __version__
from kavalan.casework.backup import postgres, sqlite
from kavalan.casework.backup.errors import BackupError
from kavalan.casework.backup.files import Piece, pieces
from kavalan.casework.backup.manifest import Head, Manifest, Stored, Vendor
from kavalan.casework.backup.store import Store
from kavalan.casework.workspace import DATABASE

if TYPE_CHECKING:
    from datetime import datetime

_MARGIN = 64 << 20


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was made.

    Attributes:
        path: its manifest.
        manifest: what it holds.
        kept: files that an earlier backup had brought here already.
    """

    path: Path
    manifest: Manifest
    kept: int


def back_up(workspace: Path, root: Path, now: datetime, *, with_keys: bool = False) -> Taken:
    """Back the configured workspace up while it is used.

    The database is copied as it is at one moment, and then the files: whatever the database speaks of is among them,
    unless it was destroyed meanwhile.

    Args:
        workspace: the workspace.
        root: a folder for backups, outside the workspace; made if absent.
        now: aware UTC.
        with_keys: whether to copy the workspace's keys too.

    Raises:
        BackupError: it was not made, and what was there is as it was.
        kavalan.lists.ListError: a list is damaged.
    """
    if root.resolve().is_relative_to(workspace.resolve()):
        message = f"{root} lies in the workspace and would be lost with it; name a folder on another disk"
        raise BackupError(message)
    store = Store(root)
    with store.open_for_writing():
        before = store.latest()
        known = {stored.path: stored for stored in before.files} if before else {}
        database, head = _database(store)
        files, kept = [], 0
        for piece in pieces(workspace, with_keys=with_keys):
            held = _unchanged(store, known.get(piece.path), piece)
            files.append(held or _put(store, piece))
            kept += held is not None
        manifest = _manifest(now, database, head, whole=True, with_keys=with_keys, files=tuple(files))
        return Taken(store.complete(manifest), manifest, kept)


def back_up_database(root: Path, now: datetime) -> Path:
    """Copy the configured database alone into a folder for backups; its manifest's path is returned.

    Raises:
        BackupError: it was not made.
    """
    store = Store(root)
    with store.open_for_writing():
        database, head = _database(store)
        return store.complete(_manifest(now, database, head, whole=False, with_keys=False, files=()))


def _database(store: Store) -> tuple[Stored, Head | None]:
    draft = store.draft()
    settings = connection.settings_dict
    try:
        if connection.vendor == "sqlite":
            path = Path(settings["NAME"])
            # The WAL's pages may all be new ones.
            _require_space(store, 2 * sum(one.stat().st_size for one in path.parent.glob(f"{path.name}*")))
            head = sqlite.dump(path, draft)
        else:
            head = postgres.dump(settings, draft)
        with draft.open("rb") as stream:
            state = os.fstat(stream.fileno())
            return store.put(DATABASE, stream, state.st_size, state.st_mtime_ns), head
    finally:
        draft.unlink(missing_ok=True)


def _put(store: Store, piece: Piece) -> Stored:
    _require_space(store, piece.size)
    return store.put(piece.path, piece.stream, piece.size, piece.changed)


def _unchanged(store: Store, before: Stored | None, piece: Piece) -> Stored | None:
    same = before is not None and (before.size, before.changed) == (piece.size, piece.changed)
    return before if before is not None and same and store.holds(before) else None


def _require_space(store: Store, size: int) -> None:
    """Refuse before writing: a disk that is full to the last byte stops more than a backup."""
    state = os.statvfs(store.root)
    free = state.f_bavail * state.f_frsize
    if free < size + _MARGIN:
        message = (
            f"{store.root}: {free >> 20} MiB are free there and {size + _MARGIN >> 20} are needed; free some space, or "
            "name another disk"
        )
        raise BackupError(message)


def _manifest(
    now: datetime, database: Stored, head: Head | None, *, whole: bool, with_keys: bool, files: tuple[Stored, ...]
) -> Manifest:
    vendor: Vendor = "sqlite" if connection.vendor == "sqlite" else "postgresql"
    return Manifest(now, __version__, vendor, database, head, whole, with_keys, files)
