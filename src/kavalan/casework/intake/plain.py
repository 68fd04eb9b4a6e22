"""Tips as the database stores them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from kavalan.tips import Tip

if TYPE_CHECKING:
    from kavalan.casework.intake.models import Report


def storable(tip: Tip) -> Tip:
    """The tip without zero characters, for which PostgreSQL has no place; a mark stands where one stood."""
    # Nearly none has one, and looking for it costs little.
    if b"\\u0000" not in msgspec.json.encode(tip):
        return tip
    return msgspec.convert(_without_zeros(msgspec.to_builtins(tip)), Tip)


def tip_of(report: Report) -> Tip:
    """What a report says, as it is stored."""
    return msgspec.convert(report.tip, Tip)


def _without_zeros(value: Any) -> Any:  # noqa: ANN401 whatever a tip as plain values holds
    match value:
        case str():
            return value.replace("\0", "\N{REPLACEMENT CHARACTER}")
        case dict():
            return {key: _without_zeros(one) for key, one in value.items()}
        case list() | tuple():
            return [_without_zeros(one) for one in value]
    return value
