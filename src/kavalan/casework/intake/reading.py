"""The work of reading deliveries. Only workers import this: it starts the confined readers."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

import msgspec
from django.utils.translation import gettext

from kavalan.casework.intake.entering import WRITES, Draft, Entry
from kavalan.casework.intake.known import KnownFiles
from kavalan.casework.intake.models import Delivery
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.selectors import answers_for
from kavalan.casework.intake.services import finish_delivery, stop_delivery
from kavalan.casework.jobs.models import Job
from kavalan.casework.jobs.services import hold, keep
from kavalan.casework.vault.store import vault
from kavalan.casework.verbs import step
from kavalan.sandbox import memory_file, printable, seal
from kavalan.tips import Columns, TipReader

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from datetime import datetime
    from typing import BinaryIO

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.jobs.models import State
    from kavalan.casework.jobs.worker import Clock
    from kavalan.lists import Catalogue
    from kavalan.tips import Tip

AT_ONCE: Final = 200
"""Reports loaded in one transaction: while they are written nobody else writes, on SQLite at least."""
LARGEST: Final = 1 << 30
"""Bytes of a delivery that are read, in memory: it is never in clear on a disk."""

_PIECE: Final = 1 << 20
_ALONE: Final = frozenset({Form.CYBERTIPLINE, Form.MAIL, Form.PRINT})
"""Forms of which a file is one report: its own bytes are the report's."""


@dataclass(frozen=True, slots=True)
class Part:
    """Reports that are ready to be entered, or why there are no more.

    Attributes:
        last: the position of the last of them.
        entry: what is entered; None where nothing is left but the fault.
        fault: why the delivery was not read to its end.
    """

    last: int
    entry: Entry | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryReading:
    """The work of the jobs of the kind `services.READ`.

    Attributes:
        catalogue: the lists of the workspace.
    """

    catalogue: Catalogue

    def batches(self, job: Job, clock: Clock) -> Generator[Part, None, None]:
        """Read the delivery from its beginning; reports that are taken in already are passed over."""
        delivery = _delivery(job)
        if delivery.size > LARGEST:
            yield Part(0, fault=gettext("It is larger than is read at once. Cut it into parts."))
            return
        by, known = _responsible(delivery, clock()), KnownFiles(self.catalogue, delivery.desk.unit.name)
        columns = msgspec.convert(delivery.columns.columns, Columns) if delivery.columns else None
        with _in_memory(delivery) as file, TipReader() as reader:
            tips = enumerate(reader.read(file, delivery.form, columns), 1)
            last = delivery.reports
            fresh = islice(tips, last, None)
            while some := list(islice(fresh, AT_ONCE)):
                last = some[-1][0]
                yield Part(last, Entry(delivery, _drafts(delivery, some, known, clock()), by, clock()))
            if reader.failure is not None:
                yield Part(last, fault=printable(reader.failure.detail))

    def ask(self, job: Job, now: datetime) -> None:
        """Nothing: what came is read, whoever sent it and whether or not they are still here."""

    def load(self, job: Job, batch: Part, now: datetime) -> None:
        """Enter one part."""
        _load(job, batch, now)

    def finish(self, job: Job, now: datetime) -> None:
        """End it well."""
        finish_delivery(job.officer, now, delivery=_delivery(job), job=job)

    def stop(self, job: Job, state: State, why: str, now: datetime) -> None:
        """End it otherwise."""
        stop_delivery(job.officer, now, delivery=_delivery(job), job=job, state=state, why=why)


@step(*WRITES, Job)
def _load(job: Job, part: Part, now: datetime) -> None:
    hold(job)
    if part.entry is not None:
        part.entry.enter()
    if part.fault:
        Delivery.objects.filter(job=job).update(fault=part.fault)
    keep(job, now, cursor=part.last, progress=part.last, attempts=0)


def _delivery(job: Job) -> Delivery:
    return Delivery.objects.select_related("desk__unit", "desk__compartment", "kept", "columns", "entered_by").get(
        job=job
    )


def _responsible(delivery: Delivery, now: datetime) -> Officer:
    """Who seals its names and carries its authorities: who took it in, or who answers for the desk."""
    return delivery.entered_by or answers_for(delivery.desk, now)


def _drafts(delivery: Delivery, tips: Sequence[tuple[int, Tip]], known: KnownFiles, now: datetime) -> list[Draft]:
    answered = iter(known.ask([file for _, tip in tips for file in tip.files], now))
    own = bytes(delivery.sha256 or b"") if delivery.form in _ALONE else None
    return [Draft(position, tip, digest=own, known=list(islice(answered, len(tip.files)))) for position, tip in tips]


@contextmanager
def _in_memory(delivery: Delivery) -> Iterator[BinaryIO]:
    """The original as a sealed file in memory."""
    if delivery.kept is None:
        message = f"{delivery} was typed: there is no file to be read"
        raise ValueError(message)
    with memory_file() as file:
        with vault().open(delivery.kept.name) as reader:
            while piece := reader.read(_PIECE):
                file.write(piece)
        yield seal(file)
