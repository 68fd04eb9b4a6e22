"""Reading an export into a store: the whole way from a file to what can be asked."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from kavalan import __version__
from kavalan.chats.errors import ChatError
from kavalan.chats.exports import media_beside
from kavalan.chats.reading import Doubt, Reading
from kavalan.chats.request import Request
from kavalan.chats.store import Source, Store, Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from kavalan.chats.exports import Export
    from kavalan.chats.reader import ChatReader
    from kavalan.chats.request import Order
    from kavalan.chats.tables.columns import Columns

_NAME: Final = 16
"""Digits of a source's digest that name its folder."""
_MADE: Final = ("chats.sqlite*", "*.parquet*", "reading.json")
"""What is written there."""


class Asked(NamedTuple):
    """Under what exports are read, and what the examiner knows about them.

    Attributes:
        authority: reference of the authority.
        examiner: who has it read.
        at: when, in UTC.
        order: of dates, where known.
        zone: IANA name of the zone, where known.
        region: whose plan reads telephone numbers without a country's prefix.
        columns: what those of a table mean; None for anything else.
    """

    authority: str
    examiner: str
    at: datetime
    order: Order | None = None
    zone: str = ""
    region: str = "IN"
    columns: Columns | None = None


class Collected(NamedTuple):
    """What came of it.

    Attributes:
        folder: of the store.
        source: what was read.
        reading: the report.
        whole: it was read to its end.
    """

    folder: Path
    source: Source
    reading: Reading
    whole: bool


def collect(
    reader: ChatReader, export: Export, out: Path, asked: Asked, tell: Callable[[int], None] | None = None
) -> Collected:
    """Read one export into a store of its own, `OUT/<first digits of its digest>`.

    What was read before a failure is kept and the report says where it ended.

    Args:
        reader: serves any number of exports.
        export: what is read.
        out: in which folder stores lie.
        asked: under what.
        tell: is told the number of messages so far.

    Raises:
        ChatError: it cannot be read at all, it is in `out` already, or the folder cannot be written.
        StartError: no confined process can be started.
    """
    folder = out / export.sha256[:_NAME]
    source = Source(
        export.sha256, export.size, export.name, export.form, asked.authority, asked.examiner,
        asked.at.isoformat(timespec="seconds"), __version__, export.container_sha256, export.container_name, asked.zone,
        export.pieces,
    )  # fmt: skip
    request = Request(
        export.form, export.sha256, _naming(export), asked.order, asked.zone, asked.region, export.pieces, asked.columns
    )  # fmt: skip
    writer = Writer(folder, source)
    try:
        return _kept(reader, export, request, writer, tell)
    except (sqlite3.Error, OSError) as error:
        # Half a store would be taken for one, and could never be written again.
        for path in (one for pattern in _MADE for one in folder.glob(pattern)):
            path.unlink()
        message = f"{folder} cannot be written, and nothing of it is kept: {error}"
        raise ChatError(message) from error


def _kept(
    reader: ChatReader, export: Export, request: Request, writer: Writer, tell: Callable[[int], None] | None
) -> Collected:
    with writer:
        reading, count = None, 0
        for said in reader.read(export.text, request):
            if isinstance(said, Reading):
                reading = said
                continue
            writer.add(said)
            count += len(said.messages)
            if tell is not None:
                tell(count)
        if reader.failure is not None and not count:
            raise ChatError(reader.failure.detail.removeprefix("ChatError: "))
        whole = reader.failure is None and reading is not None
        reading = reading or Reading(form=export.form, messages=count)
        if reader.failure is not None:
            reading.unreadable.append(Doubt(f"reading ended early: {reader.failure}", 1, []))
        writer.media(export.media if export.beside is None else media_beside(export.beside, writer.named_media()))
        reading.warnings += _about_media(writer, export)
        writer.finish(reading)
    _write_beside(writer.folder, writer.source, reading, request.columns)
    return Collected(writer.folder, writer.source, reading, whole)


def _naming(export: Export) -> str:
    """The name that tells the chat's: of the archive, where the text in it is only called `_chat.txt`."""
    plain = export.name.rpartition("/")[2]
    return export.container_name if plain == "_chat.txt" and export.container_name else plain


def _about_media(writer: Writer, export: Export) -> list[str]:
    missing, strays = writer.unattached()
    told = [f"the archive: {reason}" for reason in export.reasons]
    if missing:
        told.append(f"{missing} attachments are named and did not come with the export")
    if strays:
        told.append(f"{strays} files came with the export and no message names them")
    return told


def _write_beside(folder: Path, source: Source, reading: Reading, columns: Columns | None) -> None:
    """Parquet, and the report with the digest of every file."""
    # Imported late: only who writes tables needs it.
    from kavalan.chats.store.parquet import write_parquet  # noqa: PLC0415

    with Store(folder) as store:
        files = [*write_parquet(store.base, folder), folder / "chats.sqlite"]
    digests = {path.name: _digest(path) for path in files}
    told = {"source": source, "reading": reading, "files": digests} | ({"columns": columns} if columns else {})
    (folder / "reading.json").write_bytes(msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
