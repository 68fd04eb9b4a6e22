"""Putting an exhibit's pictures and videos into stacks. Only workers import this: with it come Polars and Numba.

All that was loaded is held against each other anew, whenever a scan has loaded twice as much as the last time, and at
its end: the work of all times together is little more than twice that of the last, and a stack that grows together with
another later on is found. Some 200 bytes of memory for each picture and video. Some hundreds of items or stacks are
written in one short transaction; a run that was cut off is done again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import polars as pl
from django.db import connection
from django.db.models import Sum

from kavalan.casework.exhibits import stacks
from kavalan.casework.exhibits.models import Exhibit, Item, ScanBatch, Stack, Stacking
from kavalan.casework.jobs.models import Job
from kavalan.casework.jobs.services import keep
from kavalan.casework.verbs import step
from kavalan.casework.workspace import scans_of
from kavalan.scan.layout import batch_path
from kavalan.scan.results.stacking import stack_unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from numpy.typing import NDArray

    from kavalan.scan import Batch

T = TypeVar("T")
_READ_AT_ONCE = 10_000
_WRITTEN_AT_ONCE = 500


class Loaded:
    """What the desk has loaded of a scan, read from its batches.

    Attributes:
        items: how many.
    """

    def __init__(self, exhibit: Exhibit, folder: Path) -> None:
        batches = ScanBatch.objects.filter(exhibit=exhibit).order_by("number")
        self._batches = list(batches.values_list("number", "rows"))
        self._folder = folder
        self.items = sum(rows for _, rows in self._batches)

    def read(self, columns: list[str]) -> Iterator[pl.DataFrame]:
        """The named columns of each batch, and `item`."""
        first = 1
        for number, rows in self._batches:
            frame = pl.read_parquet(batch_path(self._folder, number), columns=columns)
            yield frame.head(rows).with_columns(pl.int_range(first, first + rows, dtype=pl.Int64).alias("item"))
            first += rows


@dataclass(frozen=True, slots=True)
class Piling:
    """Puts what a scan has loaded into stacks.

    Attributes:
        workspace: keeps each exhibit's batches under its public id.
    """

    workspace: Path

    def after_batch(self, job: Job, exhibit: Exhibit, batch: Batch, now: datetime) -> None:
        """Do it if twice as much is loaded as the last time."""
        before = Stacking.objects.filter(exhibit=exhibit).values_list("items", flat=True).first() or 0
        batches = ScanBatch.objects.filter(exhibit=exhibit, number__lte=batch.number)
        if batches.aggregate(rows=Sum("rows", default=0))["rows"] >= max(1, 2 * before):
            self.do(job, exhibit, now)

    def do(self, job: Job, exhibit: Exhibit, now: datetime) -> None:
        """Do it, unless it was done with all that is loaded.

        Raises:
            LeaseLostError: when the job is no longer this worker's.
        """
        loaded = Loaded(exhibit, scans_of(self.workspace) / str(exhibit.public_id))
        if Stacking.objects.filter(exhibit=exhibit, items=loaded.items).exists():
            return
        # All are held against each other, whatever lists make of them: that is said where stacks are counted.
        piled = stack_unknown(loaded, np.zeros(loaded.items, np.uint8))
        numbers = _first_items(piled.of_item)
        table = piled.table
        bits = dict(zip(numbers[table["stack"].to_numpy()].tolist(), table["widest"].to_list(), strict=True))
        for moved in _moved(exhibit, numbers[piled.of_item]):
            _move(job, exhibit, moved, now)
        for some in _chunks(sorted({*bits, *_counted(exhibit)})):
            _count(job, exhibit, some, bits, now)
        _note(job, exhibit, loaded.items, now, alike=piled.alike)


def _first_items(of_item: NDArray[np.int64]) -> NDArray[np.int64]:
    """By the number of a stack that of its first item, which does not change when the scan goes on; 0 for none."""
    stack, first = np.unique(of_item, return_index=True)
    numbers = np.zeros(int(of_item.max(initial=0)) + 1, np.int64)
    numbers[stack] = first + 1
    numbers[0] = 0
    return numbers


def _moved(exhibit: Exhibit, stack_of: NDArray[np.int64]) -> Iterator[Sequence[tuple[int | None, int]]]:
    """Stack and key of items that do not lie there yet, some hundreds at a time."""
    for first in range(1, len(stack_of) + 1, _READ_AT_ONCE):
        items = Item.objects.filter(exhibit=exhibit, number__gte=first, number__lt=first + _READ_AT_ONCE)
        known = items.order_by("number").values_list("pk", "number", "stack")
        lies = ((pk, before, int(stack_of[number - 1]) or None) for pk, number, before in known)
        yield from _chunks([(stack, pk) for pk, before, stack in lies if stack != before])


def _chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[first : first + _WRITTEN_AT_ONCE] for first in range(0, len(rows), _WRITTEN_AT_ONCE))


def _counted(exhibit: Exhibit) -> set[int]:
    return set(Stack.objects.filter(exhibit=exhibit).values_list("number", flat=True))


@step(Item, Job)
def _move(job: Job, exhibit: Exhibit, moved: Sequence[tuple[int | None, int]], now: datetime) -> None:
    keep(job, now)
    _lock(exhibit)
    table = connection.ops.quote_name(Item._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET stack = %s WHERE id = %s", moved)  # noqa: S608 our own name


@step(Stack, Job)
def _count(job: Job, exhibit: Exhibit, numbers: Sequence[int], bits: Mapping[int, int | None], now: datetime) -> None:
    keep(job, now)
    _lock(exhibit)
    keys = [(exhibit.pk, number) for number in numbers]
    stacks.recount(keys, {(exhibit.pk, number): bits.get(number) for number in numbers})


@step(Stacking, Job)
def _note(job: Job, exhibit: Exhibit, items: int, now: datetime, *, alike: bool) -> None:
    keep(job, now)
    said = {"items": items, "alike": alike, "done_at": now}
    Stacking.objects.update_or_create(exhibit=exhibit, defaults=said)


def _lock(exhibit: Exhibit) -> None:
    """As whoever brings counts forward does: what is counted here is so when it is written."""
    list(Exhibit.objects.select_for_update(of=("self",)).filter(pk=exhibit.pk).values_list("pk"))
