"""Bringing the database to this version's form: all of it or nothing, and never without a copy of what was before."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from kavalan.casework.backup import back_up_database
from kavalan.casework.errors import DeskError
from kavalan.casework.workspace import backups_of, migrate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path


class UpgradeError(DeskError):
    """The database was not changed; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What was done.

    Attributes:
        steps: names of the migrations, in their order; none where there was nothing to do.
        copy: the manifest of the database as it was before; None where there was nothing to do or nothing in it.
    """

    steps: list[str]
    copy: Path | None = None


def pending() -> list[str]:
    """The migrations that this version brings and the database has not had, in their order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def unknown() -> list[str]:
    """Migrations that the database has had and this version does not know: a later version made them."""
    loader = MigrationLoader(connection)
    return sorted(f"{app}.{name}" for app, name in loader.applied_migrations.keys() - loader.disk_migrations.keys())


def found() -> None:
    """Make the database of a new workspace.

    Raises:
        UpgradeError: there is something in it already.
    """
    if connection.introspection.table_names():
        raise UpgradeError(
            "the database that DATABASE_URL names is in use; name an empty one, or `kavalan restore` a backup into it"
        )
    _migrate()


def upgrade(path: Path, now: datetime) -> Upgrade:
    """Migrate the database of the configured workspace, after a copy of it was made in `backups`.

    Everything happens in one transaction: whatever ends it, the database then has the old form or the new one. No
    officer may be at work meanwhile.

    Args:
        path: the workspace.
        now: aware UTC.

    Raises:
        UpgradeError: the database is of a later version, or another process is migrating it.
        BackupError: it cannot be copied: no space, no rights, or it is damaged. Nothing was changed.
    """
    with _alone(path):
        if later := unknown():
            message = (
                f"the database was made by a later version of Kavalan ({', '.join(later)}): install that version, or "
                "`kavalan restore` a backup from before"
            )
            raise UpgradeError(message)
        if not (steps := pending()):
            return Upgrade([])
        in_use = bool(connection.introspection.table_names())
        copy = back_up_database(backups_of(path), now) if in_use else None
        _migrate()
        return Upgrade(steps, copy)


def _migrate() -> None:
    # SQLite checks a table's references while Django rebuilds it, unless told not to, which it hears only outside a
    # transaction. Django records some migrations after it has committed them: between the two a power cut would leave
    # a database that can be brought neither back nor on. So there is one transaction around them all.
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            _check_at_once()
            migrate()
            connection.check_constraints()
    finally:
        connection.enable_constraint_checking()


def _check_at_once() -> None:
    """Have PostgreSQL check references as rows are written: it alters no table on which checks are still to be made."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the workspace's directory against another migration; the kernel lets go of it with the process."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UpgradeError("another process is migrating this workspace; wait until it is done") from None
    else:
        yield
    finally:
        os.close(handle)
