"""Rows of call-detail records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kavalan.chats.model import Act, Kind
from kavalan.chats.tables.cells import seconds_of
from kavalan.chats.tables.line import Number
from kavalan.chats.tables.told import Told

if TYPE_CHECKING:
    from kavalan.chats.tables.columns import Columns
    from kavalan.chats.tables.line import Line

_SHORT: Final = re.compile(r"\bSM(?:S|O|T)", re.IGNORECASE)
_NOBODY: Final = Number()


def call_in(line: Line, columns: Columns, holder: Number) -> Told | None:
    """A call or a short message; None for a line that is neither.

    Args:
        line: of the table.
        columns: how it is to be read.
        holder: whose records these are, where no column says it.
    """
    own = line.number("holder") if line.value("holder") else holder
    caller, called = line.number("caller"), line.number("called")
    between, doubtful = (caller, called), False
    if not caller.said and not called.said:
        other, outgoing = line.number("party"), line.outgoing(columns.words)
        if not other.said:
            return None
        between, doubtful = (own, other), outgoing is None
        caller, called = (_NOBODY, _NOBODY) if outgoing is None else (own, other) if outgoing else (other, own)
    duration = seconds_of(line.value("duration"))
    short = _SHORT.search(f"{line.value('type')} {line.value('direction')}") is not None
    kind, act = (Kind.TEXT, None) if short else (Kind.CALL, Act.CALLED)
    return Told(kind, caller, called, between, "" if duration is None else str(duration), act, doubtful)
