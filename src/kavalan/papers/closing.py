"""The closing report of a search day: its figures as they were kept, each with its definition, and by district."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar

import msgspec

from kavalan.papers.custody import Officer
from kavalan.papers.errors import DataError
from kavalan.papers.model import Line, Paper, Short, in_utc
from kavalan.papers.zone import check_zone, shown_time

Count = Annotated[int, msgspec.Meta(ge=0)]
_MOST_FIGURES = 50
_MOST_DISTRICTS = 100


class Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure: what it is called, what it counts, and its total."""

    label: Short
    definition: Line
    total: Count


class District(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A district, with its counts in the order of `OperationClosing.columns`."""

    name: Short
    counts: tuple[Count, ...]


class OperationClosing(Paper, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What an operation came to when it was closed.

    Attributes:
        prepared_by: who closed it.
        unit: whose operation it is.
        zone: the unit's, by its IANA name; times are shown in it.
        marking: who may be told; stands on each page.
        reference: the operation's number.
        subject: what it is about, in words that name nobody.
        day: of the search, as `2026-11-10`; absent where none was set.
        number: which closing it is; of the later ones each stands beside the earlier.
        closed_at: when, aware UTC.
        figures: all of them.
        columns: which figures are told by district.
        districts: that had a site.
        remark: what a reader must know.
    """

    form_id: ClassVar[str] = "operation-closing"

    prepared_by: Officer
    unit: Line
    zone: Short
    marking: Line
    reference: Short
    subject: Line
    number: Annotated[int, msgspec.Meta(ge=1)]
    closed_at: datetime
    figures: Annotated[tuple[Counted, ...], msgspec.Meta(min_length=1, max_length=_MOST_FIGURES)]
    columns: Annotated[tuple[Short, ...], msgspec.Meta(max_length=12)] = ()
    districts: Annotated[tuple[District, ...], msgspec.Meta(max_length=_MOST_DISTRICTS)] = ()
    day: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    remark: Line | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        in_utc(self.closed_at)
        check_zone(self.zone)
        for one in self.districts:
            if len(one.counts) != len(self.columns):
                message = f"{one.name} has {len(one.counts)} counts; there are {len(self.columns)} columns"
                raise DataError(message)

    def fields(self) -> dict[str, object]:
        """Times in the unit's zone; what is absent as nothing."""
        shown: dict[str, object] = msgspec.to_builtins(self)
        return (
            {"day": None, "remark": None, "columns": [], "districts": []}
            | shown
            | {
                "prepared_at": shown_time(self.prepared_at, self.zone),
                "closed_at": shown_time(self.closed_at, self.zone),
            }
        )
