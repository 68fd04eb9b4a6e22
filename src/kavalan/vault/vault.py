"""A vault: one directory of encrypted evidence, and what may be done with it.

vault.json             the format, and whether it is media-free
blobs/ab/ab12….age     a blob, by its keyed name; the file is all that makes it exist
held/ab/ab34….age      the manifest of evidence that is held in place
destroyed/             certificates, and what is being destroyed right now
parts/                 what comes in pieces, over days (`parts`)
drafts/                what is being written; a crash leaves some, the next opening sweeps them
register.sqlite3       what ought to be there and when it was last read; can be lost
lock                   held for the moment of a change
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec

from kavalan.vault.age import open_payload
from kavalan.vault.destruction import Certificate, Destroyed
from kavalan.vault.draft import Draft, IsMedia, Stored, digest_of, forget, refuse_media, silent
from kavalan.vault.durable import locked, new_draft, sweep_drafts, sync_directory, write_all, write_whole
from kavalan.vault.errors import AlteredError, NoKeyError, RefusedError, UnknownBlobError, VaultError
from kavalan.vault.held import Held, HeldReader, head_of, take_stock
from kavalan.vault.parts import Parts
from kavalan.vault.register import Register
from kavalan.vault.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from kavalan.vault.age import PayloadReader
    from kavalan.vault.draft import Readable, Tell
    from kavalan.vault.keys import Keys

_FORMAT: Final = "kavalan-vault-1"
_PIECE: Final = 1 << 20
_WAIT: Final = 60.0


class _Face(msgspec.Struct, frozen=True):
    """What a vault says of itself; the seal shows that its own keys said it."""

    format: str
    media_free: bool
    seal: str


def create_vault(folder: Path, keys: Keys, *, media_free: bool = False) -> None:
    """Make an empty vault.

    Args:
        folder: a directory that is empty or not there yet.
        keys: those that will open it.
        media_free: whether it may never hold pictures or videos. It cannot be changed afterwards.

    Raises:
        VaultError: something is there already.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise VaultError(folder, "is not empty; name a directory that does not exist yet")
    _make_folders(folder)
    write_whole(folder / "vault.json", msgspec.json.encode(_face(keys, media_free=media_free)))


def is_media_free(folder: Path, keys: Keys) -> bool:
    """Whether a vault may never hold pictures or videos.

    Raises:
        VaultError: it is no vault.
        NoKeyError: they are not its keys.
    """
    return _read_face(folder, keys).media_free


class Vault:
    """An open vault. May be used by several threads and processes; readers are each for one thread.

    What a crash left behind is put in order when it is opened.

    Args:
        folder: as `create_vault` made it.
        keys: opened by `unlock`.
        clock: gives the time, aware, in UTC.
        is_media: tells pictures and videos from the first bytes; where given, none is stored. A media-free vault cannot
            be opened without it.

    Raises:
        VaultError: it is no vault.
        NoKeyError: they are not its keys.
        RefusedError: it is media-free and nothing is given to tell media by.
    """

    def __init__(
        self, folder: Path, keys: Keys, clock: Callable[[], datetime], *, is_media: IsMedia | None = None
    ) -> None:
        if _read_face(folder, keys).media_free and is_media is None:
            raise RefusedError(folder, "is media-free; open it with what tells pictures and videos")
        self._folder, self._keys, self._clock, self.is_media = folder, keys, clock, is_media
        # A backup brings no empty ones back.
        _make_folders(folder)
        self._drafts = folder / "drafts"
        self.blobs = Shelf(folder / "blobs", keys)
        """Where blobs lie."""
        self.manifests = Shelf(folder / "held", keys)
        """Where the manifests of what is held in place lie."""
        self.parts = Parts(folder / "parts", self.blobs, keys)
        """What comes in pieces, over days."""
        self.register = Register(folder / "register.sqlite3")
        """What ought to be there."""
        self._destroyed = Destroyed(folder / "destroyed", keys)
        self.sweep()

    @property
    def media_free(self) -> bool:
        """Whether it refuses pictures and videos."""
        return self.is_media is not None

    def put(self, source: Readable, *, verify: bool = True) -> Stored:
        """Store a content, unless it is there already.

        Args:
            source: read from where it stands to its end; only encrypted bytes touch a disk.
            verify: read it back from the disk before it is acknowledged, also where it was there before. A copy that is
                found altered is replaced.

        Raises:
            RefusedError: it is a picture or a video, and this vault takes none.
            StorageError: the disk refuses or gives back other bytes.
        """
        with self.draft() as draft:
            while piece := source.read(_PIECE):
                draft.write(piece)
            return self.keep(draft, verify=verify)

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """A blob that is written piece by piece. It is gone at the end of the block unless it was kept."""
        draft = Draft(self.blobs, self._drafts, self.is_media)
        try:
            yield draft
        finally:
            draft.close()

    def keep(self, draft: Draft, *, verify: bool = True, tell: Tell = silent) -> Stored:
        """Store what was written to a draft; see `put`. When this returns, it is on disk.

        Args:
            draft: what was written.
            verify: as for `put`.
            tell: is told of what is read back.
        """
        stored = draft.finish()
        if verify:
            draft.read_back(stored, tell)
        return self._kept(draft.path, stored, tell if verify else None)

    def adopt(self, number: str, tell: Tell = silent) -> Stored:
        """Store what came in pieces, all of it; see `Parts.settle`.

        Whoever asked has `parts` forget it once what is returned is written down: after a crash it is asked for again.
        """
        path, stored = self.parts.settle(number, tell)
        return self._kept(path, stored, tell)

    def _kept(self, draft: Path, stored: Stored, tell: Tell | None) -> Stored:
        """Give what was written its place; without `tell`, unverified."""
        path = self.blobs.path(stored.name)
        sound = draft != path and self._is_sound(stored.name, tell)
        with self._locked():
            self._finish_destroying()
            if draft == path or (sound and path.exists()):
                stored = replace(stored, new=False)
            else:
                _place(draft, path)
            if stored.new or not self.register.knows(stored.name):
                self.register.enter(stored.name, "blob", stored.size, self._clock(), verified=tell is not None)
        return stored

    def find(self, sha256: bytes) -> str | None:
        """The name under which a content is stored, or None: what is there need not be put again."""
        name = self.blobs.name(sha256)
        return name if self.blobs.path(name).exists() else None

    def open(self, name: str) -> PayloadReader:
        """The plain bytes of a blob, read from anywhere in it.

        Raises:
            UnknownBlobError: there is none of this name.
            AlteredError: it was altered or cut, now or when a byte is read.
            NotAgeError: it was altered beyond recognition.
            NoKeyError: it is not for this vault.
        """
        return self.blobs.open(name)

    def verify(self, name: str, tell: Tell = silent) -> int:
        """Read a blob from the disk to its end, and say how many bytes it has; raises as `open` does."""
        path = self.blobs.path(name)
        with self.blobs.open(name) as reader:
            forget(path)
            if self.blobs.name(digest_of(reader, tell)) != name:
                raise AlteredError(name, "has another content than its name says; restore it from a backup")
            return reader.size

    def names(self) -> Iterator[str]:
        """Every blob that is there, in the order of names; in memory are those of one directory at a time."""
        for prefix in self.blobs.folders():
            names, _ = self.blobs.listing(prefix)
            yield from sorted(names)

    def rewrap(self, name: str) -> None:
        """Write the header of a blob anew for those who open the vault today; the rest is copied as it is.

        The file key stays: who could open the blob before and has a copy, still can.

        Raises as `open` does, and `StorageError`.
        """
        path = self.blobs.path(name)
        handle, draft = new_draft(self._drafts)
        try:
            storage, opened = self.blobs.unseal(path, name)
            write_all(handle, self.blobs.header(opened.file_key, name))
            with open_payload(storage, opened, name):
                for start in range(opened.header.size, storage.size(), _PIECE):
                    write_all(handle, storage.pread(_PIECE, start))
            os.fchmod(handle, 0o400)
            os.fsync(handle)
            self.blobs.open_file(draft, name).close()
            with self._locked():
                if not path.exists():
                    raise UnknownBlobError(name, "was destroyed meanwhile")
                _place(draft, path)
        finally:
            draft.unlink(missing_ok=True)
            os.close(handle)

    def hold(self, path: bytes, tell: Tell = silent) -> str:
        """Hold a file or a block device in place: read it once, keep its digests, and read it again under the budget.

        Args:
            path: where it lies; what it leads to is noted.
            tell: is told of what was read.

        Returns:
            The name under which it is known from now on.

        Raises:
            RefusedError: it is a picture or a video, and this vault takes none.
            UnknownBlobError: there is no such file.
            ChangedError: it changed while it was read.
            StorageError: it cannot be read.
        """
        if self.is_media is not None:
            refuse_media(head_of(path), self.is_media)
        held = take_stock(path, tell)
        name = self._keys.keyed(b"kavalan held", held.sha256, held.path).hex()
        manifest = self.manifests.path(name)
        data = self.manifests.small(name, msgspec.msgpack.encode(held))
        with self._locked():
            manifest.parent.mkdir(mode=0o700, exist_ok=True)
            write_whole(manifest, data)
            self.register.enter(name, "held", held.size, self._clock(), verified=True)
        return name

    def held(self, name: str) -> Held:
        """What is noted of something that is held in place.

        Raises:
            UnknownBlobError: nothing of this name is held.
            AlteredError: its manifest was altered.
        """
        with self.manifests.open(name) as reader:
            try:
                return msgspec.msgpack.decode(reader.readall(), type=Held)
            except msgspec.MsgspecError as error:
                raise AlteredError(name, "holds no manifest; restore it from a backup") from error

    def open_held(self, name: str) -> HeldReader:
        """The bytes of what is held in place, each compared before it is given out; see `HeldReader`."""
        return HeldReader(self.held(name), name)

    def release(self, name: str) -> None:
        """Forget what is held in place. The evidence itself is not touched.

        Raises:
            UnknownBlobError: nothing of this name is held.
        """
        path = self.manifests.path(name)
        with self._locked():
            if not path.exists():
                raise UnknownBlobError(name, "is not held by this vault")
            path.unlink()
            sync_directory(path.parent)
            self.register.remove(name)

    def destroy(self, name: str, tell: Tell = silent) -> Certificate:
        """Destroy a blob: its file key is overwritten, then the file is removed.

        Whether anything refers to it, who decided it and why, is the caller's to know and to record.

        Args:
            name: of the blob.
            tell: is told of what is read of it, for its certificate.

        Returns:
            What was destroyed; it stays in the vault, and `certificates` gives it again.

        Raises:
            UnknownBlobError: there is none of this name.
        """
        path = self.blobs.path(name)
        if not path.exists():
            raise UnknownBlobError(name, "is not in this vault")
        sha256, size = self._content(name, tell)
        with self._locked():
            if not path.exists():
                raise UnknownBlobError(name, "was destroyed meanwhile")
            entered = self.register.entered(name)
            certificate = Certificate(name, sha256, size, path.stat().st_size, entered, self._clock())
            self._destroyed.begin(certificate)
            self._finish_destroying()
        return certificate

    def certificates(self, name: str) -> list[Certificate]:
        """Of every destruction of a blob of this name, the oldest first; a content may come again."""
        return self._destroyed.of(name)

    def sweep(self) -> int:
        """Put in order what a crash left: drafts are removed, destructions brought to their end. How many drafts."""
        swept = sweep_drafts(self._drafts) + sweep_drafts(self._folder / "destroyed") + self.parts.sweep()
        swept += sum(sweep_drafts(folder) for folder in (self._folder / "held").glob("??"))
        if self._destroyed.has_begun():
            with self._locked():
                self._finish_destroying()
        return swept

    def _content(self, name: str, tell: Tell) -> tuple[bytes | None, int | None]:
        """Digest and size of a blob, or None where it cannot be read: that must not keep it from being destroyed."""
        try:
            with self.blobs.open(name) as reader:
                return digest_of(reader, tell), reader.size
        except (VaultError, OSError):
            return None, None

    def _is_sound(self, name: str, tell: Tell | None) -> bool:
        try:
            if tell is not None:
                self.verify(name, tell)
            else:
                self.blobs.open(name).close()
        except VaultError:
            return False
        return True

    def _finish_destroying(self) -> None:
        for name in self._destroyed.begun():
            self._destroyed.remove(self.blobs.path(name))
            self.register.remove(name)
            self._destroyed.finish(name)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with locked(self._folder / "lock", _WAIT):
            yield


def _make_folders(folder: Path) -> None:
    for name in ("blobs", "held", "destroyed", "drafts", "parts"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)


def _face(keys: Keys, *, media_free: bool) -> _Face:
    return _Face(_FORMAT, media_free, keys.keyed(b"kavalan vault", b"media-free" if media_free else b"any").hex())


def _read_face(folder: Path, keys: Keys) -> _Face:
    try:
        face = msgspec.json.decode((folder / "vault.json").read_bytes(), type=_Face)
    except (OSError, msgspec.MsgspecError) as error:
        raise VaultError(folder, "is not a vault: its vault.json is missing or unreadable") from error
    if face.format != _FORMAT:
        raise VaultError(folder, f"has the format {face.format}, which this version does not know")
    if face != _face(keys, media_free=face.media_free):
        raise NoKeyError(folder, "is the vault of other keys, or its vault.json was altered")
    return face


def _place(draft: Path, path: Path) -> None:
    """Give a finished draft its name, durably."""
    if not path.parent.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        sync_directory(path.parent.parent)
    draft.rename(path)
    sync_directory(path.parent)
