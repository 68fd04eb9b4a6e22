"""`kavalan backup`: copy a workspace while it is used."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kavalan.cli.desk import WorkspaceOption, desk_errors
from kavalan.cli.lists import list_errors


def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder for backups, on another disk.")],
    *,
    workspace: WorkspaceOption,
    with_keys: Annotated[
        bool, typer.Option("--with-keys", help="Copy the workspace's keys too; then guard the backup like them.")
    ] = False,
) -> None:
    """Copy the database as it is now, then scans, lists and all else, as far as no earlier backup brought them.

    Evidence is not copied, nor the keys unless you ask for them.

    Exit code: 0 when it is complete, 2 when none was made.
    """
    with desk_errors(), list_errors():
        from datetime import UTC, datetime

        from kavalan.casework.backup import back_up
        from kavalan.casework.workspace import configure

        configure(workspace)
        taken = back_up(workspace, folder, datetime.now(UTC), with_keys=with_keys)
    files = taken.manifest.files
    size = sum(stored.size for stored in files) + taken.manifest.database.size
    typer.echo(
        f"{taken.path}: {_ledger(taken.manifest.ledger)}, {len(files)} files, {size / (1 << 20):.1f} MiB; "
        f"{taken.kept} files were here already"
    )
    typer.echo(
        f"Not in it: evidence{'' if with_keys else ', keys (--with-keys)'}. `kavalan restore {folder} NEWDIR` restores."
    )


def _ledger(head: object) -> str:
    from kavalan.casework.backup import Head

    return f"ledger up to entry {head.number}" if isinstance(head, Head) else "an empty ledger"
