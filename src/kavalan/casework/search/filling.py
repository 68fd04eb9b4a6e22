"""The work of making all documents anew: one short step after another, each of which says how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import QuerySet

from kavalan.casework.errors import RefusedError
from kavalan.casework.search import sqlite
from kavalan.casework.search.indexing import SOURCES, objects_of
from kavalan.casework.search.models import Filling
from kavalan.casework.search.services import ask_filling, fill, finish_filling, stop_filling, take_up
from kavalan.casework.verbs import step

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from datetime import datetime

    from django.db.models import Model

    from kavalan.casework.jobs.models import Job, State
    from kavalan.casework.jobs.worker import Clock
    from kavalan.casework.search.rules import Kind

AT_ONCE = 200
_MERGED = 500
"""Pages of SQLite's index that are written anew in one transaction."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some objects of one kind.

    Attributes:
        kind: of which.
        after: their numbers are higher; nothing lies between.
        numbers: in their order; none where there are no more of the kind.
        done: how many objects are done with them, in this run.
    """

    kind: Kind
    after: int
    numbers: Sequence[int]
    done: int


class FillingWork:
    """The work of the jobs of the kind `services.FILL`."""

    def batches(self, job: Job, clock: Clock) -> Generator[Piece, None, None]:
        """What is not done yet."""
        del clock  # a step is short
        yield from pieces(_filling(job), job.progress)

    def ask(self, job: Job, now: datetime) -> None:
        """Nothing: the desk looks at what it holds already, and shows it to nobody."""

    def load(self, job: Job, batch: Piece, now: datetime) -> None:
        """One piece."""
        fill(_filling(job), batch, job, now)

    def finish(self, job: Job, now: datetime) -> None:
        """End it well."""
        finish_filling(job.officer, now, filling=_filling(job), job=job)
        refresh()

    def stop(self, job: Job, state: State, why: str, now: datetime) -> None:
        """End it otherwise."""
        stop_filling(job.officer, now, filling=_filling(job), job=job, state=state, why=why)


def pieces(filling: Filling, done: int = 0) -> Iterator[Piece]:
    """What a filling has not done yet, kind by kind, in the order of the objects' numbers.

    Args:
        filling: as it stands.
        done: how many objects were done in it before.
    """
    begun = not filling.kind
    for source in SOURCES:
        resumed = source.kind == filling.kind
        if not begun and not resumed:
            continue
        after, begun, numbers = filling.after if resumed else 0, True, [0]
        while numbers:
            rows: QuerySet[Model] = QuerySet(objects_of(source)).filter(pk__gt=after).order_by("pk")
            numbers = list(rows.values_list("pk", flat=True)[:AT_ONCE])
            done += len(numbers)
            yield Piece(source.kind, after, numbers, done)
            after = numbers[-1] if numbers else after


def total() -> int:
    """How many objects there are of which documents are made."""
    return sum(QuerySet(objects_of(source)).count() for source in SOURCES)


def begun(now: datetime) -> Filling:
    """A filling that nobody is at: the one that was begun and not ended, or a new one.

    Raises:
        RefusedError: a worker is at it.
    """
    open_one = Filling.objects.filter(done_at__isnull=True).select_related("job").order_by("pk").first()
    if open_one is None:
        return ask_filling(None, now)
    if open_one.job is not None and open_one.job.active:
        raise RefusedError("The desk’s worker is making it anew: see the page of long work.")
    return open_one


def fill_if_due(now: datetime) -> str | None:
    """Have the worker make all documents where somebody asked for it, or an upgrade brought the search."""
    filling = Filling.objects.filter(done_at__isnull=True, job__isnull=True).order_by("pk").first()
    if filling is None:
        return None
    take_up(None, now, filling=filling, total=total())
    return "all documents are made anew"


def refresh() -> None:
    """Have the database know what its index of words holds now, and nothing that it held before."""
    if connection.vendor == "sqlite":
        pages = -_MERGED
        # Each a transaction of its own, so that verbs need not wait for the whole.
        while step()(sqlite.merge)(connection, pages):
            pages = _MERGED
    else:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_searchdocument")


def refresh_daily(_now: datetime) -> None:
    """Once a day: words of what was removed or sealed lie in SQLite's index until it is written anew."""
    refresh()


def _filling(job: Job) -> Filling:
    return Filling.objects.get(job=job)
