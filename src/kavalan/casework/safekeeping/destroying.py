"""The work of a destruction: one blob after another. A crash leaves it begun, and the next worker goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.safekeeping.models import Destruction
from kavalan.casework.safekeeping.pulse import beating
from kavalan.casework.safekeeping.services import (
    finish_destruction,
    record_destroyed,
    stays_for_others,
    stop_destruction,
)
from kavalan.casework.vault.models import What
from kavalan.casework.vault.store import vault
from kavalan.vault import UnknownBlobError

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import datetime

    from kavalan.casework.jobs.models import Job, State
    from kavalan.casework.jobs.worker import Clock
    from kavalan.casework.safekeeping.models import Destroyed
    from kavalan.casework.vault.models import Kept
    from kavalan.vault import Tell


class Destroying:
    """The work of the jobs of the kind `DESTROY`: one blob after another."""

    def batches(self, job: Job, clock: Clock) -> Generator[tuple[Destroyed, bytes | None, bool], None, None]:
        """Destroy what is not destroyed yet."""
        tell = beating(job, clock)
        waits = _destruction(job).destroyed.filter(done_at__isnull=True).select_related("kept").order_by("pk")
        for one in waits:
            if stays_for_others(one.kept):
                yield one, bytes(one.kept.sha256), True
            else:
                yield one, destroyed_blob(one.kept, tell), False

    def ask(self, job: Job, now: datetime) -> None:
        """Nothing: two people decided it, and a decision of theirs is not left half done."""

    def load(self, job: Job, batch: tuple[Destroyed, bytes | None, bool], now: datetime) -> None:
        """Keep that it is gone."""
        one, sha256, remains = batch
        record_destroyed(job, one, sha256, now, remains=remains)

    def finish(self, job: Job, now: datetime) -> None:
        """End it well."""
        finish_destruction(job.officer, now, destruction=_destruction(job), job=job)

    def stop(self, job: Job, state: State, why: str, now: datetime) -> None:
        """End it otherwise."""
        stop_destruction(job.officer, now, destruction=_destruction(job), job=job, state=state, why=why)


def destroyed_blob(kept: Kept, tell: Tell) -> bytes | None:
    """Destroy it; SHA-256 of what was read just before, None where it could not be. Gone already is fine."""
    opened = vault()
    if kept.what == What.HELD:
        sha256 = bytes(kept.sha256)
        try:
            opened.release(kept.name)
        except UnknownBlobError:
            return sha256  # a worker that died had come so far
        return sha256
    try:
        return opened.destroy(kept.name, tell).sha256
    except UnknownBlobError:
        certificates = opened.certificates(kept.name)
        return certificates[-1].sha256 if certificates else None


def _destruction(job: Job) -> Destruction:
    return Destruction.objects.select_related("exhibit").get(job=job)
