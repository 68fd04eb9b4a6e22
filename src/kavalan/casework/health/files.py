"""The files of a workspace: who may read them, whether there is room, what crashes left, what must be reachable."""

from __future__ import annotations

import fcntl
import os
import stat
import time
from contextlib import suppress
from shlex import quote
from typing import TYPE_CHECKING, Final

from django.conf import settings

from kavalan.casework.health.finding import Finding
from kavalan.casework.workspace import SECRET_KEY, backups_of, trusted_keys_of
from kavalan.ledger import KeyFileError, read_public
from kavalan.sandbox import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SPACE_FLOOR: Final = 2 << 30
"""Free bytes below which a scan, a migration or its backup may not end."""

_DAY: Final = 24 * 60 * 60
_KEY_FLOOR: Final = 32


def rights(path: Path) -> Iterator[Finding]:
    """The workspace and what lies directly in it, in its keys and in its vault is for its user alone."""
    looked = [path, *sorted(path.iterdir())]
    for name in ("keys", "vault"):
        looked += sorted((path / name).iterdir()) if (path / name).is_dir() else []
    faults = [fault for one in looked if (fault := _too_open(one)) is not None]
    key = path / SECRET_KEY
    if key.stat().st_size < _KEY_FLOOR:
        cure = f"stop the desk, remove {key}, and `kavalan restore` a backup made --with-keys, or make it anew"
        faults.append(Finding("rights", f"{key} is empty or cut: nobody can sign in", cure))
    yield from faults or [Finding("rights", "files and folders are for this user alone")]


def _too_open(path: Path) -> Finding | None:
    try:
        state = path.stat()
    except FileNotFoundError:
        return None  # what SQLite keeps beside its file comes and goes
    if state.st_uid != os.geteuid():
        cure = f"run Kavalan as that user, or: chown -R {os.geteuid()} {path}"
        return Finding("rights", f"{path} belongs to the user {state.st_uid}", cure)
    if mode := stat.S_IMODE(state.st_mode) & 0o077:
        return Finding("rights", f"{path} is open to others ({mode:03o})", f"chmod go= {quote(str(path))}")
    if stat.S_ISDIR(state.st_mode) and not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        return Finding("rights", f"{path} cannot be written", f"chmod u+rwx {quote(str(path))}")
    return None


def space(path: Path) -> Iterator[Finding]:
    """Whether there is room on the workspace's disk, in bytes and in files."""
    state = os.statvfs(path)
    free = state.f_bavail * state.f_frsize
    text = f"{free / (1 << 30):.1f} GiB free in the workspace"
    yield Finding("room", text, f"free some space there: {SPACE_FLOOR >> 30} GiB" if free < SPACE_FLOOR else None)
    # Some file systems count no files.
    if state.f_files and state.f_favail < 10_000:
        yield Finding("room", f"{state.f_favail} more files fit there", "remove files, or move to another disk")


def leftovers(path: Path) -> Iterator[Finding]:
    """What a crash left: drafts that nobody is writing."""
    left = [one for one in _drafts(path) if not _is_being_written(one)]
    for one in left:
        yield Finding("leftovers", f"{one} is a draft that a crash left", f"rm -r {quote(str(one))}")
    if not left:
        yield Finding("leftovers", "no drafts are left from a crash")


def _drafts(path: Path) -> Iterator[Path]:
    yield from backups_of(path).glob("partial-*")
    yield from (path / "scans").glob("*.partial")
    yield from (one for one in (path / "lists").glob("*/partial-*") if one.suffix != ".lock")
    yield from path.parent.glob(f".{path.name}.partial-*")


def _is_being_written(draft: Path) -> bool:
    """By its lock where its writer holds one; otherwise by its age: nobody leaves a draft alone for a day."""
    locks = {"partial-": (draft.parent / "lock", draft.with_name(f"{draft.name}.lock"))}
    for lock in locks.get(draft.name[:8], ()):
        with suppress(FileNotFoundError):
            return _is_locked(lock)
    try:
        newest = max(one.lstat().st_mtime for one in (draft, *draft.rglob("*")))
    except FileNotFoundError:
        return True
    return newest > time.time() - _DAY


def _is_locked(lock: Path) -> bool:
    handle = os.open(lock, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(handle)


def trusted_keys(path: Path) -> Iterator[Finding]:
    """The public keys whose field scans are trusted."""
    count = 0
    for key in sorted(trusted_keys_of(path).glob("*.pub")):
        try:
            read_public(key)
        except (KeyFileError, OSError) as error:
            yield Finding("keys", printable(str(error)), "copy the public key there again, or remove it")
        else:
            count += 1
    yield Finding("keys", f"{count} trusted keys can be read")


def evidence() -> Iterator[Finding]:
    """The folders where evidence lies."""
    for root in settings.KAVALAN_EVIDENCE:
        shown = printable(str(root))
        try:
            with os.scandir(root):
                pass
        except OSError as error:
            cure = "mount the disk or give this user the right to read there, or take it out of KAVALAN_EVIDENCE"
            yield Finding("evidence", f"{shown}: {error.strerror}", cure)
        else:
            yield Finding("evidence", f"{shown} can be read")
