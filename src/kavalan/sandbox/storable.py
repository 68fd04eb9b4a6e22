"""Text out of evidence as a database takes it: none takes a NUL, and no encoding a lone surrogate."""

from __future__ import annotations

import re
from typing import Final

_UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")
_ESCAPED: Final = range(0xDC80, 0xDD00)
"""By which Python stands for a byte that could not be decoded (PEP 383)."""


def storable(text: str) -> str:
    r"""The text as any database takes it: `␀` for NUL, `\xff` for a byte of no character, `\ud800` for half of one."""
    if "\0" not in text:
        if text.isascii():
            return text
        try:
            # To encode it is many times as fast as to search it.
            text.encode()
        except UnicodeEncodeError:
            pass
        else:
            return text
    return _UNSTORABLE.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code == 0:
        return "␀"
    return f"\\x{code - 0xDC00:02x}" if code in _ESCAPED else f"\\u{code:04x}"
