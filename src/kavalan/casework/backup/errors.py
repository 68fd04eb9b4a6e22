"""What stands in the way of a backup."""

from __future__ import annotations

from kavalan.casework.errors import DeskError


class BackupError(DeskError):
    """A backup was not made or not restored; the text says why and what to do."""
