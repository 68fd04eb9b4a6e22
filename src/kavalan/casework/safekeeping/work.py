"""The work of keeping an exhibit: read once, from its beginning to its end, into the vault or for its digests."""

from __future__ import annotations

import io
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.jobs.models import Job
from kavalan.casework.safekeeping.models import Safekeeping, Way
from kavalan.casework.safekeeping.pulse import beating
from kavalan.casework.safekeeping.services import finish_keeping, record_taken, stop_keeping
from kavalan.casework.vault.store import vault
from kavalan.vault import Attributes, Stored, UnknownBlobError, VaultError, write_folder
from kavalan.vault import RefusedError as NoMediaError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.models import Authority
    from kavalan.casework.jobs.models import State
    from kavalan.casework.jobs.worker import Clock
    from kavalan.vault import FolderDraft, Tell, Vault


@dataclass(frozen=True, slots=True)
class Taken:
    """What the vault has taken of an exhibit; None of it where the work was told to stop.

    Attributes:
        content: the copy, or what is held.
        index: of a folder.
        members: files of a folder, None for one that is none.
        left_out: what of a folder no copy can hold, or nobody could read.
    """

    content: Stored
    index: Stored | None = None
    members: int | None = None
    left_out: int = 0


class _StoppedError(Exception):
    """Somebody asked for an end while the source was read."""


class Keeping:
    """The work of the jobs of the kind `services.KEEP`."""

    def batches(self, job: Job, clock: Clock) -> Generator[Taken | None, None, None]:
        """Copy it, or read it for its digests; a run that was cut off begins anew, and leaves nothing behind."""
        keeping = _keeping(job)
        if keeping.content_id is not None:
            return
        try:
            yield _take(keeping, beating(job, clock, self._goes_on))
        except _StoppedError:
            yield None
        except NoMediaError as refusal:
            raise RefusedError(refusal.what) from refusal

    def ask(self, job: Job, now: datetime) -> None:
        """Ask what `keeping.finish` will ask."""
        finish_keeping.ask(_officer(job), _authority(job), _keeping(job), now)

    def load(self, job: Job, batch: Taken | None, now: datetime) -> None:
        """Answer for what was taken."""
        if batch is not None:
            record_taken(job, _keeping(job), batch, _officer(job), now)

    def finish(self, job: Job, now: datetime) -> None:
        """End it well."""
        finish_keeping(_officer(job), _authority(job), _keeping(job), now, job=job)

    def stop(self, job: Job, state: State, why: str, now: datetime) -> None:
        """End it otherwise."""
        stop_keeping(job.officer, now, keeping=_keeping(job), job=job, state=state, why=why)

    def _goes_on(self, job: Job, now: datetime) -> None:
        self.ask(job, now)
        if Job.objects.filter(pk=job.pk, cancel_asked=True).exists():
            raise _StoppedError


def _take(keeping: Safekeeping, tell: Tell) -> Taken:
    opened, path = vault(), Path(os.fsdecode(bytes(keeping.exhibit.source)))
    if not keeping.exhibit.source:
        return Taken(_adopted(opened, keeping, tell))
    if keeping.way == Way.HELD:
        name = opened.hold(os.fsencode(path), tell)
        held = opened.held(name)
        return Taken(Stored(name, held.sha256, held.size, new=True))
    if path.is_dir():
        return _copied_folder(opened, path, tell)
    with path.open("rb", buffering=0) as file, opened.draft() as draft:
        source = _Told(file, tell)
        while piece := source.read(1 << 20):
            draft.write(piece)
        return Taken(opened.keep(draft, tell=tell))


def _adopted(opened: Vault, keeping: Safekeeping, tell: Tell) -> Stored:
    """What was sent in pieces."""
    try:
        return opened.adopt(keeping.exhibit.upload.number, tell)
    except UnknownBlobError as error:
        raise RefusedError("What was sent is not there any more. Register it from a folder.") from error


def _copied_folder(opened: Vault, folder: Path, tell: Tell) -> Taken:
    left_out = 0
    with write_folder(opened) as draft:
        for path in _below(folder):
            left_out += not _added(draft, os.fsencode(path.relative_to(folder)), path, tell)
        stored = draft.keep(tell=tell)
    return Taken(stored.content, stored.index, stored.members, left_out)


def _below(folder: Path) -> Iterator[Path]:
    """Everything in a folder, in the order of names, links not followed; what cannot be listed ends the work."""
    for path in sorted(folder.iterdir()):
        yield path
        if stat.S_ISDIR(path.lstat().st_mode):
            yield from _below(path)


def _added(draft: FolderDraft, name: bytes, path: Path, tell: Tell) -> bool:
    """Whether it could be stored: a socket or a device cannot, nor what may not be read."""
    state = path.lstat()
    try:
        attributes = Attributes(name, state.st_mode, state.st_mtime_ns, state.st_uid, state.st_gid)
    except VaultError:
        return False
    match stat.S_IFMT(state.st_mode):
        case stat.S_IFDIR:
            draft.add(attributes)
        case stat.S_IFLNK:
            draft.add(attributes, io.BytesIO(os.fsencode(path.readlink())))
        case stat.S_IFREG:
            return _added_file(draft, attributes, path, tell)
        case _:
            return False
    return True


def _added_file(draft: FolderDraft, attributes: Attributes, path: Path, tell: Tell) -> bool:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except PermissionError:
        return False
    with os.fdopen(handle, "rb", buffering=0) as file:
        draft.add(attributes, _Told(file, tell))
    return True


class _Told:
    """A source that tells of what is read from it."""

    def __init__(self, source: io.FileIO, tell: Tell) -> None:
        self._source, self._tell = source, tell

    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        data = self._source.read(size) or b""
        self._tell(len(data))
        return data


def _keeping(job: Job) -> Safekeeping:
    return Safekeeping.objects.select_related("exhibit__authority__unit").get(job=job)


def _officer(job: Job) -> Officer:
    if job.officer is None:
        raise RefusedError("An exhibit is kept because an officer asks for it, and nobody asked for this.")
    return job.officer


def _authority(job: Job) -> Authority:
    if job.authority is None:
        raise RefusedError("An exhibit is kept on an authority, and this was asked for without.")
    return job.authority
