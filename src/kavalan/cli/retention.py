"""`kavalan retention`: what falls due, and which backups still hold what was purged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kavalan.cli.desk import WorkspaceOption, desk_errors

app = typer.Typer(
    help="How long things are kept: what falls due, and backups that hold it still.", no_args_is_help=True
)


@app.command("due")
def due(workspace: WorkspaceOption) -> None:
    """Print every schedule with its mark, and how much falls due by it at each intake desk. Nothing is purged."""
    with desk_errors():
        from kavalan.casework.workspace import configure

        configure(workspace)
        for line in _lines():
            typer.echo(line)


@app.command("backups")
def backups(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder for backups.")],
    *,
    workspace: WorkspaceOption,
) -> None:
    """Tell the desk of the backups in a folder, and until when each is to be destroyed.

    What was purged is still in the backups that were made before: the desk names them on the page of the purge.

    Exit code: 0 when the desk knows them all, 2 when the folder cannot be read.
    """
    with desk_errors():
        from kavalan.casework.workspace import configure

        configure(workspace)
        told, known = _note(folder)
    typer.echo(f"{told} told to the desk, {known} known already")


def _note(folder: Path) -> tuple[int, int]:
    from django.utils import timezone

    from kavalan.casework.backup import Store, read_manifest
    from kavalan.casework.retention.models import KnownBackup
    from kavalan.casework.retention.services import note_backup

    found = Store(folder).manifests()
    known = set(KnownBackup.objects.values_list("name", flat=True))
    new = [path for path in found if path.name not in known]
    for path in new:
        manifest = read_manifest(path)
        note_backup(None, timezone.now(), name=path.name, made_at=manifest.made, whole=manifest.whole)
    return len(new), len(found) - len(new)


def _lines() -> list[str]:
    from django.utils import timezone

    from kavalan.casework.intake.models import Desk
    from kavalan.casework.retention.falling import due_count
    from kavalan.casework.retention.schedules import schedules

    now, desks = timezone.now(), list(Desk.objects.select_related("unit").order_by("unit__name"))
    lines = []
    for row in schedules(now.date()).values():
        days = f"{row.days} days" if row.days else "no day"
        lines.append(f"{row.id} ({days}): {row.stated}")
        lines += [f"  {desk.unit}: {due_count(desk, row, now)}" for desk in desks if row.purges]
    return lines
