"""Where an object of JSON ends, whatever its layout: by counting braces outside of strings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kavalan.chats.telegram.window import Window

STRING: Final = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
"""A string, of which no part is tried twice."""

_BRACE: Final = re.compile(STRING + rb'|[{}"]', re.DOTALL)


def end_of_object(window: Window) -> int | None:
    """The place in a window behind the object that begins where it stands; None where the file ends within it.

    Raises:
        ChatError: it is larger than any export needs.
    """
    depth, at = 0, window.at
    while True:
        for found in _BRACE.finditer(window.data, at):
            sign = found[0]
            if sign == b'"':
                break
            at = found.end()
            depth += (sign == b"{") - (sign == b"}")
            if depth == 0:
                return at
        at -= window.at
        if not window.more():
            return None
