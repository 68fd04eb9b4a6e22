"""What the desk refuses, and why; each text is meant for the officer who must act on it."""

from __future__ import annotations

from django.utils.translation import gettext


class DeskError(Exception):
    """Base of all errors of the desk."""


class RefusedError(DeskError):
    """A verb was asked for that may not be done; the text says why and what would help. Nothing was written.

    It is told in the language of the page that tells it; a command, a job's record and a log, which have none, tell it
    in English. `tools.messages` takes the text out for translation where it is written out in the call.

    Args:
        text: in English, `%(name)s` where a value stands.
        values: by these names, as a person reads them.
    """

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self._text, self._values = text, values

    def __str__(self) -> str:
        # The translation of nothing is the catalogue's heading.
        told = gettext(self._text) if self._text else ""
        return told % self._values if self._values else told


class UnguardedWriteError(DeskError):
    """A statement would have changed a domain table outside a verb."""


class LedgerUnguardedError(DeskError):
    """The database lacks triggers that keep the ledger from being changed."""
