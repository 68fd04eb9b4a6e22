"""Texts as they can be stored: no database takes a NUL, and no encoding a lone surrogate."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from kavalan import sandbox
from kavalan.tips.model import Tip, Unread

_NUL_AS_JSON = b"\\u0000"

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | tuple[Plain, ...] | str | int | float | bool | None"


def storable(tip: Tip) -> Tip:
    r"""The same tip where all its texts can be stored; otherwise with `␀` and escapes in them, which it says.

    A byte that its encoding does not have becomes `\xff`, half a surrogate pair `\ud800`.
    """
    try:
        if _NUL_AS_JSON not in msgspec.json.encode(tip):
            return tip
    except UnicodeEncodeError:
        pass
    written = msgspec.convert(_written(msgspec.to_builtins(tip)), Tip)
    if written == tip:
        return tip
    told = Unread("the text", "it holds NUL or what no encoding has: shown as ␀, \\xff or \\ud800")
    return msgspec.structs.replace(written, unread=(*written.unread, told))


def _written(value: Plain) -> Plain:
    match value:
        case str():
            return sandbox.storable(value)
        case dict():
            return {key: _written(one) for key, one in value.items()}
        case list() | tuple():
            return [_written(one) for one in value]
        case _:
            return value
