"""The job that fingerprints an exhibit. Only workers import this: with it come Polars and the decoders."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.field_result import take_over
from kavalan.casework.exhibits.loader import load_batch
from kavalan.casework.exhibits.models import Exhibit, FieldScan
from kavalan.casework.exhibits.services import finish_scan, record_signer, stop_scan
from kavalan.casework.exhibits.stacking import Piling
from kavalan.casework.jobs.pulse import now_and_then
from kavalan.casework.jobs.services import beat
from kavalan.casework.safekeeping.reading import sources_of
from kavalan.casework.workspace import scans_of, trusted_keys_of
from kavalan.scan import Batch, Progress, scan_source

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.models import Authority
    from kavalan.casework.jobs.models import Job, State
    from kavalan.casework.jobs.worker import Clock
    from kavalan.fingerprint import Fingerprinter


@dataclass(frozen=True, slots=True)
class ExhibitScan:
    """The work of a scan: the source is read here, or the result of a field scan is taken over.

    Attributes:
        workspace: keeps each exhibit's batches under its public id, and the keys that are trusted.
        fingerprinter: does the reading and decoding.
        then: called with every batch that is loaded, those of an earlier run among them.
        batch_rows: rows a batch, the same for a scan's whole life.
    """

    workspace: Path
    fingerprinter: Fingerprinter
    then: Callable[[Job, Exhibit, Batch, datetime], None]
    batch_rows: int = 10_000

    def batches(self, job: Job, clock: Clock) -> Generator[Batch, None, None]:
        """Fingerprint the exhibit, or read what was fingerprinted elsewhere; batches that are finished come first."""
        exhibit = _exhibit(job)
        field = FieldScan.objects.filter(exhibit=exhibit).first()
        if field is not None:
            yield from self._carried(job, exhibit, field, clock)
            return
        tell = _beating(job, clock)
        with sources_of(exhibit, lambda _size: tell(0)) as opened, opened() as source:
            yield from scan_source(
                source,
                self._batches_of(exhibit),
                fingerprinter=self.fingerprinter,
                batch_rows=self.batch_rows,
                progress=_items(tell),
            )

    def _carried(self, job: Job, exhibit: Exhibit, field: FieldScan, clock: Clock) -> Generator[Batch, None, None]:
        tell = _beating(job, clock)
        source, copy = Path(os.fsdecode(bytes(exhibit.source))), self._batches_of(exhibit)
        result = take_over(field, source, copy, trusted_keys_of(self.workspace), lambda: tell(0))
        record_signer(field, result.signer.fingerprint if result.signer else "", trusted=result.standing == "known")
        yield from result.batches()

    def _batches_of(self, exhibit: Exhibit) -> Path:
        return scans_of(self.workspace) / str(exhibit.public_id)

    def ask(self, job: Job, now: datetime) -> None:
        """Ask what `scan.finish` will ask."""
        finish_scan.ask(_officer(job), _authority(job), _exhibit(job), now)

    def load(self, job: Job, batch: Batch, now: datetime) -> None:
        """Load one batch, and do what follows it."""
        exhibit = _exhibit(job)
        load_batch(job, exhibit, batch, now)
        self.then(job, exhibit, batch, now)
        Piling(self.workspace).after_batch(job, exhibit, batch, now)

    def finish(self, job: Job, now: datetime) -> None:
        """Put all of it into stacks, and end it well."""
        Piling(self.workspace).do(job, _exhibit(job), now)
        finish_scan(_officer(job), _authority(job), _exhibit(job), now, job=job)

    def stop(self, job: Job, state: State, why: str, now: datetime) -> None:
        """End it otherwise."""
        stop_scan(job.officer, now, exhibit=_exhibit(job), job=job, state=state, why=why)


def _exhibit(job: Job) -> Exhibit:
    return Exhibit.objects.select_related("authority__unit").get(scan=job)


def _officer(job: Job) -> Officer:
    if job.officer is None:
        raise RefusedError("A scan is an officer's, and nobody asked for this one.")
    return job.officer


def _authority(job: Job) -> Authority:
    if job.authority is None:
        raise RefusedError("A scan is done on an authority, and this one was asked for without.")
    return job.authority


def _beating(job: Job, clock: Clock) -> Callable[[int], None]:
    """A heartbeat now and then, with the count of items."""
    before, seen = job.progress, 0
    alive = now_and_then(clock, lambda now: beat(job, before + seen, now))

    def tell(items: int) -> None:
        nonlocal seen
        seen = items
        alive()

    return tell


def _items(tell: Callable[[int], None]) -> Callable[[Progress], None]:
    return lambda progress: tell(progress.items)
