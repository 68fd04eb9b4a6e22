"""Having all documents made anew, and what is kept of how far that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import QuerySet

from kavalan.casework.errors import RefusedError
from kavalan.casework.jobs.models import Job, Priority, State
from kavalan.casework.jobs.services import end, hold, keep
from kavalan.casework.search.indexing import objects_of, source_of, write
from kavalan.casework.search.models import Filling, SearchDocument
from kavalan.casework.verbs import Done, HouseAct, house_verb, step

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.search.filling import Piece

FILL: Final = "search.fill"
"""The kind of job that makes all documents anew."""


@house_verb("search.ask", unattended=True)
def ask_filling(act: HouseAct) -> Done[Filling]:
    """Have all documents made anew, from what the desk holds; meanwhile those that are there are found.

    Raises:
        RefusedError: when that is being done already.
    """
    if Filling.objects.filter(done_at__isnull=True).exists():
        raise RefusedError("All documents are being made anew already.")
    filling = Filling.objects.create(asked_by=act.actor, asked_at=act.at)
    return Done(filling, {})


@house_verb("search.take_up", unattended=True)
def take_up(act: HouseAct, *, filling: Filling, total: int) -> Done[Filling]:
    """Have the worker do it, after everything else that waits; it goes on where whoever did it before was.

    Raises:
        RefusedError: when it is done, or a worker is at it.
    """
    filling = Filling.objects.select_for_update(of=("self",)).select_related("job").get(pk=filling.pk)
    if filling.done_at is not None or (filling.job is not None and filling.job.active):
        raise RefusedError("There is nothing to take up.")
    filling.job = Job.objects.create(kind=FILL, created_at=act.at, priority=Priority.LATER, total=total)
    filling.save(update_fields=["job"])
    return Done(filling, {"job": str(filling.job.public_id)})


@step(SearchDocument, Filling, Job)
def fill(filling: Filling, piece: Piece, job: Job | None, now: datetime) -> None:
    """Make the documents of some objects anew, and remove those of objects that are not there any more."""
    source = source_of(piece.kind)
    # Held, so that no verb changes them between their reading and their writing.
    list(QuerySet(objects_of(source)).select_for_update().filter(pk__in=piece.numbers).values_list("pk"))
    write(source, piece.numbers)
    between = SearchDocument.objects.filter(kind=piece.kind, object_id__gt=piece.after)
    if piece.numbers:
        between = between.filter(object_id__lt=piece.numbers[-1])
    between.exclude(object_id__in=piece.numbers).delete()
    after = piece.numbers[-1] if piece.numbers else piece.after
    Filling.objects.filter(pk=filling.pk).update(kind=piece.kind, after=after)
    if job is not None:
        keep(job, now, progress=piece.done, attempts=0)


@house_verb("search.filled", unattended=True)
def finish_filling(act: HouseAct, *, filling: Filling, job: Job | None) -> Done[Filling]:
    """Say that all documents were made anew."""
    if job is not None:
        hold(job)
        end(job, State.DONE, act.at)
    filling.done_at = act.at
    filling.save(update_fields=["done_at"])
    return Done(filling, {"documents": SearchDocument.objects.count()})


@house_verb("search.stopped", unattended=True)
def stop_filling(act: HouseAct, *, filling: Filling, job: Job, state: State, why: str) -> Done[Filling]:
    """Say that it ended before its end; `kavalan search rebuild` goes on with it."""
    hold(job)
    end(job, state, act.at, why)
    return Done(filling, {"state": state.value, "why": why})
