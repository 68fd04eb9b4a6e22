"""The work of reading deliveries. Only workers import this: it starts the confined readers."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final, Self

import msgspec
from django.utils.translation import gettext

from kavalan.casework.intake.bundles import unpack
from kavalan.casework.intake.entering import WRITES, Draft, Entry
from kavalan.casework.intake.known import KnownFiles
from kavalan.casework.intake.models import Delivery
from kavalan.casework.intake.preview import why_of
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.selectors import answers_for
from kavalan.casework.intake.services import finish_delivery, stop_delivery
from kavalan.casework.jobs.models import Job
from kavalan.casework.jobs.pulse import now_and_then
from kavalan.casework.jobs.services import beat, hold, keep
from kavalan.casework.vault.store import vault
from kavalan.casework.verbs import step
from kavalan.sandbox import memory_file, seal
from kavalan.tips import Columns, TipReader

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from datetime import datetime
    from types import TracebackType
    from typing import BinaryIO

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.jobs.models import State
    from kavalan.casework.jobs.worker import Clock
    from kavalan.lists import Catalogue

AT_ONCE: Final = 200
"""Reports loaded in one transaction: while they are written nobody else writes, on SQLite at least."""
BUNDLED_AT_ONCE: Final = 20
"""Referrals with their files, each of which is entered by itself."""
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
        beside: see `models.Delivery`.
    """

    last: int
    entry: Entry | None = None
    fault: str = ""
    beside: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What was read next of a delivery; `fault` and `beside` as `Part` has them."""

    drafts: Sequence[Draft] = ()
    fault: str = ""
    beside: Sequence[tuple[str, str]] = ()


class DeliveryReading:
    """The work of the jobs of the kind `services.READ`.

    Enter it: the confined readers are started with the first delivery and serve all that follow.

    Args:
        catalogue: the lists of the workspace.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._readers = ExitStack()
        self._reader: TipReader | None = None

    def __enter__(self) -> Self:
        """Nothing is started before it is needed."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the readers."""
        self._readers.close()

    def batches(self, job: Job, clock: Clock) -> Generator[Part, None, None]:
        """Read the delivery from its beginning; reports that are taken in already are passed over."""
        delivery = _delivery(job)
        known = KnownFiles(self._catalogue, delivery.desk.unit.name)
        last = delivery.reports
        if self._reader is None:
            self._reader = self._readers.enter_context(TipReader())
        alive = now_and_then(clock, lambda now: beat(job, job.progress, now))
        for read in _read(delivery, self._reader, alive):
            asked = _asked(read.drafts, known, clock())
            entry = Entry(delivery, asked, _responsible(delivery, clock()), clock()) if asked else None
            last = asked[-1].position if asked else last
            yield Part(last, entry, read.fault, read.beside)

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
    told = {name: value for name, value in (("fault", part.fault), ("beside", part.beside)) if value}
    if told:
        Delivery.objects.filter(job=job).update(**told)
    keep(job, now, cursor=part.last, progress=part.last, attempts=0)


def _delivery(job: Job) -> Delivery:
    whole = Delivery.objects.select_related("desk__unit", "desk__compartment", "kept", "columns", "entered_by")
    return whole.get(job=job)


def _responsible(delivery: Delivery, now: datetime) -> Officer:
    """Who seals its names and carries its authorities: who took it in, or who answers for the desk."""
    return delivery.entered_by or answers_for(delivery.desk, now)


def _asked(drafts: Sequence[Draft], known: KnownFiles, now: datetime) -> list[Draft]:
    """The drafts with what the unit's lists know of their files: asked once for all of them."""
    answers = iter(known.ask([file for draft in drafts for file in draft.tip.files], now))
    return [replace(draft, known=list(islice(answers, len(draft.tip.files)))) for draft in drafts]


def _read(delivery: Delivery, reader: TipReader, alive: Callable[[], None]) -> Iterator[Read]:
    if delivery.form == Form.BUNDLE:
        with vault().open(_name(delivery)) as original:
            unpacked = unpack(original, reader, delivery.reports, alive)
        drafts = iter(unpacked.drafts)
        while some := list(islice(drafts, BUNDLED_AT_ONCE)):
            yield Read(some)
        none = not unpacked.drafts and not delivery.reports
        yield Read(beside=unpacked.beside, fault=gettext("There is no referral in it.") if none else "")
    elif delivery.size > LARGEST:
        yield Read(fault=gettext("It is larger than is read at once. Cut it into parts."))
    else:
        yield from _read_in_memory(delivery, reader)


def _read_in_memory(delivery: Delivery, reader: TipReader) -> Iterator[Read]:
    columns = msgspec.convert(delivery.columns.columns, Columns) if delivery.columns else None
    own = bytes(delivery.sha256 or b"") if delivery.form in _ALONE else None
    with _in_memory(_name(delivery)) as file:
        tips = enumerate(reader.read(file, delivery.form, columns), 1)
        fresh = (Draft(position, tip, digest=own) for position, tip in islice(tips, delivery.reports, None))
        while some := list(islice(fresh, AT_ONCE)):
            yield Read(some)
        if reader.failure is not None:
            yield Read(fault=why_of(reader.failure))


def _name(delivery: Delivery) -> str:
    if delivery.kept is None:
        message = f"{delivery} was typed: there is no file to be read"
        raise ValueError(message)
    return delivery.kept.name


@contextmanager
def _in_memory(name: str) -> Iterator[BinaryIO]:
    """The original as a sealed file in memory."""
    with memory_file() as file:
        with vault().open(name) as reader:
            while piece := reader.read(_PIECE):
                file.write(piece)
        yield seal(file)
