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
from kavalan.sources.reach import reached

# Folders may be nested without end, and every row below bears the whole path.
_LONGEST = 1 << 16
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
    items with a refusal, and so are those whose path is longer than 64 KiB. Memory: the names of one folder per level
    of depth.

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
    yield from _flat(_walk(_Folder(top, b"", after.split(b"/") if after else None, _Beside(stated, stated))))


def single_file(path: Path) -> Item:
    """One file that a person named; a link that they named is followed."""
    return Item(os.fsencode(path), None, partial(_open, os.path.realpath(os.fsencode(path))))


def file_below(root: Path, path: bytes) -> Item | None:
    """The item of one path, as a walk would yield it; None where there is no regular file any more."""
    whole = os.path.join(os.fsencode(root), path)
    try:
        facts = _facts(whole)
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


class _Folder(NamedTuple):
    """A folder to walk.

    Attributes:
        whole: where it lies.
        prefix: of the paths of its items.
        after: resume behind this way below it.
        beside: what is heeded beside its files.
    """

    whole: bytes
    prefix: bytes
    after: list[bytes] | None
    beside: _Beside


def _flat(first: Iterator[Item | _Folder]) -> Iterator[Item]:
    """The items of a walk, with those of the folders that it meets in their place, however deep."""
    levels = [first]
    while levels:
        step = next(levels[-1], None)
        if step is None:
            levels.pop()
        elif isinstance(step, _Folder):
            levels.append(_walk(step))
        else:
            yield step


def _walk(folder: _Folder) -> Iterator[Item | _Folder]:
    try:
        names = sorted(_listed(folder.whole))
    except OSError as error:
        refusal = f"folder cannot be listed: {error.strerror}"
        yield Item(folder.prefix.rstrip(b"/"), None, partial(_refuse, folder.whole), refusal)
        return
    backup = backup_in(names) if folder.beside.backups else None
    if backup is None:
        yield from _entries(folder, names)
        return
    # From its beginning, so that what is listed and not there is the same after a resumption.
    whole = folder._replace(after=None, beside=folder.beside._replace(backups=False))
    after, start = folder.after, len(folder.prefix)
    for item in joined(backup, folder.whole, folder.prefix, _flat(_entries(whole, names))):
        if after is None or b"\0" in item.path or item.path[start:].split(b"/") > after:
            yield item


def _entries(folder: _Folder, names: list[bytes]) -> Iterator[Item | _Folder]:
    after = folder.after
    sidecars = Sidecars(names, partial(_open_in, folder.whole)) if folder.beside.digests else None
    for name in names:
        if after and name < after[0]:
            continue
        rest = after[1:] if after and name == after[0] else None
        if rest == []:
            continue
        found = _entry(folder, name, rest)
        yield found if sidecars is None or isinstance(found, _Folder) else sidecars.about(found, name)


def _entry(folder: _Folder, name: bytes, after: list[bytes] | None) -> Item | _Folder:
    path, whole = folder.prefix + name, os.path.join(folder.whole, name)
    try:
        facts = _facts(whole)
    except OSError as error:
        return Item(path, None, partial(_refuse, whole), f"cannot be examined: {error.strerror}")
    kind = stat.S_IFMT(facts.st_mode)
    if kind == stat.S_IFREG:
        return _file(path, whole, facts)
    if kind == stat.S_IFDIR and len(path) < _LONGEST:
        return _Folder(whole, path + b"/", after, folder.beside)
    refusal = "folder is nested deeper than paths of 65,536 bytes" if kind == stat.S_IFDIR else _REFUSED.get(kind)
    refusal = refusal or "not a regular file, not read"
    return Item(path, _time(facts.st_mtime_ns), partial(_refuse, whole), refusal)


def _facts(path: bytes) -> os.stat_result:
    with reached(path) as (at, rest):
        return os.stat(rest, dir_fd=at, follow_symlinks=False)


def _listed(folder: bytes) -> list[bytes]:
    with reached(folder) as (at, rest):
        if at is None:
            return os.listdir(rest)
        descriptor = os.open(rest, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=at)
    try:
        return [os.fsencode(name) for name in os.listdir(descriptor)]
    finally:
        os.close(descriptor)


def beside_file(root: Path, item: Item) -> Item:
    """An item of a folder, which is walked for no other, with the digests that files beside it state of it."""
    folder = os.fsencode(root)
    name = os.path.basename(item.path)
    return Sidecars(sorted(os.listdir(folder)), partial(_open_in, folder)).about(item, name)


def _open_in(folder: bytes, name: bytes) -> int:
    return _open(os.path.join(folder, name))


def _open(path: bytes) -> int:
    # Not followed and not blocking: between listing and opening the entry may have become a link or a pipe.
    with reached(path) as (at, rest):
        descriptor = os.open(rest, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=at)
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
