"""Making a file of results: a ZIP with the list and what is to be known of it, written into the vault as it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.selectors import tallies
from kavalan.casework.exports.about import about, left_out
from kavalan.casework.exports.models import Export, Form
from kavalan.casework.exports.selectors import last_seal
from kavalan.casework.exports.services import finish_export, record_made, stop_export
from kavalan.casework.exports.table import Table
from kavalan.casework.exports.vics import Vics
from kavalan.casework.jobs.models import Job
from kavalan.casework.safekeeping.pulse import beating
from kavalan.casework.vault.store import vault

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.models import Authority
    from kavalan.casework.jobs.models import State
    from kavalan.casework.jobs.worker import Clock
    from kavalan.vault import Stored, Tell
    from kavalan.vault.draft import Draft


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made.

    Attributes:
        stored: in the vault.
        items: in it.
        left_out: how many are not, by the reasons of `rules.LEFT_OUT_WORDS`.
        seals: the number of the desk's last privilege seal before it was begun.
    """

    stored: Stored
    items: int
    left_out: dict[str, int]
    seals: int


class _StoppedError(Exception):
    """Somebody asked for an end while the file was made."""


class Exporting:
    """The work of the jobs of the kind `services.MAKE`."""

    def batches(self, job: Job, clock: Clock) -> Generator[Made | None, None, None]:
        """Make it; a run that was cut off begins anew, and leaves nothing behind."""
        export = _export(job)
        if export.kept_id is not None:
            return
        try:
            yield _make(export, clock(), beating(job, clock, self._goes_on))
        except _StoppedError:
            yield None

    def ask(self, job: Job, now: datetime) -> None:
        """Ask what `export.finish` will ask."""
        finish_export.ask(_officer(job), _authority(job), _export(job), now)

    def load(self, job: Job, batch: Made | None, now: datetime) -> None:
        """Answer for what was made."""
        if batch is not None:
            record_made(job, _export(job), batch, _officer(job), now)

    def finish(self, job: Job, now: datetime) -> None:
        """End it well."""
        finish_export(_officer(job), _authority(job), _export(job), now, job=job)

    def stop(self, job: Job, state: State, why: str, now: datetime) -> None:
        """End it otherwise."""
        stop_export(job.officer, now, export=_export(job), job=job, state=state, why=why)

    def _goes_on(self, job: Job, now: datetime) -> None:
        self.ask(job, now)
        if Job.objects.filter(pk=job.pk, cancel_asked=True).exists():
            raise _StoppedError


class _Into:
    """Where `ZipFile` writes to: a draft of the vault, which has no place to go back to."""

    def __init__(self, draft: Draft, tell: Tell) -> None:
        self._draft, self._tell = draft, tell

    def write(self, data: bytes) -> int:
        """Take a piece."""
        self._draft.write(data)
        self._tell(len(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back."""

    def close(self) -> None:
        """The draft is closed by whoever opened it."""


def _make(export: Export, now: datetime, tell: Tell) -> Made:
    # Asked before anything is read: what is sealed from here on, the giving out notices.
    seals, opened = last_seal(), vault()
    written = Table(export) if export.form == Form.CSV else Vics(export, now)
    with opened.draft() as draft:
        with ZipFile(_Into(draft, tell), "w", ZIP_DEFLATED) as archive:
            _member(archive, written.name, written)
            without = left_out(tallies(export.exhibit), export, written.items)
            _member(archive, "about.txt", [about(export, written.items, without, now)])
        stored = opened.keep(draft, tell=tell)
    return Made(stored, written.items, without, seals)


def _member(archive: ZipFile, name: str, pieces: Iterable[bytes]) -> None:
    with archive.open(name, "w", force_zip64=True) as member:
        for piece in pieces:
            member.write(piece)


def _export(job: Job) -> Export:
    return Export.objects.select_related("exhibit__authority__unit", "asked_by", "job", "kept").get(job=job)


def _officer(job: Job) -> Officer:
    if job.officer is None:
        raise RefusedError("A file of results is made because an officer asks for it, and nobody asked for this.")
    return job.officer


def _authority(job: Job) -> Authority:
    if job.authority is None:
        raise RefusedError("A file of results is made on an authority, and this was asked for without.")
    return job.authority
