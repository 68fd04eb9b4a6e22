"""The worker: does the desk's jobs, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from kavalan.casework.exhibits.scan import ExhibitScan
from kavalan.casework.exhibits.services import SCAN, THIN
from kavalan.casework.exhibits.thinning_work import ThinningWork
from kavalan.casework.exports.services import MAKE
from kavalan.casework.exports.work import Exporting
from kavalan.casework.hits.services import REMATCH
from kavalan.casework.hits.work import BatchMatching, Rematching
from kavalan.casework.intake.reading import DeliveryReading
from kavalan.casework.intake.services import READ
from kavalan.casework.jobs.presence import bury, present
from kavalan.casework.jobs.worker import Work, run_next
from kavalan.casework.retention.services import PURGE
from kavalan.casework.retention.work import Purging
from kavalan.casework.safekeeping.destroying import Destroying
from kavalan.casework.safekeeping.services import DESTROY, KEEP
from kavalan.casework.safekeeping.work import Keeping
from kavalan.casework.search.filling import FillingWork
from kavalan.casework.search.services import FILL
from kavalan.casework.vault.rehash import Rehashing
from kavalan.casework.vault.services import REHASH
from kavalan.casework.workspace import lists_of
from kavalan.fingerprint import Fingerprinter
from kavalan.lists import Catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kavalan.casework.jobs.models import Job


def work_off(decoders: int = 2) -> list[Job]:
    """Do all jobs that wait, and return them as they then stand.

    Args:
        decoders: sandboxed processes that read evidence.
    """
    return list({job.pk: job for job in do_jobs(decoders)}.values())


def do_jobs(decoders: int) -> Iterator[Job]:
    """Do all jobs that wait, and yield each when it has ended or was given back to be tried again.

    Args:
        decoders: sandboxed processes that read evidence; they run until the last job is done.
    """
    workspace = settings.KAVALAN_WORKSPACE
    catalogue = Catalogue(lists_of(workspace), timezone.now)
    with (
        present(workspace) as worker,
        Fingerprinter(workers=decoders, rotations=True) as fingerprinter,
        BatchMatching(catalogue, timezone.now) as matching,
        DeliveryReading(catalogue) as reading,
    ):
        works: dict[str, Work[Any]] = {
            SCAN: ExhibitScan(workspace, fingerprinter, matching),
            REMATCH: Rematching(catalogue),
            REHASH: Rehashing(),
            KEEP: Keeping(),
            DESTROY: Destroying(),
            PURGE: Purging(),
            MAKE: Exporting(),
            THIN: ThinningWork(),
            READ: reading,
            FILL: FillingWork(),
        }
        while job := run_next(works, worker, timezone.now):
            yield job
    bury(workspace)
