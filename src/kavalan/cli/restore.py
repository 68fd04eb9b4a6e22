"""`kavalan restore`: a workspace from a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kavalan.cli.desk import desk_errors


def restore(
    source: Annotated[
        Path, typer.Argument(metavar="BACKUP", help="The folder of backups, for the newest; or one of its `complete`.")
    ],
    folder: Annotated[Path, typer.Argument(metavar="NEWDIR", help="A folder that does not exist yet, or is empty.")],
) -> None:
    """Make a workspace of a backup, every byte compared with its digest.

    Exit code: 0 when it was restored, 2 when not; then nothing was made.
    """
    with desk_errors():
        from kavalan.casework.backup import restore as restored

        manifest = restored(source, folder)
    head = manifest.ledger
    typer.echo(
        f"{folder}: as it was {manifest.made:%Y-%m-%d %H:%M:%S} UTC; "
        + (f"its ledger ends with entry {head.number}, {head.hash}" if head else "its ledger is empty")
    )
    if not manifest.whole:
        typer.echo(
            "This copy was made before a migration and holds the database alone. Copy scans, lists and trusted-keys "
            "from the workspace it was made in before you serve it."
        )
    if not manifest.with_keys:
        typer.echo("It was made without keys: everybody signs in again.")
    typer.echo(f"Put the evidence back where it lay, then ask `kavalan doctor --workspace {folder}`.")
