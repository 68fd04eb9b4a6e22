"""What ends a scan, said to the person who must act."""

from __future__ import annotations


class ScanError(Exception):
    """A scan was not begun or did not end; the message says why and what to do."""


class RefusedError(ScanError, ValueError):
    """The scan is not begun: what was asked cannot be done as it was asked."""


class ScanMismatchError(RefusedError):
    """The output folder holds the scan of another source or of other parameters; resuming would mix the two."""


class DamagedError(RefusedError):
    """A file of the scan is not what was written, so that it neither goes on nor is taken in."""


class StoppedError(ScanError):
    """The scan has stopped and can be resumed: what is finished is kept."""


class OutputError(StoppedError, OSError):
    """The output folder cannot be written: the disk is full, or the folder is gone."""
