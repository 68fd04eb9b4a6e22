"""What the first page says of an officer's work: what is due, what waits, what expires, what is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kavalan.casework.clocks.duties import duty_list
from kavalan.casework.mydesk.asking import READ, lines_of
from kavalan.casework.mydesk.sort import Asker, Shelf
from kavalan.casework.mydesk.sorts import sorts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.clocks.duties import Duty
    from kavalan.casework.mydesk.sort import Line, Sort

NAMED: Final = 3
"""How many things of one sort are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that waits, and where it is done."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Wait:
    """What waits of one sort.

    Attributes:
        what: must be done.
        ways: to the first of them.
        more: of them, which are not named.
        uncounted: there are more still than were counted.
        urgent: somebody should have done it already, or work has stopped.
    """

    what: str
    ways: Sequence[Way]
    more: int = 0
    uncounted: bool = False
    urgent: bool = False


def waits_for(officer: Officer, now: datetime, since: datetime | None = None) -> Mapping[Shelf, Sequence[Wait]]:
    """What there is for the officer under each heading, the urgent first; three statements, whatever there is.

    Args:
        officer: who looks.
        now: aware UTC.
        since: when the officer was last here; None where never before, and nothing is new then.
    """
    every = list(sorts().values())
    lines = lines_of(every, Asker(officer, now, since or now))
    found: dict[Shelf, list[Wait]] = {shelf: [] for shelf in Shelf}
    found[Shelf.DUE] += _clocks(officer, now)
    for sort in every:
        if sort.name in lines:
            found[sort.shelf].append(_wait(sort, lines[sort.name], now))
    return {shelf: sorted(waits, key=lambda wait: not wait.urgent) for shelf, waits in found.items()}


def _wait(sort: Sort, lines: Sequence[Line], now: datetime) -> Wait:
    read, uncounted = lines[:READ], len(lines) > READ
    urgent = sort.urgent if isinstance(sort.urgent, bool) else any(sort.urgent(line, now) for line in read)
    what = str(sort.what)
    if sort.counted is not None:
        one, several = map(str, sort.counted)
        text = (one if len(read) == 1 else several) % {"number": f"{len(read)}+" if uncounted else len(read)}
        return Wait(what, [Way(text, reverse(sort.route))], urgent=urgent)
    ways = list(dict.fromkeys(_way(sort, line) for line in read))
    return Wait(what, ways[:NAMED], max(len(ways) - NAMED, 0), uncounted=uncounted, urgent=urgent)


def _way(sort: Sort, line: Line) -> Way:
    on = "" if line.at is None else date_format(timezone.localtime(line.at), "DATE_FORMAT")
    text = str(sort.said) % {"label": line.label, "kind": sort.kinds.get(line.kind, line.kind), "on": on}
    return Way(text, reverse(sort.route, args=[] if sort.bare else [line.key]))


def _clocks(officer: Officer, now: datetime) -> Iterator[Wait]:
    duties = duty_list(officer, now)
    for what, urgent in ((_("A time limit of the law that has passed"), True), (_("A time limit of the law"), False)):
        counts = [(duty, duty.late if urgent else duty.count - duty.late) for duty in duties]
        ways = [_duty(duty, count, late=urgent) for duty, count in counts if count]
        # All are named: the law has a handful of them, and each leads to its own list.
        yield from [Wait(what, ways, urgent=urgent)] if ways else []


def _duty(duty: Duty, count: int, *, late: bool) -> Way:
    query = {"limit": duty.first.limit.id} | ({"late": "1"} if late else {})
    number = f"{count}+" if duty.more else f"{count}"
    return Way(f"{duty.first.limit.provision}: {number}", f"{reverse('clocks')}?{urlencode(query)}")
