"""What evidence says, as a terminal may show it."""

from __future__ import annotations


def printable(value: object) -> str:
    """Escape what could steer a terminal: names and messages come from evidence."""
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in str(value))


def shown_path(path: bytes) -> str:
    r"""A path as text: bytes that are not UTF-8 become `\xNN`."""
    return path.decode("utf-8", "backslashreplace")
