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
    caller, called, doubtful = _ends(line, columns, holder)
    if not caller.said and not called.said and not line.number("party").said:
        return None
    both = (
        (caller, called)
        if not doubtful
        else (line.number("holder") if line.value("holder") else holder, line.number("party"))
    )
    duration = seconds_of(line.value("duration"))
    short = _SHORT.search(f"{line.value('type')} {line.value('direction')}") is not None
    kind, act = (Kind.TEXT, None) if short else (Kind.CALL, Act.CALLED)
    return Told(kind, caller, called, both, "" if duration is None else str(duration), act, doubtful)


def _ends(line: Line, columns: Columns, holder: Number) -> tuple[Number, Number, bool]:
    """Who called whom, and whether the row leaves that open."""
    caller, called = line.number("caller"), line.number("called")
    if caller.said or called.said:
        return caller, called, False
    own = line.number("holder") if line.value("holder") else holder
    outgoing = line.outgoing(columns.words)
    if outgoing is None:
        return _NOBODY, _NOBODY, True
    other = line.number("party")
    return (own, other, False) if outgoing else (other, own, False)
