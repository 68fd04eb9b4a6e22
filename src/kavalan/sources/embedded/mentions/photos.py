"""Apple's Photos.sqlite: which pictures were viewed, played, shared, thrown away, and saved by which program.

Names of tables and fields are those of public parsers (iLEAPP; Koenig's queries for iOS 11 to 18) [S]; what the counts
count is nowhere stated by Apple [M].
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kavalan.sources.archive.records import Told
from kavalan.sources.embedded.database import Database, Table, Value
from kavalan.sources.embedded.mentions.telling import Telling, apple_time, counted, subject_of, told

_ASSET = (
    "Z_PK",
    "ZDIRECTORY",
    "ZFILENAME",
    "ZTRASHEDSTATE",
    "ZTRASHEDDATE",
    "ZLASTSHAREDDATE",
    "ZHIDDEN",
    "ZADDITIONALATTRIBUTES",
    "ZADDEDDATE",
)
_MORE = "ZADDITIONALASSETATTRIBUTES"
_ATTRIBUTES = (
    "ZASSET",
    "ZVIEWCOUNT",
    "ZPLAYCOUNT",
    "ZSHARECOUNT",
    "ZIMPORTEDBYBUNDLEIDENTIFIER",
    "ZCREATORBUNDLEID",
)
_PROGRAM = re.compile(r"[A-Za-z0-9._-]{3,120}")


def photos(database: Database) -> Telling:
    """What the Photos app records; nothing where the database is another."""
    table = database.table("ZASSET") or database.table("ZGENERICASSET")
    if table is None or not table.has("ZDIRECTORY", "ZFILENAME"):
        return
    more = database.table(_MORE)
    for row in database.rows(table, _ASSET):
        if row is None:
            yield None
            continue
        key, folder, name, *state, link, added = row
        subject = subject_of(f"{folder}/{name}") if isinstance(folder, str) and isinstance(name, str) else None
        if subject is not None:
            yield from _asset(table, subject, state)
            yield from _counts(subject, _linked(database, more, key, link), state, added)


def _linked(database: Database, more: Table | None, key: Value, link: Value) -> tuple[Value, ...]:
    """The row of further attributes, unless it says that it is another asset's."""
    found = database.row(more, link, _ATTRIBUTES) if more else (None,) * len(_ATTRIBUTES)
    return found[1:] if found[0] in {None, key} else (None,) * (len(_ATTRIBUTES) - 1)


def _times(count: int, word: str) -> str:
    return f"{count} {word}{'s' * (count != 1)}"


def _hidden(state: list[Value]) -> str:
    return "; ZHIDDEN = 1: it is in the hidden album" if state[3] == 1 else ""


def _asset(table: Table, subject: bytes, state: list[Value]) -> Iterator[Told]:
    trashed, moment, _, _ = state
    if trashed == 1:
        evidence = f"Photos.sqlite, {table.name.upper()}.ZTRASHEDSTATE = 1: it is in Recently Deleted{_hidden(state)}"
        yield told(subject, "trashed", evidence, apple_time(moment))


def _counts(subject: bytes, attributes: tuple[Value, ...], state: list[Value], added: Value) -> Iterator[Told]:
    views, plays, shares = (counted(value) for value in attributes[:3])
    hidden = _hidden(state)
    if views:
        evidence = (
            f"Photos.sqlite, {_MORE}.ZVIEWCOUNT = {views}: the Photos app counted {_times(views, 'view')}{hidden}"
        )
        yield told(subject, "opened", evidence, count=views)
    if plays:
        evidence = (
            f"Photos.sqlite, {_MORE}.ZPLAYCOUNT = {plays}: the Photos app counted {_times(plays, 'play')}{hidden}"
        )
        yield told(subject, "opened", evidence, count=plays)
    shared = apple_time(state[2])
    if shares:
        evidence = (
            f"Photos.sqlite, {_MORE}.ZSHARECOUNT = {shares}: the Photos app counted {_times(shares, 'share')}{hidden}"
        )
        yield told(subject, "sent", evidence, shared, shares)
    elif shared is not None:
        evidence = f"Photos.sqlite, ZLASTSHAREDDATE: the Photos app recorded when it was last shared{hidden}"
        yield told(subject, "sent", evidence, shared)
    yield from _saved(subject, attributes[3:], apple_time(added), hidden)


def _saved(subject: bytes, programs: tuple[Value, ...], added: int | None, hidden: str) -> Iterator[Told]:
    fields = ("ZIMPORTEDBYBUNDLEIDENTIFIER", "ZCREATORBUNDLEID")
    for field, program in zip(fields, programs, strict=True):
        if isinstance(program, str) and _PROGRAM.fullmatch(program) and not program.startswith("com.apple."):
            evidence = f"Photos.sqlite, {_MORE}.{field} = {program}: that app put it into the photo library{hidden}"
            yield told(subject, "saved", evidence, added)
            return
