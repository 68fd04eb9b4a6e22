"""The lists of an iTunes or Finder backup, read in the sandbox: which file on the device each of its files is.

From iOS 10 on `Manifest.db`, an SQLite database whose table `Files` has for each file a record of NSKeyedArchiver
(class MBFile); before, `Manifest.mbdb`, records behind one another. Both as other readers describe them
(docs/sources.md). The database is read along the index of its primary key, so that files come in the order in which
they lie on disk, and nothing of it is held.
"""

from __future__ import annotations

import hashlib
import plistlib
import re
import struct
from collections.abc import Iterator
from typing import Annotated, BinaryIO, Literal, TypeAlias
from xml.parsers import expat

import msgspec

from kavalan.sources.archive.passage import DamagedError, told
from kavalan.sources.archive.records import NAME_BYTES, Rest, Still
from kavalan.sources.embedded.database import Database, Table, Value
from kavalan.sources.embedded.schema import Layout

_SCHEMA = Table("sqlite_schema", 1, Layout(("type", "name", "tbl_name", "rootpage", "sql"), None, keyed=False))
_KEYS = Layout(("fileID", "rowid"), None, keyed=True)
_FILE = 1
_PLIST_BYTES = 16 << 20
_MBDB_BYTES = 256 << 20
_MBDB_MAGIC = b"mbdb\x05\x00"
_REGULAR = 0o100000
_YEAR_10000 = 253_402_300_800
_TICK = 4096
_IDENT = re.compile(r"[0-9a-f]{40}")
# plistlib says what is wrong with a plist in many ways.
_NO_PLIST = (
    plistlib.InvalidFileException, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError,
    struct.error,
)  # fmt: skip


class List(msgspec.Struct, frozen=True):
    """Which of a backup's own files is to be read."""

    kind: Literal["plist", "db", "mbdb"]


class Encrypted(msgspec.Struct, frozen=True, tag="encrypted"):
    """What Manifest.plist says of encryption."""

    is_so: bool


class Backed(msgspec.Struct, frozen=True, tag="backed"):
    """A file of a backup; times in microseconds from 1970 in UTC.

    Attributes:
        ident: SHA-1 of `domain-path`: its name in the backup.
        original: `domain/path`.
        modified: see `kavalan.sources.Item`, as are the others.
        created: see `Item`.
        changed: see `Item`.
        sha1: of its content, where the list has it.
        damaged: its record could not be read, so that only its path is known.
    """

    ident: Annotated[bytes, msgspec.Meta(min_length=20, max_length=20)]
    original: Annotated[bytes, msgspec.Meta(max_length=NAME_BYTES)]
    modified: int | None = None
    created: int | None = None
    changed: int | None = None
    sha1: Annotated[bytes, msgspec.Meta(min_length=20, max_length=20)] | None = None
    damaged: bool = False


Told: TypeAlias = Encrypted | Backed | Rest | Still


def read(source: BinaryIO, request: List) -> Iterator[Told]:
    """Say what a list says, its files in the order of their names in the backup."""
    try:
        if request.kind == "plist":
            yield Encrypted(_is_encrypted(source.read(_PLIST_BYTES)))
        elif request.kind == "db":
            yield from _database(source.fileno())
        else:
            yield from _records(source.read(_MBDB_BYTES + 1))
    except DamagedError as damage:
        yield Rest(told(str(damage)))


def _is_encrypted(content: bytes) -> bool:
    try:
        return bool(plistlib.loads(content).get("IsEncrypted"))
    except (*_NO_PLIST, expat.ExpatError) as error:
        raise DamagedError(f"no property list: {error}") from error


def _database(descriptor: int) -> Iterator[Told]:
    database = Database(descriptor)
    files, keys = database.table("Files"), _keys(database)
    if files is None or keys is None or not files.has("fileID", "domain", "relativePath", "flags", "file"):
        raise DamagedError("it has no table of files with its index")
    before, odd = b"", 0
    for count, row in enumerate(database.rows(keys, _KEYS.columns)):
        if count % _TICK == 0:
            yield Still()
        if row is None:
            continue
        ident, rowid = row
        if not isinstance(ident, str) or not _IDENT.fullmatch(ident) or bytes.fromhex(ident) <= before:
            odd += 1
            continue
        before = bytes.fromhex(ident)
        domain, path, flags, blob = database.row(files, rowid, ("domain", "relativePath", "flags", "file"))
        if flags == _FILE:
            yield _backed(before, domain, path, blob)
    if odd:
        yield Rest(f"{odd} of its rows are those of no file")
    reason = database.pages.damage.reason()
    if reason is not None:
        yield Rest(reason)


def _keys(database: Database) -> Table | None:
    """The index of the primary key, whose tree lies like that of a table without rowids."""
    for row in database.rows(_SCHEMA, ("type", "name", "tbl_name", "rootpage")):
        if row is not None and row[0] == "index" and row[2] == "Files" and isinstance(row[3], int):
            name = row[1]
            if isinstance(name, str) and name.startswith("sqlite_autoindex_Files_"):
                return Table(name, row[3], _KEYS)
    return None


def _backed(ident: bytes, domain: Value, path: Value, blob: Value) -> Backed:
    original = b"/".join(_text(part) for part in (domain, path))[:NAME_BYTES]
    facts = _facts(blob) if isinstance(blob, bytes) else None
    if facts is None:
        return Backed(ident, original, damaged=True)
    modified, created, changed = (_moment(facts.get(name)) for name in ("LastModified", "Birth", "LastStatusChange"))
    return Backed(ident, original, modified, created, changed, _sha1(facts.get("Digest")))


def _text(value: Value) -> bytes:
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else b""


def _facts(blob: bytes) -> dict[str, object] | None:
    """The MBFile in an archive of NSKeyedArchiver, its references followed once."""
    try:
        archive = plistlib.loads(blob, fmt=plistlib.FMT_BINARY)
        objects = archive["$objects"]
        found = objects[archive["$top"]["root"].data]
        return {
            str(key): objects[value.data] if isinstance(value, plistlib.UID) else value for key, value in found.items()
        }
    except _NO_PLIST:
        return None


def _moment(value: object) -> int | None:
    return value * 1_000_000 if isinstance(value, int) and 0 < value < _YEAR_10000 else None


def _sha1(value: object) -> bytes | None:
    """A digest, which some versions wrap as NSData."""
    held = value.get("NS.data") if isinstance(value, dict) else value
    return held if isinstance(held, bytes) and len(held) == 20 else None


def _records(content: bytes) -> Iterator[Told]:
    """The records of Manifest.mbdb, put in order."""
    if len(content) > _MBDB_BYTES:
        raise DamagedError(f"longer than the {_MBDB_BYTES >> 20} MiB that are read of it")
    if not content.startswith(_MBDB_MAGIC):
        raise DamagedError("it does not begin as such a list does")
    found, at, reason = [], len(_MBDB_MAGIC), None
    while at < len(content):
        try:
            backed, at = _record(content, at)
        except struct.error:
            reason = f"damaged at byte {at}"
            break
        if backed is not None:
            found.append(backed)
    found.sort(key=lambda backed: backed.ident)
    for count, backed in enumerate(found):
        if count % _TICK == 0:
            yield Still()
        yield backed
    if reason is not None:
        yield Rest(reason)


def _record(content: bytes, at: int) -> tuple[Backed | None, int]:
    """One record; None for a folder or a link, which have no file in the backup.

    Raises:
        struct.error: it breaks off.
    """
    domain, at = _string(content, at)
    path, at = _string(content, at)
    _, at = _string(content, at)
    digest, at = _string(content, at)
    _, at = _string(content, at)
    mode, _, _, _, modified, _, changed, _, _, properties = struct.unpack_from(">HQIIIIIQBB", content, at)
    at += struct.calcsize(">HQIIIIIQBB")
    for _ in range(2 * properties):
        _, at = _string(content, at)
    if mode & 0o170000 != _REGULAR:
        return None, at
    ident = hashlib.sha1(domain + b"-" + path, usedforsecurity=False).digest()
    original = (domain + b"/" + path)[:NAME_BYTES]
    return Backed(ident, original, _moment(modified), None, _moment(changed), _sha1(digest)), at


def _string(content: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", content, at)
    if length == 0xFFFF:
        return b"", at + 2
    found: bytes
    (found,) = struct.unpack_from(f">{length}s", content, at + 2)
    return found, at + 2 + length
