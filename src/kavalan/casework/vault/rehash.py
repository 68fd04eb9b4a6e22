"""The work of a night: what was read longest ago is read again, until the budget or the night is spent."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kavalan.casework.vault.models import Kept, Rehash, What
from kavalan.casework.vault.services import finish_rehash, record_cured, record_part, stop_rehash, tonight
from kavalan.casework.vault.store import vault
from kavalan.vault import MISSING, Inspector

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from kavalan.casework.jobs.models import Job, State
    from kavalan.casework.jobs.worker import Clock
    from kavalan.vault import Inspection, Vault

_MOST = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """How far a night's reading is.

    Attributes:
        facts: columns of `Rehash`.
        faults: what is at fault, by the vault's names.
        whole: whether these are all there are now.
    """

    facts: dict[str, int]
    faults: dict[str, str]
    whole: bool = False


class Rehashing:
    """The work of a night's reading."""

    def batches(self, job: Job, clock: Clock) -> Generator[Part, None, None]:
        """Read, and tell after each GiB; what an earlier worker read this night is not read again."""
        rehash = _rehash(job)
        opened, before, adopted = vault(), rehash.read, rehash.adopted
        part = Part({}, {})
        for done in Inspector(opened).parts(rehash.budget - before, clock, since=job.created_at):
            part = _part(done, before, adopted)
            yield part
            if tonight(clock()) != rehash.night:
                break
        faults = part.faults | dict(_unanswered(opened))
        yield Part({**part.facts, "unnamed": _unnamed(opened)}, faults, whole=len(faults) < _MOST)

    def ask(self, job: Job, now: datetime) -> None:
        """Nothing: no authority is needed to see whether what is kept is still whole, and nothing of it is shown."""

    def load(self, job: Job, batch: Part, now: datetime) -> None:
        """Keep how far it is."""
        record_part(job, _rehash(job), batch.facts, batch.faults, now)
        if batch.whole:
            record_cured(batch.faults, now)

    def finish(self, job: Job, now: datetime) -> None:
        """End it well."""
        finish_rehash(None, now, rehash=_rehash(job), job=job)

    def stop(self, job: Job, state: State, why: str, now: datetime) -> None:
        """End it otherwise."""
        stop_rehash(None, now, rehash=_rehash(job), job=job, state=state, why=why)


def _rehash(job: Job) -> Rehash:
    return Rehash.objects.get(job=job)


def _part(done: Inspection, before: int, adopted: int) -> Part:
    faults = {fault.name: fault.what for fault in (*done.standing.faults, *done.faults)}
    return Part({"read": before + done.size, "adopted": adopted + done.adopted}, faults)


def _unanswered(opened: Vault) -> Iterator[tuple[str, str]]:
    """What the desk answers for and is not there: the vault's own register may have been lost."""
    for name, what in _answered_for().values_list("name", "what").order_by("pk").iterator():
        shelf = opened.manifests if what == What.HELD else opened.blobs
        if not shelf.path(name).exists():
            yield name, MISSING


def _unnamed(opened: Vault) -> int:
    """How many blobs no record names: left by what was broken off, or newer than a database that was restored."""
    count = 0
    there = opened.names()
    while names := list(islice(there, _MOST)):
        count += len(names) - _answered_for().filter(name__in=names).values("name").distinct().count()
    return count


def _answered_for() -> QuerySet[Kept]:
    return Kept.objects.filter(doomed_at__isnull=True)
