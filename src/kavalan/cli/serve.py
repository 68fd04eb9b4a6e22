"""`kavalan serve`: the desk, its web server and its worker."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated

import typer

from kavalan.cli.desk import WorkspaceOption, desk_errors


def serve(
    workspace: WorkspaceOption,
    *,
    bind: Annotated[str, typer.Option(help="host:port to listen at.")] = "127.0.0.1:8000",
    worker: Annotated[bool, typer.Option("--worker/--no-worker", help="Do the jobs that officers ask for.")] = True,
    decoders: Annotated[int, typer.Option(min=1, max=64, help="Sandboxed processes that read evidence.")] = 2,
) -> None:
    """Serve a workspace until SIGTERM, SIGINT or SIGHUP: its web server and its worker, each started again if it ends.

    Exit code: 0 when told to end, 1 when one of them failed too often, 2 when it could not begin.
    """
    with desk_errors():
        from kavalan.casework.serving import serve as served
        from kavalan.casework.workspace import enter

        enter(workspace)
        # In a process of its own: what a migration loads would stay with the supervisor for as long as it runs.
        migrated = subprocess.run([sys.executable, "-m", "kavalan", "migrate", "--workspace", workspace], check=False)
        if migrated.returncode:
            raise typer.Exit(2)
        ended = served(bind, decoders=decoders if worker else None)
    raise typer.Exit(0 if ended else 1)
