"""Restoring a backup into a new workspace."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from kavalan.casework import database
from kavalan.casework.backup import postgres, sqlite
from kavalan.casework.backup.errors import BackupError
from kavalan.casework.backup.store import Store, read_manifest
from kavalan.casework.workspace import DATABASE, SECRET_KEY, create_workspace

if TYPE_CHECKING:
    from kavalan.casework.backup.manifest import Head, Manifest

_DUMP: Final = "database.dump"


def restore(source: Path, to: Path) -> Manifest:
    """Make a workspace of a backup; every byte is compared with its digest, and the ledger's head with the manifest's.

    Until the last step nothing has the workspace's name. A database of PostgreSQL goes into the empty one that
    `DATABASE_URL` names.

    Args:
        source: a folder of backups, whose newest is taken, or the manifest of one.
        to: a directory that does not exist or is empty.

    Raises:
        BackupError: it was not restored; `to` is as it was.
    """
    store, manifest = _chosen(source)
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        message = f"{to} is not empty; name a folder that does not exist yet"
        raise BackupError(message)
    _require_database(manifest)
    # Beside it, so that one rename puts it in place.
    draft = to.absolute().parent / f".{to.name}.partial-{secrets.token_hex(8)}"
    try:
        create_workspace(draft)
        _fill(store, manifest, draft)
        draft.rename(to)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


def _chosen(source: Path) -> tuple[Store, Manifest]:
    if source.is_file():
        return Store(source.absolute().parent.parent), read_manifest(source)
    store = Store(source)
    manifests = store.manifests()
    if not manifests:
        message = f"{source} holds no complete backup"
        raise BackupError(message)
    return store, read_manifest(manifests[-1])


def _require_database(manifest: Manifest) -> None:
    given = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
    if given != manifest.vendor:
        cure = (
            "set DATABASE_URL to an empty database of that server"
            if manifest.vendor == "postgresql"
            else "unset DATABASE_URL"
        )
        message = f"this backup is of a workspace on {manifest.vendor}: {cure}"
        raise BackupError(message)


def _fill(store: Store, manifest: Manifest, draft: Path) -> None:
    if manifest.with_keys:
        (draft / SECRET_KEY).unlink(missing_ok=True)
    for stored in manifest.files:
        store.fetch(stored, draft / _inside(stored.path))
    head = _load(store, manifest, draft)
    if head != manifest.ledger:
        raise BackupError("the restored ledger does not end where the copied one did; restore an earlier backup")


def _load(store: Store, manifest: Manifest, draft: Path) -> Head | None:
    if manifest.vendor == "sqlite":
        store.fetch(manifest.database, draft / DATABASE)
        return sqlite.head(draft / DATABASE)
    dumped = draft / _DUMP
    store.fetch(manifest.database, dumped)
    try:
        return postgres.load(database.from_url(os.environ["DATABASE_URL"]), dumped)
    finally:
        dumped.unlink()


def _inside(path: str) -> PurePosixPath:
    inside = PurePosixPath(path)
    if inside.is_absolute() or ".." in inside.parts:
        message = f"a file of the backup would lie outside the workspace: {path!r}"
        raise BackupError(message)
    return inside
