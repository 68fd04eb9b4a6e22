"""What evidence says, as a terminal may show it."""

from __future__ import annotations


def shown_path(path: bytes) -> str:
    r"""A path as text: bytes that are not UTF-8 become `\xNN`."""
    return path.decode("utf-8", "backslashreplace")
