"""What the desk refuses, and why; each text is meant for the officer who must act on it."""

from __future__ import annotations


class DeskError(Exception):
    """Base of all errors of the desk."""


class RefusedError(DeskError):
    """A verb was asked for that may not be done; the text says why and what would help. Nothing was written."""


class UnguardedWriteError(DeskError):
    """A statement would have changed a domain table outside a verb."""


class LedgerUnguardedError(DeskError):
    """The database lacks triggers that keep the ledger from being changed."""
