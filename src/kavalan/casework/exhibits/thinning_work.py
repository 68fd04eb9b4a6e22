"""Saying of each item whether its content was met in earlier exhibits: a thousand items in one short transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, Max, OuterRef

from kavalan.casework.exhibits.models import Content, Item, Thinning
from kavalan.casework.exhibits.rules import Novelty, Seal, Standing
from kavalan.casework.exhibits.services import finish_thinning, stop_thinning
from kavalan.casework.exhibits.tallies import KEPT, brought_forward
from kavalan.casework.jobs.models import Job
from kavalan.casework.jobs.services import keep
from kavalan.casework.verbs import step

if TYPE_CHECKING:
    from collections.abc import Collection, Generator
    from datetime import datetime

    from django.db.models import QuerySet

    from kavalan.casework.jobs.models import State
    from kavalan.casework.jobs.worker import Clock

_AT_ONCE = 1000


class Stretch(NamedTuple):
    """Items of one step.

    Attributes:
        batch: its number, from 1.
        after: items behind this number,
        until: and up to this one.
    """

    batch: int
    after: int
    until: int


class ThinningWork:
    """The work of the jobs of the kind `services.THIN`."""

    def batches(self, job: Job, clock: Clock) -> Generator[Stretch, None, None]:
        """The items in their order, from where the last run ended."""
        del clock  # a step is short
        last = Item.objects.filter(exhibit__thinning__job=job).aggregate(last=Max("number"))["last"] or 0
        for batch in range(job.cursor + 1, -(-last // _AT_ONCE) + 1):
            yield Stretch(batch, (batch - 1) * _AT_ONCE, min(last, batch * _AT_ONCE))

    def ask(self, job: Job, now: datetime) -> None:
        """Nothing: no evidence is opened, digests that were taken are held against each other."""

    def load(self, job: Job, batch: Stretch, now: datetime) -> None:
        """Say it of some items."""
        _say(job, _thinning(job), batch, now)

    def finish(self, job: Job, now: datetime) -> None:
        """End it well."""
        finish_thinning(job.officer, now, thinning=_thinning(job), job=job)

    def stop(self, job: Job, state: State, why: str, now: datetime) -> None:
        """End it otherwise."""
        stop_thinning(job.officer, now, thinning=_thinning(job), job=job, state=state, why=why)


@step(Item, *KEPT, Job)
def _say(job: Job, thinning: Thinning, some: Stretch, now: datetime) -> None:
    keep(job, now, cursor=some.batch, progress=some.until, attempts=0)
    items = Item.objects.filter(exhibit=thinning.exhibit_id, number__gt=some.after, number__lte=some.until)
    with brought_forward([thinning.exhibit_id], items):
        known = _met(items, list(thinning.earlier.values_list("exhibit", flat=True)))
        items.update(novelty=Novelty.NEW)
        _unknown(items).filter(content__in=known).update(novelty=Novelty.MET)


def _met(items: QuerySet[Item], earlier: Collection[int]) -> list[int]:
    """Those of the items' contents that are open in an earlier exhibit, and on no list there either."""
    there = _unknown(Item.objects.filter(content=OuterRef("pk"), exhibit__in=earlier, seal=Seal.OPEN))
    contents = list(_unknown(items).filter(content__isnull=False).values_list("content", flat=True).distinct())
    return list(Content.objects.filter(Exists(there), pk__in=contents).values_list("pk", flat=True))


def _unknown(items: QuerySet[Item]) -> QuerySet[Item]:
    """What may be left out: wholly read, and on no list."""
    return items.filter(standing__lte=Standing.KNOWN_GOOD, error="")


def _thinning(job: Job) -> Thinning:
    return Thinning.objects.select_related("exhibit").get(job=job)
