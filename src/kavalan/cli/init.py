"""`kavalan init`: make a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kavalan.cli.desk import desk_errors
from kavalan.cli.keys import PassphraseFile, passphrase
from kavalan.cli.vault import RecoveryFile, proved_ceremony, vault_errors


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that does not exist yet, or is empty.")],
    *,
    recovery: RecoveryFile = None,
    passphrase_file: PassphraseFile = None,
    media_free: Annotated[bool, typer.Option("--media-free", help="It may never hold pictures or videos.")] = False,
) -> None:
    """Make a workspace: its folders, keys, vault and database. Nothing that is there is touched.

    The recovery key is printed once and typed back before anything is made: only with it a lost passphrase is replaced.

    Exit code: 0 when it was made, 2 when not; then nothing of it is left.
    """
    with desk_errors(), vault_errors():
        from kavalan.casework.founding import found_workspace
        from kavalan.casework.workspace import require_empty

        require_empty(folder)
        ceremony = proved_ceremony(recovery)
        word = passphrase(passphrase_file, "Passphrase of the workspace's keys", twice=True)
        found_workspace(folder, word, ceremony, media_free=media_free)
    typer.echo(
        f"{folder}: a workspace for you alone{', media-free' if media_free else ''}. Keep its passphrase and its "
        "recovery key apart from it and from each other. What comes next:\n"
        f"  kavalan user add --workspace {folder}     the first officer, who founds the unit\n"
        f"  kavalan serve --workspace {folder}        the desk, at http://127.0.0.1:8000/\n"
        f"  kavalan doctor --workspace {folder}       whether all is well\n"
        f"  kavalan backup BACKUP --workspace {folder}"
    )
