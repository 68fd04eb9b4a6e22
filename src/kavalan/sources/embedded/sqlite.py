"""SQLite databases: what known ones say of other files, and the pictures, videos and archives in their BLOBs.

A child is named `table/column/rowid.ext`. Deleted rows are not looked for, nor is a write-ahead log beside the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from kavalan.fingerprint.kinds import HEAD_BYTES
from kavalan.sources.archive.passage import DamagedError, Passage, Said, rest
from kavalan.sources.archive.records import Begin, Request, Still
from kavalan.sources.embedded.database import Database, Field, Table
from kavalan.sources.embedded.media import LEAST, Found, media_in
from kavalan.sources.embedded.mentions import mentions_in
from kavalan.sources.embedded.naming import ending_of, spelled
from kavalan.sources.embedded.pages import Cell

MOST_MENTIONS = 200_000


def read_sqlite(source: BinaryIO, _request: Request, passage: Passage) -> Iterator[Said]:
    """Say what a database says of other files, then what it holds itself."""
    try:
        database = Database(source.fileno())
    except DamagedError as error:
        yield rest(f"a database that cannot be read: {error}")
        return
    yield from _mentions(database)
    seen = database.pages.unseen()
    for table in database.tables:
        for cell in database.cells(table, seen, 0 if table.layout.keyed else LEAST):
            yield from [Still()] if cell is None else _media(database, table, cell, passage)
    damage = database.pages.damage.reason()
    if damage is not None:
        yield rest(f"damaged: {damage}")


def _mentions(database: Database) -> Iterator[Said]:
    count = 0
    for told in mentions_in(database):
        if told is None:
            yield Still()
            continue
        count += 1
        if count <= MOST_MENTIONS:
            yield told
    if count > MOST_MENTIONS:
        yield rest(f"it records {count} uses of files, of which the first {MOST_MENTIONS} are listed")


def _media(database: Database, table: Table, cell: Cell, passage: Passage) -> Iterator[Said]:
    try:
        fields = database.blobs(cell.payload, LEAST)
    except DamagedError as error:
        database.pages.damage.note(f"a row of a table: {error}")
        return
    for field in fields:
        try:
            found = media_in(cell.payload.read(field.at, min(field.size, HEAD_BYTES)))
        except DamagedError as error:
            database.pages.damage.note(f"a field of a row: {error}")
            continue
        if found is not None:
            yield from _member(table, cell, field, found, passage)


def _member(table: Table, cell: Cell, field: Field, found: Found, passage: Passage) -> Iterator[Said]:
    size = field.size - found.prefix
    name = b"%b/%b/%d.%b" % (
        spelled(table.name),
        spelled(table.column(field.column)),
        cell.key or 0,
        ending_of(found.kind),
    )
    remarks = (f"begins behind {found.prefix} bytes of its field",) if found.prefix else ()
    yield from passage.member(
        Begin(name, remarks=remarks),
        partial(cell.payload.pieces, field.at + found.prefix, size),
        size=size,
        packed=size,
    )
