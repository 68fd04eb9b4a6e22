"""Loading a scan's batches: one Parquet file, one short transaction, the same result however often it is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Sum

from kavalan.casework.authority.scope import as_q
from kavalan.casework.authority.selectors import scope_of
from kavalan.casework.errors import DeskError
from kavalan.casework.exhibits.models import Content, Exhibit, Item, ScanBatch, Tally
from kavalan.casework.exhibits.rules import Family, Seal, family
from kavalan.casework.exhibits.tallies import brought_forward
from kavalan.casework.jobs.models import Job
from kavalan.casework.jobs.services import hold, keep
from kavalan.casework.privilege.models import PrivilegeSeal
from kavalan.casework.privilege.sealing import seal_matches
from kavalan.casework.verbs import step
from kavalan.scan import Batch, read_batch
from kavalan.scan.places import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from kavalan.sources import State


class Row(NamedTuple):
    """The columns of a batch that the database keeps; those of the content are None where nothing could be read."""

    path: bytes
    original: bytes | None
    state: State
    modified: datetime | None
    kind: str
    size: int
    md5: bytes
    sha1: bytes
    sha256: bytes | None
    pdq: bytes | None
    pdq_quality: int | None
    rotations: bytes | None
    error: str | None


class ScanDiffersError(DeskError):
    """A batch of this number was loaded before and was another; the scan's folder was changed or mixed up."""


def load_batch(job: Job, exhibit: Exhibit, batch: Batch, now: datetime) -> None:
    """Load a batch unless it is loaded already.

    Raises:
        ScanDiffersError: when another batch of that number is loaded.
        LeaseLostError: when the job is no longer this worker's; nothing is written.
    """
    loaded = ScanBatch.objects.filter(exhibit=exhibit, number=batch.number).values_list("sha256", flat=True).first()
    if loaded is None:
        rows = [Row(*values) for values in read_batch(batch).select(Row._fields).iter_rows()]
        _load(job, exhibit, batch, rows, now)
    elif bytes(loaded) != batch.sha256:
        message = f"batch {batch.number} of {exhibit} is not the one that was loaded before: see {batch.path}"
        raise ScanDiffersError(message)


@step(Content, Item, ScanBatch, Tally, PrivilegeSeal, Job)
def _load(job: Job, exhibit: Exhibit, batch: Batch, rows: Sequence[Row], now: datetime) -> None:
    # The job before the exhibit, as whoever writes down hits takes them.
    hold(job)
    # Locked: a privileged identifier that is supplied meanwhile is seen here, or sees these items.
    exhibit = Exhibit.objects.select_for_update(of=("self",)).select_related("authority").get(pk=exhibit.pk)
    before = ScanBatch.objects.filter(exhibit=exhibit).aggregate(rows=Sum("rows", default=0))["rows"]
    families = [family(row.kind) for row in rows]
    scope = scope_of(exhibit.authority)
    limited = scope.limits_items(exhibit.reference)
    added = Item.objects.filter(exhibit=exhibit, number__gt=before)
    with brought_forward([exhibit.pk], added):
        items = _items(rows, families, _contents(rows))
        for number, item in enumerate(items, start=before + 1):
            item.exhibit, item.number, item.seal = exhibit, number, Seal.OUTSIDE if limited else Seal.OPEN
        Item.objects.bulk_create(items)
        if limited:
            # What an authority reaches never changes, so that this holds once it is said.
            added.filter(as_q(scope)).update(seal=Seal.OPEN)
    seal_matches(exhibit, after=before)
    ScanBatch.objects.create(
        exhibit=exhibit,
        number=batch.number,
        sha256=batch.sha256,
        rows=len(rows),
        pictures=families.count(Family.PICTURE),
        videos=families.count(Family.VIDEO),
        unread=sum(row.error is not None for row in rows),
    )
    keep(job, now, cursor=batch.number, progress=before + len(rows), attempts=0)


def _items(rows: Sequence[Row], families: Sequence[Family], contents: Mapping[bytes | None, int]) -> list[Item]:
    """The items, as far as the rows alone say what they are."""
    return [
        Item(
            path=row.path,
            original=row.original,
            state=row.state,
            place=place_of(row.path, row.original, row.state).place,
            content_id=contents.get(row.sha256),
            family=kind,
            modified=row.modified,
            error=row.error or "",
        )
        for row, kind in zip(rows, families, strict=True)
    ]


def _contents(rows: Sequence[Row]) -> dict[bytes | None, int]:
    """The numbers of the rows' contents by their SHA-256; new ones are added."""
    found = {row.sha256: row for row in rows if row.sha256 is not None}
    # In order, so that two loaders that add the same contents wait for each other rather than for ever.
    digests = sorted(found)
    Content.objects.bulk_create((_content(digest, found[digest]) for digest in digests), ignore_conflicts=True)
    numbers = Content.objects.filter(sha256__in=digests).values_list("sha256", "pk")
    return {bytes(digest): number for digest, number in numbers}


def _content(sha256: bytes, row: Row) -> Content:
    return Content(
        sha256=sha256,
        md5=row.md5,
        sha1=row.sha1,
        size=row.size,
        kind=row.kind,
        pdq=row.pdq,
        pdq_quality=row.pdq_quality,
        rotations=row.rotations,
    )
