"""The headers of one export: which lines begin a message, and when it was written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from kavalan.chats.model import Certainty
from kavalan.chats.whatsapp.header import HEADER, hour_of, shape_of
from kavalan.chats.whatsapp.order import Written, day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from kavalan.chats.reading import DateOrder
    from kavalan.chats.request import Order
    from kavalan.chats.whatsapp.survey import Survey

_HELD: Final = 1 << 16
"""Days, times and shapes that are remembered; an export has some thousands."""
_EPOCH: Final = date(1970, 1, 1).toordinal()
_AROUND: Final = "\n []:–-\t\u00a0\u2009\u202f\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


class Begun(msgspec.Struct, frozen=True, gc=False):
    """A header that begins a message.

    Attributes:
        local: ISO 8601 without zone; empty where it cannot be told.
        utc: milliseconds since 1970; None where no zone is known.
        certainty: of `Certainty`.
        text: date and time as written, where they cannot be told.
        seconds: local time for comparing; None where it cannot be told.
        odd: its date is parted by other signs than nearly all others.
    """

    local: str
    utc: int | None
    certainty: str
    text: str
    seconds: int | None
    odd: bool


class Refused(NamedTuple):
    """A line that looks like a header and is text.

    Attributes:
        why: in words.
    """

    why: str


class _Day(NamedTuple):
    """A day: as `2025-04-03`, empty where not told; seconds of its midnight since 1970 as if in UTC; as `Begun`."""

    iso: str
    seconds: int
    odd: bool


class _Time(NamedTuple):
    """A time of day: as `T19:05:00`, and in seconds; what is not told is None."""

    iso: str
    seconds: int | None


OTHER_FORM: Final = Refused("a line looks like a header, of a form that this export does not use: kept as text")
NO_DAY: Final = Refused("a line looks like a header, with a day that no calendar has: kept as text")


class Headers:
    """Judges headers. Their parts are few, whatever the length of an export: each is understood once.

    Args:
        survey: what the first look told.
        order: of the dates.
        zone: in which the export was written, where the examiner says it.
    """

    def __init__(self, survey: Survey, order: DateOrder, zone: ZoneInfo | None) -> None:
        self._shape = survey.shape
        self._orders: Sequence[Order] = (order.order,) if order.order else order.candidates
        likely = order.confidence == "weak"
        certainty = Certainty.ORDER_LIKELY if likely else Certainty.ZONE_GIVEN if zone else Certainty.LOCAL
        self._certainty = certainty.value
        self._zone = zone
        total = survey.separators.total()
        self._usual = {sep for sep, count in survey.separators.items() if 10 * count > total}
        self._days: dict[str, _Day] = {}
        self._times: dict[str, tuple[str, int]] = {}
        self._offsets: dict[int, int] = {}

    def begun(self, head: str, rest: str) -> Begun | Refused | None:
        """What a place is at which `CUT` cuts; None where it is not even like a header.

        Args:
            head: its date, and what stands before it.
            rest: what follows to its end.
        """
        try:
            date, midnight, odd = self._days[head]
            time, second = self._times[rest]
        except KeyError:
            return self._learn(head, rest)
        seconds = midnight + second
        utc = None if self._zone is None else self._utc(seconds)
        return Begun(date + time, utc, self._certainty, "", seconds, odd)

    def _learn(self, head: str, rest: str) -> Begun | Refused | None:
        """What a header is whose date or time is new, or cannot be told."""
        found = HEADER.match(f"\n{head}{rest}")
        if found is None:
            return None
        time, one = self._time(found.groups()), self._day(Written(*found.group(3, 4, 5, 6)))
        if not isinstance(time, _Time):
            return time
        if one is None:
            return NO_DAY
        if time.seconds is None or not one.iso:
            return Begun("", None, "unknown", found[0].strip(_AROUND), None, one.odd)
        if len(self._days) >= _HELD or len(self._times) >= _HELD:
            self._days.clear()
            self._times.clear()
        self._days[head] = one
        self._times[rest] = time.iso, time.seconds
        return self.begun(head, rest)

    def _time(self, parts: tuple[str | None, ...]) -> _Time | Refused | None:
        """The time of day; refused, where the header has another form; None where it is none."""
        shape = shape_of(parts)
        if shape is None:
            return None
        if shape != self._shape:
            return OTHER_FORM
        hour, minute, second = hour_of(parts), int(parts[9] or 0), min(59, int(parts[10] or 0))
        if hour is None:
            return _Time("", None)
        return _Time(f"T{hour:02}:{minute:02}:{second:02}", 3600 * hour + 60 * minute + second)

    def _day(self, written: Written) -> _Day | None:
        """The day, without its date where two are possible; None where none is."""
        found = {day(written, order) for order in self._orders}
        if found == {None}:
            return None
        one = found.pop() if len(found) == 1 else None
        odd = written.sep not in self._usual
        return _Day(one.isoformat(), (one.toordinal() - _EPOCH) * 86_400, odd) if one else _Day("", 0, odd)

    def _utc(self, seconds: int) -> int:
        """Milliseconds of the moment when clocks of the zone showed a local time."""
        quarter = seconds // 900
        if quarter not in self._offsets:
            if len(self._offsets) >= _HELD:
                self._offsets.clear()
            # Clocks are set at full quarters of an hour: within one the offset is the same.
            local = datetime.fromtimestamp(quarter * 900, UTC).replace(tzinfo=self._zone)
            self._offsets[quarter] = quarter * 900 - int(local.timestamp())
        return (seconds - self._offsets[quarter]) * 1000
