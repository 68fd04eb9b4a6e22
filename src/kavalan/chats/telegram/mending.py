r"""Mending what Telegram Desktop writes and no reader of JSON takes.

`\x0B` for a control character (telegramdesktop/tdesktop issue 27571), a bare path as `document_id` (versions 4.1.0 and
4.1.1, issues 24961 and 24984); bytes that are not UTF-8; and halves of a character, as other programs write them.
"""

from __future__ import annotations

import re
from typing import Final

_ESCAPE: Final = re.compile(
    rb"\\(?:x([0-9A-Fa-f]{2})|(u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2})|(u[dD][89a-fA-F][0-9A-Fa-f]{2})|(.))",
    re.DOTALL,
)
_BARE: Final = re.compile(rb'("document_id": )(?!["\d\-{\[]|null)([^\n"\\]{1,1000}?)(,?\s*[\n}])')
_UNDECODED: Final = re.compile("[\udc80-\udcff]")
_KNOWN: Final = b'"\\/bfnrtu'


def mended(data: bytes) -> bytes:
    """The same where it can be read; otherwise as it was meant."""
    if b"\\" in data:
        data = _ESCAPE.sub(_escape, data)
    if b'"document_id": ' in data:
        data = _BARE.sub(rb'\1"\2"\3', data)
    try:
        data.decode()
    except UnicodeDecodeError:
        told = data.decode(errors="surrogateescape")
        return _UNDECODED.sub(lambda found: rf"\\x{ord(found[0]) - 0xDC00:02x}", told).encode()
    return data


def _escape(found: re.Match[bytes]) -> bytes:
    control, pair, half, other = found.groups()
    if control is not None:
        return b"\\u00" + control
    if half is not None:
        return b"\\\\" + half
    return found[0] if pair is not None or other in _KNOWN else b"\\\\" + other
