"""`kavalan doctor`: whether this machine does what Kavalan relies on."""

from __future__ import annotations

import typer


def doctor() -> None:
    """Say what this machine grants and what is wrong with it, each fault with its cure.

    Exit code: 0 when nothing is wrong, 1 when something is.
    """
    from kavalan.sandbox import probe

    typer.echo(probe())
