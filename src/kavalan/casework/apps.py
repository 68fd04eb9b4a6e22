"""What every connection of the desk gets: the guard against writes outside a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig, apps
from django.db.backends.signals import connection_created

from kavalan.casework.guard import WriteGuard

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


class CaseworkConfig(AppConfig):
    """The project's own app: pages' frame, policies, the write guard."""

    name = "kavalan.casework"

    def ready(self) -> None:
        """Put the guard on every connection that is opened from now on."""
        guard = WriteGuard(domain_tables())

        def put(connection: BaseDatabaseWrapper, **_: object) -> None:
            if guard not in connection.execute_wrappers:
                connection.execute_wrappers.append(guard)

        connection_created.connect(put, weak=False, dispatch_uid="kavalan.write-guard")


def domain_tables() -> frozenset[str]:
    """The tables of the desk's own apps."""
    own = (config for config in apps.get_app_configs() if config.name.startswith("kavalan.casework."))
    return frozenset(model._meta.db_table for config in own for model in config.get_models())
