"""Loading a scan's batches: the same result however often it is tried, a thousand rows in one short transaction.

While one is written nobody else writes, on SQLite at least: so the rows are prepared before it, and it has few of them.
How far a batch is loaded stands in its `ScanBatch`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Sum

from kavalan.casework.authority.scope import as_q
from kavalan.casework.authority.selectors import scope_of
from kavalan.casework.bulk import Prepared
from kavalan.casework.errors import DeskError
from kavalan.casework.exhibits.models import Content, Exhibit, Item, ScanBatch
from kavalan.casework.exhibits.rules import Family, Seal, family
from kavalan.casework.exhibits.tallies import KEPT, brought_forward
from kavalan.casework.jobs.models import Job
from kavalan.casework.jobs.services import hold, keep
from kavalan.casework.privilege.models import PrivilegeSeal
from kavalan.casework.privilege.sealing import seal_matches
from kavalan.casework.verbs import step
from kavalan.scan import Batch, read_batch
from kavalan.scan.places import place_of
from kavalan.scan.results.reasons import class_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kavalan.sources import State


_AT_ONCE = 1000


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
    stored_agrees: bool | None


class ScanDiffersError(DeskError):
    """A batch of this number was loaded before and was another; the scan's folder was changed or mixed up."""


class _Part(NamedTuple):
    """Some of a batch's rows, with everything done that can be done before the database is locked.

    `last`: none of the batch come after them.
    """

    last: bool
    rows: Sequence[Row]
    families: Sequence[Family]
    contents: Prepared[Content]
    digests: Sequence[bytes]
    items: Prepared[Item]


def load_batch(job: Job, exhibit: Exhibit, batch: Batch, now: datetime) -> None:
    """Load what is not loaded yet of a batch.

    Raises:
        ScanDiffersError: when another batch of that number is loaded.
        LeaseLostError: when the job is no longer this worker's; nothing more is written.
    """
    kept = ScanBatch.objects.filter(exhibit=exhibit, number=batch.number).first()
    if kept is not None and bytes(kept.sha256) != batch.sha256:
        message = f"batch {batch.number} of {exhibit} is not the one that was loaded before: see {batch.path}"
        raise ScanDiffersError(message)
    if kept is not None and kept.rows == batch.rows:
        return
    rows = [Row(*values) for values in read_batch(batch).select(Row._fields).iter_rows()]
    # An empty batch is loaded too.
    for first in range(kept.rows if kept else 0, len(rows), _AT_ONCE) or (0,):
        _load(job, exhibit, batch, _part(rows, first), now)


@step(Content, Item, ScanBatch, *KEPT, PrivilegeSeal, Job)
def _load(job: Job, exhibit: Exhibit, batch: Batch, part: _Part, now: datetime) -> None:
    # The job before the exhibit, as whoever writes down hits takes them.
    hold(job)
    # Locked: a privileged identifier that is supplied meanwhile is seen here, or sees these items.
    exhibit = Exhibit.objects.select_for_update(of=("self",)).select_related("authority").get(pk=exhibit.pk)
    before = ScanBatch.objects.filter(exhibit=exhibit).aggregate(rows=Sum("rows", default=0))["rows"]
    scope = scope_of(exhibit.authority)
    limited = scope.limits_items(exhibit.reference)
    added = Item.objects.filter(exhibit=exhibit, number__gt=before)
    with brought_forward([exhibit.pk], added):
        contents = _contents(part)
        part.items.insert(
            exhibit_id=[exhibit.pk] * len(part.rows),
            number=range(before + 1, before + 1 + len(part.rows)),
            content_id=[contents.get(row.sha256) for row in part.rows],
            seal=[Seal.OUTSIDE if limited else Seal.OPEN] * len(part.rows),
        )
        if limited:
            # What an authority reaches never changes, so that this holds once it is said.
            added.filter(as_q(scope)).update(seal=Seal.OPEN)
    seal_matches(exhibit, after=before)
    _count(exhibit, batch, part)
    cursor = {"cursor": batch.number} if part.last else {}
    keep(job, now, progress=before + len(part.rows), attempts=0, **cursor)


def _part(batch: Sequence[Row], first: int) -> _Part:
    last, rows = first + _AT_ONCE >= len(batch), batch[first : first + _AT_ONCE]
    # In order, so that two loaders that add the same contents wait for each other rather than for ever.
    found = sorted({row.sha256: row for row in rows if row.sha256 is not None}.items())
    families = [family(row.kind) for row in rows]
    items = [_item(row, kind) for row, kind in zip(rows, families, strict=True)]
    contents = [_content(digest, row) for digest, row in found]
    return _Part(
        last, rows, families, Prepared(Content, contents), [digest for digest, _ in found], Prepared(Item, items)
    )


def _contents(part: _Part) -> dict[bytes | None, int]:
    """The numbers of the rows' contents by their SHA-256; new ones are added."""
    part.contents.insert(ignore_conflicts=True)
    numbers = Content.objects.filter(sha256__in=part.digests).values_list("sha256", "pk")
    return {bytes(digest): number for digest, number in numbers}


def _count(exhibit: Exhibit, batch: Batch, part: _Part) -> None:
    none = {"sha256": batch.sha256, "rows": 0, "pictures": 0, "videos": 0, "unread": 0}
    kept, _ = ScanBatch.objects.get_or_create(exhibit=exhibit, number=batch.number, defaults=none)
    kept.rows += len(part.rows)
    kept.pictures += part.families.count(Family.PICTURE)
    kept.videos += part.families.count(Family.VIDEO)
    kept.unread += sum(row.error is not None for row in part.rows)
    kept.save()


def _item(row: Row, kind: Family) -> Item:
    """The item, as far as the row alone says what it is."""
    return Item(
        path=row.path,
        original=row.original,
        state=row.state,
        place=place_of(row.path, row.original, row.state).place,
        family=kind,
        modified=row.modified,
        error=row.error or "",
        reason=class_of(row.error, row.stored_agrees) if row.error else "",
    )


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
