"""What can go wrong with the sandbox itself; what goes wrong with an item is an `Outcome`."""

from __future__ import annotations


class SandboxError(Exception):
    """The sandbox cannot be used as asked."""


class StartError(SandboxError):
    """Workers cannot start: the task does not import, or the machine cannot run them. The text names the cause."""


class SourceError(SandboxError):
    """What was given as an item's source is not a file or a pipe."""
