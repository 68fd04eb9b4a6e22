"""Browsers' lists of downloads: Chrome and its kin (History), Firefox (places.sqlite).

Chrome: `components/history/core/browser/download_database.cc` and `download_types.h` of Chromium [V]. Firefox:
`toolkit/components/downloads/DownloadHistory.sys.mjs` [V]. Addresses of pages are not taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from kavalan.sources.archive.records import Told
from kavalan.sources.embedded.database import Database, Value
from kavalan.sources.embedded.mentions.telling import Telling, subject_of, told, unix_time, webkit_time

_COMPLETE = 1
_FIREFOX_FILE = "downloads/destinationFileURI"


def chrome_downloads(database: Database) -> Telling:
    """What Chrome, Edge and others of the family record; nothing where the database is another."""
    table = database.table("downloads")
    if table is None or not table.has("target_path", "state", "start_time"):
        return
    for row in database.rows(table, ("target_path", "state", "end_time", "start_time", "opened", "last_access_time")):
        if row is None:
            yield None
            continue
        subject = subject_of(row[0])
        if subject is not None:
            yield from _chrome(subject, row[1:])


def _chrome(subject: bytes, row: tuple[Value, ...]) -> Iterator[Told]:
    state, end, start, opened, accessed = row
    if state == _COMPLETE:
        evidence = "History, downloads.target_path, downloads.state = 1: a browser saved it, completely"
        yield told(subject, "saved", evidence, webkit_time(end) or webkit_time(start))
    if opened == 1:
        evidence = "History, downloads.opened = 1: it was opened from the browser's list of downloads"
        yield told(subject, "opened", evidence, webkit_time(accessed))


def firefox_downloads(database: Database) -> Telling:
    """What Firefox records; nothing where the database is another."""
    notes, names = database.table("moz_annos"), database.table("moz_anno_attributes")
    if notes is None or names is None or not notes.has("anno_attribute_id", "content"):
        return
    kinds = {row[0] for row in database.rows(names, ("id", "name")) if row and row[1] == _FIREFOX_FILE}
    for row in database.rows(notes, ("anno_attribute_id", "content", "dateAdded")):
        if row is None:
            yield None
            continue
        subject = _firefox_file(row[1]) if row[0] in kinds else None
        if subject is not None:
            evidence = f"places.sqlite, moz_annos, {_FIREFOX_FILE}: Firefox began to save it"
            yield told(subject, "saved", evidence, unix_time(row[2], 1_000_000))


def _firefox_file(address: Value) -> bytes | None:
    if not isinstance(address, str) or not address.startswith("file:///"):
        return None
    return subject_of(unquote(address.removeprefix("file:///"), errors="surrogateescape"))
