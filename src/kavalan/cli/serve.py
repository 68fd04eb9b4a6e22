"""`kavalan serve`: the desk, its web server and its worker."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from kavalan.cli.desk import WorkspaceOption, desk_errors
from kavalan.cli.keys import PassphraseFile, passphrase


def serve(
    workspace: WorkspaceOption,
    *,
    bind: Annotated[str, typer.Option(help="host:port to listen at.")] = "127.0.0.1:8000",
    worker: Annotated[bool, typer.Option("--worker/--no-worker", help="Do the jobs that officers ask for.")] = True,
    decoders: Annotated[int, typer.Option(min=1, max=64, help="Sandboxed processes that read evidence.")] = 2,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Serve a workspace until SIGTERM, SIGINT or SIGHUP: its web server and its worker, each started again if it ends.

    Its keys are unlocked once, and handed to both in memory.

    Exit code: 0 when told to end, 1 when one of them failed too often, 2 when it could not begin.
    """
    with desk_errors():
        from kavalan.casework.serving import serve as served
        from kavalan.casework.workspace import enter

        enter(workspace)
        descriptor = _keys(workspace, passphrase_file)
        # In a process of its own: what a migration loads would stay with the supervisor for as long as it runs.
        migrated = subprocess.run([sys.executable, "-m", "kavalan", "migrate", "--workspace", workspace], check=False)
        if migrated.returncode:
            raise typer.Exit(2)
        ended = served(bind, decoders=decoders if worker else None, keys=descriptor)
    raise typer.Exit(0 if ended else 1)


def _keys(workspace: Path, passphrase_file: Path | None) -> int | None:
    """The unlocked keys in a file in memory; None, said aloud, where the workspace has none."""
    from kavalan.casework.keys import are_founded
    from kavalan.casework.serving.unlocking import unlocked_in_memory

    if not are_founded(workspace):
        typer.echo(
            f"kavalan: {workspace} has no keys: what needs them is refused. `kavalan keys found` makes them.", err=True
        )
        return None
    return unlocked_in_memory(workspace, passphrase(passphrase_file, "Passphrase of the workspace's keys", twice=False))
