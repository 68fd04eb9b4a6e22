"""The work of a purge: one report after another, then one blob after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from kavalan.casework.retention.models import Purge, Tombstone
from kavalan.casework.retention.services import empty_report, finish_purge, record_blob, stop_purge
from kavalan.casework.safekeeping.destroying import destroyed_blob
from kavalan.casework.safekeeping.pulse import beating
from kavalan.casework.safekeeping.services import stays_for_others
from kavalan.casework.search.filling import refresh

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import datetime

    from kavalan.casework.jobs.models import Job, State
    from kavalan.casework.jobs.worker import Clock
    from kavalan.casework.retention.models import PurgedBlob


class Purging:
    """The work of the jobs of the kind `services.PURGE`."""

    def batches(self, job: Job, clock: Clock) -> Generator[Tombstone | tuple[PurgedBlob, bool], None, None]:
        """What is not purged yet; a blob is destroyed before it is told."""
        purge = _purge(job)
        yield from purge.tombstones.filter(done_at__isnull=True).select_related("purge", "report").order_by("pk")
        tell = beating(job, clock)
        for one in purge.blobs.filter(done_at__isnull=True).select_related("kept").order_by("pk"):
            remains = stays_for_others(one.kept)
            if not remains:
                destroyed_blob(one.kept, tell)
            yield one, remains

    def ask(self, job: Job, now: datetime) -> None:
        """Nothing: two people decided it, and a decision of theirs is not left half done."""

    def load(self, job: Job, batch: Tombstone | tuple[PurgedBlob, bool], now: datetime) -> None:
        """Empty a report, or keep that a blob is gone."""
        if isinstance(batch, Tombstone):
            empty_report(job, batch, now)
        else:
            one, remains = batch
            record_blob(job, one, now, remains=remains)

    def finish(self, job: Job, now: datetime) -> None:
        """End it well."""
        finish_purge(job.officer, now, purge=_purge(job), job=job)
        # The words of what is gone, and then the log in which all of it still stands.
        refresh()
        _forget_log()

    def stop(self, job: Job, state: State, why: str, now: datetime) -> None:
        """End it otherwise."""
        stop_purge(job.officer, now, purge=_purge(job), job=job, state=state, why=why)


def _forget_log() -> None:
    """SQLite's log still holds the pages as they were: it is written back and emptied, as far as nobody reads."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _purge(job: Job) -> Purge:
    return Purge.objects.select_related("desk").get(job=job)
