"""Backups: a store of files by their digests, and for each backup a manifest of what it holds."""

from kavalan.casework.backup.errors import BackupError
from kavalan.casework.backup.manifest import Head, Manifest, Stored
from kavalan.casework.backup.restore import restore
from kavalan.casework.backup.store import Store, read_manifest
from kavalan.casework.backup.take import Taken, back_up, back_up_database

__all__ = [
    "BackupError",
    "Head",
    "Manifest",
    "Store",
    "Stored",
    "Taken",
    "back_up",
    "back_up_database",
    "read_manifest",
    "restore",
]
