"""Android's MediaStore (external.db): what is in its trash, and what was downloaded.

The fields are those of Android's `MediaStore.MediaColumns` (developer.android.com) and of MediaProvider's table `files`
[V].
"""

from __future__ import annotations

import re

from kavalan.sources.embedded.database import Database, Value
from kavalan.sources.embedded.mentions.telling import Telling, subject_of, told, unix_time

_FIELDS = ("_data", "is_trashed", "is_download", "date_added", "owner_package_name")
_PROGRAM = re.compile(r"[A-Za-z0-9._]{3,120}")


def media_store(database: Database) -> Telling:
    """What MediaStore records; nothing where the database is another."""
    table = database.table("files")
    if table is None or not table.has("_data", "media_type"):
        return
    for row in database.rows(table, _FIELDS):
        if row is None:
            yield None
            continue
        path, trashed, downloaded, added, owner = row
        subject = subject_of(path)
        if subject is None:
            continue
        if trashed == 1:
            yield told(subject, "trashed", "external.db, files.is_trashed = 1: it is in the trash of MediaStore")
        if downloaded == 1:
            evidence = f"external.db, files.is_download = 1{_by(owner)}: MediaStore lists it as a download"
            yield told(subject, "saved", evidence, unix_time(added))


def _by(owner: Value) -> str:
    known = isinstance(owner, str) and _PROGRAM.fullmatch(owner)
    return f", files.owner_package_name = {owner!s}" if known else ""
