"""Which backups there are: what was purged after one was made is still in it until it is destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.errors import RefusedError
from kavalan.casework.retention.models import KnownBackup
from kavalan.casework.retention.schedules import schedules
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import datetime


@house_verb("backup.note", unattended=True)
def note_backup(act: HouseAct, *, name: str, made_at: datetime, whole: bool) -> Done[KnownBackup]:
    """Tell the desk of a backup; it is to be destroyed on the day that the schedules say as they hold now.

    Raises:
        RefusedError: it is known.
    """
    if KnownBackup.objects.filter(name=name).exists():
        raise RefusedError("The desk knows this backup.")
    expires_at = made_at + schedules(act.at.date())["backup"].length
    backup = KnownBackup.objects.create(name=name, made_at=made_at, whole=whole, expires_at=expires_at)
    return Done(backup, {"name": name, "made_at": made_at.isoformat(), "expires_at": expires_at.isoformat()})


@house_verb("backup.gone")
def say_backup_gone(act: HouseAct, *, backup: KnownBackup) -> Done[KnownBackup]:
    """Say that a backup was destroyed.

    Raises:
        RefusedError: when the actor is neither administrator nor supervisor, or it was said.
    """
    if not holds(act.officer, [OfficerRole.ADMINISTRATOR, OfficerRole.SUPERVISOR], act.at):
        raise RefusedError("An administrator or a supervisor says that a backup is gone.")
    backup = KnownBackup.objects.select_for_update(of=("self",)).get(pk=backup.pk)
    if backup.gone_at is not None:
        raise RefusedError("It is said to be gone already.")
    backup.gone_at, backup.gone_by = act.at, act.officer
    backup.save(update_fields=["gone_at", "gone_by"])
    return Done(backup, {"name": backup.name})
