"""`kavalan migrate`: bring a workspace's database to this version's form."""

from __future__ import annotations

import typer

from kavalan.cli.desk import WorkspaceOption, desk_errors


def migrate(workspace: WorkspaceOption) -> None:
    """Bring the database to this version's form, after a copy of it was made in the workspace's `backups`.

    Without that copy nothing is changed. `kavalan serve` does this first.

    Exit code: 0 when the database has this version's form, 2 when not.
    """
    with desk_errors():
        from datetime import UTC, datetime

        from kavalan.casework import upgrade
        from kavalan.casework.workspace import configure

        configure(workspace)
        done = upgrade.upgrade(workspace, datetime.now(UTC))
    if done.steps:
        typer.echo(f"The database was brought up to date in {len(done.steps)} steps.")
    if done.copy:
        typer.echo(f"As it was before, it lies in {done.copy}")
