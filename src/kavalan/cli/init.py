"""`kavalan init`: make a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kavalan.cli.desk import desk_errors


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that does not exist yet, or is empty.")],
) -> None:
    """Make a workspace: its folders, its secret key and its database. Nothing that is there is touched.

    Exit code: 0 when it was made, 2 when not.
    """
    with desk_errors():
        from kavalan.casework import upgrade, workspace

        workspace.create_workspace(folder)
        workspace.configure(folder)
        upgrade.found()
    typer.echo(
        f"{folder}: a workspace for you alone. What comes next:\n"
        f"  kavalan user add --workspace {folder}     the first officer, who founds the unit\n"
        f"  kavalan serve --workspace {folder}        the desk, at http://127.0.0.1:8000/\n"
        f"  kavalan doctor --workspace {folder}       whether all is well\n"
        f"  kavalan backup BACKUP --workspace {folder}"
    )
