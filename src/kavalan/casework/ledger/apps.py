"""The ledger's app: after every migration its triggers must still be there."""

from __future__ import annotations

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from kavalan.casework.errors import LedgerUnguardedError
from kavalan.casework.ledger import triggers


class LedgerConfig(AppConfig):
    """Django rebuilds a table of SQLite to change it, and its triggers are gone without a word: this says it."""

    name = "kavalan.casework.ledger"

    def ready(self) -> None:
        """Look after every migration."""
        post_migrate.connect(_require_triggers, sender=self, dispatch_uid="kavalan.ledger-triggers")


def _require_triggers(using: str, **_: object) -> None:
    if lost := triggers.missing(connections[using]):
        message = f"the ledger is unprotected: {', '.join(lost)} missing; the last migration must create them again"
        raise LedgerUnguardedError(message)
