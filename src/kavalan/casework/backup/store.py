"""The directory of backups.

complete/TIME-DIGEST.json   the manifest of one backup; what has none is not part of any. DIGEST begins its own SHA-256
blobs/ab/ab...              the bytes of files, by their SHA-256: what two backups share lies here once
partial-*                   being written; the next backup removes what a crash left
lock                        held while a backup is made
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final

import msgspec

from kavalan.casework.backup.errors import BackupError
from kavalan.casework.backup.manifest import Manifest, Stored

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARTIAL: Final = "partial-"
_CHUNK: Final = 1 << 20
_MARK: Final = 16


class Store:
    """Backups under one directory, for one user alone.

    Args:
        root: the directory; `open_for_writing` makes it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._complete = root / "complete"
        self._blobs = root / "blobs"

    @contextmanager
    def open_for_writing(self) -> Iterator[None]:
        """Hold the store against other backups, without what a crash left.

        Raises:
            BackupError: another backup is being made here, it is no store, there is no space or no right to write.
        """
        with _told(self.root):
            self._make()
            handle = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for left in self.root.glob(f"{PARTIAL}*"):
                    left.unlink()
                yield
            except BlockingIOError:
                message = f"another backup is being made in {self.root}; wait until it is done"
                raise BackupError(message) from None
            finally:
                os.close(handle)

    def _make(self) -> None:
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._complete.is_dir() and any(path.name not in {"blobs", "lock"} for path in self.root.iterdir()):
            message = f"{self.root} holds something else; name a new folder, or one that holds backups"
            raise BackupError(message)
        for folder in (self._blobs, self._complete):
            folder.mkdir(mode=0o700, exist_ok=True)

    def draft(self) -> Path:
        """A new name for a file that is being written here."""
        return self.root / f"{PARTIAL}{secrets.token_hex(8)}"

    def put(self, path: str, stream: BinaryIO, size: int, changed: int) -> Stored:
        """Keep the first so many bytes of a stream, durably.

        Raises:
            BackupError: the stream ends before.
        """
        draft = self.draft()
        try:
            digest = _copied(stream, draft, size)
            blob = self._blob(digest)
            if not self._holds(digest, size):
                blob.parent.mkdir(mode=0o700, exist_ok=True)
                draft.replace(blob)
                _sync_directory(blob.parent)
                _sync_directory(self._blobs)
        except EOFError:
            message = f"{path} became shorter while it was copied; make the backup again"
            raise BackupError(message) from None
        finally:
            draft.unlink(missing_ok=True)
        return Stored(path, digest, size, changed)

    def holds(self, stored: Stored) -> bool:
        """Whether the bytes of a file are here, as far as their number tells."""
        return self._holds(stored.sha256, stored.size)

    def complete(self, manifest: Manifest) -> Path:
        """Make a backup of what was put: from now on it is there, and before it was not."""
        data = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
        name = f"{manifest.made:%Y%m%dT%H%M%S.%fZ}-{hashlib.sha256(data).hexdigest()[:_MARK]}.json"
        draft = self.draft()
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._complete / name)
        _sync_directory(self._complete)
        return self._complete / name

    def manifests(self) -> list[Path]:
        """The manifests of all backups, the oldest first."""
        return sorted(self._complete.glob("*.json"))

    def latest(self) -> Manifest | None:
        """The newest backup, None where there is none that can be read."""
        for path in reversed(self.manifests()):
            try:
                return read_manifest(path)
            except BackupError:
                continue  # whoever restores it is told; here an older one serves as well
        return None

    def fetch(self, stored: Stored, to: Path) -> None:
        """Copy a file out of the store, durably, for this user alone.

        Raises:
            BackupError: its bytes are missing or are not those that were put.
        """
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with self._blob(stored.sha256).open("rb") as stream:
                whole = _copied(stream, to, stored.size) == stored.sha256 and not stream.read(1)
        except (FileNotFoundError, EOFError):
            whole = False
        if not whole:
            message = f"{stored.path} is damaged in {self.root}; restore an earlier backup"
            raise BackupError(message)
        os.utime(to, ns=(stored.changed, stored.changed))

    def _holds(self, digest: str, size: int) -> bool:
        try:
            return self._blob(digest).stat().st_size == size
        except FileNotFoundError:
            return False

    def _blob(self, digest: str) -> Path:
        return self._blobs / digest[:2] / digest


def read_manifest(path: Path) -> Manifest:
    """Read a manifest.

    Raises:
        BackupError: it is not what was written, or not a manifest.
    """
    with _told(path):
        data = path.read_bytes()
    altered = f"{path} is no manifest of a backup, or was altered; restore an earlier backup"
    if hashlib.sha256(data).hexdigest()[:_MARK] != path.stem.rpartition("-")[2]:
        raise BackupError(altered)
    try:
        return msgspec.json.decode(data, type=Manifest)
    except msgspec.DecodeError as error:
        raise BackupError(altered) from error


def _copied(stream: BinaryIO, to: Path, size: int) -> str:
    """Write so many bytes into a new file, wait until they are on disk, and return their SHA-256."""
    digest = hashlib.sha256()
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while size:
            chunk = stream.read(min(size, _CHUNK))
            if not chunk:
                raise EOFError
            digest.update(chunk)
            file.write(chunk)
            size -= len(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _sync_directory(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Faults of the file system as a person can act on them."""
    try:
        yield
    except BlockingIOError:
        raise
    except OSError as error:
        cure = {
            errno.ENOSPC: "free some space there, or name another disk",
            errno.EDQUOT: "free some space there, or name another disk",
            errno.EACCES: "give this user the rights it needs there",
            errno.EPERM: "give this user the rights it needs there",
            errno.EROFS: "it is mounted read-only; name another folder",
        }.get(error.errno or 0, "look at the disk, or name another folder")
        message = f"{error.filename or path}: {error.strerror}: {cure}"
        raise BackupError(message) from error
