"""A folder, or a single file, as a source: every entry below it, in an order that a second walk repeats."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kavalan.sources.extraction.backup import backup_in, joined
from kavalan.sources.extraction.sidecar import Sidecars
from kavalan.sources.item import Item

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_REFUSED = {
    stat.S_IFLNK: "symbolic link, not followed",
    stat.S_IFIFO: "named pipe, not read",
    stat.S_IFSOCK: "socket, not read",
    stat.S_IFCHR: "character device, not read",
    stat.S_IFBLK: "block device, not read",
}


def walk_folder(root: Path, *, after: bytes | None = None, stated: bool = False) -> Iterator[Item]:
    """Yield every entry below `root` that is not a folder, depth first, names in byte order.

    Links are reported, never followed: a seized folder must not lead out of itself. Folders that cannot be listed are
    items with a refusal. Memory: the names of one folder per level of depth.

    Args:
        root: an existing folder.
        after: resume behind this path (as yielded before); entries up to and including it are passed over without being
            opened, and folders wholly before it without being listed.
        stated: with what files beside them state: the manifest of a backup (read in a confined process of its own;
            where it and the folder differ, one item more says so) and lists of digests.

    Raises:
        NotADirectoryError: `root` is not a folder.
    """
    top = os.fsencode(root)
    if not os.path.isdir(top):
        raise NotADirectoryError(f"{root} is not a folder that can be read")
    yield from _walk(top, b"", after.split(b"/") if after else None, _Beside(stated, stated))


def single_file(path: Path) -> Item:
    """One file that a person named; a link that they named is followed."""
    return Item(os.fsencode(path), None, partial(_open, os.path.realpath(os.fsencode(path))))


def file_below(root: Path, path: bytes) -> Item | None:
    """The item of one path, as a walk would yield it; None where there is no regular file any more."""
    whole = os.path.join(os.fsencode(root), path)
    try:
        facts = os.lstat(whole)
    except OSError:
        return None
    return _file(path, whole, facts) if stat.S_ISREG(facts.st_mode) else None


def open_beside(root: Path, path: bytes, name: bytes) -> int:
    """Open a regular file of a plain name in the folder of `path`; the caller closes it.

    Raises:
        OSError: there is none, or the name is not plain.
    """
    if name in {b"", b".", b".."} or b"/" in name or b"\0" in name:
        raise OSError("is not the name of a file")
    return _open(os.path.join(os.fsencode(root), os.path.dirname(path), name))


def _file(path: bytes, whole: bytes, facts: os.stat_result) -> Item:
    # Not the time of access: reading changes it, so that a scan would find its own traces.
    return Item(path, _time(facts.st_mtime_ns), partial(_open, whole), changed=_time(facts.st_ctime_ns))


class _Beside(NamedTuple):
    """What is heeded of that which files beside an item state of it."""

    backups: bool
    digests: bool


def _walk(folder: bytes, prefix: bytes, after: list[bytes] | None, beside: _Beside) -> Iterator[Item]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=_name)
    except OSError as error:
        yield Item(prefix.rstrip(b"/"), None, partial(_refuse, folder), f"folder cannot be listed: {error.strerror}")
        return
    backup = backup_in([entry.name for entry in entries]) if beside.backups else None
    if backup is None:
        yield from _entries(folder, entries, prefix, after, beside)
        return
    # From its beginning, so that what is listed and not there is the same after a resumption.
    within = _entries(folder, entries, prefix, None, beside._replace(backups=False))
    for item in joined(backup, folder, prefix, within):
        if after is None or b"\0" in item.path or item.path[len(prefix) :].split(b"/") > after:
            yield item


def _entries(
    folder: bytes, entries: list[os.DirEntry[bytes]], prefix: bytes, after: list[bytes] | None, beside: _Beside
) -> Iterator[Item]:
    names = [entry.name for entry in entries]
    sidecars = Sidecars(names, partial(_open_in, folder)) if beside.digests else None
    for entry in entries:
        if after and entry.name < after[0]:
            continue
        rest = after[1:] if after and entry.name == after[0] else None
        if rest == []:
            continue
        for item in _entry(entry, prefix + entry.name, rest, beside):
            if sidecars is not None and item.path == prefix + entry.name:
                yield sidecars.about(item, entry.name)
            else:
                yield item


def _entry(entry: os.DirEntry[bytes], path: bytes, after: list[bytes] | None, beside: _Beside) -> Iterator[Item]:
    try:
        facts = entry.stat(follow_symlinks=False)
    except OSError as error:
        yield Item(path, None, partial(_refuse, entry.path), f"cannot be examined: {error.strerror}")
        return
    kind = stat.S_IFMT(facts.st_mode)
    if kind == stat.S_IFDIR:
        yield from _walk(entry.path, path + b"/", after, beside)
    elif kind == stat.S_IFREG:
        yield _file(path, entry.path, facts)
    else:
        refusal = _REFUSED.get(kind, "not a regular file, not read")
        yield Item(path, _time(facts.st_mtime_ns), partial(_refuse, entry.path), refusal)


def beside_file(root: Path, item: Item) -> Item:
    """An item of a folder, which is walked for no other, with the digests that files beside it state of it."""
    folder = os.fsencode(root)
    name = os.path.basename(item.path)
    return Sidecars(sorted(os.listdir(folder)), partial(_open_in, folder)).about(item, name)


def _open_in(folder: bytes, name: bytes) -> int:
    return _open(os.path.join(folder, name))


def _name(entry: os.DirEntry[bytes]) -> bytes:
    return entry.name


def _open(path: bytes) -> int:
    # Not followed and not blocking: between listing and opening the entry may have become a link or a pipe.
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError("is not, or no longer, a regular file")
    return descriptor


def _refuse(path: bytes) -> int:
    raise OSError(f"{os.fsdecode(path)!r} is not opened")


def _time(nanoseconds: int) -> datetime | None:
    try:
        return _EPOCH + timedelta(microseconds=nanoseconds // 1000)
    except OverflowError:  # a file system may state any year
        return None
