"""Which number of a date is the day: by evidence, the strongest first, and never by a guess.

The order of evidence: dates in the names of attached files; a number that no month has; which order lets time run
forward; how such a date is usually written. Where nothing decides, the examiner is asked.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.reading import DateOrder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kavalan.chats.request import Order

_CENTURY: Final = 2000
_FIRST_YEAR: Final = 2009
"""WhatsApp's; a reading that gives an earlier one is wrong."""
_LAST_YEAR: Final = 2099
_DAMAGE: Final = 50
"""Of so many dates one may be none at all, pasted or damaged, before an order is given up for it."""


class Written(NamedTuple):
    """A date as it is written.

    Attributes:
        first: its digits.
        sep: what follows them.
        second: its digits.
        third: its digits.
    """

    first: str
    sep: str
    second: str
    third: str


class Evidence(NamedTuple):
    """What an export says about the order of its dates.

    Attributes:
        dates: in the order of the lines, without repetitions next to each other.
        files: dates beside the day that the name of a file on the same line says, `20250403`.
        american: headers are written as the English of the United States writes them, down to the space before PM.
        leading: the half of the day stands before the time, or a full stop behind the date, as in Korean.
    """

    dates: Sequence[Written]
    files: Sequence[tuple[Written, str]]
    american: bool = False
    leading: bool = False


@lru_cache(maxsize=1 << 12)
def day(written: Written, order: Order) -> date | None:
    """The day that a date means in an order; None where there is none, or one before WhatsApp was."""
    numbers = dict(zip(_places(written, order), (written.first, written.second, written.third), strict=True))
    year = int(numbers["y"])
    if len(numbers["y"]) <= 2:
        year += _CENTURY
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, int(numbers["m"]), int(numbers["d"]))
    except ValueError:
        return None


def _places(written: Written, order: Order) -> str:
    """The order of the three; a year of four digits stands where it stands, and day and month keep their order."""
    lengths = [len(part) for part in (written.first, written.second, written.third)]
    if 4 not in lengths:
        return order
    rest = order.replace("y", "")
    at = lengths.index(4)
    return rest[:at] + "y" + rest[at:]


def decide(evidence: Evidence) -> DateOrder:
    """The order, by the first kind of evidence that decides."""
    if not evidence.dates:
        return DateOrder(told="there are no dates")
    everything = _candidates(evidence)
    left = _possible(evidence.dates, everything) or everything
    found = (
        _by_files(evidence, everything)
        or _by_field(evidence, everything)
        or _by_time(evidence, left)
        or _by_writing(evidence, left)
    )
    if found is not None:
        return found
    return DateOrder(candidates=list(left), told="every order gives possible days in a possible sequence")


def _candidates(evidence: Evidence) -> tuple[Order, ...]:
    dates = evidence.dates
    if any(len(part) == 4 for part in (dates[0].first, dates[0].second, dates[0].third)):
        # The year is known: what is left is whether day or month comes first.
        return ("ymd", "ydm") if len(dates[0].first) == 4 else ("dmy", "mdy")
    if evidence.leading:
        return ("ymd", "dmy", "mdy")
    # A year of two digits comes first in few languages: only where it cannot come last.
    return ("dmy", "mdy") if _possible(dates, ("dmy", "mdy")) else ("dmy", "mdy", "ymd")


def _by_files(evidence: Evidence, left: tuple[Order, ...]) -> DateOrder | None:
    """A file received by WhatsApp is named for the day; one that was sent on keeps its old name, so most decide."""
    votes = dict.fromkeys(left, 0)
    for written, named in evidence.files:
        agreeing = [order for order in left if _compact(day(written, order)) == named]
        if len(agreeing) == 1:
            votes[agreeing[0]] += 1
    best = max(left, key=lambda order: votes[order])
    others = sum(votes.values()) - votes[best]
    if votes[best] <= 2 * others:
        return None
    told = f"{votes[best]} names of files hold the day of their line so, {others} another way"
    return DateOrder(best, "file names", "strong", told=told)


def _by_field(evidence: Evidence, left: tuple[Order, ...]) -> DateOrder | None:
    possible = _possible(evidence.dates, left)
    if len(possible) != 1:
        return None
    against = min(_impossible(evidence.dates, order) for order in left if order != possible[0])
    told = f"{against} of {len(evidence.dates)} dates have a number that no other order can place"
    return DateOrder(possible[0], "a field over 12", "certain", told=told)


def _by_time(evidence: Evidence, left: tuple[Order, ...]) -> DateOrder | None:
    """An export is written in the order of time: the right order of dates goes back least."""
    backwards = {order: _backwards(evidence.dates, order) for order in left}
    best = min(left, key=lambda order: backwards[order])
    others = min(count for order, count in backwards.items() if order != best)
    if others <= 2 * backwards[best]:
        return None
    told = f"time goes back {backwards[best]} times so, at least {others} times in every other order"
    return DateOrder(best, "order of time", "likely", told=told)


def _by_writing(evidence: Evidence, left: tuple[Order, ...]) -> DateOrder | None:
    """How languages write short dates (CLDR 46): only slashes without noughts are written both ways."""
    found = _usual(evidence)
    if found is None or found not in left:
        return None
    return DateOrder(found, "way of writing", "weak", told="short dates that are written like this usually are so")


def _usual(evidence: Evidence) -> Order | None:
    written = evidence.dates[0]
    if len(written.first) == 4:
        return "ymd"
    if evidence.american and written.sep == "/":
        return "mdy"
    if written.sep in ".-":
        return "ymd" if evidence.leading and len(written.third) <= 2 else "dmy"
    parts = [part for one in evidence.dates for part in (one.first, one.second)]
    small = [part for part in parts if int(part) < 10]
    return "dmy" if small and all(len(part) == 2 for part in small) else None


def _possible(dates: Sequence[Written], left: tuple[Order, ...]) -> tuple[Order, ...]:
    """Orders in which all dates are days, or all but a few where no order does better."""
    counts = {order: _impossible(dates, order) for order in left}
    fewest = min(counts.values())
    if fewest > len(dates) // _DAMAGE:
        return ()
    bound = 0 if not fewest else fewest + len(dates) // _DAMAGE
    return tuple(order for order, count in counts.items() if count <= bound)


def _impossible(dates: Sequence[Written], order: Order) -> int:
    return sum(day(written, order) is None for written in dates)


def _backwards(dates: Sequence[Written], order: Order) -> int:
    days = [found for found in (day(written, order) for written in dates) if found is not None]
    return sum(later < earlier for earlier, later in pairwise(days))


def _compact(found: date | None) -> str:
    return found.strftime("%Y%m%d") if found else ""
