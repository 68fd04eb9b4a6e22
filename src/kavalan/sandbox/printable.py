"""Text out of evidence, as one line that a terminal, a page, a log and a database can hold."""

from __future__ import annotations


def printable(text: str, also: str = "") -> str:
    r"""Escape what does not print or could steer: control characters, those that turn the direction of writing.

    A byte that was no UTF-8 and came through as a lone surrogate (`os.fsdecode`) shows as `\xNN`, a character from
    U+0080 on as `\uNNNN`, so that the two cannot pass for one another. Double a backslash that means itself before.

    Args:
        text: anything.
        also: further characters to escape, that mean something where the line is shown.
    """
    return "".join(one if one.isprintable() and one not in also else _escaped(one) for one in text)


def _escaped(character: str) -> str:
    """One character, by its number."""
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x80:
        return character.encode("unicode_escape").decode()
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
