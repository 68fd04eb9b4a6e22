"""What goes wrong with tips."""

from __future__ import annotations


class TipError(Exception):
    """A tip cannot be read at all; the text says why and what to do."""
