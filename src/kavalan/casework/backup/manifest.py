"""What one backup holds."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Vendor = Literal["sqlite", "postgresql"]


class Stored(msgspec.Struct, frozen=True):
    """A file of a backup.

    Attributes:
        path: where it lay in the workspace, with `/`.
        sha256: of its bytes, in hex; by it the store finds them.
        size: in bytes.
        changed: when it was last written, in nanoseconds since 1970: a file of this size and time is not read again.
    """

    path: str
    sha256: str
    size: int
    changed: int


class Head(msgspec.Struct, frozen=True):
    """The last entry of a ledger: its number and its hash in hex."""

    number: int
    hash: str


class Manifest(msgspec.Struct, frozen=True, tag="kavalan-backup/1", tag_field="form"):
    """A whole backup; it is written last.

    Attributes:
        made: when the database was copied.
        version: of Kavalan.
        vendor: the kind of database.
        database: SQLite's file, or what `pg_dump` wrote in its custom form.
        ledger: the head of the copied ledger; None where nothing was ever recorded.
        whole: False for the copy of the database alone that is made before a migration.
        with_keys: whether the workspace's keys are among the files.
        files: everything else.
    """

    made: datetime
    version: str
    vendor: Vendor
    database: Stored
    ledger: Head | None
    whole: bool
    with_keys: bool
    files: tuple[Stored, ...]
